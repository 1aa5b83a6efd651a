/* SPDX-License-Identifier: MIT */
/* What the files of lib/facts share: columns, tables, the fields' origins, one row's answers. */
#ifndef WBI_FACTS_PRIVATE_H
#define WBI_FACTS_PRIVATE_H

#include "facts/column.h"
#include "facts/fields.h"
#include "facts/raw.h"
#include "facts/source.h"

/* ---- tables (table_specs.c, tables.c) ----------------------------------------------------- */

typedef struct wbi_column_spec {
  const char *name;
  const char *domain; /* NULL: no enumeration */
  const char *about;
  uint32_t fits; /* WBI_FITS of the cells it may hold */
  bool needed;
} wbi_column_spec;

typedef struct wbi_table_spec {
  const char *name;
  const char *about;
  const char *uses;    /* use cases that need it */
  const char *without; /* what is off without it */
  const wbi_column_spec *columns;
  uint32_t count;
} wbi_table_spec;

const wbi_table_spec *wbi_table_spec_of(int table);
/* Whether a table's rows belong to patients: its first column is their key. */
bool wbi_table_is_child(int table);

/* Hash index of a key column; a slot is the hash's upper half and row + 1. */
typedef struct wbi_row_index {
  uint64_t *slots;
  uint32_t mask; /* slots - 1 */
} wbi_row_index;

#define WBI_NO_ROW UINT32_MAX
enum { WBI_KEY_MOST = 64 }; /* bytes of a key */

/* What a column of `patients` gives of a field, or of a field of a list's elements. */
typedef struct wbi_given {
  wbi_column column; /* of its cells; of a list, those of its scalars */
  wbi_column lists;  /* of a list: where each patient's elements lie */
} wbi_given;

static inline bool wbi_given_is(const wbi_given *given) {
  return given->column.cells != WBI_CELLS_NONE || given->lists.cells != WBI_CELLS_NONE;
}

/* Rows of a child table by patient: those of patient p are rows[starts[p]] … rows[starts[p + 1]]
   in the table's order. */
typedef struct wbi_group {
  uint32_t *starts, *rows;
  uint32_t patients, count;
  uint64_t orphans; /* rows of nobody */
} wbi_group;

typedef struct wbi_facts_table {
  bool present;
  uint32_t rows;
  wbi_vector batches; /* of struct ArrowArray */
  wbi_arena arena;    /* what its columns need if they are in several batches */
  wbi_column columns[WBI_COLUMNS_MOST];
  wbi_row_index index; /* patients, locations */
  wbi_group group;     /* of a child table, once joined */
} wbi_facts_table;

/* ---- join (join.c) ------------------------------------------------------------------------ */

/* A key; false: absent or longer than 64 bytes. */
bool wbi_column_key(const wbi_column *keys, uint32_t row, wbi_text *key);
/* What procedures are read with. */
enum { WBI_EXAMS_MOST = 8 };
typedef struct wbi_reading {
  wb_code_range exams[WBI_EXAMS_MOST]; /* codes */
  uint32_t exam_count;                 /* 0: nothing is set */
  wbi_text statuses;                   /* the domain */
} wbi_reading;

/* What a procedure says, read once: what is asked of every patient at every poll. */
typedef struct wbi_procedure {
  wb_date date;    /* WB_DATE_NONE: not given, or `fault` */
  int8_t state;    /* place in its domain */
  uint8_t trigger; /* enum wb_recare_kind */
  uint8_t fault;   /* column that cannot be read, 0: none */
  bool scaling : 1, missed : 1, exam : 1;
  bool read : 1; /* the rest is there */
} wbi_procedure;

/* What a procedure says of its place in a chart. */
typedef struct wbi_placed {
  uint64_t teeth;
  wb_date diagnosed;
  int32_t code, group; /* of wb_group_find; 0: none */
  uint8_t fault;       /* column that cannot be read, 0: none */
} wbi_placed;

/* Rows of a table that share a key: the first of each, then from row to row. */
typedef struct wbi_chain {
  wbi_row_index index;
  uint32_t *next; /* by row; WBI_NO_ROW: the last */
  uint32_t rows;
} wbi_chain;

