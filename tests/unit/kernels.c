/* SPDX-License-Identifier: MIT */
/*
 * Bit planes and the kernels that make them of columns: every width, at the edges of words, from
 * any cell of a column on, with rubbish where a cell is absent, and reading nothing behind it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cel/batch.h"

enum { NO, YES, DOUBT, PENDING, WRONG, TRUTHS };
enum { LE = WBI_CEL_LESS_EQUAL, GE = WBI_CEL_GREATER_EQUAL, EQ = WBI_CEL_EQUAL };

/* Around words and around all lanes. */
static const uint32_t counts[] = {0, 1, 63, 64, 65, 1023, 1024, WBI_LANES - 1, WBI_LANES};
static const uint32_t firsts[] = {0, 1, 7, 64, 67};

/* What a lane is. */
static int lane_of(const wbi_planes *planes, uint32_t lane) {
  const uint64_t bit = UINT64_C(1) << lane % 64;
  const uint32_t word = lane / 64;
  if (planes->plain) return (planes->yes[word] & bit) != 0;
  const int in[] = {(planes->no[word] & bit) != 0, (planes->yes[word] & bit) != 0,
                    (planes->doubt[word] & bit) != 0, (planes->pending[word] & bit) != 0};
  assert_true(in[NO] + in[YES] + in[DOUBT] + in[PENDING] <= 1);
  for (int i = NO; i < WRONG; i++)
    if (in[i]) return i;
  return WRONG;
}

static void set_lane(wbi_planes *planes, uint32_t lane, int truth) {
  uint64_t *const all[] = {planes->no, planes->yes, planes->doubt, planes->pending};
  if (truth != WRONG) all[truth][lane / 64] |= UINT64_C(1) << lane % 64;
}

/* ---- planes ------------------------------------------------------------------------------- */

/* Lanes that go through all truths, `step` lanes each; `known`: through those that are. */
static void fill(wbi_planes *planes, uint32_t step, bool known) {
  *planes = (wbi_planes){0};
  for (uint32_t lane = 0; lane < WBI_LANES; lane++)
    set_lane(planes, lane, (int)(lane / step % (known ? 2 : TRUTHS)));
  planes->plain = known;
  if (known) memset(planes->no, 0x5A, sizeof planes->no); /* is not kept */
}

/* && as the tables have it: of two that do not decide, the row is asked, unknown, or wrong. */
static int and_of(int a, int b) {
  if (a == NO || b == NO) return NO;
  if (a == PENDING || b == PENDING) return PENDING;
  if (a == DOUBT || b == DOUBT) return DOUBT;
  return a == WRONG || b == WRONG ? WRONG : YES;
}

static int not_of(int a) {
  return a == YES ? NO : a == NO ? YES : a;
}

static void logic_is_that_of_the_tables(void **state) {
  (void)state;
  for (int known = 0; known < 4; known++) {
    for (int decides = 0; decides < 2; decides++) {
      wbi_planes joined, b;
      fill(&joined, 1, (known & 1) != 0);
      fill(&b, 5, (known & 2) != 0);
      wbi_planes_join(&joined, &b, decides);
      assert_int_equal(joined.plain, known == 3);
      for (uint32_t lane = 0; lane < WBI_LANES; lane++) {
        const int x = (int)(lane % (known & 1 ? 2 : TRUTHS));
        const int y = (int)(lane / 5 % (known & 2 ? 2 : TRUTHS));
        assert_int_equal(lane_of(&joined, lane),
                         decides ? not_of(and_of(not_of(x), not_of(y))) : and_of(x, y));
      }
    }
  }
}

static void not_turns_what_is_known(void **state) {
  (void)state;
  for (int known = 0; known < 2; known++) {
    wbi_planes planes;
    fill(&planes, 1, known != 0);
    wbi_planes_not(&planes);
    assert_int_equal(planes.plain, known);
    for (uint32_t lane = 0; lane < WBI_LANES; lane++)
      assert_int_equal(lane_of(&planes, lane), not_of((int)(lane % (known ? 2 : TRUTHS))));
  }
}

