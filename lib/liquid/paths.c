/* SPDX-License-Identifier: MIT */
/* Names: what a path such as `recare.due`, `treatments[0].group` or `forloop.index` stands for. */
#include "liquid/liquid_private.h"

enum { PATH_LENGTH = 256 }; /* bytes of a field's name, with what hangs on it */

/* A path that was read, and where it begins. */
typedef struct wbi_path {
  wbi_text root;
  wbi_path_step steps[WBI_PATH_MOST];
  uint32_t count;
  size_t from;
} wbi_path;

/* Refuses at a path's first letter. */
static wb_status path_refuse(const wbi_liquid *liquid, const wbi_path *path, wb_status status,
                             const char *before, wbi_text name, const char *after) {
  return wbi_liquid_refuse(liquid, status, path->from, before, name, after);
}

/* ---- reading ------------------------------------------------------------------------------ */

/* Reads what stands in square brackets. */
static wb_status path_bracket(wbi_liquid *liquid, wbi_path_step *step) {
  wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  step->kind = liquid->token.kind == WBI_TOKEN_TEXT ? '"' : '[';
  step->name = liquid->token.text;
  step->index = liquid->token.integer;
  if (liquid->token.kind != WBI_TOKEN_TEXT && liquid->token.kind != WBI_TOKEN_INT) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, liquid->token.from,
                                "In square brackets stands a text in quotes or a whole number.");
  }
  status = wbi_liquid_advance(liquid);
  if (status != WB_OK || liquid->token.kind == ']') return status;
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, liquid->token.from,
                              "A closing square bracket is missing here.");
}

/* Reads what stands after a dot. */
static wb_status path_dot(wbi_liquid *liquid, wbi_path_step *step) {
  const size_t dot = liquid->token.from;
  const wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  step->kind = '.';
  step->name = liquid->token.text;
  if (liquid->token.kind == WBI_TOKEN_WORD) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, dot, "A name is missing after this dot.");
}

/* Reads a path; its first word is the token. */
static wb_status path_read(wbi_liquid *liquid, wbi_path *path) {
  path->root = liquid->token.text;
  path->from = liquid->token.from;
  path->count = 0;
  wb_status status = wbi_liquid_advance(liquid);
  while (status == WB_OK && (liquid->token.kind == '.' || liquid->token.kind == '[')) {
    if (path->count == WBI_PATH_MOST) {
      return wbi_liquid_refuse_at(liquid, WB_E_LIMIT, path->from, "This name is too long.");
    }
    wbi_path_step *step = &path->steps[path->count++];
    *step = (wbi_path_step){.kind = 0};
    status = liquid->token.kind == '.' ? path_dot(liquid, step) : path_bracket(liquid, step);
    if (status == WB_OK) status = wbi_liquid_advance(liquid);
  }
  return status;
}

/* Whether a step is a certain name. */
static bool path_step_is(const wbi_path_step *step, const char *name) {
  return step->kind != '[' && wbi_text_equal(step->name, wbi_text_of(name));
}

/* ---- loops -------------------------------------------------------------------------------- */

/* The innermost open loop whose name this is; NULL: none. */
static const wbi_scope *path_scope(const wbi_liquid *liquid, wbi_text name) {
  for (size_t i = liquid->scopes.count; i > 0; i--) {
    const wbi_scope *scope = wbi_vector_at(&liquid->scopes, i - 1);
    if (wbi_text_equal(scope->name, name)) return scope;
  }
  return NULL;
}

/* Property of a loop. */
static wb_status path_loop_property(const wbi_liquid *liquid, const wbi_path *path,
                                    const wbi_scope *scope, wbi_operand *operand) {
  const wbi_text name = path->steps[0].name;
  const bool named = path->count == 1 && path->steps[0].kind != '[';
  const int32_t property = named ? wbi_loop_property(name) : -1;
  if (property >= 0) {
    const bool truth = property == WBI_LOOP_FIRST || property == WBI_LOOP_LAST;
    operand->place = WBI_FORLOOP;
    operand->frame = scope->frame;
    operand->index = property;
    operand->type = truth ? WB_BOOL : WB_INT;
    return WB_OK;
  }
  const bool parent = path_step_is(&path->steps[0], "parentloop");
  if (liquid->schema != NULL || parent) {
    return path_refuse(liquid, path, WB_E_NAME, "forloop has no \"", name,
                       "\"; it has index, index0, rindex, rindex0, first, last and length.");
  }
  operand->type = operand->literal.kind = WB_NULL;
  if (path->count == 1 && path_step_is(&path->steps[0], "name")) {
    operand->literal = wbi_value_text(scope->loop);
  }
  return WB_OK;
}