/* The rows of `limits`, read. A row whose kind is 0 cannot be. */
typedef struct wbi_limits {
  wb_limit *limits;
  wb_code_range *ranges;
  size_t range_room;
  uint32_t count, range_count;
} wbi_limits;

/* What a code means; 0: none. */
typedef struct wbi_meaning {
  int32_t code, group;
} wbi_meaning;

/* The practice's own codes, read when the tables are joined (codes.c). */
wb_status wbi_codes_make(wb_facts *facts, wb_error *error);
void wbi_codes_free(wb_facts *facts);
/* What a code means on a date of service; WB_DATE_NONE: any. */
wbi_meaning wbi_code_meaning(const wb_facts *facts, wbi_text code, wb_date on);
/* The number of the code that it counts as; 0: none. */
int32_t wbi_code_standard(const wb_facts *facts, wbi_text code, wb_date on);
/* The name of a group; empty: there is none. */
wbi_text wbi_code_group(const wb_facts *facts, int32_t group);
/* Chains the rows of a table by a key column. WB_E_NOMEM. */
wb_status wbi_chain_make(const wb_context *context, const wbi_column *keys, uint32_t rows,
                         wbi_chain *chain);
void wbi_chain_free(const wb_context *context, wbi_chain *chain);
/* Gives back what row_benefit.c has read of the limits. */
void wbi_limits_free(wb_facts *facts);
/* WB_E_NOMEM; WB_E_INVALID: two rows have one key, and `twins` says which. Cells that are no key
   are not in the index. */
wb_status wbi_row_index_make(const wb_context *context, const wbi_column *keys, uint32_t rows,
                             wbi_row_index *index, uint32_t twins[2]);
uint32_t wbi_row_index_find(const wbi_row_index *index, const wbi_column *keys, wbi_text key);
void wbi_row_index_free(const wb_context *context, wbi_row_index *index);
/* Groups child tables by patient, where that was not done. WB_E_NOMEM. */
wb_status wbi_facts_join(wb_facts *facts, wb_error *error);
/* Sets what procedures are read with, once. */
wb_status wbi_reading_make(wb_facts *facts);
/* What a procedure says; it is read when it is first asked for. */
const wbi_procedure *wbi_procedure_at(const wb_facts *facts, uint32_t row);
/* Room for what view.c sees, and giving it back. */
wb_status wbi_views_make(wb_facts *facts);
void wbi_views_free(wb_facts *facts);
/* Whether there are views at all. Reading begins here too: no table comes in afterwards. */
bool wbi_view_begin(wb_facts *facts);
/* Whether only a column could give a field, and none does: it is absent in all rows. */
bool wbi_view_absent(wb_facts *facts, uint32_t field);
/* The view of texts that lie behind each other in `bytes`, by the places where they begin and end;
   every one that is present is UTF-8 and in its domain. False: there is none. */
bool wbi_view_texts(wb_facts *facts, uint32_t field, wbi_view *view, const char **bytes);
/* Gives back what the join took; or, of a child table that changes, its part alone. */
void wbi_facts_part(wb_facts *facts);
void wbi_facts_part_table(wb_facts *facts, int table);

/* ---- one row (row.c) ---------------------------------------------------------------------- */

/* What is known of the row under the cursor, as bits. All but KEY, PLACE and RECALLS depend on the
   date (the dated half); only TODAY depends on the instant (the clocked half). */
