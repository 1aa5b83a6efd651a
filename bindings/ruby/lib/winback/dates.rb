# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

# Dates and intervals: recall arithmetic as practice-management systems do it.
module Winback
  class << self
    # The date of a year (1–9999), month and day; `OutOfRange` when there is no such day.
    def make_date(year, month, day)
      parts = { year: year, month: month, day: day }.map { |name, part| Convert.whole(part, "l", name) }
      Convert.date(Library.number("l", :wb_date_make, *parts))
    end

    # Year, month and day.
    def split_date(date)
      parts = Array.new(3) { Library.room("l") }
      Library.call(:wb_date_split, Convert.day(date), *parts)
      parts.map { |part| part.unpack1("l") }
    end

    # Reads "2026-01-30", exactly ten characters.
    def parse_date(text)
      Convert.date(Library.number("l", :wb_date_parse, *Convert.sized(text)))
    end

    # Writes "2026-01-30".
    def format_date(date)
      Convert.text(Library.written(:wb_date_format, Convert.day(date)))
    end

    # Day of the week, 1 Monday to 7 Sunday.
    def weekday(date)
      Library.number("l", :wb_date_weekday, Convert.day(date))
    end

    # First years, then months, each with the day cut to the month that is reached, then weeks and days:
    # 31 August + 6 months and 1 day is 1 March.
    def add(date, interval)
      Convert.date(Library.number("l", :wb_date_add, Convert.day(date), Convert.struct(interval)))
    end

    # With the day cut to the length of the month; `months` may be negative.
    def add_months(date, months)
      Convert.date(Library.number("l", :wb_date_add_months, Convert.day(date), Convert.whole(months, "l", "months")))
    end

    # The largest n with from + n months <= to.
    def months_between(from, to)
      Library.number("l", :wb_date_months, Convert.day(from), Convert.day(to))
    end

    # Reads "6m1d", ISO 8601 "P6M1D", or Open Dental's packed integer.
    def parse_interval(text)
      Convert.answer(Interval, :wb_interval_parse, *Convert.sized(text))
    end

    # Writes "1y3m1w1d", parts that are 0 left out; "0d" for the empty interval.
    def format_interval(interval)
      Convert.text(Library.written(:wb_interval_format, Convert.struct(interval)))
    end
  end
end
