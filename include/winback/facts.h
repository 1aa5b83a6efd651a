/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Facts: the host's rows in, one dictionary of fields out.
 *
 * Rules and templates never see tables. They see *fields*: `patient.first_name`, `recare.band`,
 * `visit.next`, `location.booking_url`. A wb_schema is the dictionary of them: for each field its
 * name, type, presence, sensitivity class and, for an enumeration, its closed domain. A wb_facts
 * object is a cursor over one practice's rows that answers the fields of each patient.
 *
 * **Tables in.** The host fills tables as columns in the layout of the Arrow C Data Interface: a
 * struct array whose children are the columns. No Arrow library is needed, the two structs are
 * declared here. wb_facts_add moves the table in: on success the library owns it and calls
 * `release` once; on failure it stays the caller's. Tables and columns are listed in
 * docs/facts.md; unknown columns are ignored. Child tables (procedures, recalls, appointments) are
 * joined to `patients` by the column `patient`; rows whose patient is not known are left out and
 * counted. Two patients with one key are an error.
 *
 * **Presence.** A field is *required*, *nullable* (null: known to be absent, "no visit booked") or
 * *optional* (may be unknown, "birth date not on record"). An absent cell is null for a nullable
 * field, unknown for an optional one, an error for a required one.
 *
 * **Lists.** A field may be a list: of texts or other scalars (`household.members`), or of records.
 * The fields of a record are fields of the dictionary, named below their list: the elements of
 * `procedures` have `procedures.code`, `procedures.date`, … Lists are one level deep. The length is
 * read with wb_facts_get on the list, an element with wb_facts_get_item. A list itself may be null
 * or unknown as any field; so may the cells of its elements.
 *
 * **Class.** What a field would tell a stranger who reads a message: public, name, link,
 * scheduling, recall, clinical, financial, identifier, relation, staff, sealed. Privacy policies
 * are written in these classes.
 */
#ifndef WINBACK_FACTS_H
#define WINBACK_FACTS_H

#include <winback/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The Arrow C Data Interface; the guard lets this header meet Arrow's own. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

/* The Arrow C Stream Interface, likewise. */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif

/** Kinds of value, and types of field. */
enum wb_kind {
  WB_UNKNOWN = 0, /**< Not supplied. */
  WB_NULL = 1,    /**< Known to be absent. */
  WB_BOOL = 2,    /**< `integer` 0 or 1. */
  WB_INT = 3,     /**< `integer`. */
  WB_UINT = 4,    /**< `integer`, read as uint64. */
  WB_DOUBLE = 5,  /**< `real`. */
  WB_TEXT = 6,    /**< `data`, `length`: UTF-8. */
  WB_BYTES = 7,   /**< `data`, `length`. */
  WB_DATE = 8,    /**< `integer`: a wb_date. */
  WB_TIME = 9,    /**< `integer`: a wb_time, whole seconds. */
  WB_LIST = 10,   /**< `integer`: number of elements; read them with wb_facts_get_item. */
  WB_RECORD = 11  /**< What the elements of some lists are; no value has this kind. */
};

/** One value. What `data` points to is borrowed until the next call on the object it came from. */
typedef struct wb_value {
  uint32_t size;    /**< sizeof(wb_value). */
  uint32_t flags;   /**< 0. */
  int64_t integer;  /**< bool, int, uint, date, time; of a list its length. */
  double real;      /**< double. */
  const char *data; /**< text, bytes. */
  int32_t kind;     /**< enum wb_kind. */
  uint32_t length;  /**< Bytes at `data`. */
} wb_value;

/** Whether a field may be absent. */
enum wb_presence {
  WB_REQUIRED = 0, /**< Absent is an error. */
  WB_NULLABLE = 1, /**< Absent is null: known not to be. */
  WB_OPTIONAL = 2  /**< Absent is unknown. */
};

