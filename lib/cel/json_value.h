/* SPDX-License-Identifier: MIT */
/* Values as JSON, and JSON as values. */
#ifndef WBI_CEL_JSON_VALUE_H
#define WBI_CEL_JSON_VALUE_H

#include "cel/value.h"

/* A value as JSON: bytes in base64; times, durations, dates and types as string() has them; what
   has no value, and a list of the facts, as null. */
void wbi_cel_put_json(wbi_writer *writer, const wbi_cel_value *value);
/* JSON as a value: whole numbers are int, others double. WB_E_NOMEM; a number too large:
   WB_E_RANGE. */
wb_status wbi_cel_take_json(wbi_arena *arena, const wbi_json *json, wbi_cel_value *value);

#endif
