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
 * This version has fields, literals, `date("2026-01-30")`, `== != < <= > >=`, `&& || !` and `in`
 * before a list of values; the rest of CEL is read, and refused with line and column.
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
  WB_FALSE = 0,       /**< Not selected. */
  WB_TRUE = 1,        /**< Selected. */
  WB_UNDETERMINED = 2 /**< A needed field is missing: not selected, and reported. */
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
 * @retval WB_E_SYNTAX   Not CEL, or a part of CEL that this version does not have.
 * @retval WB_E_NAME     No such field (the error suggests the nearest), or a text outside the
 *                       domain of the enumeration it is compared with.
 * @retval WB_E_TYPE     Operands that do not go together, or the result is not a bool.
 * @retval WB_E_RANGE    A number that does not fit, or a date that does not exist.
 * @retval WB_E_LIMIT    Nested deeper than the context allows, or longer than 64 KiB.
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

#ifdef __cplusplus
}
#endif

#endif
