/* SPDX-License-Identifier: MIT */
/*
 * Who is looked at next. One heap has those who wait until a time, by that time. Those who are
 * held, or wait for more than time, are looked at again at times that are nobody's state, in a
 * second heap.
 *
 * Whoever is due leaves these, and comes in the order of *precedence*: the rank of the campaign,
 * since when they are due, the segment, then a hash of the patient's key, then the key itself. All
 * of that is state, which a hold does not change: so who comes first depends neither on how often,
 * nor on when anybody was looked at, is the same after a crash or a load, and a backlog is spread.
 *
 * All who are due at once are sorted at once: so each of a million who wake one morning costs what
 * one of a few does, and not a walk through a heap that no cache holds. They are a list, the
 * first of them last. Those who come due while somebody is left there are in a third heap.
 */
#include "machine/machine.h"

/* Four children of a place lie side by side: half as many places to walk as with two. */
enum { WAKE_CHILDREN = 4 };
/* Parts of a rank, by bits: by time they are seconds, rank of the campaign, segment, the first of
   the hash; by precedence the rank comes before the seconds. All our years fit. */
enum { WAKE_SEGMENT = 10, WAKE_MINOR = 18, WAKE_TIME = 25, WAKE_RANK = 57 };
#define WAKE_RANKS UINT64_C(127)

/* The first bits of a place say in which list it is. */
enum { WAKE_LIST = 30 };
#define WAKE_PLACE ((UINT32_C(1) << WAKE_LIST) - 1)

/* The entry at a place of a heap, or of those who are due. */
static wbi_wake *wake_entry(const wbi_vector *heap, size_t place) {
  return wbi_vector_at(heap, place);
}

/* Order of two enrolments that wake at once and share their `order`. */
static int wake_tie(const wbi_state *state, uint32_t a, uint32_t b) {
  const wbi_enrollment *one = wbi_state_enrollment(state, a);
  const wbi_enrollment *two = wbi_state_enrollment(state, b);
  const int keys = wbi_text_compare(wbi_keys_text(&state->patients, one->patient),
                                    wbi_keys_text(&state->patients, two->patient));
  if (keys != 0) return keys;
  if (one->definition != two->definition) return (int)one->definition - (int)two->definition;
  return wbi_text_compare(wbi_state_subject(state, one), wbi_state_subject(state, two));
}

/* Whether `a` comes before `b`: without a branch that nobody can foretell. */
static inline bool wake_before(const wbi_state *state, const wbi_wake *a, const wbi_wake *b) {
  const bool same = a->rank == b->rank;
  /* same: no two are alike in all */
  if (same & (a->order == b->order)) return wake_tie(state, a->enrollment, b->enrollment) < 0;
  return (a->rank < b->rank) | (same & (a->order < b->order)); /* same: nor in both by now */
}

/* Where an enrolment is, or WBI_NONE. They lie apart from the rest of it: a walk through the heap
   moves many. */
static uint32_t *wake_place(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->places, number);
}

/* A place in a list. */
static inline uint32_t wake_spot(const wbi_state *state, const wbi_vector *list, size_t place) {
  return (uint32_t)(list - state->wakes) << WAKE_LIST | (uint32_t)place;
}

/* Puts an entry at a place and notes it. */
static void wake_put(wbi_state *state, wbi_vector *heap, size_t place, wbi_wake wake) {
  *wake_entry(heap, place) = wake;
  *wake_place(state, wake.enrollment) = wake_spot(state, heap, place);
}

/* Moves an entry up from an empty place until its parent comes before it. */
static void wake_rise(wbi_state *state, wbi_vector *heap, size_t place, wbi_wake wake) {
  while (place > 0) {
    const size_t parent = (place - 1) / WAKE_CHILDREN;
    if (!wake_before(state, &wake, wake_entry(heap, parent))) break;
    wake_put(state, heap, place, *wake_entry(heap, parent));
    place = parent;
  }
  wake_put(state, heap, place, wake);
}

/* The first of the entries below a place; `first` is there. */
static size_t wake_least(const wbi_state *state, const wbi_vector *heap, size_t first) {
  const size_t rest = heap->count - first;
  const size_t end = first + (rest < WAKE_CHILDREN ? rest : WAKE_CHILDREN);
  size_t least = first;
  for (size_t child = first + 1; child < end; child++) {
    if (wake_before(state, wake_entry(heap, child), wake_entry(heap, least))) least = child;
  }
  return least;
}

