/* SPDX-License-Identifier: MIT */
/* What stands inside braces: names, literals, filters, comparisons; checked, then instructions. */
#include "liquid/liquid_private.h"

/* Refuses the token that was read. */
static wb_status expression_refuse(const wbi_liquid *liquid, wb_status status,
                                   const char *message) {
  return wbi_fail_at(liquid->error, status, liquid->source, liquid->token.from, message);
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
  return expression_refuse(liquid, WB_E_SYNTAX, "The braces should close before this.");
}

/* Refuses a name that is no field: a group of fields, a misspelling, or nothing known. */
static wb_status expression_no_field(const wbi_liquid *liquid, wbi_text name) {
  const size_t at = liquid->token.from;
  const wbi_text near = wbi_schema_nearest(liquid->schema, name);
  if (wbi_schema_prefix(liquid->schema, name)) {
    wbi_liquid_refuse(liquid, WB_E_NAME, at, "\"", name,
                      "\" is a whole group of fields; write which one, with a dot.");
  } else if (near.length > 0) {
    wbi_liquid_refuse(liquid, WB_E_NAME, at, "There is no field of this name; did you mean \"",
                      near, "\"?");
  } else {
    expression_refuse(liquid, WB_E_NAME, "There is no field of this name.");
  }
  wbi_error_path(liquid->error, name);
  return WB_E_NAME;
}

/* The rule that all privacy rests on: a text may not even mention what its channel may not read. */
static wb_status expression_may_read(const wbi_liquid *liquid, const wbi_field *field) {
  const bool known = field->class_ >= 0 && field->class_ < WB_CLASS_SEALED;
  if (known && (liquid->channel->read & 1u << field->class_) != 0) return WB_OK;
  char after[32];
  wbi_writer writer = {after, sizeof after, 0};
  wbi_put_text(&writer, WBI_TEXT(" ("));
  wbi_put_text(&writer, wbi_text_of(wbi_class_name(field->class_)));
  wbi_put_text(&writer, WBI_TEXT(")."));
  wbi_put_char(&writer, '\0');
  char before[48];
  writer = (wbi_writer){before, sizeof before, 0};
  wbi_put_text(&writer, wbi_text_of(liquid->channel->called));
  wbi_put_text(&writer, WBI_TEXT(" may not read "));
  wbi_put_char(&writer, '\0');
  wbi_liquid_refuse(liquid, WB_E_POLICY, liquid->token.from, before, field->name, after);
  wbi_error_path(liquid->error, field->name);
  return WB_E_POLICY;
}

/* Notes a field in the read-set, once. */
static wb_status expression_note(wbi_liquid *liquid, uint32_t index) {
  for (size_t i = 0; i < liquid->fields.count; i++) {
    if (*(uint32_t *)wbi_vector_at(&liquid->fields, i) == index) return WB_OK;
  }
  uint32_t *field = wbi_vector_push(&liquid->fields);
  if (field == NULL) return wbi_fail(liquid->error, WB_E_NOMEM, "There is no memory for a field.");
  *field = index;
  return WB_OK;
}

/* The operand of a field's name. */
static wb_status expression_field(wbi_liquid *liquid, wbi_operand *operand) {
  const wbi_text name = liquid->token.text;
  uint32_t index = 0;
  if (wb_schema_find(liquid->schema, name.data, name.length, &index) != WB_OK) {
    return expression_no_field(liquid, name);
  }
  const wbi_field *field = wbi_schema_field(liquid->schema, index);
  const wb_status status = expression_may_read(liquid, field);
  if (status != WB_OK) return status;
  if (field->type == WB_LIST || field->list != 0) {
    return wbi_liquid_refuse(liquid, WB_E_TYPE, liquid->token.from, "\"", field->name,
                             "\" belongs to a list, which a template cannot read.");
  }
  operand->field = index;
  operand->type = field->type;
  return expression_note(liquid, index);
}

