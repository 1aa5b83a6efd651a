/* SPDX-License-Identifier: MIT */
/* A playbook that ships, by its name. */
#ifndef PLAYBOOK_H
#define PLAYBOOK_H

#include <stddef.h>

/* Its JSON text; ends the program when there is none of that name. */
const char *playbook_text(const char *name, size_t *length);

#endif
