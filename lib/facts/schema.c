/* SPDX-License-Identifier: MIT */
/* The dictionary as an object: the dental fields, then the host's. */
#include "facts/facts_private.h"

enum { HOST_FIELDS_MOST = 1000, LIST_MOST = 1000000, LIST_MOST_UNSAID = 1000 };

struct wb_schema {
  wbi_refs refs;
  wbi_arena arena;
  uint32_t count;
  wbi_field *fields;
  wbi_text *names; /* of the fields, for spelling help */
};

/* Whether a name is `least` or more words of a-z, 0-9 and _, joined by dots, none beginning with a
   digit. */
static bool schema_name_valid(wbi_text name, uint32_t least) {
  uint32_t words = 1;
  bool begins = true;
  for (size_t i = 0; i < name.length; ++i) {
    char c = name.data[i];
    bool letter = (c >= 'a' && c <= 'z') || c == '_';
    if (begins && !letter) return false;
    if (!letter && c != '.' && (c < '0' || c > '9')) return false;
    begins = c == '.';
    words += begins;
  }
  return words >= least && !begins;
}

/* Whether a name lies inside another: "a.b.c" in "a.b". */
static bool schema_name_inside(wbi_text name, wbi_text outer) {
  return name.length > outer.length && name.data[outer.length] == '.' &&
         wbi_text_starts(name, outer);
}

/* Whether a name is one word below a list of records: "a.b.c" of "a.b". */
static bool schema_name_of_element(wbi_text name, const wbi_field *list) {
  if (list->element != WB_RECORD || !schema_name_inside(name, list->name)) return false;
  wbi_text word = wbi_text_slice(name, list->name.length + 1, name.length);
  return !memchr(word.data, '.', word.length);
}

/* The list that a field of this name is one of the elements of, as wbi_field.list. */
static uint32_t schema_list_of(const wb_schema *schema, wbi_text name) {
  for (uint32_t i = 0; i < schema->count; ++i)
    if (schema_name_of_element(name, &schema->fields[i])) return i + 1;
  return 0;
}

/* Appends a field; the texts are in the arena or constant. */
static void schema_append(wb_schema *schema, wbi_field field) {
  field.list = schema_list_of(schema, field.name);
  if (field.type == WB_LIST && field.most == 0) field.most = LIST_MOST_UNSAID;
  schema->fields[schema->count] = field;
  schema->names[schema->count] = field.name;
  ++schema->count;
}

/* The kind of a dental list's elements: those that have fields are records. */
static int32_t schema_dental_element(const wbi_field_spec *specs, uint32_t count, uint32_t at) {
  if (specs[at].type != WB_LIST) return 0;
  bool fields = WBI_ALWAYS(at + 1 < count) && /* no list is the last */
                schema_name_inside(wbi_text_of(specs[at + 1].name), wbi_text_of(specs[at].name));
  return fields ? WB_RECORD : WB_TEXT;
}

/* Appends the dental fields. */
static void schema_append_dental(wb_schema *schema) {
  uint32_t count = 0;
  const wbi_field_spec *specs = wbi_field_specs(&count);
  for (uint32_t i = 0; i < count; ++i) {
    wbi_field field = {.name = wbi_text_of(specs[i].name),
                       .domain = wbi_text_of(specs[i].domain),
                       .about = specs[i].about,
                       .type = specs[i].type,
                       .presence = specs[i].presence,
                       .class_ = specs[i].class_,
                       .element = schema_dental_element(specs, count, i)};
    schema_append(schema, field);
  }
}

/* Whether a kind is that of a single value. */
static bool schema_scalar(int32_t kind) {
  return kind >= WB_BOOL && kind <= WB_TIME;
}

/* Whether type, presence and class are known ones. */
static bool schema_kinds_known(const wb_field *field) {
  return (schema_scalar(field->type) || field->type == WB_LIST) && field->presence >= WB_REQUIRED &&
         field->presence <= WB_OPTIONAL && field->class_ >= WB_CLASS_PUBLIC &&
         field->class_ <= WB_CLASS_SEALED;
}

