/* SPDX-License-Identifier: MIT */
/* What stands inside braces: literals, names, filters; checked, then instructions. */
#include "liquid/liquid_private.h"

/* Refuses the token that was read. */
static wb_status expression_refuse(const wbi_liquid *liquid, wb_status status,
                                   const char *message) {
  return wbi_liquid_refuse_at(liquid, status, liquid->token.from, message);
}

const char *wbi_liquid_braces(wbi_text text) {
  for (size_t i = 0; i + 1 < text.length; i++) {
    if (text.data[i] == '{' && (text.data[i + 1] == '{' || text.data[i + 1] == '%')) {
      return "Braces would reach the patient, or another engine behind us.";
    }
  }
  return NULL;
}

wb_status wbi_liquid_advance(wbi_liquid *liquid) {
  return wbi_token_next(liquid->source, &liquid->at, liquid->to, &liquid->token, liquid->error);
}

bool wbi_liquid_at(const wbi_liquid *liquid, const char *word) {
  return liquid->token.kind == WBI_TOKEN_WORD &&
         wbi_text_equal(liquid->token.text, wbi_text_of(word));
}

wb_status wbi_liquid_end(const wbi_liquid *liquid) {
  if (liquid->token.kind == WBI_TOKEN_END) return WB_OK;
  return expression_refuse(liquid, WB_E_SYNTAX,
                           liquid->token.kind == '='
                               ? "One = compares nothing; write == for \"is the same as\"."
                               : "The braces should close before this.");
}

const char *wbi_liquid_type(int32_t type) {
  switch (type) {
  case WB_BOOL: return "a yes or no";
  case WB_INT:
  case WB_UINT: return "a whole number";
  case WBI_DECIMAL: return "a number";
  case WB_TEXT: return "a text";
  case WB_DATE: return "a date";
  case WB_TIME: return "a time";
  case WB_LIST: return "a list";
  case WB_RECORD: return "a list of records";
  case WB_NULL: return "nil";
  case WBI_BLANK: return "blank";
  case WBI_EMPTY: return "empty";
  case WBI_MIXED: return "no longer of one kind";
  default: return "of a kind that texts cannot use";
  }
}

/* ---- operands ----------------------------------------------------------------------------- */

/* A literal word, which a dot or bracket would make a name; false: it is none. */
static bool expression_word(const wbi_liquid *liquid, wbi_operand *operand) {
  static const struct {
    const char *word;
    int32_t type;
    int64_t integer;
  } expression_words[] = {{"true", WB_BOOL, 1}, {"false", WB_BOOL, 0},   {"nil", WB_NULL, 0},
                          {"null", WB_NULL, 0}, {"blank", WBI_BLANK, 0}, {"empty", WBI_EMPTY, 0}};
  const char next = liquid->at < liquid->to ? liquid->source.data[liquid->at] : ' ';
  if (next == '.' || next == '[') return false;
  for (size_t i = 0; i < WBI_COUNT(expression_words); i++) {
    if (!wbi_liquid_at(liquid, expression_words[i].word)) continue;
    operand->type = operand->literal.kind = expression_words[i].type;
    operand->literal.integer = expression_words[i].integer;
    return true;
  }
  return false;
}

/* A number with a point, or one that is too large for an int; only open templates have longer
   ones. */
static wb_status expression_decimal(const wbi_liquid *liquid, wbi_operand *operand) {
  operand->literal = wbi_value_number(liquid->token.text);
  operand->type = WBI_DECIMAL;
  if (liquid->schema == NULL || operand->literal.flags != WBI_VALUE_LONG) return WB_OK;
  return expression_refuse(liquid, WB_E_SYNTAX, "Numbers have at most 18 digits.");
}

/* A literal; nothing is read on. */
static wb_status expression_literal(const wbi_liquid *liquid, wbi_operand *operand) {
  const wbi_token *token = &liquid->token;
  switch (token->kind) {
  case WBI_TOKEN_TEXT:
    if (liquid->schema != NULL && wbi_liquid_braces(token->text) != NULL) {
      return expression_refuse(liquid, WB_E_INVALID, wbi_liquid_braces(token->text));
    }
    operand->literal = wbi_value_text(token->text);
    operand->type = WB_TEXT;
    return WB_OK;
  case WBI_TOKEN_INT:
    operand->literal = wbi_value_int(token->integer);
    operand->type = WB_INT;
    return WB_OK;
  case WBI_TOKEN_DECIMAL: return expression_decimal(liquid, operand);
  case '(':
    return expression_refuse(liquid, WB_E_SYNTAX,
                             "A range such as (1..3) stands after the in of a for only.");
  case '[':
    return expression_refuse(liquid, WB_E_SYNTAX, "A square bracket stands after a name only.");
  case WBI_TOKEN_END:
    return expression_refuse(liquid, WB_E_SYNTAX, "A name or a value is missing here.");
  default: return expression_refuse(liquid, WB_E_SYNTAX, "A name or a value should stand here.");
  }
}

