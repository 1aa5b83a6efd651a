/* SPDX-License-Identifier: MIT */
/* What is said on stderr. */
#include "cli.h"

#include <stdarg.h>
#include <string.h>

enum { REPORT_LEFT_OUT_SHOWN = 20 };

static long report_left_out, report_doubts;

/* Tables that may be missing, and are; their names are constants. */
enum { REPORT_MISSING_MOST = 16 };
static const char *report_missing[REPORT_MISSING_MOST];
static int report_missing_count;

void cli_error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fflush(stdout); /* so that both come in the order in which they were said */
  fputs("winback: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

int cli_fail(const char *what, wb_status status, const wb_error *error) {
  const char *message = error && error->message[0] ? error->message : wb_status_text(status);
  char place[32] = "";
  if (error && error->line) {
    snprintf(place, sizeof place, ":%u:%u", error->line, error->column);
  }
  if (error && error->path[0]) {
    cli_error("%s%s: %s: %s", what, place, error->path, message);
  } else {
    cli_error("%s%s: %s", what, place, message);
  }
  if (status == WB_E_RANGE && strstr(message, "31 days")) {
    cli_error("if this time is right, say so with --allow-jump");
  }
  return CLI_DATA;
}

void cli_left_out(const char *file, long line, const char *why) {
  if (report_left_out++ < REPORT_LEFT_OUT_SHOWN) {
    cli_error("%s:%ld: %s; the row is left out", file, line, why);
  }
}

long cli_left_out_count(void) {
  return report_left_out;
}

void cli_doubt(void) {
  report_doubts++;
}

void cli_doubt_all(const char *file, long rows) {
  cli_error(
      "%s: it cannot be told whose %ld of these rows %s: everybody is held back by what hangs "
      "on the table until the file is mended",
      file, rows, rows == 1 ? "is" : "are");
}

void cli_left_out_summary(void) {
  long more = report_left_out - REPORT_LEFT_OUT_SHOWN;
  if (!report_left_out) return;
  cli_error("%ld row%s left out%s", report_left_out, report_left_out == 1 ? "" : "s",
            more > 0 ? " (the first 20 are listed above)" : "");
  if (report_doubts) {
    cli_error("held back, not written to: the patient%s of %ld of them",
              report_doubts == 1 ? "" : "s", report_doubts);
  }
}

void cli_missing(const char *file) {
  if (report_missing_count < REPORT_MISSING_MOST) report_missing[report_missing_count++] = file;
}

/* Whether a table was missing. */
static bool report_is_missing(const char *file) {
  for (int i = 0; i < report_missing_count; i++)
    if (strcmp(report_missing[i], file) == 0) return true;
  return false;
}

const char *cli_missing_for(const char *field) {
  static const struct {
    const char *begin, *file;
  } wanted[] = {
      {"benefit.", "patplan.csv"},   {"benefit.", "inssub.csv"},
      {"benefit.", "insplan.csv"},   {"benefit.public", "insfilingcode.csv"},
      {"benefit.", "insverify.csv"}, {"benefit.", "benefit.csv"},
      {"benefit.", "claimproc.csv"}, {"coverages", "patplan.csv"},
      {"openings", "openings.csv"},  {"visit.next_confirmed", "definition.csv"},
      {"benefit.", "coverages.csv"}, {"benefit.", "claims.csv"},
      {"benefit.", "limits.csv"},    {"coverages", "coverages.csv"},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    if (strncmp(field, wanted[i].begin, strlen(wanted[i].begin)) == 0 &&
        report_is_missing(wanted[i].file))
      return wanted[i].file;
  return NULL;
}
