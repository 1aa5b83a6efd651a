/* SPDX-License-Identifier: MIT */
/*
 * Templates over a few rows, for tests, on 2026-01-30: fields of the test beside the dictionary's,
 * a policy, tables.
 *
 *   static int make_world(void **state) {
 *     static texts_world made;
 *     texts_open(&made, fields, 2, "{\"hosts\": [\"book.example.com\"]}", tables);
 *     *state = &made;
 *     return 0;
 *   }
 *   texts_say(*state, "sms", "Hi {{ patient.name }}", 0, "Hi Ana");
 *   cmocka_run_group_tests(tests, make_world, texts_drop);
 */
#ifndef TEXTS_H
#define TEXTS_H

#include <winback/winback.h>

enum { TEXTS_ROOM = 512 };

/* A policy under which a call may mention all but what is sealed, with `more` members. */
#define TEXTS_ALL_TOLD(more)                                                                       \
  "{\"widen\": true, \"channels\": {\"call\": {\"read\": [\"public\", \"name\", \"link\", "        \
  "\"scheduling\", \"recall\", \"clinical\", \"financial\", \"identifier\", \"relation\", "        \
  "\"staff\"]}}" more "}"

typedef struct texts_world {
  wb_schema *schema;
  wb_policy *policy;
  wb_policy *second; /* of the test, if it has one; dropped with the rest */
  wb_facts *facts;
  wb_moment moment;
} texts_world;

/* Opens all with a policy (NULL: the built-in one) and tables; a name of NULL ends them. */
void texts_open(texts_world *it, const wb_field *fields, uint32_t count, const char *policy,
                const char *const tables[][2]);
/* A policy for the same fields. */
wb_policy *texts_policy(const texts_world *it, const char *json);
/* Ends what `*state` has: as the last step of a group. */
int texts_drop(void **state);

/* Compiles a text; error may be NULL. */
wb_status texts_compile(const texts_world *it, const char *channel, const char *text,
                        wb_template **compiled, wb_error *error);
/* Renders a text, which must compile, for a row. */
wb_status texts_render(const texts_world *it, const char *channel, const char *text, uint64_t row,
                       char out[TEXTS_ROOM], wb_error *error);
/* A text comes out as expected. */
void texts_say(const texts_world *it, const char *channel, const char *text, uint64_t row,
               const char *expected);
/* A text that compiles is held back because of a field; out stays as it was. */
void texts_held(const texts_world *it, const char *channel, const char *text, uint64_t row,
                wb_status status, const char *field, const char *message);
/* A text does not compile. */
void texts_refused(const texts_world *it, const char *channel, const char *text, wb_status status,
                   uint32_t line, uint32_t column, const char *message);
/* Texts of one line that do not compile. */
typedef struct texts_refusal {
  const char *text;
  wb_status status;
  uint32_t column;
  const char *message;
} texts_refusal;
void texts_refused_all(const texts_world *it, const char *channel, const texts_refusal *refusals,
                       size_t count);

#endif
