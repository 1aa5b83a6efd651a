/* SPDX-License-Identifier: MIT */
/* Pieces of the page: escaping, numbers, dates, headings, tables. */
#include "report.h"

#include <string.h>

static const char *const html_months[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
static const char *const html_weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/* A text as it stands between tags or in quotes. */
static void html_text(FILE *out, const char *text) {
  for (; *text; text++) {
    switch (*text) {
    case '&': fputs("&amp;", out); break;
    case '<': fputs("&lt;", out); break;
    case '>': fputs("&gt;", out); break;
    case '"': fputs("&quot;", out); break;
    case '\'': fputs("&#39;", out); break;
    default: fputc(*text, out);
    }
  }
}

const char *report_count(long number, char text[32]) {
  char digits[24];
  const int length = snprintf(digits, sizeof digits, "%ld", number);
  int used = 0;
  for (int i = 0; i < length; i++) {
    text[used++] = digits[i];
    if (digits[i] != '-' && (length - i) % 3 == 1 && i + 1 < length) text[used++] = ',';
  }
  text[used] = 0;
  return text;
}

/* Year, month and day of a date. */
static void html_split(wb_date date, int *year, int *month, int *day) {
  char text[16] = "1970-01-01";
  size_t length = 0;
  (void)wb_date_format(date, text, sizeof text, &length);
  *year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
  *month = (text[5] - '0') * 10 + text[6] - '0';
  *day = (text[8] - '0') * 10 + text[9] - '0';
}

const char *report_month(wb_date date) {
  static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int year, month, day;
  html_split(date, &year, &month, &day);
  return names[month - 1];
}

const char *report_day_month(wb_date date, char text[16]) {
  int year, month, day;
  html_split(date, &year, &month, &day);
  snprintf(text, 16, "%d %s", day, report_month(date));
  return text;
}

int report_weekday(wb_date date) {
  return (int)(((int64_t)date + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
}

static void html_date(FILE *out, wb_date date, bool whole) {
  int year, month, day;
  html_split(date, &year, &month, &day);
  if (whole)
    fprintf(out, "%s %d %s %d", html_weekdays[report_weekday(date)], day, html_months[month - 1],
            year);
  else
    fprintf(out, "%d %s %d", day, report_month(date), year);
}

/* Writes one argument of a format. */
static void html_argument(FILE *out, char kind, va_list *arguments) {
  char text[32];
  int number;
  switch (kind) {
  case 's': html_text(out, va_arg(*arguments, const char *)); break;
  case 'd': fprintf(out, "%d", va_arg(*arguments, int)); break;
  case 'l': fputs(report_count(va_arg(*arguments, long), text), out); break;
  case 'D': html_date(out, va_arg(*arguments, wb_date), false); break;
  case 'W': html_date(out, va_arg(*arguments, wb_date), true); break;
  case 't':
    number = va_arg(*arguments, int);
    fprintf(out, "%d.%d", number / 10, number % 10);
    break;
  default: fputc(kind, out);
  }
}

void report_put_list(FILE *out, const char *format, va_list *arguments) {
  for (const char *at = format; *at; at++) {
    if (*at != '%') {
      fputc(*at, out);
    } else if (at[1]) {
      html_argument(out, *++at, arguments);
    }
  }
}

void report_put(FILE *out, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report_put_list(out, format, &arguments);
  va_end(arguments);
}

void report_section(FILE *out, const char *id, const char *title, const char *about) {
  report_put(out, "<section id=\"%s\">\n<h2>%s</h2>\n<p class=\"about\">%s</p>\n", id, title,
             about);
}

void report_table(FILE *out, const char *caption, bool open, const char *const *heads, int count) {
  report_put(
      out,
      "<details class=\"numbers\"%s><summary>%s</summary>\n<div class=\"wide\" tabindex=\"0\">"
      "<table><thead><tr>",
      open ? " open" : "", caption);
  for (int i = 0; i < count; i++)
    report_put(out, "<th scope=\"col\">%s</th>", heads[i]);
  fputs("</tr></thead><tbody>\n", out);
}

void report_table_end(FILE *out) {
  fputs("</tbody></table></div></details>\n", out);
}