enum {
  WBI_KNOW_KEY = 1,
  WBI_KNOW_PLACE = 2,
  WBI_KNOW_TODAY = 4,
  WBI_KNOW_RECALLS = 8,
  WBI_KNOW_HISTORY = 16,
  WBI_KNOW_VISITS = 32,
  WBI_KNOW_RECARE = 64,
  WBI_KNOW_LATELY = 128,
  WBI_KNOW_CHART = 256,
  WBI_KNOW_TREATMENTS = 512,
  WBI_KNOW_UNFINISHED = 1024,
  WBI_KNOW_BENEFIT = 2048,
  WBI_KNOW_COVERED = 4096,
  WBI_KNOW_OPENINGS = 8192,
  WBI_KNOW_HOUSEHOLD = 16384,
  WBI_KNOW_PROCEDURES = 32768,
  /* Parts with all that must be known before. */
  WBI_NEED_TODAY = WBI_KNOW_PLACE | WBI_KNOW_TODAY,
  WBI_NEED_HISTORY = WBI_NEED_TODAY | WBI_KNOW_HISTORY,
  WBI_NEED_VISITS = WBI_NEED_TODAY | WBI_KNOW_VISITS,
  WBI_NEED_RECARE = WBI_NEED_HISTORY | WBI_KNOW_RECALLS | WBI_KNOW_RECARE,
  WBI_NEED_LATELY = WBI_NEED_HISTORY | WBI_NEED_VISITS | WBI_KNOW_LATELY,
  WBI_NEED_PROCEDURES = WBI_NEED_TODAY | WBI_KNOW_PROCEDURES,
  WBI_NEED_CHART = WBI_NEED_PROCEDURES | WBI_KNOW_CHART,
  WBI_NEED_TREATMENTS = WBI_NEED_CHART | WBI_KNOW_TREATMENTS,
  WBI_NEED_UNFINISHED = WBI_NEED_CHART | WBI_KNOW_UNFINISHED,
  WBI_NEED_BENEFIT = WBI_NEED_TODAY | WBI_KNOW_BENEFIT,
  WBI_NEED_COVERED = WBI_NEED_BENEFIT | WBI_NEED_CHART | WBI_NEED_RECARE | WBI_KNOW_COVERED,
  WBI_NEED_OPENINGS = WBI_NEED_TODAY | WBI_KNOW_OPENINGS,
  WBI_NEED_HOUSEHOLD = WBI_NEED_TODAY | WBI_KNOW_HOUSEHOLD
};

typedef struct wbi_visit {
  wb_date date;
  int32_t second; /* of the day; -1: the table gives no time */
  wb_time at;     /* where the table gives an instant */
} wbi_visit;

/* What was done up to today; WB_DATE_NONE: nothing. */
typedef struct wbi_history {
  wb_date prophy, perio, scaling; /* latest triggers, completed or existing */
  wb_date treated;                /* latest completed procedure that was no missed visit */
  wb_date exam;                   /* latest exam, completed or existing */
} wbi_history;

typedef struct wbi_visits {
  wb_date seen;       /* latest completed appointment up to today */
  wb_date broken;     /* latest broken one up to today, missed and cancelled ones among them */
  int32_t broken_12m; /* how many were broken in the last 12 months */
  int32_t missed_12m; /* how many of them were missed */
  wbi_visit next;     /* first scheduled one from today on; date WB_DATE_NONE: none */
  uint32_t next_row;  /* of `appointments`, WBI_NO_ROW: none */
  uint32_t asap_row;  /* first one that is wanted sooner */
  bool booked;
} wbi_visits;

/* Answers of three values: -1 not known, 0, 1. */
typedef int8_t wbi_flag;

/* What follows from visits and history together. */
typedef struct wbi_lately {
  int32_t exam_months; /* whole months since the last exam, -1: none */
  int32_t missed_12m;  /* -1: not known */
  wbi_flag seen_14d, cancelled_14d, repeat_broken, broken_open, asap;
} wbi_lately;

/* The procedures of the patient that may be seen and exist today, in the order of their table; and
   as lib/dental has them, once the chart is known. */
typedef struct wbi_chart_rows {
  wb_procedure *procedures;
  uint32_t *rows; /* of `procedures` */
  uint32_t count;
} wbi_chart_rows;

/* The benefits of the coverage that is spoken of. Money in cents, WB_CENTS_NONE: not known. */
typedef struct wbi_benefit {
  uint32_t row; /* of `coverages`, WBI_NO_ROW: none */
  wb_date first, last, covered;
  wb_cents maximum, used, pending, remaining;
  const char *public_payer; /* "yes", "no", "unknown"; NULL: not known */
  wbi_flag active, stale, expiring, renewed, max_used, max_used_last;
} wbi_benefit;

typedef struct wbi_household {
  int32_t size, active, inactive, minors; /* -1: not known */
  uint32_t first;                         /* member, by the chain; WBI_NO_ROW: no household */
  wbi_text guarantor, guardian;           /* keys; empty: not known */
  wbi_flag is_guarantor, unnamed;
} wbi_household;

