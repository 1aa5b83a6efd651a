/* SPDX-License-Identifier: MIT */
/* Status codes in words, and the version. */
#include "base/base.h"

typedef struct status_entry {
  const char *name;
  const char *text;
} status_entry;

/* Indexed by the negated code. */
static const status_entry status_table[] = {
    {"WB_OK", "All is well."},
    {"WB_E_NOMEM", "There is no memory, or the context's memory limit is reached."},
    {"WB_E_INVALID", "An argument or input breaks a rule of its description."},
    {"WB_E_RANGE", "A number, date or instant is outside what can be represented."},
    {"WB_E_SPACE", "The buffer is too short; the needed length was given."},
    {"WB_E_SYNTAX", "The text is not of its language."},
    {"WB_E_TYPE", "A value has another type than is needed there."},
    {"WB_E_NAME", "There is nothing of that name."},
    {"WB_E_LIMIT", "A limit on size, depth or cost is reached."},
    {"WB_E_POLICY", "The privacy policy does not allow it."},
    {"WB_E_STATE", "It is not possible in the present state."},
    {"WB_E_BUSY", "The handle is in use by another call."},
    {"WB_E_CORRUPT", "The stored bytes are damaged."},
    {"WB_E_VERSION", "It was made for another version of the library."},
    {"WB_E_CONFLICT", "Another process wrote to the journal first."},
    {"WB_E_STALE", "What is durable is unknown; load the practice again."},
    {"WB_E_ABORTED", "A callback of the host failed."},
};

uint32_t WB_CALL wb_version(void) {
  return WB_VERSION_MAJOR * 1000000 + WB_VERSION_MINOR * 1000 + WB_VERSION_PATCH;
}

#define WBI_SPELL(number) #number
#define WBI_DOTTED(a, b, c) WBI_SPELL(a) "." WBI_SPELL(b) "." WBI_SPELL(c)

const char *WB_CALL wb_version_text(void) {
  return WBI_DOTTED(WB_VERSION_MAJOR, WB_VERSION_MINOR, WB_VERSION_PATCH);
}

/* The entry of a code, NULL when there is no such code. */
static const status_entry *status_find(wb_status status) {
  const int64_t index = -(int64_t)status;
  if (index < 0 || index >= (int64_t)WBI_COUNT(status_table)) return NULL;
  return &status_table[index];
}

const char *WB_CALL wb_status_name(wb_status status) {
  const status_entry *entry = status_find(status);
  return entry != NULL ? entry->name : "WB_E_UNKNOWN";
}

const char *WB_CALL wb_status_text(wb_status status) {
  const status_entry *entry = status_find(status);
  return entry != NULL ? entry->text : "The code is not one of this library.";
}
