/* SPDX-License-Identifier: MIT */
/*
 * Face of lib/base: memory, text, numbers, JSON, hashes, bytes on the wire. Includes nothing of
 * ours but <winback/base.h>. Everything here is internal: prefix wbi_.
 */
#ifndef WBI_BASE_H
#define WBI_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <winback/base.h>

/* ---- beliefs ------------------------------------------------------------------------------ */

/* WBI_ALWAYS(x): x is believed true, but handled all the same; WBI_NEVER(x): the contrary. In a
   debug build a broken belief traps, in a coverage build the branch does not exist. */
#if defined(WB_COVERAGE)
#define WBI_ALWAYS(x) ((void)(x), 1)
#define WBI_NEVER(x) ((void)(x), 0)
#elif !defined(NDEBUG)
#define WBI_ALWAYS(x) ((x) ? 1 : (__builtin_trap(), 0))
#define WBI_NEVER(x) ((x) ? (__builtin_trap(), 1) : 0)
#else
#define WBI_ALWAYS(x) (x)
#define WBI_NEVER(x) (x)
#endif
/* A proof in debug builds, nothing in release builds. */
#if !defined(NDEBUG) && !defined(WB_COVERAGE)
#define WBI_ASSERT(x) ((x) ? (void)0 : __builtin_trap())
#else
#define WBI_ASSERT(x) ((void)0)
#endif

/* Inline always: for code that is only fast as a part of what calls it. In a coverage build it is
   one function, or each of its copies would count. */
#if defined(__GNUC__) && !defined(WB_COVERAGE)
#define WBI_INLINE inline __attribute__((always_inline))
#else
#define WBI_INLINE inline
#endif

#define WBI_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- text --------------------------------------------------------------------------------- */

/* Borrowed bytes, usually UTF-8, not NUL-terminated. {NULL, 0} is empty. */
typedef struct wbi_text {
  const char *data;
  size_t length;
} wbi_text;

#define WBI_TEXT(literal) ((wbi_text){("" literal), sizeof(literal) - 1})

/* Kinds of ASCII characters, in no locale. */
static inline bool wbi_is_digit(char c) {
  return c >= '0' && c <= '9';
}
static inline bool wbi_is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool wbi_is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
/* A letter A-Z in lower case, any other byte as it is. */
static inline char wbi_lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}
/* The value of a digit in bases up to 16; 16: not a digit. */
static inline uint32_t wbi_digit(char c) {
  const char low = wbi_lower(c);
  if (wbi_is_digit(c)) return (uint32_t)(c - '0');
  return low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a') + 10 : 16;
}

