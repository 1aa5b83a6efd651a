/* SPDX-License-Identifier: MIT */
/* The options of the command line. */
#include "cli.h"

#include <stddef.h>
#include <string.h>

/* Bits of the commands, in the order of the list in main.c. */
enum {
  ON_SEGMENT = 1,
  ON_EXPLAIN = 2,
  ON_CALC = 4,
  ON_RUN = 8,
  ON_RECEIVE = 16,
  ON_DESK = 32,
  ON_RESUME = 128,
  ON_PAUSE = 64 | ON_RESUME,
  ON_POLICY = 256,
  ON_RENDER = 512,
  ON_LINT = 1024,
  ON_IMPORT = 2048,
  ON_LAUNCH = 4096,
  ON_AUDIT = 8192,
  ON_CHECK = 16384,
  ON_METRICS = 32768,
  ON_SIMULATE = 65536,
  ON_SEAL = 131072,
  ON_STOP = 262144,
  ON_MIGRATE = 524288,
  ON_PLAYBOOKS = 1048576,
  ON_PAGE = 2097152,
  ON_LETTERS = 4194304,
  ON_DATA = ON_SEGMENT | ON_EXPLAIN | ON_RUN | ON_DESK | ON_RENDER | ON_SIMULATE | ON_MIGRATE |
            ON_PAGE | ON_LETTERS,
  ON_STORE = ON_RUN | ON_RECEIVE | ON_DESK | ON_PAUSE | ON_LAUNCH | ON_METRICS | ON_SEAL | ON_STOP |
             ON_MIGRATE | ON_PAGE | ON_LETTERS,
  ON_PRACTICE = ON_DATA | ON_STORE | ON_AUDIT,
  ON_FILES =
      ON_RENDER | ON_LINT | ON_IMPORT | ON_CHECK /* commands that take arguments besides options */
};

enum { ARGUMENTS_MOST = sizeof((cli_options *)0)->arguments / sizeof(char *) };

#define MEMBER(name) offsetof(cli_options, name)

