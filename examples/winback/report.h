/* SPDX-License-Identifier: MIT */
/* The report of a rehearsal: one page without scripts and without anything from the network. */
#ifndef REPORT_H
#define REPORT_H

#include "simulate.h"

#include <stdarg.h>

/* ---- HTML (report_html.c): the only place that escapes ---- */

/* Writes a piece of the page. In the format, which is trusted:
     %s  a text, escaped       %d  an int            %l  a long as 12,345
     %t  tenths as 1.2         %D  a wb_date as 3 Mar 2026
     %W  a wb_date as Tue 3 March 2026               %%  the sign itself */
void report_put(FILE *out, const char *format, ...);
void report_put_list(FILE *out, const char *format, va_list *arguments);
/* A number as 12,345. */
const char *report_count(long number, char text[32]);
/* The name of a month in three letters; a date as 3 Mar. */
const char *report_month(wb_date date);
const char *report_day_month(wb_date date, char text[16]);
int report_weekday(wb_date date); /* 0 Monday to 6 Sunday */

extern const char report_style[]; /* report.css, as it is embedded */

/* A heading of a section, and what it is about. */
void report_section(FILE *out, const char *id, const char *title, const char *about);
/* The numbers of a chart: a table that can be folded away, or is at first, with its first line. */
void report_table(FILE *out, const char *caption, bool open, const char *const *heads, int count);
void report_table_end(FILE *out);

/* ---- charts (chart.c): sizes are tenths of a unit; a chart is 360 units wide ---- */

enum {
  CHART_WIDTH = 3600,
  CHART_LEFT = 390,
  CHART_RIGHT = 3580,
  CHART_HEAD = 140,
  CHART_TOP = 260
};

/* A chart with its title above it and its text alternatives, drawn from CHART_HEAD down to
   `height`; what is drawn inside is hidden from screen readers. */
void chart_begin(FILE *out, const char *id, const char *title, const char *about, long height);
void chart_end(FILE *out, const char *caption);
/* What the numbers are, at the upper left. */
void chart_unit(FILE *out, const char *unit);
void chart_rect(FILE *out, const char *kind, long x, long y, long width, long height);
/* The same with words for whoever points at it. */
void chart_rect_said(FILE *out, const char *kind, long x, long y, long width, long height,
                     const char *format, ...);
void chart_line(FILE *out, const char *kind, long x1, long y1, long x2, long y2);
/* `place` is start, middle or end. */
void chart_text(FILE *out, const char *kind, const char *place, long x, long y, const char *text);
void chart_legend(FILE *out, const char *const *kinds, const char *const *names, int count);

/* A scale of counts upwards, with its lines and numbers. */
typedef struct chart_scale {
  long top, bottom; /* in the drawing */
  long most, step;  /* of the numbers */
} chart_scale;
chart_scale chart_scale_make(long most, long top, long bottom);
void chart_scale_draw(FILE *out, const chart_scale *scale);
long chart_at(const chart_scale *scale, long number);

/* Bars that lie, with their names above them. */
typedef struct chart_bar {
  const char *name;
  long parts[4];
} chart_bar;
void chart_bars(FILE *out, const chart_bar *bars, int count, const char *const *kinds, int parts,
                long most);
long chart_bars_height(int count);

/* ---- stretches of the rehearsal: days, or weeks when it is long ---- */

typedef struct report_stretch {
  int from, to; /* days, the last excluded */
  wb_date first;
} report_stretch;
/* How many there are, and one of them. */
int report_stretches(const simulation *sim);
report_stretch report_stretch_at(const simulation *sim, int index);
bool report_weekly(const simulation *sim);
/* Dates under columns, as many as there is room for. */
void report_stretch_axis(FILE *out, const simulation *sim, long y);

/* ---- sections ---- */

void report_people(FILE *out, const simulation *sim);   /* report_people.c */
void report_consent(FILE *out, const simulation *sim);  /* report_people.c */
void report_held(FILE *out, const simulation *sim);     /* report_people.c */
void report_calendar(FILE *out, const simulation *sim); /* report_calendar.c */
void report_hours(FILE *out, const simulation *sim);    /* report_hours.c */
void report_funnel(FILE *out, const simulation *sim);   /* report_results.c */
void report_chairs(FILE *out, const simulation *sim);   /* report_results.c */
void report_desk(FILE *out, const simulation *sim);     /* report_results.c */
int report_messages(FILE *out, const simulation *sim);  /* report_messages.c */
void report_reading(FILE *out, const simulation *sim);  /* report_messages.c */

#endif
