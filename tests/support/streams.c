/* SPDX-License-Identifier: MIT */
#include "support/streams.h"

#include <stdlib.h>
#include <string.h>

#include "support/tables.h"

/* A table of the head and some rows. */
static void streams_make(const streams_texts *texts, const char *rows, struct ArrowSchema *schema,
                         struct ArrowArray *array) {
  const size_t head = strlen(texts->head), body = strlen(rows);
  char *text = malloc(head + body + 1);
  if (!text) abort();
  memcpy(text, texts->head, head);
  memcpy(text + head, rows, body + 1);
  table_make(text, schema, array);
  free(text);
}

static int streams_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  streams_texts *texts = stream->private_data;
  struct ArrowArray array;
  if (texts->fails == 0) return 5;
  streams_make(texts, "", out, &array);
  array.release(&array);
  return 0;
}

static int streams_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  streams_texts *texts = stream->private_data;
  struct ArrowSchema schema;
  if (texts->fails == texts->at + 1) {
    memset(out, 0xff, sizeof *out); /* is not to be looked at */
    return 5;
  }
  if (texts->at == STREAMS_MOST || !texts->rows[texts->at]) {
    out->release = NULL;
    return 0;
  }
  streams_make(texts, texts->rows[texts->at++], &schema, out);
  schema.release(&schema);
  return 0;
}

static const char *streams_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "secret";
}

static void streams_release(struct ArrowArrayStream *stream) {
  streams_texts *texts = stream->private_data;
  if (!stream->release) abort();
  texts->released++;
  stream->release = NULL;
}

void streams_open(streams_texts *texts, struct ArrowArrayStream *stream) {
  *stream = (struct ArrowArrayStream){.get_schema = streams_schema,
                                      .get_next = streams_next,
                                      .get_last_error = streams_error,
                                      .release = streams_release,
                                      .private_data = texts};
}

static int streams_tables_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  const streams_tables *it = stream->private_data;
  *out = it->tables[0]->schema;
  return 0;
}

static int streams_tables_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  streams_tables *it = stream->private_data;
  *out = (struct ArrowArray){.release = NULL};
  if (it->given == it->most) return 0;
  *out = it->tables[it->given++ % it->count]->array;
  return 0;
}

static void streams_tables_release(struct ArrowArrayStream *stream) {
  stream->release = NULL;
}

void streams_by_hand(streams_tables *tables, struct ArrowArrayStream *stream) {
  *stream = (struct ArrowArrayStream){.get_schema = streams_tables_schema,
                                      .get_next = streams_tables_next,
                                      .release = streams_tables_release,
                                      .private_data = tables};
}
