/* SPDX-License-Identifier: MIT */
/*
 * Two arms compared, in integers. Shares are parts of STATISTICS_ONE inside, which leaves five
 * digits behind the basis points that go out.
 *
 * Sources: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927); R. G. Newcombe, Statistics in Medicine 17
 * (1998), 873-890, method 10.
 */
#include "machine/machine.h"

#include <winback/metrics.h>

enum {
  STATISTICS_ONE = 1000000000,
  STATISTICS_POINT = 100000, /* a basis point */
  STATISTICS_POINTS = 10000,
  STATISTICS_MOST = 1000000000, /* in an arm */
  STATISTICS_WINDOW_MOST = 3660,
  STATISTICS_BASELINE = 300,
  STATISTICS_EXPECTED = 5,
  STATISTICS_ALARM = 10828 /* chi-square of one degree, p = 0.001, in thousandths */
};
/* Quantiles of the normal distribution at 97.5 and 80 %, and the square of the first. */
#define STATISTICS_Z UINT64_C(1959963985)
#define STATISTICS_Z2 UINT64_C(3841458821)
#define STATISTICS_POWER UINT64_C(841621234)

/* One arm. */
typedef struct statistics_arm {
  uint64_t count, kept;
  uint64_t rate, low, high;
} statistics_arm;

/* a × b / c rounded down, for a result of 64 bits and c below 2^62: b bit by bit, so that nothing
   overflows. */
static uint64_t statistics_scale(uint64_t a, uint64_t b, uint64_t c) {
  const uint64_t whole = a / c, part = a % c;
  uint64_t quotient = 0, rest = 0;
  for (int bit = 63; bit >= 0; bit--) {
    quotient <<= 1;
    rest <<= 1;
    if ((b >> bit & 1) != 0) {
      quotient += whole;
      rest += part; /* below 3c */
    }
    for (; rest >= c; rest -= c)
      quotient++;
  }
  return quotient;
}

/* The square root, rounded down. */
static uint64_t statistics_root(uint64_t square) {
  uint64_t root = 0;
  for (uint64_t bit = UINT64_C(1) << 31; bit != 0; bit >>= 1) {
    const uint64_t more = root | bit;
    if (more <= square / more) root = more;
  }
  return root;
}

static uint64_t statistics_square(uint64_t part) {
  return part * part;
}

/* Wilson's interval: (k + z²/2 ± z·√(k(n−k)/n + z²/4)) / (n + z²). */
static void statistics_wilson(statistics_arm *arm) {
  const uint64_t n = arm->count, k = arm->kept, one = STATISTICS_ONE;
  const uint64_t whole = n * one + STATISTICS_Z2;
  const uint64_t middle = statistics_scale(k * one + STATISTICS_Z2 / 2, one, whole);
  uint64_t spread = STATISTICS_Z2 / 4;
  if (n > 0) spread += statistics_scale(k * (n - k), one, n);
  spread = statistics_scale(spread, STATISTICS_Z2, one);
  spread = statistics_scale(spread, one, whole);
  const uint64_t half = statistics_root(statistics_scale(spread, one * one, whole));
  arm->rate = n > 0 ? statistics_scale(k, one, n) : 0;
  arm->low = half < middle ? middle - half : 0; /* same: nothing is left of what is alike */
  arm->high = middle + half;
  /* by a rounding; same: or it is that already */
  if (arm->low > arm->rate) arm->low = arm->rate;
  if (arm->high < arm->rate) arm->high = arm->rate;
  if (n == 0) arm->high = one;
}

/* Basis points of a part, to the nearest. same: of nothing half is none either way. */
static int32_t statistics_points(int64_t part) {
  const int64_t half = part < 0 ? -STATISTICS_POINT / 2 : STATISTICS_POINT / 2;
  return (int32_t)((part + half) / STATISTICS_POINT);
}

/* So many of a number of people, to the nearest. same: nobody has no sign. */
static int64_t statistics_people(uint64_t count, int64_t part) {
  const uint64_t size = part < 0 ? (uint64_t)-part : (uint64_t)part;
  const int64_t people = (int64_t)((count * size + STATISTICS_ONE / 2) / STATISTICS_ONE);
  return part < 0 ? -people : people;
}

/* Newcombe's interval, from the distances of the shares to the ends of their own. */
static void statistics_difference(const statistics_arm *a, const statistics_arm *b,
                                  wb_effect *effect) {
  const int64_t difference = (int64_t)a->rate - (int64_t)b->rate;
  const uint64_t below = statistics_square(a->rate - a->low) + statistics_square(b->high - b->rate);
  const uint64_t above = statistics_square(a->high - a->rate) + statistics_square(b->rate - b->low);
  const int64_t low = difference - (int64_t)statistics_root(below);
  const int64_t high = difference + (int64_t)statistics_root(above);
  effect->difference = statistics_points(difference);
  effect->difference_low = statistics_points(low);
  effect->difference_high = statistics_points(high);
  effect->extra = statistics_people(a->count, difference);
  effect->extra_low = statistics_people(a->count, low);
  effect->extra_high = statistics_people(a->count, high);
  effect->shows = low > 0 ? WB_SHOWS_MORE : high < 0 ? WB_SHOWS_LESS : WB_SHOWS_NO_DIFFERENCE;
}

/* A quantile times the root of a variance, which is given in parts of parts. */
static uint64_t statistics_deviation(uint64_t quantile, uint64_t variance) {
  return statistics_scale(quantile, statistics_root(variance), STATISTICS_ONE);
}

/* The variance of one draw, in parts of parts. */
static uint64_t statistics_variance(uint64_t part) {
  return part * (STATISTICS_ONE - part);
}