wb_status wbi_liquid_operand(wbi_liquid *liquid, wbi_operand *operand) {
  *operand = (wbi_operand){.literal = {.size = sizeof(wb_value)},
                           .field = WBI_NO_FIELD,
                           .offset = (uint32_t)liquid->token.from};
  const bool word = liquid->token.kind == WBI_TOKEN_WORD && !wbi_liquid_at(liquid, "contains");
  if (word && !expression_word(liquid, operand)) return wbi_liquid_path(liquid, operand);
  const wb_status status = word ? WB_OK : expression_literal(liquid, operand);
  return status == WB_OK ? wbi_liquid_advance(liquid) : status;
}

/* ---- filters ------------------------------------------------------------------------------ */

/* Arguments of a filter while they are read. */
typedef struct expression_arguments {
  wbi_operand operands[WBI_ARGUMENTS_MOST + 1];
  uint32_t count;
  bool keyword; /* the last one was given by its name */
} expression_arguments;

/* Reads the name of a filter. */
static wb_status expression_filter_name(wbi_liquid *liquid, const wbi_filter **filter) {
  if (liquid->token.kind != WBI_TOKEN_WORD) {
    return expression_refuse(liquid, WB_E_SYNTAX, "The name of a filter should stand here.");
  }
  const wbi_text name = liquid->token.text;
  *filter = wbi_filter_find(name);
  if (*filter != NULL) return wbi_liquid_advance(liquid);
  const wbi_text near = wbi_filter_nearest(name);
  if (near.length > 0) {
    return wbi_liquid_refuse(liquid, WB_E_NAME, liquid->token.from,
                             "There is no filter of this name; did you mean \"", near, "\"?");
  }
  return wbi_liquid_refuse(liquid, WB_E_NAME, liquid->token.from, "There is no filter '", name,
                           "'.");
}

/* Whether `word:` stands here: an argument by its name. */
static bool expression_keyword(const wbi_liquid *liquid) {
  size_t at = liquid->at;
  wbi_token next;
  return liquid->token.kind == WBI_TOKEN_WORD &&
         wbi_token_next(liquid->source, &at, liquid->to, &next, NULL) == WB_OK && next.kind == ':';
}

/* Reads `allow_false: value`. */
static wb_status expression_named(wbi_liquid *liquid, const wbi_filter *filter,
                                  expression_arguments *arguments) {
  if (filter->keyword == 0 || !wbi_liquid_at(liquid, "allow_false") || arguments->keyword) {
    return wbi_liquid_refuse(liquid, WB_E_SYNTAX, liquid->token.from, "The filter '",
                             wbi_text_of(filter->name), "' takes nothing of this name.");
  }
  arguments->keyword = true;
  (void)wbi_liquid_advance(liquid); /* the colon, which was seen */
  const wb_status status = wbi_liquid_advance(liquid);
  return status == WB_OK ? wbi_liquid_operand(liquid, &arguments->operands[filter->most]) : status;
}

/* How many arguments a filter takes, for a message. */
static wb_status expression_arity(const wbi_liquid *liquid, const wbi_filter *filter) {
  static const char *const expression_most[] = {"' takes no value.", "' takes one value.",
                                                "' takes at most two values.",
                                                "' takes at most three values."};
  const char *why = liquid->token.kind == ',' || filter->most == 0
                        ? expression_most[filter->most]
                        : "' takes a value: write a colon and the value.";
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, liquid->token.from, "The filter '",
                           wbi_text_of(filter->name), why);
}

/* Whether an argument can step in for a value. */
static wb_status expression_argument_fit(const wbi_liquid *liquid, const wbi_operand *operand) {
  const int32_t type = operand->type;
  const bool fit = type == WB_TEXT || type == WB_INT || type == WB_UINT || type == WBI_DECIMAL ||
                   type == WB_DATE || type == WBI_MIXED;
  if (fit || liquid->schema == NULL) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_TYPE, operand->offset, "This is ",
                           wbi_text_of(wbi_liquid_type(type)),
                           ", which cannot be written; it can be asked for in an if.");
}

/* Links that are written out in quotes; the length of a number is that of its places. */
static wb_status expression_links(const wbi_liquid *liquid, const wbi_operand *operand) {
  const wb_value *literal = &operand->literal;
  if (operand->place != WBI_LITERAL || literal->kind != WB_TEXT) return WB_OK;
  return wbi_liquid_links(liquid, (wbi_text){literal->data, literal->length}, operand->offset + 1u,
                          false);
}