/* The operand of a word: true, false, nil, blank, or a field. */
static wb_status expression_word(wbi_liquid *liquid, wbi_operand *operand) {
  static const struct {
    const char *word;
    int32_t type;
    int64_t integer;
  } expression_words[] = {{"true", WB_BOOL, 1},
                          {"false", WB_BOOL, 0},
                          {"nil", WB_NULL, 0},
                          {"null", WB_NULL, 0},
                          {"blank", WBI_BLANK, 0}};
  for (size_t i = 0; i < WBI_COUNT(expression_words); i++) {
    if (!wbi_liquid_at(liquid, expression_words[i].word)) continue;
    operand->type = operand->literal.kind = expression_words[i].type;
    operand->literal.integer = expression_words[i].integer;
    return WB_OK;
  }
  if (wbi_liquid_at(liquid, "empty")) {
    return expression_refuse(liquid, WB_E_SYNTAX, "Write blank for \"there is nothing\".");
  }
  return expression_field(liquid, operand);
}

wb_status wbi_liquid_operand(wbi_liquid *liquid, wbi_operand *operand) {
  const wbi_token *token = &liquid->token;
  wb_status status = WB_OK;
  *operand = (wbi_operand){.literal = {.size = sizeof(wb_value)}, .field = WBI_NO_FIELD};
  switch (token->kind) {
  case WBI_TOKEN_WORD: status = expression_word(liquid, operand); break;
  case WBI_TOKEN_TEXT:
    operand->type = operand->literal.kind = WB_TEXT;
    operand->literal.data = token->text.data;
    operand->literal.length = (uint32_t)token->text.length;
    break;
  case WBI_TOKEN_INT:
    operand->type = operand->literal.kind = WB_INT;
    operand->literal.integer = token->integer;
    break;
  case WBI_TOKEN_END:
    return expression_refuse(liquid, WB_E_SYNTAX, "A name or a value is missing here.");
  default: return expression_refuse(liquid, WB_E_SYNTAX, "A name or a value should stand here.");
  }
  return status == WB_OK ? wbi_liquid_advance(liquid) : status;
}

/* Whether a value of a type can be written into a message. */
static bool expression_prints(int32_t type) {
  return type == WB_TEXT || type == WB_INT || type == WB_UINT || type == WB_DATE ||
         type == WBI_MIXED;
}

/* What a type is called in messages. */
static const char *expression_type(int32_t type) {
  switch (type) {
  case WB_BOOL: return "a yes or no";
  case WB_INT:
  case WB_UINT: return "a whole number";
  case WB_TEXT: return "a text";
  case WB_DATE: return "a date";
  case WB_TIME: return "a time";
  case WB_NULL: return "nil";
  case WBI_BLANK: return "blank";
  case WBI_MIXED: return "no longer of one kind";
  default: return "of a kind that texts cannot use";
  }
}

/* Reads the value that is written, or a default for it. */
static wb_status expression_written(wbi_liquid *liquid, wbi_operand *operand) {
  const size_t at = liquid->token.from;
  const wb_status status = wbi_liquid_operand(liquid, operand);
  if (status != WB_OK || expression_prints(operand->type)) return status;
  return wbi_liquid_refuse(liquid, WB_E_TYPE, at, "This is ",
                           wbi_text_of(expression_type(operand->type)),
                           ", which cannot be written; it can be asked for in an if.");
}

/* Reads the name of a filter. */
static wb_status expression_filter_name(wbi_liquid *liquid, const wbi_old_filter **filter) {
  if (liquid->token.kind != WBI_TOKEN_WORD) {
    return expression_refuse(liquid, WB_E_SYNTAX, "The name of a filter should stand here.");
  }
  const wbi_text name = liquid->token.text;
  *filter = wbi_old_filter_find(name);
  if (*filter != NULL) return wbi_liquid_advance(liquid);
  const wbi_text near = wbi_old_filter_nearest(name);
  if (near.length > 0) {
    return wbi_liquid_refuse(liquid, WB_E_NAME, liquid->token.from,
                             "There is no filter of this name; did you mean \"", near, "\"?");
  }
  return wbi_liquid_refuse(liquid, WB_E_NAME, liquid->token.from, "The filter '", name,
                           "' is not part of this version.");
}

