/* SPDX-License-Identifier: MIT */
/* A playbook that ships, by its name, and what its e-mails say. */
#ifndef PLAYBOOK_H
#define PLAYBOOK_H

#include <stddef.h>

#include <winback/template.h>

/* Its JSON text; ends the program when there is none of that name. */
const char *playbook_text(const char *name, size_t *length);

/* What a page says as text; ends the program when it cannot be rendered. */
void playbook_plain(const wb_template *html, wb_facts *facts, uint64_t row, const wb_moment *moment,
                    char *buffer, size_t capacity);

#endif