/* `forloop`, inside a for. */
static wb_status path_forloop(const wbi_liquid *liquid, const wbi_path *path,
                              wbi_operand *operand) {
  const wbi_scope *scope = wbi_vector_at(&liquid->scopes, liquid->scopes.count - 1);
  if (path->count > 0) return path_loop_property(liquid, path, scope, operand);
  if (liquid->schema != NULL) {
    return wbi_liquid_refuse_at(liquid, WB_E_NAME, path->from,
                                "Write what of forloop: forloop.index, forloop.first, ...");
  }
  operand->literal.kind = WBI_LOOP;
  operand->literal.integer = scope->frame;
  operand->type = WBI_MIXED;
  return WB_OK;
}

/* ---- fields ------------------------------------------------------------------------------- */

/* Refuses a name that is no field: a group of fields, a misspelling, or nothing known. */
static wb_status path_no_field(const wbi_liquid *liquid, const wbi_path *path, wbi_text name) {
  const wbi_text near = wbi_schema_nearest(liquid->schema, name);
  if (wbi_schema_prefix(liquid->schema, name)) {
    path_refuse(liquid, path, WB_E_NAME, "\"", name,
                "\" is a whole group of fields; write which one, with a dot.");
  } else if (near.length > 0) {
    path_refuse(liquid, path, WB_E_NAME, "There is no field of this name; did you mean \"", near,
                "\"?");
  } else if (wbi_text_equal(path->root, WBI_TEXT("forloop"))) {
    path_refuse(liquid, path, WB_E_NAME, "\"", path->root, "\" is known inside a for only.");
  } else {
    path_refuse(liquid, path, WB_E_NAME, "There is no field of this name.", (wbi_text){NULL, 0},
                "");
  }
  wbi_error_path(liquid->error, name);
  return WB_E_NAME;
}

/* The rule that all privacy rests on: a text may not even mention what its channel may not read. */
static wb_status path_may_read(const wbi_liquid *liquid, size_t offset, const wbi_field *field) {
  const bool known = field->class_ < WB_CLASS_SEALED;
  if (liquid->generalises) return WB_OK;
  if (known && (liquid->read[liquid->mention] & 1u << field->class_) != 0) return WB_OK;
  char room[WBI_PIECE_ROOM];
  wbi_liquid_refuse_channel(liquid, offset, " may not read ", field->name,
                            wbi_liquid_join(room, " (", wbi_class_name(field->class_), ")."));
  wbi_error_path(liquid->error, field->name);
  return WB_E_POLICY;
}

wb_status wbi_liquid_note(wbi_liquid *liquid, uint32_t index) {
  for (size_t i = 0; i < liquid->fields.count; i++) {
    if (*(uint32_t *)wbi_vector_at(&liquid->fields, i) == index) return WB_OK;
  }
  uint32_t *field = wbi_vector_push(&liquid->fields);
  if (field == NULL) return wbi_liquid_no_memory(liquid);
  *field = index;
  return WB_OK;
}

/* Reads a field that is mentioned at an offset, if it may be read; one that is generalised is not.
 */
static wb_status path_reads(wbi_liquid *liquid, size_t offset, uint32_t index) {
  const wbi_field *field = wbi_schema_field(liquid->schema, index);
  const wb_status status = path_may_read(liquid, offset, field);
  if (status != WB_OK || liquid->generalises) return status;
  liquid->classes |= 1u << field->class_;
  return wbi_liquid_note(liquid, index);
}

wb_status wbi_liquid_zone(wbi_liquid *liquid, const wbi_operand *operand) {
  const wbi_text zone = WBI_TEXT("location.zone");
  (void)wb_schema_find(liquid->schema, zone.data, zone.length, &liquid->zone);
  return path_reads(liquid, operand->offset, liquid->zone);
}