/* NULL: empty. */
static inline wbi_text wbi_text_of(const char *nul_terminated) {
  return (wbi_text){nul_terminated, nul_terminated != NULL ? strlen(nul_terminated) : 0};
}
static inline bool wbi_text_equal(wbi_text a, wbi_text b) {
  return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
bool wbi_text_equal_fold(wbi_text a, wbi_text b); /* ASCII letters alike in both cases */
int wbi_text_compare(wbi_text a, wbi_text b);     /* bytewise order, as memcmp then length */
bool wbi_text_starts(wbi_text text, wbi_text prefix);
wbi_text wbi_text_trim(wbi_text text);                          /* ASCII white space at both ends */
wbi_text wbi_text_slice(wbi_text text, size_t from, size_t to); /* clamped */
/* Offset of the first place at or after `from` where a part is, in linear time and no memory;
   SIZE_MAX: none. An empty part is everywhere, at the end too. */
size_t wbi_text_find(wbi_text text, wbi_text part, size_t from);
bool wbi_utf8_valid(wbi_text text);
/* Whether a byte of UTF-8 begins a scalar. */
static inline bool wbi_utf8_begins(char c) {
  return ((unsigned char)c & 0xC0) != 0x80;
}
/* Reads one scalar at text.data[*at], moves *at past it; false (and *at unmoved) when malformed. */
bool wbi_utf8_next(wbi_text text, size_t *at, uint32_t *scalar);
/* Writes a scalar, returns the bytes written (1-4), 0 for a surrogate or > U+10FFFF. */
size_t wbi_utf8_put(char out[4], uint32_t scalar);
size_t wbi_utf8_count(wbi_text text); /* scalars in valid UTF-8 */
/* A letter as it is compared: lower case, no accent, ordinary width; WBI_FOLD_SKIP for what is
   passed over (apostrophes, combining marks, zero-width characters); any other scalar as it is. */
enum { WBI_FOLD_SKIP = 0xFFFE }; /* no character */
uint32_t wbi_fold(uint32_t scalar);
/* Line and column (bytes), both from 1, of an offset in a text. */
void wbi_text_position(wbi_text text, size_t offset, uint32_t *line, uint32_t *column);
/* The candidate nearest to `name` within a small edit distance, or empty: "did you mean". */
wbi_text wbi_text_nearest(wbi_text name, const wbi_text *candidates, size_t count);

/* Bounded writer into a caller's buffer; length counts what would be needed. */
typedef struct wbi_writer {
  char *data;
  size_t capacity;
  size_t length;
} wbi_writer;

void wbi_put_text(wbi_writer *writer, wbi_text text);
void wbi_put_char(wbi_writer *writer, char c);
void wbi_put_int(wbi_writer *writer, int64_t value);
void wbi_put_uint(wbi_writer *writer, uint64_t value);
void wbi_put_padded(wbi_writer *writer, uint64_t value, unsigned width);  /* leading zeros */
void wbi_put_hex(wbi_writer *writer, const uint8_t *bytes, size_t count); /* small letters */
void wbi_put_hex_capital(wbi_writer *writer, uint8_t byte);               /* two digits, capitals */
/* With the signs that fill it up to fours, and the form for links, which has none. */
void wbi_put_base64(wbi_writer *writer, const uint8_t *bytes, size_t count);
void wbi_put_base64url(wbi_writer *writer, const uint8_t *bytes, size_t count);
/* Back again: `out` has room for length / 4 * 3 + 3 bytes; bits left over are not looked at. */
bool wbi_get_base64(wbi_text text, uint8_t *out, size_t *count); /* filled up or not */
bool wbi_get_base64url(wbi_text text, uint8_t *out, size_t *count);
/* A JSON string with its quotes, minimal escapes. */
void wbi_put_json(wbi_writer *writer, wbi_text text);
/* The caller-buffer convention: sets *needed, NUL-terminates where there is room (not counted),
   WB_OK or WB_E_SPACE. */
wb_status wbi_writer_finish(const wbi_writer *writer, size_t *needed);
/* The same for a text that is ready: the buffer is untouched when it is too short. */
wb_status wbi_text_give(wbi_text text, char *buffer, size_t capacity, size_t *needed);

/* ---- errors ------------------------------------------------------------------------------- */

/* All return `status`, so that `return wbi_fail(...)` reads well. `error` may be NULL. */
wb_status wbi_fail(wb_error *error, wb_status status, const char *message);
wb_status wbi_fail_at(wb_error *error, wb_status status, wbi_text source, size_t offset,
                      const char *message);
wb_status wbi_fail_path(wb_error *error, wb_status status, wbi_text path, const char *message);
/* Up to three pieces, cut at 159 bytes on a character boundary. `before` and `after` are literals,
   `name` is a name from a rule, template or schema, never a value. */
wb_status wbi_fail_name(wb_error *error, wb_status status, const char *before, wbi_text name,
                        const char *after);
/* Adds a position to an error that was just made. */
void wbi_error_place(wb_error *error, wbi_text source, size_t offset);
void wbi_error_path(wb_error *error, wbi_text path);
/* Puts a piece before the path of an error that was just made ("/steps/2" + "/template"). */
void wbi_error_prefix(wb_error *error, wbi_text prefix);

/* ---- memory ------------------------------------------------------------------------------- */

/* The limits of a context (never NULL: NULL gives the default ones). */
uint32_t wbi_context_depth(const wb_context *context);
uint32_t wbi_context_cost(const wb_context *context);
/* The only way to memory. NULL context: libc. Sizes are exact; size 0 gives NULL. New bytes of a
   resized block are not zeroed; after a failure the old block is still valid. */
void *wbi_alloc(const wb_context *context, size_t size); /* zeroed */
void *wbi_realloc(const wb_context *context, void *ptr, size_t old_size, size_t new_size);
void wbi_free(const wb_context *context, void *ptr, size_t size);

/* Arena of a compiled object: many allocations, one release. */
typedef struct wbi_arena {
  wb_context *context; /* one reference is held from wbi_arena_init to wbi_arena_free */
  struct wbi_block *blocks;
  size_t total;   /* bytes taken from the context */
  size_t ceiling; /* refused above; 0: no limit */
} wbi_arena;

void wbi_arena_init(wbi_arena *arena, wb_context *context, size_t ceiling);
/* Zeroed and aligned for any type; NULL when there is none. Size 0 is given a place of its own. */
void *wbi_arena_alloc(wbi_arena *arena, size_t size);
void *wbi_arena_array(wbi_arena *arena, size_t count, size_t item_size); /* overflow-checked */
char *wbi_arena_copy(wbi_arena *arena, wbi_text text);                   /* NUL-terminated copy */
void wbi_arena_free(wbi_arena *arena);
/* Makes everything allocated so far reusable without giving memory back: scratch. */
void wbi_arena_reset(wbi_arena *arena);

/* Growable array with a ceiling (in items). item_size is fixed at init. */
typedef struct wbi_vector {
  wb_context *context; /* borrowed */
  void *data;
  size_t count, capacity, ceiling;
  size_t item_size;
} wbi_vector;

void wbi_vector_init(wbi_vector *vector, wb_context *context, size_t item_size, size_t ceiling);
/* Room for `more` items beyond count, so that the next pushes cannot fail. WB_E_NOMEM,
   WB_E_LIMIT. */
wb_status wbi_vector_reserve(wbi_vector *vector, size_t more);
/* Adds one zeroed item and returns it, NULL when there is no room and none to be had. */
void *wbi_vector_push(wbi_vector *vector);
static inline void *wbi_vector_at(const wbi_vector *vector, size_t index) {
  WBI_ASSERT(index < vector->count);
  return (char *)vector->data + index * vector->item_size;
}
void wbi_vector_free(wbi_vector *vector);

/* Growable bytes: a vector of char. */
wb_status wbi_bytes_add(wbi_vector *bytes, const void *data, size_t length);

/* Reads and checks a host's struct: copies min(size, sizeof known) bytes over zeroes. WB_E_INVALID
   below `minimum` (size of the first release), WB_E_VERSION when unknown trailing bytes are not
   zero or flags hold bits outside `known_flags`. */
wb_status wbi_struct_convert(const void *from, uint32_t minimum, void *known, uint32_t known_size,
                             uint32_t known_flags, wb_error *error);
/* The same; a struct of this release, which nearly all are, is copied as it is. */
static inline wb_status wbi_struct_read(const void *from, uint32_t minimum, void *known,
                                        uint32_t known_size, uint32_t known_flags,
                                        wb_error *error) {
  uint32_t size = 0, flags = 0;
  if (from != NULL) memcpy(&size, from, sizeof size);
  if (size == known_size) memcpy(&flags, (const char *)from + sizeof size, sizeof flags);
  if (size != known_size || (flags & ~known_flags) != 0)
    return wbi_struct_convert(from, minimum, known, known_size, known_flags, error);
  memcpy(known, from, known_size);
  return WB_OK;
}
/* Writes a result struct within the size the host set; keeps its size. */
wb_status wbi_struct_fit(void *to, uint32_t minimum, const void *known, uint32_t known_size);
/* The same, likewise. */
static inline wb_status wbi_struct_write(void *to, uint32_t minimum, const void *known,
                                         uint32_t known_size) {
  uint32_t size = 0;
  if (to != NULL) memcpy(&size, to, sizeof size);
  if (size != known_size) return wbi_struct_fit(to, minimum, known, known_size);
  memcpy(to, known, known_size);
  memcpy(to, &size, sizeof size);
  return WB_OK;
}
/* Whether a host's array has room for `capacity` results, whose size is set in the first and is the
   stride; without room it may be missing. */
bool wbi_structs_fit(const void *to, uint32_t capacity, uint32_t known_size, size_t alignment);
/* Writes a vector of result structs into a host's array, one each stride bytes; the size of each
   becomes that. */
wb_status wbi_structs_write(void *to, uint32_t stride, const wbi_vector *structs);

/* Reference counts of compiled objects (first member of each). */
typedef struct wbi_refs {
  _Atomic uint32_t count;
} wbi_refs;

void wbi_refs_init(wbi_refs *refs);
void wbi_refs_take(wbi_refs *refs);
bool wbi_refs_drop(wbi_refs *refs); /* true: that was the last one */

/* In-use flag of machines. */
typedef struct wbi_busy {
  _Atomic uint32_t busy;
} wbi_busy;

bool wbi_busy_enter(wbi_busy *busy); /* false: answer WB_E_BUSY */
void wbi_busy_leave(wbi_busy *busy);

/* Asks for the bytes at an address, which are read soon; changes nothing. */
static inline void wbi_fetch(const void *at) {
#if defined(__GNUC__)
  __builtin_prefetch(at);
#else
  (void)at;
#endif
}
/* The same of an item that may lie across two lines of the cache. */
static inline void wbi_fetch_item(const void *item, size_t size) {
  wbi_fetch(item);
  wbi_fetch((const char *)item + size - 1);
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* Quotient rounded down; `divisor` is positive. */
static inline int64_t wbi_floor_div(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0);
}
/* Whole text must be the number; no white space, no '+'. WB_E_SYNTAX, WB_E_RANGE. */
wb_status wbi_parse_int(wbi_text text, int64_t *value);
wb_status wbi_parse_uint(wbi_text text, uint64_t *value);
/* Correctly rounded; decimal notation with optional fraction and exponent. WB_E_SYNTAX; beyond the
   largest double: WB_E_RANGE. */
wb_status wbi_parse_double(wbi_text text, double *value);
/* Shortest text that reads back as the same double. */
void wbi_put_double(wbi_writer *writer, double value);
/* So many digits behind the point (at most WBI_PLACES_MOST), correctly rounded, halves to even:
   "12.50", "1.25e+01". NaN and the infinities as wbi_put_double. */
enum { WBI_PLACES_MOST = 1000 };
void wbi_put_fixed(wbi_writer *writer, double value, uint32_t places);
void wbi_put_scientific(wbi_writer *writer, double value, uint32_t places);

/* 16 bytes: ids, contact points, secrets. */
typedef struct wbi_bytes16 {
  uint8_t bytes[16];
} wbi_bytes16;

/* ---- hashes ------------------------------------------------------------------------------- */

/* What a processor has for hashes, as bits. */
enum { WBI_HAS_CRC32C = 1, WBI_HAS_SHA256 = 2 };
/* What this one has. Asking takes some microseconds, tens of them in some virtual machines. */
uint32_t wbi_processor(void);

/* Goes on from 0, or from what the bytes before came to. */
typedef uint32_t (*wbi_crc32c_run)(uint32_t crc, const void *data, size_t length);
uint32_t wbi_crc32c(uint32_t crc, const void *data, size_t length);
/* By what a processor has for it, else the same. */
wbi_crc32c_run wbi_crc32c_of(uint32_t processor);

/* Mixes one block into a state. */
typedef void (*wbi_sha256_mix)(uint32_t state[8], const uint8_t block[64]);

typedef struct wbi_sha256 {
  wbi_sha256_mix mix;
  uint64_t total;
  uint32_t state[8];
  uint8_t block[64];
} wbi_sha256;

/* The constants of the rounds. */
extern const uint32_t wbi_sha256_round[64];
void wbi_sha256_block(uint32_t state[8], const uint8_t block[64]);
/* By what a processor has for it, else the same. */
wbi_sha256_mix wbi_sha256_of(uint32_t processor);
void wbi_sha256_init(wbi_sha256 *sha);
void wbi_sha256_init_by(wbi_sha256 *sha, wbi_sha256_mix mix);
/* For much data: by what this processor has for it, if it has. */
void wbi_sha256_init_long(wbi_sha256 *sha);
/* From the start, in the way that it was begun. */
void wbi_sha256_again(wbi_sha256 *sha);
void wbi_sha256_add(wbi_sha256 *sha, const void *data, size_t length);
void wbi_sha256_finish(wbi_sha256 *sha, uint8_t out[32]);
void wbi_sha256_text(wbi_text text, uint8_t out[32]); /* of one text */

/* HMAC-SHA-256 (RFC 2104) of one message. */
void wbi_hmac_sha256(wbi_sha256_mix mix, wbi_text key, wbi_text message, uint8_t out[32]);
/* Whether secrets are equal, in a time that does not tell where they differ. */
bool wbi_secret_equal(const uint8_t *a, const uint8_t *b, size_t length);

/* MurmurHash3 for x86, 32 bits, seed 0: for draws that anybody can repeat. */
uint32_t wbi_murmur3(wbi_text text);

/* SipHash-2-4 with 128 bits out. */
typedef struct wbi_siphash {
  uint64_t v[4];
  uint64_t total;
  uint64_t tail; /* the bytes that make no word yet, lowest first */
} wbi_siphash;

void wbi_siphash_init(wbi_siphash *sip, const wbi_bytes16 *key);
void wbi_siphash_add(wbi_siphash *sip, const void *data, size_t length);
/* Adds the length (u32, little-endian) and then the bytes: unambiguous concatenation. */
void wbi_siphash_text(wbi_siphash *sip, wbi_text text);
void wbi_siphash_finish(wbi_siphash *sip, wbi_bytes16 *out);

/* Fast unkeyed hash for in-memory tables, eight bytes at a time: not for decisions. */
uint64_t wbi_hash_bytes(const void *data, size_t length);
static inline bool wbi_bytes16_equal(const wbi_bytes16 *a, const wbi_bytes16 *b) {
  return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
bool wbi_bytes16_empty(const wbi_bytes16 *a);

/* ---- JSON --------------------------------------------------------------------------------- */

typedef enum wbi_json_kind {
  WBI_JSON_NULL,
  WBI_JSON_BOOL,
  WBI_JSON_INT,    /* fits int64 and has neither fraction nor exponent */
  WBI_JSON_NUMBER, /* any other number; text holds its spelling */
  WBI_JSON_TEXT,
  WBI_JSON_ARRAY,
  WBI_JSON_OBJECT
} wbi_json_kind;

typedef struct wbi_json {
  wbi_json_kind kind;
  uint32_t line, column; /* where it begins */
  bool truth;
  int64_t integer;
  wbi_text text;          /* unescaped UTF-8, in the arena */
  wbi_text name;          /* of a member, else empty */
  uint32_t count;         /* members or elements */
  struct wbi_json *first; /* child list, in order */
  struct wbi_json *next;
  struct wbi_json *first_sorted; /* members in the order of their names */
  struct wbi_json *next_sorted;
  struct wbi_json *parent;
  const struct wbi_json *source; /* NULL, or the node that this one became: errors are there */
} wbi_json;

/* RFC 8259; duplicate member names, lone surrogates, invalid UTF-8 and anything after the value are
   errors with line and column. Not recursive beyond the context's depth (WB_E_LIMIT). */
wb_status wbi_json_parse(wbi_arena *arena, wbi_text source, wbi_json **root, wb_error *error);
const wbi_json *wbi_json_find(const wbi_json *object, const char *name); /* NULL: none */
/* The same, to be changed, of a name that need not end with a zero byte. */
wbi_json *wbi_json_member(const wbi_json *object, wbi_text name);
/* An error at a node: line, column and path ("/steps/2/template") are those of the node. */
wb_status wbi_json_fail(const wbi_json *node, wb_error *error, wb_status status,
                        const char *message);
/* The same around a name, as wbi_fail_name. */
wb_status wbi_json_fail_name(const wbi_json *node, wb_error *error, wb_status status,
                             const char *before, wbi_text name, const char *after);
/* WB_E_NAME at a node whose name, or text, is none of some; the nearest of them is proposed. */
wb_status wbi_json_fail_nearest(const wbi_json *node, wb_error *error, wbi_text name,
                                const wbi_text *names, size_t count);
/* WB_E_TYPE at a node of another kind; an integer is a number too. */
wb_status wbi_json_expect(const wbi_json *node, wbi_json_kind kind, wb_error *error);
/* WB_E_NAME at the first member whose name is not in the NULL-terminated list. */
wb_status wbi_json_only(const wbi_json *object, const char *const *names, wb_error *error);
/* Members by kind. Missing: `*out` untouched and WB_OK, or WB_E_INVALID when required. */
wb_status wbi_json_get_text(const wbi_json *object, const char *name, bool required, wbi_text *out,
                            wb_error *error);
wb_status wbi_json_get_int(const wbi_json *object, const char *name, bool required, int64_t low,
                           int64_t high, int64_t *out, wb_error *error);
wb_status wbi_json_get_bool(const wbi_json *object, const char *name, bool required, bool *out,
                            wb_error *error);
wb_status wbi_json_get(const wbi_json *object, const char *name, wbi_json_kind kind, bool required,
                       const wbi_json **out, wb_error *error);
/* A node takes over what another holds, its children too; what is wrong with it from then on is
   wrong where the other stands. */
void wbi_json_become(wbi_json *node, wbi_json *other);
/* The member of a name becomes a value; it is made where it is not. WB_E_NOMEM. */
wb_status wbi_json_put(wbi_arena *arena, wbi_json *object, wbi_text name, wbi_json *value,
                       wb_error *error);
/* Takes a member out of its object. */
void wbi_json_remove(wbi_json *member);
/* The node after one in the order of the text, NULL at the end of the root; with `inside` its
   children come next, if it has any. */
wbi_json *wbi_json_after(const wbi_json *node, const wbi_json *root, bool inside);
/* Canonical form: members sorted by name (bytes), no white space, integers, minimal escapes;
   a number that is not an int64 is WB_E_TYPE. */
wb_status wbi_json_canonical(const wbi_json *root, wbi_writer *writer, wb_error *error);
/* The canonical form in an arena, followed by a zero byte, and its SHA-256. */
wb_status wbi_json_seal(wbi_arena *arena, const wbi_json *root, wbi_text *canonical,
                        uint8_t content_id[32], wb_error *error);

/* ---- wire --------------------------------------------------------------------------------- */

/* Little-endian numbers in memory. */
static inline uint32_t wbi_low32(const uint8_t *at) {
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static inline uint64_t wbi_low64(const uint8_t *at) {
  return wbi_low32(at) | (uint64_t)wbi_low32(at + 4) << 32;
}

/* Little-endian bytes. The writer is a wbi_writer; the reader never passes its end and remembers a
   failure, so that a decoder can read everything and ask once. Numbers are inline: journals are
   made of little else. */
static inline void wbi_put_low(wbi_writer *writer, uint64_t value, size_t count) {
  uint8_t bytes[8];
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)(value >> (8 * i));
  if (writer->length > writer->capacity || count > writer->capacity - writer->length) {
    wbi_put_text(writer, (wbi_text){(const char *)bytes, count});
    return;
  }
  memcpy(writer->data + writer->length, bytes, count);
  writer->length += count;
}
static inline void wbi_put_u8(wbi_writer *writer, uint8_t value) {
  wbi_put_low(writer, value, sizeof value);
}
static inline void wbi_put_u16(wbi_writer *writer, uint16_t value) {
  wbi_put_low(writer, value, sizeof value);
}
static inline void wbi_put_u32(wbi_writer *writer, uint32_t value) {
  wbi_put_low(writer, value, sizeof value);
}
static inline void wbi_put_u64(wbi_writer *writer, uint64_t value) {
  wbi_put_low(writer, value, sizeof value);
}
void wbi_put_bytes(wbi_writer *writer, const void *data, size_t length);
/* u16 length and the bytes. */
static inline void wbi_put_short(wbi_writer *writer, wbi_text text) {
  if (WBI_NEVER(text.length > UINT16_MAX)) text.length = UINT16_MAX;
  wbi_put_u16(writer, (uint16_t)text.length);
  wbi_put_text(writer, text);
}

typedef struct wbi_reader {
  const uint8_t *data;
  size_t length, at;
  bool failed;
} wbi_reader;

/* The next bytes; NULL when short. */
static inline const uint8_t *wbi_get_bytes(wbi_reader *reader, size_t length) {
  if (reader->failed || length > reader->length - reader->at) {
    reader->failed = true;
    return NULL;
  }
  const uint8_t *bytes = reader->data + reader->at;
  reader->at += length;
  return bytes;
}
/* 0 when short. */
static inline uint8_t wbi_get_u8(wbi_reader *reader) {
  const uint8_t *bytes = wbi_get_bytes(reader, sizeof *bytes);
  return bytes != NULL ? *bytes : 0;
}
static inline uint16_t wbi_get_u16(wbi_reader *reader) {
  const uint8_t *bytes = wbi_get_bytes(reader, sizeof(uint16_t));
  if (bytes == NULL) return 0;
  return (uint16_t)(bytes[0] | bytes[1] << 8);
}
static inline uint32_t wbi_get_u32(wbi_reader *reader) {
  const uint8_t *bytes = wbi_get_bytes(reader, sizeof(uint32_t));
  return bytes != NULL ? wbi_low32(bytes) : 0;
}
static inline uint64_t wbi_get_u64(wbi_reader *reader) {
  const uint8_t *bytes = wbi_get_bytes(reader, sizeof(uint64_t));
  return bytes != NULL ? wbi_low64(bytes) : 0;
}
static inline wbi_text wbi_get_short(wbi_reader *reader) {
  const size_t length = wbi_get_u16(reader);
  const uint8_t *bytes = wbi_get_bytes(reader, length);
  return bytes != NULL ? (wbi_text){(const char *)bytes, length} : (wbi_text){NULL, 0};
}

#endif
