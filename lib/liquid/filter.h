/* SPDX-License-Identifier: MIT */
/* The filters, by file. All have the type of `apply` in a wbi_filter. */
#ifndef WBI_LIQUID_FILTER_H
#define WBI_LIQUID_FILTER_H

#include "liquid/values.h"

#define WBI_FILTER_ARGUMENTS                                                                       \
  const wbi_filtering *filtering, wb_value *value, const wb_value *arguments, uint32_t count

/* ---- filter_text.c ------------------------------------------------------------------------ */

wb_status wbi_filter_default(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_size(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_first(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_last(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_join(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_append(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_prepend(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_strip(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_lstrip(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_rstrip(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_truncate(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_truncatewords(WBI_FILTER_ARGUMENTS);

/* ---- filter_replace.c --------------------------------------------------------------------- */

wb_status wbi_filter_replace(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_replace_first(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_remove(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_remove_first(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_strip_newlines(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_newline_to_br(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_escape(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_escape_once(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_url_encode(WBI_FILTER_ARGUMENTS);

/* ---- filter_case.c ------------------------------------------------------------------------ */

wb_status wbi_filter_upcase(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_downcase(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_capitalize(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_initial(WBI_FILTER_ARGUMENTS);
/* Writes a text in capitals, in small letters. */
void wbi_put_upper(wbi_writer *writer, wbi_text text);
void wbi_put_lower(wbi_writer *writer, wbi_text text);

/* ---- filter_math.c ------------------------------------------------------------------------ */

wb_status wbi_filter_plus(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_minus(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_times(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_divided_by(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_modulo(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_abs(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_ceil(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_floor(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_round(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_at_least(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_at_most(WBI_FILTER_ARGUMENTS);

/* ---- filter_date.c ------------------------------------------------------------------------ */

wb_status wbi_filter_date(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_date_words(WBI_FILTER_ARGUMENTS);

/* ---- filter_words.c ----------------------------------------------------------------------- */

wb_status wbi_filter_money(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_plural(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_phone(WBI_FILTER_ARGUMENTS);
wb_status wbi_filter_list_and(WBI_FILTER_ARGUMENTS);

#endif