/* Whether a difference from the baseline would show in four of five cases. */
static bool statistics_shows(const statistics_arm *a, const statistics_arm *b, uint64_t baseline,
                             uint64_t difference) {
  const uint64_t point = STATISTICS_POINT, n = a->count, m = b->count;
  const uint64_t p = (baseline + difference) * point, q = baseline * point;
  const uint64_t both = statistics_scale(n, p, n + m) + statistics_scale(m, q, n + m);
  const uint64_t alike = statistics_scale(statistics_variance(both), n + m, n * m);
  const uint64_t apart = statistics_variance(p) / n + statistics_variance(q) / m;
  return difference * point >=
         statistics_deviation(STATISTICS_Z, alike) + statistics_deviation(STATISTICS_POWER, apart);
}

/* The smallest difference that would show, by halving. */
static int32_t statistics_detectable(const statistics_arm *a, const statistics_arm *b,
                                     uint32_t baseline) {
  uint32_t low = 0, high = STATISTICS_POINTS - baseline;
  if (a->count == 0 || b->count == 0 || !statistics_shows(a, b, baseline, high)) return 0;
  while (high - low > 1) {
    const uint32_t middle = low + (high - low) / 2;
    if (statistics_shows(a, b, baseline, middle))
      high = middle;
    else
      low = middle;
  }
  return (int32_t)high;
}

/* Chi-square of the split in thousandths: (m − Ns)² / (N·s·(1−s)). */
static uint32_t statistics_ratio(uint64_t contacted, uint64_t held_out, uint64_t share) {
  const uint64_t all = contacted + held_out;
  if (share == 0 || all == 0) return 0;
  const uint64_t have = held_out * STATISTICS_POINTS, meant = all * share;
  const uint64_t off = have > meant ? have - meant : meant - have; /* same: alike it is nothing */
  const uint64_t chi = statistics_scale(off * 1000, off, meant * (STATISTICS_POINTS - share));
  return chi < UINT32_MAX ? (uint32_t)chi : UINT32_MAX; /* same: alike it is either */
}

/* Whether, both arms being alike, a count would be expected below 5. */
static bool statistics_small(const statistics_arm *a, const statistics_arm *b) {
  const uint64_t all = a->count + b->count, kept = a->kept + b->kept;
  const uint64_t arm = a->count < b->count ? a->count : b->count;
  const uint64_t rare = kept < all - kept ? kept : all - kept;
  return all == 0 || arm * rare < STATISTICS_EXPECTED * all;
}

/* Why no verdict may be given. */
static uint32_t statistics_refusals(const wb_arms *arms, const statistics_arm *a,
                                    const statistics_arm *b, uint32_t ratio) {
  const int64_t window = arms->window != 0 ? arms->window : WBI_KEPT_DAYS;
  uint32_t flags = 0;
  if (arms->last_entered != WB_TIME_NONE && arms->now < arms->last_entered + window * WBI_DAY)
    flags |= WB_EFFECT_OPEN;
  if (ratio > STATISTICS_ALARM) flags |= WB_EFFECT_UNEVEN;
  if (statistics_small(a, b)) flags |= WB_EFFECT_SMALL;
  return flags;
}

/* Whether the question makes sense. */
static wb_status statistics_check(const wb_arms *arms) {
  if (arms->contacted > STATISTICS_MOST || arms->held_out > STATISTICS_MOST) return WB_E_RANGE;
  if (arms->window > STATISTICS_WINDOW_MOST) return WB_E_RANGE;
  if (arms->kept > arms->contacted || arms->held_out_kept > arms->held_out) return WB_E_INVALID;
  if (arms->share >= STATISTICS_POINTS || arms->baseline >= STATISTICS_POINTS) return WB_E_INVALID;
  if (arms->last_entered == WB_TIME_NONE) return WB_OK;
  return wbi_time_valid(arms->last_entered) && wbi_time_valid(arms->now) ? WB_OK : WB_E_INVALID;
}

/* Share that comes by itself, in basis points. */
static uint32_t statistics_baseline(const wb_arms *arms, const statistics_arm *held_out) {
  const uint32_t shown = (uint32_t)statistics_points((int64_t)held_out->rate);
  if (arms->baseline != 0) return arms->baseline;
  return shown != 0 ? shown : STATISTICS_BASELINE;
}

wb_status WB_CALL wb_effect_find(const wb_arms *arms, wb_effect *effect) {
  wb_arms question;
  wb_status status = wbi_struct_read(arms, sizeof question, &question, sizeof question, 0, NULL);
  if (status == WB_OK) status = statistics_check(&question);
  if (status != WB_OK) return status;
  statistics_arm a = {.count = question.contacted, .kept = question.kept};
  statistics_arm b = {.count = question.held_out, .kept = question.held_out_kept};
  statistics_wilson(&a);
  statistics_wilson(&b);
  wb_effect found = {.size = sizeof found,
                     .contacted_rate = statistics_points((int64_t)a.rate),
                     .contacted_low = statistics_points((int64_t)a.low),
                     .contacted_high = statistics_points((int64_t)a.high),
                     .held_out_rate = statistics_points((int64_t)b.rate),
                     .held_out_low = statistics_points((int64_t)b.low),
                     .held_out_high = statistics_points((int64_t)b.high),
                     .detectable =
                         statistics_detectable(&a, &b, statistics_baseline(&question, &b)),
                     .ratio = statistics_ratio(a.count, b.count, question.share)};
  statistics_difference(&a, &b, &found);
  found.flags = statistics_refusals(&question, &a, &b, found.ratio);
  if (found.flags != 0) found.shows = WB_SHOWS_NOTHING_YET;
  return wbi_struct_write(effect, sizeof found, &found, sizeof found);
}