/* Reads the argument of a filter, where it takes one. */
static wb_status expression_argument(wbi_liquid *liquid, const wbi_old_filter *filter,
                                     wbi_operand *argument) {
  const bool given = liquid->token.kind == ':';
  if (given != (filter->arguments > 0)) {
    return wbi_liquid_refuse(
        liquid, WB_E_SYNTAX, liquid->token.from, "The filter '", wbi_text_of(filter->name),
        given ? "' takes no value." : "' takes one value: write a colon and the value.");
  }
  if (!given) return WB_OK;
  wb_status status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = expression_written(liquid, argument);
  if (status == WB_OK && liquid->token.kind == ',') {
    return wbi_liquid_refuse(liquid, WB_E_SYNTAX, liquid->token.from, "The filter '",
                             wbi_text_of(filter->name), "' takes one value only.");
  }
  return status;
}

/* The type that a filter makes of another; WB_UNKNOWN where it does not take it. */
static int32_t expression_filtered(const wbi_old_filter *filter, int32_t type, int32_t argument) {
  if (filter->takes != WB_UNKNOWN && filter->takes != type) return WB_UNKNOWN;
  if (filter->gives != WB_UNKNOWN) return filter->gives;
  return argument == type ? type : WBI_MIXED;
}

/* Reads `| filter: value` and changes the type. */
static wb_status expression_filter(wbi_liquid *liquid, int32_t *type) {
  const wbi_old_filter *filter = NULL;
  wbi_operand argument = {.literal = {.size = sizeof(wb_value)}, .field = WBI_NO_FIELD};
  wb_status status = wbi_liquid_advance(liquid);
  const size_t at = liquid->token.from;
  if (status == WB_OK) status = expression_filter_name(liquid, &filter);
  if (status == WB_OK) status = expression_argument(liquid, filter, &argument);
  if (status != WB_OK) return status;
  const int32_t made = expression_filtered(filter, *type, argument.type);
  if (made == WB_UNKNOWN) {
    return wbi_liquid_refuse(liquid, WB_E_TYPE, at,
                             "This filter does not take what comes in: it is ",
                             wbi_text_of(expression_type(*type)), ".");
  }
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_FILTER);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->filter = filter;
  instruction->left = argument;
  *type = made;
  return WB_OK;
}

wb_status wbi_liquid_output(wbi_liquid *liquid) {
  wbi_operand operand;
  wb_status status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = expression_written(liquid, &operand);
  if (status != WB_OK) return status;
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_VALUE);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->left = operand;
  int32_t type = operand.type;
  while (status == WB_OK && liquid->token.kind == '|')
    status = expression_filter(liquid, &type);
  if (status == WB_OK) status = wbi_liquid_end(liquid);
  if (status != WB_OK) return status;
  return wbi_liquid_emit(liquid, WBI_PRINT) != NULL ? WB_OK : WB_E_NOMEM;
}

/* Whether a token compares. */
static bool expression_compares(uint32_t kind) {
  return kind == '<' || kind == '>' || (kind >= WBI_TOKEN_EQUAL && kind <= WBI_TOKEN_GREATER_EQUAL);
}

static bool expression_whole(int32_t type) {
  return type == WB_INT || type == WB_UINT;
}

/* Whether values of a type can be compared at all. */
static bool expression_comparable(int32_t type) {
  return type != WB_DOUBLE && type != WB_BYTES;
}

/* Whether values of a type have an order. */
static bool expression_ordered(int32_t type) {
  return expression_whole(type) || type == WB_DATE || type == WB_TIME;
}

