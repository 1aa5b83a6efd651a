/* SPDX-License-Identifier: MIT */
/* CEL: an expression, its variables, and the value, the type or the error that must come out. */
#include "conformance.h"

#include <stdlib.h>

#include "cel/cel_private.h"

/* One case while it runs. */
typedef struct cel_case {
  const wbi_json *json;
  wbi_arena arena;
  wbi_cel_env env;
  wbi_cel_value *values; /* of the variables */
  char why[400];
} cel_case;

static wbi_text text_of(const wbi_json *object, const char *name) {
  const wbi_json *member = wbi_json_find(object, name);
  return member != NULL ? member->text : (wbi_text){NULL, 0};
}

static bool flag_of(const wbi_json *object, const char *name) {
  const wbi_json *member = wbi_json_find(object, name);
  return member != NULL && member->truth;
}

/* Memory that does not run out. */
static void *take(wbi_arena *arena, size_t count, size_t size) {
  void *memory = wbi_arena_array(arena, count, size);
  if (memory == NULL) abort();
  return memory;
}

/* ---- types -------------------------------------------------------------------------------- */

static const wbi_cel_type *read_type(cel_case *c, const wbi_json *json);

static const wbi_cel_type *make_type(cel_case *c, uint32_t kind, const wbi_json *parts,
                                     wbi_text name) {
  const uint32_t count = parts->kind == WBI_JSON_ARRAY ? parts->count : 1;
  wbi_cel_type *type = take(&c->arena, 1, sizeof *type);
  const wbi_cel_type **all = take(&c->arena, count + 1, sizeof(const wbi_cel_type *));
  uint32_t at = 0;
  if (parts->kind != WBI_JSON_ARRAY)
    all[at++] = read_type(c, parts);
  else
    for (const wbi_json *part = parts->first; part != NULL; part = part->next)
      all[at++] = read_type(c, part);
  *type = (wbi_cel_type){.kind = kind, .name = name, .parts = all, .count = count};
  return type;
}

static const wbi_cel_type *plain_type(cel_case *c, wbi_text name) {
  static const struct {
    const char *name;
    uint32_t kind;
  } names[] = {{"bool", WB_BOOL},
               {"int", WB_INT},
               {"uint", WB_UINT},
               {"double", WB_DOUBLE},
               {"string", WB_TEXT},
               {"bytes", WB_BYTES},
               {"null", WB_NULL},
               {"dyn", WBI_KIND_DYN},
               {"timestamp", WB_TIME},
               {"duration", WBI_KIND_DURATION},
               {"null_type", WB_NULL},
               {"list", WB_LIST},
               {"map", WBI_KIND_MAP},
               {"type", WBI_KIND_TYPE},
               {"google.protobuf.Timestamp", WB_TIME},
               {"google.protobuf.Duration", WBI_KIND_DURATION},
               {"optional_type", WBI_KIND_OPTIONAL}};
  for (size_t i = 0; i < WBI_COUNT(names); i++)
    if (wbi_text_equal(name, wbi_text_of(names[i].name))) {
      wbi_cel_type *type = take(&c->arena, 1, sizeof *type);
      type->kind = names[i].kind;
      return type;
    }
  fprintf(stderr, "unknown type %.*s\n", (int)name.length, name.data);
  abort();
}

static const wbi_cel_type *read_type(cel_case *c, const wbi_json *json) {
  if (json->kind == WBI_JSON_TEXT) return plain_type(c, json->text);
  const wbi_json *part = wbi_json_find(json, "list");
  if (part != NULL) return make_type(c, WB_LIST, part, (wbi_text){NULL, 0});
  part = wbi_json_find(json, "map");
  if (part != NULL) return make_type(c, WBI_KIND_MAP, part, (wbi_text){NULL, 0});
  part = wbi_json_find(json, "type");
  if (part != NULL) return make_type(c, WBI_KIND_TYPE, part, (wbi_text){NULL, 0});
  const wbi_text name = text_of(json, "abstract");
  const wbi_json *params = wbi_json_find(json, "params");
  if (params != NULL) {
    const bool optional = wbi_text_equal(name, WBI_TEXT("optional_type"));
    return make_type(c, optional ? WBI_KIND_OPTIONAL : WBI_KIND_ABSTRACT, params,
                     optional ? (wbi_text){NULL, 0} : name);
  }
  wbi_cel_type *type = take(&c->arena, 1, sizeof *type);
  const wbi_text letter = text_of(json, "param");
  if (letter.length == 0) abort();
  *type = (wbi_cel_type){.kind = WBI_KIND_PARAM, .index = (uint32_t)(uint8_t)letter.data[0]};
  return type;
}