/* Checks what a host says of a list, or of what is none. */
static wb_status schema_check_list(const wb_schema *schema, const wb_field *field,
                                   wb_error *error) {
  wbi_text name = wbi_text_of(field->name);
  if (field->type != WB_LIST)
    return field->element == 0 && field->most == 0
               ? WB_OK
               : wbi_fail_path(error, WB_E_INVALID, name, "Only a list has elements.");
  if (!schema_scalar(field->element) && field->element != WB_RECORD)
    return wbi_fail_path(error, WB_E_INVALID, name, "The kind of the list's elements is unknown.");
  if (schema_list_of(schema, name))
    return wbi_fail_path(error, WB_E_INVALID, name, "A list cannot lie in a list.");
  if (field->most > LIST_MOST)
    return wbi_fail_path(error, WB_E_LIMIT, name, "A list of more than 1,000,000 elements.");
  return WB_OK;
}

/* Whether a name is free: no field has it, and none lies inside another but in a list. */
static bool schema_name_free(const wb_schema *schema, wbi_text name) {
  for (uint32_t i = 0; i < schema->count; ++i) {
    const wbi_field *other = &schema->fields[i];
    if (wbi_text_equal(other->name, name) || schema_name_inside(other->name, name)) return false;
    if (schema_name_inside(name, other->name) && !schema_name_of_element(name, other)) return false;
  }
  return true;
}

/* Checks what a host says of a field. */
static wb_status schema_check(const wb_schema *schema, const wb_field *field, wb_error *error) {
  wbi_text name = wbi_text_of(field->name);
  if (name.length == 0) return wbi_fail(error, WB_E_INVALID, "A field has no name.");
  if (!schema_kinds_known(field))
    return wbi_fail_path(error, WB_E_INVALID, name, "Unknown type, presence or class.");
  bool text = field->type == WB_TEXT || field->element == WB_TEXT;
  if (field->domain && (!text || !*field->domain))
    return wbi_fail_path(error, WB_E_INVALID, name, "Only a text can be an enumeration.");
  if (!schema_name_valid(name, field->type == WB_LIST ? 1 : 2))
    return wbi_fail_path(error, WB_E_NAME, name,
                         "A field is named by words of a-z, 0-9 and _, joined by dots.");
  if (!schema_name_free(schema, name))
    return wbi_fail_path(error, WB_E_NAME, name, "The name is taken.");
  return schema_check_list(schema, field, error);
}

/* Copies one of the host's fields. */
static wb_status schema_append_host(wb_schema *schema, const wb_field *field, wb_error *error) {
  wb_status status = schema_check(schema, field, error);
  if (status) return status;
  const char *name = wbi_arena_copy(&schema->arena, wbi_text_of(field->name));
  const char *about = wbi_arena_copy(&schema->arena, wbi_text_of(field->about));
  const char *domain =
      field->domain ? wbi_arena_copy(&schema->arena, wbi_text_of(field->domain)) : NULL;
  if (!name || !about || (field->domain && !domain))
    return wbi_fail(error, WB_E_NOMEM, "No memory for a field.");
  wbi_field made = {.name = wbi_text_of(name),
                    .domain = wbi_text_of(domain),
                    .about = about,
                    .type = field->type,
                    .presence = field->presence,
                    .class_ = field->class_,
                    .element = field->element,
                    .most = field->most};
  schema_append(schema, made);
  return WB_OK;
}

/* Copies the host's fields; the size of the first is the distance to the next. */
static wb_status schema_append_hosts(wb_schema *schema, const wb_field *fields, uint32_t count,
                                     wb_error *error) {
  for (uint32_t i = 0; i < count; ++i) {
    wb_field field = {0};
    const void *at = (const char *)fields + (size_t)i * fields->size;
    wb_status status = wbi_struct_read(at, sizeof field, &field, sizeof field, 0, error);
    if (!status) status = schema_append_host(schema, &field, error);
    if (status) return status;
  }
  return WB_OK;
}

/* Takes memory for a schema of so many fields. */
static wb_schema *schema_make(wb_context *context, uint32_t count) {
  wb_schema *schema = wbi_alloc(context, sizeof *schema);
  if (!schema) return NULL;
  wbi_refs_init(&schema->refs);
  wbi_arena_init(&schema->arena, context, 0);
  schema->fields = wbi_arena_array(&schema->arena, count, sizeof *schema->fields);
  schema->names = wbi_arena_array(&schema->arena, count, sizeof *schema->names);
  if (schema->fields && schema->names) return schema;
  wb_schema_unref(schema);
  return NULL;
}

