/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Rules: who belongs to a segment.
 *
 * A rule is an expression of CEL, the Common Expression Language, over the fields of a schema:
 *
 *     patient.status == "active" && recare.kind == "perio" && recare.overdue_months >= 6
 *
 * It is checked against the schema before it runs: a misspelt field or a value outside an
 * enumeration's domain is an error with line and column, not an empty segment.
 *
 * All of CEL is there but messages, with dates, and min, max, sum and count of lists beside its
 * extensions for strings, math, optionals, bindings, encoders and macros of two variables. A rule
 * has a bound of what it may cost, found before it runs.
 *
 * Missing data are three-valued. A comparison for order, or logic, on an absent field is
 * *unknown*; on a field that is null, `==`, `!=` and `in` are ordinary questions; on one that is
 * unknown every question is. `false && unknown` is false, `true || unknown` is true, everything
 * else keeps the doubt. Unknown never selects anyone; the verdict names the fields that were
 * missing. docs/rules.md has the tables.
 *
 * A wb_rule is immutable; any number of threads may test it at once, each with its own wb_facts.
 */
#ifndef WINBACK_RULE_H
#define WINBACK_RULE_H

#include <winback/facts.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled rule; immutable. */
typedef struct wb_rule wb_rule;

/** Outcomes of a rule. */
enum wb_truth {
  WB_FALSE = 0,        /**< Not selected. */
  WB_TRUE = 1,         /**< Selected. */
  WB_UNDETERMINED = 2, /**< A needed field is missing: not selected, and reported. */
  WB_FAULTY = 3        /**< No value: a division by zero, an element that is not there. Not
                            selected, and reported. */
};

/** How many missing fields a verdict names at most. */
#define WB_VERDICT_MISSING 8

/** Outcome for one patient. */
typedef struct wb_verdict {
  uint32_t size;          /**< sizeof(wb_verdict). */
  uint32_t flags;         /**< 0. */
  int32_t truth;          /**< enum wb_truth. */
  uint32_t missing_count; /**< Fields that were missing; may exceed WB_VERDICT_MISSING. */
  uint32_t missing[WB_VERDICT_MISSING]; /**< Their indices, each once, in order of meeting. */
} wb_verdict;

/**
 * Compiles a rule whose result is true or false.
 *
 * @retval WB_OK         @p rule holds one reference.
 * @retval WB_E_SYNTAX   Not CEL, a message, or a regular expression that is none.
 * @retval WB_E_NAME     No such field (the error suggests the nearest), or a text outside the
 *                       domain of the enumeration it is compared with.
 * @retval WB_E_TYPE     Operands that do not go together, or the result is not a bool.
 * @retval WB_E_RANGE    A number that does not fit, or a date that does not exist.
 * @retval WB_E_LIMIT    Nested deeper or costing more than the context allows, or longer than
 *                       64 KiB.
 * @retval WB_E_INVALID  NULL, or invalid UTF-8.
 * @retval WB_E_NOMEM    No memory.
 * Every error in the text carries line and column.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_new(wb_context *context, wb_schema *schema, const char *text,
                                     size_t length, wb_rule **rule, wb_error *error);
/** Takes one more reference and returns @p rule. Any thread. @since 0.1 */
WB_API wb_rule *WB_CALL wb_rule_ref(wb_rule *rule);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_rule_unref(wb_rule *rule);

