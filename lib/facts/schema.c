/* SPDX-License-Identifier: MIT */
/* The dictionary as an object: the dental fields, then the host's. */
#include "facts/facts_private.h"

enum { HOST_FIELDS_MOST = 1000 };

struct wb_schema {
  wbi_refs refs;
  wbi_arena arena;
  uint32_t count;
  wbi_field *fields;
  wbi_text *names; /* of the fields, for spelling help */
  const char **about;
};

/* Whether a name is two or more words of a-z, 0-9 and _, joined by dots, none beginning with a
   digit. */
static bool schema_name_valid(wbi_text name) {
  uint32_t words = 0;
  bool begins = true;
  for (size_t i = 0; i < name.length; ++i) {
    char c = name.data[i];
    bool letter = (c >= 'a' && c <= 'z') || c == '_';
    if (begins && !letter) return false;
    if (!letter && c != '.' && (c < '0' || c > '9')) return false;
    begins = c == '.';
    words += begins;
  }
  return words > 0 && !begins;
}

/* Whether one name is the other or lies inside it: "a.b" and "a.b.c" cannot both be fields. */
static bool schema_names_clash(wbi_text a, wbi_text b) {
  wbi_text shorter = a.length < b.length ? a : b;
  wbi_text longer = a.length < b.length ? b : a;
  if (!wbi_text_starts(longer, shorter)) return false;
  return longer.length == shorter.length || longer.data[shorter.length] == '.';
}

/* Appends a field; the texts are in the arena or constant. */
static void schema_append(wb_schema *schema, wbi_field field, const char *about) {
  schema->fields[schema->count] = field;
  schema->names[schema->count] = field.name;
  schema->about[schema->count] = about;
  ++schema->count;
}

/* Appends the dental fields. */
static void schema_append_dental(wb_schema *schema) {
  uint32_t count = 0;
  const wbi_field_spec *specs = wbi_field_specs(&count);
  for (uint32_t i = 0; i < count; ++i) {
    wbi_field field = {wbi_text_of(specs[i].name), wbi_text_of(specs[i].domain), specs[i].type,
                       specs[i].presence, specs[i].class_};
    schema_append(schema, field, specs[i].about);
  }
}

/* Whether type, presence and class are known ones. */
static bool schema_kinds_known(const wb_field *field) {
  return field->type >= WB_BOOL && field->type <= WB_TIME && field->presence >= WB_REQUIRED &&
         field->presence <= WB_OPTIONAL && field->class_ >= WB_CLASS_PUBLIC &&
         field->class_ <= WB_CLASS_SEALED;
}

/* Checks what a host says of a field. */
static wb_status schema_check(const wb_schema *schema, const wb_field *field, wb_error *error) {
  wbi_text name = wbi_text_of(field->name);
  if (name.length == 0) return wbi_fail(error, WB_E_INVALID, "A field has no name.");
  if (!schema_kinds_known(field))
    return wbi_fail_path(error, WB_E_INVALID, name, "Unknown type, presence or class.");
  if (field->domain && (field->type != WB_TEXT || !*field->domain))
    return wbi_fail_path(error, WB_E_INVALID, name, "Only a text can be an enumeration.");
  if (!schema_name_valid(name))
    return wbi_fail_path(error, WB_E_NAME, name,
                         "A field is named by words of a-z, 0-9 and _, joined by dots.");
  for (uint32_t i = 0; i < schema->count; ++i)
    if (schema_names_clash(schema->fields[i].name, name))
      return wbi_fail_path(error, WB_E_NAME, name, "The name is taken.");
  return WB_OK;
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
  wbi_field made = {wbi_text_of(name), wbi_text_of(domain), field->type, field->presence,
                    field->class_};
  schema_append(schema, made, about);
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
  schema->about = wbi_arena_array(&schema->arena, count, sizeof *schema->about);
  if (schema->fields && schema->names && schema->about) return schema;
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
  wb_field known = {sizeof known, 0, NULL, NULL, NULL, 0, 0, 0, 0};
  if (!field) return WB_E_INVALID;
  if (index >= wb_schema_count(schema)) return WB_E_NAME;
  const wbi_field *from = &schema->fields[index];
  known.name = from->name.data;
  known.domain = from->domain.length ? from->domain.data : NULL;
  known.about = schema->about[index];
  known.type = from->type;
  known.presence = from->presence;
  known.class_ = from->class_;
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

wb_context *wbi_schema_context(const wb_schema *schema) {
  return schema->arena.context;
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
  for (int32_t place = 0; at && (size_t)(end - at) >= value.length; ++place) {
    bool whole = at + value.length == end || at[value.length] == '|';
    if (whole && memcmp(at, value.data, value.length) == 0)
      return memchr(at, '|', value.length) ? -1 : place; /* more words than one are none */
    at = memchr(at, '|', (size_t)(end - at));
    if (at) ++at;
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