static bool same_type(const wbi_cel_type *a, const wbi_cel_type *b) {
  if (a->kind != b->kind || a->count != b->count) return false;
  if (a->kind == WBI_KIND_ABSTRACT && !wbi_text_equal(a->name, b->name)) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!same_type(a->parts[i], b->parts[i])) return false;
  return true;
}

/* ---- values ------------------------------------------------------------------------------- */

static wbi_cel_value read_value(cel_case *c, const wbi_json *json);

/* A double as the set writes it; NaN and Infinity are made of 0 and of what overflows. */
static double read_double(wbi_text text) {
  volatile double zero = 0, large = 1e308;
  double value = 0;
  if (wbi_text_equal(text, WBI_TEXT("NaN"))) return zero / zero;
  if (wbi_text_equal(text, WBI_TEXT("Infinity"))) return large * 10;
  if (wbi_text_equal(text, WBI_TEXT("-Infinity"))) return -large * 10;
  if (text.length > 0 && text.data[0] == '-')
    return -read_double(wbi_text_slice(text, 1, text.length));
  if (wbi_parse_double(text, &value) != WB_OK) abort();
  return value;
}

static wbi_cel_value read_bytes(cel_case *c, wbi_text base64) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char *out = take(&c->arena, base64.length + 1, 1);
  uint32_t length = 0, bits = 0, count = 0;
  for (size_t i = 0; i < base64.length && base64.data[i] != '='; i++) {
    bits = bits << 6 | (uint32_t)(strchr(digits, base64.data[i]) - digits);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[length++] = (char)(uint8_t)(bits >> count);
  }
  return (wbi_cel_value){.as.data = out, .length = length, .kind = WB_BYTES};
}

static wbi_cel_value read_list(cel_case *c, const wbi_json *json) {
  wbi_cel_value *items = take(&c->arena, json->count + 1, sizeof *items);
  uint32_t at = 0;
  for (const wbi_json *item = json->first; item != NULL; item = item->next)
    items[at++] = read_value(c, item);
  return wbi_cel_of_list(items, at);
}

static wbi_cel_value read_map(cel_case *c, const wbi_json *json) {
  wbi_cel_value *items = take(&c->arena, 2 * json->count + 1, sizeof *items);
  uint32_t at = 0;
  for (const wbi_json *entry = json->first; entry != NULL; entry = entry->next) {
    items[at++] = read_value(c, entry->first);
    items[at++] = read_value(c, entry->first->next);
  }
  return (wbi_cel_value){.as.items = items, .length = at / 2, .kind = WBI_KIND_MAP};
}

/* A time or duration, by the conversion of the language itself. */
static wbi_cel_value read_converted(cel_case *c, const char *function, wbi_text text) {
  char source[128];
  wbi_cel_env env = {.schema = NULL};
  wbi_cel_value value = {.kind = WB_NULL};
  const int length =
      snprintf(source, sizeof source, "%s(\"%.*s\")", function, (int)text.length, text.data);
  wbi_cel_tree tree = {.source = {source, (size_t)length},
                       .env = &env,
                       .arena = &c->arena,
                       .depth = 64,
                       .cost = 1000};
  if (wbi_cel_work_out(&tree, NULL, &value) != WB_OK) abort();
  return value;
}

static wbi_cel_value read_number(wbi_text text, bool is_signed) {
  wbi_cel_value value = wbi_cel_of(is_signed ? WB_INT : WB_UINT, 0);
  uint64_t whole = 0;
  const wb_status status =
      is_signed ? wbi_parse_int(text, &value.as.integer) : wbi_parse_uint(text, &whole);
  if (status != WB_OK) abort();
  if (!is_signed) value.as.integer = (int64_t)whole;
  return value;
}

