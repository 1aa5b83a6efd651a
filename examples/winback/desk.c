/* SPDX-License-Identifier: MIT */
/* winback desk: what cannot wait, the calls worth making, and the replies to read. */
#include "cli.h"

#include <string.h>

/* One field of a patient as text; empty when there are no data or no value. */
static void read_field(cli_world *world, const wb_task *task, const char *name, char *out,
                       size_t size) {
  uint64_t row = 0;
  uint32_t field = 0;
  wb_value value = {.size = sizeof value};
  out[0] = 0;
  if (!world->facts || wb_schema_find(world->schema, name, strlen(name), &field) != WB_OK ||
      wb_facts_find(world->facts, task->patient, task->patient_length, &row) != WB_OK ||
      wb_facts_get(world->facts, row, field, &world->moment, &value, NULL) != WB_OK ||
      value.kind != WB_TEXT) {
    return;
  }
  snprintf(out, size, "%.*s", (int)value.length, value.data);
}

/* The lists in the order in which a desk reads them. */
static const struct {
  int32_t list;
  const char *name, *title;
} lists[] = {{WB_DESK_NOW, "now", "now"},
             {WB_DESK_VISITS, "visits", "visits to look after"},
             {WB_DESK_OUTREACH, "outreach", "calls to make"},
             {WB_DESK_INBOX, "inbox", "replies to read"}};

static const char *list_name(int32_t list) {
  size_t i = 0;
  while (lists[i].list != list)
    i++;
  return lists[i].name;
}

/* An instant in the practice's zone; empty when there is none. */
static void print_time(const cli_world *world, wb_time at, char *out, size_t size) {
  size_t length = 0;
  if (at == WB_TIME_NONE || wb_time_format(at, world->moment.zone, out, size, &length) != WB_OK) {
    out[0] = 0;
  }
}

/* What speaks for a call, how often it was tried, and until when it rests. */
static void print_why(const cli_world *world, const wb_task *task) {
  char due[40] = "";
  (void)cli_minute(world->moment.zone, task->due, due);
  if (task->list == WB_DESK_OUTREACH) printf("  [%d] %s", (int)task->score, task->why);
  if (task->about[0]) printf("  about %s", task->about);
  if (task->attempts) printf("  tried %u time%s", task->attempts, task->attempts == 1 ? "" : "s");
  if (task->due > world->now) printf("  rests until %s", due);
  printf("\n");
}

static void print_task(cli_world *world, const wb_task *task, bool json) {
  char name[128], phone[64], id[33], since[32], due[32], expires[32];
  read_field(world, task, "patient.name", name, sizeof name);
  read_field(world, task, "contact.mobile", phone, sizeof phone);
  if (!phone[0]) read_field(world, task, "contact.home_phone", phone, sizeof phone);
  cli_hex(task->id, 16, id);
  print_time(world, task->opened, since, sizeof since);
  print_time(world, task->due, due, sizeof due);
  print_time(world, task->expires, expires, sizeof expires);
  if (!json) {
    char at[40] = "";
    (void)cli_minute(world->moment.zone, task->opened, at);
    fputs("  ", stdout);
    cli_pad(task->patient, 8);
    putchar(' ');
    cli_pad(name, 16);
    printf(" %-16s %-17s since %-16s %s", phone, task->reason, at, id);
    print_why(world, task);
    return;
  }
  printf("{\"id\":\"%s\",\"list\":\"%s\",\"patient\":", id, list_name(task->list));
  cli_json_string(stdout, task->patient, task->patient_length);
  printf(",\"reason\":\"%s\",\"campaign\":", task->reason);
  cli_json_string(stdout, task->campaign, strlen(task->campaign));
  printf(",\"location\":");
  cli_json_string(stdout, task->location, strlen(task->location));
  printf(",\"about\":");
  cli_json_string(stdout, task->about, task->about_length);
  printf(",\"why\":\"%s\",\"score\":%d,\"attempts\":%u,\"opened\":\"%s\",\"due\":\"%s\","
         "\"expires\":\"%s\"}\n",
         task->why, (int)task->score, (unsigned)task->attempts, since, due, expires);
}

static long print_list(cli_world *world, wb_practice *practice, int32_t list, bool json) {
  uint64_t cursor = 0;
  long count = 0;
  wb_task task = {.size = sizeof task};
  while (wb_desk_next(practice, list, &cursor, &task) == WB_OK) {
    print_task(world, &task, json);
    count++;
  }
  return count;
}

int cli_desk(const cli_options *options) {
  cli_world world;
  int result = cli_store_find(options);
  if (result != CLI_OK) return result;
  result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) return result;
  cli_store store;
  result = cli_store_try(&store, options, &world);
  if (result == CLI_OK) {
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
      if (!options->json) printf("%s\n", lists[i].title);
      long count = print_list(&world, store.practice, lists[i].list, options->json);
      if (!options->json && !count) printf("  none\n");
    }
  }
  int closed = cli_store_close(&store, false);
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}
