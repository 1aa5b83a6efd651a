# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Facts: tables of every kind, Arrow structs good and hostile, and a getter.
require "bigdecimal"
require "weakref"
require_relative "clinic"

class FactsTest < Clinic
  def add(table, rows, fields = [])
    Winback::Facts.new(Winback::Schema.new(fields), as_of: NOW).add(table, rows)
  end

  # Fields of the host, optional and for staff.
  def own(name, type, **more)
    Winback::Field.new(name: name, about: "One.", type: type, presence: :optional, class_: :staff, **more)
  end

  def test_rows_and_columns_say_the_same
    rows = patients
    columns = rows[0].keys.to_h { |name| [name, rows.map { |row| row[name] }] }
    named = rows.map { |row| row.transform_keys(&:to_s) }
    [rows, named, rows.each, columns, Addresses.new(rows), Stream.new([rows.first(1), rows.drop(1)])].each do |table|
      facts = add("patients", table)
      assert_equal [3, 1], [facts.size, facts.find("2")]
      assert_equal "Ben", facts.get(1, "patient.first_name", @when)
      assert_nil facts.get(2, "contact.mobile", @when)
      assert_equal Date.new(1980, 12, 14), facts.get(0, :"patient.birth_date", @when)
    end
  end

  KINDS = {
    bool: [:bool, [true, nil, false]], int: [:int, [-1, nil, 2**63 - 1]], double: [:double, [1.5, nil, 2]],
    text: [:text, ["é", nil, "a"]], symbol: [:text, [:a, nil, "b"]], bytes: [:bytes, ["\0".b, nil, "1".b]],
    date: [:date, [DUE, nil, DUE]], time: [:time, [NOW, nil, NOW]], many: [:list, [%w[a b], nil, []]],
    cents: [:int, [12.5r, nil, BigDecimal("-0.01")]], absent: [:int, [nil, nil, nil]]
  }.freeze

  def test_every_kind_of_value
    fields = KINDS.map { |name, (kind, _)| own("own.#{name}", kind, element: kind == :list ? Winback::Kind[:text] : 0) }
    fields << own("own.wide", :uint)
    wide = Winback::ArrowColumn.new("L", 3, [nil, [1, 2, 2**64 - 1].pack("Q*")])
    columns = KINDS.to_h { |name, (_, values)| ["own.#{name}", values] }
    facts = add("patients", { patient: %w[1 2 3], status: %w[active] * 3, **columns, "own.wide" => wide }, fields)
    KINDS.each do |name, (_, values)|
      wanted = values.map { |value| value.nil? ? Winback::UNKNOWN : value }
      wanted = [1250, Winback::UNKNOWN, -1] if name == :cents
      wanted = ["a", Winback::UNKNOWN, "b"] if name == :symbol
      assert_equal wanted, Array.new(3) { |row| facts.get(row, "own.#{name}", @when) }, name
    end
    assert_equal 2**64 - 1, facts.get(2, "own.wide", @when)
    encodings = %w[own.text own.bytes].map { |name| facts.get(0, name, @when).encoding }
    assert_equal [Encoding::UTF_8, Encoding::BINARY], encodings
  end

  def test_clock_times_are_those_of_the_location
    facts = Winback::Facts.new(@schema, as_of: NOW)
    facts.add("locations", [LOCATION]).add("patients", patients)
    facts.add("appointments", [{ patient: "1", status: "scheduled", start: DateTime.new(2026, 3, 18, 9) },
                               { patient: "2", status: "scheduled", start: nil }])
    start = facts.get(0, "appointments", @when)[0]["start"]
    assert_equal Time.utc(2026, 3, 18, 13), start # nine o'clock in New York
  end

  def test_lists_of_records_are_hashes
    fields = [own("loyalty", :list, element: Winback::Kind[:record]),
              own("loyalty.day", :date).with(presence: :nullable)]
    rows = [{ patient: "1", status: "active", loyalty: [{ day: DUE }, { day: nil }] }]
    assert_equal [{ "day" => DUE }, { "day" => nil }], add("patients", rows, fields).get(0, "loyalty", @when)
    assert_equal "D1110", @facts.get(0, "procedures", @when)[0]["code"]
  end

  def test_buffers_are_not_copied_and_let_go
    GC.start
    before = Inside::EXPORTED.lent
    numbers = [1, 2, 3].pack("l*") + "\0" * 100
    column = Winback::ArrowColumn.new("i", 3, [nil, numbers])
    facts = add("patients", { patient: %w[1 2 3], status: %w[active] * 3, "own.n" => column }, [own("own.n", :int)])
    assert_equal before + 4, Inside::EXPORTED.lent # arrays of the table and each column
    numbers.replace("gone") # the host's String changes; what was lent does not
    GC.start
    assert_equal 3, facts.get(2, "own.n", @when)
    facts.close
    assert_equal before, Inside::EXPORTED.lent
  end

  def test_columns_may_lie_in_memory_as_arrow_has_them
    ends = [0, 1, 2, 3].pack("l*")
    lying = Fiddle::Pointer.malloc(3, Fiddle::RUBY_FREE)
    lying[0, 3] = "ABC"
    facts = add("patients", { patient: Winback::ArrowColumn.new("u", 3, [nil, ends, "123"]), status: %w[active] * 3,
                              first_name: Winback::ArrowColumn.new("u", 3, ["\x05".b, ends, lying], nulls: 1) })
    assert_equal 2, facts.find("3")
    assert_equal ["A", Winback::UNKNOWN, "C"], Array.new(3) { |row| facts.get(row, "patient.first_name", @when) }
  end

  def test_a_table_that_cannot_be_lent_leaves_nothing_behind
    assert_refused({ patient: ["1"], "status\0" => ["active"] }, ArgumentError, "NUL")
    before = Inside::EXPORTED.lent
    refused(TypeError) { add("patients", { patient: ["1"], status: Winback::ArrowColumn.new("u", 1, [nil, 3, ""]) }) }
    assert_equal before, Inside::EXPORTED.lent
  end

  def test_keys_may_be_any_bytes
    key = "\xff1"
    facts = add("patients", { patient: [key.encode("UTF-8", "ISO-8859-1")], status: ["active"] })
    assert_equal 0, facts.find("ÿ1")
    assert_equal 0, facts.find("ÿ1".encode("ISO-8859-1"))
    refused(Winback::NotFound) { facts.find(key) }
  end

  def test_orphans_are_counted
    assert_equal 0, @facts.orphans
    facts = Winback::Facts.new(@schema, as_of: NOW).add("patients", patients)
    facts.add("procedures", [*procedures, { **procedures[0], patient: "9" }])
    facts.get(0, "recare.due", @when)
    assert_equal 1, facts.orphans
  end

  def test_a_table_that_changed_comes_anew
    facts = Winback::Facts.new(@schema, as_of: NOW).add("patients", patients).add("procedures", procedures)
    before = facts.get(0, "recare.last", @when)
    assert_equal before, facts.renew(NOW).get(0, "recare.last", @when)
    facts.renew(NOW, "procedures", "appointments")
    facts.add("procedures", procedures.map { |row| { **row, date: row[:date] + 1 } })
    assert_equal before + 1, facts.get(0, "recare.last", @when)
    refused(Winback::NotFound) { facts.renew(NOW, "visits") }
  end

  GOOD = { patient: ["1"], status: ["active"] }.freeze
  BAD = [
    [{ birth_date: [1, "x"] }, TypeError, "birth_date"], [{ balance: [2**64] }, RangeError, "balance"],
    [{ first_name: "Ana" }, TypeError, "first_name"], [{ first_name: [Object.new] }, TypeError, "first_name"],
    [{ first_name: %w[a b] }, ArgumentError, "lengths"], [{ first_name: [1] }, Winback::WrongType, "first_name"],
    [{ first_name: { a: 1 } }, TypeError, "first_name"], [{ balance: [1r / 3] }, ArgumentError, "balance"],
    [{ balance: [10r**40] }, RangeError, "balance"], [{ birth_date: ["x".b, "x"] }, TypeError, "birth_date"]
  ].freeze

  def test_bad_tables_name_the_column
    BAD.each do |change, kind, word|
      assert_refused({ **GOOD, **change }, kind, word)
    end
    assert_refused({ patient: ["1"] }, Winback::NotFound, "status")
    assert_refused([1], TypeError, "Hash")
    [nil, 3, "patients"].each { |wrong| assert_refused(wrong, TypeError, "arrow_c_array") }
    assert_refused({ **GOOD, status: [Float::NAN, "active"] }, TypeError, "what is absent is nil")
    refused(Winback::NotFound) { add("nobody", GOOD) }
    refused(Winback::WrongState) { @facts.size && @facts.add("patients", GOOD) }
    refused(ArgumentError) { add("patients\0", GOOD) }
  end

  # A table that is refused, of which nothing stays behind.
  def assert_refused(rows, kind, word)
    GC.start
    before = Inside::EXPORTED.lent
    assert_includes refused(kind) { add("patients", rows) }.message, word
    assert_equal before, Inside::EXPORTED.lent
  end

  # An object with the protocol, and an answer of its own.
  Answers = Struct.new(:arrow_c_array)
  Streams = Struct.new(:arrow_c_stream)

  def test_hostile_answers_are_refused
    good = Addresses.new(patients).arrow_c_array
    [nil, 3, [], good.first(1), [*good, 1], ["a", "b"], [0, 0], [nil, good[1]], [good[0], -1], [good[0], 2**70]].each do |answer|
      refused(Winback::Invalid) { add("patients", Answers.new(answer)) }
    end
    [nil, 0, -1, 2**70, 1.5, "x", []].each { |answer| refused(Winback::Invalid) { add("patients", Streams.new(answer)) } }
    [Addresses.new(patients), Stream.new([patients])].each do |used|
      add("patients", used)
      assert_includes refused(Winback::Invalid) { add("patients", used) }.message, "second time"
    end
  end

  def test_hostile_structs_are_refused
    { array: { length: [-1, 2**40], n_children: [1], offset: [2**62], null_count: [77] },
      schema: { n_children: [-5], format: [0], children: [0] } }.each do |side, members|
      layout = Inside::LAYOUT[side == :array ? :ArrowArray : :ArrowSchema]
      members.each do |member, values|
        values.each { |value| refused(Winback::Error) { add("patients", spoilt(side, layout, member, value)) } }
      end
    end
  end

  # A table of which one member of a struct is wrong.
  def spoilt(side, layout, member, value)
    table = Addresses.new(patients)
    address = table.made.public_send(side).address + layout.offsets[member]
    Inside::MEMORY.put(address, layout.members[member], value)
    table
  end

  def test_what_a_rule_finds_is_a_column_for_others
    rows = Array.new(11) { |at| { **patients[0], patient: at.to_s, balance: [nil, 0, 500][at % 3] } }
    facts = add("patients", rows)
    matches = Winback::Rule.new(facts.schema, "patient.balance > 100").match(facts, @when, 1)
    given = told(matches)
    taken = Winback::Rule.new(given.schema, "own.match").match(given, @when)
    assert_equal [[2, 5, 8], [3, 6, 9]], [matches.rows, matches.unknown]
    assert_equal [[1, 4, 7], [2, 5, 8]], [taken.rows, taken.unknown]
  end

  # Facts that have what a rule found as a column of their own.
  def told(matches)
    schema, array = matches.arrow_c_array
    format = Inside::MEMORY.at(schema, Inside::LAYOUT[:ArrowSchema].size).unpack1("J")
    assert_equal "b", Fiddle::Pointer.new(format).to_s
    held = Inside::LAYOUT[:ArrowArray].unpack(Inside::MEMORY.at(array, Inside::LAYOUT[:ArrowArray].size))
    buffers = Inside::MEMORY.at(held[5], 2 * Fiddle::SIZEOF_VOIDP).unpack("J2").map { |it| Fiddle::Pointer.new(it) }
    column = Winback::ArrowColumn.new("b", held[0], buffers, nulls: held[1])
    add("patients", { patient: Array.new(held[0], &:to_s), status: ["active"] * held[0], "own.match" => column },
        [own("own.match", :bool)])
  end

  def test_what_nobody_took_goes_with_what_it_is_of
    matches = Array.new(20) { Winback::Matches.new(0, 8) }
    GC.start
    before = Inside::EXPORTED.lent
    matches.each(&:arrow_c_array)
    assert_equal before + 40, Inside::EXPORTED.lent
    matches = nil
    GC.start
    assert_operator Inside::EXPORTED.lent, :<, before + 20
    assert_nil matches
  end

  def test_a_stream_that_fails_is_released
    stream = Stream.new([patients], fails: true)
    refused(Winback::Aborted) { add("patients", stream) }
    assert stream.released
  end

  def test_hostile_streams_are_refused_and_released
    # A function that is missing, fails, or writes nothing.
    [[:get_schema, nil], [:get_next, nil], [:get_schema, 22], [:get_schema, 0]].each do |name, answer|
      stream = Stream.new([patients])
      kept = answer && Inside::CALLBACK.new(:"ArrowArrayStream_#{name}") { |*| answer }
      Inside::MEMORY.put(stream.arrow_c_stream + Inside::LAYOUT[:ArrowArrayStream].offsets[name], "J", kept.to_i)
      refused(Winback::Error) { add("patients", stream) }
      assert stream.released, name
    end
  end

  def test_what_the_protocol_raises_comes_out
    broken = Object.new
    def broken.arrow_c_stream
      raise IOError, "the engine went away"
    end
    refused(IOError) { add("patients", broken) }
  end

  def test_a_getter_says_what_tables_say
    rows = Rows.new
    facts = Winback::Facts.new(@schema, as_of: NOW, getter: rows)
    assert_equal [3, 2], [facts.size, facts.find("3")]
    refused(Winback::NotFound) { facts.find("9") }
    %w[patient.first_name recare.due recare.band location.booking_url].each do |field|
      assert_equal @facts.get(0, field, @when), facts.get(0, field, @when), field
    end
    assert_equal DUE, facts.get(0, "procedures", @when)[0]["date"]
    refused(Winback::WrongState) { facts.add("patients", patients) }
    practice = self.practice
    practice.enroll(facts, NOW)
    assert_equal [0, 1, 2], rows.fetched.sort
    assert_equal "Hi Ana", practice.poll(facts, NOW)[0].text[0, 6]
  end

  def test_what_a_getter_raises_comes_out_and_the_facts_go_on
    rows = Rows.new("patient.first_name": ->(_) { raise IOError, "the database went away" })
    facts = Winback::Facts.new(@schema, as_of: NOW, getter: rows)
    refused(IOError) { facts.get(0, "patient.first_name", @when) }
    rows.changed.clear
    assert_equal "Ana", facts.get(0, "patient.first_name", @when)
  end

  def test_whatever_a_getter_raises_it_in_comes_out
    practice = self.practice
    { count: lambda(&:size), find: ->(facts) { facts.find("1") }, fetch: ->(facts) { practice.enroll(facts, NOW) } }
      .each do |name, call|
      rows, before = Rows.new, practice.sequence
      facts = Winback::Facts.new(@schema, as_of: NOW, getter: rows)
      rows.define_singleton_method(name) { |*| raise IOError, "the database went away" }
      refused(IOError) { call.call(facts) }
      assert_equal before, practice.sequence
      rows.singleton_class.remove_method(name)
      call.call(facts) # and it goes on
    end
  end

  def test_a_getter_that_calls_back_is_busy
    said = []
    facts = nil
    again = lambda do |row|
      [-> { facts.get(row, "patient.last_name", @when) }, -> { facts.close }, -> { facts.renew(NOW) }].each do |call|
        said << refused(Winback::Busy, &call)
      end
      "Ana"
    end
    facts = Winback::Facts.new(@schema, as_of: NOW, getter: Rows.new("patient.first_name": again))
    assert_equal "Ana", facts.get(0, "patient.first_name", @when)
    assert_equal 3, said.size
    assert_includes said[0].message, "callback"
  end

  def test_a_getter_of_the_wrong_type_is_named
    { "patient.first_name" => 3, "patient.birth_date" => NOW, "procedures" => ["D1110", [1]],
      "recare.overdue_months" => [true, 2**64] }.each do |field, answers|
      Array(answers).each do |answer|
        facts = Winback::Facts.new(@schema, as_of: NOW, getter: Rows.new("#{field}": answer))
        assert_includes refused(TypeError, RangeError) { facts.get(0, field, @when) }.message, field
      end
    end
    rows = Rows.new
    def rows.count = "three"
    def rows.find(_) = "1"
    facts = Winback::Facts.new(@schema, as_of: NOW, getter: rows)
    refused(TypeError) { facts.size }
    refused(TypeError) { facts.find("1") }
  end

  def test_conventions_of_the_practice
    settings = Winback::RecareSettings.new(prophy_interval: Winback::Interval.new(months: 3))
    visit = { patient: "1", status: "scheduled", start: Date.new(2026, 3, 18) } # which holds no procedure
    [false, true].each do |by_trigger|
      facts = Winback::Facts.new(@schema, as_of: NOW, recare: settings, booked_by_trigger: by_trigger)
      facts.add("patients", patients).add("procedures", procedures).add("appointments", [visit])
      assert_equal Date.new(2025, 7, 22), facts.get(0, "recare.due", @when)
      assert_equal !by_trigger, facts.get(0, "recare.booked", @when)
    end
  end

  def test_the_columns_that_tables_may_have
    needed = Winback.columns.select { |one| one.flags.anybits?(Winback::COLUMN_NEEDED) }
    assert_empty [%w[patients patient], %w[patients status]] - needed.map { |one| [one.table, one.name] }
  end

  def test_the_dictionary
    assert_includes @schema.map(&:name), "recare.band"
    band = @schema[@schema.find("recare.band")]
    assert_equal ["not_due", :text], [band.domain.split("|")[0], band.type]
    assert_includes refused(Winback::NotFound) { @schema.find("recare.bands") }.message, "recare.bands"
    refused(Winback::NotFound) { @schema[@schema.size] }
    refused(Winback::NotFound) { @facts.get(0, "recare.bands", @when) }
    refused(Winback::NotFound) { @facts.get(0, 9999, @when) }
    refused(NoMethodError) { Winback::Unknown.new }
    assert_equal "UNKNOWN", Winback::UNKNOWN.inspect
  end
end
run_tests __FILE__
