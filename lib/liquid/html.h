/* SPDX-License-Identifier: MIT */
/*
 * HTML of templates. While a template is compiled, a small machine follows its literal text and
 * says for each value which escaper it needs where it stands, or that no value may stand there.
 * While it is rendered, the escapers write the values, and links keep to the policy.
 *
 * The machine is stricter than a browser: what it accepts, every browser reads in the same way.
 */
#ifndef WBI_HTML_H
#define WBI_HTML_H

#include "liquid/liquid.h"

/* ---- links (url.c) ------------------------------------------------------------------------ */

/* Bytes of a link. */
#define WBI_LINK_MOST 2048

/* What a link may be besides https. */
enum {
  WBI_LINK_HTTP = 1,   /* http */
  WBI_LINK_ADDRESS = 2 /* mailto, tel */
};

/* Kinds of characters in links (RFC 3986), as bits. */
enum {
  WBI_LINK_PART = 1,      /* stands for itself anywhere */
  WBI_LINK_PATH = 2,      /* and in a path, but for & and % */
  WBI_LINK_ANY = 4,       /* and in a whole link */
  WBI_LINK_AFTER = 8,     /* in the address of mailto and tel */
  WBI_LINK_CHARACTER = 16 /* all that a link can have */
};

/* Kinds of a character, from @: bits over 0x40. */
extern const char wbi_link_kinds[129];

static inline uint8_t wbi_link_kind(char c) {
  const uint8_t byte = (uint8_t)c;
  return byte < 128 ? (uint8_t)wbi_link_kinds[byte] & 31 : 0;
}

/* Why a link is not fit; NULL: it is. It must be whole, in the characters of RFC 3986. NULL as
   policy: hosts are not listed. */
const char *wbi_link_reason(const wb_policy *policy, uint32_t may, wbi_text link);
/* Whether a link is as nearly all are: fit, for it leads to a host that is listed as it is written
   here. False: it is to be asked for with wbi_link_reason. Its characters are those of RFC 3986. */
bool wbi_link_usual(const wb_policy *policy, wbi_text link);
/* Whether all characters are those of RFC 3986: the rest is written with percent signs. */
bool wbi_link_characters(wbi_text link);
/* In plain text, where the run of bytes from an offset on ends that may be a link; and where the
   link in it ends, without what ends a sentence. */
size_t wbi_link_run(wbi_text text, size_t from);
size_t wbi_link_end(wbi_text text, size_t from, size_t run);
/* Whether a host belongs to a public shortener of links: it tells nobody where it leads. */
bool wbi_link_shortener(wbi_text host);

/* ---- escapers (escape.c) ------------------------------------------------------------------ */

/* How a value is written. */
typedef enum wbi_escape {
  WBI_ESCAPE_NONE,   /* not HTML */
  WBI_ESCAPE_TEXT,   /* between tags, in a title, in a quoted attribute */
  WBI_ESCAPE_LINK,   /* all of a link of `a` */
  WBI_ESCAPE_IMAGE,  /* all of a link of `img` */
  WBI_ESCAPE_PATH,   /* in the path of a link */
  WBI_ESCAPE_PART,   /* in the query or fragment of a link */
  WBI_ESCAPE_ADDRESS /* after mailto: or tel: */
} wbi_escape;

/* Writes a value. `escaped`: the value is HTML text already. NULL: written; else why a link is
   refused. NULL as policy: a link is anything that runs no code. */
const char *wbi_escape_put(wbi_writer *writer, wbi_escape escape, const wb_policy *policy,
                           wbi_text value, bool escaped);
/* Where the next byte is that a table marks, looked for eight at a time; the length: there is none.
 */
size_t wbi_escape_next(wbi_text text, size_t at, const uint8_t special[256]);
/* What is written for a byte that is special in HTML; for a NUL, as HTML has it, U+FFFD. */
wbi_text wbi_escape_written(char c);
/* Reads the character reference at text.data[*at], which is a &, and moves *at past it; false (and
 *at unmoved): none that is known. */
bool wbi_escape_reference(wbi_text text, size_t *at, uint32_t *scalar);

/* ---- the text part (html_plain.c) --------------------------------------------------------- */

/* Writes what a reader of a page reads: wb_plain_format. The page is UTF-8. */
void wbi_html_plain(wbi_text html, wbi_writer *writer);
/* How far a reader sees apart what stands before and behind the tag that a text begins with:
   0 joined, 1 by a blank or a line, 2 as parts of their own. */
uint32_t wbi_html_apart(wbi_text tag);

/* ---- names (html_names.c) ----------------------------------------------------------------- */

/* Elements that are more than their name. */
enum { WBI_HTML_A, WBI_HTML_IMG, WBI_HTML_META, WBI_HTML_STYLE_ELEMENT, WBI_HTML_TITLE_ELEMENT };

/* What the value of an attribute is. */
typedef enum wbi_html_kind {
  WBI_HTML_PLAIN,    /* text */
  WBI_HTML_FIXED,    /* text without values */
  WBI_HTML_STYLE,    /* CSS without values */
  WBI_HTML_EQUIV,    /* of meta: one of a few words */
  WBI_HTML_LINK,     /* of a */
  WBI_HTML_IMAGE,    /* of img */
  WBI_HTML_FORBIDDEN /* no attribute of a message */
} wbi_html_kind;

/* Why an element is refused, empty when there is nothing to say of it; NULL: it is set. */
const char *wbi_html_element(wbi_text name, uint8_t *element);
/* What an attribute of an element holds. */
wbi_html_kind wbi_html_attribute(wbi_text name, uint8_t element);

/* ---- the machine (html.c) ----------------------------------------------------------------- */

/* Where in HTML a text stands; all zero at its beginning. To be copied where branches part. */
typedef struct wbi_html {
  uint32_t open;   /* offset of the tag, quote or title that is open */
  uint8_t place;   /* text, title, tag, value */
  uint8_t element; /* of the tag */
  uint8_t kind;    /* of the attribute whose value is read */
  uint8_t quote;   /* that ends the value */
  uint8_t part;    /* of a link: how far it is read */
  uint8_t apart;   /* in a tag: white space came, an attribute may follow */
  uint8_t rest[2];
} wbi_html;

/* Reads a run of literal text, source[from, to). Where it ends, a value or a tag of Liquid stands,
   or the source ends. WB_E_SYNTAX, or WB_E_POLICY for a link, with the place. */
wb_status wbi_html_text(wbi_html *html, const wb_policy *policy, wbi_text source, size_t from,
                        size_t to, wb_error *error);
/* A value stands at an offset: how it is to be escaped. WB_E_SYNTAX: none may stand there. */
wb_status wbi_html_value(wbi_html *html, wbi_text source, size_t at, wbi_escape *escape,
                         wb_error *error);
/* Whether two places are the same: those before and after the body of a loop. */
bool wbi_html_same(const wbi_html *a, const wbi_html *b);
/* Lets branches come together: html becomes what holds for both. False: they end apart. */
bool wbi_html_meet(wbi_html *html, const wbi_html *other);
/* All must be closed where the source ends. */
wb_status wbi_html_finish(const wbi_html *html, wbi_text source, wb_error *error);

#endif
