/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Changing a campaign with people inside.
 *
 * Whoever is inside a campaign stays with the definition they entered under. A host that wants them
 * to go on by the newest one takes them over, with a plan first: nothing does it by itself. What
 * becomes of whom by which edit: docs/campaigns.md.
 */
#ifndef WINBACK_MIGRATE_H
#define WINBACK_MIGRATE_H

#include <winback/practice.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Nothing changes: the rows tell what would be. */
#define WB_MIGRATE_PLAN 1u
/**
 * Whoever is in a wait, or waits for an event, waits as long as that is now, counted from when it
 * began. Those whose time is over so are spread (wb_practice_options.spread) by a hash of who they
 * are. Without it, and where the wait is gone or belongs to a visit, they keep their time.
 */
#define WB_MIGRATE_RECOMPUTE 2u

/** How people go over to the newest definition. */
typedef struct wb_migrate_options {
  uint32_t size;           /**< sizeof(wb_migrate_options). */
  uint32_t flags;          /**< WB_MIGRATE_PLAN, WB_MIGRATE_RECOMPUTE. */
  const char *const *from; /**< Ids of steps of the older definitions, NUL-terminated… */
  const char *const *to;   /**< …and the steps that take their place. */
  wb_facts *facts;         /**< With WB_MIGRATE_RECOMPUTE: the zone of each patient; else unused. */
  uint32_t count;          /**< How many. */
  uint32_t reserved;       /**< 0. */
} wb_migrate_options;

/** People who go from one step to another; text is borrowed until the next call. */
typedef struct wb_migration {
  uint32_t size;    /**< sizeof(wb_migration). */
  uint32_t flags;   /**< 0. */
  const char *from; /**< Id of the step they are at. */
  const char *to;   /**< Id of the step they go to; "": none takes its place, or the definition no
                         longer compiles. They stay where they are, for a person to decide. */
  uint64_t people;  /**< How many. */
  uint64_t due;     /**< How many of them are sent something within 24 hours. */
} wb_migration;

/**
 * Takes whoever is inside an older definition of a campaign over to the newest, which must be
 * launched unless this only plans. A step keeps its id: whoever is at it stays at it. One that is
 * gone is replaced by the step that the options name, else by the next one after it that is still
 * there. What was sent is not sent again, wherever its step is now; deadlines stay; what is handed
 * out, or unknown, is carried along; variants stay. Whoever has left stays out. The same call again
 * changes nothing.
 *
 * @param options       NULL: no steps take the place of others.
 * @param[out] rows     `rows[0].size` set by the caller: the stride. In the order in which the
 * first of their people entered.
 * @retval WB_OK        @p count is set.
 * @retval WB_E_SPACE   More rows than @p capacity: @p count is set, nothing else is done.
 * @retval WB_E_NAME    No such campaign; or the options name a step that it does not have, or that
 * no definition of it has.
 * @retval WB_E_STATE   The newest definition is not launched, or does not compile.
 * @retval WB_E_INVALID The deadlines are to be counted anew, and there are no facts of one schema
 * with the practice.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_migrate(wb_practice *practice, const char *campaign,
                                             size_t length, const wb_migrate_options *options,
                                             wb_time now, wb_migration *rows, uint32_t capacity,
                                             uint32_t *count, wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
