# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "context"

# Instants and time zones, and the moment at which fields are read.
module Winback
  # A time zone by its name ("America/New_York") or a POSIX TZ string; `NotFound` names the nearest.
  class Zone < Shared
    FREE = :wb_zone_unref
    REF = :wb_zone_ref
    private_constant :FREE, :REF

    def initialize(text, context: nil)
      make(:wb_zone_new, [Owner.of(Context, context)], *Convert.sized(text))
    end

    # The local date and time of an instant, with its offset.
    def local(at)
      made = Layout[:wb_local].room
      using { |zone| Library.call(:wb_zone_local, zone, Convert.instant(at), made) }
      Time.at(at.to_i, in: made.unpack("l3").last)
    end

    # The instant of a local date and time, a DateTime of which the offset does not count. In a gap the first
    # instant after it; in a fold the first, or the second with `fold: 1`.
    def instant(local, fold: 0)
      raise TypeError, "a DateTime is needed, not #{Convert.a(local)}" unless local.is_a?(DateTime)

      second = local.hour * 3600 + local.minute * 60 + local.second
      asked = Layout[:wb_local].pack(date: local.jd - Convert::DAY_ZERO, second: second)
      using do |zone|
        Convert.time(Library.number("q", :wb_zone_instant, zone, asked, Convert.whole(fold, "l", "fold")))
      end
    end
  end

  # Reads RFC 3339, "2026-01-30T14:00:00Z" or with an offset, as an instant in UTC.
  def self.parse_time(text)
    Convert.time(Library.number("q", :wb_time_parse, *Convert.sized(text)))
  end

  # Writes "2026-01-30T14:00:00Z", with a zone its local time and offset.
  def self.format_time(at, zone = nil)
    owner = Owner.of(Zone, zone)
    Owner.using(owner) { Convert.text(Library.written(:wb_time_format, Convert.instant(at), owner)) }
  end

  # When fields are read: `now`; the zone of patients whose location gives none; and the practice that answers
  # `outreach.…` fields, which are unknown without it. It holds the zone, also when that is closed.
  class Moment
    attr_reader :now, :practice

    def initialize(now, zone = nil, practice: nil)
      raise TypeError, "a Time is needed, not nil" if now.nil?

      Owner.of(Zone, zone)
      @now, @zone, @practice = now, zone&.share, practice
      @owner = Owner.of(Zone, @zone)
      @alone = with(nil)
    end

    # The zone, a handle of its own.
    def zone
      @zone&.share
    end

    private

    def struct(practice)
      practice ? with(practice) : @alone
    end

    def with(practice)
      Layout[:wb_moment].pack(now: Convert.instant(now), zone: @owner&.address || 0, practice: practice&.address || 0)
    end
  end

  class Owner
    # A call on facts at a moment, whose struct is given to the block. Facts may hold its zone from then on.
    def self.at(moment, facts, *others)
      raise TypeError, "a #{Moment} is needed, not #{Convert.a(moment)}" unless moment.is_a?(Moment)
      raise TypeError, "#{Facts} are needed, not nil" if facts.nil?

      practice = of(Practice, moment.practice)
      facts.keep(*moment.instance_variable_get(:@owner)&.kept)
      using(facts, practice, *others) { yield moment.send(:struct, practice) }
    end
  end

  class Shared
    private

    # A question on facts at a moment: this object and the facts, which its arguments begin with, and the moment.
    def asked(facts, moment)
      given = [owner, Owner.of(Facts, facts)]
      Owner.at(moment, given[1], given[0]) { |at| yield(*given, at) }
    end
  end
end
