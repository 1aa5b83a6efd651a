/* SPDX-License-Identifier: MIT */
/* winback calc: dates, zones, law, messages and expressions, as JSON lines. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* What lasts from line to line. */
typedef struct calc_session {
  wb_law *law; /* NULL: not asked for yet */
} calc_session;

/* Answers a line with what is wrong. */
static void calc_error(const char *what, const char *why) {
  char text[256];
  snprintf(text, sizeof text, "%s%s%s", what, *what ? ": " : "", why);
  fputs("{\"error\":", stdout);
  cli_json_string(stdout, text, strlen(text));
  fputs("}\n", stdout);
}

static void calc_status(const char *what, wb_status status, const wb_error *error) {
  calc_error(what, error && error->message[0] ? error->message : wb_status_text(status));
}

/* A text or number that has to be there, as it is spelled; NULL: it is answered. */
static const char *calc_need(const cli_json *line, const char *name) {
  const cli_json *member = cli_json_find(line, name);
  if (member && member->text) return member->text;
  calc_error(name, member ? "not a text" : "is missing");
  return NULL;
}

/* The member "text", which has to be there and a text; NULL: it is answered. */
static const char *calc_text(const cli_json *line) {
  const cli_json *member = cli_json_find(line, "text");
  if (member && member->kind == CLI_STRING) return member->text;
  calc_error("text", member ? "not a text" : "is missing");
  return NULL;
}

/* Answers that a text is not of its form, or out of range. */
static void calc_refuse(const char *what, wb_status status, const char *form) {
  char why[64];
  snprintf(why, sizeof why, "not %s", form);
  calc_error(what, status == WB_E_SYNTAX ? why : wb_status_text(status));
}

/* A date; false: it is answered. */
static bool calc_date(const cli_json *line, const char *name, wb_date *date) {
  const char *text = calc_need(line, name);
  if (!text) return false;
  wb_status status = wb_date_parse(text, strlen(text), date);
  if (status == WB_E_RANGE) {
    calc_error(name, "there is no such day");
  } else if (status != WB_OK) {
    calc_refuse(name, status, "a date as 2026-01-30");
  }
  return status == WB_OK;
}

/* An instant; false: it is answered. */
static bool calc_instant_of(const cli_json *line, wb_time *at) {
  const char *text = calc_need(line, "at");
  if (!text) return false;
  wb_status status = wb_time_parse(text, strlen(text), at);
  if (status != WB_OK) calc_refuse("at", status, "an instant as 2026-01-30T14:00:00Z");
  return status == WB_OK;
}

/* A zone; false: it is answered. */
static bool calc_zone(const cli_json *line, wb_zone **zone) {
  const char *text = calc_need(line, "zone");
  if (!text) return false;
  wb_error error = {0};
  wb_status status = wb_zone_new(NULL, text, strlen(text), zone, &error);
  if (status != WB_OK) calc_status("zone", status, &error);
  return status == WB_OK;
}

/* {date, interval} → {date} */
static void calc_add(calc_session *session, const cli_json *line) {
  (void)session;
  wb_date date = 0;
  if (!calc_date(line, "date", &date)) return;
  const char *text = calc_need(line, "interval");
  if (!text) return;
  wb_interval interval;
  char out[16];
  size_t length = 0;
  wb_status status = wb_interval_parse(text, strlen(text), &interval);
  if (status != WB_OK) {
    calc_refuse("interval", status, "an interval as 6m1d");
    return;
  }
  status = wb_date_add(date, &interval, &date);
  if (status == WB_OK) status = wb_date_format(date, out, sizeof out, &length);
  if (status == WB_OK) {
    printf("{\"date\":\"%.*s\"}\n", (int)length, out);
  } else {
    calc_status("", status, NULL);
  }
}

/* {from, to} → {months} */
static void calc_months(calc_session *session, const cli_json *line) {
  (void)session;
  wb_date from = 0, to = 0;
  int32_t months = 0;
  if (!calc_date(line, "from", &from) || !calc_date(line, "to", &to)) return;
  wb_status status = wb_date_months(from, to, &months);
  if (status == WB_OK) {
    printf("{\"months\":%d}\n", months);
  } else {
    calc_status("", status, NULL);
  }
}

