/* SPDX-License-Identifier: MIT */
/*
 * What a practice sets in a campaign. A definition declares parameters, and `$name` stands for one:
 * alone in the place of a value, or inside a string that is not said. All of them are put in before
 * the definition is compiled, so that its canonical form, and with it the content id, has values
 * alone.
 */
#include "outreach/settings.h"

#include "outreach/compile.h"

enum { PARAMETERS_MAX = 64 };

typedef enum parameter_kind {
  PARAMETER_DAYS,
  PARAMETER_HOURS,
  PARAMETER_MINUTES,
  PARAMETER_MONTHS,
  PARAMETER_NUMBER,
  PARAMETER_TIME, /* those before it are whole numbers in a range */
  PARAMETER_SEASON,
  PARAMETER_OFFER
} parameter_kind;

static const char *const parameter_types[] = {"days",   "hours", "minutes", "months",
                                              "number", "time",  "season",  "offer"};

/* What any campaign lets a practice set: members of the definition. */
static const char *const parameter_members[] = {"caps",     "capacity", "holdout",   "hours",
                                                "priority", "reentry",  "rest_days", "touches"};

typedef struct parameters {
  wbi_arena *arena;
  const wbi_json *declared; /* NULL: the definition has none */
  const wbi_json *chosen;   /* the practice's values for it, and wording; NULL: none */
  const wbi_json *wording, *offers;
  wb_error *error;
} parameters;

/* ---- declarations ------------------------------------------------------------------------- */

/* Says that a name is of no member of an object; with `members` of none of any campaign either. */
static wb_status parameter_unknown(const parameters *set, const wbi_json *node, wbi_text name,
                                   const wbi_json *object, bool members) {
  wbi_text names[WBI_TEXTS_MAX + WBI_COUNT(parameter_members)];
  size_t count = 0;
  const wbi_json *one = object != NULL ? object->first : NULL;
  for (; one != NULL && count < WBI_TEXTS_MAX; one = one->next)
    names[count++] = one->name;
  for (size_t i = 0; members && i < WBI_COUNT(parameter_members); i++)
    names[count++] = wbi_text_of(parameter_members[i]);
  return wbi_json_fail_nearest(node, set->error, name, names, count);
}

/* The kind that a declaration names. */
static parameter_kind parameter_kind_of(const wbi_json *declared) {
  const wbi_json *type = wbi_json_find(declared, "type");
  size_t kind = 0;
  while (kind < WBI_COUNT(parameter_types) - 1 &&
         !wbi_text_equal(type->text, wbi_text_of(parameter_types[kind])))
    kind++;
  return (parameter_kind)kind;
}

/* Whether a number is within the bounds of its declaration. */
static wb_status parameter_check_number(const parameters *set, const wbi_json *declared,
                                        const wbi_json *value) {
  char range[64];
  wbi_writer writer = {range, sizeof range, 0};
  const wb_status status = wbi_json_expect(value, WBI_JSON_INT, set->error);
  const int64_t least = wbi_json_find(declared, "least")->integer;
  const int64_t most = wbi_json_find(declared, "most")->integer;
  if (status != WB_OK || (value->integer >= least && value->integer <= most)) return status;
  wbi_put_int(&writer, least);
  wbi_put_text(&writer, WBI_TEXT(" to "));
  wbi_put_int(&writer, most);
  wbi_put_char(&writer, ' ');
  wbi_put_text(&writer, wbi_json_find(declared, "type")->text);
  return wbi_json_fail_name(value, set->error, WB_E_RANGE, "This must be from ",
                            (wbi_text){range, writer.length}, ".");
}

/* Whether a text is a time of the day. */
static wb_status parameter_check_time(const parameters *set, const wbi_json *value) {
  const wb_status status = wbi_json_expect(value, WBI_JSON_TEXT, set->error);
  if (status != WB_OK) return status;
  const int32_t second = wbi_day_second(value->text);
  if (second >= 0 && second < WBI_DAY) return WB_OK;
  return wbi_json_fail(value, set->error, WB_E_SYNTAX,
                       "A time of the day is written as \"09:00\".");
}

