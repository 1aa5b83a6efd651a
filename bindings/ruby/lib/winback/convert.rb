# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "date"
require_relative "handle"

module Winback
  # Values of Ruby and the structs of C, by the table FIELDS of the declarations.
  module Convert
    DAY_ZERO = Date.new(1970, 1, 1).jd
    NO_TEXT = "".encode(Encoding::UTF_8).freeze
    NO_BYTES = "".b.freeze

    class << self
      # A text in UTF-8; a key of other bytes comes and goes as it is.
      def data(text)
        text = text.name if text.is_a?(Symbol)
        raise TypeError, "a text is needed, not #{a(text)}" unless text.is_a?(String)

        plain = [Encoding::UTF_8, Encoding::US_ASCII, Encoding::BINARY].include?(text.encoding)
        fixed(plain ? text : text.encode(Encoding::UTF_8))
      end

      # A text and its length in bytes.
      def sized(text)
        raw = data(text)
        [raw, raw.bytesize]
      end

      # The same of a text that may be left out; nil is NULL.
      def optional(text)
        text.nil? ? [nil, 0] : sized(text)
      end

      # A text that the library reads to its NUL.
      def ended(text, name = nil)
        raw = data(text)
        raise ArgumentError, "#{"#{name}: " if name}a text without NUL is needed" if raw.include?("\0")

        "#{raw.b}\0"
      end

      # The way back, of bytes that are the caller's own.
      def text(raw)
        raw.empty? ? NO_TEXT : raw.force_encoding(Encoding::UTF_8).freeze
      end

      # The text at an address, to its NUL; NULL is no text.
      def text_at(address)
        address.zero? ? NO_TEXT : text(Fiddle::Pointer.new(address).to_s)
      end

      # A wb_date.
      def day(value, none = Declarations::WB_DATE_NONE)
        return none if value.nil?
        return value.jd - DAY_ZERO if value.is_a?(Date) && !value.is_a?(DateTime)

        raise TypeError, "a Date is needed, not #{a(value)}"
      end

      # The way back.
      def date(value)
        value == Declarations::WB_DATE_NONE ? nil : Date.jd(value + DAY_ZERO, Date::GREGORIAN)
      end

      # A wb_time; fractions of a second are cut off.
      def instant(value, none = Declarations::WB_TIME_NONE)
        return none if value.nil?
        return value.to_i if value.is_a?(Time)

        raise TypeError, "a Time is needed, not #{a(value)}"
      end

      # The way back, in UTC.
      def time(value)
        value == Declarations::WB_TIME_NONE ? nil : Time.at(value).utc.freeze
      end

      # A whole number that fits: Array#pack would cut it.
      def whole(value, letter, name)
        raise TypeError, "#{name}: a whole number is needed, not #{a(value)}" unless value.is_a?(Integer)
        raise RangeError, "#{name}: #{value} does not fit" unless RANGES.fetch(letter).cover?(value)

        value
      end

      # Bytes, as they are.
      def blob(value)
        raise TypeError, "bytes are needed, not #{a(value)}" unless value.is_a?(String)

        fixed(value)
      end

      # A String that no other thread changes while the library reads it; its bytes are shared.
      def fixed(string)
        string.frozen? ? string : string.dup.freeze
      end

      # Bytes of a length that the library takes for granted.
      def exactly(value, length, name)
        value = named(name) { blob(value) }
        return value if value.bytesize == length

        raise ArgumentError, "#{name}: #{length} bytes are needed, not #{value.bytesize}"
      end

      # What a value is, without what it says.
      def a(value)
        value.nil? ? "nil" : "a #{value.class}"
      end

      # The struct of a value, in memory. `more` are members that are no part of the value.
      def struct(value, **more)
        return if value.nil?

        keeps = []
        Memory.new(bytes(value, keeps, more), keeps)
      end

      # An array of structs made of values, and their count; NULL when it is empty.
      def array(kind, values)
        keeps = []
        packed = listed(values).map do |value|
          raise TypeError, "a #{kind} is needed, not #{a(value)}" unless value.is_a?(kind)

          bytes(value, keeps)
        end
        [packed.empty? ? nil : Memory.new(packed.join, keeps), packed.size]
      end

      # An array of NUL-terminated texts; nil when it is empty.
      def texts(values, name = nil)
        parts = listed(values).map { |value| Memory.new(ended(value, name)) }
        parts.empty? ? nil : Memory.new(parts.map(&:address).pack("J*"), parts)
      end

      # The value that a function writes into its last argument, or the one before its wb_error.
      def answer(kind, name, *arguments, error: false)
        made = room(kind)
        error ? Library.checked(name, *arguments, made) : Library.call(name, *arguments, made)
        value(kind, made)
      end

      # What a function with a cursor gives, one value after the other.
      def following(kind, name, *arguments)
        Enumerator.new do |found|
          cursor, made = Library.room("Q"), room(kind)
          until (status = Library.ask(name, *arguments, cursor, made)) == Declarations::WB_E_NAME
            Library.settle(status)
            found << value(kind, made)
          end
        end
      end

      # What a function writes into an array, its capacity and their count, which come last, or before its wb_error.
      def rows(kind, name, *arguments, error: false)
        count, capacity, one = Library.room("L"), 64, room(kind)
        loop do
          made, said = one.ljust(one.bytesize * capacity, "\0"), error ? [Library::ERROR.room] : []
          status = Library.ask(name, *arguments, made, capacity, count, *said)
          found = count.unpack1("L")
          unless status == Declarations::WB_E_SPACE && found > capacity
            Library.settle(status, *said)
            return values(kind, made, found)
          end
          capacity = found
        end
      end

      # The struct that a value of this kind is read from, its size set.
      def room(kind)
        layout_of(kind).room
      end

      # The value of a struct at an offset. What it points to is copied.
      def value(kind, bytes, offset = 0)
        found = layout_of(kind).unpack(bytes, offset)
        made = kind.allocate
        readers(kind).each { |name, read| made.instance_variable_set(name, read.call(found)) }
        made.freeze
      end

      # The values of an array of structs.
      def values(kind, bytes, count)
        size = layout_of(kind).size
        Array.new(count) { |index| value(kind, bytes, index * size) }
      end

      # The value of a struct at an address.
      def value_at(kind, address)
        value(kind, Memory.at(address, layout_of(kind).size))
      end

      # What is wrong with a member says which.
      def named(name)
        yield
      rescue TypeError, ArgumentError, RangeError => error
        raise error.class, "#{name}: #{error.message}", error.backtrace
      end

      private

      def name_of(kind)
        Declarations::VALUES.fetch(kind.name.delete_prefix("Winback::").to_sym)
      end

      def layout_of(kind)
        @layouts ||= {}.compare_by_identity
        @layouts[kind] ||= Layout[name_of(kind)]
      end

      def listed(values)
        values.respond_to?(:to_ary) ? values.to_ary : raise(TypeError, "an Array is needed, not #{a(values)}")
      end

      # The bytes of a value's struct; what they point to is kept.
      def bytes(value, keeps, more = {})
        raise TypeError, "a value of Winback is needed, not #{a(value)}" unless value.is_a?(Value)

        name = name_of(value.class)
        layout, given = Layout[name], {}
        Declarations::FIELDS.fetch(name).each do |member, what, detail, none|
          put(given, member, layout.members[member], what, detail, none, value.public_send(member), keeps)
        end
        layout.pack(**given, **more)
      end

      # Sets one member of a struct.
      def put(given, name, letters, what, detail, none, value, keeps)
        case what
        when :text then put_text(given, name, detail, value, keeps)
        when :bytes then put_bytes(given, name, detail, value, keeps)
        when :date then given[name] = named(name) { day(value, none) }
        when :time then given[name] = named(name) { instant(value, none) }
        when :enum then given[name] = whole(Winback.const_get(detail)[value], letters, name)
        when :number, :cents then given[name] = value.nil? ? none : whole(value, letters, name)
        when :numbers then given[name] = numbers(value, letters, name) unless value.empty?
        when :texts then given.update(name => lend(texts(value, name), keeps), detail => value.size)
        when :list
          found, count = array(Winback.const_get(detail[1]), value)
          given.update(name => lend(found, keeps), detail[0] => count)
        when :struct then given[name] = lend(struct(value), keeps)
        else raise ArgumentError, "#{name} is #{what}"
        end
      end

      def put_text(given, name, length, value, keeps)
        raw = named(name) { length ? data(value) : ended(value) }
        return if value.empty?

        given[name] = lend(Memory.new(raw), keeps)
        given[length] = raw.bytesize if length
      end

      def put_bytes(given, name, detail, value, keeps)
        return if named(name) { blob(value) }.empty?

        value = exactly(value, detail.abs, name) if detail.is_a?(Integer)
        given[detail] = value.bytesize if detail.is_a?(Symbol)
        inside = detail.is_a?(Integer) && detail.negative?
        given[name] = inside ? value : lend(Memory.new(value), keeps)
      end

      def numbers(value, letters, name)
        count = Integer(letters[1..])
        raise ArgumentError, "#{name}: #{count} numbers are needed, not #{value.size}" unless value.size == count

        value.map { |part| whole(part, letters[0], name) }
      end

      # The address of memory, which is kept.
      def lend(memory, keeps)
        return 0 if memory.nil?

        keeps << memory
        memory.address
      end

      # How each member is read from what `Layout#unpack` gives.
      def readers(kind)
        @readers ||= {}.compare_by_identity
        @readers[kind] ||= Declarations::FIELDS.fetch(name_of(kind)).map do |name, what, detail, _|
          layout = layout_of(kind)
          ["@#{name}", reader(layout, layout.index(name), what, detail)]
        end
      end

      def reader(layout, at, what, detail)
        case what
        when :text
          return ->(it) { text_at(it[at]) } if detail.nil?

          length = layout.index(detail)
          ->(it) { text(Memory.at(it[at], it[length])) }
        when :bytes
          return ->(it) { it[at].freeze } if detail.is_a?(Integer) && detail.negative?
          return ->(it) { it[at].zero? ? NO_BYTES : Memory.at(it[at], detail).freeze } if detail.is_a?(Integer)

          length = layout.index(detail)
          ->(it) { Memory.at(it[at], it[length]).freeze }
        when :enum
          enum = Winback.const_get(detail)
          ->(it) { enum.symbol(it[at]) }
        when :date then ->(it) { date(it[at]) }
        when :time then ->(it) { time(it[at]) }
        when :cents then ->(it) { it[at] == Declarations::WB_CENTS_NONE ? nil : it[at] }
        when :numbers then ->(it) { it[at, detail].freeze }
        when :texts
          count = layout.index(detail)
          ->(it) { Memory.at(it[at], it[count] * Fiddle::SIZEOF_VOIDP).unpack("J*").map { |one| text_at(one) }.freeze }
        when :struct
          kind = Winback.const_get(detail)
          ->(it) { it[at].zero? ? nil : value_at(kind, it[at]) }
        when :list
          kind, count = Winback.const_get(detail[1]), layout.index(detail[0])
          size = layout_of(kind).size
          ->(it) { it[at].zero? ? [].freeze : values(kind, Memory.at(it[at], it[count] * size), it[count]).freeze }
        else ->(it) { it[at] }
        end
      end
    end
  end
  private_constant :Convert
end