/* Takes a field as the operand, if it may be read. */
static wb_status path_take(wbi_liquid *liquid, const wbi_path *path, uint32_t index,
                           wbi_place place, wbi_operand *operand) {
  const wbi_field *field = wbi_schema_field(liquid->schema, index);
  operand->place = place;
  operand->field = index;
  operand->type = field->element == WB_RECORD ? WB_RECORD : field->type;
  operand->name = field->name;
  return path_reads(liquid, path->from, index);
}

/* The full name of the first `count` steps, in room for PATH_LENGTH bytes; empty: too long. */
static wbi_text path_name(const wbi_path *path, uint32_t count, char *room) {
  wbi_writer writer = {room, PATH_LENGTH, 0};
  wbi_put_text(&writer, path->root);
  for (uint32_t i = 0; i < count; i++) {
    wbi_put_char(&writer, '.');
    wbi_put_text(&writer, path->steps[i].name);
  }
  return (wbi_text){room, writer.length <= PATH_LENGTH ? writer.length : 0};
}

/* A field of an element: "<list>.<name>". */
static wb_status path_member(wbi_liquid *liquid, const wbi_path *path, uint32_t list,
                             const wbi_path_step *step, uint32_t *index) {
  char room[PATH_LENGTH];
  wbi_writer writer = {room, sizeof room, 0};
  wbi_put_text(&writer, wbi_schema_field(liquid->schema, list)->name);
  wbi_put_char(&writer, '.');
  wbi_put_text(&writer, step->name);
  const wbi_text name = {room, writer.length <= sizeof room ? writer.length : 0};
  const bool found =
      step->kind != '[' && wb_schema_find(liquid->schema, name.data, name.length, index) == WB_OK;
  return found ? WB_OK : path_no_field(liquid, path, name);
}

/* Refuses a list or record where a single value must stand. */
static wb_status path_whole(const wbi_liquid *liquid, const wbi_path *path, const char *why) {
  return path_refuse(liquid, path, WB_E_TYPE, "\"", path->root, why);
}

/* What the name of a loop stands for: the element that its list is at. */
static wb_status path_current(wbi_liquid *liquid, const wbi_path *path, const wbi_scope *scope,
                              wbi_operand *operand) {
  uint32_t field = scope->list;
  operand->frame = scope->frame;
  operand->name = scope->name;
  if (scope->list == WBI_NO_FIELD) {
    operand->place = WBI_CURRENT;
    operand->type = scope->type;
    if (path->count == 0) return WB_OK;
    return path_whole(liquid, path, "\" is a number; nothing hangs on it.");
  }
  const bool record = wbi_schema_field(liquid->schema, field)->element == WB_RECORD;
  if (record != (path->count == 1)) {
    return path_whole(liquid, path,
                      record ? "\" is a whole record; write which field of it, with a dot."
                             : "\" is a single value; nothing hangs on it.");
  }
  wb_status status = record ? path_member(liquid, path, field, &path->steps[0], &field) : WB_OK;
  if (status == WB_OK) status = path_take(liquid, path, field, WBI_ITEM, operand);
  operand->type = scope->type == WB_RECORD ? operand->type : scope->type;
  return status;
}

/* One element of a list: `[0]`, `.first`, `.last`. */
static wb_status path_element(wbi_liquid *liquid, const wbi_path *path, uint32_t at,
                              wbi_operand *operand) {
  const wbi_path_step *step = &path->steps[at];
  const uint32_t list = operand->field;
  const int32_t element = wbi_schema_field(liquid->schema, list)->element;
  const uint32_t rest = path->count - at - 1;
  uint32_t field = list;
  if (step->kind == '[' && (step->index < -WBI_TURNS_MOST || step->index > WBI_TURNS_MOST)) {
    return path_whole(liquid, path, "\" has no such element.");
  }
  if (rest != (element == WB_RECORD ? 1 : 0)) {
    return path_whole(liquid, path,
                      rest == 0 ? "\" is a list of records; write which field, with a dot."
                                : "\" has single elements; nothing hangs on them.");
  }
  wb_status status = WB_OK;
  if (rest == 1) status = path_member(liquid, path, list, &path->steps[at + 1], &field);
  if (status == WB_OK) status = path_take(liquid, path, field, WBI_ELEMENT_AT, operand);
  operand->index = step->kind == '[' ? (int32_t)step->index : path_step_is(step, "last") ? -1 : 0;
  if (element != WB_RECORD) operand->type = element;
  return status;
}