/* Whether a text names an offer of the practice. */
static wb_status parameter_check_offer(const parameters *set, const wbi_json *value) {
  const wb_status status = wbi_json_expect(value, WBI_JSON_TEXT, set->error);
  if (status != WB_OK || wbi_json_member(set->offers, value->text) != NULL) return status;
  return parameter_unknown(set, value, value->text, set->offers, false);
}

/* Whether a value is one of those that a declaration allows. */
static wb_status parameter_check(const parameters *set, const wbi_json *declared,
                                 const wbi_json *value) {
  switch (parameter_kind_of(declared)) {
  case PARAMETER_TIME: return parameter_check_time(set, value);
  case PARAMETER_SEASON: return wbi_season_check(value, set->error);
  case PARAMETER_OFFER: return parameter_check_offer(set, value);
  case PARAMETER_DAYS:
  case PARAMETER_HOURS:
  case PARAMETER_MINUTES:
  case PARAMETER_MONTHS:
  case PARAMETER_NUMBER:
  default: return parameter_check_number(set, declared, value);
  }
}

/* Whether a name is made of a-z, 0-9 and '_', begins with a letter, and is no member's. */
static bool parameter_name_fits(wbi_text name) {
  bool fits =
      name.length > 0 && name.length <= WBI_NAME_MAX && name.data[0] >= 'a' && name.data[0] <= 'z';
  for (size_t i = 0; i < name.length; i++) {
    const char c = name.data[i];
    fits = fits && ((c >= 'a' && c <= 'z') || wbi_is_digit(c) || c == '_');
  }
  for (size_t i = 0; i < WBI_COUNT(parameter_members); i++)
    fits = fits && !wbi_text_equal(name, wbi_text_of(parameter_members[i]));
  return fits;
}

/* The type of a declaration, and its bounds, which numbers have. */
static wb_status parameter_declare_type(const parameters *set, const wbi_json *declared) {
  wbi_text type = {NULL, 0};
  int64_t bound = 0;
  wb_status status = wbi_json_get_text(declared, "type", true, &type, set->error);
  if (status != WB_OK) return status;
  const parameter_kind kind = parameter_kind_of(declared);
  if (!wbi_text_equal(type, wbi_text_of(parameter_types[kind])))
    return wbi_json_fail(wbi_json_find(declared, "type"), set->error, WB_E_NAME,
                         "A parameter is days, hours, minutes, months, number, time, season or "
                         "offer.");
  const bool number = kind < PARAMETER_TIME;
  if (!number && (wbi_json_find(declared, "least") || wbi_json_find(declared, "most")))
    return wbi_json_fail(declared, set->error, WB_E_INVALID, "Only numbers have bounds.");
  status = wbi_json_get_int(declared, "least", number, 0, INT32_MAX, &bound, set->error);
  return status == WB_OK
             ? wbi_json_get_int(declared, "most", number, bound, INT32_MAX, &bound, set->error)
             : status;
}

/* One declaration. A default that is null leaves out the member that names the parameter. */
static wb_status parameter_declare(const parameters *set, const wbi_json *declared) {
  static const char *const declared_members[] = {"about", "default", "least", "most", "type", NULL};
  wbi_text about = {NULL, 0};
  if (!parameter_name_fits(declared->name))
    return wbi_json_fail(declared, set->error, WB_E_INVALID,
                         "A parameter's name is of a-z, 0-9 and '_', and no member's.");
  wb_status status = wbi_json_expect(declared, WBI_JSON_OBJECT, set->error);
  if (status == WB_OK) status = wbi_json_only(declared, declared_members, set->error);
  if (status == WB_OK) status = wbi_json_get_text(declared, "about", true, &about, set->error);
  if (status == WB_OK) status = parameter_declare_type(set, declared);
  const wbi_json *value = wbi_json_find(declared, "default");
  const bool checked = status == WB_OK && value != NULL && value->kind != WBI_JSON_NULL;
  return checked ? parameter_check(set, declared, value) : status;
}

