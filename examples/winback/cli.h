/* SPDX-License-Identifier: MIT */
/* The command-line host of libwinback: what its files share. It is a host like any other: it uses
   only the public headers, reads files, and prints. */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <winback/winback.h>

/* Exit statuses. */
enum { CLI_OK = 0, CLI_FINDINGS = 1, CLI_USAGE = 2, CLI_DATA = 3 };
/* Of a campaign: it cannot run yet, and the others can. Never an exit status. */
enum { CLI_SKIPPED = -1 };

/* ---- options (options.c) ---- */

enum { CLI_CAMPAIGNS = 16 }; /* how often --campaign may be given */

typedef struct cli_options {
  const char *command;
  const char *data, *practice, *store, *as_of, *zone, *region, *patient, *where, *by, *event;
  const char *text, *from, *location, *action, *link, *id, *policy;
  const char *channel, *language, *register_, *recipient, *practice_name, *phone, *host;
  const char *campaigns[CLI_CAMPAIGNS];
  int campaign_count;
  const char *arguments[64]; /* files */
  int argument_count;
  const char *outcome, *to, *other, *name, *class_, *source; /* of an event */
  const char *approver, *visit, *at, *value, *days, *seed, *html, *minutes, *schedule;
  const char *replace; /* steps by others, in a migration */
  const char *show;    /* a playbook */
  bool json, csv, facts, count, help, allow_jump, held, fragment, import, verify, make, schema,
      apply, recompute;
} cli_options;

/* CLI_OK, or CLI_USAGE with a message on stderr. */
int cli_options_parse(int argc, char **argv, cli_options *options);

/* A command; its place in the list (main.c) is its bit in the options' sets. */
typedef struct cli_command {
  const char *name, *about;
  int (*run)(const cli_options *options);
  const char *more; /* paragraphs of its help */
} cli_command;

const cli_command *cli_command_list(int *count);
const cli_command *cli_command_find(const char *name); /* NULL: none */

/* An option and the commands that take it (options.c). */
typedef struct cli_option {
  const char *name, *value, *about; /* value NULL: a switch */
  size_t member;                    /* offset in cli_options */
  unsigned commands;
} cli_option;

const cli_option *cli_option_list(int *count);
bool cli_takes(const cli_command *command, const cli_option *option);
bool cli_takes_arguments(const cli_command *command); /* files, or names, besides options */

/* What a command is for and its options; NULL: all commands (help.c). */
void cli_help(const cli_command *command);

/* How many letters have to be changed, added or left out to make one word of another. */
int cli_distance(const char *one, const char *other);

/* ---- diagnostics (report.c) ---- */

/* One line on stderr: "winback: patient.csv:17: …". Never a value of a patient. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void cli_error(const char *format, ...);
/* Says an error of the library on stderr and returns CLI_DATA. */
int cli_fail(const char *what, wb_status status, const wb_error *error);
/* A row that was left out: counted; the first 20 are printed as they come, the rest summed up by
   cli_left_out_summary. */
void cli_left_out(const char *file, long line, const char *why);
long cli_left_out_count(void);
/* The patient of a row that was left out is held back, or everybody, for rows that may be
 * anybody's.
 */
void cli_doubt(void);
void cli_doubt_all(const char *file, long rows);
void cli_left_out_summary(void);
/* Notes a table that may be missing, by its constant name. */
void cli_missing(const char *file);
/* The first of those that a field hangs on; NULL: they are all there. */
const char *cli_missing_for(const char *field);

/* ---- JSON (json.c): a small reader for settings, outbox and calc; a string writer ---- */

typedef struct cli_json {
  enum { CLI_NULL, CLI_BOOL, CLI_NUMBER, CLI_STRING, CLI_ARRAY, CLI_OBJECT } kind;
  char *name; /* of a member, or NULL */
  char *text; /* string, or spelling of a number */
  long long integer;
  bool truth;
  int line;
  struct cli_json *first, *next;
} cli_json;