/* Reads one argument. */
static wb_status expression_argument(wbi_liquid *liquid, const wbi_filter *filter,
                                     expression_arguments *arguments) {
  if (expression_keyword(liquid)) return expression_named(liquid, filter, arguments);
  if (arguments->count == filter->most) return expression_arity(liquid, filter);
  wbi_operand *operand = &arguments->operands[arguments->count++];
  wb_status status = wbi_liquid_operand(liquid, operand);
  if (status == WB_OK) status = expression_links(liquid, operand);
  return status == WB_OK ? expression_argument_fit(liquid, operand) : status;
}

/* Whether the arguments end here, as open templates may write them: after a colon or comma. */
static bool expression_ends(const wbi_liquid *liquid) {
  return liquid->schema == NULL &&
         (liquid->token.kind == WBI_TOKEN_END || liquid->token.kind == '|');
}

/* Whether no more arguments may come. */
static bool expression_full(const wbi_liquid *liquid, const wbi_filter *filter,
                            const expression_arguments *arguments) {
  return liquid->schema != NULL && filter->keyword == 0 && arguments->count == filter->most;
}

/* Reads the arguments of a filter. */
static wb_status expression_arguments_read(wbi_liquid *liquid, const wbi_filter *filter,
                                           expression_arguments *arguments) {
  wb_status status = WB_OK;
  while (liquid->token.kind == (arguments->count == 0 && !arguments->keyword ? ':' : ',')) {
    if (expression_full(liquid, filter, arguments)) return expression_arity(liquid, filter);
    status = wbi_liquid_advance(liquid);
    if (status != WB_OK || expression_ends(liquid)) break;
    status = expression_argument(liquid, filter, arguments);
    if (status != WB_OK) break;
  }
  if (status != WB_OK || arguments->count >= filter->least) return status;
  return expression_arity(liquid, filter);
}

/* Whether a filter is made for lists. */
static bool expression_for_lists(const wbi_filter *filter, int32_t type) {
  static const char *const expression_lists[] = {"size", "join", "first", "last"};
  if (type == WB_RECORD) return strcmp(filter->name, "size") == 0;
  for (size_t i = 0; i < WBI_COUNT(expression_lists); i++) {
    if (strcmp(filter->name, expression_lists[i]) == 0) return true;
  }
  return filter->takes == WB_LIST;
}

/* Whether a filter takes a type. */
static bool expression_takes(const wbi_filter *filter, int32_t type) {
  const bool number = type == WB_INT || type == WB_UINT || type == WBI_DECIMAL;
  if (type == WB_LIST || type == WB_RECORD) return expression_for_lists(filter, type);
  if (filter->takes == WB_UNKNOWN || filter->takes == type) return true;
  return number && filter->takes == WBI_DECIMAL;
}

/* The type that a filter makes of another. */
static wb_status expression_filtered(const wbi_liquid *liquid, const wbi_filter *filter, size_t at,
                                     const expression_arguments *arguments, int32_t *type) {
  if (liquid->schema == NULL) {
    *type = WBI_MIXED;
    return WB_OK;
  }
  if (!expression_takes(filter, *type)) {
    return wbi_liquid_refuse(liquid, WB_E_TYPE, at,
                             "This filter does not take what comes in: it is ",
                             wbi_text_of(wbi_liquid_type(*type)), ".");
  }
  if (filter->gives != WB_UNKNOWN) {
    *type = filter->gives;
  } else if (arguments->count > 0 && arguments->operands[0].type != *type) {
    *type = WBI_MIXED;
  }
  return WB_OK;
}

/* A format without a percent sign would be written as it stands: MM/DD/YYYY is of another language.
 */
static wb_status expression_format(const wbi_liquid *liquid, const wbi_filter *filter,
                                   const expression_arguments *arguments) {
  const wbi_operand *format = &arguments->operands[0];
  const wb_value *text = &format->literal;
  if (liquid->schema == NULL || strcmp(filter->name, "date") != 0 || format->place != WBI_LITERAL ||
      text->kind != WB_TEXT)
    return WB_OK;
  if (wbi_text_find((wbi_text){text->data, text->length}, WBI_TEXT("%"), 0) != SIZE_MAX)
    return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, format->offset,
                              "A date is written by letters behind %, as in \"%m/%d/%Y\".");
}

/* Gives the arguments to the instruction of a filter; one by name comes behind all places. */
static wb_status expression_give(wbi_liquid *liquid, const wbi_filter *filter,
                                 expression_arguments *arguments) {
  wb_status status = WB_OK;
  uint32_t count = arguments->count;
  if (arguments->keyword) {
    for (; count < filter->most; count++)
      arguments->operands[count] =
          (wbi_operand){.literal = wbi_value_null(), .type = WB_NULL, .field = WBI_NO_FIELD};
    count = filter->most + 1u;
  }
  for (uint32_t i = 0; i < count && status == WB_OK; i++)
    status = wbi_liquid_give(liquid, &arguments->operands[i]);
  return status;
}

