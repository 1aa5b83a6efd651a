/* SPDX-License-Identifier: MIT */
/*
 * How long a text can get, known when it is compiled. Every instruction that writes counts as often
 * as it can run; of branches the longer or the shorter one is taken. So no message is longer than
 * the most, and none shorter than the least.
 */
#include "liquid/liquid_private.h"

enum {
  EXTENT_NUMBER = 20, /* digits of a whole number, with its sign */
  EXTENT_DATE = 10,   /* 2026-03-03 */
  EXTENT_WORDS = 40,  /* a date in words */
  EXTENT_NAME = 200   /* bytes of a name that is let through */
};

/* The longest value of an enumeration. same: of two as long */
static uint64_t extent_domain(wbi_text domain) {
  uint64_t longest = 0, length = 0;
  for (size_t i = 0; i <= domain.length; i++) {
    const bool end = i == domain.length || domain.data[i] == '|';
    if (end && length > longest) longest = length;
    length = end ? 0 : length + 1;
  }
  return longest;
}

/* Adds the most that a value can count; what is not known can fill the message. */
static void extent_value(const wb_template *compiled, const wbi_operand *operand,
                         wbi_sms_count *most) {
  if (operand->place == WBI_LITERAL && operand->literal.kind == WB_TEXT) {
    wbi_sms_add(most, (wbi_text){operand->literal.data, operand->literal.length});
    return;
  }
  const bool known = operand->field != WBI_NO_FIELD && operand->place != WBI_SIZE;
  const wbi_field *field = known ? wbi_schema_field(compiled->schema, operand->field) : NULL;
  switch (operand->type) {
  case WB_INT:
  case WB_UINT: wbi_sms_add_hole(most, EXTENT_NUMBER, true); return;
  case WB_DATE: wbi_sms_add_hole(most, EXTENT_DATE, true); return;
  default: break;
  }
  if (field != NULL && field->domain.length > 0) {
    wbi_sms_add_hole(most, extent_domain(field->domain), true);
  } else if (field != NULL && field->class_ == WB_CLASS_NAME) {
    wbi_sms_add_hole(most, EXTENT_NAME, false);
  } else {
    wbi_sms_add_hole(most, compiled->channel->max_bytes, false);
  }
}

/* The longest words of a declared generaliser. */
static void extent_general(const wbi_general *general, wbi_sms_count *most) {
  (void)wbi_sms_add(most, general->otherwise);
  for (uint32_t i = 0; i < general->value_count; i++) {
    wbi_sms_count one = {0};
    (void)wbi_sms_add(&one, general->values[i].text);
    wbi_sms_join(most, &one);
  }
}

/* What a chain of filters can count, from its value on: `default` adds its own, words of a date are
   bounded, of others it is not known. */
static void extent_chain(const wb_template *compiled, uint32_t at, wbi_sms_count *most) {
  const wbi_instruction *code = compiled->code;
  if (code[at].operation == WBI_GENERAL) {
    extent_general(code[at].general, most);
  } else {
    extent_value(compiled, &compiled->operands[code[at].operands], most);
  }
  for (at++; code[at].operation == WBI_FILTER; at++) {
    wbi_sms_count other = {0};
    const bool words = strcmp(code[at].filter->name, "date_words") == 0;
    if (words) {
      wbi_sms_add_hole(&other, EXTENT_WORDS, false);
    } else if (code[at].filter->steps_in != 0 && code[at].count > 0) {
      extent_value(compiled, &compiled->operands[code[at].operands], &other);
    } else {
      wbi_sms_add_hole(&other, compiled->channel->max_bytes, false);
    }
    wbi_sms_join(most, &other);
  }
}

/* Whether a chain is written, not kept under a name. */
static bool extent_prints(const wb_template *compiled, uint32_t at) {
  for (at++; compiled->code[at].operation == WBI_FILTER; at++) {
  }
  return compiled->code[at].operation == WBI_PRINT;
}