static wbi_cel_value read_value(cel_case *c, const wbi_json *json) {
  const wbi_json *member = json->first;
  const wbi_text name = member->name;
  if (wbi_text_equal(name, WBI_TEXT("bool"))) return wbi_cel_of_bool(member->truth);
  if (wbi_text_equal(name, WBI_TEXT("int"))) return read_number(member->text, true);
  if (wbi_text_equal(name, WBI_TEXT("uint"))) return read_number(member->text, false);
  if (wbi_text_equal(name, WBI_TEXT("double"))) return wbi_cel_of_double(read_double(member->text));
  if (wbi_text_equal(name, WBI_TEXT("string"))) return wbi_cel_of_text(member->text);
  if (wbi_text_equal(name, WBI_TEXT("bytes_b64"))) return read_bytes(c, member->text);
  if (wbi_text_equal(name, WBI_TEXT("list"))) return read_list(c, member);
  if (wbi_text_equal(name, WBI_TEXT("map"))) return read_map(c, member);
  if (wbi_text_equal(name, WBI_TEXT("timestamp")))
    return read_converted(c, "timestamp", member->text);
  if (wbi_text_equal(name, WBI_TEXT("duration")))
    return read_converted(c, "duration", member->text);
  if (wbi_text_equal(name, WBI_TEXT("type"))) {
    wbi_cel_value value = {.kind = WBI_KIND_TYPE};
    value.as.type = plain_type(c, member->text);
    return value;
  }
  return (wbi_cel_value){.kind = WB_NULL};
}

static bool same_value(const wbi_cel_value *a, const wbi_cel_value *b);

/* The same entries in any order. */
static bool same_map(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->length != b->length) return false;
  for (uint32_t i = 0; i < a->length; i++) {
    bool found = false;
    for (uint32_t j = 0; j < b->length && !found; j++)
      found = same_value(&a->as.items[2 * i], &b->as.items[2 * j]) &&
              same_value(&a->as.items[2 * i + 1], &b->as.items[2 * j + 1]);
    if (!found) return false;
  }
  return true;
}

static bool same_value(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->kind != b->kind) return false;
  switch (a->kind) {
  case WB_NULL: return true;
  case WB_DOUBLE:
    return a->as.real == b->as.real || (a->as.real != a->as.real && b->as.real != b->as.real);
  case WB_TEXT:
  case WB_BYTES: return wbi_text_equal(wbi_cel_text(a), wbi_cel_text(b));
  case WB_LIST:
    for (uint32_t i = 0; a->length == b->length && i < a->length; i++)
      if (!same_value(&a->as.items[i], &b->as.items[i])) return false;
    return a->length == b->length;
  case WBI_KIND_MAP: return same_map(a, b);
  case WBI_KIND_TYPE: return a->as.type->kind == b->as.type->kind;
  default: return a->as.integer == b->as.integer && a->length == b->length;
  }
}

/* ---- environment -------------------------------------------------------------------------- */

/* Numbers the type parameters, which were read as letters, from 0. */
static const wbi_cel_type *renumber(cel_case *c, const wbi_cel_type *type, uint32_t *letters,
                                    uint32_t *count) {
  wbi_cel_type *made = take(&c->arena, 1, sizeof *made);
  const wbi_cel_type **parts = take(&c->arena, type->count + 1, sizeof(const wbi_cel_type *));
  *made = *type;
  made->parts = parts;
  for (uint32_t i = 0; i < type->count; i++)
    parts[i] = renumber(c, type->parts[i], letters, count);
  if (type->kind != WBI_KIND_PARAM) return made;
  uint32_t at = 0;
  while (at < *count && letters[at] != type->index)
    at++;
  if (at == *count) letters[(*count)++] = type->index;
  made->index = at;
  return made;
}

static void declare(cel_case *c, wbi_cel_declared *to, wbi_text name, const wbi_json *json) {
  uint32_t letters[16], at = 0;
  const wbi_json *params = wbi_json_find(json, "params");
  const wbi_cel_type **types = take(&c->arena, params->count + 1, sizeof(const wbi_cel_type *));
  *to = (wbi_cel_declared){
      .name = name, .receiver = flag_of(json, "receiver"), .count = params->count};
  for (const wbi_json *param = params->first; param != NULL; param = param->next)
    types[at++] = renumber(c, read_type(c, param), letters, &to->params);
  to->parameters = types;
  to->result = renumber(c, read_type(c, wbi_json_find(json, "result")), letters, &to->params);
}

