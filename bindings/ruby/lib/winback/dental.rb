# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

# Recare, treatment and benefits of one patient, as functions of values.
module Winback
  class << self
    # Kind, last, due and band of a patient's recare.
    def recare(history, today, settings = nil)
      Convert.answer(Recare, :wb_recare_find, Convert.struct(history), Convert.struct(settings), Convert.day(today))
    end

    # The group of a procedure code on a date of service; the host's table comes first.
    def find_group(code, on = nil, codes: [])
      Convert.answer(Group, :wb_group_find, *Convert.sized(code), Convert.day(on), *Convert.array(Code, codes))
    end

    # Reads a list of codes, ranges and names of groups: "D1110, D4341-D4342 fluoride".
    def parse_codes(text)
      Convert.rows(CodeRange, :wb_codes_parse, *Convert.sized(text))
    end

    # Reads a place as charts write it, as a mask; `areas`: the column of quarters and arches.
    def parse_teeth(text, areas: false)
      Library.number("Q", :wb_teeth_parse, *Convert.sized(text), areas ? 1 : 0)
    end

    # Where one of a patient's procedures stands among all of them.
    def treatment(procedures, index, today)
      Convert.answer(Treatment, :wb_treatment_find, *Convert.array(Procedure, procedures),
                     Convert.whole(index, "L", "index"), Convert.day(today))
    end

    # What one patient has begun and not finished.
    def unfinished(procedures, today, crown: :seat)
      Convert.following(Unfinished, :wb_unfinished_next, *Convert.array(Procedure, procedures),
                        CrownConvention[crown], Convert.day(today))
    end

    # The period of a coverage that a day is in.
    def benefit_period(plan, on)
      Convert.answer(Period, :wb_benefit_find, Convert.struct(plan), Convert.day(on))
    end

    # What is left of a maximum, in cents, in a period; nil: not known.
    def usage(claims, period, maximum)
      most = maximum.nil? ? Declarations::WB_CENTS_NONE : Convert.whole(maximum, "q", "maximum")
      Convert.answer(Usage, :wb_usage_find, *Convert.array(Claim, claims), Convert.struct(period), most)
    end

    # Reads a limit as plans word it: "2 per calendar year".
    def parse_limit(text)
      Convert.answer(Limit, :wb_limit_parse, *Convert.sized(text))
    end

    # The first day from `service.from` on that satisfies every limit that applies.
    def covered(limits, history, service)
      Convert.answer(Covered, :wb_benefit_covered, *Convert.array(Limit, limits), *Convert.array(Procedure, history),
                     Convert.struct(service))
    end
  end
end