/* Asks for the entries below the children of a place before it is known whose are needed.
   same: memory answers sooner. */
static void wake_fetch(const wbi_vector *heap, size_t first) {
  enum { LINE = 4, BELOW = WAKE_CHILDREN * WAKE_CHILDREN };
  if (first + BELOW >= heap->count) return;
  for (size_t at = first; at <= first + BELOW; at += LINE)
    wbi_fetch((const wbi_wake *)heap->data + at);
}

/* Fills an empty place with an entry, moving it down or up to where it belongs. */
static void wake_settle(wbi_state *state, wbi_vector *heap, size_t place, wbi_wake wake) {
  const size_t count = heap->count;
  for (size_t first; (first = WAKE_CHILDREN * place + 1) < count;) {
    wake_fetch(heap, WAKE_CHILDREN * first + 1); /* same: memory answers sooner */
    const size_t child = wake_least(state, heap, first);
    /* same: what sinks too far rises again, later */
    if (!wake_before(state, wake_entry(heap, child), &wake)) break;
    wake_put(state, heap, place, *wake_entry(heap, child));
    place = child;
  }
  wake_rise(state, heap, place, wake);
}

/* Takes the entry at a place out of a heap. */
static void wake_close(wbi_state *state, wbi_vector *heap, size_t place) {
  const wbi_wake last = *wake_entry(heap, heap->count - 1);
  heap->count--;
  if (place < heap->count) wake_settle(state, heap, place, last);
}

/* Leaves a gap among those who are due, but none where the next is taken. */
static void wake_strike(wbi_vector *due, size_t place) {
  wake_entry(due, place)->enrollment = WBI_NONE;
  while (due->count > 0 && wake_entry(due, due->count - 1)->enrollment == WBI_NONE)
    due->count--;
}

/* Takes an enrolment out of where it is. */
static void wake_remove(wbi_state *state, uint32_t number) {
  const uint32_t found = *wake_place(state, number), place = found & WAKE_PLACE;
  if (found == WBI_NONE) return;
  wbi_vector *list = &state->wakes[found >> WAKE_LIST];
  *wake_place(state, number) = WBI_NONE;
  if (found >> WAKE_LIST == WBI_DUE)
    wake_strike(list, place);
  else
    wake_close(state, list, place);
}

/* The entry of an enrolment by time. */
static wbi_wake wake_make(const wbi_state *state, uint32_t number, wb_time at) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wbi_text key = wbi_keys_text(&state->patients, enrollment->patient);
  const uint64_t hash = wbi_hash_bytes(key.data, key.length);
  /* same: at the first of all times the difference is nothing */
  const uint64_t since = at > WB_TIME_MIN ? (uint64_t)(at - WB_TIME_MIN) : 0;
  return (wbi_wake){since << WAKE_TIME | (enrollment->rank & WAKE_RANKS) << WAKE_MINOR |
                        (uint64_t)enrollment->segment << WAKE_SEGMENT | hash >> 54,
                    (uint32_t)(hash >> 22), number};
}

/* The same by precedence, for whoever is due since that time. */
static inline wbi_wake wake_precedence(wbi_wake wake) {
  const uint64_t minor = wake.rank & ((UINT64_C(1) << WAKE_MINOR) - 1);
  const uint64_t rank = wake.rank >> WAKE_MINOR & WAKE_RANKS, since = wake.rank >> WAKE_TIME;
  return (wbi_wake){rank << WAKE_RANK | since << WAKE_MINOR | minor, wake.order, wake.enrollment};
}

/* When an entry by time wakes; since when one by precedence is due. */
static wb_time wake_time(const wbi_wake *wake) {
  return (wb_time)(wake->rank >> WAKE_TIME) + WB_TIME_MIN;
}

static wb_time wake_since(const wbi_wake *wake) {
  const uint64_t since = wake->rank >> WAKE_MINOR & ((UINT64_C(1) << (WAKE_RANK - WAKE_MINOR)) - 1);
  return (wb_time)since + WB_TIME_MIN;
}