/* The declarations, which leave the definition. */
static wb_status parameters_declare(parameters *set, wbi_json *definition) {
  wbi_json *declared = wbi_json_member(definition, WBI_TEXT("parameters"));
  if (declared == NULL) return WB_OK;
  wb_status status = wbi_json_expect(declared, WBI_JSON_OBJECT, set->error);
  if (status == WB_OK && declared->count > PARAMETERS_MAX)
    status = wbi_json_fail(declared, set->error, WB_E_LIMIT, "There are too many parameters.");
  const wbi_json *one = status == WB_OK ? declared->first : NULL;
  for (; one != NULL && status == WB_OK; one = one->next)
    status = parameter_declare(set, one);
  if (status != WB_OK) return status;
  set->declared = declared;
  wbi_json_remove(declared);
  return WB_OK;
}

/* ---- values ------------------------------------------------------------------------------- */

/* The value of a parameter: the practice's, else the default. */
static wb_status parameter_value(const parameters *set, const wbi_json *node, wbi_text name,
                                 const wbi_json **declared, wbi_json **value) {
  *declared = wbi_json_member(set->declared, name);
  if (*declared == NULL) return parameter_unknown(set, node, name, set->declared, false);
  *value = wbi_json_member(set->chosen, name);
  if (*value == NULL) *value = wbi_json_member(*declared, WBI_TEXT("default"));
  if (*value != NULL) return WB_OK;
  return wbi_json_fail_name(*declared, set->error, WB_E_STATE, "The parameter \"", name,
                            "\" has to be set.");
}

/* The name after a '$' at a place; empty: there is none. */
static wbi_text parameter_named(wbi_text text, size_t at) {
  size_t end = at + 1;
  if (text.data[at] != '$' || end == text.length) return (wbi_text){NULL, 0};
  if (text.data[end] < 'a' || text.data[end] > 'z') return (wbi_text){NULL, 0};
  while (end < text.length && ((text.data[end] >= 'a' && text.data[end] <= 'z') ||
                               wbi_is_digit(text.data[end]) || text.data[end] == '_'))
    end++;
  return wbi_text_slice(text, at + 1, end);
}

/* Writes a value into a string. */
static wb_status parameter_put(const parameters *set, const wbi_json *node, wbi_text name,
                               wbi_writer *writer) {
  const wbi_json *declared = NULL;
  wbi_json *value = NULL;
  const wb_status status = parameter_value(set, node, name, &declared, &value);
  if (status != WB_OK) return status;
  if (value->kind == WBI_JSON_INT) {
    wbi_put_int(writer, value->integer);
  } else if (value->kind == WBI_JSON_TEXT) {
    wbi_put_text(writer, value->text);
  } else if (value->kind == WBI_JSON_ARRAY) {
    wbi_season_put(writer, value);
  } else {
    return wbi_json_fail_name(node, set->error, WB_E_INVALID, "The parameter \"", name,
                              "\" may be left out, and cannot be inside a string.");
  }
  return WB_OK;
}

/* Writes a string with the values of what it names. */
static wb_status parameter_write(const parameters *set, const wbi_json *node, wbi_writer *writer) {
  wb_status status = WB_OK;
  for (size_t i = 0; i < node->text.length && status == WB_OK; i++) {
    const wbi_text name = parameter_named(node->text, i);
    if (name.length == 0) {
      wbi_put_char(writer, node->text.data[i]);
      continue;
    }
    status = parameter_put(set, node, name, writer);
    i += name.length;
  }
  return status;
}

