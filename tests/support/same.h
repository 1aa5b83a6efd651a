/* SPDX-License-Identifier: MIT */
/* Whether two facts objects of one schema say the same of every field of every patient. */
#ifndef SAME_H
#define SAME_H

#include <winback/facts.h>

/* Asserts it, at a moment; errors must be the same too. Rows are matched by patient key. */
void same_facts(wb_schema *schema, wb_facts *facts, wb_facts *other, const wb_moment *moment);

#endif