/** Sensitivity classes; a set of them is a bit mask (1 << class). */
enum wb_class {
  WB_CLASS_PUBLIC = 0,     /**< The practice's own name, address, phone; today's date. */
  WB_CLASS_NAME = 1,       /**< The patient's first name. */
  WB_CLASS_LINK = 2,       /**< Links to the practice's own hosts. */
  WB_CLASS_SCHEDULING = 3, /**< A visit that is booked. */
  WB_CLASS_RECALL = 4,     /**< That and when recare is due, its kind. */
  WB_CLASS_CLINICAL = 5,   /**< Diagnoses, procedures, treatment. */
  WB_CLASS_FINANCIAL = 6,  /**< Insurance, benefits, balances. */
  WB_CLASS_IDENTIFIER = 7, /**< Keys, last name, birth date, addresses, numbers. */
  WB_CLASS_RELATION = 8,   /**< Household, guardian. */
  WB_CLASS_STAFF = 9,      /**< For staff eyes: status, advice, permissions. */
  WB_CLASS_SEALED = 10     /**< Never in any text. */
};

/** One field of the dictionary; text is borrowed from the schema. Of a list, `domain` and absent
 * elements are as the list's. */
typedef struct wb_field {
  uint32_t size;      /**< sizeof(wb_field). */
  uint32_t flags;     /**< 0. */
  const char *name;   /**< "recare.band", NUL-terminated. */
  const char *domain; /**< Values of an enumeration, separated by '|'; NULL: not one. */
  const char *about;  /**< One sentence. */
  int32_t type;       /**< enum wb_kind. */
  int32_t presence;   /**< enum wb_presence. */
  int32_t class_;     /**< enum wb_class. */
  int32_t element;    /**< Of a list, kind of its elements: a scalar's, or WB_RECORD; else 0. */
  uint32_t list;      /**< Out: 1 + index of the list whose elements have this field; 0: none. */
  uint32_t most;      /**< Of a list, how many elements it has at most; 0: 1,000. Else 0. */
} wb_field;

/** The dictionary; immutable. */
typedef struct wb_schema wb_schema;

/**
 * Makes the dental dictionary, with the host's own fields after it.
 *
 * A host field is a column of the table `patients` with the field's name. In the same way a column
 * named like a dental field is taken as given instead of being derived.
 *
 * A host's list of records is declared by the list and, after it, the fields of its elements, named
 * one word below it: `loyalty.visits` (WB_LIST of WB_RECORD), `loyalty.visits.day`. The name of a
 * list may be a single word.
 *
 * @param fields  The host's fields (copied), or NULL.
 * @param count   How many.
 * @retval WB_OK         @p schema holds one reference.
 * @retval WB_E_INVALID  A field has no name, an unknown type, presence or class, or a domain
 *                       though it is no text; a list has no kind of element, what is none has one
 *                       or a length, or a list lies in a list; a pointer is NULL, or a size too
 *                       small.
 * @retval WB_E_NAME     A name is not `word.word…` of a-z, 0-9 and _, or is taken, or lies inside
 *                       another that is no list of records (`a.b` and `a.b.c`).
 * @retval WB_E_VERSION  A field has members that this library does not know.
 * @retval WB_E_LIMIT    More than 1,000 fields of the host, or a list of more than 1,000,000.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_schema_new(wb_context *context, const wb_field *fields, uint32_t count,
                                       wb_schema **schema, wb_error *error);
/** Takes one more reference and returns @p schema. Any thread. @since 0.1 */
WB_API wb_schema *WB_CALL wb_schema_ref(wb_schema *schema);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_schema_unref(wb_schema *schema);
/** Number of fields. Any thread. @since 0.1 */
WB_API uint32_t WB_CALL wb_schema_count(const wb_schema *schema);
/**
 * The field with an index below wb_schema_count.
 * @retval WB_OK @p field is set.  @retval WB_E_NAME No such index.  @retval WB_E_INVALID Its
 * `size` is too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_schema_get(const wb_schema *schema, uint32_t index, wb_field *field);
/**
 * The index of a field by name.
 * @retval WB_OK @p index is set.  @retval WB_E_NAME No such field.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_schema_find(const wb_schema *schema, const char *name, size_t length,
                                        uint32_t *index);

/** One column of one of the tables that a host can add; text is valid for ever. */
typedef struct wb_column {
  uint32_t size;      /**< sizeof(wb_column). */
  uint32_t flags;     /**< Out: WB_COLUMN_NEEDED, WB_COLUMN_CENTS. */
  const char *table;  /**< "patients", NUL-terminated. */
  const char *name;   /**< "first_name", likewise. */
  const char *domain; /**< Values of an enumeration, separated by '|'; NULL: not one. */
  const char *about;  /**< One sentence. */
  int32_t type;       /**< WB_TEXT, WB_BOOL, WB_INT, WB_DATE; WB_TIME: a clock time of the location,
                           or an instant. */
  uint32_t place;     /**< Which one of its table, from 0. */
} wb_column;