/* A string with parameters inside. */
static wb_status parameter_splice(const parameters *set, wbi_json *node) {
  wbi_writer writer = {NULL, 0, 0};
  const wb_status status = parameter_write(set, node, &writer);
  if (status != WB_OK) return status;
  char *bytes = wbi_arena_array(set->arena, writer.length + 1, 1);
  if (bytes == NULL) return wbi_fail(set->error, WB_E_NOMEM, "There is no memory.");
  writer = (wbi_writer){bytes, writer.length, 0};
  (void)parameter_write(set, node, &writer);
  node->text = (wbi_text){bytes, writer.length};
  return WB_OK;
}

/* Puts the offer that is named among those of the definition. */
static wb_status parameter_add_offer(const parameters *set, wbi_json *definition,
                                     const wbi_json *value) {
  wbi_json *offer = wbi_json_member(set->offers, value->text);
  wbi_json *list = wbi_json_member(definition, WBI_TEXT("offers"));
  if (WBI_NEVER(offer == NULL)) return WB_OK; /* its name was looked at */
  if (list == NULL) {
    wbi_json empty = {.kind = WBI_JSON_OBJECT, .source = set->offers};
    const wb_status status =
        wbi_json_put(set->arena, definition, WBI_TEXT("offers"), &empty, set->error);
    if (status != WB_OK) return status;
    list = wbi_json_member(definition, WBI_TEXT("offers"));
  }
  if (list->kind != WBI_JSON_OBJECT) return WB_OK; /* which the compiler refuses */
  return wbi_json_put(set->arena, list, value->text, offer, set->error);
}

/* A string that is a parameter's name alone becomes its value. */
static wb_status parameter_replace(const parameters *set, wbi_json *definition, wbi_json *node,
                                   wbi_text name) {
  const wbi_json *declared = NULL;
  wbi_json *value = NULL;
  wb_status status = parameter_value(set, node, name, &declared, &value);
  if (status != WB_OK) return status;
  const parameter_kind kind = parameter_kind_of(declared);
  if (kind == PARAMETER_SEASON && value->kind == WBI_JSON_ARRAY) return parameter_splice(set, node);
  if (value->kind != WBI_JSON_NULL) {
    if (kind == PARAMETER_OFFER) status = parameter_add_offer(set, definition, value);
    if (status == WB_OK) wbi_json_become(node, value);
    return status;
  }
  if (node->parent->kind == WBI_JSON_OBJECT) {
    wbi_json_remove(node);
    return WB_OK;
  }
  return wbi_json_fail_name(node, set->error, WB_E_INVALID, "The parameter \"", name,
                            "\" may be left out, and has to be a member.");
}

/* Whether a node is what a text says in a language: a '$' there is money. */
static bool parameter_is_said(const wbi_json *node, const wbi_json *texts) {
  const wbi_json *text = node->parent;
  return texts != NULL && text != NULL && text->parent == texts &&
         !wbi_compile_is_setting(node->name);
}

/* Puts all values in. */
static wb_status parameters_fill(const parameters *set, wbi_json *definition) {
  const wbi_json *texts = wbi_json_find(definition, "texts");
  wb_status status = WB_OK;
  wbi_json *next = NULL;
  for (wbi_json *node = definition; node != NULL && status == WB_OK; node = next) {
    next = wbi_json_after(node, definition, !parameter_is_said(node, texts));
    if (node->kind != WBI_JSON_TEXT || node->text.length == 0) continue;
    const wbi_text name = parameter_named(node->text, 0);
    if (name.length > 0 && name.length + 1 == node->text.length)
      status = parameter_replace(set, definition, node, name);
    else if (memchr(node->text.data, '$', node->text.length) != NULL)
      status = parameter_splice(set, node);
  }
  return status;
}

/* ---- what the practice says --------------------------------------------------------------- */

/* Whether a member of any campaign has this name. */
static bool parameter_is_member(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(parameter_members); i++) {
    if (wbi_text_equal(name, wbi_text_of(parameter_members[i]))) return true;
  }
  return false;
}