typedef struct wbi_row {
  uint32_t known, row;
  wb_time now;
  const wb_zone *asked; /* the moment's, lent for one call */
  const wb_zone *zone;  /* the row's: a location's or `asked`; NULL: not known */
  const wb_zone *dated; /* likewise, perhaps of a row before */
  uint32_t location;    /* row of `locations`, WBI_NO_ROW: none */
  uint32_t recall;      /* row of the recall on record, WBI_NO_ROW: none */
  wb_date today;        /* at `told` in the zone `dated` */
  wb_time told;
  wb_interval prophy_interval, perio_interval;
  wb_recare_history history; /* the part that the recalls give */
  wbi_history done;
  wbi_visits visits;
  wb_recare recare;
  wbi_lately lately;
  wbi_chart_rows chart;
  wbi_benefit benefit;
  wbi_household household;
} wbi_row;

/* Sets the cursor to a row at a moment, keeping what still holds: a turn begins. */
void wbi_row_seek(wb_facts *facts, uint32_t row, const wb_moment *moment);
/* The parts: row_recare.c, row_visits.c, row_chart.c, row_benefit.c, row_household.c. */
wb_status wbi_know_recalls(wb_facts *facts, wb_error *error);
wb_status wbi_know_history(wb_facts *facts, wb_error *error);
wb_status wbi_know_recare(wb_facts *facts, wb_error *error);
wb_status wbi_know_visits(wb_facts *facts, wb_error *error);
wb_status wbi_know_lately(wb_facts *facts, wb_error *error);
wb_status wbi_know_openings(wb_facts *facts, wb_error *error);
wb_status wbi_know_procedures(wb_facts *facts, wb_error *error);
wb_status wbi_know_chart(wb_facts *facts, wb_error *error);
wb_status wbi_know_treatments(wb_facts *facts, wb_error *error);
wb_status wbi_know_unfinished(wb_facts *facts, wb_error *error);
wb_status wbi_know_benefit(wb_facts *facts, wb_error *error);
wb_status wbi_know_covered(wb_facts *facts, wb_error *error);
wb_status wbi_know_household(wb_facts *facts, wb_error *error);
/* The name of the group of a procedure's row; empty when it has none. The chart is known. */
wbi_text wbi_chart_group(const wb_facts *facts, uint32_t row);
/* How many others of the household are overdue and not booked; -1: not known. */
wb_status wbi_household_overdue(wb_facts *facts, int32_t *count, wb_error *error);
/* When a cell says that something begins, in the row's zone; date WB_DATE_NONE: not given. */
wb_status wbi_visit_start(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                          wbi_visit *visit);
/* The instant of a visit, whose clock is that of the location that a cell names, else the row's;
   WB_TIME_NONE: only its day is known. */
wb_status wbi_visit_instant(wb_facts *facts, const wbi_visit *visit, const wbi_column *locations,
                            uint32_t row, wb_time *at);
/* The zone of a location, made once; NULL when the location gives none. */
wb_status wbi_row_location_zone(wb_facts *facts, uint32_t location, const wb_zone **zone,
                                wb_error *error);
/* The zone of the location that a cell names; the row's where it names none. */
wb_status wbi_row_wall_zone(wb_facts *facts, const wbi_column *locations, uint32_t row,
                            const wb_zone **zone, wb_error *error);
/* A needed cell of an enumeration as its place in the domain. */
wb_status wbi_row_choice(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                         int32_t *place, wb_error *error);
/* A date cell. */
wb_status wbi_row_date(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                       wb_date *date, wb_error *error);
/* Whether a day that is not after today is one of the last months: that many months on, it is not
   yet past. */
bool wbi_row_within(const wbi_row *row, wb_date date, int32_t months);
/* Finds parts; what they need is among them. */
wb_status wbi_row_know(wb_facts *facts, uint32_t what, wb_error *error);
/* Forgets what hangs on the moment's zone: it may go away, and another come to its address. */
void wbi_row_forget(wb_facts *facts);

/* Rows of one patient in a child table; see wbi_row_children. */
typedef struct wbi_row_span {
  const uint32_t *from, *to;
} wbi_row_span;

/* ---- standing exclusions (standing.c) ----------------------------------------------------- */

