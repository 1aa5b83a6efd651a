/* SPDX-License-Identifier: MIT */
/* Fields of patients, for people to read. */
#include "cli.h"

#include <string.h>

int cli_field_find(const cli_world *world, const char *what, const char *name, size_t length,
                   uint32_t *index) {
  char wanted[80];
  if (wb_schema_find(world->schema, name, length, index) == WB_OK) return CLI_OK;
  snprintf(wanted, sizeof wanted, "%.*s", (int)(length < 79 ? length : 79), name);
  wb_field field = {.size = sizeof field};
  const char *nearest = NULL;
  int least = length < 8 ? 3 : 4;
  for (uint32_t i = 0; i < wb_schema_count(world->schema); i++) {
    if (wb_schema_get(world->schema, i, &field) != WB_OK) continue;
    int distance = cli_distance(field.name, wanted);
    if (distance < least) {
      least = distance;
      nearest = field.name;
    }
  }
  if (nearest) {
    cli_error("%s: there is no field %s; did you mean %s?", what, wanted, nearest);
  } else {
    cli_error("%s: there is no field %s", what, wanted);
  }
  return CLI_USAGE;
}

/* The place of a text in a domain "a|b|c"; -1: not in it. */
static int64_t field_place(const char *domain, const char *text, size_t length) {
  int64_t place = 0;
  for (const char *at = domain; at; place++) {
    const char *bar = strchr(at, '|');
    size_t size = bar ? (size_t)(bar - at) : strlen(at);
    if (size == length && !memcmp(at, text, length)) return place;
    at = bar ? bar + 1 : NULL;
  }
  return -1;
}

/* Writes what is no text. */
static wb_status field_print(const cli_world *world, const wb_value *value, cli_answer *answer) {
  answer->text = answer->space;
  switch (value->kind) {
  case WB_DATE:
    return wb_date_format((wb_date)value->integer, answer->space, sizeof answer->space,
                          &answer->length);
  case WB_TIME:
    return wb_time_format(value->integer, world->moment.zone, answer->space, sizeof answer->space,
                          &answer->length);
  case WB_BOOL:
    answer->text = value->integer ? "true" : "false";
    answer->length = strlen(answer->text);
    return WB_OK;
  case WB_DOUBLE:
    answer->length = (size_t)snprintf(answer->space, sizeof answer->space, "%g", value->real);
    return WB_OK;
  default:
    answer->length =
        (size_t)snprintf(answer->space, sizeof answer->space, "%lld", (long long)value->integer);
    return WB_OK;
  }
}

/* Makes a value one to read. */
static wb_status field_answer(const cli_world *world, uint32_t field, const wb_value *value,
                              cli_answer *answer) {
  wb_field about = {.size = sizeof about};
  wb_status status = wb_schema_get(world->schema, field, &about);
  if (status != WB_OK) return status;
  *answer = (cli_answer){.text = "", .number = value->integer, .kind = value->kind};
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return WB_OK;
  if (value->kind != WB_TEXT) return field_print(world, value, answer);
  answer->text = value->data;
  answer->length = value->length;
  answer->number = about.domain ? field_place(about.domain, value->data, value->length) : 0;
  return WB_OK;
}

wb_status cli_field_read(const cli_world *world, uint64_t row, uint32_t field, cli_answer *answer,
                         wb_error *error) {
  wb_value value = {.size = sizeof value};
  wb_status status = wb_facts_get(world->facts, row, field, &world->moment, &value, error);
  return status == WB_OK ? field_answer(world, field, &value, answer) : status;
}

void cli_field_named(const cli_world *world, uint64_t row, const char *name, cli_answer *answer) {
  uint32_t field = 0;
  *answer = (cli_answer){.text = ""};
  if (wb_schema_find(world->schema, name, strlen(name), &field) != WB_OK ||
      cli_field_read(world, row, field, answer, NULL) != WB_OK)
    *answer = (cli_answer){.text = ""};
}

wb_status cli_item_read(const cli_world *world, uint64_t row, uint32_t field, uint32_t index,
                        cli_answer *answer, wb_error *error) {
  wb_value value = {.size = sizeof value};
  wb_status status =
      wb_facts_get_item(world->facts, row, field, index, &world->moment, &value, error);
  return status == WB_OK ? field_answer(world, field, &value, answer) : status;
}

void cli_answer_json(FILE *out, const cli_answer *answer) {
  bool bare = answer->kind == WB_BOOL || answer->kind == WB_INT || answer->kind == WB_UINT ||
              answer->kind == WB_DOUBLE;
  if (answer->kind == WB_NULL || answer->kind == WB_UNKNOWN) {
    fputs("null", out);
  } else if (bare) {
    fwrite(answer->text, 1, answer->length, out);
  } else {
    cli_json_string(out, answer->text, answer->length);
  }
}
