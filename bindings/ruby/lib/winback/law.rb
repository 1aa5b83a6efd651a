# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "zones"

module Winback
  # Law: when a message of some class may be delivered to somebody in some place. The packs that ship, or one of
  # the host's as JSON.
  class Law < Shared
    FREE = :wb_law_unref
    REF = :wb_law_ref
    private_constant :FREE, :REF

    def initialize(json = nil, context: nil)
      make(:wb_law_new, [Owner.of(Context, context)], *Convert.optional(json))
    end

    # When a message may go out: the first open stretch at or after `question.at`.
    def find(question, zones: [], hours_zone: nil)
      owners, hours = zones.map { |zone| Owner.of(Zone, zone) }, Owner.of(Zone, hours_zone)
      list = owners.empty? ? nil : Memory.new(owners.map(&:address).pack("J*"))
      asked = Convert.struct(question, zones: list&.address || 0, zone_count: owners.size,
                                       hours_zone: hours&.address || 0)
      using(hours, *owners) { |law| Convert.answer(LawAnswer, :wb_law_find, law, asked) }
    end

    # The rules that bind in a region on a day, of a kind and for a class of messages; what is left out is any.
    def rules(kind = 0, region = "", message_class = 0, on = nil)
      raw = Convert.data(region)
      asked = [LawKind[kind], raw.empty? ? nil : raw, raw.bytesize, MessageClass[message_class], Convert.day(on)]
      Enumerator.new do |found|
        using { |law| Convert.following(LawRule, :wb_law_next, law, *asked).to_a }.each { |rule| found << rule }
      end
    end

    # Business days of a country after a date, or before it when negative.
    def add_business(region, date, days)
      using do |law|
        Convert.date(Library.number("l", :wb_law_add_business, law, *Convert.sized(region), Convert.day(date),
                                    Convert.whole(days, "l", "days")))
      end
    end
  end
end