static void planes_of_one_value_are_alike_in_all_lanes(void **state) {
  static const struct {
    wbi_cel_value value;
    int truth;
  } all[] = {{{.kind = WB_BOOL, .as.integer = 1}, YES},
             {{.kind = WB_BOOL}, NO},
             {{.kind = WB_UNKNOWN}, DOUBT},
             {{.kind = WB_INT, .as.integer = 1}, WRONG}};
  wbi_planes planes;
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(all); i++) {
    wbi_planes_fill(&planes, &all[i].value);
    for (uint32_t lane = 0; lane < WBI_LANES; lane++)
      assert_int_equal(lane_of(&planes, lane), all[i].truth);
  }
  wbi_planes_pending(&planes);
  for (uint32_t lane = 0; lane < WBI_LANES; lane++)
    assert_int_equal(lane_of(&planes, lane), PENDING);
}

static void lanes_behind_the_last_do_not_decide(void **state) {
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(counts); i++) {
    for (int plain = 0; plain < 2; plain++) {
      for (int truth = 0; truth < 2; truth++) {
        wbi_planes planes = {.plain = plain != 0};
        for (uint32_t lane = 0; lane < WBI_LANES; lane++)
          set_lane(&planes, lane, lane < counts[i] ? truth : !truth);
        assert_true(wbi_planes_all(&planes, counts[i], truth));
        if (counts[i] > 0) assert_false(wbi_planes_all(&planes, counts[i], !truth));
        if (counts[i] < WBI_LANES) assert_false(wbi_planes_all(&planes, counts[i] + 1, truth));
      }
    }
  }
}

static void a_square_is_turned_about_its_diagonal(void **state) {
  (void)state;
  for (uint32_t byte = 0; byte < 8; byte++)
    for (uint32_t bit = 0; bit < 8; bit++)
      assert_true(wbi_square_turn(UINT64_C(1) << (8 * byte + bit)) == UINT64_C(1)
                                                                          << (8 * bit + byte));
}

/* ---- columns ------------------------------------------------------------------------------ */

/* A column of exactly so many cells, that begins at an odd address. */
typedef struct column {
  uint8_t *cells, *present;
  wbi_view view;
} column;

enum { MOST = 67 + WBI_LANES };

static uint32_t next_random(uint64_t *seed) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33);
}

static bool is_set(const uint8_t *bits, size_t at) {
  return bits[at / 8] >> (at % 8) & 1;
}

/* Makes a column. One cell in five is absent, whatever it holds. Bitmaps begin at bit 3. */
static column make_column(int32_t kind, uint32_t width, bool is_signed, uint32_t rows,
                          uint64_t seed) {
  const size_t bits = ((size_t)rows + 3 + 7) / 8, size = width ? (size_t)rows * width : bits;
  column made = {.cells = malloc(size + 1), .present = malloc(bits)};
  assert_true(made.cells && made.present);
  for (size_t i = 0; i < size; i++)
    made.cells[i + 1] = (uint8_t)next_random(&seed);
  for (size_t i = 0; i < bits; i++)
    made.present[i] = 0;
  for (uint32_t i = 0; i < rows; i++)
    made.present[(i + 3) / 8] |= (uint8_t)((next_random(&seed) % 5 > 0) << (i + 3) % 8);
  made.view = (wbi_view){.values = made.cells + 1,
                         .present = made.present,
                         .first_value = 3,
                         .first_present = 3,
                         .rows = rows,
                         .width = width,
                         .kind = kind,
                         .is_signed = is_signed};
  return made;
}

static void free_column(column *made) {
  free(made->cells);
  free(made->present);
}

static bool is_present(const column *c, uint32_t row) {
  return is_set(c->present, row + 3);
}

/* Where the bytes of a number of some width lie in one of eight, in the machine's order. */
static size_t low_bytes(uint32_t width) {
  const uint16_t one = 1;
  return *(const uint8_t *)&one == 1 ? 0 : 8 - width;
}

/* The whole number in a cell. */
static int64_t number_of(const column *c, uint32_t row) {
  const uint32_t width = c->view.width, bits = width * 8;
  int64_t number = 0;
  if (width == 0) return is_set(c->view.values, row + 3);
  memcpy((uint8_t *)&number + low_bytes(width), c->view.values + (size_t)row * width, width);
  if (!c->view.is_signed || bits == 64) return number;
  return number >= INT64_C(1) << (bits - 1) ? number - (INT64_C(1) << bits) : number;
}

