/* SPDX-License-Identifier: MIT */
/* Values as text by a pattern. */
#ifndef WBI_CEL_FORMAT_H
#define WBI_CEL_FORMAT_H

#include "cel/value.h"

/* text.format(list) */
wbi_cel_value wbi_cel_format(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count);

#endif
