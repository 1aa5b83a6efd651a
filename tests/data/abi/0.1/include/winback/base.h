/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Status codes, errors, memory: what every other header stands on.
 *
 * libwinback is a pure library. It decides who is due, what may be said to them, on which channel,
 * at what hour and what happens next; the host program reads the rows, keeps the bytes and sends
 * the messages. The library has no clock, no file, no socket, no thread, no lock, no locale, no
 * random number and no global state: the current time is an argument, and the same bytes in give
 * the same bytes out on every platform.
 *
 * There are three kinds of things.
 *
 *  - *Values* (wb_date, wb_interval, wb_error, option and result structs) live in the caller's
 *    memory and own nothing.
 *  - *Compiled objects* (wb_context, wb_zone, wb_schema, wb_policy, wb_rule, wb_template,
 *    wb_campaign) are immutable after `_new`; any number of threads may use one at once. `_ref`
 *    takes a reference, `_unref` gives one back; `_unref(NULL)` does nothing.
 *  - *Machines* (wb_practice, and wb_facts, a cursor over the host's data) are used by one thread
 *    at a time; a second caller, or a callback that calls back into its own handle, is answered
 *    WB_E_BUSY, on a best-effort basis. `_free(NULL)` does nothing.
 *
 * Functions return a wb_status. Where more can be said, the last argument is an optional wb_error
 * owned by the caller. Out-parameters are untouched unless WB_OK is returned, except needed
 * lengths. After a failed call the state of every object is what it was before.
 *
 * Text goes in as pointer and length, in UTF-8. Text comes out into the caller's buffer: the
 * function takes a buffer, its capacity and a place for the needed length; a short buffer is
 * answered WB_E_SPACE, and NULL with capacity 0 measures.
 *
 * Structs begin with `size` and `flags`. The caller sets `size` to `sizeof` the struct; the library
 * reads and writes within it only, so a host compiled against an older header keeps working. In a
 * struct that is read, bytes beyond what this library knows must be zero, or the answer is
 * WB_E_VERSION; in a result they are set to zero. In an array, the `size` of element 0 is the
 * stride. Zero means "the default" for counts, limits and flags.
 */
#ifndef WINBACK_BASE_H
#define WINBACK_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
/** Calling convention of every function and callback. */
#define WB_CALL __cdecl
#if defined(WB_BUILDING)
/** Marks a public function. */
#define WB_API __declspec(dllexport)
#elif defined(WB_STATIC)
#define WB_API
#else
#define WB_API __declspec(dllimport)
#endif
#else
#define WB_CALL
#if defined(WB_BUILDING)
#define WB_API __attribute__((visibility("default")))
#else
#define WB_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this header; wb_version() is that of the library. */
#define WB_VERSION_MAJOR 0
#define WB_VERSION_MINOR 1
#define WB_VERSION_PATCH 0

/** Cents of the practice's currency. */
typedef int64_t wb_cents;
/** "Not known"; never an amount. */
#define WB_CENTS_NONE INT64_MIN

/** Result of a call: 0, or one of the stable negative codes below. */
typedef int32_t wb_status;

/** The codes of wb_status. Numbers never change and are never used again. */
enum wb_status_code {
  WB_OK = 0,
  WB_E_NOMEM = -1,     /**< The allocator refused, or the context's memory limit is reached. */
  WB_E_INVALID = -2,   /**< An argument or input breaks a rule of its description. */
  WB_E_RANGE = -3,     /**< A number, date or instant is outside what can be represented. */
  WB_E_SPACE = -4,     /**< The caller's buffer is too short; the needed length was given. */
  WB_E_SYNTAX = -5,    /**< Text is not of its language; line and column say where. */
  WB_E_TYPE = -6,      /**< A value has another type than is needed there. */
  WB_E_NAME = -7,      /**< No such field, zone, campaign, key… */
  WB_E_LIMIT = -8,     /**< A limit on size, depth or cost is reached. */
  WB_E_POLICY = -9,    /**< The privacy policy does not allow it. */
  WB_E_STATE = -10,    /**< Not possible in the present state. */
  WB_E_BUSY = -11,     /**< The handle is in use by another call. */
  WB_E_CORRUPT = -12,  /**< Stored bytes are damaged. */
  WB_E_VERSION = -13,  /**< Made for another version of the library. */
  WB_E_CONFLICT = -14, /**< Another process wrote to the journal first. */
  WB_E_STALE = -15,    /**< What is durable is unknown: load the practice again. */
  WB_E_ABORTED = -16   /**< A callback of the host failed; never made by the library itself. */
};

/**
 * What went wrong, in the caller's memory. Filled only when a call fails.
 *
 * The text is for developers and staff. It names fields, codes and positions, never a value of a
 * patient.
 *
 * @since 0.1
 */
typedef struct wb_error {
  int32_t status;    /**< The wb_status that was returned. */
  uint32_t line;     /**< Line in the text that was compiled, from 1; 0: does not apply. */
  uint32_t column;   /**< Column in bytes, from 1; 0: does not apply. */
  uint32_t reserved; /**< 0. */
  char path[80];     /**< JSON path ("/steps/2/template"), table or field; "" when none. */
  char message[160]; /**< One sentence, NUL-terminated UTF-8. */
} wb_error;

/**
 * The one memory function: allocates, resizes and frees.
 *
 * `ptr` NULL allocates; `new_size` 0 frees and returns NULL; otherwise resizes. `old_size` is the
 * size asked for last time (0 with `ptr` NULL). Returned memory is aligned for any type. NULL says
 * that there is no memory; the old block is then still valid.
 */
typedef void *(WB_CALL *wb_alloc_fn)(void *user, void *ptr, size_t old_size, size_t new_size);

/** How a context allocates, and its limits. */
typedef struct wb_context_options {
  uint32_t size;       /**< sizeof(wb_context_options). */
  uint32_t flags;      /**< 0. */
  uint64_t max_memory; /**< Bytes that may be live at once in what is made with it; 0: no limit. */
  wb_alloc_fn alloc;   /**< NULL: the C library's. Must be safe for the threads that share it. */
  void *user;          /**< First argument of `alloc`. */
  uint32_t max_depth;  /**< Nesting of expressions, templates and JSON; 0: 64, at most 1,024. */
  uint32_t max_cost;   /**< Units that a rule may cost a patient, about 50 ns each; 0: 1,000,000. */
} wb_context_options;

/** Allocator and limits, shared by the objects made with it. Immutable. */
typedef struct wb_context wb_context;

/**
 * The library's version: major × 1,000,000 + minor × 1,000 + patch.
 * @par Thread safety Any thread.
 * @since 0.1
 */
WB_API uint32_t WB_CALL wb_version(void);

/**
 * The library's version as text, "0.1.0"; valid for ever.
 * @par Thread safety Any thread.
 * @since 0.1
 */
WB_API const char *WB_CALL wb_version_text(void);

/**
 * Name of a status code ("WB_E_RANGE"), or "WB_E_UNKNOWN"; valid for ever.
 * @par Thread safety Any thread.
 * @since 0.1
 */
WB_API const char *WB_CALL wb_status_name(wb_status status);

/**
 * One plain sentence about a status code, in English; valid for ever.
 * @par Thread safety Any thread.
 * @since 0.1
 */
WB_API const char *WB_CALL wb_status_text(wb_status status);

/**
 * Size in bytes of a public struct of this library by its C name ("wb_error"), 0 if there is none.
 * Bindings compare it with their own declarations when they load.
 * @par Thread safety Any thread.
 * @since 0.1
 */
WB_API uint32_t WB_CALL wb_struct_size(const char *name);

/**
 * Makes a context. Every function that takes a context also takes NULL: the C library's allocator
 * and default limits.
 *
 * @param options  NULL: all defaults.
 * @param[out] context  One reference.
 * @param[out] error  May be NULL.
 *
 * @retval WB_OK         @p context is set.
 * @retval WB_E_INVALID  @p context is NULL, `size` is too small, or `max_depth` too large.
 * @retval WB_E_VERSION  @p options has fields that this library does not know.
 * @retval WB_E_NOMEM    No memory.
 *
 * @par Thread safety Any thread.
 * @since 0.1
 */
WB_API wb_status WB_CALL wb_context_new(const wb_context_options *options, wb_context **context,
                                        wb_error *error);

/** Takes one more reference and returns @p context. Any thread. @since 0.1 */
WB_API wb_context *WB_CALL wb_context_ref(wb_context *context);

/** Gives one reference back; the last one frees. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_context_unref(wb_context *context);

#ifdef __cplusplus
}
#endif

#endif
