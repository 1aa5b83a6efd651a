/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Treatment: what procedures are, which of them were planned and never done, and what was begun
 * and never finished.
 *
 * **Groups.** A procedure code ("D2740") belongs to a group ("crown"), with words of our own
 * ("single crown"). The texts of the code set are its owner's and are not here: only numbers. A
 * code is read without case and blanks around it, and a suffix that a practice appends ("D6010.A")
 * is left off. A practice's own codes are mapped by a table of the host (wb_code), which also
 * overrides what ships. Codes come and go with the years: wb_group_find() looks them up by the date
 * of service, and old records stay readable.
 *
 * **Places.** A procedure is done on a tooth, on several, in a quarter or an arch, or on the whole
 * mouth. wb_teeth_parse() makes one mask of that; two procedures are *at the same place* when
 * their masks share a tooth. A procedure without a place is at every place: where the record does
 * not say, nobody is asked to come back. Dentures without a place are in the arch of their code.
 *
 * **Planned treatment.** A procedure that is planned (not deleted, declined, referred out or
 * inactive) is
 *  - *scheduled* when a visit that holds it is scheduled, today or later;
 *  - *superseded* when a procedure of the same or a closing group (a crown closes a filling) was
 *    done at its place later, when the tooth has been extracted since, or when another of several
 *    alternatives is preferred or done;
 *  - *open* when neither;
 *  - *stale* with age: past 12 months a message offers a re-examination, past 24 it is history.
 *
 * **Unfinished treatment.** Pairs of a start and a finish: a root canal without a crown, an
 * implant without a tooth. What has begun is unfinished when no finish was done at the same place
 * on or after the start, and the wait of the pair has passed. Kinds, in this order: endo_open,
 * endo_uncrowned, buildup_no_crown, crown_prep_no_seat, interim_fill, implant_unrestored,
 * graft_no_implant, tooth_lost_open, bridge_interim, denture_immediate, denture_interim,
 * denture_steps, srp_partial, srp_no_maint, debride_only, limited_only, exam_no_hygiene,
 * ortho_no_start, ortho_stalled, guard_not_delivered, consult_only.
 *
 * A procedure is *done* when it is completed, or on record as existing (also done elsewhere), and
 * dated today or earlier. Codes of a missed or cancelled visit (D9986, D9987) never count.
 *
 * Source: convention of practices; waits, groups and pairs are data of lib/data/dental.
 */
#ifndef WINBACK_TREATMENT_H
#define WINBACK_TREATMENT_H

#include <winback/date.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Result of wb_group_find(): the code is not in force on that date of service. */
#define WB_GROUP_NOT_IN_FORCE 1u

/** What a host says of a code of its own, or of one that it reads otherwise. */
typedef struct wb_code {
  uint32_t size;            /**< sizeof(wb_code). */
  uint32_t flags;           /**< 0. */
  const char *code;         /**< As the practice writes it; case and blanks around do not count. */
  const char *standard;     /**< Counts as this code ("D2740"); empty: as none. */
  const char *group;        /**< Is in this group; empty: that of `standard`. */
  uint32_t code_length;     /**< Bytes at `code`. */
  uint32_t standard_length; /**< Bytes at `standard`. */
  uint32_t group_length;    /**< Bytes at `group`. */
  wb_date from;             /**< First date of service; WB_DATE_NONE: open. */
  wb_date until;            /**< Last date of service; WB_DATE_NONE: open. */
  uint32_t reserved;        /**< 0. */
} wb_code;

/** What a code means. */
typedef struct wb_group {
  uint32_t size;        /**< sizeof(wb_group). */
  uint32_t flags;       /**< WB_GROUP_NOT_IN_FORCE. */
  const char *name;     /**< "crown": the library's, or the `group` of the host's table. */
  const char *words;    /**< In plain words, NUL-terminated; "" for a group of the host. */
  uint32_t name_length; /**< Bytes at `name`. */
  int32_t code;         /**< The number, 2740 of "D2740"; 0: none. */
  int32_t id;           /**< Equal for equal groups, 1 and up; of this build and table only. */
  uint32_t reserved;    /**< 0. */
} wb_group;