/* Reads `| filter: value` and changes the type. */
static wb_status expression_filter(wbi_liquid *liquid, int32_t *type) {
  const wbi_filter *filter = NULL;
  expression_arguments arguments = {.count = 0};
  wb_status status = wbi_liquid_advance(liquid);
  const size_t at = liquid->token.from;
  if (status == WB_OK) status = expression_filter_name(liquid, &filter);
  wbi_liquid_mention(liquid, WBI_MENTION_ARGUMENT);
  if (status == WB_OK) status = expression_arguments_read(liquid, filter, &arguments);
  if (status == WB_OK)
    status = wbi_liquid_link_filter(liquid, filter, *type, at, arguments.operands, arguments.count);
  if (status == WB_OK) status = expression_filtered(liquid, filter, at, &arguments, type);
  if (status == WB_OK) status = expression_format(liquid, filter, &arguments);
  if (status != WB_OK) return status;
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_FILTER, at);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->filter = filter;
  return expression_give(liquid, filter, &arguments);
}

/* ---- chains ------------------------------------------------------------------------------- */

/* Whether a value of a type can be written into a message, or kept under a name. */
static bool expression_fit(int32_t type, bool written) {
  switch (type) {
  case WB_TEXT:
  case WB_INT:
  case WB_UINT:
  case WBI_DECIMAL:
  case WB_DATE:
  case WBI_MIXED: return true;
  case WB_BOOL:
  case WB_TIME: return !written;
  default: return false;
  }
}

/* Refuses a chain whose value is of no use. */
static wb_status expression_outcome(const wbi_liquid *liquid, const wbi_operand *first,
                                    int32_t type, bool written) {
  const bool opaque = first->type == WB_BOOL || first->type == WB_TIME;
  const bool kept = opaque && (type == WBI_MIXED || type == first->type) && written;
  if (liquid->schema == NULL || (expression_fit(type, written) && !kept)) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_TYPE, first->offset, "This is ",
                           wbi_text_of(wbi_liquid_type(first->type)),
                           written ? ", which cannot be written; it can be asked for in an if."
                                   : ", which cannot be kept under a name.");
}

/* Reads what a chain begins with, and loads it. */
static wb_status expression_head(wbi_liquid *liquid, wbi_operand *operand) {
  liquid->link = false;
  if (wbi_liquid_generalises(liquid)) return wbi_liquid_general(liquid, operand);
  wb_status status = wbi_liquid_operand(liquid, operand);
  if (status == WB_OK) status = expression_links(liquid, operand);
  if (status != WB_OK) return status;
  liquid->link = wbi_liquid_is_link(liquid, operand);
  if (wbi_liquid_emit(liquid, WBI_VALUE, operand->offset) == NULL) return WB_E_NOMEM;
  return wbi_liquid_give(liquid, operand);
}

/* Whether an operand is an instant, or a list of them: a filter may write those. */
static bool expression_instants(const wbi_liquid *liquid, const wbi_operand *operand) {
  return operand->type == WB_TIME ||
         (operand->type == WB_LIST &&
          wbi_schema_field(liquid->schema, operand->field)->element == WB_TIME);
}

wb_status wbi_liquid_chain(wbi_liquid *liquid, bool written, int32_t *type) {
  wbi_operand operand;
  const size_t from = liquid->code.count;
  wb_status status = expression_head(liquid, &operand);
  if (status != WB_OK) return status;
  *type = operand.type;
  if (expression_instants(liquid, &operand)) status = wbi_liquid_zone(liquid, &operand);
  for (uint32_t i = 0; status == WB_OK && liquid->token.kind == '|'; i++) {
    if (i == WBI_CHAIN_MOST) {
      return expression_refuse(liquid, WB_E_LIMIT, "There are more than 32 filters here.");
    }
    status = expression_filter(liquid, type);
  }
  if (status == WB_OK) status = wbi_liquid_end(liquid);
  if (status == WB_OK) status = wbi_liquid_constant(liquid, from);
  return status == WB_OK ? expression_outcome(liquid, &operand, *type, written) : status;
}

wb_status wbi_liquid_output(wbi_liquid *liquid, size_t open) {
  const size_t operands = liquid->operands.count;
  int32_t type = WB_UNKNOWN;
  uint8_t escape = 0;
  wb_status status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = wbi_liquid_chain(liquid, true, &type);
  if (status == WB_OK) status = wbi_markup_value(liquid, open, operands, &escape);
  if (status != WB_OK) return status;
  wbi_instruction *print = wbi_liquid_emit(liquid, WBI_PRINT, open);
  if (print == NULL) return WB_E_NOMEM;
  print->escape = escape;
  return WB_OK;
}
