/* SPDX-License-Identifier: MIT */
/* winback audit: what the journal of a store says, and whether it is whole. It needs no secret,
   opens nothing for writing, and may run beside anything. */
#include "audit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *audit_time(const audit_journal *journal, wb_time at, char out[40]) {
  if (!cli_minute(journal->zone, at, out)) return "not known";
  return journal->zone ? out : strcat(out, " UTC");
}

const char *audit_when(const audit_journal *journal, const cli_json *json, const char *name,
                       char out[40]) {
  wb_time at = WB_TIME_NONE;
  const char *text = cli_json_text(json, name, "");
  if (wb_time_parse(text, strlen(text), &at) != WB_OK) return "not known";
  return audit_time(journal, at, out);
}

int audit_open(audit_journal *journal, const cli_options *options, const wb_zone *zone) {
  char *path = cli_path(options->store, "journal");
  int result = CLI_OK;
  wb_error error = {0};
  *journal =
      (audit_journal){.options = options, .zone = zone, .chain = {.size = sizeof journal->chain}};
  journal->bytes = cli_read_file(path, &journal->length);
  if (!journal->bytes) {
    cli_error("%s: %s", path, strerror(errno));
    result = CLI_DATA;
  } else if (wb_journal_find(journal->bytes, journal->length, &journal->chain, &error) != WB_OK) {
    cli_error("%s: %s: %s", path, error.path, error.message);
    result = error.status == WB_E_CORRUPT ? CLI_FINDINGS : CLI_DATA;
  } else {
    journal->length = (size_t)journal->chain.used;
  }
  free(path);
  return result;
}

/* What was found out about the journal as a whole. */
static void audit_chain(const audit_journal *journal) {
  const wb_chain *chain = &journal->chain;
  char begins[40], ends[40];
  if (journal->options->json) {
    printf("{\"first\":%llu,\"last\":%llu,\"sealed\":%llu,\"seals\":%llu,\"torn\":%s,"
           "\"from_the_beginning\":%s}\n",
           (unsigned long long)chain->first, (unsigned long long)chain->last,
           (unsigned long long)chain->sealed, (unsigned long long)chain->seals,
           chain->flags & WB_CHAIN_TORN ? "true" : "false",
           chain->flags & WB_CHAIN_PART ? "false" : "true");
    return;
  }
  printf("records %llu to %llu, %s to %s: none is missing or damaged\n",
         (unsigned long long)chain->first, (unsigned long long)chain->last,
         audit_time(journal, chain->begins, begins), audit_time(journal, chain->ends, ends));
  printf("sealed up to record %llu by %llu digests: nothing up to there was changed since\n",
         (unsigned long long)chain->sealed, (unsigned long long)chain->seals);
  if (chain->summed) printf("summed up by record %llu\n", (unsigned long long)chain->summed);
  if (chain->flags & WB_CHAIN_TORN) puts("the last record was not finished; it never took effect");
  if (chain->flags & WB_CHAIN_PART)
    puts("the first records are elsewhere; what stands before the first digest is not covered");
}

/* What a function of the library writes; NULL: the status says why. */
static char *audit_explain(const audit_journal *journal, const uint8_t action[16],
                           wb_status *status) {
  size_t needed = 0;
  *status = wb_journal_explain(NULL, journal->bytes, journal->length, action, NULL, 0, &needed);
  if (*status != WB_E_SPACE) return NULL;
  char *text = cli_grow(NULL, needed + 1, 1);
  *status =
      wb_journal_explain(NULL, journal->bytes, journal->length, action, text, needed + 1, &needed);
  return text;
}

/* The rules of law that an action passed, with their sources, from the packs that ship. */
enum { AUDIT_RULES = 64 };
typedef struct audit_rules {
  wb_law *law; /* owns the texts */
  size_t count;
  struct {
    const char *check, *id, *source;
  } rules[AUDIT_RULES];
} audit_rules;

/* A check of the chain; NULL: there is none of that name. */
static const cli_json *audit_find(const cli_json *json, const char *name) {
  const cli_json *at = cli_json_first(json, "checks");
  while (at && strcmp(cli_json_text(at, "check", ""), name) != 0)
    at = at->next;
  return at;
}