/**
 * The rule's read-set: the index of the @p index-th field it may read.
 * @retval WB_OK @p field is set.  @retval WB_E_NAME No more fields.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_get(const wb_rule *rule, uint32_t index, uint32_t *field);

/**
 * Tests a rule on one patient. Nothing is allocated once @p facts are warm.
 *
 * @param[in,out] verdict  `size` set by the caller.
 * @retval WB_OK         @p verdict is set.
 * @retval WB_E_INVALID  The rule and the facts are not of one schema; a struct is not well-formed.
 * @retval WB_E_VERSION  @p moment has members or flags that this library does not know.
 * @retval WB_E_NAME     No such row.
 * @retval WB_E_TYPE     A cell holds what its field cannot be, or neither location nor moment gives
 *                       the zone that a field needs; `path` names the field.
 * @retval WB_E_RANGE    A date or a sum out of range.
 * @retval WB_E_BUSY     The facts are in use.
 * @retval WB_E_NOMEM    No memory for scratch or join.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_test(const wb_rule *rule, wb_facts *facts, uint64_t row,
                                      const wb_moment *moment, wb_verdict *verdict,
                                      wb_error *error);

/**
 * Why: the parts of the rule that decide for one patient, as JSON,
 *
 *     {"truth":"false","because":[{"text":"recare.band == \"12+\"","truth":"false",
 *      "values":{"recare.band":"6-9"}}]}
 *
 * without white space: each false operand of a false &&, each true one of a true ||, each unknown
 * one of an unknown. A value that is null is shown as null, one that is not on record is left out
 * of `values`. For staff eyes: it holds values of the patient.
 *
 * @retval WB_OK  @p buffer and @p length are set.  @retval WB_E_SPACE Too short; @p length is set.
 * Else as wb_rule_test.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_explain(const wb_rule *rule, wb_facts *facts, uint64_t row,
                                         const wb_moment *moment, char *buffer, size_t capacity,
                                         size_t *length, wb_error *error);

/** How many patients a rule selects. */
typedef struct wb_tally {
  uint32_t size;    /**< sizeof(wb_tally). */
  uint32_t flags;   /**< 0. */
  uint64_t yes;     /**< Selected. */
  uint64_t no;      /**< Not selected. */
  uint64_t unknown; /**< Not selected: a needed field is missing. */
  uint64_t failed;  /**< Not selected: the rule has no value, or a cell cannot be read. */
} wb_tally;

/**
 * Tests a rule on many patients. It gives the answers of wb_rule_test, faster: fields that are
 * given as columns of `patients` are read 2,048 rows at a time where they lie. A patient whose row
 * cannot be read, or for whom the rule has no value, is neither known nor selected and does not
 * stop the others. Both sides of && and || are looked at: what one decides is known though the
 * other cannot be read, also where wb_rule_test comes to that first and fails.
 *
 * @param first  The first row.
 * @param count  How many.
 * @param yes    One bit a row, lowest first, that of @p first the lowest of byte 0: selected.
 *               (count + 7) / 8 bytes; NULL: not wanted.
 * @param known  Likewise: whether the rule is true or false.
 *
 * @retval WB_OK         The bits are set; those behind the last row are 0.
 * @retval WB_E_INVALID  The rule and the facts are not of one schema; a struct is not well-formed.
 * @retval WB_E_VERSION  @p moment has members or flags that this library does not know.
 * @retval WB_E_NAME     There are not so many rows.
 * @retval WB_E_BUSY     The facts are in use.
 * @retval WB_E_ABORTED  A callback of the host failed.
 * @retval WB_E_NOMEM    No memory for scratch or join.
 * After a failure the bits may be set in part.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_match(const wb_rule *rule, wb_facts *facts, uint64_t first,
                                       uint64_t count, const wb_moment *moment, uint8_t *yes,
                                       uint8_t *known, wb_error *error);

/**
 * Counts the patients that a rule selects, and the others, as wb_rule_match finds them.
 * @param[in,out] tally  `size` set by the caller.
 * @retval WB_OK @p tally is set.  Else as wb_rule_match.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_count(const wb_rule *rule, wb_facts *facts,
                                       const wb_moment *moment, wb_tally *tally, wb_error *error);

/**
 * Works out an expression that has nothing to do with a patient, for trying things out:
 * `date("2024-08-31").addMonths(6)` gives `"2025-02-28"`. All of the language but fields.
 *
 * @param variables  A JSON object whose members are the variables; NULL with length 0: none. A
 *                   whole number is an int, another a double.
 * @param buffer     Takes the value as JSON: bytes in base64, times, durations, dates and types as
 *                   texts.
 *
 * @retval WB_OK         @p buffer and @p length are set.
 * @retval WB_E_SPACE    Too short; @p length is set.
 * @retval WB_E_STATE    The expression has no value: a division by zero, no such element….
 * @retval WB_E_INVALID  NULL, invalid UTF-8, or @p variables is no object.
 * Else as wb_rule_new, of the expression or of the JSON.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_rule_eval(wb_context *context, const char *text, size_t text_length,
                                      const char *variables, size_t variables_length, char *buffer,
                                      size_t capacity, size_t *length, wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
