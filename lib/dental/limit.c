/* SPDX-License-Identifier: MIT */
/* Limits as plans word them: "2 per calendar year", "1 per 6 months + 1 day per tooth". */
#include "dental/dental.h"

/* What a word does in a limit. */
typedef enum limit_word {
  WORD_FILLER,
  WORD_NUMBER,
  WORD_PER,
  WORD_PLUS,
  WORD_THE,
  WORD_DAY,
  WORD_WEEK,
  WORD_MONTH,
  WORD_YEAR,
  WORD_CALENDAR,
  WORD_PLAN,
  WORD_ANNIVERSARY,
  WORD_LIFETIME,
  WORD_TOOTH,
  WORD_QUADRANT,
  WORD_ARCH,
  WORD_AGE,
  WORD_UNDER,
  WORD_FROM,
  WORD_WAITING,
  WORD_EXCLUSIVE
} limit_word;

typedef struct limit_entry {
  const char *word;
  uint8_t meaning, number;
} limit_entry;

static const limit_entry limit_words[] = {
    {"+", WORD_PLUS, 0},
    {"/", WORD_PER, 0},
    {"a", WORD_FILLER, 0},
    {"ages", WORD_AGE, 0},
    {"age", WORD_AGE, 0},
    {"an", WORD_FILLER, 0},
    {"and", WORD_PLUS, 0},
    {"anniversary", WORD_ANNIVERSARY, 0},
    {"any", WORD_FILLER, 0},
    {"arch", WORD_ARCH, 0},
    {"at", WORD_FILLER, 0},
    {"benefit", WORD_PLAN, 0},
    {"calendar", WORD_CALENDAR, 0},
    {"cleanings", WORD_FILLER, 0},
    {"cleaning", WORD_FILLER, 0},
    {"consecutive", WORD_FILLER, 0},
    {"contract", WORD_PLAN, 0},
    {"coverage", WORD_ANNIVERSARY, 0},
    {"day", WORD_DAY, 0},
    {"days", WORD_DAY, 0},
    {"each", WORD_PER, 0},
    {"ever", WORD_LIFETIME, 0},
    {"every", WORD_PER, 0},
    {"exams", WORD_FILLER, 0},
    {"exam", WORD_FILLER, 0},
    {"exclusive", WORD_EXCLUSIVE, 0},
    {"five", WORD_NUMBER, 5},
    {"for", WORD_FILLER, 0},
    {"four", WORD_NUMBER, 4},
    {"from", WORD_FROM, 0},
    {"in", WORD_PER, 0},
    {"inclusive", WORD_FILLER, 0},
    {"jaw", WORD_ARCH, 0},
    {"least", WORD_FROM, 0},
    {"lifetime", WORD_LIFETIME, 0},
    {"maximum", WORD_FILLER, 0},
    {"max", WORD_FILLER, 0},
    {"member", WORD_ANNIVERSARY, 0},
    {"mo", WORD_MONTH, 0},
    {"month", WORD_MONTH, 0},
    {"months", WORD_MONTH, 0},
    {"of", WORD_FILLER, 0},
    {"older", WORD_FROM, 0},
    {"once", WORD_NUMBER, 1},
    {"one", WORD_NUMBER, 1},
    {"or", WORD_FILLER, 0},
    {"over", WORD_FROM, 0},
    {"per", WORD_PER, 0},
    {"period", WORD_FILLER, 0},
    {"plan", WORD_PLAN, 0},
    {"plus", WORD_PLUS, 0},
    {"policy", WORD_PLAN, 0},
    {"quadrant", WORD_QUADRANT, 0},
    {"quadrants", WORD_QUADRANT, 0},
    {"quarter", WORD_QUADRANT, 0},
    {"quarters", WORD_QUADRANT, 0},
    {"rolling", WORD_FILLER, 0},
    {"service", WORD_PLAN, 0},
    {"services", WORD_FILLER, 0},
    {"six", WORD_NUMBER, 6},
    {"the", WORD_THE, 0},
    {"three", WORD_NUMBER, 3},
    {"through", WORD_FILLER, 0},
    {"time", WORD_FILLER, 0},
    {"times", WORD_FILLER, 0},
    {"to", WORD_FILLER, 0},
    {"tooth", WORD_TOOTH, 0},
    {"twelve", WORD_NUMBER, 12},
    {"twice", WORD_NUMBER, 2},
    {"two", WORD_NUMBER, 2},
    {"under", WORD_UNDER, 0},
    {"until", WORD_FILLER, 0},
    {"up", WORD_FILLER, 0},
    {"visit", WORD_FILLER, 0},
    {"visits", WORD_FILLER, 0},
    {"waiting", WORD_WAITING, 0},
    {"week", WORD_WEEK, 0},
    {"weeks", WORD_WEEK, 0},
    {"within", WORD_PER, 0},
    {"x", WORD_FILLER, 0},
    {"year", WORD_YEAR, 0},
    {"years", WORD_YEAR, 0},
    {"yr", WORD_YEAR, 0},
    {"yrs", WORD_YEAR, 0},
};

