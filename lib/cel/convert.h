/* SPDX-License-Identifier: MIT */
/* Text of CEL's plain values. */
#ifndef WBI_CEL_CONVERT_H
#define WBI_CEL_CONVERT_H

#include "cel/value.h"

/* Writes a bool, int, uint, double, text, bytes (as they are), date, timestamp or duration as
   string() gives it; other kinds write nothing. */
void wbi_cel_put_text_of(wbi_writer *writer, const wbi_cel_value *value);

#endif
