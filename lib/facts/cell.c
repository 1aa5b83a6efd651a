/* SPDX-License-Identifier: MIT */
/* From a column's cell to a value of a field's type. */
#include "facts/facts_private.h"

uint32_t wbi_type_fits(int32_t type) {
  switch (type) {
  case WB_BOOL: return WBI_FITS(WBI_CELLS_BOOL);
  case WB_INT: return WBI_FITS(WBI_CELLS_INT) | WBI_FITS(WBI_CELLS_DECIMAL);
  case WB_UINT: return WBI_FITS(WBI_CELLS_INT);
  case WB_DOUBLE:
    return WBI_FITS(WBI_CELLS_REAL) | WBI_FITS(WBI_CELLS_INT) | WBI_FITS(WBI_CELLS_DECIMAL);
  case WB_TEXT: return WBI_FITS(WBI_CELLS_TEXT);
  case WB_BYTES: return WBI_FITS(WBI_CELLS_BYTES);
  case WB_DATE: return WBI_FITS(WBI_CELLS_DATE) | WBI_FITS(WBI_CELLS_WALL);
  case WB_TIME: return WBI_FITS(WBI_CELLS_INSTANT);
  default: return 0; /* WB_LIST */
  }
}

/* Ticks in whole units: one to one as almost always, and a division takes long. */
static int64_t cell_units(int64_t ticks, int64_t unit) {
  return unit == 1 ? ticks : wbi_floor_div(ticks, unit);
}

bool wbi_cell_seconds(const wbi_column *column, uint32_t row, int64_t *seconds) {
  int64_t ticks = 0;
  if (!wbi_column_int(column, row, &ticks)) return false;
  *seconds = cell_units(ticks, column->unit);
  return true;
}

wb_status wbi_cell_date(const wbi_column *column, uint32_t row, wb_date *date) {
  int64_t days = 0;
  if (!wbi_column_int(column, row, &days)) {
    *date = WB_DATE_NONE;
    return WB_OK;
  }
  days = cell_units(days, column->unit);
  if (column->cells == WBI_CELLS_WALL) days = wbi_floor_div(days, WBI_DAY);
  if (days < WB_DATE_MIN || days > WB_DATE_MAX) return WB_E_RANGE;
  *date = (wb_date)days;
  return WB_OK;
}

/* Text or bytes. */
static wb_status cell_text(const wbi_column *column, uint32_t row, int32_t type, wb_value *value) {
  wbi_text text = {0};
  if (!wbi_column_text(column, row, &text)) return WB_OK;
  if (text.length > UINT32_MAX || (type == WB_TEXT && !wbi_utf8_valid(text))) return WB_E_TYPE;
  value->data = text.data;
  value->length = (uint32_t)text.length;
  value->kind = type;
  return WB_OK;
}

/* The digits of a decimal as a whole number, which nearly all money is far within. */
static wb_status cell_digits(const wbi_column *column, uint32_t row, int64_t *digits,
                             bool *present) {
  uint64_t halves[2] = {0, 0};
  *present = wbi_column_decimal(column, row, halves);
  if (halves[1] != (halves[0] >> 63 ? UINT64_MAX : 0)) return WB_E_RANGE;
  memcpy(digits, halves, sizeof *digits);
  return WB_OK;
}

/* Multiplies by 10, `times` times; false: out of range. */
static bool cell_shift_up(int64_t *number, int32_t times) {
  for (; times > 0 && *number != 0; --times) {
    if (*number > INT64_MAX / 10 || *number < INT64_MIN / 10) return false;
    *number *= 10;
  }
  return true;
}

/* Divides by 10, `times` times; false: not without a rest. */
static bool cell_shift_down(int64_t *number, int32_t times) {
  for (; times > 0 && *number != 0; --times) {
    if (*number % 10 != 0) return false;
    *number /= 10;
  }
  return true;
}

