/* SPDX-License-Identifier: MIT */
/*
 * The rule of structs that cross the ABI, checked on any call that takes one: too small is refused,
 * what is read must end in zeros, what is written ends in zeros, nothing behind `size` is touched.
 *
 *   static wb_status get_field(void *user, void *field) { return wb_schema_get(user, 0, field); }
 *   shape_out(&field, sizeof field, get_field, schema);
 */
#ifndef SHAPE_H
#define SHAPE_H

#include <stdint.h>

#include <winback/base.h>

/* Calls the function with a struct. */
typedef wb_status (*shape_call)(void *user, void *shape);

/* A struct that is read: `good` is one that the call accepts; only its size is changed. */
void shape_in(const void *good, uint32_t size, shape_call call, void *user);
/* A struct that is written; a failure leaves it as it was. */
void shape_out(const void *good, uint32_t size, shape_call call, void *user);

#endif