/* The fields that decide them, by place in wb_facts.standing. */
enum {
  WBI_STANDING_EXCLUDED,
  WBI_STANDING_TODAY,
  WBI_STANDING_STATUS,
  WBI_STANDING_REFUSED,
  WBI_STANDING_REASON,
  WBI_STANDING_HOLD,
  WBI_STANDING_BALANCE,
  WBI_STANDING_LAST,
  WBI_STANDING_BROKEN,
  WBI_STANDING_FIELDS
};

/* Finds these fields. */
void wbi_standing_fields(const wb_schema *schema, uint32_t fields[WBI_STANDING_FIELDS]);
/* Answers patient.excluded for the row under the cursor, and keeps the answer. */
wb_status wbi_standing_find(wb_facts *facts, wb_error *error);
/* Finds the answer to a field, unless it is known, and keeps it (dictionary.c). */
wb_status wbi_answer_keep(wb_facts *facts, uint32_t field, wb_error *error);

/* ---- answers (answers.c) ------------------------------------------------------------------ */

/* What has to be known for a field of its own, from WBI_VISIT_SEEN_14D on. */
uint32_t wbi_answer_needs(int item);
/* Answers such a field from what is known; absent is WB_UNKNOWN. */
wb_status wbi_answer_find(wb_facts *facts, int item, wb_value *value, wb_error *error);
/* Answers a derived field of an element of a list that is a table, from the element's row. */
wb_status wbi_answer_item(wb_facts *facts, int item, uint32_t row, wb_value *value);
/* Sets a text; an empty one leaves the value absent. */
static inline void wbi_value_set_text(wb_value *value, wbi_text text) {
  if (text.length == 0) return;
  value->kind = WB_TEXT;
  value->data = text.data;
  value->length = (uint32_t)text.length;
}
/* Sets a bool, a number or an instant. */
static inline void wbi_value_set_number(wb_value *value, int32_t kind, int64_t number) {
  value->kind = kind;
  value->integer = number;
}
/* Sets a date; WB_DATE_NONE leaves the value absent. */
static inline void wbi_value_set_date(wb_value *value, wb_date date) {
  if (date != WB_DATE_NONE) wbi_value_set_number(value, WB_DATE, date);
}

/* ---- lists (lists.c) ---------------------------------------------------------------------- */

/* A derived list of the row under the cursor: `width` values an element, in the order of the
   `item` of its fields. Known as long as the part of the row that finds it. */
typedef struct wbi_list {
  wb_value *values;
  uint32_t width, count, capacity;
  bool known;
} wbi_list;

/* Empties a derived list (enum wbi_derived) and makes it known: it stays so, or is filled. */
void wbi_list_begin(wb_facts *facts, int item, uint32_t width);
/* Makes it unknown: its table is not there. */
void wbi_list_unknown(wb_facts *facts, int item);
/* Adds an element and gives its values, all absent, good until the next; NULL: no memory. */
wb_value *wbi_list_add(wb_facts *facts, int item);
/* Gives back the memory of all of them. */
void wbi_list_free_all(wb_facts *facts);
/* Sets the length of a dental list of the row under the cursor; an unknown one stays WB_UNKNOWN. */
void wbi_list_length(const wb_facts *facts, const wbi_field_spec *spec, wb_value *value);
/* One field of an element that is there: `list` and `spec` are equal for a list of scalars. */
wb_status wbi_list_item(wb_facts *facts, const wbi_field_spec *list, const wbi_field_spec *spec,
                        uint32_t index, wb_value *value);

/* ---- cells (cell.c) ----------------------------------------------------------------------- */

/* A cell as a value of a type; absent cells are WB_UNKNOWN. A decimal with digits after its point
   is an amount of money: as a whole number it is in cents. WB_E_TYPE, WB_E_RANGE. */
wb_status wbi_cell_value(const wbi_column *column, uint32_t row, int32_t type, wb_value *value);
/* A date cell; WB_DATE_NONE when absent. WB_E_RANGE. */
wb_status wbi_cell_date(const wbi_column *column, uint32_t row, wb_date *date);
/* Seconds of a timestamp cell, floored; false when absent. */
bool wbi_cell_seconds(const wbi_column *column, uint32_t row, int64_t *seconds);

/* ---- the object (facts.c) ----------------------------------------------------------------- */

