/* SPDX-License-Identifier: MIT */
/* What charts are made of: shapes, texts, scales, bars. Numbers are whole tenths of a unit, so that
   a chart is the same everywhere. */
#include "report.h"

#include <string.h>

void chart_begin(FILE *out, const char *id, const char *title, const char *about, long height) {
  report_put(out,
             "<figure class=\"chart\">\n<p class=\"head\" aria-hidden=\"true\">%s</p>\n"
             "<svg viewBox=\"0 %d %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-about\">\n"
             "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-about\">%s</desc>\n",
             title, CHART_HEAD / 10, CHART_WIDTH / 10, (int)(height - CHART_HEAD) / 10, id, id, id,
             title, id, about);
}

void chart_end(FILE *out, const char *caption) {
  report_put(out, "</svg>\n<figcaption>%s</figcaption>\n</figure>\n", caption);
}

void chart_unit(FILE *out, const char *unit) {
  chart_text(out, "unit", "start", 0, 250, unit);
}

/* The corners of a shape; its element is left open. */
static void chart_open_rect(FILE *out, const char *kind, long x, long y, long width, long height) {
  report_put(out, "<rect class=\"%s\" x=\"%t\" y=\"%t\" width=\"%t\" height=\"%t\"", kind, (int)x,
             (int)y, (int)width, (int)height);
}

void chart_rect(FILE *out, const char *kind, long x, long y, long width, long height) {
  if (width <= 0 || height <= 0) return;
  chart_open_rect(out, kind, x, y, width, height);
  fputs("/>\n", out);
}

void chart_rect_said(FILE *out, const char *kind, long x, long y, long width, long height,
                     const char *format, ...) {
  va_list arguments;
  if (width <= 0 || height <= 0) return;
  chart_open_rect(out, kind, x, y, width, height);
  fputs("><title>", out);
  va_start(arguments, format);
  report_put_list(out, format, &arguments);
  va_end(arguments);
  fputs("</title></rect>\n", out);
}

void chart_line(FILE *out, const char *kind, long x1, long y1, long x2, long y2) {
  report_put(out, "<line class=\"%s\" x1=\"%t\" y1=\"%t\" x2=\"%t\" y2=\"%t\"/>\n", kind, (int)x1,
             (int)y1, (int)x2, (int)y2);
}

void chart_text(FILE *out, const char *kind, const char *place, long x, long y, const char *text) {
  report_put(out, "<text class=\"%s\" text-anchor=\"%s\" x=\"%t\" y=\"%t\">%s</text>\n", kind,
             place, (int)x, (int)y, text);
}

void chart_legend(FILE *out, const char *const *kinds, const char *const *names, int count) {
  fputs("<p class=\"legend\">", out);
  for (int i = 0; i < count; i++)
    report_put(out,
               "<span><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"%s\" "
               "width=\"10\" height=\"10\"/></svg>%s</span>\n",
               kinds[i], names[i]);
  fputs("</p>\n", out);
}

/* ---- scales ------------------------------------------------------------------------------- */

/* The smallest of 1, 2, 5, 10, 20, 50… that is not below a number. */
static long chart_round(long least) {
  static const long factors[] = {1, 2, 5};
  for (long ten = 1; ten < 1000000000; ten *= 10) {
    for (int i = 0; i < 3; i++) {
      if (factors[i] * ten >= least) return factors[i] * ten;
    }
  }
  return least;
}

chart_scale chart_scale_make(long most, long top, long bottom) {
  chart_scale scale = {.top = top, .bottom = bottom};
  scale.step = chart_round((most + 3) / 4 > 0 ? (most + 3) / 4 : 1);
  scale.most = (most + scale.step - 1) / scale.step * scale.step;
  if (scale.most <= 0) scale.most = scale.step;
  return scale;
}

long chart_at(const chart_scale *scale, long number) {
  return scale->bottom - (scale->bottom - scale->top) * number / scale->most;
}

void chart_scale_draw(FILE *out, const chart_scale *scale) {
  char text[32];
  for (long number = 0; number <= scale->most; number += scale->step) {
    const long y = chart_at(scale, number);
    chart_line(out, number ? "grid" : "axis", CHART_LEFT, y, CHART_RIGHT, y);
    chart_text(out, "tick", "end", CHART_LEFT - 40, y + 35, report_count(number, text));
  }
}

/* ---- bars --------------------------------------------------------------------------------- */

enum { BAR_STEP = 330, BAR_NAME = 110, BAR_HEIGHT = 120, BAR_SPACE = 440, BAR_LETTERS = 56 };

/* The name of a bar; a long one is drawn closer, so that it fits. */
static void chart_bar_name(FILE *out, long y, const char *name) {
  report_put(out, "<text class=\"name\" x=\"0\" y=\"%t\"", (int)y);
  if (strlen(name) > BAR_LETTERS)
    report_put(out, " textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"", CHART_WIDTH / 10);
  report_put(out, ">%s</text>\n", name);
}

long chart_bars_height(int count) {
  return CHART_TOP + 60 + (long)count * BAR_STEP;
}

void chart_bars(FILE *out, const chart_bar *bars, int count, const char *const *kinds, int parts,
                long most) {
  char text[32];
  const long room = CHART_WIDTH - BAR_SPACE;
  for (int i = 0; i < count; i++) {
    const long y = CHART_TOP + 60 + (long)i * BAR_STEP;
    long x = 0, sum = 0;
    chart_bar_name(out, y + BAR_NAME - 20, bars[i].name);
    for (int part = 0; part < parts; part++) {
      const long width = most > 0 ? room * bars[i].parts[part] / most : 0;
      chart_rect(out, kinds[part], x, y + BAR_NAME + 10, width, BAR_HEIGHT);
      x += width;
      sum += bars[i].parts[part];
    }
    chart_text(out, "count", "start", x + 40, y + BAR_NAME + 10 + 95, report_count(sum, text));
  }
}
