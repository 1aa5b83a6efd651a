/* SPDX-License-Identifier: MIT */
/* A table that comes in batches: the stream is read to its end before anything is believed. */
#include "facts/facts_private.h"

/* Batches that a stream may give, empty ones among them, so that none goes on for ever. */
enum { STREAM_BATCHES_MOST = 1000000 };

/* A function of the stream failed. What it says of it may hold a value, so it is not told. */
static wb_status stream_fail(int name, wb_error *error) {
  return wbi_fail_path(error, WB_E_ABORTED, wbi_text_of(wbi_table_spec_of(name)->name),
                       "The stream failed.");
}

/* Reads the next batch, if there is one; an empty one is checked and given back. */
static wb_status stream_next(int name, struct ArrowArrayStream *stream,
                             const struct ArrowSchema *schema, wbi_vector *batches, bool *more,
                             wb_error *error) {
  uint32_t rows = 0;
  struct ArrowArray batch = {0};
  if (wbi_vector_reserve(batches, 1) != WB_OK)
    return wbi_fail(error, WB_E_NOMEM, "No memory for a table.");
  if (stream->get_next(stream, &batch) != 0) return stream_fail(name, error);
  *more = batch.release != NULL;
  if (!*more) return WB_OK;
  wb_status status = wbi_arrow_batch(schema, &batch, &rows, error);
  if (status) wbi_error_path(error, wbi_text_of(wbi_table_spec_of(name)->name));
  if (status || rows == 0) {
    batch.release(&batch);
    return status;
  }
  struct ArrowArray *kept = wbi_vector_push(batches);
  if (WBI_ALWAYS(kept != NULL)) *kept = batch;
  return WB_OK;
}

/* Reads all batches and makes the table of them. */
static wb_status stream_take(wb_facts *facts, int name, struct ArrowArrayStream *stream,
                             const struct ArrowSchema *schema, wb_error *error) {
  wbi_vector batches;
  bool more = true;
  wb_status status = wbi_arrow_schema(schema, error);
  if (status) {
    wbi_error_path(error, wbi_text_of(wbi_table_spec_of(name)->name));
    return status;
  }
  wbi_batches_init(facts, &batches);
  for (uint32_t i = 0; !status && more; ++i)
    status = i < STREAM_BATCHES_MOST
                 ? stream_next(name, stream, schema, &batches, &more, error)
                 : wbi_fail_path(error, WB_E_LIMIT, wbi_text_of(wbi_table_spec_of(name)->name),
                                 "The stream has more than 1,000,000 batches.");
  if (!status) status = wbi_facts_take(facts, name, schema, &batches, error);
  if (status) wbi_batches_release(&batches);
  return status;
}

wb_status wbi_facts_take_stream(wb_facts *facts, int name, struct ArrowArrayStream *stream,
                                wb_error *error) {
  struct ArrowSchema schema = {0};
  if (!stream->get_schema || !stream->get_next || stream->get_schema(stream, &schema) != 0)
    return stream_fail(name, error);
  wb_status status = stream_take(facts, name, stream, &schema, error);
  if (schema.release) schema.release(&schema);
  return status;
}