static void put_number(column *c, uint32_t row, int64_t number) {
  const uint32_t width = c->view.width;
  memcpy(c->cells + 1 + (size_t)row * width, (uint8_t *)&number + low_bytes(width), width);
}

/* How two stand that are compared: -1, 0, 1. */
static bool holds(uint32_t sign, int order) {
  switch (sign) {
  case '<': return order < 0;
  case '>': return order > 0;
  case LE: return order <= 0;
  case GE: return order >= 0;
  default: return order == 0;
  }
}

/* Tests all of a column, or what of it is behind its first cells. */
static void look(const column *c, uint32_t first, uint32_t count, const wbi_test *test,
                 wbi_planes *planes) {
  memset(planes, 0xA5, sizeof *planes);
  planes->plain = false;
  wbi_kernel_test(&c->view, first, count, test, planes);
}

static void assert_whole(const column *c, uint32_t first, uint32_t count, uint32_t sign,
                         int64_t value) {
  const wbi_cel_value constant = {.kind = (uint16_t)c->view.kind, .as.integer = value};
  wbi_test test = wbi_kernel_asks(&c->view, sign, &constant);
  wbi_planes planes;
  for (test.absent = NO; test.absent <= PENDING; test.absent++) {
    look(c, first, count, &test, &planes);
    for (uint32_t lane = 0; lane < count; lane++) {
      const int64_t number = number_of(c, first + lane);
      const int order = number < value ? -1 : number > value;
      assert_int_equal(lane_of(&planes, lane),
                       is_present(c, first + lane) ? holds(sign, order) : test.absent);
    }
  }
}

static void whole_numbers_of_every_width_stand_as_they_do(void **state) {
  static const uint32_t signs[] = {'<', '>', LE, GE, EQ};
  static const struct {
    int32_t kind;
    uint32_t width;
    bool is_signed;
    int64_t values[7];
  } all[] = {
      {WB_BOOL, 0, false, {0, 1}},
      {WB_INT, 1, true, {0, -128, 127, -129, 128, INT64_MIN, INT64_MAX}},
      {WB_INT, 1, false, {0, 1, 255, 256, -1, INT64_MIN, INT64_MAX}},
      {WB_INT, 2, true, {0, -32768, 32767, -32769, 32768, INT64_MIN, INT64_MAX}},
      {WB_INT, 2, false, {0, 40000, 65535, 65536, -1, INT64_MIN, INT64_MAX}},
      {WB_INT, 4, true, {0, INT32_MIN, INT32_MAX, INT32_MIN - INT64_C(1), INT64_MAX}},
      {WB_INT, 4, false, {0, 1, UINT32_MAX, UINT32_MAX + INT64_C(1), -1, INT64_MIN}},
      {WB_INT, 8, true, {0, INT64_MIN, INT64_MAX, -1, INT64_MAX - 1, INT64_MIN + 1}},
      {WB_DATE, 4, true, {0, 20000, -20000}},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(all); i++) {
    column c = make_column(all[i].kind, all[i].width, all[i].is_signed, 200, i);
    for (size_t k = 0; k < WBI_COUNT(signs); k++) {
      for (size_t v = 0; v < WBI_COUNT(all[i].values); v++)
        assert_whole(&c, 5, 195, signs[k], all[i].values[v]);
      for (uint32_t row = 0; row < 8; row++)
        assert_whole(&c, 0, 200, signs[k], number_of(&c, row));
    }
    free_column(&c);
  }
}

static void any_stretch_of_a_column_is_tested(void **state) {
  static const uint32_t widths[] = {0, 1, 2, 4, 8};
  (void)state;
  for (size_t w = 0; w < WBI_COUNT(widths); w++) {
    for (size_t f = 0; f < WBI_COUNT(firsts); f++) {
      for (size_t n = 0; n < WBI_COUNT(counts); n++) {
        /* the stretch ends with the column, or not */
        column tight = make_column(widths[w] ? WB_INT : WB_BOOL, widths[w], widths[w] > 0,
                                   firsts[f] + counts[n], w);
        column wide = make_column(widths[w] ? WB_INT : WB_BOOL, widths[w], widths[w] > 0, MOST, w);
        assert_whole(&tight, firsts[f], counts[n], GE, 1);
        assert_whole(&wide, firsts[f], counts[n], GE, 1);
        free_column(&tight);
        free_column(&wide);
      }
    }
  }
}