/* The rules of one kind, of the edition that the journal names: of another there are none here. */
static void audit_collect(audit_rules *found, const cli_json *json, const char *check,
                          int32_t kind) {
  const cli_json *law = audit_find(json, "law");
  const char *edition = cli_json_text(law, "edition", ""), *region = strrchr(edition, ' ');
  const bool text = !strcmp(cli_json_text(json, "channel", ""), "sms");
  const uint32_t channel = 1u << (text ? WB_CHANNEL_SMS : WB_CHANNEL_EMAIL);
  const int32_t class_ = cli_class(cli_json_text(law, "class", ""));
  wb_date day = WB_DATE_NONE;
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0;
  if (!region++ || wb_date_parse(cli_json_text(json, "at", ""), 10, &day) != WB_OK) return;
  while (found->count < AUDIT_RULES && wb_law_next(found->law, kind, region, strlen(region), class_,
                                                   day, &cursor, &rule) == WB_OK) {
    char name[2 * WB_KEY_MAX];
    snprintf(name, sizeof name, "%s %s %s", rule.pack, rule.version, region);
    if (strcmp(name, edition) != 0 || (kind != WB_LAW_HOURS && !(rule.channels & channel)))
      continue;
    found->rules[found->count].check = check;
    found->rules[found->count].id = rule.id;
    found->rules[found->count++].source = rule.source;
  }
}

/* All of them: those on hours and holidays, on consent and caps where they were asked. */
static void audit_sources(audit_rules *found, const cli_json *json) {
  const cli_json *consent = audit_find(json, "consent"), *law = audit_find(json, "law");
  *found = (audit_rules){.count = 0};
  if (!consent || !law || wb_law_new(NULL, NULL, 0, &found->law, NULL) != WB_OK) return;
  if (*cli_json_text(consent, "rule", "")) {
    audit_collect(found, json, "consent", WB_LAW_CONSENT);
    audit_collect(found, json, "consent", WB_LAW_MAJORITY);
    audit_collect(found, json, "consent", WB_LAW_TERM);
  }
  audit_collect(found, json, "law", WB_LAW_HOURS);
  if (cli_json_find(audit_find(json, "caps"), "that_day"))
    audit_collect(found, json, "caps", WB_LAW_CAP);
}

/* Those of a check, one a line. */
static void audit_rules_of(const audit_rules *found, const char *check) {
  for (size_t i = 0; i < found->count; i++) {
    if (!strcmp(found->rules[i].check, check))
      printf("\n              %s: %s", found->rules[i].id, found->rules[i].source);
  }
}

/* On what consent rests. */
static const char *audit_basis(const char *basis) {
  static const char *const words[][2] = {
      {"none", "none is needed: nothing goes to the patient"},
      {"record", "the practice's record says yes"},
      {"implied", "the practice's record does not say no, which is enough here"},
      {"input", "given by event"},
      {"assumed", "nothing is known, which counts as a yes"},
      {"answer", "it answers event"},
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (!strcmp(words[i][0], basis)) return words[i][1];
  }
  return basis;
}

/* Consent: the record that it stands on, since when, and what became of an opt-out. */
static void audit_consent(const audit_journal *journal, const cli_json *check) {
  char when[40];
  fputs(audit_basis(cli_json_text(check, "consent", "")), stdout);
  if (cli_json_find(check, "event")) printf(" %s", cli_json_text(check, "event", ""));
  if (cli_json_find(check, "level"))
    printf(" (%s, source %s, wording %s)", cli_json_text(check, "level", "?"),
           cli_json_text(check, "source", "?"), cli_json_text(check, "wording", "?"));
  if (cli_json_find(check, "setting"))
    printf(" by the setting %s of %s, approved by %s", cli_json_text(check, "setting", ""),
           audit_when(journal, check, "set_at", when), cli_json_text(check, "set_by", "?"));
  printf("; since: %s", cli_json_text(check, "since", "not known"));
  const cli_json *out = cli_json_find(check, "opted_out");
  fputs(out && out->truth ? "; opted out, which this answer may follow" : "; not opted out",
        stdout);
  if (cli_json_find(check, "opt_out_lifted_at"))
    printf(" any more: lifted %s by event %s",
           audit_when(journal, check, "opt_out_lifted_at", when),
           cli_json_text(check, "opt_out_lifted_by", "without an id"));
}

/* Legal hours: the rule that ends them, and the edition. */
static void audit_hours_of_law(const audit_journal *journal, const cli_json *check) {
  char when[40];
  const char *rule = cli_json_text(check, "rule", "");
  printf("open for %s until %s at least", cli_json_text(check, "class", "?"),
         audit_when(journal, check, "deliver_by", when));
  if (*rule) printf(", ended then by %s", rule);
  printf("; law: %s", cli_json_text(check, "edition", ""));
}