wb_status WB_CALL wb_schema_new(wb_context *context, const wb_field *fields, uint32_t count,
                                wb_schema **schema, wb_error *error) {
  uint32_t dental = 0;
  if (!schema || (count > 0 && !fields)) return wbi_fail(error, WB_E_INVALID, "A pointer is NULL.");
  if (count > HOST_FIELDS_MOST) return wbi_fail(error, WB_E_LIMIT, "More than 1,000 fields.");
  (void)wbi_field_specs(&dental);
  wb_schema *made = schema_make(context, dental + count);
  if (!made) return wbi_fail(error, WB_E_NOMEM, "No memory for the schema.");
  schema_append_dental(made);
  wb_status status = schema_append_hosts(made, fields, count, error);
  if (status) {
    wb_schema_unref(made);
    return status;
  }
  *schema = made;
  return WB_OK;
}

wb_schema *WB_CALL wb_schema_ref(wb_schema *schema) {
  if (schema) wbi_refs_take(&schema->refs);
  return schema;
}

void WB_CALL wb_schema_unref(wb_schema *schema) {
  if (!schema || !wbi_refs_drop(&schema->refs)) return;
  wb_context *context = wb_context_ref(schema->arena.context);
  wbi_arena_free(&schema->arena);
  wbi_free(context, schema, sizeof *schema);
  wb_context_unref(context);
}

uint32_t WB_CALL wb_schema_count(const wb_schema *schema) {
  return schema ? schema->count : 0;
}

wb_status WB_CALL wb_schema_get(const wb_schema *schema, uint32_t index, wb_field *field) {
  wb_field known = {.size = sizeof known};
  if (!field) return WB_E_INVALID;
  if (index >= wb_schema_count(schema)) return WB_E_NAME;
  const wbi_field *from = &schema->fields[index];
  known.name = from->name.data;
  known.domain = from->domain.length ? from->domain.data : NULL;
  known.about = from->about;
  known.type = from->type;
  known.presence = from->presence;
  known.class_ = from->class_;
  known.element = from->element;
  known.list = from->list;
  known.most = from->most;
  return wbi_struct_write(field, sizeof known, &known, sizeof known);
}

wb_status WB_CALL wb_schema_find(const wb_schema *schema, const char *name, size_t length,
                                 uint32_t *index) {
  wbi_text wanted = {name, name ? length : 0};
  for (uint32_t i = 0; i < wb_schema_count(schema); ++i) {
    if (!wbi_text_equal(schema->names[i], wanted)) continue;
    if (index) *index = i;
    return WB_OK;
  }
  return WB_E_NAME;
}

const wbi_field *wbi_schema_field(const wb_schema *schema, uint32_t index) {
  return &schema->fields[index];
}

bool wbi_schema_prefix(const wb_schema *schema, wbi_text path) {
  for (uint32_t i = 0; i < schema->count; ++i) {
    wbi_text name = schema->names[i];
    if (name.length > path.length && name.data[path.length] == '.' && wbi_text_starts(name, path))
      return true;
  }
  return false;
}

wbi_text wbi_schema_nearest(const wb_schema *schema, wbi_text name) {
  return wbi_text_nearest(name, schema->names, schema->count);
}

/* The next word of "a|b|c"; false: no more. */
static bool domain_next(wbi_text domain, size_t *at, wbi_text *word) {
  if (*at >= domain.length) return false;
  size_t from = *at;
  while (*at < domain.length && domain.data[*at] != '|')
    ++*at;
  *word = (wbi_text){domain.data + from, *at - from};
  ++*at;
  return true;
}

int32_t wbi_domain_place(wbi_text domain, wbi_text value) {
  const char *at = domain.data, *end = domain.data + domain.length;
  if (value.length == 0) return -1;
  for (int32_t place = 0; at; ++place) {
    const char *next = memchr(at, '|', (size_t)(end - at));
    const wbi_text word = {at, (size_t)((next ? next : end) - at)};
    if (wbi_text_equal(word, value)) return place;
    at = next ? next + 1 : NULL;
  }
  return -1;
}

bool wbi_domain_has(wbi_text domain, wbi_text value) {
  return wbi_domain_place(domain, value) >= 0;
}

wbi_text wbi_domain_nearest(wbi_text domain, wbi_text value) {
  wbi_text words[32];
  size_t at = 0, count = 0;
  while (count < WBI_COUNT(words) && domain_next(domain, &at, &words[count]))
    ++count;
  return wbi_text_nearest(value, words, count);
}