cli_json *cli_json_parse(const char *text, size_t length, char *error, size_t error_size);
void cli_json_free(cli_json *json);
const cli_json *cli_json_find(const cli_json *object, const char *name);
/* The value that a path as "/texts/t/en" leads to, or the last one on the way that is there. */
const cli_json *cli_json_at(const cli_json *root, const char *path);
const char *cli_json_text(const cli_json *object, const char *name, const char *otherwise);
/* A member's number, 0 without it; the first item of a member, NULL without one. */
long long cli_json_number(const cli_json *object, const char *name);
const cli_json *cli_json_first(const cli_json *object, const char *name);
/* The first member that is none of some names; NULL: there is none. */
const char *cli_json_unknown(const cli_json *object, const char *const *names);
void cli_json_write(FILE *out, const cli_json *json); /* as it was, with its name if it has one */
/* A document laid out for people, a line for what holds no more than values. */
int cli_json_lay(FILE *out, const char *text, size_t length);
void cli_json_string(FILE *out, const char *text, size_t length); /* with quotes, escaped */

/* ---- operations of calc (cover.c, evaluate.c) ---- */

/* The answer is printed, or why not is returned, and of what. */
const char *cli_period(const cli_json *line, const char **what);
const char *cli_covered(const cli_json *line, const char **what);
const char *cli_evaluate(const cli_json *line, const char **what);

/* ---- numbers of the library in words (words.c) ---- */

/* By their numbers, from 0, which is none; NULL after the last. */
extern const char *const cli_channels[], *const cli_classes[];
/* A message class by its name; 0: there is none. */
int32_t cli_class(const char *name);
/* What keeps somebody from being written to. */
const char *cli_hold_words(int32_t hold);
/* Why a patient may not hear of an offer. */
const char *cli_offer_words(int32_t outcome);
/* What is said of whoever has a standing exclusion: "… has died"; why somebody's way through a
   campaign ended. A name that has no words is said itself. */
const char *cli_exclusion_words(const char *name);
const char *cli_end_words(const char *name);
/* "2026-01-30 09:00" in a zone, in UTC without one; NULL: no instant. */
const char *cli_minute(const wb_zone *zone, wb_time at, char out[40]);

/* ---- text and files (utf8.c, file.c) ---- */

/* Whether bytes are UTF-8 without NUL. */
bool cli_is_text(const char *data, size_t length);
/* Prints a text and blanks up to a width in characters, one at least. */
void cli_pad(const char *text, int width);

/* Whole file with a NUL after it; NULL with errno. */
char *cli_read_file(const char *path, size_t *length);
/* The same of a text: without a byte order mark, and with one sign for the end of a line. */
char *cli_read_text(const char *path, size_t *length);
/* The same, of the standard input for "-"; NULL: stderr says why. */
char *cli_read_input(const char *name, size_t *length);
char *cli_path(const char *folder, const char *name); /* malloc'd */
/* realloc of count × size bytes that ends the program when there is no memory. */
void *cli_grow(void *memory, size_t count, size_t size);

/* ---- the practice and its data (settings.c, opendental.c) ---- */

typedef struct cli_location {
  const char *key, *name, *short_name, *zone_name, *region, *phone, *email, *address;
  const char *booking_url, *link_url;
  char *message_link; /* what a message's link looks like; NULL: there is none */
  wb_zone *zone;
} cli_location;

/* Windows of a practice's hours at most. */
enum { CLI_WEEK_HOURS = 16 };

typedef struct cli_settings {
  cli_json *root;   /* owns the strings */
  const char *path; /* of the file; NULL: the sample */
  char *text;       /* what it holds; NULL likewise */
  size_t length;
  const char *name, *key;
  const char *secret_hex; /* or NULL */
  cli_location *locations;
  int location_count;
  wb_zone *zone; /* of the practice: the first location's; NULL: not known */
  wb_recare_settings recare;
  wb_interval prophy, perio;       /* which `recare` names */
  wb_window hours[CLI_WEEK_HOURS]; /* of outreach */
  uint32_t hours_count;            /* 0: the library's own */
} cli_settings;

