/* SPDX-License-Identifier: MIT */
#include "support/usual.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Whether somebody was written to by now. */
static bool usual_wrote(const usual *u, const char *patient) {
  char key[16];
  snprintf(key, sizeof key, "%s ", patient);
  const char *found = strstr(u->written, key);
  return found != NULL && (found == u->written || found[-1] == ' ');
}

static void usual_note(usual *u, const char *patient) {
  const size_t length = strlen(u->written), room = sizeof u->written - length;
  if (usual_wrote(u, patient)) return;
  assert_in_range(snprintf(u->written + length, room, "%s ", patient), 1, room - 1);
}

void usual_keep(usual *u, const clinic *c) {
  u->count = c->count;
  for (uint32_t i = 0; i < c->count; i++) {
    const wb_action *action = &c->actions[i];
    usual_message *message = &u->messages[i];
    memcpy(message->id, action->id, sizeof message->id);
    snprintf(message->patient, sizeof message->patient, "%s", action->patient);
    snprintf(message->to, sizeof message->to, "%s", action->to);
    snprintf(message->text, sizeof message->text, "%s", action->text);
    usual_note(u, action->patient);
  }
}

const usual_message *usual_same(const usual *u, const wb_action *action) {
  for (uint32_t i = 0; i < u->count; i++)
    if (memcmp(u->messages[i].id, action->id, sizeof action->id) == 0) return &u->messages[i];
  return NULL;
}

/* Whether an address is in the record of a patient, or of the one who stands for them. */
static bool usual_owns(const usual *u, const char *patient, const char *to) {
  const char *line = strstr(u->people, strcmp(patient, u->child) ? patient : u->guardian);
  const char *found = line != NULL ? strstr(line, to) : NULL;
  return found != NULL && found < strchr(line, '\n');
}

/* Whether a text has the first name of somebody else. */
static bool usual_names_another(const usual *u, const char *patient, const char *text) {
  for (const char *line = strchr(u->people, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
    char key[8], name[16];
    assert_int_equal(sscanf(line, "%7[^|]|%*[^|]|%15[^|]|", key, name), 2);
    if (strcmp(key, patient) != 0 && strstr(text, name) != NULL) return true;
  }
  return false;
}

/* How many are written to at this address, usually. */
static uint32_t usual_written(const usual *u, const char *to) {
  uint32_t written = 0;
  for (uint32_t i = 0; i < u->count; i++)
    written += strcmp(u->messages[i].to, to) == 0;
  return written;
}

void usual_assert(const usual *u, const clinic *c) {
  for (uint32_t i = 0; i < c->count; i++) {
    const wb_action *action = &c->actions[i];
    uint32_t written = 0, most = usual_written(u, action->to);
    for (uint32_t k = 0; k < c->count; k++) {
      written += strcmp(c->actions[k].to, action->to) == 0;
      if (k != i) assert_string_not_equal(c->actions[k].patient, action->patient);
    }
    if (most == 0 && usual_wrote(u, action->patient)) most = 1; /* elsewhere, or another time */
    assert_in_range(written, 1, most);
    assert_true(usual_owns(u, action->patient, action->to));
    assert_false(usual_names_another(u, action->patient, action->text));
  }
}