/**
 * Finds the group of a code on a date of service (WB_DATE_NONE: any). The host's table @p codes
 * comes first, in its order.
 *
 * @retval WB_OK        @p group is set; its texts live as long as @p codes.
 * @retval WB_E_NAME    No group has this code, or the table names a code that has none.
 * @retval WB_E_INVALID A pointer is NULL, or a size too small.
 * @retval WB_E_RANGE   A date is neither a day nor WB_DATE_NONE.
 * @retval WB_E_VERSION A struct has members that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_group_find(const char *code, size_t length, wb_date on,
                                       const wb_code *codes, uint32_t code_count, wb_group *group);

/** Codes from one number to another, both included: {1110, 1110} is D1110. */
typedef struct wb_code_range {
  int32_t first, last;
} wb_code_range;

/**
 * Reads a list of codes, ranges and names of groups, parted by commas or blanks:
 * "D1110, D4341-D4342 fluoride". NULL and 0 measure.
 *
 * @retval WB_OK        @p ranges and @p count are set.
 * @retval WB_E_SPACE   More than @p capacity; @p count is set.
 * @retval WB_E_SYNTAX  A range ends before it begins, or the list is empty.
 * @retval WB_E_NAME    Neither a code nor a group with codes.
 * @retval WB_E_INVALID @p count is NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_codes_parse(const char *text, size_t length, wb_code_range *ranges,
                                        uint32_t capacity, uint32_t *count);

/**
 * Reads a place as charts write it: teeth "14", "A", ranges "3-5", several "2,3"; supernumerary
 * teeth "51" to "82" and "AS" to "TS" (those of one quarter are one); quarters "UR" "UL" "LL" "LR"
 * or "10" "20" "30" "40" with the flag; arches "U" "L", "01" "02", "UA" "LA". The empty text is
 * no place, mask 0.
 *
 * "10", "20" and "30" are teeth in a tooth's column and quarters in a quarter's: @p areas says
 * which (0 teeth, 1 quarters and arches); the same of "L".
 *
 * @retval WB_OK        @p teeth is set.
 * @retval WB_E_SYNTAX  Not a place.
 * @retval WB_E_INVALID A pointer is NULL, or @p areas is neither 0 nor 1.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_teeth_parse(const char *text, size_t length, uint32_t areas,
                                        uint64_t *teeth);

/** What became of a procedure. Only the first three kinds count. */
enum wb_procedure_status {
  WB_PROCEDURE_OTHER = 0,     /**< A condition, a note: nothing that counts. */
  WB_PROCEDURE_PLANNED = 1,   /**< Diagnosed, to be done. */
  WB_PROCEDURE_COMPLETED = 2, /**< Done here. */
  WB_PROCEDURE_EXISTING = 3,  /**< Done before or elsewhere. */
  WB_PROCEDURE_DECLINED = 4,  /**< The patient said no. */
  WB_PROCEDURE_REFERRED = 5,  /**< Sent to somebody else. */
  WB_PROCEDURE_INACTIVE = 6,  /**< Taken out of the plan. */
  WB_PROCEDURE_DELETED = 7    /**< Deleted. */
};

/** The preferred one of its alternatives. */
#define WB_PROCEDURE_PREFERRED 1u
/** Its use is restricted (paid in full by the patient, specially protected): it is not seen. */
#define WB_PROCEDURE_RESTRICTED 2u
/** The plan did not pay for it: it uses up no limit. */
#define WB_PROCEDURE_UNPAID 4u

/** One procedure of a patient. */
typedef struct wb_procedure {
  uint32_t size;        /**< sizeof(wb_procedure). */
  uint32_t flags;       /**< WB_PROCEDURE_PREFERRED, _RESTRICTED, _UNPAID. */
  uint64_t teeth;       /**< Of wb_teeth_parse(); 0: the record names no place. */
  uint64_t provider;    /**< Any number that stands for who did it; 0: not known. */
  int32_t code;         /**< `code` of wb_group_find(); 0: none. */
  int32_t group;        /**< `id` of wb_group_find(); 0: none. */
  int32_t status;       /**< enum wb_procedure_status. */
  wb_date date;         /**< Of service; of a planned one, when it was diagnosed. */
  wb_date visit;        /**< Of the visit with status scheduled that holds it; or WB_DATE_NONE. */
  uint32_t alternative; /**< The same number for alternatives of each other; 0: there are none. */
} wb_procedure;