/* --practice FILE, or the built-in sample practice (stderr says so) with --zone, --region. */
int cli_settings_load(const cli_options *options, cli_settings *settings);
void cli_settings_free(cli_settings *settings);
/* The line of the file that an error is about; 0: it is about something else. */
int cli_settings_line(const cli_settings *settings, const wb_error *error);
/* Says what is wrong with settings, where their file has it; an error of something else is said of
   that. CLI_DATA. */
int cli_settings_fail(const cli_settings *settings, const char *what, wb_status status,
                      const wb_error *error);
/* Recare and hours as the file has them (conventions.c); CLI_DATA: they are none. */
int cli_conventions_read(cli_settings *settings);
/* Hours, caps and what the desk can take, where the file says so. */
void cli_conventions_put(const cli_settings *settings, wb_practice_options *practice);
/* What a practice of settings (NULL: none) works by: they, and the library's defaults. */
wb_status cli_conventions_get(const cli_settings *settings, wb_schema *schema,
                              wb_window hours[CLI_WEEK_HOURS], wb_practice_options *options,
                              wb_error *error);
/* Its hours as "Monday to Friday 9:00 to 18:00, Saturday 10:00 to 14:00". */
void cli_conventions_hours(FILE *out, const wb_practice_options *options);
/* Whether hours can be known: CLI_DATA without any zone; a location without one, or in a region
   that there is not, is named. */
int cli_settings_zoned(const cli_settings *settings);
/* The location of a key; NULL: the settings have none. */
const cli_location *cli_location_find(const cli_settings *settings, const char *key);
struct cli_tables; /* columns.h */
/* Reads the tables of a folder: Open Dental's, or the library's own (opendental.c). */
int cli_data_read(const char *folder, const cli_settings *settings, struct cli_tables *tables);

/* The instant of --as-of ("2026-01-30" is 09:00 local, "2026-01-30T09:00" local, or RFC 3339 with
   an offset); without --as-of the clock's. */
int cli_now(const cli_options *options, const cli_settings *settings, wb_time *now);
/* The day of an instant, in UTC without a zone. */
wb_date cli_day(const wb_zone *zone, wb_time at);
/* The instant of any option, as --as-of. */
int cli_instant(const char *option, const char *text, const cli_settings *settings, wb_time *at);
/* "2026-01-30", or with a clock time "T09:00", "T09:00:00" (a blank for the T is read too). */
bool cli_local_parse(const char *text, size_t length, wb_local *local);
/* "09:00", "09:00:00"; a fraction is cut off. */
bool cli_clock(const char *text, size_t length, int32_t *second);

/* Everything a command needs. */
typedef struct cli_world {
  cli_settings settings;
  wb_schema *schema;
  wb_policy *policy;
  struct cli_tables *tables; /* what the facts are of */
  wb_facts *facts;
  wb_zone *utc;     /* stands in for a zone that is not known */
  wb_moment moment; /* its zone is never NULL */
  wb_time now;
  const wb_offer *offer;                 /* that made-up values tell of; NULL: a made-up one */
  wb_campaign *campaigns[CLI_CAMPAIGNS]; /* of --campaign, once found; NULL: one is skipped */
} cli_world;

/* Reads settings and tables; CLI_OK, CLI_USAGE or CLI_DATA. */
int cli_world_load(const cli_options *options, cli_world *world);
void cli_world_free(cli_world *world);
/* Makes the facts as of the world's `now`, without a table to which rows will come; NULL: there is
   none. */
int cli_world_renew(cli_world *world, const char *table);

/* The same, and without --data without the tables: for commands that can do with the store. */
int cli_world_load_optional(const cli_options *options, cli_world *world);

/* ---- fields (fields.c) ---- */

/* One field of one patient, for people to read. Text is valid until the next call on the facts. */
typedef struct cli_answer {
  const char *text;
  size_t length;
  int64_t number; /* what sorts it: a number, a date, a place in its domain */
  int32_t kind;   /* enum wb_kind; WB_NULL and WB_UNKNOWN have no text */
  char space[40];
} cli_answer;