/* Puts an entry into a heap, or to where it belongs there now. */
static void wake_enter(wbi_state *state, wbi_vector *heap, wbi_wake wake) {
  uint32_t place = *wake_place(state, wake.enrollment);
  if (place != WBI_NONE && &state->wakes[place >> WAKE_LIST] != heap) {
    wake_remove(state, wake.enrollment);
    place = WBI_NONE;
  }
  if (place == WBI_NONE) {
    WBI_ASSERT(heap->count < heap->capacity); /* same: there is room, as was reserved */
    heap->count++;
    wake_rise(state, heap, heap->count - 1, wake);
  } else {
    wake_settle(state, heap, place & WAKE_PLACE, wake);
  }
}

wb_status wbi_wake_reserve(wbi_state *state, size_t more) {
  const size_t all = state->enrollment.count + more;
  wb_status status = wbi_vector_reserve(&state->places, more);
  for (uint32_t list = 0; status == WB_OK && list < WBI_WAKES; list++)
    status = wbi_vector_reserve(&state->wakes[list], all - state->wakes[list].count);
  return status;
}

uint32_t wbi_wake_new(wbi_state *state) {
  wbi_vector_push(&state->enrollment);
  *(uint32_t *)wbi_vector_push(&state->places) = WBI_NONE;
  return (uint32_t)state->enrollment.count - 1;
}

void wbi_wake_set(wbi_state *state, uint32_t number, wb_time at) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool again = enrollment->state == WB_STATE_WAITING && at > enrollment->wake;
  const bool held = enrollment->state == WB_STATE_HELD || again;
  if (at == WB_TIME_NONE)
    wake_remove(state, number);
  else
    wake_enter(state, &state->wakes[held ? WBI_LOOKING : WBI_WAITING],
               wake_make(state, number, at));
}

/* Since when somebody is due who is looked at: held before it was time, since they entered. */
static wb_time wake_due(const wbi_state *state, uint32_t number, wb_time now) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  return enrollment->wake <= now ? enrollment->wake : enrollment->entered;
}

void wbi_wake_look(wbi_state *state, wb_time now) {
  const wbi_vector *looking = &state->wakes[WBI_LOOKING];
  while (looking->count > 0 && (state->look_all || wake_time(wake_entry(looking, 0)) <= now)) {
    const uint32_t number = wake_entry(looking, 0)->enrollment;
    const wbi_wake wake = wake_make(state, number, wake_due(state, number, now));
    wake_enter(state, &state->wakes[WBI_LATE], wake_precedence(wake));
  }
  state->look_all = 0;
}

wb_time wbi_wake_at(const wbi_state *state, uint32_t number) {
  const uint32_t place = *wake_place(state, number), list = place >> WAKE_LIST;
  if (place == WBI_NONE) return WB_TIME_NONE;
  const wbi_wake *wake = wake_entry(&state->wakes[list], place & WAKE_PLACE);
  return list == WBI_DUE || list == WBI_LATE ? wake_since(wake) : wake_time(wake);
}

/* One byte of what entries are ordered by, the least first. same: the merges decide. */
static inline uint8_t wake_digit(const wbi_wake *wake, unsigned digit) {
  const unsigned orders = sizeof wake->order;
  return (uint8_t)(digit < orders ? wake->order >> 8 * digit : wake->rank >> 8 * (digit - orders));
}

/* Deals entries out by one byte, the largest first; those that share it keep their order. same: as
   in what follows, whatever comes out is put in order by merges; this is their speed. */
static void wake_deal(const wbi_wake *from, wbi_wake *to, size_t count, unsigned digit) {
  enum { DIGITS = UINT8_MAX + 1 };
  size_t places[DIGITS] = {0}, place = 0;
  for (size_t i = 0; i < count; i++)
    places[wake_digit(&from[i], digit)]++;
  for (size_t i = DIGITS; i-- > 0;) {
    const size_t many = places[i];
    places[i] = place;
    place += many;
  }
  for (size_t i = 0; i < count; i++)
    to[places[wake_digit(&from[i], digit)]++] = from[i];
}

/* Sorts many entries by the bytes in which they differ, the last first; `scratch` has room for as
   many. same: the merges decide. */