static void a_batch_begins_with_its_own_first_row(void **state) {
  column c = make_column(WB_INT, 2, true, 100, 9);
  const wbi_cel_value zero = {.kind = WB_INT};
  const wbi_test test = wbi_kernel_asks(&c.view, '<', &zero);
  wbi_planes from_there, from_here;
  (void)state;
  look(&c, 20, 80, &test, &from_here);
  c.view.first = 5000;
  look(&c, 5020, 80, &test, &from_there);
  for (uint32_t lane = 0; lane < 80; lane++)
    assert_int_equal(lane_of(&from_there, lane), lane_of(&from_here, lane));
  free_column(&c);
}

static void columns_without_holes_are_plain(void **state) {
  column c = make_column(WB_INT, 4, true, 65, 3);
  const wbi_cel_value zero = {.kind = WB_INT}, null = {.kind = WB_NULL};
  wbi_test test = wbi_kernel_asks(&c.view, GE, &zero);
  wbi_planes planes;
  (void)state;
  test.absent = WBI_ABSENT_YES;
  look(&c, 0, 65, &test, &planes);
  assert_true(planes.plain); /* what is absent is known */
  test.absent = WBI_ABSENT_DOUBT;
  look(&c, 0, 65, &test, &planes);
  assert_false(planes.plain);
  c.view.present = NULL;
  look(&c, 0, 65, &test, &planes);
  assert_true(planes.plain);
  for (uint32_t lane = 0; lane < 65; lane++)
    assert_int_equal(lane_of(&planes, lane), number_of(&c, lane) >= 0);
  test = wbi_kernel_asks(&c.view, EQ, &null); /* nothing equals null */
  look(&c, 0, 65, &test, &planes);
  assert_true(wbi_planes_all(&planes, 65, 0));
  free_column(&c);
}

/* ---- reals -------------------------------------------------------------------------------- */

static void assert_reals(column *c, const double *reals, uint32_t rows, uint32_t sign,
                         double value) {
  const wbi_cel_value constant = {.kind = WB_DOUBLE, .as.real = value};
  wbi_test test = wbi_kernel_asks(&c->view, sign, &constant);
  wbi_planes planes;
  test.absent = WBI_ABSENT_DOUBT;
  look(c, 0, rows, &test, &planes);
  for (uint32_t row = 0; row < rows; row++) {
    const double real = reals[row];
    const bool is = real < value   ? holds(sign, -1)
                    : real > value ? holds(sign, 1)
                                   : real <= value && holds(sign, 0); /* NaN is neither */
    assert_int_equal(lane_of(&planes, row), is_present(c, row) ? is : DOUBT);
  }
}

static void reals_stand_as_they_do_and_nan_does_not(void **state) {
  static const uint32_t signs[] = {'<', '>', LE, GE, EQ};
  const double zero = 0, some[] = {0.0, -0.0, 1.5, -1.5, 1 / zero, -1 / zero, zero / zero, 1e30};
  enum { ROWS = 65 };
  double reals[ROWS];
  (void)state;
  for (uint32_t width = 4; width <= 8; width += 4) {
    column c = make_column(WB_DOUBLE, width, true, ROWS, width);
    for (uint32_t row = 0; row < ROWS; row++) {
      const float narrow = (float)some[row % WBI_COUNT(some)];
      reals[row] = width == 4 ? (double)narrow : some[row % WBI_COUNT(some)];
      if (width == 4) memcpy(c.cells + 1 + row * 4, &narrow, 4);
      if (width == 8) memcpy(c.cells + 1 + row * 8, &reals[row], 8);
    }
    for (size_t k = 0; k < WBI_COUNT(signs); k++)
      for (size_t v = 0; v < WBI_COUNT(some); v++)
        assert_reals(&c, reals, ROWS, signs[k], some[v]);
    free_column(&c);
  }
}

/* ---- texts -------------------------------------------------------------------------------- */

/* Numbers of words, of which every verdict is what a function of the number says; cells that are
   absent may be no word's. */