/* A decimal as a whole number: as it is, or in cents where it has digits after the point. */
static wb_status cell_cents(const wbi_column *column, uint32_t row, wb_value *value) {
  bool present = false;
  const int32_t scale = column->unit, wanted = scale > 0 ? 2 : 0;
  wb_status status = cell_digits(column, row, &value->integer, &present);
  if (status || !present) return status;
  if (!cell_shift_up(&value->integer, wanted - scale)) return WB_E_RANGE;
  if (!cell_shift_down(&value->integer, scale - wanted)) return WB_E_RANGE;
  value->kind = WB_INT;
  return WB_OK;
}

/* A decimal as the nearest real number. */
static wb_status cell_decimal(const wbi_column *column, uint32_t row, wb_value *value) {
  char text[32];
  int64_t digits = 0;
  bool present = false;
  wbi_writer writer = {text, sizeof text, 0};
  wb_status status = cell_digits(column, row, &digits, &present);
  if (status || !present) return status;
  wbi_put_int(&writer, digits);
  wbi_put_char(&writer, 'e');
  wbi_put_int(&writer, -column->unit);
  value->kind = WB_DOUBLE;
  return wbi_parse_double((wbi_text){text, writer.length}, &value->real);
}

/* A whole number; one of 64 bits without sign may be above what WB_INT holds. */
static wb_status cell_integer(const wbi_column *column, uint32_t row, int32_t type,
                              wb_value *value) {
  int64_t number = 0;
  bool large = !column->piece.strip.is_signed && column->piece.strip.width == 8;
  if (!wbi_column_int(column, row, &number)) return WB_OK;
  if (number < 0 && large != (type == WB_UINT)) return WB_E_RANGE;
  value->integer = number;
  value->kind = type;
  return WB_OK;
}

/* A real number, or a whole one as such. */
static wb_status cell_real(const wbi_column *column, uint32_t row, wb_value *value) {
  int64_t number = 0;
  bool whole = column->cells == WBI_CELLS_INT;
  bool present =
      whole ? wbi_column_int(column, row, &number) : wbi_column_real(column, row, &value->real);
  if (!present) return WB_OK;
  if (whole && number < 0 && !column->piece.strip.is_signed)
    value->real = (double)(uint64_t)number;
  else if (whole)
    value->real = (double)number;
  value->kind = WB_DOUBLE;
  return WB_OK;
}

/* A date. */
static wb_status cell_day(const wbi_column *column, uint32_t row, wb_value *value) {
  wb_date date = WB_DATE_NONE;
  wb_status status = wbi_cell_date(column, row, &date);
  if (status || date == WB_DATE_NONE) return status;
  value->integer = date;
  value->kind = WB_DATE;
  return WB_OK;
}

/* An instant. */
static wb_status cell_instant(const wbi_column *column, uint32_t row, wb_value *value) {
  int64_t seconds = 0;
  if (!wbi_cell_seconds(column, row, &seconds)) return WB_OK;
  if (!wbi_time_valid(seconds)) return WB_E_RANGE;
  value->integer = seconds;
  value->kind = WB_TIME;
  return WB_OK;
}

wb_status wbi_cell_value(const wbi_column *column, uint32_t row, int32_t type, wb_value *value) {
  *value = (wb_value){.size = sizeof *value};
  if (column->cells <= WBI_CELLS_NULL) return WB_OK;
  if (column->cells == WBI_CELLS_DECIMAL)
    return type == WB_DOUBLE ? cell_decimal(column, row, value) : cell_cents(column, row, value);
  switch (type) {
  case WB_TEXT: /* as WB_BYTES */
  case WB_BYTES: return cell_text(column, row, type, value);
  case WB_DOUBLE: return cell_real(column, row, value);
  case WB_DATE: return cell_day(column, row, value);
  case WB_TIME: return cell_instant(column, row, value);
  default: return cell_integer(column, row, type, value);
  }
}