static void wake_sort(wbi_wake *wakes, wbi_wake *scratch, size_t count) {
  wbi_wake differ = {0}, *from = wakes, *to = scratch;
  for (size_t i = 1; i < count; i++) {
    differ.rank |= wakes[i].rank ^ wakes[0].rank;
    differ.order |= wakes[i].order ^ wakes[0].order;
  }
  for (unsigned digit = 0; digit < sizeof differ.rank + sizeof differ.order; digit++) {
    if (wake_digit(&differ, digit) == 0) continue;
    wake_deal(from, to, count, digit);
    wbi_wake *const dealt = to;
    to = from;
    from = dealt;
  }
  if (from != wakes) memcpy(wakes, from, count * sizeof *wakes);
}

/* Merges two sorted runs, of which the second begins at `middle`. */
static void wake_merge(const wbi_state *state, wbi_wake *wakes, wbi_wake *scratch, size_t middle,
                       size_t count) {
  /* same: a merge of what is in order leaves it so */
  if (wake_before(state, &wakes[middle], &wakes[middle - 1])) return;
  memcpy(scratch, wakes, middle * sizeof *wakes);
  size_t left = 0, right = middle, out = 0;
  while (left < middle && right < count) {
    const bool second = wake_before(state, &scratch[left], &wakes[right]);
    wakes[out++] = second ? wakes[right++] : scratch[left++];
  }
  memcpy(wakes + out, scratch + left, (middle - left) * sizeof *wakes);
}

/* Puts those who are due into their order, the last first: by merges, which is one look at each
   once many are sorted by bytes and only ties are left. The scratch is what the heap has room for:
   in one of the lists is everybody but once. */
static void wake_line_up(wbi_state *state) {
  enum { FEW = 64 };
  const wbi_vector *due = &state->wakes[WBI_DUE], *heap = &state->wakes[WBI_WAITING];
  wbi_wake *wakes = due->data, *scratch = (wbi_wake *)heap->data + heap->count;
  const size_t count = due->count;
  if (count > FEW) wake_sort(wakes, scratch, count); /* same: the merges decide */
  for (size_t run = 1; run < count; run *= 2) { /* same: one run has nothing to be merged with */
    for (size_t from = 0; from + run < count; from += 2 * run) {
      const size_t rest = count - from, both = rest < 2 * run ? rest : 2 * run;
      wake_merge(state, wakes + from, scratch, run, both);
    }
  }
  for (size_t i = 0; i < count; i++)
    *wake_place(state, wakes[i].enrollment) = wake_spot(state, due, i);
}

/* Adds whoever waits until then to those who are due: nobody who does lies below somebody who does
   not. */
static void wake_collect(wbi_state *state, wb_time now) {
  const wbi_vector *heap = &state->wakes[WBI_WAITING];
  wbi_vector *due = &state->wakes[WBI_DUE];
  WBI_ASSERT(heap->count <= due->capacity); /* same: there is room, as was reserved */
  *(wbi_wake *)wbi_vector_push(due) = *wake_entry(heap, 0);
  for (size_t i = 0; i < due->count; i++) {
    const size_t first = WAKE_CHILDREN * *wake_place(state, wake_entry(due, i)->enrollment) + 1;
    for (size_t child = first; child < first + WAKE_CHILDREN && child < heap->count; child++) {
      const wbi_wake wake = *wake_entry(heap, child);
      if (wake_time(&wake) <= now) *(wbi_wake *)wbi_vector_push(due) = wake;
    }
  }
}

/* Takes them out of the heap: out of the last places first, so that what fills a place is never
   due. */
static void wake_gather(wbi_state *state, wb_time now) {
  const wbi_vector *due = &state->wakes[WBI_DUE];
  wake_collect(state, now);
  for (size_t i = due->count; i-- > 0;) {
    wbi_wake *wake = wake_entry(due, i);
    wake_close(state, &state->wakes[WBI_WAITING], *wake_place(state, wake->enrollment));
    *wake = wake_precedence(*wake);
  }
}

/* Whether somebody waits until then. */
static bool wake_comes(const wbi_state *state, wb_time now) {
  const wbi_vector *heap = &state->wakes[WBI_WAITING];
  return heap->count > 0 && wake_time(wake_entry(heap, 0)) <= now;
}