/* What one instruction can write, at most and at least. */
static void extent_own(const wb_template *compiled, uint32_t at, wbi_sms_count *most,
                       wbi_sms_count *least) {
  const wbi_instruction *code = &compiled->code[at];
  *most = *least = (wbi_sms_count){0};
  if (code->operation == WBI_WRITE) {
    wbi_sms_add_count(most, &compiled->counts[code->counted], code->times);
    *least = compiled->counts[code->counted];
  } else if ((code->operation == WBI_VALUE || code->operation == WBI_GENERAL) &&
             extent_prints(compiled, at)) {
    wbi_sms_count once = {0};
    extent_chain(compiled, at, &once);
    wbi_sms_add_count(most, &once, code->times);
  }
}

/* The smaller of two where it counts for the least (extent_segments). same: where they are alike */
static void extent_meet(wbi_sms_count *count, const wbi_sms_count *other) {
  if (other->septets < count->septets) count->septets = other->septets;
  if (other->units < count->units) count->units = other->units;
  if (other->foreign < count->foreign) count->foreign = other->foreign;
}

/* From each instruction to the end: `tails` has two counts for each, and for the end. */
static void extent_tails(const wb_template *compiled, wbi_sms_count (*tails)[2]) {
  for (uint32_t at = compiled->code_count; at-- > 0;) {
    const wbi_instruction *code = &compiled->code[at];
    wbi_sms_count own[2];
    extent_own(compiled, at, &own[0], &own[1]);
    tails[at][0] = tails[at + 1][0];
    tails[at][1] = tails[at + 1][1];
    if (code->operation >= WBI_JUMPS && code->target > at) { /* same: none leads to itself */
      if (code->operation == WBI_JUMP) memcpy(tails[at], tails[code->target], sizeof tails[at]);
      wbi_sms_join(&tails[at][0], &tails[code->target][0]);
      extent_meet(&tails[at][1], &tails[code->target][1]);
    }
    wbi_sms_add_count(&tails[at][0], &own[0], 1);
    wbi_sms_add_count(&tails[at][1], &own[1], 1);
  }
}

/* Segments that a message of such a count has at least. */
static wb_sms extent_segments(const wbi_sms_count *least) {
  wbi_sms_count close = *least; /* no segment has a unit to spare */
  wb_sms sms = {.size = sizeof sms};
  close.escapes = close.pairs = 0;
  wbi_sms_bound(&close, WBI_SMS_HEADER, &sms);
  return sms;
}

wb_status wbi_extent_over(const wb_sms *sms, uint32_t most, wb_error *error) {
  char says[80];
  wbi_writer writer = {says, sizeof says, 0};
  wbi_put_uint(&writer, sms->segments);
  wbi_put_text(&writer, WBI_TEXT(" segments in "));
  wbi_put_text(&writer, sms->encoding == WB_SMS_GSM7 ? WBI_TEXT("GSM-7") : WBI_TEXT("UCS-2"));
  wbi_put_text(&writer, WBI_TEXT("; its channel allows "));
  wbi_put_uint(&writer, most);
  return wbi_fail_name(error, WB_E_LIMIT, "The text has ", (wbi_text){says, writer.length}, ".");
}

wb_status wbi_extent_find(wb_template *compiled, wb_error *error) {
  const size_t size = ((size_t)compiled->code_count + 1) * sizeof(wbi_sms_count[2]);
  const wb_context *context = compiled->arena.context;
  if (compiled->channel->max_segments == 0) return WB_OK;
  wbi_sms_count(*tails)[2] = wbi_alloc(context, size);
  if (tails == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a template.");
  extent_tails(compiled, tails);
  wb_sms most = {.size = sizeof most};
  wbi_sms_bound(&tails[0][0], WBI_SMS_HEADER, &most);
  compiled->segments_most = most.segments;
  const wb_sms least = extent_segments(&tails[0][1]);
  compiled->segments_least = least.segments;
  wbi_free(context, tails, size);
  if (compiled->segments_least <= compiled->channel->max_segments) return WB_OK;
  return wbi_extent_over(&least, compiled->channel->max_segments, error);
}