/* Whether a literal of a type goes with anything: nil, blank. */
static bool expression_nothing(int32_t type) {
  return type == WB_NULL || type == WBI_BLANK;
}

/* Whether a comparison of two types has a meaning. */
static bool expression_go_together(int32_t a, uint32_t test, int32_t b) {
  const bool equality = test == WBI_TOKEN_EQUAL || test == WBI_TOKEN_NOT_EQUAL;
  const bool same = a == b || (expression_whole(a) && expression_whole(b));
  if (!expression_comparable(a) || !expression_comparable(b)) return false;
  if (!equality) return same && expression_ordered(a);
  return same || expression_nothing(a) || expression_nothing(b);
}

/* A text beside a field must be one that the field can have. */
static wb_status expression_domain(const wbi_liquid *liquid, const wbi_operand *field,
                                   const wbi_operand *literal, size_t at) {
  const bool text = literal->field == WBI_NO_FIELD && literal->type == WB_TEXT;
  if (field->field == WBI_NO_FIELD || !text) return WB_OK;
  const wbi_field *known = wbi_schema_field(liquid->schema, field->field);
  const wbi_text value = {literal->literal.data, literal->literal.length};
  wb_status status = WB_OK;
  if (value.length == 0) {
    status = wbi_liquid_refuse(liquid, WB_E_TYPE, at, "\"", known->name,
                               "\" is never an empty text; compare it with blank.");
  } else if (known->domain.length > 0 && !wbi_domain_has(known->domain, value)) {
    const wbi_text near = wbi_domain_nearest(known->domain, value);
    status = near.length > 0
                 ? wbi_liquid_refuse(liquid, WB_E_NAME, at,
                                     "The field never has this value; did you mean \"", near, "\"?")
                 : wbi_liquid_refuse(liquid, WB_E_NAME, at,
                                     "The field never has this value; it is ", known->domain, ".");
  }
  if (status != WB_OK) wbi_error_path(liquid->error, known->name);
  return status;
}

/* Checks the two sides of a comparison. */
static wb_status expression_check(const wbi_liquid *liquid, const wbi_instruction *test,
                                  size_t left_at, size_t right_at) {
  if (!expression_go_together(test->left.type, test->test, test->right.type)) {
    char after[96];
    wbi_writer writer = {after, sizeof after, 0};
    wbi_put_text(&writer, WBI_TEXT(", the right side is "));
    wbi_put_text(&writer, wbi_text_of(expression_type(test->right.type)));
    wbi_put_text(&writer, WBI_TEXT("; they cannot be compared so."));
    wbi_put_char(&writer, '\0');
    return wbi_liquid_refuse(liquid, WB_E_TYPE, left_at, "The left side is ",
                             wbi_text_of(expression_type(test->left.type)), after);
  }
  const wb_status status = expression_domain(liquid, &test->left, &test->right, right_at);
  return status == WB_OK ? expression_domain(liquid, &test->right, &test->left, left_at) : status;
}

wb_status wbi_liquid_comparison(wbi_liquid *liquid, wbi_instruction *test) {
  const size_t left_at = liquid->token.from;
  wb_status status = wbi_liquid_operand(liquid, &test->left);
  if (status != WB_OK) return status;
  test->test = 0;
  if (!expression_compares(liquid->token.kind)) {
    if (test->left.type == WBI_BLANK) {
      return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, left_at,
                         "Compare something with blank: == blank, or != blank.");
    }
    if (expression_comparable(test->left.type)) return WB_OK;
    return wbi_liquid_refuse(liquid, WB_E_TYPE, left_at, "This is ",
                             wbi_text_of(expression_type(test->left.type)), ".");
  }
  test->test = liquid->token.kind;
  status = wbi_liquid_advance(liquid);
  const size_t right_at = liquid->token.from;
  if (status == WB_OK) status = wbi_liquid_operand(liquid, &test->right);
  return status == WB_OK ? expression_check(liquid, test, left_at, right_at) : status;
}