static const cli_option option_list[] = {
    {"data", "DIR", "folder of tables, Open Dental's or the library's own: docs/data.md",
     MEMBER(data), ON_DATA | ON_RECEIVE},
    {"practice", "FILE", "the practice's settings; without it a sample practice", MEMBER(practice),
     ON_PRACTICE | ON_POLICY | ON_LINT | ON_CHECK | ON_PLAYBOOKS},
    {"policy", "FILE", "what messages may say, where it is not as built in", MEMBER(policy),
     ON_PRACTICE | ON_POLICY | ON_LINT | ON_CHECK},
    {"practice-name", "NAME", "what the practice is called: no word of it counts",
     MEMBER(practice_name), ON_LINT | ON_CHECK},
    {"phone", "NUMBER", "the practice's telephone number", MEMBER(phone), ON_LINT | ON_CHECK},
    {"host", "HOST", "the only host that links may lead to", MEMBER(host), ON_LINT | ON_CHECK},
    {"fragment", NULL, "a piece of a message, from which parts may be missing", MEMBER(fragment),
     ON_LINT},
    {"import", NULL, "the text has Open Dental's tags in brackets", MEMBER(import), ON_LINT},
    {"zone", "ZONE", "time zone of all locations, as America/New_York", MEMBER(zone),
     ON_PRACTICE | ON_POLICY},
    {"region", "REGION", "region of all locations, as US-NY", MEMBER(region),
     ON_PRACTICE | ON_POLICY},
    {"as-of", "WHEN", "2026-01-30 (09:00 local), 2026-01-30T14:30, or now when left out",
     MEMBER(as_of), ON_PRACTICE | ON_POLICY},
    {"as-of", "WHEN", "a day on which offers must still stand, as 2026-01-30", MEMBER(as_of),
     ON_CHECK},
    {"store", "DIR", "folder of journal, snapshot, outbox and secret", MEMBER(store),
     ON_STORE | ON_AUDIT | ON_EXPLAIN | ON_SIMULATE},
    {"campaign", "NAME|FILE", "a playbook's name or a campaign's file; may be repeated",
     MEMBER(campaigns),
     ON_EXPLAIN | ON_RUN | ON_SIMULATE | ON_PAUSE | ON_LAUNCH | ON_STOP | ON_POLICY | ON_RECEIVE},
    {"campaign", "NAME", "the name of a campaign that was launched", MEMBER(campaigns),
     ON_MIGRATE | ON_PAGE},
    {"new", NULL, "make a store where there is none yet", MEMBER(make), ON_RECEIVE | ON_PAUSE},
    {"apply", NULL, "do what the plan says", MEMBER(apply), ON_MIGRATE},
    {"replace", "OLD=NEW[,OLD=NEW]...", "steps that take the place of others", MEMBER(replace),
     ON_MIGRATE},
    {"recompute", NULL, "count the time anew of those who are in a wait; needs --data",
     MEMBER(recompute), ON_MIGRATE},
    {"days", "N", "how many days; 30 if left out", MEMBER(days), ON_SIMULATE},
    {"seed", "N", "of what is made up: the same one makes up the same", MEMBER(seed), ON_SIMULATE},
    {"html", "FILE", "write the report there too, as one page for a browser", MEMBER(html),
     ON_SIMULATE},
    {"approver", "WHO", "who answers for it: a staff id; \"command line\" if left out",
     MEMBER(approver), ON_LAUNCH | ON_RUN | ON_STOP | ON_RECEIVE},
    {"verify", NULL, "check the journal from one end to the other", MEMBER(verify), ON_AUDIT},
    {"location", "KEY", "a location", MEMBER(location), ON_PAUSE | ON_RECEIVE},
    {"patient", "KEY", "a patient", MEMBER(patient),
     ON_EXPLAIN | ON_RECEIVE | ON_RENDER | ON_AUDIT | ON_PAGE},
    {"channel", "CHANNEL", "sms, email.subject, email.text, … (see winback policy)",
     MEMBER(channel), ON_RENDER | ON_LINT},
    {"channel", "CHANNEL", "how they are reached: sms, email or call", MEMBER(channel), ON_RECEIVE},
    {"language", "en|es", "language that dates and numbers are written in", MEMBER(language),
     ON_RENDER | ON_LINT},
    {"register", "REGISTER", "neutral, general or detail", MEMBER(register_), ON_RENDER | ON_LINT},
    {"recipient", "WHOM", "patient, guardian or household", MEMBER(recipient), ON_RENDER | ON_LINT},
    {"where", "RULE", "a rule in CEL", MEMBER(where), ON_SEGMENT | ON_EXPLAIN},
    {"by", "FIELD[,FIELD]...", "count by the values of fields; the last one goes across",
     MEMBER(by), ON_SEGMENT},
    {"event", "EVENT", "what happened", MEMBER(event), ON_RECEIVE},
    {"from", "ADDRESS", "telephone number or e-mail address it came from", MEMBER(from),
     ON_RECEIVE},
    {"visit", "KEY", "the visit that was booked, kept or cancelled, or the opening", MEMBER(visit),
     ON_RECEIVE},
    {"at", "WHEN", "when that is or was, as for --as-of", MEMBER(at), ON_RECEIVE},
    {"minutes", "N", "how long it is; how much chair time is open", MEMBER(minutes), ON_RECEIVE},
    {"schedule", "NAME", "whose time it is, as hygiene", MEMBER(schedule), ON_RECEIVE},
    {"value", "AMOUNT", "what a kept visit was worth, as 150.00", MEMBER(value), ON_RECEIVE},
    {"outcome", "OUTCOME", "what became of it: see below", MEMBER(outcome), ON_RECEIVE},
    {"to", "ADDRESS", "the address that takes the place of the one --from names", MEMBER(to),
     ON_RECEIVE},
    {"other", "KEY", "the patient whom the first one is", MEMBER(other), ON_RECEIVE},
    {"name", "NAME", "what it is about: a text, a wording, a setting", MEMBER(name),
     ON_RECEIVE | ON_RESUME},
    {"class", "CLASS", "what was agreed to: transactional, care, benefit, offer, billing or detail",
     MEMBER(class_), ON_RECEIVE},
    {"source", "SOURCE", "where a consent comes from, as form: an id", MEMBER(source), ON_RECEIVE},
    {"text", "TEXT", "words of a reply", MEMBER(text), ON_RECEIVE},
    {"action", "ID", "an action, 32 hexadecimal digits", MEMBER(action),
     ON_RECEIVE | ON_AUDIT | ON_PAGE},
    {"link", "LINK", "the link of a message, or the 16 characters that end it", MEMBER(link),
     ON_RECEIVE | ON_PAGE},
    {"id", "ID", "id of the event, 32 hexadecimal digits: the same one counts once", MEMBER(id),
     ON_RECEIVE},
    {"facts", NULL, "print all fields as JSON instead; of everybody without --patient",
     MEMBER(facts), ON_EXPLAIN},
    {"count", NULL, "print one number", MEMBER(count), ON_SEGMENT},
    {"csv", NULL, "print CSV", MEMBER(csv), ON_SEGMENT},
    {"show", "NAME", "print one as it runs, as JSON", MEMBER(show), ON_PLAYBOOKS},
    {"schema", NULL, "print the JSON Schema of a campaign, or of \"settings\"", MEMBER(schema),
     ON_CHECK},
    {"json", NULL, "print one JSON object a line", MEMBER(json),
     ON_SEGMENT | ON_EXPLAIN | ON_RUN | ON_DESK | ON_RENDER | ON_LINT | ON_AUDIT | ON_METRICS |
         ON_CHECK | ON_MIGRATE | ON_PLAYBOOKS | ON_PAGE | ON_LETTERS},
    {"held", NULL, "list everybody who is held, not only how many", MEMBER(held), ON_RUN},
    {"allow-jump", NULL, "go on though the last run is more than 31 days ago", MEMBER(allow_jump),
     ON_STORE},
    {"help", NULL, "print this", MEMBER(help), ~0u},
};

