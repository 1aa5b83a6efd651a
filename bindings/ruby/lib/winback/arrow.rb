# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

# Tables as the structs of the Arrow C Data Interface: made of Ruby's values, or taken from any object that has
# `arrow_c_stream` or `arrow_c_array`; and columns given to others in the same way. No Arrow library is needed.
module Winback
  # One array of the C Data Interface: its format ("u", "tdD"), its buffers (a String, a Fiddle::Pointer; nil:
  # absent) and the arrays inside, [name, ArrowColumn]. Give one as a column for data that lie in memory in this
  # way: nothing is copied, and what the buffers hold is taken on trust, as from any Arrow producer.
  class ArrowColumn
    attr_reader :format, :length, :buffers, :nulls, :children

    def initialize(format, length, buffers, nulls: 0, children: [])
      @format, @length, @buffers, @nulls, @children = format, length, buffers, nulls, children
    end
  end

  # Columns of Ruby's values.
  module Columns
    # Of each kind of value: what stands for an absent one.
    NOTHING = {
      bool: false, int: 0, double: 0.0, text: "", bytes: "".b, date: Date.jd(Convert::DAY_ZERO), time: Time.at(0),
      clock: DateTime.jd(Convert::DAY_ZERO), decimal: 0r, list: [].freeze, record: {}.freeze
    }.freeze
    LITTLE = [1].pack("S") == [1].pack("S<")
    DIGITS = 38

    class << self
      # A table of columns by name, or of rows.
      def table(rows)
        return of_columns(rows) if rows.respond_to?(:to_hash)

        unless rows.respond_to?(:each) && rows.respond_to?(:to_a)
          raise TypeError, "a table is columns by name, rows, or an object with arrow_c_stream or arrow_c_array, " \
                           "not #{Convert.a(rows)}"
        end
        rows = rows.to_a
        rows.each { |row| row.respond_to?(:to_hash) || raise(TypeError, "a row is a Hash, not #{Convert.a(row)}") }
        ArrowColumn.new("+s", rows.size, [nil], children: children(rows))
      end

      # A column of values.
      def column(values)
        return values if values.is_a?(ArrowColumn)
        unless values.respond_to?(:to_a) && !values.respond_to?(:to_hash)
          raise TypeError, "a list of values is needed, not #{Convert.a(values)}"
        end

        values = values.to_a
        kind, absent = kind_of(values), values.count(nil)
        return ArrowColumn.new("n", values.size, [], nulls: values.size) if kind.nil?

        valid = absent.zero? ? nil : bits(values.map { |value| !value.nil? })
        values = values.map { |value| value.nil? ? NOTHING[kind] : value } unless absent.zero?
        format, buffers, inside = send(kind, values)
        ArrowColumn.new(format, values.size, [valid, *buffers], nulls: absent, children: inside || [])
      end

      private

      def of_columns(rows)
        made = rows.to_hash.map { |name, values| [name.to_s, named(name) { column(values) }] }
        lengths = made.map { |_, column| column.length }.uniq
        raise ArgumentError, "columns of different lengths: #{lengths.sort}" if lengths.size > 1

        ArrowColumn.new("+s", lengths.first || 0, [nil], children: made)
      end

      # Columns of rows; a member that a row does not have is absent.
      def children(rows)
        rows = rows.map { |row| row.to_hash.transform_keys(&:to_s) }
        names = rows.flat_map(&:keys).uniq
        names.map { |name| [name, named(name) { column(rows.map { |row| row[name] }) }] }
      end

      # What is wrong with a column says which.
      def named(name, &block)
        Convert.named("column #{name.to_s.inspect}", &block)
      end

      # What kind of value a column holds; nil: none at all.
      def kind_of(values)
        kinds = values.reject(&:nil?).map { |value| kind(value) }.uniq
        return :double if kinds.sort == %i[double int]
        return kinds.first if kinds.size <= 1

        hint = kinds.include?(:double) ? "; what is absent is nil, not NaN" : ""
        raise TypeError, "values of several kinds: #{kinds.sort.join(", ")}#{hint}"
      end

      def kind(value)
        case value
        when String then value.encoding == Encoding::BINARY ? :bytes : :text
        when Symbol then :text
        when Integer then :int
        when DateTime then :clock
        when Date then :date
        when Time then :time
        when true, false then :bool
        when Float then :double
        when Array then :list
        when Hash then :record
        when Rational then :decimal
        else
          return :decimal if defined?(BigDecimal) && value.is_a?(BigDecimal)

          raise TypeError, "no column can hold a #{value.class}"
        end
      end

      # A bitmap, lowest bit first.
      def bits(flags)
        [flags.map { |flag| flag ? "1" : "0" }.join].pack("b*")
      end

      def bool(values)
        ["b", [bits(values)]]
      end

      def int(values)
        values.each { |value| Convert.whole(value, "q", "value") }
        ["l", [values.pack("q*")]]
      end

      def double(values)
        ["g", [values.pack("d*")]]
      end

      def date(values)
        ["tdD", [values.map { |value| value.jd - Convert::DAY_ZERO }.pack("l*")]]
      end

      # Instants.
      def time(values)
        ["tss:UTC", [values.map(&:to_i).pack("q*")]]
      end

      # Times of a clock on the wall, whose offset does not count.
      def clock(values)
        seconds = values.map do |value|
          (value.jd - Convert::DAY_ZERO) * 86_400 + value.hour * 3600 + value.minute * 60 + value.second
        end
        ["tss:", [seconds.pack("q*")]]
      end

      def text(values)
        strings("u", values.map { |value| Convert.data(value).b })
      end

      def bytes(values)
        strings("z", values)
      end

      def strings(format, values)
        large, offsets = offsets(values.map(&:bytesize))
        [large ? format.upcase : format, [offsets, values.join]]
      end

      # Where each element begins, and whether that takes 64 bits.
      def offsets(lengths)
        ends = [0]
        lengths.each { |length| ends << ends.last + length }
        large = ends.last > 2**31 - 1
        [large, ends.pack(large ? "q*" : "l*")]
      end

      def decimal(values)
        exact = values.map(&:to_r)
        scale = (0..DIGITS).find { |digits| exact.all? { |value| (value * 10**digits).denominator == 1 } }
        raise ArgumentError, "a fraction has no end as a decimal" if scale.nil?

        ["d:#{DIGITS},#{scale}", [exact.map { |value| wide((value * 10**scale).to_i) }.join]]
      end

      # 128 bits.
      def wide(number)
        raise RangeError, "#{DIGITS} digits at most" if number.abs >= 10**DIGITS

        halves = [number & 2**64 - 1, number >> 64 & 2**64 - 1]
        (LITTLE ? halves : halves.reverse).pack("Q2")
      end

      def list(values)
        large, offsets = offsets(values.map(&:size))
        [large ? "+L" : "+l", [offsets], [["item", column(values.flatten(1))]]]
      end

      def record(values)
        ["+s", [], children(values)]
      end
    end
  end

  # The structs of a table in memory. Call `drop` for what the library did not take.
  class Exported
    SCHEMA, ARRAY = Layout[:ArrowSchema], Layout[:ArrowArray]
    @lent = {} # what structs in the hands of the library point to
    @count = 0

    class << self
      # How many structs the library has.
      def lent
        @lent.size
      end

      # Keeps something until it is given back, by a number.
      def lend(*kept)
        @lent[@count += 1] = kept
        @count
      end

      # Lets go of it.
      def forget(number)
        @lent.delete(number)
      end

      # Gives back a struct and its children, but those that were moved away.
      def release(layout, address)
        bytes = Memory.at(address, layout.size)
        children = Memory.at(layout.read(bytes, :children), layout.read(bytes, :n_children) * Fiddle::SIZEOF_VOIDP)
        children.unpack("J*").each { |child| release(layout, child) unless released?(layout, child) }
        forget(layout.read(bytes, :private_data))
        Memory.put(address + layout.offsets[:release], "J", 0)
      end

      # Whether a struct was given back, or moved away.
      def released?(layout, address)
        Memory.at(address + layout.offsets[:release], Fiddle::SIZEOF_VOIDP).unpack1("J").zero?
      end
    end

    FREE_SCHEMA = Callback.new(:ArrowSchema_release) { |address| release(SCHEMA, address) && nil }
    FREE_ARRAY = Callback.new(:ArrowArray_release) { |address| release(ARRAY, address) && nil }

    # A column for others: the addresses of its structs, which go with what they are of when nobody took them.
    def self.given(of, column)
      made = new(column)
      ObjectSpace.define_finalizer(of, dropping(made))
      [made.schema.address, made.array.address]
    end

    def self.dropping(made)
      proc { made.drop }
    end

    attr_reader :schema, :array

    def initialize(rows)
      @numbers = []
      @schema, @array = structs("", rows.is_a?(ArrowColumn) ? rows : Columns.table(rows))
    rescue StandardError
      @numbers.each { |number| Exported.forget(number) }
      raise
    end

    # Frees what was not moved.
    def drop
      { SCHEMA => @schema, ARRAY => @array }.each do |layout, struct|
        Exported.release(layout, struct.address) unless Exported.released?(layout, struct.address)
      end
    end

    private

    # The two structs of a column, and those of its children.
    def structs(name, column)
      buffers = column.buffers.map { |buffer| buffer && lasting(buffer) }
      parts = column.children.map { |child, inside| structs(child, inside) }.transpose
      schemas, arrays = parts.empty? ? [nil, nil] : parts.map { |side| Memory.new(addresses(side), side) }
      count, texts = column.children.size, [column.format, name].map { |text| Memory.new(Convert.ended(text)) }
      held = Memory.new(addresses(buffers) + "\0" * Fiddle::SIZEOF_VOIDP, buffers)
      # The struct itself may be moved: what it points to is kept, not the struct.
      schema = SCHEMA.pack(format: texts[0].address, name: texts[1].address, n_children: count,
                           children: schemas&.address || 0, release: FREE_SCHEMA.to_i,
                           private_data: lend(texts, schemas))
      array = ARRAY.pack(length: column.length, null_count: column.nulls, n_buffers: buffers.size, n_children: count,
                         buffers: held.address, children: arrays&.address || 0, release: FREE_ARRAY.to_i,
                         private_data: lend(held, arrays))
      [Memory.new(schema), Memory.new(array)]
    end

    # Keeps something for a struct.
    def lend(*kept)
      @numbers << Exported.lend(*kept)
      @numbers.last
    end

    # A buffer that stays where it is.
    def lasting(buffer)
      buffer.is_a?(Fiddle::Pointer) ? buffer : Memory.new(Convert.blob(buffer))
    end

    def addresses(parts)
      parts.map { |part| part ? Fiddle::Pointer[part].to_i : 0 }.pack("J*")
    end
  end

  # What an object gives that has `arrow_c_stream`, the address of an ArrowArrayStream, or `arrow_c_array`, the
  # addresses of an ArrowSchema and an ArrowArray. The structs stay the object's; what is moved out of them is
  # the library's.
  class Imported
    attr_reader :stream, :schema, :array

    # Whether an object has one of the methods.
    def self.speaks_arrow?(rows)
      rows.respond_to?(:arrow_c_stream) || rows.respond_to?(:arrow_c_array)
    end

    def initialize(rows)
      if rows.respond_to?(:arrow_c_stream)
        @stream = struct(rows.arrow_c_stream, :ArrowArrayStream)
      else
        pair = rows.arrow_c_array
        unless pair.is_a?(Array) && pair.size == 2
          raise Invalid, "arrow_c_array answers two addresses, of a schema and of an array"
        end
        @schema, @array = pair.zip(%i[ArrowSchema ArrowArray]).map { |address, name| struct(address, name) }
      end
    end

    # As with those that are made here: what was not moved stays its owner's.
    def drop; end

    private

    # An address, behind which a struct must be that was not released.
    def struct(address, name)
      unless [Integer, Fiddle::Pointer].any? { |kind| address.is_a?(kind) } && Memory::ADDRESSES.cover?(address.to_i)
        raise Invalid, "no address of an #{name}: the object's answer is #{Convert.a(address)}, or 0"
      end
      return address.to_i unless Exported.released?(Layout[name], address.to_i)

      raise Invalid, "the #{name} was released, or is used a second time"
    end
  end
  private_constant :Columns, :Exported, :Imported
end