/* The answer to a field, good for one turn: row and moment. Rule after rule asks for the same. */
typedef struct wbi_answer {
  uint64_t turn;
  wb_value value;
} wbi_answer;

typedef struct wbi_scratch {
  void *data;
  size_t size;
} wbi_scratch;

/* What view.c has seen of a field's column. */
typedef struct wbi_viewed {
  uint32_t state, words;
} wbi_viewed;

/* The day at an instant in a zone, of which it holds a reference: another zone cannot come to be
   at its address. */
typedef struct wbi_day {
  wb_zone *zone;        /* NULL: not found yet */
  const wb_zone *asked; /* the moment's */
  wb_time now;
  wb_date date;
} wbi_day;

struct wb_facts {
  wb_context *context;
  wb_schema *schema;
  uint32_t fields; /* of the schema */
  wb_time as_of;
  uint32_t flags;
  wbi_busy busy;
  wb_recare_settings recare;
  wb_interval recare_prophy, recare_perio;
  wbi_facts_table tables[WBI_TABLES];
  wbi_given *given; /* by field: what a column of `patients` gives of it, if any */
  wb_zone **zones;  /* by row of `locations`, made when first needed */
  bool joined;
  wbi_procedure *digest; /* by row of `procedures`, see wbi_procedure_at */
  wbi_reading reading;
  wbi_placed *placed;   /* likewise, made when a chart is first asked for */
  wb_code *codes;       /* by row of `codes` */
  wbi_chain households; /* of `patients`, made when first asked for */
  wbi_chain limits;     /* of `limits`, likewise */
  wbi_limits rules;     /* likewise */
  uint64_t orphans;
  wbi_source source;
  wbi_row cursor;
  uint64_t turn;       /* of the cursor, from 1 */
  wbi_answer *answers; /* by field */
  uint32_t standing[WBI_STANDING_FIELDS];
  wbi_list lists[WBI_DERIVED_FIELDS];
  wb_value lent[WBI_LENT_FIELDS];
  wbi_scratch scratch[WBI_SCRATCHES];
  wbi_arena heaps[WBI_HEAPS];
  wbi_viewed *seen; /* by batch and field, once joined */
  size_t seen_size; /* kept, because the batches go first */
  wbi_quick *quick; /* by field, likewise */
  wbi_day day;      /* of quick reads */
  int32_t keyed;    /* whether every patient has a key: 1 so, -1 not, 0 not looked */
};

/* The rows of the cursor's patient in a child table; none when the table is not there. */
static inline wbi_row_span wbi_row_children(const wb_facts *facts, int table) {
  const wbi_group *group = &facts->tables[table].group;
  if (!group->starts) return (wbi_row_span){NULL, NULL};
  const uint32_t *starts = &group->starts[facts->cursor.row];
  return (wbi_row_span){group->rows + starts[0], group->rows + starts[1]};
}
/* An error at "table.column"; the first with a name in the midst of its message. */
wb_status wbi_column_fail_name(wb_error *error, wb_status status, int table, uint32_t column,
                               const char *before, wbi_text name, const char *after);
wb_status wbi_column_fail(wb_error *error, wb_status status, int table, uint32_t column,
                          const char *message);
/* Whether the cursor is at a row, whose key is known, and at a moment. */
static inline bool wbi_row_stands(const wb_facts *facts, uint64_t row, const wb_moment *moment) {
  const wbi_row *cursor = &facts->cursor;
  const uint64_t stands = facts->source.host.get ? facts->source.row : cursor->row;
  return (cursor->known & WBI_KNOW_KEY) && stands == row && cursor->now == moment->now &&
         cursor->asked == moment->zone;
}
/* Makes a table of checked batches of struct ArrowArray, which it owns on success; entered. */
wb_status wbi_facts_take(wb_facts *facts, int table, const struct ArrowSchema *schema,
                         wbi_vector *batches, wb_error *error);
/* The same of what a stream gives, of which nothing is left whatever happens. */
wb_status wbi_facts_take_stream(wb_facts *facts, int table, struct ArrowArrayStream *stream,
                                wb_error *error);
/* Room for the batches of a table, and giving them back to their host. */
void wbi_batches_init(const wb_facts *facts, wbi_vector *batches);
void wbi_batches_release(wbi_vector *batches);

#endif
