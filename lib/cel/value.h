/* SPDX-License-Identifier: MIT */
/*
 * Values and types of CEL at run time, and what a function is. This is all that the files of
 * functions see of lib/cel.
 *
 * A value is 16 bytes. What it points to lives in the constants of the program, in the host's rows
 * or in the memory of the run, which is taken back when the next evaluation begins.
 */
#ifndef WBI_CEL_VALUE_H
#define WBI_CEL_VALUE_H

#include "cel/cel.h"

/* Kinds beyond those of enum wb_kind. */
enum {
  WBI_KIND_ERROR = 16, /* `integer`: enum wbi_cel_fault */
  WBI_KIND_DURATION,   /* `integer` seconds and `length` nanoseconds, 0 to 999,999,999 */
  WBI_KIND_MAP,        /* `items`: key, value, key, value…; `length`: entries */
  WBI_KIND_TYPE,       /* `type` */
  WBI_KIND_OPTIONAL,   /* `items`: its value, NULL: none */
  /* Of types only. */
  WBI_KIND_DYN,
  WBI_KIND_PARAM,   /* a type that is still to be found */
  WBI_KIND_ABSTRACT /* one with a name, declared by the environment */
};

/* Why an expression has no value. */
enum wbi_cel_fault {
  WBI_FAULT_OVERLOAD = 1, /* no such function for these types */
  WBI_FAULT_DIVISION,     /* division or remainder by zero */
  WBI_FAULT_RANGE,        /* a number, time or duration out of range */
  WBI_FAULT_KEY,          /* no such key, field or element */
  WBI_FAULT_TWICE,        /* a key that occurs twice in a map */
  WBI_FAULT_VALUE,        /* a value that the function cannot take */
  WBI_FAULT_TEXT,         /* a text that is not UTF-8, or not of the needed form */
  WBI_FAULT_COST,         /* the evaluation costs more than its limit */
  WBI_FAULT_NAME          /* a name that means nothing */
};

typedef struct wbi_cel_type {
  uint32_t kind;                           /* enum wb_kind or one of those above */
  uint32_t index;                          /* of a record: field of its list; of a param: which */
  wbi_text name;                           /* as CEL writes it */
  const struct wbi_cel_type *const *parts; /* element; key and value; parameters */
  uint32_t count;                          /* of parts */
} wbi_cel_type;

typedef struct wbi_cel_value {
  union {
    int64_t integer; /* bool, int, uint, date; seconds of a time or duration; fields of an unknown,
                        or of a null that the facts gave, one bit a slot; field of a list or record
                        of the facts */
    double real;
    const char *data;                  /* text, bytes */
    const struct wbi_cel_value *items; /* list, map, optional */
    const wbi_cel_type *type;
  } as;
  uint32_t length; /* bytes of text; elements; entries; nanoseconds; index of a record */
  uint16_t kind;
  uint16_t facts; /* of a list: 1 its elements are asked of the facts; 0: they are `items` */
} wbi_cel_value;

/* The type of a kind, of parts of any type; it lives for ever. */
const wbi_cel_type *wbi_type_of(uint32_t kind);

/* ---- a run -------------------------------------------------------------------------------- */

/* One evaluation; see cel_private.h. */
typedef struct wbi_cel_run wbi_cel_run;

/* Memory of the run, aligned for any value; NULL: there is none, and the run fails with
   WB_E_NOMEM, or the run has cost too much, and the result must be WBI_FAULT_COST. Charged. */
void *wbi_cel_take(wbi_cel_run *run, size_t size);
/* Charges work that grows with the data: about one unit an element or eight bytes. False: it costs
   too much, and the result must be WBI_FAULT_COST. */
bool wbi_cel_charge(wbi_cel_run *run, uint64_t units);
/* One element of a list, wherever it is; index < length. What fails is kept by the run. */
wbi_cel_value wbi_cel_item(wbi_cel_run *run, const wbi_cel_value *list, uint32_t index);

/* A value that is needed: null of the facts is as good as unknown. */
static inline wbi_cel_value wbi_cel_lacking(const wbi_cel_value *value) {
  wbi_cel_value out = *value;
  if (out.kind == WB_NULL && out.as.integer != 0) out.kind = WB_UNKNOWN;
  return out;
}

/* ---- making and comparing ----------------------------------------------------------------- */

