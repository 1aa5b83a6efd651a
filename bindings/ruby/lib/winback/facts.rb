# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "arrow"
require_relative "zones"

# Facts: the host's rows in, one dictionary of fields out.
module Winback
  # What is not on record: neither a value nor nil, which is known to be absent.
  class Unknown
    private_class_method :new

    # The only one.
    def self.one
      @one ||= new.freeze
    end

    def inspect
      "UNKNOWN"
    end
    alias to_s inspect
  end

  UNKNOWN = Unknown.one

  # The dictionary of fields: the dental ones, and the host's own after them.
  class Schema < Shared
    include Enumerable

    FREE = :wb_schema_unref
    REF = :wb_schema_ref
    private_constant :FREE, :REF

    def initialize(fields = [], context: nil)
      make(:wb_schema_new, [Owner.of(Context, context)], *Convert.array(Field, fields))
      @fields = Array.new(size) { |index| self[index] }.freeze
      @indices = @fields.each_with_index.to_h { |field, index| [field.name, index] }.freeze
    end

    # How many fields it has.
    def size
      using { |schema| Library.ask(:wb_schema_count, schema) }
    end

    # The field of an index; `NotFound` when there is none.
    def [](index)
      using { |schema| Convert.answer(Field, :wb_schema_get, schema, Convert.whole(index, "L", "index")) }
    end

    # Every field.
    def each(&block)
      return enum_for(:each) { size } unless block

      owner
      @fields.each(&block)
      self
    end

    # The index of a field.
    def find(name)
      raw, schema = Convert.data(name), owner
      @indices.fetch(raw) do
        Owner.using(schema) { Library.number("L", :wb_schema_find, schema, raw, raw.bytesize) }
      rescue NotFound
        raise NotFound.new("no such field", path: raw)
      end
    end

    # The names of fields.
    def names(indices)
      indices.map { |index| @fields.fetch(index).name }
    end
  end

  # The columns of all tables that a host can add, one table after the other.
  def self.columns
    Enumerator.new do |found|
      (0..).each { |index| found << Convert.answer(Column, :wb_column_get, index) }
    rescue NotFound
      nil
    end
  end

  # Values of facts as the library has them.
  module Values
    LAYOUT = Layout[:wb_value]
    KINDS = Kind.to_h

    class << self
      # A value of the library as one of Ruby's.
      def read(bytes)
        _, _, integer, real, address, kind, length = LAYOUT.unpack(bytes)
        case Kind.symbol(kind)
        when :null then nil
        when :unknown then UNKNOWN
        when :text then Convert.text(Memory.at(address, length))
        when :bytes then Memory.at(address, length)
        when :date then Convert.date(integer)
        when :time then Convert.time(integer)
        when :double then real
        when :uint then integer & 2**64 - 1
        when :bool then integer != 0
        else integer
        end
      end

      # Writes a value where the library wants it; a text is lent until the call returns.
      def write(address, value, kind, lent)
        integer = length = data = 0
        real = 0.0
        if value.nil? || UNKNOWN.equal?(value)
          kind = value.nil? ? :null : :unknown
        elsif %i[text bytes].include?(kind)
          raw = kind == :text ? Convert.data(value) : Convert.blob(value)
          lent << (memory = Memory.new(raw))
          data, length = memory.address, raw.bytesize
        elsif kind == :double && value.is_a?(Numeric)
          real = value.to_f
        else
          integer = integer(kind, value)
        end
        Memory.put(address + LAYOUT.offsets[:integer], "qdJlL", integer, real, data, KINDS[kind], length)
      end

      private

      # A value whose bits are the member `integer`.
      def integer(kind, value)
        case kind
        when :bool then return value ? 1 : 0 if [true, false].include?(value)
        when :int then return Convert.whole(value, "q", "value")
        when :uint then return [Convert.whole(value, "Q", "value")].pack("Q").unpack1("q")
        when :date then return Convert.day(value)
        when :time then return Convert.instant(value)
        end
        raise TypeError, "a value of kind #{kind} is needed, not #{Convert.a(value)}"
      end
    end
  end

  # A getter as the library calls it: an object with `count`, `find(key)` and `get(row, field)`, and maybe
  # `fetch(rows)`, which is told what is read next.
  class Source
    UNKNOWN_COUNT = 2**32 - 1

    attr_reader :struct

    def initialize(getter, fields)
      @getter, @fields = getter, fields
      @callbacks = {
        count: callback(:wb_source_count, :count), find: callback(:wb_source_find, :find),
        get: callback(:wb_source_get, :get)
      }
      @callbacks[:fetch] = callback(:wb_source_fetch, :fetch) if getter.respond_to?(:fetch)
      @struct = Memory.new(Layout[:wb_source].pack(**@callbacks.transform_values(&:to_i)))
      @lent, @lists = [], {}
    end

    # The owner of the facts that it is the source of.
    def use(owner)
      @owner = owner
    end

    private

    def callback(name, method)
      Callback.new(name) do |_, *asked|
        forget
        send(method, *asked)
      end
    end

    # What was lent to a call that returned.
    def forget
      return if @owner&.turn == @turn

      @turn = @owner&.turn
      @lent.clear
      @lists.clear
    end

    def count(rows)
      Memory.put(rows, "Q", Convert.whole(@getter.count, "Q", "count"))
      nil
    end

    def find(key, length, row)
      found = @getter.find(Convert.text(Memory.at(key, length)))
      return Declarations::WB_E_NAME if found.nil?

      Memory.put(row, "Q", Convert.whole(found, "Q", "row"))
      nil
    end

    def fetch(rows, count)
      @getter.fetch(Memory.at(rows, 8 * count).unpack("Q*"))
      nil
    end

    def get(row, index, first, capacity, values, count)
      field = @fields.fetch(index)
      unless field.list.positive? || field.type == :list
        Memory.put(count, "L", 1)
        return put(values, [@getter.get(row, field.name)][first, capacity] || [], field.type, field)
      end
      list = field.list.positive? ? @fields.fetch(field.list - 1) : field
      items = items(row, list.name)
      Memory.put(count, "L", UNKNOWN.equal?(items) ? UNKNOWN_COUNT : items.size)
      put_items(values, field, list, items[first, capacity] || []) unless UNKNOWN.equal?(items)
    end

    def put_items(values, field, list, items)
      if field.list.positive?
        below = field.name.delete_prefix("#{list.name}.")
        put(values, items.map { |item| member(list, item, below) }, field.type, field)
      elsif Kind.symbol(field.element) != :record
        put(values, items, Kind.symbol(field.element), field)
      end
    end

    def items(row, name)
      @lists.fetch([row, name]) do |at|
        found = @getter.get(row, name)
        unless found.nil? || UNKNOWN.equal?(found) || found.is_a?(Array)
          raise TypeError, "#{name}: an Array is needed, not #{Convert.a(found)}"
        end
        @lists[at] = found || []
      end
    end

    def member(list, item, name)
      raise TypeError, "#{list.name}: an element is a Hash, not #{Convert.a(item)}" unless item.is_a?(Hash)

      item.fetch(name) { item.fetch(name.to_sym, UNKNOWN) }
    end

    # Writes answers in the distance that the first element says.
    def put(values, answers, kind, field)
      stride = Memory.at(values, 4).unpack1("L")
      answers.each_with_index do |value, index|
        Convert.named(field.name) { Values.write(values + index * stride, value, kind, @lent) }
      end
      nil
    end
  end
  private_constant :Values, :Source

  # A cursor over one practice's rows; one thread at a time.
  #
  # `as_of` is when the host read them. Give tables with `add`, or a `getter`: rows of a host that has objects, or
  # one query a patient, rather than tables. Its rows are numbered from 0. `count` answers how many there are,
  # `find(key)` the row of a patient or nil; `get(row, field)` a value of the field's type, nil (known to be
  # absent) or UNKNOWN (not supplied: the library derives it if it can), of a list of records such as "procedures"
  # an Array of Hashes by the name below the list. A getter may have a method `fetch(rows)` too, which is told
  # what is read next.
  class Facts < Machine
    FREE = :wb_facts_free
    private_constant :FREE

    # The dictionary of its fields.
    attr_reader :schema

    def initialize(schema, as_of:, getter: nil, recare: nil, booked_by_trigger: false, context: nil)
      owners = [Owner.of(Context, context), Owner.of(Schema, schema)]
      @schema, @fields = schema, schema.to_a
      @source = getter && Source.new(getter, @fields)
      settings = Convert.struct(recare)
      options = Layout[:wb_facts_options].pack(
        as_of: Convert.instant(as_of), flags: booked_by_trigger ? FACTS_BOOKED_TRIGGER : 0,
        recare: settings&.address || 0, source: @source&.struct&.address || 0)
      make(:wb_facts_new, owners, options)
      @source&.use(@owner)
    end

    # Adds a table: columns by name, rows (Hashes), or any object with `arrow_c_stream` or `arrow_c_array`. Texts
    # are String or Symbol, bytes String in binary encoding, days Date, instants Time, clock times DateTime,
    # amounts Integer (cents), Rational or BigDecimal; nil is absent.
    def add(table, rows)
      name, facts = Convert.ended(table, "table"), owner
      given = Imported.speaks_arrow?(rows) ? Imported.new(rows) : Exported.new(rows)
      Owner.using(facts) do
        stream = given.is_a?(Imported) && given.stream
        if stream
          Library.checked(:wb_facts_add_stream, facts, name, stream)
        else
          Library.checked(:wb_facts_add, facts, name, given.schema, given.array)
        end
      end
      self
    ensure
      given&.drop
    end

    # The rows were looked at again: takes out the tables that have changed since, so that others can be added in
    # their place. What stays in costs nothing again.
    def renew(as_of, *tables)
      names = tables.map { |table| Convert.ended(table, "table") }
      (names.empty? ? [nil] : names).each do |name|
        using { |facts| Library.checked(:wb_facts_renew, facts, Convert.instant(as_of), name) }
      end
      self
    end

    # How many patients there are.
    def size
      using { |facts| Library.number("Q", :wb_facts_count, facts) }
    end

    # The row of a patient key; `NotFound` when there is none.
    def find(key)
      using { |facts| Library.number("Q", :wb_facts_find, facts, *Convert.sized(key)) }
    end

    # Child rows left out because their patient is not there; 0 before the first read.
    def orphans
      using { |facts| Library.ask(:wb_facts_orphans, facts) }
    end

    # A field of a row: a value, nil (known to be absent), UNKNOWN, or an Array.
    def get(row, field, moment)
      index, number = index_of(field), Convert.whole(row, "Q", "row")
      about, facts = @fields[index], owner
      Owner.at(moment, facts) do |at|
        found = value(:wb_facts_get, facts, number, index, at)
        next found unless about&.type == :list && found.is_a?(Integer)

        Array.new(found) { |item| item(facts, number, index, item, at) }
      end
    end

    private

    def index_of(field)
      field.is_a?(Integer) ? Convert.whole(field, "L", "field") : @schema.find(field)
    end

    # One element of a list; a record is a Hash by the names below the list.
    def item(facts, row, index, item, at)
      about = @fields[index]
      return value(:wb_facts_get_item, facts, row, index, item, at) unless Kind.symbol(about.element) == :record

      below = @fields.each_index.select { |number| @fields[number].list == index + 1 }
      below.to_h do |number|
        [@fields[number].name.delete_prefix("#{about.name}."), value(:wb_facts_get_item, facts, row, number, item, at)]
      end
    end

    def value(name, *arguments)
      made = Values::LAYOUT.room
      Library.checked(name, *arguments, made)
      Values.read(made)
    end
  end
end
