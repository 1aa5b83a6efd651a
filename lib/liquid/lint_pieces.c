/* SPDX-License-Identifier: MIT */
/* Reads the source of a compiled template for the lint. It compiled, so nothing here is in error.
 */
#include "liquid/lint.h"

/* Fields that are a part of a message. */
static const struct {
  const char *name;
  uint32_t part;
} cut_parts[] = {
    {"practice.name", WBI_PART_SENDER},        {"location.name", WBI_PART_SENDER},
    {"location.short_name", WBI_PART_SENDER},  {"location.address", WBI_PART_ADDRESS},
    {"unsubscribe_url", WBI_PART_UNSUBSCRIBE},
};

/* The part that a field is; 0: none. */
static uint32_t cut_part(wbi_text field) {
  for (size_t i = 0; i < WBI_COUNT(cut_parts); i++) {
    const wbi_text name = wbi_text_of(cut_parts[i].name);
    /* same: of equal lengths the difference is none */
    const size_t from = field.length > name.length ? field.length - name.length : 0;
    const bool whole = from == 0 || field.data[from - 1] == '.';
    if (whole && wbi_text_equal(wbi_text_slice(field, from, field.length), name)) {
      return cut_parts[i].part;
    }
  }
  return 0;
}

/* Reads the texts in quotes inside braces, which may be written. */
static void cut_quotes(wbi_lint *lint, const wbi_piece *piece) {
  wbi_token token;
  for (size_t at = piece->from; at < piece->to;) {
    if (WBI_NEVER(wbi_token_next(lint->source, &at, piece->to, &token, NULL) != WB_OK)) return;
    if (token.kind != WBI_TOKEN_TEXT || token.text.length == 0) continue;
    wbi_lint_cut(lint, false);
    const uint32_t from = (uint32_t)(token.text.data - lint->source.data);
    wbi_lint_text(lint, from, from + (uint32_t)token.text.length);
    wbi_lint_cut(lint, false);
  }
}

/* Output: a field, which is something else that is written here, or a text. */
static void cut_output(wbi_lint *lint, const wbi_piece *piece) {
  wbi_token token;
  size_t at = piece->from;
  if (WBI_NEVER(wbi_token_next(lint->source, &at, piece->to, &token, NULL) != WB_OK)) return;
  wbi_lint_link_field(lint, piece);
  if (token.kind != WBI_TOKEN_TEXT) {
    const char *bar = memchr(lint->source.data + token.from, '|', piece->to - token.from);
    const size_t end = bar != NULL ? (size_t)(bar - lint->source.data) : piece->to;
    lint->parts |= cut_part(wbi_text_trim(wbi_text_slice(lint->source, token.from, end)));
    wbi_lint_cut(lint, true);
  }
  cut_quotes(lint, piece);
}

/* What a tag does to the blocks. */
typedef enum cut_kind {
  CUT_OPEN,
  CUT_LOOP,
  CUT_CASE,
  CUT_BRANCH,
  CUT_WHEN,
  CUT_ELSE,
  CUT_CLOSE,
  CUT_ASSIGN,
  CUT_RAW,
  CUT_COMMENT
} cut_kind;

/* The kind of a tag of the language; what is no other is a comment. */
static cut_kind cut_tag_kind(wbi_text word) {
  static const struct {
    const char *name;
    cut_kind kind;
  } cut_tags[] = {{"if", CUT_OPEN},       {"unless", CUT_OPEN},    {"case", CUT_CASE},
                  {"for", CUT_LOOP},      {"elsif", CUT_BRANCH},   {"when", CUT_WHEN},
                  {"else", CUT_ELSE},     {"endif", CUT_CLOSE},    {"endunless", CUT_CLOSE},
                  {"endcase", CUT_CLOSE}, {"endfor", CUT_CLOSE},   {"assign", CUT_ASSIGN},
                  {"raw", CUT_RAW},       {"comment", CUT_COMMENT}};
  size_t i = 0;
  while (cut_tags[i].kind != CUT_COMMENT && !wbi_text_equal(word, wbi_text_of(cut_tags[i].name)))
    i++;
  return cut_tags[i].kind;
}

/* A tag that opens, divides or closes a block; `*begun`: the last was a case, whose first branch is
   still to come. */
static void cut_block(wbi_lint *lint, cut_kind kind, bool *begun) {
  const bool first = *begun && kind == CUT_WHEN;
  *begun = kind == CUT_CASE;
  if (kind == CUT_OPEN || kind == CUT_LOOP || kind == CUT_CASE) {
    wbi_lint_open(lint, kind == CUT_LOOP);
  } else if (kind == CUT_CLOSE) {
    wbi_lint_close(lint);
  } else if (!first) {
    wbi_lint_branch(lint, kind == CUT_ELSE);
  }
}

static void cut_text(wbi_lint *lint, const wbi_piece *piece) {
  wbi_lint_text(lint, (uint32_t)piece->from, (uint32_t)piece->to);
}

/* A tag; what is raw is text, and what is a comment is passed over, such as `# …`, which has no
   name. */
static void cut_tag(wbi_lint *lint, wbi_scanner *scanner, const wbi_piece *piece, bool *begun) {
  wbi_token token;
  wbi_piece raw = {.from = 0};
  size_t at = piece->from;
  if (wbi_token_next(lint->source, &at, piece->to, &token, NULL) != WB_OK) return;
  const cut_kind kind = cut_tag_kind(token.text);
  if (kind == CUT_ASSIGN) {
    cut_quotes(lint, piece);
  } else if (kind == CUT_COMMENT) {
    (void)wbi_scanner_comment(scanner, piece->open, NULL);
  } else if (kind == CUT_RAW) {
    (void)wbi_scanner_raw(scanner, piece->open, &raw, NULL);
    cut_text(lint, &raw);
  } else {
    cut_block(lint, kind, begun);
  }
}

void wbi_lint_pieces(wbi_lint *lint) {
  wbi_scanner scanner = {.source = lint->source};
  wbi_piece piece;
  bool begun = false;
  while (WBI_ALWAYS(wbi_scanner_next(&scanner, &piece, NULL) == WB_OK) &&
         piece.kind != WBI_PIECE_END) {
    if (piece.kind == WBI_PIECE_TEXT) {
      cut_text(lint, &piece);
    } else if (piece.kind == WBI_PIECE_OUTPUT) {
      cut_output(lint, &piece);
    } else {
      cut_tag(lint, &scanner, &piece, &begun);
    }
  }
}