static inline wbi_text wbi_cel_text(const wbi_cel_value *value) {
  return (wbi_text){value->as.data, value->length};
}
static inline wbi_cel_value wbi_cel_of(uint16_t kind, int64_t integer) {
  return (wbi_cel_value){.as.integer = integer, .kind = kind};
}
static inline wbi_cel_value wbi_cel_of_bool(bool truth) {
  return wbi_cel_of(WB_BOOL, truth);
}
static inline wbi_cel_value wbi_cel_of_int(int64_t integer) {
  return wbi_cel_of(WB_INT, integer);
}
static inline wbi_cel_value wbi_cel_of_uint(uint64_t natural) {
  return wbi_cel_of(WB_UINT, (int64_t)natural);
}
static inline wbi_cel_value wbi_cel_of_double(double real) {
  return (wbi_cel_value){.as.real = real, .kind = WB_DOUBLE};
}
/* At most UINT32_MAX bytes. */
static inline wbi_cel_value wbi_cel_of_text(wbi_text text) {
  return (wbi_cel_value){.as.data = text.data, .length = (uint32_t)text.length, .kind = WB_TEXT};
}
static inline wbi_cel_value wbi_cel_of_fault(enum wbi_cel_fault fault) {
  return wbi_cel_of(WBI_KIND_ERROR, fault);
}
static inline wbi_cel_value wbi_cel_of_list(const wbi_cel_value *items, uint32_t length) {
  return (wbi_cel_value){.as.items = items, .length = length, .kind = WB_LIST};
}

/* Whether values of a kind are numbers. */
static inline bool wbi_cel_is_number(uint32_t kind) {
  return kind == WB_INT || kind == WB_UINT || kind == WB_DOUBLE;
}
/* A number as a double. */
static inline double wbi_cel_real(const wbi_cel_value *number) {
  if (number->kind == WB_DOUBLE) return number->as.real;
  if (number->kind == WB_INT) return (double)number->as.integer;
  return (double)(uint64_t)number->as.integer;
}

static inline bool wbi_cel_is_doubt(const wbi_cel_value *value) {
  return value->kind == WB_UNKNOWN || value->kind == WBI_KIND_ERROR;
}
/* What is unknown or an error of two values: unknown first, of both; kind WB_NULL: neither. */
static inline wbi_cel_value wbi_cel_doubt(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->kind == WB_UNKNOWN && b->kind == WB_UNKNOWN)
    return wbi_cel_of(WB_UNKNOWN, a->as.integer | b->as.integer);
  if (a->kind == WB_UNKNOWN) return *a;
  if (b->kind == WB_UNKNOWN) return *b;
  if (a->kind == WBI_KIND_ERROR) return *a;
  if (b->kind == WBI_KIND_ERROR) return *b;
  return wbi_cel_of(WB_NULL, 0);
}
/* Equality of any two values, which may hold what is unknown: a bool, or unknown, or an error.
   Numbers of different types compare as doubles; other kinds that differ are not equal.
 */
wbi_cel_value wbi_cel_equal(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b);
/* -1, 0, 1 in the order of their kind; 2: not ordered (NaN); 3: these kinds have no order. */
int wbi_cel_compare(const wbi_cel_value *a, const wbi_cel_value *b);
/* a + b and the like by the token; both are neither unknown nor errors. */
wbi_cel_value wbi_cel_arithmetic(wbi_cel_run *run, uint32_t sign, const wbi_cel_value *a,
                                 const wbi_cel_value *b);

/* An optional of a value; NULL: of none. */
wbi_cel_value wbi_cel_optional(wbi_cel_run *run, const wbi_cel_value *value);

/* ---- functions ---------------------------------------------------------------------------- */

/* A function: as many arguments as one of its rows has, none unknown or an error; types may be
   wrong where the checker could not know them, which is WBI_FAULT_OVERLOAD. */
typedef wbi_cel_value (*wbi_cel_function)(wbi_cel_run *run, const wbi_cel_value *arguments,
                                          uint32_t count);

/*
 * One overload. The signature has a letter for each type: b bool, i int, u uint, d double,
 * s string, y bytes, t timestamp, p duration (period), e date (epoch day), * dyn, A and B any
 * type (the same wherever it stands), L with the element's after it, M with the key's and the
 * value's, O with the value's, T with that of the type. Arguments, a colon, the result: "ss:b". A
 * dot first: the first argument is the receiver. A plus before the colon: the last argument may
 * stand several times. A function has one row for each overload, next to each other, all with one
 * `call`, which looks at the kinds itself.
 */
typedef struct wbi_cel_overload {
  const char *name; /* "size", "math.greatest" */
  const char *signature;
  wbi_cel_function call;
} wbi_cel_overload;

typedef struct wbi_cel_library {
  const wbi_cel_overload *overloads;
  uint32_t count;
} wbi_cel_library;

/* One a file. */
extern const wbi_cel_library wbi_cel_basics;    /* size, dyn, type, contains… (basics.c) */
extern const wbi_cel_library wbi_cel_convert;   /* int(), string()… (convert.c) */
extern const wbi_cel_library wbi_cel_calendar;  /* dates, timestamps, durations (calendar.c) */
extern const wbi_cel_library wbi_cel_strings;   /* strings.c */
extern const wbi_cel_library wbi_cel_math;      /* math.c */
extern const wbi_cel_library wbi_cel_encoders;  /* encoders.c */
extern const wbi_cel_library wbi_cel_lists;     /* min, max, sum, count (aggregates.c) */
extern const wbi_cel_library wbi_cel_optionals; /* optional.of… (optionals.c) */
extern const wbi_cel_library wbi_cel_matching;  /* matches (matching.c) */

#endif