static void assert_words(uint32_t width, uint32_t words, uint32_t step) {
  enum { ROWS = 130 };
  static const int truths[] = {NO, YES, DOUBT, PENDING}; /* ABSENT is in doubt here */
  column c = make_column(WB_TEXT, width, false, ROWS, width + words);
  wbi_words said = {.verdicts = malloc(words + 1), .count = words};
  const wbi_test test = {.words = &said, .absent = WBI_ABSENT_DOUBT};
  wbi_planes planes;
  assert_non_null(said.verdicts);
  for (uint32_t i = 0; i < words; i++)
    said.verdicts[i] = (uint8_t)(i / step % WBI_VERDICTS);
  wbi_words_runs(&said);
  for (uint32_t row = 0; row < ROWS; row++) {
    const uint64_t number = (uint64_t)number_of(&c, row) % words;
    put_number(&c, row, (int64_t)(is_present(&c, row) ? number : words));
  }
  look(&c, 0, ROWS, &test, &planes);
  for (uint32_t row = 0; row < ROWS; row++)
    assert_int_equal(lane_of(&planes, row),
                     is_present(&c, row) ? truths[said.verdicts[number_of(&c, row)]] : DOUBT);
  free(said.verdicts);
  free_column(&c);
}

static void texts_are_what_was_said_of_their_words(void **state) {
  (void)state;
  for (uint32_t width = 1; width <= 8; width *= 2) {
    assert_words(width, 1, 1);
    assert_words(width, 4, 1);
    assert_words(width, 16, 1); /* as many runs as are kept */
    assert_words(width, 17, 1); /* one more, of a verdict */
    assert_words(width, 255, 20);
    assert_words(width, 255, 1);
  }
}

static void runs_of_words_are_found(void **state) {
  uint8_t verdicts[] = {YES, YES, NO, YES, PENDING, NO, YES, NO, YES, NO};
  wbi_words words = {.verdicts = verdicts, .count = 10};
  (void)state;
  wbi_words_runs(&words);
  assert_int_equal(words.runs[WBI_WORD_YES], 4);
  assert_int_equal(words.runs[WBI_WORD_NO], 4);
  assert_int_equal(words.runs[WBI_WORD_PENDING], 1);
  assert_int_equal(words.runs[WBI_WORD_ABSENT], 0);
  assert_int_equal(words.from[WBI_WORD_YES][0], 0);
  assert_int_equal(words.to[WBI_WORD_YES][0], 1);
  assert_int_equal(words.from[WBI_WORD_YES][3], 8);
  assert_int_equal(words.to[WBI_WORD_YES][3], 8);
  assert_int_equal(words.from[WBI_WORD_PENDING][0], 4);
  words.count = 0;
  wbi_words_runs(&words);
  assert_int_equal(words.runs[WBI_WORD_YES], 0);
}

/* ---- bytes and bits ----------------------------------------------------------------------- */

static void bits_behind_the_last_are_set(void **state) {
  (void)state;
  for (size_t f = 0; f < WBI_COUNT(firsts); f++) {
    for (size_t n = 0; n < WBI_COUNT(counts); n++) {
      const size_t size = (firsts[f] + (size_t)counts[n] + 7) / 8;
      uint8_t *bits = malloc(size + 1);
      uint64_t words[WBI_WORDS], seed = n;
      assert_non_null(bits);
      for (size_t i = 0; i < size; i++)
        bits[i + 1] = (uint8_t)next_random(&seed);
      wbi_kernel_load(bits + 1, firsts[f], counts[n], words);
      for (uint32_t lane = 0; lane < WBI_LANES; lane++)
        assert_int_equal(words[lane / 64] >> lane % 64 & 1,
                         lane < counts[n] ? is_set(bits + 1, firsts[f] + lane) : 1);
      free(bits);
    }
  }
}

static void marks_of_bytes_become_bits(void **state) {
  uint8_t bytes[WBI_LANES];
  uint64_t words[WBI_WORDS];
  (void)state;
  for (uint32_t lane = 0; lane < WBI_LANES; lane++)
    bytes[lane] = (uint8_t)(lane * 7);
  for (uint32_t bit = 0; bit < 8; bit++) {
    wbi_kernel_marks(bytes, (uint8_t)(1u << bit), words);
    for (uint32_t lane = 0; lane < WBI_LANES; lane++)
      assert_int_equal(words[lane / 64] >> lane % 64 & 1, bytes[lane] >> bit & 1);
  }
}