const cli_option *cli_option_list(int *count) {
  *count = (int)(sizeof option_list / sizeof option_list[0]);
  return option_list;
}

/* The bit of a command. */
static unsigned option_bit(const cli_command *command) {
  int count = 0;
  return 1u << (command - cli_command_list(&count));
}

bool cli_takes(const cli_command *command, const cli_option *option) {
  return (option->commands & option_bit(command)) != 0;
}

bool cli_takes_arguments(const cli_command *command) {
  return (ON_FILES & option_bit(command)) != 0;
}

int cli_distance(const char *one, const char *other) {
  enum { MOST = 64 };
  int row[MOST + 1];
  size_t length = strnlen(other, MOST);
  for (size_t j = 0; j <= length; j++)
    row[j] = (int)j;
  for (size_t i = 0; one[i] && i < MOST; i++) {
    int diagonal = row[0];
    row[0] = (int)i + 1;
    for (size_t j = 0; j < length; j++) {
      int best = diagonal + (one[i] != other[j]);
      if (row[j] + 1 < best) best = row[j] + 1;
      if (row[j + 1] + 1 < best) best = row[j + 1] + 1;
      diagonal = row[j + 1];
      row[j + 1] = best;
    }
  }
  return row[length];
}

/* The option of a command whose name is nearest; NULL: none is near. */
static const char *option_nearest(const char *name, unsigned command) {
  const char *nearest = NULL;
  int least = 3;
  for (size_t i = 0; i < sizeof option_list / sizeof option_list[0]; i++) {
    int distance = cli_distance(option_list[i].name, name);
    if (!(option_list[i].commands & command) || distance >= least) continue;
    least = distance;
    nearest = option_list[i].name;
  }
  return nearest;
}