/* {zone, at} → {local, offset_seconds} */
static void calc_local(calc_session *session, const cli_json *line) {
  (void)session;
  wb_zone *zone = NULL;
  wb_time at = 0;
  wb_local local;
  char date[16];
  size_t length = 0;
  if (!calc_instant_of(line, &at) || !calc_zone(line, &zone)) return;
  wb_status status = wb_zone_local(zone, at, &local);
  if (status == WB_OK) status = wb_date_format(local.date, date, sizeof date, &length);
  wb_zone_unref(zone);
  if (status != WB_OK) {
    calc_status("at", status, NULL);
    return;
  }
  printf("{\"local\":\"%.*sT%02d:%02d:%02d\",\"offset_seconds\":%d}\n", (int)length, date,
         local.second / 3600, local.second / 60 % 60, local.second % 60, local.offset);
}

/* {zone, local} → {at} */
static void calc_instant(calc_session *session, const cli_json *line) {
  (void)session;
  const char *text = calc_need(line, "local");
  wb_local local;
  wb_zone *zone = NULL;
  if (!text) return;
  if (!cli_local_parse(text, strlen(text), &local)) {
    calc_error("local", "not a date and time as 2026-03-08T02:30");
    return;
  }
  if (!calc_zone(line, &zone)) return;
  wb_time at = 0;
  char out[32];
  size_t length = 0;
  wb_status status = wb_zone_instant(zone, &local, 0, &at);
  if (status == WB_OK) status = wb_time_format(at, NULL, out, sizeof out, &length);
  wb_zone_unref(zone);
  if (status == WB_OK) {
    printf("{\"at\":\"%.*s\"}\n", (int)length, out);
  } else {
    calc_status("local", status, NULL);
  }
}

/* Asks the packs that ship and answers {at}, null when nothing opens within 14 days. */
static void calc_ask_law(calc_session *session, const wb_law_question *question) {
  wb_error error = {0};
  wb_law_answer answer = {.size = sizeof answer};
  char out[32];
  size_t length = 0;
  wb_status status = session->law ? WB_OK : wb_law_new(NULL, NULL, 0, &session->law, &error);
  if (status == WB_OK) status = wb_law_find(session->law, question, &answer);
  if (status != WB_OK) {
    calc_status("", status, &error);
  } else if (answer.flags & WB_LAW_NOWHERE) {
    calc_error("", "no pack of law knows this place");
  } else if (answer.flags & WB_LAW_CLOSED) {
    puts("{\"at\":null}");
  } else {
    wb_time_format(answer.open_at, NULL, out, sizeof out, &length);
    printf("{\"at\":\"%.*s\"}\n", (int)length, out);
  }
}

/* A text that may be left out, or null; false: it is answered. */
static bool calc_may(const cli_json *line, const char *name, const char **text) {
  const cli_json *member = cli_json_find(line, name);
  if (!member || member->kind == CLI_NULL) return true;
  if (member->kind != CLI_STRING) calc_error(name, "not a text");
  *text = member->text;
  return member->kind == CLI_STRING;
}

/* {zone, region?, class?, at} → {at} */
static void calc_next_open(calc_session *session, const cli_json *line) {
  const char *region = NULL, *class_ = "care";
  wb_law_question question = {.size = sizeof question};
  wb_zone *zone = NULL;
  if (!calc_instant_of(line, &question.at) || !calc_may(line, "class", &class_) ||
      !calc_may(line, "region", &region))
    return;
  question.message_class = cli_class(class_);
  if (!question.message_class) {
    calc_error("class", "there is no such class");
  } else if (calc_zone(line, &zone)) {
    const wb_zone *zones[1] = {zone};
    question.zones = zones;
    question.zone_count = 1;
    question.regions = region;
    question.regions_length = region ? (uint32_t)strlen(region) : 0;
    calc_ask_law(session, &question);
    wb_zone_unref(zone);
  }
}

/* {kind, month?, day?, effective?, on} → {first, last} */
static void calc_period(calc_session *session, const cli_json *line) {
  (void)session;
  const char *what = "", *why = cli_period(line, &what);
  if (why) calc_error(what, why);
}

/* {limits, history, from} → {date} */
static void calc_covered(calc_session *session, const cli_json *line) {
  (void)session;
  const char *what = "", *why = cli_covered(line, &what);
  if (why) calc_error(what, why);
}