/* Caps: what had counted, of how many. */
static void audit_caps(const cli_json *json, const cli_json *check) {
  static const char *const caps[][3] = {{"that_day", "most_that_day", "that day"},
                                        {"in_7_days", "most_in_7_days", "in 7 days"},
                                        {"in_30_days", "most_in_30_days", "in 30"}};
  if (!cli_json_find(check, "that_day")) {
    fputs(!strcmp(cli_json_text(json, "kind", ""), "send")
              ? "an answer: none holds it back, and it counts against none"
              : "a call: it counts against none",
          stdout);
    return;
  }
  for (size_t i = 0; i < sizeof caps / sizeof caps[0]; i++) {
    const long long most = cli_json_number(check, caps[i][1]);
    printf("%s%lld ", i ? ", " : "messages before it: ", cli_json_number(check, caps[i][0]));
    if (most) printf("of %lld ", most);
    fputs(caps[i][2], stdout);
  }
}

/* Capacity of the desk for a call, of the campaign for a message. */
static void audit_capacity(const cli_json *check) {
  const bool desk = !strcmp(cli_json_text(check, "of", ""), "desk");
  fputs(desk ? "the desk had room" : "let in by the campaign", stdout);
  printf("; counts on: %s", cli_json_text(check, "counts_on", "no day"));
}

/* Privacy: the policy, the text, and why it is the neutral one. */
static void audit_privacy(const cli_json *check) {
  const char *fallback = cli_json_text(check, "fallback", "none");
  printf("text %s", cli_json_text(check, "text", "?"));
  if (strcmp(fallback, "none") != 0) printf(", the neutral one because of %s", fallback);
  const char *policy = cli_json_text(check, "policy", "not known");
  if (*policy) printf(", by policy %.16s…", policy);
}

/* One check of the chain in words. */
static void audit_check(const audit_journal *journal, const cli_json *json, const cli_json *check) {
  char when[40];
  const char *name = cli_json_text(check, "check", "");
  printf("    %-9s ", name);
  if (!strcmp(name, "paused"))
    fputs("neither practice nor location nor campaign was paused", stdout);
  else if (!strcmp(name, "consent"))
    audit_consent(journal, check);
  else if (!strcmp(name, "eligible"))
    printf("still meant by the campaign, on facts of %s",
           audit_when(journal, check, "facts_as_of", when));
  else if (!strcmp(name, "law"))
    audit_hours_of_law(journal, check);
  else if (!strcmp(name, "hours"))
    printf("those of practice and campaign were open; the first to end: %s",
           cli_json_text(check, "ends_first", "?"));
  else if (!strcmp(name, "caps"))
    audit_caps(json, check);
  else if (!strcmp(name, "capacity"))
    audit_capacity(check);
  else if (!strcmp(name, "privacy"))
    audit_privacy(check);
}

/* Who launched what it belongs to; an answer belongs to nothing that anybody launches. */
static void audit_launch(const audit_journal *journal, const cli_json *json) {
  char when[40];
  const char *basis = cli_json_text(audit_find(json, "consent"), "consent", "");
  if (!*cli_json_text(json, "approver", "?") && !strcmp(basis, "answer")) {
    puts("  launched  by no one: it is an answer, which no one launches");
    return;
  }
  printf("  launched  %s by %s", audit_when(journal, json, "launched_at", when),
         cli_json_text(json, "approver", "?"));
  printf(", privacy policy %s\n", cli_json_text(json, "policy", "?"));
}

/* One action in words. */
static void audit_tell(const audit_journal *journal, const cli_json *json) {
  char when[40];
  const char *cause = cli_json_text(json, "cause", "none");
  printf("%s %s for patient %s: %s", cli_json_text(json, "channel", ""),
         cli_json_text(json, "kind", ""), cli_json_text(json, "patient", "?"),
         cli_json_text(json, "state", ""));
  if (strcmp(cause, "none") != 0) printf(" (%s)", cause);
  printf(" %s\n  campaign  %s, content %s\n", audit_when(journal, json, "outcome_at", when),
         cli_json_text(json, "campaign", "not known"), cli_json_text(json, "content_id", "?"));
  audit_launch(journal, json);
  printf("  entered   %s, segment %s, location %s\n", audit_when(journal, json, "entered_at", when),
         cli_json_text(json, "segment", "?"), cli_json_text(json, "location", "?"));
  printf("  step      %s, handed out %s, attempt %lld\n", cli_json_text(json, "step", "?"),
         audit_when(journal, json, "at", when), cli_json_number(json, "attempt"));
  audit_rules found;
  audit_sources(&found, json);
  puts("  checks, all of which were passed:");
  for (const cli_json *at = cli_json_first(json, "checks"); at; at = at->next) {
    audit_check(journal, json, at);
    audit_rules_of(&found, cli_json_text(at, "check", ""));
    putchar('\n');
  }
  wb_law_unref(found.law);
}