/** A table without this column is refused. */
#define WB_COLUMN_NEEDED 1u
/** An amount of money: whole cents, or a decimal with digits after its point. */
#define WB_COLUMN_CENTS 2u

/**
 * The columns of all tables, one table after the other, by an index from 0: what wb_facts_add and
 * docs/facts.md name. So a host can make, check or explain its tables without a list of its own.
 * @param[in,out] column  `size` set by the caller.
 * @retval WB_OK         @p column is set.
 * @retval WB_E_NAME     There are not so many.
 * @retval WB_E_INVALID  @p column is NULL, or its `size` is too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_column_get(uint32_t index, wb_column *column);

struct wb_practice; /* practice.h */

/** The moment at which fields are read. */
typedef struct wb_moment {
  uint32_t size;                      /**< sizeof(wb_moment). */
  uint32_t flags;                     /**< 0. */
  wb_time now;                        /**< The instant. */
  const wb_zone *zone;                /**< Of patients whose location gives none. The facts may
                                           hold a reference until they are freed. */
  const struct wb_practice *practice; /**< For `outreach.*` fields; NULL: those are unknown. */
} wb_moment;

/**
 * A getter: rows of a host that has objects or one query a patient rather than tables.
 *
 * All functions answer WB_OK, or anything else: then the library's call answers WB_E_ABORTED, with
 * the field's name as path (`patients` where no field is asked), and nothing has changed. They must
 * not call back into the facts. Rows are numbered by the host, 0 … count - 1.
 *
 * A field that `get` supplies is taken as given. What it does not supply is derived, as from
 * tables, from the lists `procedures`, `appointments`, `recalls`, `coverages` and `claims` and from
 * the patient's and location's own fields; so a getter of these alone has all of recare, visits,
 * treatment and benefits. What needs other patients or tables of the practice (`household.…`,
 * `openings`, `benefit.covered_hygiene`) is unknown unless it is supplied. A visit's `start` counts
 * where every visit that has a `date` has one. What was read is forgotten when the call returns.
 */
typedef struct wb_source {
  uint32_t size;  /**< sizeof(wb_source). */
  uint32_t flags; /**< 0. */
  void *user;     /**< Passed to the functions. */
  /** Number of patients. */
  wb_status(WB_CALL *count)(void *user, uint64_t *rows);
  /** The row of a key; WB_E_NAME when there is none, which is no failure. */
  wb_status(WB_CALL *find)(void *user, const char *key, size_t length, uint64_t *row);
  /** Rows that are read next, so that one query serves many; may be NULL. */
  wb_status(WB_CALL *fetch)(void *user, const uint64_t *rows, uint32_t count);
  /**
   * Values @p first … @p first + @p capacity - 1 of a field, whose sizes are set. Of a single
   * value: one, and @p count 1. Of a list, or a field of its elements: as many as there are, and @p
   * count is the length of the list, whatever the capacity (0 asks for the length alone). A list
   * that is not supplied has the @p count UINT32_MAX. A value is of its field's type, WB_NULL
   * (known to be absent) or WB_UNKNOWN (not supplied). Text stays valid until the library's call
   * returns.
   */
  wb_status(WB_CALL *get)(void *user, uint64_t row, uint32_t field, uint32_t first,
                          uint32_t capacity, struct wb_value *values, uint32_t *count);
} wb_source;

/** How a facts object is made. */
typedef struct wb_facts_options {
  uint32_t size;                           /**< sizeof(wb_facts_options). */
  uint32_t flags;                          /**< WB_FACTS_BOOKED_TRIGGER or 0. */
  wb_time as_of;                           /**< When the host read its rows: not later than
                                                now, but for 300 seconds in which clocks may
                                                differ; else a practice goes by none of them. */
  const struct wb_recare_settings *recare; /**< Conventions, copied; NULL: the defaults. */
  const struct wb_source *source;          /**< A getter, copied; NULL: tables. */
} wb_facts_options;