/* What hangs on a field. */
static wb_status path_rest(wbi_liquid *liquid, const wbi_path *path, uint32_t at,
                           wbi_operand *operand) {
  const wbi_path_step *step = &path->steps[at];
  if (at == path->count) return WB_OK;
  if (path_step_is(step, "size") && at + 1 == path->count) {
    operand->place = WBI_SIZE;
    operand->type = WB_INT;
    return WB_OK;
  }
  if (step->kind == '[' || path_step_is(step, "first") || path_step_is(step, "last")) {
    return path_element(liquid, path, at, operand);
  }
  return path_whole(liquid, path, "\" is a list; it has size, first, last and [0].");
}

/* The longest beginning of a path that is a field; false: none is. */
static bool path_find(const wbi_liquid *liquid, const wbi_path *path, uint32_t *steps,
                      uint32_t *index) {
  char room[PATH_LENGTH];
  uint32_t names = 0;
  while (names < path->count && path->steps[names].kind != '[')
    names++;
  for (uint32_t count = names + 1; count > 0; count--) {
    const wbi_text name = path_name(path, count - 1, room);
    if (wb_schema_find(liquid->schema, name.data, name.length, index) != WB_OK) continue;
    *steps = count - 1;
    return true;
  }
  return false;
}

/* The operand of a field's name, and of what hangs on it. */
static wb_status path_field(wbi_liquid *liquid, const wbi_path *path, wbi_operand *operand) {
  uint32_t steps = 0, index = 0;
  char room[PATH_LENGTH];
  const bool found = path_find(liquid, path, &steps, &index);
  const bool list = found && wbi_schema_field(liquid->schema, index)->type == WB_LIST;
  if (!found || (!list && steps < path->count)) {
    return path_no_field(liquid, path, path_name(path, path->count, room));
  }
  if (wbi_schema_field(liquid->schema, index)->list != 0) {
    const wb_status status =
        path_may_read(liquid, path->from, wbi_schema_field(liquid->schema, index));
    if (status != WB_OK) return status;
    return path_refuse(liquid, path, WB_E_TYPE, "\"", wbi_schema_field(liquid->schema, index)->name,
                       "\" is a field of each element of a list; read it in a for.");
  }
  const wb_status status = path_take(liquid, path, index, WBI_FIELD, operand);
  return status == WB_OK ? path_rest(liquid, path, steps, operand) : status;
}

/* ---- names -------------------------------------------------------------------------------- */

/* The slot of a name; WBI_NO_FIELD: it has none. */
static uint32_t path_slot(const wbi_liquid *liquid, wbi_text name) {
  for (size_t i = 0; i < liquid->names.count; i++) {
    const wbi_local *local = wbi_vector_at(&liquid->names, i);
    if (wbi_text_equal(local->name, name)) return (uint32_t)i;
  }
  return WBI_NO_FIELD;
}

/* Gives a name a slot. */
static wb_status path_new_slot(wbi_liquid *liquid, wbi_text name, size_t offset, uint32_t *slot) {
  *slot = path_slot(liquid, name);
  if (*slot != WBI_NO_FIELD) return WB_OK;
  const wb_status status = wbi_vector_reserve(&liquid->names, 1);
  if (status == WB_E_NOMEM) return wbi_liquid_no_memory(liquid);
  if (status != WB_OK) {
    return wbi_liquid_refuse_at(liquid, status, offset, "There are more than 256 names.");
  }
  *slot = (uint32_t)liquid->names.count;
  *(wbi_local *)wbi_vector_push(&liquid->names) = (wbi_local){.name = name};
  return WB_OK;
}

/* Keeps the steps of a path for the renderer. */
static wb_status path_keep_steps(wbi_liquid *liquid, const wbi_path *path, wbi_operand *operand) {
  operand->steps = (uint32_t)liquid->steps.count;
  operand->steps_count = path->count;
  for (uint32_t i = 0; i < path->count; i++) {
    wbi_path_step *step = wbi_vector_push(&liquid->steps);
    if (step == NULL) return wbi_liquid_no_memory(liquid);
    *step = path->steps[i];
  }
  return WB_OK;
}

