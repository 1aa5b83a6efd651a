/* SPDX-License-Identifier: MIT */
/* The outbox: where this host puts what a real one would send. One JSON line an action. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cli_hex(const uint8_t *bytes, size_t count, char *out) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < count; i++) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  out[2 * count] = 0;
}

/* Value of a hexadecimal digit, -1 for anything else. */
static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool cli_unhex(const char *text, uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    int high = hex_digit(text[2 * i]);
    int low = high < 0 ? -1 : hex_digit(text[2 * i + 1]);
    if (low < 0) return false;
    bytes[i] = (uint8_t)(high << 4 | low);
  }
  return true;
}

int cli_read_id(const char *option, const char *text, uint8_t id[16]) {
  if (strlen(text) == 32 && cli_unhex(text, id, 16)) return CLI_OK;
  cli_error("%s is not 32 hexadecimal digits", option);
  return CLI_USAGE;
}

/* A member of the line: its name, and its value as a JSON string. */
static void put_member(FILE *out, const char *name, const char *value, size_t length) {
  fprintf(out, ",\"%s\":", name);
  cli_json_string(out, value, length);
}

static void put_time(FILE *out, const char *name, wb_time at) {
  char text[32];
  size_t length = 0;
  if (wb_time_format(at, NULL, text, sizeof text, &length) != WB_OK) length = 0;
  put_member(out, name, text, length);
}

void cli_action_json(FILE *out, const wb_action *action) {
  static const char *const kinds[] = {"", "send", "call_task"};
  char id[33];
  cli_hex(action->id, 16, id);
  fprintf(out, "{\"id\":\"%s\",\"kind\":\"%s\"", id, kinds[action->kind]);
  put_member(out, "campaign", action->campaign, strlen(action->campaign));
  put_member(out, "segment", action->segment, strlen(action->segment));
  put_member(out, "step", action->step, strlen(action->step));
  put_member(out, "template", action->template_, strlen(action->template_));
  put_member(out, "patient", action->patient, action->patient_length);
  put_member(out, "location", action->location, strlen(action->location));
  fprintf(out, ",\"channel\":\"%s\"", cli_channels[action->channel]);
  put_member(out, "to", action->to, strlen(action->to));
  if (action->subject[0]) put_member(out, "subject", action->subject, strlen(action->subject));
  if (action->preheader[0])
    put_member(out, "preheader", action->preheader, strlen(action->preheader));
  put_member(out, "text", action->text, strlen(action->text));
  if (action->segments) fprintf(out, ",\"segments\":%u", action->segments);
  if (action->html[0]) put_member(out, "html", action->html, strlen(action->html));
  if (action->fallback != WB_OK)
    fprintf(out, ",\"fallback\":\"%s\"", wb_status_name(action->fallback));
  if (action->reason[0]) put_member(out, "reason", action->reason, strlen(action->reason));
  put_member(out, "language", action->language, strlen(action->language));
  put_member(out, "hours_rule", action->law, strlen(action->law));
  put_time(out, "at", action->at);
  put_time(out, "deliver_by", action->deliver_by);
  fprintf(out, ",\"attempt\":%u}\n", action->attempt);
}

/* Remembers an id of the outbox; false: no memory. */
static bool remember_sent(cli_store *store, const uint8_t id[16]) {
  if (store->sent_count == store->sent_capacity) {
    size_t capacity = store->sent_capacity ? store->sent_capacity * 2 : 256;
    void *grown = realloc(store->sent, capacity * 16);
    if (!grown) return false;
    store->sent = grown;
    store->sent_capacity = capacity;
  }
  memcpy(store->sent[store->sent_count++], id, 16);
  return true;
}

bool cli_outbox_has(const cli_store *store, const uint8_t id[16]) {
  for (size_t i = 0; i < store->sent_count; i++) {
    if (!memcmp(store->sent[i], id, 16)) return true;
  }
  return false;
}

int cli_outbox_action(const cli_store *store, const cli_options *options, uint8_t action[16]) {
  char handle[WB_HANDLE_LENGTH];
  const char *link = options->link;
  size_t length = link ? strlen(link) : 0;
  if (!link) return cli_read_id("--action", options->action, action);
  for (size_t i = 0; length >= sizeof handle && i < store->sent_count; i++) {
    if (wb_handle_make(store->secret, sizeof store->secret, WB_LINK_BOOKING, store->sent[i], handle,
                       sizeof handle, &length) != WB_OK ||
        memcmp(link + strlen(link) - sizeof handle, handle, sizeof handle) != 0)
      continue;
    memcpy(action, store->sent[i], 16);
    return CLI_OK;
  }
  cli_error("--link: no message of the outbox has it");
  return CLI_USAGE;
}

/* When what a line of the outbox says was put there; WB_TIME_MIN: it does not say. */
static wb_time entry_time(const cli_json *entry) {
  const char *text = cli_json_text(entry, "at", "");
  wb_time at = WB_TIME_MIN;
  return wb_time_parse(text, strlen(text), &at) == WB_OK ? at : WB_TIME_MIN;
}

/* The same of the last line, which ends where `end` is. */
static wb_time last_time(const char *text, const char *end) {
  char why[128];
  const char *line = end;
  if (end == text) return WB_TIME_MIN;
  for (line = end - 1; line > text && line[-1] != '\n'; line--) {
  }
  cli_json *entry = cli_json_parse(line, (size_t)(end - line), why, sizeof why);
  const wb_time at = entry ? entry_time(entry) : WB_TIME_MIN;
  cli_json_free(entry);
  return at;
}