/* The index of a field; CLI_USAGE: there is none, and stderr names the nearest. */
int cli_field_find(const cli_world *world, const char *what, const char *name, size_t length,
                   uint32_t *index);
wb_status cli_field_read(const cli_world *world, uint64_t row, uint32_t field, cli_answer *answer,
                         wb_error *error);
/* A field by its name; no text where it cannot be read. */
void cli_field_named(const cli_world *world, uint64_t row, const char *name, cli_answer *answer);
/* One field of an element of a list. */
wb_status cli_item_read(const cli_world *world, uint64_t row, uint32_t field, uint32_t index,
                        cli_answer *answer, wb_error *error);
/* As JSON: text, number, true, false or null. */
void cli_answer_json(FILE *out, const cli_answer *answer);

/* The policy of --policy, or the built-in one (policy.c). */
int cli_policy_load(const cli_options *options, wb_schema *schema, wb_policy **policy);

/* A campaign by a playbook's name or a file, as the practice has set it (campaigns.c). CLI_SKIPPED:
   something that the practice has to set is not, and stderr has said so once. */
int cli_campaign_load(const cli_world *world, const char *name, wb_campaign **campaign);
/* CLI_SKIPPED, and stderr says so once: a campaign of class offer has none. Says, too, which one is
   over (unless `today` is WB_DATE_NONE) or not for a location. */
int cli_campaign_offers(const cli_settings *settings, const char *name, const cli_json *root,
                        wb_date today);
/* The offer of a step, else the first that the campaign makes; NULL: none (offers.c). */
const cli_json *cli_offer_of(const cli_json *campaign, const cli_json *step);
/* Whether its last day is before a day; WB_DATE_NONE: no. */
bool cli_offer_over(const cli_json *offer, wb_date today);
wb_status cli_offer_make(const cli_world *world, const cli_json *json, wb_offer **offer,
                         wb_error *error);
/* Whether a patient may hear of it today, an enum wb_offer_outcome, whatever was consented to and
   told before: that a practice knows. */
wb_status cli_offer_ask(const cli_world *world, uint64_t row, const cli_json *json,
                        int32_t *outcome, wb_error *error);
/* A playbook that ships; false: none has that name. */
bool cli_playbook_find(const char *name, const char **json, size_t *length);

/* ---- commands ---- */

int cli_segment(const cli_options *options);
/* Prints all fields of one patient, or of everybody, one JSON object a line. */
int cli_print_facts(cli_world *world, const char *patient);
int cli_explain(const cli_options *options);
int cli_calc(const cli_options *options);
int cli_run(const cli_options *options);
int cli_receive(const cli_options *options);
int cli_desk(const cli_options *options);
int cli_pause(const cli_options *options); /* pause, resume and stop */
int cli_launch(const cli_options *options);
int cli_migrate(const cli_options *options);
/* Hours and caps in words, after the policy (limits.c). */
int cli_limits(const cli_options *options);
int cli_seal(const cli_options *options);
int cli_audit(const cli_options *options);
int cli_metrics(const cli_options *options);
int cli_simulate(const cli_options *options);
/* Facts of nobody: Maria, with the practice's own name, address and link, and the world's offer
   (render.c). */
int cli_made_up(cli_world *world, wb_facts **facts);

/* ---- who is held (held.c) ---- */

enum { CLI_HOLDS = 32, CLI_HOLD_SAMPLES = 6 };

/* Whoever is held for one reason: how often, over all campaigns, and who, as far as is shown. */
typedef struct cli_hold {
  long count;
  int patients;
  bool more;
  char keys[CLI_HOLD_SAMPLES][WB_KEY_MAX + 1];
} cli_hold;

/* Whoever is held, by reason. */
typedef struct cli_held {
  long total;
  cli_hold reasons[CLI_HOLDS];
} cli_held;

