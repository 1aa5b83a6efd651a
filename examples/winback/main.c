/* SPDX-License-Identifier: MIT */
/* winback: the command line program. */
#include "cli.h"

#include <string.h>

static const cli_command command_list[] = {
    {"segment", "who matches a rule, as a list, a number or a cross table", cli_segment,
     "Without --where everybody matches. Without --by it lists the patients; with one field it\n"
     "counts them by its values, with more it makes a cross table.\n\n"
     "  winback segment --data export --as-of 2026-01-30 --zone America/New_York \\\n"
     "      --where 'patient.status == \"active\" && !recare.booked' --by "
     "recare.kind,recare.band\n"},
    {"explain", "why a patient is in a campaign, or not", cli_explain,
     "Without --campaign and --where every campaign that ships is explained. For staff eyes: it\n"
     "shows what is on the patient's record. Who is meant may still be held: it says by what. "
     "With\n"
     "--store what the store knows decides too, and it says where the patient stands in each\n"
     "campaign and what was sent.\n"},
    {"calc", "dates, zones, benefits, expressions: JSON lines in, JSON lines out", cli_calc,
     "Each line of the standard input is answered by one line, in the same order:\n\n"
     "  {\"op\":\"add\",\"date\":\"2024-08-31\",\"interval\":\"6m1d\"}   "
     "{\"date\":\"2025-03-01\"}\n"
     "  {\"op\":\"months\",\"from\":\"2026-01-31\",\"to\":\"2026-02-28\"}   {\"months\":1}\n"
     "  {\"op\":\"local\",\"zone\":\"America/New_York\",\"at\":\"2026-01-30T14:00:00Z\"}\n"
     "  {\"op\":\"instant\",\"zone\":\"America/New_York\",\"local\":\"2026-03-08T02:30\"}\n"
     "  {\"op\":\"next_open\",\"zone\":\"America/New_York\",\"region\":\"US-NY\","
     "\"at\":\"2026-01-30T03:00:00Z\"}\n"
     "  {\"op\":\"period\",\"kind\":\"plan_year\",\"month\":7,\"on\":\"2026-01-30\"}\n"
     "  {\"op\":\"covered\",\"limits\":[\"1 per 6 months\"],\"history\":[\"2026-01-15\"],"
     "\"from\":\"2026-01-30\"}\n"
     "  {\"op\":\"sms\",\"text\":\"See you on {day}\"}   "
     "{\"encoding\":\"GSM-7\",\"segments\":1,\"units\":18}\n"
     "  {\"op\":\"reply\",\"text\":\"STOP\"}   {\"intent\":\"opt_out\",\"confidence\":98}\n"
     "  {\"op\":\"eval\",\"expr\":\"[3, 1, n].max()\",\"vars\":{\"n\":7}}   {\"value\":7}\n\n"
     "A line that cannot be answered gets {\"error\": …}.\n"},
    {"run", "one pass over the launched campaigns: what goes out today", cli_run,
     "Those named with --campaign are launched. Each action is made durable in the outbox of the\n"
     "store, printed, and noted. The same day again sends nothing twice. With --campaign a store\n"
     "that is not there is made, and stderr says so; without, it is refused.\n"},
    {"receive", "tell the practice what happened: a reply, a booking, an opt-out", cli_receive,
     "Events, and what each needs:\n"
     "  reply                             --from or --patient; --text its words\n"
     "  opted_out, opted_in               --from or --patient\n"
     "  click                             --patient, or --link: that of the message\n"
     "  booked                            the same; --visit, --at: when the visit is, else now\n"
     "  kept                              --patient; --visit, --at, --value\n"
     "  cancelled                         --patient; --visit, --at; --minutes, --location and\n"
     "                                    --schedule: its time is an opening\n"
     "  broken                            --patient; --visit, --at\n"
     "  contacted                         --patient; --at\n"
     "  left, deceased, forget            --patient\n"
     "  moved                             --patient, --location\n"
     "  merged                            --patient, --other\n"
     "  consent                           --patient, --from, --channel, --outcome refused, "
     "express,\n"
     "                                    written or authorized; --at, --class, --source and\n"
     "                                    --name: the wording (both ids: letters, digits, '-',\n"
     "                                    '_', '.', at most 64)\n"
     "  contact_changed                   --patient, --from, --to, --channel, --outcome new or "
     "corrected;\n"
     "                                    --at\n"
     "  number_checked                    --from, --outcome same or reassigned\n"
     "  task_done                         --action, --outcome done, booked, later (--at), "
     "no_answer,\n"
     "                                    voicemail, wrong_number, refused, moved or deceased\n"
     "  delivered, undelivered            --action; --outcome address, content, policy or "
     "opted_out\n"
     "  slot_opened                       --visit, --at, --minutes, --location; --schedule\n"
     "  slot_closed                       --visit\n"
     "  capacity                          --schedule, --minutes; --location\n"
     "  withdraw                          --campaign, --name: the text\n"
     "  setting                           --name, --outcome yes or no; --approver\n"
     "  restored_ready                    nothing: the outbox of a restored store is the newest,\n"
     "                                    and opt-outs since the backup were told\n\n"
     "An option that says nothing of the event is refused.\n\n"
     "Name patients by their keys, never by name. With --data a key that neither the data nor the\n"
     "store has is refused.\n"},
    {"desk", "the calls worth making and the replies to read", cli_desk,
     "Calls are listed best first, with what speaks for them and how often they were tried; one "
     "that\n"
     "rests says until when. With --data it shows names and numbers.\n"},
    {"pause", "stop a campaign, a location or everything, at once", cli_pause,
     "Without --campaign and --location the whole practice pauses.\n"},
    {"resume", "end a pause", cli_pause,
     "What was paused is named in the same way; with --name a text that was withdrawn is said "
     "again.\n"},
    {"policy", "what messages may say and when, and how many there may be, in words", cli_policy,
     "Without --policy it is the built-in policy. How often each campaign may write stands\n"
     "below; with --campaign the hours and caps of that alone. With --practice or --zone and\n"
     "--region it says the week to come as the law has it there, with the rules and the law's\n"
     "own caps.\n"},
    {"render", "what a template says, to a patient or with made-up values", cli_render,
     "winback render --channel sms FILE. Without --data every field has a made-up value:\n"
     "Maria Gomez, seen eight months ago, due for two, has a visit in ten days.\n"},
    {"lint", "what should not be in a message: words, numbers, links, missing parts", cli_lint,
     "Takes files, or the standard input: templates, one a file. Each finding is a line: file, "
     "line,\n"
     "column, how bad it is, rule, and what to write instead. The exit status is 1 if there are "
     "any.\n\n"
     "  winback lint --channel sms --practice-name 'Crown Point Dental' reminder.txt\n"},
    {"import", "make a template of a message with Open Dental's tags in brackets", cli_import,
     "Takes a file, or the standard input, and prints the template:\n\n"
     "  [NameF], it is time for your check-up: [URL]\n\n"
     "A tag that is not known, or that no message may have, is refused with its place.\n"},
    {"launch", "start a campaign: nothing runs until somebody does", cli_launch,
     "Takes --campaign once or more often; nothing is launched unless all are found. Who approved\n"
     "it stands in the journal: --approver, or \"command line\" without it. A store that is not\n"
     "there is made, and stderr says so.\n"},
    {"audit", "what the journal says, and whether it is whole", cli_audit,
     "With --action: why a message was sent, check by check, with rule, source, consent and\n"
     "definition. With --patient: what belongs into the patient's record, in its order: contacts,\n"
     "answers, consent, visits, calls, offers; with --json the contacts. With --verify:\n"
     "whether a record is missing, damaged or was exchanged (exit status 1). Without any of them:\n"
     "every record as JSON. It changes nothing and needs no secret.\n"},
    {"check", "whether campaigns compile, and what should not be in their texts", cli_check,
     "Takes names of playbooks and files; without any it checks all playbooks that ship. Findings\n"
     "are those of lint, each text under its channel, language and register, with the class that\n"
     "the campaign declares; what does not compile is one too. A file may be a practice's "
     "settings:\n"
     "each playbook is made with them, and own wording is looked at. With --practice campaigns "
     "are\n"
     "checked as the practice has set them, and with --as-of whether their offers still stand. "
     "The\n"
     "exit status is 1 if there are findings.\n\n"
     "  winback check hygiene-recare our-own.json practice.json\n"},
    {"metrics", "what the messages brought, and what may be claimed of it", cli_metrics,
     "The funnel of each campaign by segment; visits credited to messages beside the difference\n"
     "to those held out, with its interval. Tell it of visits with winback receive.\n"},
    {"simulate", "the days to come: how much goes out, when, and what it costs the desk",
     cli_simulate,
     "The same machine on the same data, day by day; what patients do is made up by a model, and\n"
     "every number of it is printed as an assumption. Nothing is sent, nothing is kept. With "
     "--html\n"
     "it writes a page for the practice's manager: segments, hours, bookings, desk, every text.\n"
     "Without --campaign it is of the playbooks that the practice of --store has launched, or of\n"
     "all that ship.\n"},
    {"seal", "sum a month up, so that old records may move to an archive", cli_seal,
     "Writes a record with the totals so far and a digest of all that came before it, and a\n"
     "snapshot. winback audit --verify checks it.\n"},
    {"stop", "stop a campaign for good: whoever is inside leaves", cli_pause,
     "Takes one --campaign. Calls that are open are closed; what is handed out goes on to its "
     "end.\n"
     "winback run does not start it again, winback launch does.\n"},
    {"migrate", "take whoever is inside a campaign over to its newest version", cli_migrate,
     "Launch the new version first. Without --apply it only says how many would go from which "
     "step\n"
     "to which, and how many of them are sent something within a day. Nothing is sent twice; what\n"
     "is handed out is carried along.\n\n"
     "  winback migrate --store S --campaign spring-recare --replace text-2=mail-2 --apply\n"},
    {"playbooks", "the campaigns that ship: their names, for --campaign, and their files",
     cli_playbooks,
     "With --practice they are as its settings have them: other intervals, hours, words. A "
     "practice\n"
     "that wants another sequence takes a copy, gives it another name and changes it:\n\n"
     "  winback playbooks --show hygiene-recare >our-recare.json\n"
     "  winback check our-recare.json\n"},
    {"page", "the secure page behind a message's link, for a patient who is identified", cli_page,
     "Whose page it is, the message's --link says, or --action, its id (both as in the outbox), "
     "or\n"
     "--campaign and --patient. Prints HTML for the frame of a portal; with --json an object that "
     "has\n"
     "the text of the page as well. Nothing changes in the store.\n"},
    {"letters", "who can be reached by neither text nor e-mail, with the postcard to them",
     cli_letters,
     "Those who are in a campaign and held, since there is no permission or no address, the "
     "number\n"
     "opted out or has to be checked, the last visit is too long ago, or they asked for mail "
     "alone.\n"
     "Who asked for another way alone is not listed. What is printed and sent is told with "
     "winback\n"
     "receive --event contacted.\n"},
};

const cli_command *cli_command_list(int *count) {
  *count = (int)(sizeof command_list / sizeof command_list[0]);
  return command_list;
}

const cli_command *cli_command_find(const char *name) {
  for (size_t i = 0; name && i < sizeof command_list / sizeof command_list[0]; i++) {
    if (!strcmp(command_list[i].name, name)) return &command_list[i];
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc == 2 && !strcmp(argv[1], "--version")) {
    printf("winback %s\n", wb_version_text());
    return CLI_OK;
  }
  cli_options options;
  int result = cli_options_parse(argc, argv, &options);
  if (result != CLI_OK) return result;
  const cli_command *command = cli_command_find(options.command);
  if (options.help) {
    cli_help(command);
  } else {
    result = command->run(&options);
    if (result == CLI_SKIPPED) result = CLI_DATA;
  }
  if (fflush(stdout) != 0 || ferror(stdout)) {
    cli_error("the standard output cannot be written");
    return CLI_DATA;
  }
  return result;
}