enum { LIMIT_NO_NUMBER = -1, LIMIT_LARGEST_NUMBER = 9999, LIMIT_MOST = 120000 };

/* What has been read of a limit. */
typedef struct limit_reader {
  wb_limit limit;
  int32_t number; /* not yet used */
  int32_t count;  /* before the first "per" */
  bool per;       /* one was read */
  bool the;       /* the word before was "the" */
  bool year;      /* the year of a year kind was read */
  bool age;       /* the next number is an age */
  bool under, from;
} limit_reader;

/* Takes the number before a unit, 1 where there is none. */
static int32_t limit_take(limit_reader *reader) {
  int32_t number = reader->number == LIMIT_NO_NUMBER ? 1 : reader->number;
  reader->number = LIMIT_NO_NUMBER;
  return number;
}

/* A number: an age, or kept for what follows. */
static bool limit_read_number(limit_reader *reader, int32_t number) {
  if (reader->number != LIMIT_NO_NUMBER) return false;
  if (!reader->age) {
    reader->number = number;
    return true;
  }
  reader->age = false;
  if (reader->from) {
    reader->limit.age_from = number;
  } else {
    reader->limit.age_through = reader->under ? number - 1 : number;
  }
  reader->under = reader->from = false;
  return reader->limit.age_from > 0 || reader->limit.age_through > 0;
}

/* "per", "in", "every": what was before it is the count. */
static bool limit_read_per(limit_reader *reader) {
  if (!reader->per) reader->count = limit_take(reader);
  reader->per = true;
  return true;
}

/* Whether a limit counts years of the calendar, the plan or the coverage. */
static bool limit_yearly(const wb_limit *limit) {
  return limit->kind >= WB_LIMIT_CALENDAR_YEAR && limit->kind <= WB_LIMIT_ANNIVERSARY;
}

/* The year of "calendar year". */
static bool limit_read_year(limit_reader *reader, limit_word word, int32_t number) {
  if (word != WORD_YEAR || reader->year || number == 0) return false;
  reader->year = true;
  reader->limit.years = number;
  return true;
}

/* A unit of time. */
static bool limit_read_unit(limit_reader *reader, limit_word word) {
  wb_limit *limit = &reader->limit;
  if (word == WORD_MONTH && reader->the) {
    limit->flags |= WB_LIMIT_TO_THE_MONTH;
    return true;
  }
  int32_t number = limit_take(reader);
  if (limit_yearly(limit)) return limit_read_year(reader, word, number);
  if (limit->kind == 0) limit->kind = WB_LIMIT_INTERVAL;
  if (word == WORD_YEAR || word == WORD_MONTH) {
    limit->months += word == WORD_YEAR ? 12 * number : number;
  } else {
    limit->days += word == WORD_WEEK ? 7 * number : number;
  }
  return limit->months <= LIMIT_MOST && limit->days <= LIMIT_MOST;
}

/* "calendar", "plan", "lifetime", "waiting": a kind. */
static bool limit_read_kind(limit_reader *reader, int32_t kind) {
  bool waits = kind == WB_LIMIT_WAITING && reader->limit.kind == WB_LIMIT_INTERVAL;
  if (reader->limit.kind && !waits) return false;
  if (kind == WB_LIMIT_LIFETIME && !reader->per) reader->count = limit_take(reader);
  reader->limit.kind = kind;
  return true;
}

/* "tooth", "quadrant", "arch": a scope after "per"; before it only what is counted. */
static bool limit_read_scope(limit_reader *reader, int32_t scope) {
  if (!reader->per) return true;
  if (reader->number != LIMIT_NO_NUMBER || reader->limit.scope) return false;
  reader->limit.scope = scope;
  return true;
}

/* "age", "under", "from": how the next number, or the one before, is meant. */
static bool limit_read_age(limit_reader *reader, limit_word word) {
  if (word == WORD_UNDER) reader->under = true;
  if (word == WORD_FROM && reader->limit.age_through) {
    reader->limit.age_from = reader->limit.age_through; /* "age 14 and over" */
    reader->limit.age_through = 0;
  } else if (word == WORD_FROM) {
    reader->from = true;
  }
  if (word == WORD_AGE) reader->age = true;
  return true;
}

/* One word; false: it does not fit. */
static bool limit_read_word(limit_reader *reader, limit_word word, int32_t number) {
  switch (word) {
  case WORD_NUMBER: return limit_read_number(reader, number);
  case WORD_PER: return limit_read_per(reader);
  case WORD_DAY:
  case WORD_WEEK:
  case WORD_MONTH:
  case WORD_YEAR: return limit_read_unit(reader, word);
  case WORD_CALENDAR: return limit_read_kind(reader, WB_LIMIT_CALENDAR_YEAR);
  case WORD_PLAN: return limit_read_kind(reader, WB_LIMIT_PLAN_YEAR);
  case WORD_ANNIVERSARY: return limit_read_kind(reader, WB_LIMIT_ANNIVERSARY);
  case WORD_LIFETIME: return limit_read_kind(reader, WB_LIMIT_LIFETIME);
  case WORD_WAITING: return limit_read_kind(reader, WB_LIMIT_WAITING);
  case WORD_TOOTH: return limit_read_scope(reader, WB_LIMIT_TOOTH);
  case WORD_QUADRANT: return limit_read_scope(reader, WB_LIMIT_QUADRANT);
  case WORD_ARCH: return limit_read_scope(reader, WB_LIMIT_ARCH);
  case WORD_AGE:
  case WORD_UNDER:
  case WORD_FROM: return limit_read_age(reader, word);
  case WORD_EXCLUSIVE: reader->limit.flags |= WB_LIMIT_EXCLUSIVE; return true;
  case WORD_FILLER:
  case WORD_PLUS:
  case WORD_THE:
  default: return true;
  }
}