/* Whether the values that the practice chose are some. */
static wb_status parameters_check(const parameters *set) {
  const wbi_json *one = set->chosen != NULL ? set->chosen->first : NULL;
  for (; one != NULL; one = one->next) {
    if (parameter_is_member(one->name)) continue;
    const wbi_json *declared = wbi_json_member(set->declared, one->name);
    const wb_status status = declared != NULL
                                 ? parameter_check(set, declared, one)
                                 : parameter_unknown(set, one, one->name, set->declared, true);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* The members of the definition that the practice chose. */
static wb_status parameters_put_members(const parameters *set, wbi_json *definition) {
  wbi_json *one = set->chosen != NULL ? set->chosen->first : NULL;
  wb_status status = WB_OK;
  for (; one != NULL && status == WB_OK; one = one->next) {
    if (!parameter_is_member(one->name)) continue;
    status = wbi_json_put(set->arena, definition, one->name, one, set->error);
  }
  return status;
}

/* What is said in one language: a string is the body. */
static wb_status parameter_put_wording(const parameters *set, wbi_json *text, wbi_json *said) {
  if (wbi_compile_is_setting(said->name))
    return wbi_json_fail(said, set->error, WB_E_NAME, "This is not a language, as \"en\" is.");
  if (said->kind == WBI_JSON_OBJECT)
    return wbi_json_put(set->arena, text, said->name, said, set->error);
  wbi_json whole = {.kind = WBI_JSON_OBJECT, .line = said->line, .column = said->column};
  whole.source = said;
  wb_status status = wbi_json_put(set->arena, text, said->name, &whole, set->error);
  wbi_json *made = status == WB_OK ? wbi_json_member(text, said->name) : NULL;
  return made != NULL ? wbi_json_put(set->arena, made, WBI_TEXT("body"), said, set->error) : status;
}

/* Own wording, by text and language. */
static wb_status parameters_put_wording(const parameters *set, wbi_json *definition) {
  const wbi_json *texts = wbi_json_find(definition, "texts");
  const wbi_json *own = set->wording != NULL ? set->wording->first : NULL;
  for (; own != NULL; own = own->next) {
    wbi_json *text = wbi_json_member(texts, own->name);
    if (text == NULL) return parameter_unknown(set, own, own->name, texts, false);
    if (text->kind != WBI_JSON_OBJECT) continue; /* which the compiler refuses */
    for (wbi_json *said = own->first; said != NULL; said = said->next) {
      const wb_status status = parameter_put_wording(set, text, said);
      if (status != WB_OK) return status;
    }
  }
  return WB_OK;
}

/* What settings say of the campaign of a name. */
static void parameters_choose(parameters *set, const wbi_json *definition,
                              const wbi_json *settings) {
  const wbi_json *name = wbi_json_find(definition, "name");
  if (settings == NULL || name == NULL || name->kind != WBI_JSON_TEXT) return;
  set->chosen = wbi_json_member(wbi_json_find(settings, "playbooks"), name->text);
  set->wording = wbi_json_member(wbi_json_find(settings, "wording"), name->text);
  set->offers = wbi_json_find(settings, "offers");
}

wb_status wbi_parameters_apply(wbi_arena *arena, wbi_json *definition, wbi_json *settings,
                               wb_error *error) {
  parameters set = {.arena = arena, .error = error};
  if (definition->kind != WBI_JSON_OBJECT) return WB_OK; /* which the compiler refuses */
  parameters_choose(&set, definition, settings);
  wb_status status = wbi_shared_texts(arena, definition, error);
  if (status == WB_OK) status = parameters_declare(&set, definition);
  if (status == WB_OK) status = parameters_check(&set);
  if (status == WB_OK && set.declared != NULL) status = parameters_fill(&set, definition);
  if (status == WB_OK) status = parameters_put_members(&set, definition);
  return status == WB_OK ? parameters_put_wording(&set, definition) : status;
}
