/* SPDX-License-Identifier: MIT */
/*
 * Words as data: the files of lint/, made into tables at build time by words.py. All phrases are
 * one tree of letters, so that a text is searched for all of them at once.
 */
#ifndef WBI_WORDS_H
#define WBI_WORDS_H

#include <stdint.h>

/* Columns of severities. */
enum {
  WBI_COLUMN_SMS,
  WBI_COLUMN_SUBJECT,
  WBI_COLUMN_EMAIL,
  WBI_COLUMN_CARD,
  WBI_COLUMN_LETTER,
  WBI_COLUMN_STAFF,
  WBI_COLUMNS
};

/* Parts of a message; what a channel needs, and what a phrase is. */
enum {
  WBI_PART_SENDER = 1,
  WBI_PART_STOP = 2,
  WBI_PART_ADDRESS = 4,
  WBI_PART_UNSUBSCRIBE = 8,
  WBI_PART_ALTO = 16,    /* the Spanish way out */
  WBI_PART_CAPITALS = 32 /* a word that may stand in capitals */
};

/* A node of the tree; those that follow it stand together, in the order of their letters, and once
   for all nodes that are followed by the same. The letter of any number is '0'. */
typedef struct wbi_data_node {
  uint8_t letter; /* WBI_NODE_LAST is added to the last of those that stand together */
  uint8_t rule;   /* 1 + that of the phrase that ends here, WBI_NODE_STEM if it goes on; 0: none */
  uint16_t first; /* of those that follow; 0: none */
} wbi_data_node;

enum { WBI_NODE_LAST = 0x80, WBI_NODE_STEM = 0x80 };

extern const wbi_data_node wbi_data_nodes[]; /* the first is the root */

typedef struct wbi_data_rule {
  const char *id;                /* "" for what is no rule: a phrase that is fine, or a part */
  const char *says;              /* what is wrong */
  const char *instead[2];        /* what to write: in an English text, in a Spanish one */
  uint8_t severity[WBI_COLUMNS]; /* enum wb_severity; 0: nothing is said */
  uint8_t raises;                /* enum wb_message_class; 0: none */
  uint8_t part;                  /* WBI_PART_ */
} wbi_data_rule;

extern const wbi_data_rule wbi_data_rules[];
extern const uint32_t wbi_data_rules_count;

typedef struct wbi_data_channel {
  const char *name;
  uint32_t column;
  uint32_t most;   /* characters */
  uint32_t needs;  /* WBI_PART_ */
  uint32_t markup; /* 1: HTML */
} wbi_data_channel;

extern const wbi_data_channel wbi_data_channels[];
extern const uint32_t wbi_data_channels_count;

/* Endings of hosts by which a link is known. */
extern const char *const wbi_data_endings[];
extern const uint32_t wbi_data_endings_count;

#endif