static void kernels_take_what_they_can(void **state) {
  static const struct {
    int32_t kind;
    uint32_t width;
    bool is_signed;
    uint16_t asked;
    bool taken;
  } rows[] = {
      {WB_BOOL, 0, false, WB_BOOL, true},     {WB_BOOL, 1, false, WB_BOOL, false},
      {WB_INT, 8, true, WB_INT, true},        {WB_INT, 4, false, WB_INT, true},
      {WB_INT, 8, false, WB_INT, false}, /* would not fit an int */
      {WB_INT, 8, false, WB_NULL, true},      {WB_INT, 0, true, WB_INT, false},
      {WB_DATE, 4, true, WB_DATE, true},      {WB_DATE, 4, false, WB_DATE, false},
      {WB_DATE, 8, true, WB_DATE, false},     {WB_DATE, 4, true, WB_INT, false},
      {WB_DOUBLE, 4, true, WB_DOUBLE, true},  {WB_DOUBLE, 8, true, WB_DOUBLE, true},
      {WB_DOUBLE, 2, true, WB_DOUBLE, false}, {WB_TIME, 8, true, WB_TIME, false},
      {WB_TEXT, 4, true, WB_NULL, false}, /* without words nothing is known of them */
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wbi_cel_value value = {.kind = rows[i].asked};
    const wbi_view view = {
        .kind = rows[i].kind, .width = rows[i].width, .is_signed = rows[i].is_signed};
    if (wbi_kernel_takes(&view, &value) != rows[i].taken) fail_msg("row %d", (int)i);
  }
}

/* What lies behind the cells that a body looks at is fetched ahead: of each column once, of so many
   columns, where there is more of it. */
static void what_comes_next_of_a_column_is_noted_once(void **state) {
  enum { ROWS = 3 * WBI_LANES };
  static const uint8_t cells[ROWS] = {0};
  static wbi_batch_fold fold;
  wbi_view views[WBI_COMING + 1];
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(views); i++)
    views[i] = (wbi_view){.values = cells, .rows = ROWS, .width = 1};
  wbi_batch_fold_look(&fold, &views[0], ROWS - 1, 1); /* the last cell */
  assert_int_equal(fold.comings, 0);
  for (uint32_t i = 0; i < WBI_COUNT(views); i++) {
    for (int twice = 0; twice < 2; twice++) {
      wbi_batch_fold_look(&fold, &views[i], 0, 2 * WBI_LANES + 1);
      assert_int_equal(fold.comings, i < WBI_COMING ? i + 1 : WBI_COMING);
    }
    if (i == WBI_COMING) continue;
    assert_ptr_equal(fold.coming[i].from, cells + 2 * WBI_LANES + 1);
    assert_int_equal(fold.coming[i].step, (WBI_LANES - 1) / WBI_WORDS); /* what is left */
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(logic_is_that_of_the_tables),
      cmocka_unit_test(not_turns_what_is_known),
      cmocka_unit_test(planes_of_one_value_are_alike_in_all_lanes),
      cmocka_unit_test(lanes_behind_the_last_do_not_decide),
      cmocka_unit_test(a_square_is_turned_about_its_diagonal),
      cmocka_unit_test(whole_numbers_of_every_width_stand_as_they_do),
      cmocka_unit_test(any_stretch_of_a_column_is_tested),
      cmocka_unit_test(a_batch_begins_with_its_own_first_row),
      cmocka_unit_test(columns_without_holes_are_plain),
      cmocka_unit_test(reals_stand_as_they_do_and_nan_does_not),
      cmocka_unit_test(texts_are_what_was_said_of_their_words),
      cmocka_unit_test(runs_of_words_are_found),
      cmocka_unit_test(bits_behind_the_last_are_set),
      cmocka_unit_test(marks_of_bytes_become_bits),
      cmocka_unit_test(kernels_take_what_they_can),
      cmocka_unit_test(what_comes_next_of_a_column_is_noted_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