/* Puts everybody who is due where the next is taken: at once, where nobody is left of before. */
static void wake_arrive(wbi_state *state, wb_time now) {
  wbi_vector *due = &state->wakes[WBI_DUE], *late = &state->wakes[WBI_LATE];
  while (due->count > 0 && wake_comes(state, now)) /* same: one by one they come to the same list */
    wake_enter(state, late, wake_precedence(*wake_entry(&state->wakes[WBI_WAITING], 0)));
  if (due->count > 0) return;
  if (wake_comes(state, now)) wake_gather(state, now);
  for (size_t i = 0; i < late->count; i++)
    *(wbi_wake *)wbi_vector_push(due) = *wake_entry(late, i);
  late->count = 0;
  if (due->count > 0) wake_line_up(state); /* same: nobody is in order */
}

/* The first of all who are due; NULL: there is none. */
static const wbi_wake *wake_first(const wbi_state *state) {
  const wbi_vector *dues = &state->wakes[WBI_DUE], *lates = &state->wakes[WBI_LATE];
  const wbi_wake *late = lates->count > 0 ? wake_entry(lates, 0) : NULL;
  if (dues->count == 0) return late;
  const wbi_wake *due = wake_entry(dues, dues->count - 1);
  return late != NULL && wake_before(state, late, due) ? late : due;
}

/* Asks for what is known of patients before their turns, and for the contact points where they are
   likely to be reached. same: memory answers sooner, and nothing else. */
static void wake_ahead(const wbi_state *state, const wbi_looked *looked, size_t count) {
  uint32_t patients[WBI_LOOKED_MOST] = {0}, points[WBI_LOOKED_MOST] = {0};
  for (size_t i = 0; i < count; i++) {
    patients[i] = wbi_state_enrollment(state, looked[i].enrollment)->patient;
    wbi_fetch_item(wbi_state_patient(state, patients[i]), sizeof(wbi_patient));
  }
  wbi_keys_fetch(&state->patients, patients, count);
  for (size_t i = 0; i < count; i++)
    points[i] = wbi_state_patient(state, patients[i])->reached;
  wbi_table_fetch_items(&state->contacts, points, count);
}

/* Asks for those who are taken after the next: their enrolments; and for the patients of the next,
   whose enrolments were asked for the last time. same: memory answers sooner. */
static void wake_next(const wbi_state *state) {
  const wbi_vector *due = &state->wakes[WBI_DUE];
  const size_t count = due->count;
  for (size_t i = 1; i <= (size_t)2 * WBI_LOOKED_MOST && i <= count; i++) {
    const uint32_t number = wake_entry(due, count - i)->enrollment;
    if (number == WBI_NONE) continue;
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
    if (i <= WBI_LOOKED_MOST) {
      wbi_fetch_item(wbi_state_patient(state, enrollment->patient), sizeof(wbi_patient));
      wbi_keys_fetch_place(&state->patients, enrollment->patient);
    } else {
      wbi_fetch(wake_place(state, number));
      wbi_fetch_item(enrollment, sizeof *enrollment);
    }
  }
}

size_t wbi_wake_take(wbi_state *state, wb_time now, wbi_looked *looked, size_t most) {
  size_t count = 0;
  const wbi_wake *first;
  wake_arrive(state, now);
  while (count < most && count < WBI_LOOKED_MOST && (first = wake_first(state)) != NULL) {
    const uint32_t number = first->enrollment;
    const wb_time since = wake_since(first);
    if (since > now) { /* the clock went back */
      wbi_wake_set(state, number, since);
      continue;
    }
    looked[count++] = (wbi_looked){number, since, WB_TIME_NONE};
    /* same: memory answers sooner */
    wbi_fetch_item(wbi_state_enrollment(state, number), sizeof(wbi_enrollment));
    wake_remove(state, number);
  }
  wake_ahead(state, looked, count); /* same: memory answers sooner */
  wake_next(state);                 /* same: as before */
  return count;
}

wb_time wbi_wake_next(const wbi_state *state) {
  const wbi_wake *first = wake_first(state);
  wb_time at = first != NULL ? wake_since(first) : WB_TIME_NONE;
  for (uint32_t list = WBI_WAITING; list <= WBI_LOOKING; list++) {
    const wbi_vector *heap = &state->wakes[list];
    if (heap->count == 0) continue;
    const wb_time wakes = wake_time(wake_entry(heap, 0));
    if (at == WB_TIME_NONE || wakes < at) at = wakes; /* same: of two alike it is either */
  }
  return state->look_all && state->wakes[WBI_LOOKING].count > 0 ? WB_TIME_MIN : at;
}