void cli_held_count(wb_practice *practice, cli_held *held);
void cli_held_print(FILE *out, const cli_held *held);
/* The first columns of the table of a run. */
void cli_print_row(const char *patient, const char *how, const char *campaign, const char *segment,
                   const char *step);
/* Everybody who is held, and who waits to be let in, one a line. */
int cli_list_held(const cli_options *options, const cli_world *world, wb_practice *practice);

/* The definitions of campaigns that somebody of a practice is inside of. */
typedef struct cli_definitions {
  const wb_practice *practice;
  cli_json **roots;
  size_t count;
} cli_definitions;

enum { CLI_WHY = 600 };
void cli_definitions_read(wb_practice *practice, cli_definitions *all);
void cli_definitions_free(cli_definitions *all);
/* What exactly stands in the way of one who is held for a text or an offer; "": no more is known
   (held_why.c). */
void cli_held_why(const cli_world *world, const cli_definitions *all, const wb_enrollment *held,
                  char why[CLI_WHY]);

/* A part of a message, and the channel of its templates; the last one has no `of` (words.c). */
typedef struct cli_text_part {
  const char *of, *name, *channel;
} cli_text_part;
extern const cli_text_part cli_text_parts[];
/* Who waits to be let into a campaign, or into any (NULL); the caller frees the rows. */
wb_status cli_waiting(wb_practice *practice, const char *campaign, const cli_world *world,
                      wb_waiting **rows, uint32_t *count, wb_error *error);
int cli_policy(const cli_options *options);
int cli_render(const cli_options *options);
/* Channel, language, register and recipient of a text (render.c); CLI_USAGE with a message. */
int cli_template_options(const cli_options *options, wb_template_options *made);
const char *cli_encoding(const wb_sms *sms); /* in words (render.c) */
int cli_lint(const cli_options *options);
int cli_check(const cli_options *options);
/* Whether a practice's own wording of a campaign has no finding that is an error; CLI_DATA, and
   stderr says which it has. */
int cli_check_wording(const cli_world *world, const char *name, const wb_campaign *campaign);
int cli_import(const cli_options *options);
int cli_playbooks(const cli_options *options);
int cli_page(const cli_options *options);
int cli_letters(const cli_options *options);

/* ---- the store (store.c): journal, snapshot, outbox and secret of --store ---- */

typedef struct cli_store {
  char *folder;
  wb_practice *practice;
  wb_practice *next;   /* as a run would leave it now, for explain; or NULL */
  uint8_t (*sent)[16]; /* ids in the outbox */
  size_t sent_count, sent_capacity;
  uint64_t journal_bytes;
  wb_time journal_last, outbox_last; /* the last instant in each; WB_TIME_MIN: there is none */
  int journal, outbox;               /* file descriptors; the journal is locked for this process */
  bool trial;                        /* no file is written */
  uint8_t secret[16];
} cli_store;

/* Whether there is a store at --store, for commands that make none; else CLI_DATA, and stderr says
   so. */
int cli_store_find(const cli_options *options);
/* Opens or makes the store and the practice in it: secret, snapshot, journal, outbox. A corrupt
   snapshot or journal is refused with the reason. */
int cli_store_open(cli_store *store, const cli_options *options, cli_world *world);
/* The same of a store that is there, whose files stay as they are, whatever happens in the
   practice; the opt-outs that the data show are in it. */
int cli_store_try(cli_store *store, const cli_options *options, cli_world *world);
/* Says why nothing leaves a store of which a backup was restored, and what is to be done: CLI_DATA.
 */
int cli_store_restored(const cli_store *store, const char *why);
/* A practice that keeps nothing, as the store is now; a store without a practice: a new one, with
   the opt-outs that the data show. Places of the day are never wanting in it. */
wb_status cli_store_copy(const cli_store *store, const cli_options *options, const cli_world *world,
                         wb_practice **practice, wb_error *error);
/* Closes the store; with `save` it writes a snapshot first. */
int cli_store_close(cli_store *store, bool save);