/* A name of an open template: all are allowed. */
static wb_status path_open(wbi_liquid *liquid, const wbi_path *path, const wbi_scope *scope,
                           wbi_operand *operand) {
  operand->type = WBI_MIXED;
  operand->name = path->root;
  operand->place = scope != NULL ? WBI_CURRENT : WBI_NAME;
  wb_status status = WB_OK;
  if (scope != NULL) {
    operand->frame = scope->frame;
  } else {
    status = path_new_slot(liquid, path->root, path->from, &operand->slot);
  }
  return status == WB_OK ? path_keep_steps(liquid, path, operand) : status;
}

wb_status wbi_liquid_path(wbi_liquid *liquid, wbi_operand *operand) {
  wbi_path path;
  const wb_status status = path_read(liquid, &path);
  if (status != WB_OK) return status;
  const wbi_scope *scope = path_scope(liquid, path.root);
  const bool loop = wbi_text_equal(path.root, WBI_TEXT("forloop")) && liquid->scopes.count > 0;
  operand->offset = (uint32_t)path.from;
  if (loop && scope == NULL) return path_forloop(liquid, &path, operand);
  if (liquid->schema == NULL) return path_open(liquid, &path, scope, operand);
  if (scope != NULL) return path_current(liquid, &path, scope, operand);
  const uint32_t slot = path_slot(liquid, path.root);
  if (slot == WBI_NO_FIELD) return path_field(liquid, &path, operand);
  if (path.count > 0)
    return path_whole(liquid, &path, "\" is a single value; nothing hangs on it.");
  operand->place = WBI_NAME;
  operand->slot = slot;
  operand->name = path.root;
  operand->type = ((const wbi_local *)wbi_vector_at(&liquid->names, slot))->type;
  return WB_OK;
}

/* Why a name cannot be assigned; NULL: it can. */
static const char *path_unfit(const wbi_liquid *liquid, wbi_text name) {
  static const char *const path_reserved[] = {"true",        "false",     "nil",     "null",
                                              "blank",       "empty",     "forloop", "self",
                                              "constructor", "prototype", "toString"};
  uint32_t index = 0;
  for (size_t i = 0; i < WBI_COUNT(path_reserved); i++) {
    if (wbi_text_equal(name, wbi_text_of(path_reserved[i]))) return "\" has a meaning already.";
  }
  if (name.data[0] == '_') return "\" begins with _, which a name of a text does not.";
  if (memchr(name.data, '-', name.length) != NULL) return "\" has a -; write _ instead.";
  if (wb_schema_find(liquid->schema, name.data, name.length, &index) == WB_OK ||
      wbi_schema_prefix(liquid->schema, name)) {
    return "\" is a field, or begins the names of some; take another name.";
  }
  return path_scope(liquid, name) != NULL ? "\" is the name of a loop; take another name." : NULL;
}

wb_status wbi_liquid_fit(const wbi_liquid *liquid, wbi_text name, size_t offset) {
  const char *why = name.data[name.length - 1] == '?' ? "\" ends with a question mark." : NULL;
  if (why == NULL && liquid->schema != NULL) why = path_unfit(liquid, name);
  return why == NULL ? WB_OK : wbi_liquid_refuse(liquid, WB_E_NAME, offset, "\"", name, why);
}

wb_status wbi_liquid_assigned(wbi_liquid *liquid, wbi_text name, size_t offset, int32_t type,
                              uint32_t *slot) {
  wb_status status = wbi_liquid_fit(liquid, name, offset);
  if (status == WB_OK) status = path_new_slot(liquid, name, offset, slot);
  if (status != WB_OK) return status;
  wbi_local *local = wbi_vector_at(&liquid->names, *slot);
  if (liquid->schema != NULL && local->type != WB_UNKNOWN && local->type != type) {
    return wbi_liquid_refuse(liquid, WB_E_TYPE, offset, "\"", name,
                             "\" was of another kind before; take another name.");
  }
  if (local->type != WB_UNKNOWN && liquid->link && !local->link && liquid->scopes.count > 0) {
    return wbi_liquid_refuse(liquid, WB_E_POLICY, offset, "\"", name,
                             "\" was no link before; take another name.");
  }
  local->type = type;
  local->link = local->link || liquid->link;
  return WB_OK;
}