/* Reads the declared names and the bound values. */
static void read_environment(cel_case *c) {
  const wbi_json *declared = wbi_json_find(c->json, "type_env");
  const wbi_json *bound = wbi_json_find(c->json, "bindings");
  const size_t most = (declared != NULL ? declared->count : 0) + (bound != NULL ? bound->count : 0);
  wbi_cel_variable *variables = take(&c->arena, most + 1, sizeof *variables);
  wbi_cel_declared *functions = take(&c->arena, 64, sizeof *functions);
  uint32_t count = 0, function_count = 0;
  for (const wbi_json *one = declared != NULL ? declared->first : NULL; one; one = one->next) {
    const wbi_json *rows = wbi_json_find(one, "function");
    if (rows == NULL)
      variables[count++] =
          (wbi_cel_variable){text_of(one, "name"), read_type(c, wbi_json_find(one, "type"))};
    for (const wbi_json *row = rows != NULL ? rows->first : NULL; row; row = row->next)
      declare(c, &functions[function_count++], text_of(one, "name"), row);
  }
  for (const wbi_json *one = bound != NULL ? bound->first : NULL; one; one = one->next) {
    uint32_t at = 0;
    while (at < count && !wbi_text_equal(variables[at].name, one->name))
      at++;
    if (at == count) variables[count++] = (wbi_cel_variable){one->name, wbi_type_of(WBI_KIND_DYN)};
  }
  c->values = take(&c->arena, count + 1, sizeof *c->values);
  for (uint32_t i = 0; i < count; i++) {
    const wbi_json *value = NULL;
    for (const wbi_json *one = bound != NULL ? bound->first : NULL; one; one = one->next)
      if (wbi_text_equal(one->name, variables[i].name)) value = one;
    c->values[i] = value != NULL ? read_value(c, value) : wbi_cel_of_fault(WBI_FAULT_NAME);
  }
  c->env = (wbi_cel_env){.container = text_of(c->json, "container"),
                         .variables = variables,
                         .functions = functions,
                         .variable_count = count,
                         .function_count = function_count,
                         .unchecked = flag_of(c->json, "disable_check")};
}

/* ---- cases -------------------------------------------------------------------------------- */

/* Whether the case's tags hold one that is not built: optimiser internals. */
static bool is_beyond(const wbi_json *json) {
  const wbi_json *needs = wbi_json_find(json, "needs");
  for (const wbi_json *need = needs->first; need != NULL; need = need->next)
    if (wbi_text_equal(need->text, WBI_TEXT("block_ext"))) return true;
  return false;
}

/* The deduced type is asserted. */
static bool holds_type(cel_case *c, wbi_cel_tree *tree, const wbi_json *type) {
  wb_status status = wbi_cel_parse(tree);
  if (status == WB_OK) status = wbi_cel_check(tree);
  if (status != WB_OK) {
    snprintf(c->why, sizeof c->why, "is refused: %s", tree->error->message);
    return false;
  }
  snprintf(c->why, sizeof c->why, "another type is found, of kind %u", tree->root->type->kind);
  return same_type(read_type(c, type), tree->root->type);
}

/* The value is asserted, or that there is none. */
static bool holds_value(cel_case *c, wbi_cel_tree *tree, const wbi_json *expect) {
  wbi_cel_value value = {.kind = WB_NULL};
  const wb_status status = wbi_cel_work_out(tree, c->values, &value);
  const bool none = status != WB_OK || value.kind == WBI_KIND_ERROR;
  const wbi_json *wanted = wbi_json_find(expect, "value");
  if (wanted == NULL) {
    snprintf(c->why, sizeof c->why, "has a value, of kind %u", value.kind);
    return none;
  }
  if (none)
    snprintf(c->why, sizeof c->why, "has no value: %s",
             status != WB_OK ? tree->error->message : wbi_cel_fault_text(value.as.integer));
  else
    snprintf(c->why, sizeof c->why, "has another value, of kind %u", value.kind);
  if (none) return false;
  const wbi_cel_value right = read_value(c, wanted);
  return same_value(&right, &value);
}

static void run_case(const wbi_json *json, tally *counts) {
  cel_case c = {.json = json};
  wb_error error = {0};
  if (is_beyond(json)) {
    tally_add(counts, CASE_SKIPPED, text_of(json, "id"), "cel.block is an optimiser's");
    return;
  }
  wbi_arena_init(&c.arena, NULL, 0);
  read_environment(&c);
  wbi_cel_tree tree = {.source = text_of(json, "expr"),
                       .env = &c.env,
                       .arena = &c.arena,
                       .error = &error,
                       .depth = 250,
                       .cost = 10000000};
  const wbi_json *expect = wbi_json_find(json, "expect");
  const wbi_json *type = wbi_json_find(expect, "type");
  const bool holds = type != NULL ? holds_type(&c, &tree, type) : holds_value(&c, &tree, expect);
  tally_add(counts, holds ? CASE_PASSED : CASE_FAILED, text_of(json, "id"), c.why);
  wbi_arena_free(&c.arena);
}

void conformance_cel(const wbi_json *root, tally *counts) {
  const wbi_json *tests = wbi_json_find(root, "tests");
  for (const wbi_json *json = tests != NULL ? tests->first : NULL; json != NULL; json = json->next)
    run_case(json, counts);
}