/* Reads the ids of all whole lines; *used is where they end. */
static int read_ids(cli_store *store, const char *path, const char *text, size_t length,
                    size_t *used) {
  static const char start[] = "{\"id\":\"";
  const char *line = text, *end;
  for (int number = 1; (end = memchr(line, '\n', length - (size_t)(line - text))); number++) {
    uint8_t id[16];
    bool entry = (size_t)(end - line) > sizeof start + 32 &&
                 !memcmp(line, start, sizeof start - 1) &&
                 cli_unhex(line + sizeof start - 1, id, 16);
    if (!entry || !remember_sent(store, id)) {
      cli_error("%s:%d: not an entry of an outbox", path, number);
      return CLI_DATA;
    }
    line = end + 1;
  }
  *used = (size_t)(line - text);
  store->outbox_last = last_time(text, line);
  return CLI_OK;
}

/* Opens the outbox to add to it. An entry without its end of line was not durable, so its action
   was not sent: it is cut off. */
static int open_entries(cli_store *store, const char *path, bool torn, size_t used) {
  store->outbox = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (store->outbox >= 0 && (!torn || ftruncate(store->outbox, (off_t)used) == 0)) return CLI_OK;
  cli_error("%s: %s", path, strerror(errno));
  return CLI_DATA;
}

int cli_outbox_open(cli_store *store) {
  char *path = cli_path(store->folder, "outbox.jsonl");
  size_t length = 0, used = 0;
  char *text = cli_read_file(path, &length);
  int result = CLI_OK;
  store->outbox_last = WB_TIME_MIN;
  if (text) {
    result = read_ids(store, path, text, length, &used);
  } else if (errno != ENOENT) {
    cli_error("%s: %s", path, strerror(errno));
    result = CLI_DATA;
  }
  if (result == CLI_OK && !store->trial) result = open_entries(store, path, used < length, used);
  free(text);
  free(path);
  return result;
}

int cli_outbox_add(cli_store *store, const wb_action *action) {
  char *line = NULL;
  size_t length = 0;
  FILE *memory = open_memstream(&line, &length);
  if (!memory) return CLI_DATA;
  cli_action_json(memory, action);
  bool ok = fclose(memory) == 0;
  /* One write: a crash leaves the whole line or a line without its end. */
  ok = ok && write(store->outbox, line, length) == (ssize_t)length && fdatasync(store->outbox) == 0;
  free(line);
  if (!ok) cli_error("%s/outbox.jsonl: %s", store->folder, strerror(errno));
  return ok && remember_sent(store, action->id) ? CLI_OK : CLI_DATA;
}

int cli_outbox_check(const cli_store *store) {
  if (store->outbox_last <= store->journal_last) return CLI_OK;
  return cli_store_restored(store, "the outbox is newer than the journal");
}

/* Whether the practice has an action of an id. */
static bool action_known(const cli_store *store, const uint8_t id[16]) {
  uint64_t cursor = 0;
  wb_action_status action = {.size = sizeof action};
  while (wb_practice_actions(store->practice, &cursor, &action) == WB_OK) {
    if (!memcmp(action.id, id, 16)) return true;
  }
  return false;
}

/* One entry: the message was a contact, and its id is that of something that was sent. */
static wb_status tell_entry(const cli_store *store, const cli_json *entry, wb_time now) {
  enum { TELL_DAY = 86400 };
  const char *patient = cli_json_text(entry, "patient", ""), *id = cli_json_text(entry, "id", "");
  const wb_outcome sent = {.size = sizeof sent, .kind = WB_SENT};
  wb_input contact = {.size = sizeof contact, .kind = WB_INPUT_CONTACTED, .at = entry_time(entry)};
  wb_status status = WB_OK;
  contact.patient = patient;
  contact.patient_length = (uint32_t)strlen(patient);
  if (strlen(id) != 32 || !cli_unhex(id, contact.event_id, 16)) return WB_E_CORRUPT;
  const bool message = strcmp(cli_json_text(entry, "channel", ""), "call") != 0;
  const bool counts = contact.at <= now && now - contact.at <= (wb_time)WB_MEMORY_DAYS * TELL_DAY;
  if (message && counts && !action_known(store, contact.event_id))
    status = wb_practice_receive(store->practice, &contact, now, NULL);
  if (status == WB_OK)
    status = wb_practice_ack(store->practice, contact.event_id, &sent, now, NULL);
  return status == WB_E_STATE ? WB_OK : status; /* it knows better */
}

/* Whether the practice asks what was sent: only then it takes that nothing was, of an id that is
   none. */
static bool is_asking(const cli_store *store, wb_time now) {
  static const uint8_t none[16] = {0};
  const wb_outcome outcome = {
      .size = sizeof outcome, .kind = WB_NOT_SENT, .cause = WB_CAUSE_INTERRUPTED};
  return wb_practice_ack(store->practice, none, &outcome, now, NULL) == WB_OK;
}

int cli_outbox_tell(const cli_store *store, wb_time now) {
  if (!is_asking(store, now)) return CLI_OK;
  char *path = cli_path(store->folder, "outbox.jsonl"), why[128];
  size_t length = 0;
  char *text = cli_read_file(path, &length);
  wb_status status = WB_OK;
  for (char *line = text, *end; status == WB_OK && line && (end = strchr(line, '\n'));
       line = end + 1) {
    cli_json *entry = cli_json_parse(line, (size_t)(end - line), why, sizeof why);
    status = entry ? tell_entry(store, entry, now) : WB_E_CORRUPT;
    cli_json_free(entry);
  }
  const int result = status == WB_OK ? CLI_OK : cli_fail(path, status, NULL);
  free(text);
  free(path);
  return result;
}