/* ---- what explain asks of the store (explain_store.c); it may be none, without a practice ---- */

/* Whether somebody whom a campaign means could be written to. */
typedef struct cli_reach {
  wb_time again;           /* they wait: when the next place may come, or WB_TIME_NONE… */
  char when[40];           /* …in words, or "" */
  uint32_t ahead;          /* and how many wait before them */
  int32_t hold;            /* enum wb_hold; -1: they would not be let in */
  int32_t offer;           /* enum wb_offer_outcome, where that is why */
  bool inside, over, away; /* in the campaign; no more, for `reason`; they left, or are dead */
  char reason[WB_KEY_MAX + 1];
  struct {
    char key[WB_KEY_MAX + 1], when[40];
    int32_t hold;
  } visits[8]; /* of a campaign about visits, those that it asks about */
  int visit_count;
} cli_reach;
int cli_explain_reach(const cli_store *store, const cli_options *options, cli_world *world,
                      wb_campaign *campaign, cli_reach *reach);
/* Works out what a run would do now, where --patient is held: why, and until when, is known then.
 */
int cli_explain_next(cli_store *store, const cli_options *options, cli_world *world);
/* What the store knows of --patient. */
int cli_explain_store(const cli_store *store, const cli_options *options, const cli_world *world);

/* Closes, for a practice with this secret, the numbers from which a text of commlog asked for no
   more; without data there are none (opendental_comm.c). */
int cli_opendental_stops(const cli_options *options, const cli_world *world, wb_practice *practice,
                         const uint8_t secret[16]);

/* ---- launches (launch.c) ---- */

/* Who answers for it, --approver; NULL: it said why not. */
const char *cli_approver(const cli_options *options);
/* Compiles all campaigns that are named, before anything is made. */
int cli_campaigns_find(cli_world *world, const cli_options *options);
/* Makes those that were found known to a practice and starts them, one after the other. */
int cli_campaigns_start(wb_practice *practice, const cli_options *options, const cli_world *world);
/* The same in a store, all or none; one that runs already goes on. */
int cli_campaigns_launch(cli_store *store, const cli_options *options, const cli_world *world);

/* ---- events (event.c) ---- */

/* What happened outside, with the memory of its members. */
typedef struct cli_event {
  wb_input input;
  uint8_t contact[16], other[16], action[16];
  char campaign[WB_KEY_MAX + 2];
} cli_event;

/* The kind that --event names and what became of it; CLI_USAGE when the options do not say what it
   needs. */
int cli_event_find(const cli_options *options, cli_event *event);
/* Fills in the other members. */
int cli_event_fill(const cli_options *options, const cli_store *store, cli_world *world,
                   cli_event *event);
/* ---- the outbox (outbox.c) ---- */

/* One JSON line an action, durable before the action is acked. It is the
   only file that may hold an address or a text. */
int cli_outbox_open(cli_store *store);
bool cli_outbox_has(const cli_store *store, const uint8_t id[16]);
int cli_outbox_add(cli_store *store, const wb_action *action);
/* Tells a practice that was restored from a backup, and asks for it, what the outbox has: it is not
   sent again, and counts against the caps. */
int cli_outbox_tell(const cli_store *store, wb_time now);
/* Whether the outbox goes on after the journal ends, as after a backup was restored; else CLI_DATA,
   and stderr says so. */
int cli_outbox_check(const cli_store *store);
/* The action that --link or --action names; CLI_USAGE with a message. */
int cli_outbox_action(const cli_store *store, const cli_options *options, uint8_t action[16]);
/* Reads an id in hexadecimal; CLI_USAGE with a message. */
int cli_read_id(const char *option, const char *text, uint8_t id[16]);
void cli_action_json(FILE *out, const wb_action *action); /* one line */

void cli_hex(const uint8_t *bytes, size_t count, char *out); /* NUL-terminated, 2 × count + 1 */
bool cli_unhex(const char *text, uint8_t *bytes, size_t count);

#endif