/* Says that there is no such option. */
static int option_unknown(const char *argument, size_t length, const cli_options *options,
                          unsigned command) {
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)(length < 63 ? length : 63), argument);
  const char *nearest = option_nearest(name, command);
  if (nearest) {
    cli_error("%s has no option --%s; did you mean --%s?", options->command, name, nearest);
  } else {
    cli_error("%s has no option --%s; see winback %s --help", options->command, name,
              options->command);
  }
  return CLI_USAGE;
}

/* The option of a command by its name. */
static const cli_option *option_find(const char *name, size_t length, unsigned command) {
  for (size_t i = 0; i < sizeof option_list / sizeof option_list[0]; i++) {
    const cli_option *option = &option_list[i];
    if (strlen(option->name) == length && !memcmp(option->name, name, length) &&
        (option->commands & command))
      return option;
  }
  return NULL;
}

/* Keeps the value of an option. */
static int option_set(cli_options *options, const cli_option *option, const char *value) {
  char *member = (char *)options + option->member;
  if (!option->value) {
    memcpy(member, &(bool){true}, sizeof(bool));
    return CLI_OK;
  }
  if (option->member == MEMBER(campaigns)) {
    if (options->campaign_count == CLI_CAMPAIGNS) {
      cli_error("--campaign can be given %d times", CLI_CAMPAIGNS);
      return CLI_USAGE;
    }
    options->campaigns[options->campaign_count++] = value;
    return CLI_OK;
  }
  memcpy(member, &value, sizeof value);
  return CLI_OK;
}

/* Reads the option at argv[*at], and its value, which may be the next argument. */
static int option_read(int argc, char **argv, int *at, cli_options *options, unsigned command) {
  const char *name = argv[*at] + 2, *equals = strchr(name, '=');
  size_t length = equals ? (size_t)(equals - name) : strlen(name);
  const cli_option *option = option_find(name, length, command);
  if (!option) return option_unknown(name, length, options, command);
  if (!option->value && equals) {
    cli_error("--%s takes no value", option->name);
    return CLI_USAGE;
  }
  if (!option->value) return option_set(options, option, NULL);
  if (!equals && *at + 1 >= argc) {
    cli_error("--%s needs a value: %s", option->name, option->value);
    return CLI_USAGE;
  }
  return option_set(options, option, equals ? equals + 1 : argv[++*at]);
}

/* Finds the command; with `--help` alone there is none. */
static int option_command(int argc, char **argv, cli_options *options) {
  if (argc >= 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))) {
    options->help = true;
    options->command = argc >= 3 ? argv[2] : NULL;
    return CLI_OK;
  }
  if (argc < 2) {
    cli_error("a command is needed; see winback --help");
    return CLI_USAGE;
  }
  options->command = argv[1];
  if (cli_command_find(argv[1])) return CLI_OK;
  int count = 0, least = 3;
  const cli_command *commands = cli_command_list(&count), *nearest = NULL;
  for (int i = 0; i < count; i++) {
    int distance = cli_distance(commands[i].name, argv[1]);
    if (distance >= least) continue;
    least = distance;
    nearest = &commands[i];
  }
  if (nearest) {
    cli_error("there is no command %s; did you mean %s?", argv[1], nearest->name);
  } else {
    cli_error("there is no command %s; see winback --help", argv[1]);
  }
  return CLI_USAGE;
}

int cli_options_parse(int argc, char **argv, cli_options *options) {
  *options = (cli_options){0};
  int result = option_command(argc, argv, options);
  if (result != CLI_OK || options->help) return result;
  unsigned command = option_bit(cli_command_find(options->command));
  for (int i = 2; result == CLI_OK && i < argc; i++) {
    if (!strncmp(argv[i], "--", 2) && argv[i][2]) {
      result = option_read(argc, argv, &i, options, command);
    } else if ((command & ON_FILES) && options->argument_count < ARGUMENTS_MOST) {
      options->arguments[options->argument_count++] = argv[i];
    } else {
      cli_error("%s: unexpected argument %d; see winback %s --help", options->command, i,
                options->command);
      result = CLI_USAGE;
    }
  }
  return result;
}