/** The procedure is actively planned; without this flag there is no other. */
#define WB_TREATMENT_PLANNED 1u
/** A visit that holds it is scheduled today or later. */
#define WB_TREATMENT_SCHEDULED 2u
/** Done otherwise, or no longer needed. */
#define WB_TREATMENT_SUPERSEDED 4u
/** Planned, not scheduled and not superseded. */
#define WB_TREATMENT_OPEN 8u

/** How old a plan is. */
enum wb_treatment_age {
  WB_TREATMENT_FRESH = 0,     /**< Up to 12 months since it was diagnosed. */
  WB_TREATMENT_REEXAMINE = 1, /**< Past 12: offer a re-examination. Also where no date is known. */
  WB_TREATMENT_HISTORY = 2    /**< Past 24 months: say nothing. */
};

/** Where a planned procedure stands. */
typedef struct wb_treatment {
  uint32_t size;  /**< sizeof(wb_treatment). */
  uint32_t flags; /**< WB_TREATMENT_PLANNED, _SCHEDULED, _SUPERSEDED, _OPEN. */
  int32_t age;    /**< enum wb_treatment_age. */
  int32_t months; /**< Whole months since it was diagnosed; -1: no date is known. */
} wb_treatment;

/**
 * Finds where one of a patient's procedures stands among all of them.
 *
 * @param procedures  All of one patient, in any order.
 * @param count       How many.
 * @param index       Which one.
 * @param today       The practice's local date.
 * @param[in,out] treatment  `size` set by the caller.
 *
 * @retval WB_OK        @p treatment is set.
 * @retval WB_E_INVALID A pointer is NULL, a size too small, or @p index not below @p count.
 * @retval WB_E_RANGE   A date is neither a day nor WB_DATE_NONE, or @p today is no day.
 * @retval WB_E_VERSION A struct has members or flags that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_treatment_find(const wb_procedure *procedures, uint32_t count,
                                           uint32_t index, wb_date today, wb_treatment *treatment);

/** When a practice sets a crown, a denture or a guard to complete. */
enum wb_crown_convention {
  WB_CROWN_SEAT = 0,    /**< The day it is seated: the code is the finish. */
  WB_CROWN_PREP = 1,    /**< The day of preparation: the code is the start. */
  WB_CROWN_SEPARATE = 2 /**< Codes of its own for either: the code says neither. */
};

/** Another procedure was done that may stand in for the finish (a cleaning after scaling). */
#define WB_UNFINISHED_INSTEAD 1u

/** Something begun and not finished. */
typedef struct wb_unfinished {
  uint32_t size;     /**< sizeof(wb_unfinished). */
  uint32_t flags;    /**< WB_UNFINISHED_INSTEAD. */
  const char *kind;  /**< Id of the pair, "endo_uncrowned"; NUL-terminated, valid for ever. */
  const char *needs; /**< What finishes it, in plain words; likewise. */
  uint64_t teeth;    /**< Where; of srp_partial what is left; 0: not said. */
  wb_date started;   /**< When it began. */
  wb_date since;     /**< First day it counts: the wait is over. */
  uint32_t index;    /**< Of the start in the procedures. */
  uint32_t reserved; /**< 0. */
} wb_unfinished;

/**
 * Iterates over what one patient has begun and not finished. Start with @p cursor 0. Of several
 * starts of one kind at one place the latest counts.
 *
 * @param crown  enum wb_crown_convention.
 *
 * @retval WB_OK        @p found is set, @p cursor moved.
 * @retval WB_E_NAME    No more.
 * @retval WB_E_INVALID A pointer is NULL, a size too small, or no such convention.
 * @retval WB_E_RANGE   As wb_treatment_find().
 * @retval WB_E_VERSION A struct has members or flags that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_unfinished_next(const wb_procedure *procedures, uint32_t count,
                                            int32_t crown, wb_date today, uint64_t *cursor,
                                            wb_unfinished *found);

#ifdef __cplusplus
}
#endif

#endif