/** `recare.booked` only by a future visit that holds a recare trigger, not by any future visit. */
#define WB_FACTS_BOOKED_TRIGGER 1u

/** A cursor over one practice's rows; one thread at a time. */
typedef struct wb_facts wb_facts;

/**
 * Makes an empty facts object.
 * @retval WB_OK         @p facts is set; free it with wb_facts_free.
 * @retval WB_E_INVALID  @p schema or @p options is NULL, a size is too small, the conventions
 *                       contradict themselves, or the getter has no `count`, `find` or `get`.
 * @retval WB_E_RANGE    `as_of` is no instant.
 * @retval WB_E_VERSION  @p options has fields that this library does not know.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_new(wb_context *context, wb_schema *schema,
                                      const wb_facts_options *options, wb_facts **facts,
                                      wb_error *error);
/** Frees it and releases its tables. NULL does nothing. @since 0.1 */
WB_API void WB_CALL wb_facts_free(wb_facts *facts);

/**
 * Adds a table; on success the two structs are moved in (their `release` is NULL afterwards).
 *
 * Every length, offset and index in the arrays is checked before it is used. What cannot be
 * checked is trusted: that a pointer is NULL or good, that the buffers are as large as lengths and
 * offsets claim, that an array was not released before. The host must not change the buffers until
 * wb_facts_free.
 *
 * @par Formats
 * A field's column may have these: bool `b`; int `c s i l C S I L` and decimals of 32, 64 or 128
 * bits `d:p,s,32 d:p,s,64 d:p,s`; uint `c s i l C S I L`; double `f g`, any of those of int; text
 * `u U vu`, or a dictionary of them with indices of any width; bytes `z Z vz`; date `tdD tdm` and
 * timestamps without zone, of which the day counts; time: timestamps `ts?:` with a zone, rounded
 * down to seconds. `n` fits everywhere: all absent. A list is `+l` or `+L`, of `+s` for records
 * (its children named `group`, not `treatments.group`; others are ignored), else of a scalar's
 * format. A decimal without digits after its point is a whole number as it is; one with some is an
 * amount, and an int field takes it in cents, whatever its scale. One that is no whole number of
 * cents, or beyond 64 bits, is WB_E_RANGE when its field is read.
 *
 * @param table  "practice", "locations", "patients", "recalls", "procedures", "appointments",
 *               "coverages", "claims", "limits", "openings", "guardians" or "codes".
 * @retval WB_OK         The table is in.
 * @retval WB_E_NAME     No such table, or a needed column is missing (`path` names it).
 * @retval WB_E_STATE    The table was added before, the facts were already read (wb_facts_renew
 *                       begins anew), or they have a getter.
 * @retval WB_E_TYPE     A column has a format that does not fit its field: `path` names it,
 *                       `message` says what to cast it to.
 * @retval WB_E_INVALID  The arrays contradict themselves; or two patients or two locations have
 *                       one key: `message` gives the rows, counted from 0.
 * @retval WB_E_LIMIT    More than 2,147,483,646 rows, or elements of one list.
 * @retval WB_E_BUSY     In use by another call.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_add(wb_facts *facts, const char *table,
                                      struct ArrowSchema *schema, struct ArrowArray *array,
                                      wb_error *error);

/**
 * Adds a table that comes in batches: a stream of struct arrays, read to its end.
 *
 * The stream is released in any case, unless it or @p facts is NULL; its `release` is NULL
 * afterwards. Of an empty stream the table is there and has no rows. Each batch may have
 * dictionaries of its own. Everything else is as for wb_facts_add; so is what is promised of the
 * batches' buffers.
 *
 * @retval WB_OK         The table is in.
 * @retval WB_E_ABORTED  A function of the stream failed.
 * @retval WB_E_NAME     No such table, or a needed column is missing (`path` names it).
 * @retval WB_E_STATE    The table was added before, the facts were already read, or they have a
 *                       getter.
 * @retval WB_E_TYPE     A column has a format that does not fit its field: `path` names it,
 *                       `message` says what to cast it to.
 * @retval WB_E_INVALID  As for wb_facts_add; or the stream is NULL or was released.
 * @retval WB_E_LIMIT    More than 2,147,483,646 rows, or 1,000,000 batches.
 * @retval WB_E_BUSY     In use by another call.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_add_stream(wb_facts *facts, const char *table,
                                             struct ArrowArrayStream *stream, wb_error *error);

/**
 * Says that the rows were looked at again, and takes out a table that has changed since: it is
 * released, and another can be added in its place as to new facts. What stays in stays checked and
 * joined, so a host that keeps its facts from day to day pays for what is new alone. For several
 * tables call it several times, with the same @p as_of.
 *
 * @param as_of  When the host looked: what stays in is as it was then.
 * @param table  A name as for wb_facts_add; one that is not in is as good. NULL: nothing changed.
 * @retval WB_OK         The table is out, and actions count the age of the facts from @p as_of.
 * @retval WB_E_INVALID  @p facts is NULL.
 * @retval WB_E_NAME     No such table.
 * @retval WB_E_RANGE    @p as_of is no instant.
 * @retval WB_E_STATE    The facts have a getter, which is asked anew in each call.
 * @retval WB_E_BUSY     In use by another call.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_renew(wb_facts *facts, wb_time as_of, const char *table,
                                        wb_error *error);

/**
 * Number of patients (rows 0 … count - 1).
 * @retval WB_OK @p count is set.  @retval WB_E_BUSY In use.  @retval WB_E_INVALID NULL.
 * @retval WB_E_ABORTED The getter failed.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_count(wb_facts *facts, uint64_t *count);

/**
 * Number of child rows left out because their patient is not in `patients`; 0 before the first
 * wb_facts_find or wb_facts_get, which join the tables.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API uint64_t WB_CALL wb_facts_orphans(const wb_facts *facts);

/**
 * The row of a patient key.
 * @retval WB_OK @p row is set.  @retval WB_E_NAME No such patient.  @retval WB_E_BUSY In use.
 * @retval WB_E_NOMEM No memory for the index.  @retval WB_E_ABORTED The getter failed.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_find(wb_facts *facts, const char *key, size_t length,
                                       uint64_t *row);

/**
 * One field of one row at a moment. Text is borrowed until the next call on @p facts. Of a list,
 * its length.
 * @param[in,out] value  `size` set by the caller.
 * @retval WB_OK         @p value is set; its kind may be WB_NULL or WB_UNKNOWN.
 * @retval WB_E_NAME     No such row or field.
 * @retval WB_E_TYPE     A cell holds what its field cannot be (a text outside the domain, invalid
 *                       UTF-8, a required cell that is absent, a zone that neither location
 *                       nor moment gives), or the field is one of a list's elements; the path
 *                       names the field.
 * @retval WB_E_RANGE    A date or instant out of range.
 * @retval WB_E_LIMIT    A list has more elements than the dictionary allows it, or the patient more
 *                       rows than can be reckoned with (docs/facts.md).
 * @retval WB_E_INVALID  @p moment or @p value is not well-formed.
 * @retval WB_E_BUSY     In use.
 * @retval WB_E_ABORTED  The getter failed.
 * @retval WB_E_NOMEM    No memory for the join, or for what the getter says.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_get(wb_facts *facts, uint64_t row, uint32_t field,
                                      const wb_moment *moment, wb_value *value, wb_error *error);

/**
 * One field of one element of a list, of one row at a moment. Text is borrowed until the next call
 * on @p facts.
 * @param field          A field of a list's elements, or a list of scalars.
 * @param index          Which element, from 0.
 * @param[in,out] value  `size` set by the caller.
 * @retval WB_OK         @p value is set; its kind may be WB_NULL or WB_UNKNOWN.
 * @retval WB_E_NAME     No such row, field or element; a list that is null or unknown has none.
 * @retval WB_E_TYPE     A cell holds what its field cannot be, as for wb_facts_get; or the field is
 *                       neither in a list nor a list of scalars.
 * @retval WB_E_RANGE    A date or instant out of range.
 * @retval WB_E_LIMIT    The list has more elements than the dictionary allows it.
 * @retval WB_E_INVALID  @p moment or @p value is not well-formed.
 * @retval WB_E_BUSY     In use.
 * @retval WB_E_ABORTED  The getter failed.
 * @retval WB_E_NOMEM    No memory for the join, or for what the getter says.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_facts_get_item(wb_facts *facts, uint64_t row, uint32_t field,
                                           uint32_t index, const wb_moment *moment, wb_value *value,
                                           wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
