/* SPDX-License-Identifier: MIT */
/* What a template may write, in the order of its source. */
#include "liquid/liquid_private.h"

/* The text that a span stands for in the source. */
static void span_place(const wb_template *compiled, const char *data, uint32_t length,
                       wbi_span *span) {
  span->text = (wbi_text){data, length};
  span->offset = (size_t)(data - compiled->source.data);
}

/* The span of an operand. */
static void span_operand(const wb_template *compiled, const wbi_operand *operand, wbi_span *span) {
  const bool text = operand->place == WBI_LITERAL && operand->literal.kind == WB_TEXT;
  const bool field = operand->field != WBI_NO_FIELD;
  *span = (wbi_span){.text = operand->name,
                     .offset = operand->offset,
                     .kind = field ? WBI_SPAN_FIELD : WBI_SPAN_VALUE,
                     .field = operand->field};
  if (!text) return;
  span->kind = WBI_SPAN_LITERAL;
  span_place(compiled, operand->literal.data, operand->literal.length, span);
}

bool wbi_span_next(const wb_template *compiled, wbi_span_reader *reader, wbi_span *span) {
  for (; reader->code < compiled->code_count; reader->code++, reader->operand = 0) {
    const wbi_instruction *code = &compiled->code[reader->code];
    if (code->operation == WBI_WRITE && code->length > 0) {
      *span = (wbi_span){.kind = WBI_SPAN_TEXT, .field = WBI_NO_FIELD};
      span_place(compiled, compiled->source.data + code->offset, code->source, span);
      reader->code++;
      return true;
    }
    const bool chain = code->operation == WBI_VALUE || code->operation == WBI_FILTER;
    if (!chain || reader->operand == code->count) continue;
    span_operand(compiled, &compiled->operands[code->operands + reader->operand++], span);
    return true;
  }
  return false;
}