/* {text} → {encoding, segments, units} */
static void calc_sms(calc_session *session, const cli_json *line) {
  (void)session;
  const char *text = calc_text(line);
  wb_sms sms = {.size = sizeof sms};
  if (!text) return;
  wb_status status = wb_sms_measure(text, strlen(text), &sms);
  if (status == WB_OK) {
    printf("{\"encoding\":\"%s\",\"segments\":%u,\"units\":%u}\n", cli_encoding(&sms), sms.segments,
           sms.units);
  } else {
    calc_error("text", status == WB_E_LIMIT ? "longer than 255 segments" : wb_status_text(status));
  }
}

/* {expr, vars?} → {value} */
static void calc_eval(calc_session *session, const cli_json *line) {
  (void)session;
  const char *what = "", *why = cli_evaluate(line, &what);
  if (why) calc_error(what, why);
}

/* {text} → {intent, confidence, also?} */
static void calc_reply(calc_session *session, const cli_json *line) {
  (void)session;
  const char *text = calc_text(line);
  wb_reply reply = {.size = sizeof reply};
  if (!text) return;
  const wb_status status = wb_reply_parse(text, strlen(text), &reply);
  if (status != WB_OK) {
    calc_status("text", status, NULL);
    return;
  }
  printf("{\"intent\":\"%s\",\"confidence\":%d", wb_intent_name(reply.intent), reply.confidence);
  if (reply.also != WB_INTENT_OTHER) printf(",\"also\":\"%s\"", wb_intent_name(reply.also));
  fputs("}\n", stdout);
}

/* An operation, and the members that it knows; none: it looks by itself. */
typedef struct calc_op {
  const char *name;
  void (*answer)(calc_session *session, const cli_json *line);
  const char *members[6];
} calc_op;

static const calc_op calc_ops[] = {
    {"add", calc_add, {"op", "date", "interval", NULL}},
    {"months", calc_months, {"op", "from", "to", NULL}},
    {"local", calc_local, {"op", "zone", "at", NULL}},
    {"instant", calc_instant, {"op", "zone", "local", NULL}},
    {"next_open", calc_next_open, {"op", "zone", "region", "class", "at", NULL}},
    {"period", calc_period, {NULL}},
    {"covered", calc_covered, {NULL}},
    {"sms", calc_sms, {"op", "text", NULL}},
    {"reply", calc_reply, {"op", "text", NULL}},
    {"eval", calc_eval, {"op", "expr", "vars", NULL}},
};

/* Answers that there is no such operation, and which there are. */
static void calc_no_op(void) {
  char why[160] = "there is no such operation; there are";
  for (size_t i = 0; i < sizeof calc_ops / sizeof calc_ops[0]; i++) {
    size_t used = strlen(why);
    snprintf(why + used, sizeof why - used, "%s %s", i ? "," : "", calc_ops[i].name);
  }
  calc_error("op", why);
}

/* Answers a line that was read. */
static void calc_answer(calc_session *session, const cli_json *line) {
  const char *name = cli_json_text(line, "op", NULL);
  size_t i = 0, count = sizeof calc_ops / sizeof calc_ops[0];
  while (name && i < count && strcmp(calc_ops[i].name, name))
    i++;
  if (!name) {
    calc_error("", "an object with \"op\" is needed");
    return;
  }
  if (i == count) {
    calc_no_op();
    return;
  }
  const calc_op *op = &calc_ops[i];
  const char *unknown = op->members[0] ? cli_json_unknown(line, op->members) : NULL;
  if (unknown) {
    calc_error(unknown, "there is no such member");
  } else {
    op->answer(session, line);
  }
}

/* Answers one line. */
static void calc_line(calc_session *session, const char *text, size_t length) {
  char error[128];
  cli_json *line = cli_json_parse(text, length, error, sizeof error);
  if (line) {
    calc_answer(session, line);
  } else {
    calc_error("", strchr(error, ' ') + 1); /* without the line's number, which is always 1 */
  }
  cli_json_free(line);
}

int cli_calc(const cli_options *options) {
  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  calc_session session = {NULL};
  (void)options;
  while ((length = getline(&line, &capacity, stdin)) >= 0) {
    calc_line(&session, line, (size_t)length);
    fflush(stdout); /* somebody may wait for the answer */
  }
  free(line);
  wb_law_unref(session.law);
  return CLI_OK;
}