/* The same for programs: what the library writes, and the sources of the rules. */
static void audit_write(const char *text, const cli_json *json) {
  audit_rules found;
  audit_sources(&found, json);
  printf("%.*s,\"rules\":[", (int)strlen(text) - 1, text);
  for (size_t i = 0; i < found.count; i++) {
    printf("%s{\"check\":\"%s\",\"rule\":", i ? "," : "", found.rules[i].check);
    cli_json_string(stdout, found.rules[i].id, strlen(found.rules[i].id));
    fputs(",\"source\":", stdout);
    cli_json_string(stdout, found.rules[i].source, strlen(found.rules[i].source));
    putchar('}');
  }
  puts("]}");
  wb_law_unref(found.law);
}

/* Why one action was handed out. */
static int audit_action(const audit_journal *journal) {
  uint8_t action[16];
  const char *id = journal->options->action;
  if (strlen(id) != 32 || !cli_unhex(id, action, 16)) {
    cli_error("--action is not 32 hexadecimal digits");
    return CLI_USAGE;
  }
  wb_status status = WB_OK;
  char error[128], *text = audit_explain(journal, action, &status);
  if (status == WB_E_NAME) {
    cli_error("--action: the journal has no such action");
    return CLI_USAGE;
  }
  cli_json *json = text ? cli_json_parse(text, strlen(text), error, sizeof error) : NULL;
  if (json && journal->options->json)
    audit_write(text, json);
  else if (json)
    audit_tell(journal, json);
  cli_json_free(json);
  free(text);
  return json ? CLI_OK : cli_fail("--action", status, NULL);
}

/* A record as text; the buffer grows. NULL: it has none, *status says why. */
static const char *audit_text(const audit_journal *journal, const wb_record *record, char **line,
                              size_t *capacity, wb_status *status) {
  size_t needed = 0, room = *capacity > 0 ? *capacity - 1 : 0; /* and its end */
  *status =
      wb_journal_format(journal->bytes, journal->length, record->offset, *line, room, &needed);
  if (*status == WB_E_SPACE) {
    *capacity = needed + 1;
    *line = cli_grow(*line, *capacity, 1);
    *status =
        wb_journal_format(journal->bytes, journal->length, record->offset, *line, needed, &needed);
  }
  if (*status == WB_OK) (*line)[needed] = 0;
  return *status == WB_OK ? *line : NULL;
}

int audit_each(const audit_journal *journal, void *user,
               void (*each)(const audit_journal *journal, const char *text, void *user)) {
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  wb_status status = WB_OK;
  char *line = NULL;
  size_t capacity = 0;
  while (status == WB_OK &&
         wb_journal_next(journal->bytes, journal->length, &offset, &record) == WB_OK) {
    const char *text = audit_text(journal, &record, &line, &capacity, &status);
    if (text) each(journal, text, user);
  }
  free(line);
  return status == WB_OK ? CLI_OK : cli_fail("the journal", status, NULL);
}

/* A record, one a line. */
static void audit_record(const audit_journal *journal, const char *text, void *user) {
  (void)journal;
  (void)user;
  puts(text);
}

/* Whether the options ask one question. */
static bool audit_asked(const cli_options *options) {
  bool one = (options->action != NULL) + (options->patient != NULL) + options->verify <= 1;
  if (!options->store) cli_error("--store DIR is needed");
  if (!one) cli_error("audit takes one of --action, --patient and --verify");
  return options->store && one;
}

/* Answers it. */
static int audit_answer(const audit_journal *journal) {
  if (journal->options->action) return audit_action(journal);
  if (journal->options->patient)
    return audit_patient(journal, "", NULL, "nothing was ever handed out for this patient");
  if (!journal->options->verify) return audit_each(journal, NULL, audit_record);
  audit_chain(journal);
  return CLI_OK;
}

int cli_audit(const cli_options *options) {
  if (!audit_asked(options)) return CLI_USAGE;
  if (cli_store_find(options) != CLI_OK) return CLI_DATA;
  cli_settings settings;
  int result = cli_settings_load(options, &settings);
  if (result != CLI_OK) return result;
  audit_journal journal;
  result = audit_open(&journal, options, settings.zone);
  if (result == CLI_OK) result = audit_answer(&journal);
  free(journal.bytes);
  cli_settings_free(&settings);
  return result;
}