/* What a word or a sign means; NULL: not known. */
static const limit_entry *limit_lookup(wbi_text token) {
  for (size_t i = 0; i < WBI_COUNT(limit_words); ++i)
    if (wbi_text_equal_fold(token, wbi_text_of(limit_words[i].word))) return &limit_words[i];
  return NULL;
}

/* One token: digits, a word, or a sign. */
static wb_status limit_read_token(limit_reader *reader, wbi_text token) {
  limit_entry found = {NULL, WORD_NUMBER, 0};
  uint64_t number = 0;
  wb_status status = wbi_parse_uint(token, &number);
  if (status == WB_E_RANGE || number > LIMIT_LARGEST_NUMBER) return WB_E_RANGE;
  if (status) {
    const limit_entry *known = limit_lookup(token);
    if (!known) return WB_E_SYNTAX;
    found = *known;
    number = known->number;
  }
  bool fits = limit_read_word(reader, (limit_word)found.meaning, (int32_t)number);
  reader->the = found.meaning == WORD_THE;
  return fits ? WB_OK : WB_E_SYNTAX;
}

/* The length of the token that a text begins with: letters, digits, or one sign. */
static size_t limit_token_length(wbi_text text) {
  size_t length = 1;
  bool (*same)(char) = wbi_is_digit(text.data[0]) ? wbi_is_digit : wbi_is_letter;
  if (!same(text.data[0])) return 1;
  while (length < text.length && same(text.data[length]))
    ++length;
  return length;
}

/* Whether a text begins with what only parts words: no minus sign, as a hyphen after a blank and
   before a digit would be. */
static bool limit_blank(wbi_text text, bool after_blank) {
  const char c = text.data[0];
  if (c == '-') return !after_blank || text.length == 1 || !wbi_is_digit(text.data[1]);
  return c == ' ' || c == '\t' || c == ',';
}

/* Reads all tokens. */
static wb_status limit_read(limit_reader *reader, wbi_text text) {
  bool after_blank = true;
  while (text.length) {
    size_t length = limit_token_length(text);
    bool blank = limit_blank(text, after_blank);
    wb_status status = blank ? WB_OK : limit_read_token(reader, wbi_text_slice(text, 0, length));
    if (status) return status;
    after_blank = blank;
    text = wbi_text_slice(text, length, text.length);
  }
  return WB_OK;
}

/* Whether a number or a word about ages is left over. */
static bool limit_left_over(const limit_reader *reader) {
  return reader->number != LIMIT_NO_NUMBER || reader->age || reader->under || reader->from;
}

/* Whether the time of a limit is complete: a year of its kind, a length, what it is per. */
static bool limit_timed(const limit_reader *reader) {
  const wb_limit *limit = &reader->limit;
  if (limit_yearly(limit) != reader->year) return false;
  if (limit->kind != WB_LIMIT_INTERVAL && limit->kind != WB_LIMIT_WAITING) return true;
  if (!limit->months && !limit->days) return false;
  return reader->per || limit->kind == WB_LIMIT_WAITING;
}

/* Whether what was read is one whole limit. */
static bool limit_settle(limit_reader *reader) {
  wb_limit *limit = &reader->limit;
  bool ages = limit->age_from || limit->age_through;
  if (limit_left_over(reader)) return false;
  if (limit->kind == 0 && ages) limit->kind = WB_LIMIT_AGE;
  if (limit->kind == 0 || !limit_timed(reader)) return false;
  if (limit->kind < WB_LIMIT_AGE) limit->count = (uint32_t)reader->count;
  return reader->count >= 1;
}

wb_status WB_CALL wb_limit_parse(const char *text, size_t length, wb_limit *limit) {
  limit_reader reader = {.number = LIMIT_NO_NUMBER, .count = 1};
  reader.limit.effective = reader.limit.terminates = WB_DATE_NONE;
  if (!text || !limit || limit->size < sizeof *limit) return WB_E_INVALID;
  wb_status status = limit_read(&reader, (wbi_text){text, length});
  if (status) return status;
  if (!limit_settle(&reader)) return WB_E_SYNTAX;
  if (reader.count > 64) return WB_E_RANGE;
  return wbi_struct_write(limit, sizeof reader.limit, &reader.limit, sizeof reader.limit);
}
