# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What the tests of the Ruby binding share: ruby TEST.rb LIBRARY [minitest's arguments].
require "json"
require "open3"
require "tmpdir"
ENV["WINBACK_LIBRARY"] = File.expand_path(ARGV.shift) if ARGV.first.to_s.include?(".so")
LIBRARY = ENV.fetch("WINBACK_LIBRARY")
ROOT = File.expand_path("../../..", __dir__)

# Ends a test that needs what is not there.
def skip_all(what)
  warn "#{what} is not installed"
  exit ENV.key?("WB_ALL_TOOLS") ? 1 : 77
end

begin
  require "minitest"
rescue LoadError
  skip_all "minitest"
end
$LOAD_PATH.unshift File.join(ROOT, "bindings/ruby/lib")
require "winback"

NOW = Time.utc(2026, 3, 3, 16) # a Tuesday, 11:00 in New York
TODAY = Date.new(2026, 3, 3)
SECRET = (0..15).to_a.pack("C*").freeze
DUE = Date.new(2025, 4, 22) # of the last cleaning
PHONE = "+12125550101"
LOCATION = { location: "1", name: "Example Dental Care", short_name: "Example Dental", zone: "America/New_York",
             region: "US-NY", phone: "+12125550100", address: "1 Example Street, New York, NY 10001",
             booking_url: "https://book.example.com" }.freeze
PATIENTS = [ # Ana is due, Ben has a visit, Cleo wants no texts
  { patient: "1", first_name: "Ana", text_permission: "yes", mobile: PHONE },
  { patient: "2", first_name: "Ben", text_permission: "yes", mobile: "+12125550102" },
  { patient: "3", first_name: "Cleo", text_permission: "no", mobile: nil }
].freeze
OFFER = {
  what: "Exam and cleaning for returning patients", price_cents: 9900, regular_cents: 18_900, value_cents: 9000,
  cash_like: false, first: "2026-03-01", last: "2026-03-31", qualifies: 'patient.status == "active"',
  includes: ["one visit"], excludes: ["government plans"], disclosures: { "US-NY": [] }, reviewer: "dr-lee",
  reviewed: "2026-02-19"
}.freeze

# What the package has for itself.
module Winback
  module Inside
    LIBRARY, DECLARATIONS, CALLBACK = Library, Declarations, Callback
    LAYOUT, MEMORY, EXPORTED = Layout, Memory, Exported
  end
end
Inside = Winback::Inside

# So much later.
def minutes(count)
  NOW + 60 * count
end

# The rows of the table.
def patients
  PATIENTS.map { |row| { status: "active", birth_date: Date.new(1980, 12, 14), location: "1", **row } }
end

# Everybody's last cleaning.
def procedures
  PATIENTS.map { |row| { patient: row[:patient], code: "D1110", status: "completed", date: DUE } }
end

# The three, and more patients who are due as Ana is.
def facts_of(schema, *more)
  facts = Winback::Facts.new(schema, as_of: NOW)
  facts.add("locations", [LOCATION])
  facts.add("patients", patients + more.map { |row| patients[0].merge(row) })
  facts.add("procedures", procedures + more.map { |row| { **procedures[0], patient: row[:patient] } })
  facts.add("appointments", [{ patient: "2", status: "scheduled", start: Date.new(2026, 3, 18) }])
end

# An object with the protocol, over a table of this binding.
class Addresses
  attr_reader :made

  def initialize(rows)
    @made = Inside::EXPORTED.new(rows)
  end

  def arrow_c_array
    [@made.schema.address, @made.array.address]
  end
end

# An object whose stream gives batches; `fails` after them.
class Stream
  attr_reader :released

  def initialize(batches, fails: false)
    @batches, @fails, @kept, @released = batches.map { |rows| Inside::EXPORTED.new(rows) }, fails, [], false
    calls = { get_schema: ->(_, out) { move(@batches[0].schema, :ArrowSchema, out) },
              get_next: ->(_, out) { following(out) }, release: ->(stream) { let_go(stream) } }
    @calls = calls.to_h do |name, function|
      [name, Inside::CALLBACK.new(:"ArrowArrayStream_#{name}", &function)]
    end
    @stream = Inside::MEMORY.new(Inside::LAYOUT[:ArrowArrayStream].pack(**@calls.transform_values(&:to_i)))
  end

  def arrow_c_stream
    @stream.address
  end

  private

  # Gives a struct away.
  def move(memory, name, to)
    layout = Inside::LAYOUT[name]
    Fiddle::Pointer.new(to)[0, layout.size] = memory.to_ptr[0, layout.size]
    Inside::MEMORY.put(memory.address + layout.offsets[:release], "J", 0)
    0
  end

  def following(out)
    if @batches.empty?
      return 5 if @fails

      Inside::MEMORY.put(out + Inside::LAYOUT[:ArrowArray].offsets[:release], "J", 0)
      return 0
    end
    @kept << @batches.shift
    move(@kept.last.array, :ArrowArray, out)
  end

  def let_go(stream)
    @released = true
    Inside::MEMORY.put(stream + Inside::LAYOUT[:ArrowArrayStream].offsets[:release], "J", 0)
    nil
  end
end

# A host with objects.
class Rows
  attr_reader :fetched, :changed

  def initialize(**changed)
    @rows, @fetched, @changed = patients, [], changed.transform_keys(&:to_s)
  end

  def count
    @rows.size
  end

  def find(key)
    @rows.index { |row| row[:patient] == key }
  end

  def fetch(rows)
    @fetched.concat(rows)
  end

  def get(row, field)
    return changed[field].respond_to?(:call) ? changed[field].call(row) : changed[field] if changed.key?(field)
    return [{ code: "D1110", status: "completed", date: DUE }] if field == "procedures"
    return [] if field == "appointments"

    group, name = field.split(".", 2)
    return LOCATION.fetch(name.to_sym, Winback::UNKNOWN) if group == "location"
    return Winback::UNKNOWN unless %w[patient contact].include?(group)

    @rows[row].fetch(name == "key" ? :patient : name.to_sym, Winback::UNKNOWN)
  end
end

# Memory as the C library gives it, counted: an allocator for a context. `left` calls succeed.
class Heap
  REALLOC = Fiddle::Function.new(Fiddle::Handle::DEFAULT["realloc"], [Fiddle::TYPE_UINTPTR_T, Fiddle::TYPE_SIZE_T],
                                 Fiddle::TYPE_UINTPTR_T)
  FREE = Fiddle::Function.new(Fiddle::Handle::DEFAULT["free"], [Fiddle::TYPE_UINTPTR_T], Fiddle::TYPE_VOID)

  attr_reader :live
  attr_writer :left

  def initialize
    @live, @left = {}, 10**9
  end

  def call(address, old, new)
    raise "wrong size" unless (@live[address] || 0) == old
    return if (@left -= 1).negative? && new.positive?

    @live.delete(address)
    return FREE.call(address) && nil if new.zero?

    REALLOC.call(address, new).tap { |made| @live[made] = new }
  end
end

# A practice of three patients, a journal in memory, and the recall playbook.
class Clinic < Minitest::Test
  # Each time in the same order.
  def self.test_order
    :alpha
  end

  def setup
    @schema = Winback::Schema.new
    @facts = facts_of(@schema)
    @zone = Winback::Zone.new("America/New_York")
    @when = Winback::Moment.new(NOW, @zone)
    @journal = []
  end

  # A journal in memory.
  def append(first, records, count)
    assert_equal @journal.sum { |_, many| many } + 1, first
    @journal << [records, count]
  end

  # The journal's bytes.
  def written
    @journal.map(&:first).join
  end

  def playbook
    Winback::Campaign.new(@schema, Winback.playbooks["hygiene-recare"])
  end

  # A practice, its playbook launched.
  def practice(launched: true, settings: {}, **options)
    options = { append: method(:append), **options }
    practice = Winback::Practice.new(
      @schema, Winback::PracticeOptions.new(secret: SECRET, key: "demo", **settings), **options)
    return practice unless launched

    practice.add(playbook, NOW)
    practice.receive(Winback::Input.new(kind: :launch, campaign: "hygiene-recare", approver: "dr"), NOW)
    practice
  end

  # The exception of a call that must fail. Where signatures are checked, one may be refused for its types.
  def refused(*kinds, &call)
    typed = defined?(RBS::Test) && kinds.intersect?([TypeError, ArgumentError, RangeError])
    return assert_raises(*kinds, &call) unless typed

    said = assert_raises(*kinds, RBS::Test::Tester::TypeError, &call)
    said.is_a?(RBS::Test::Tester::TypeError) ? skip("refused for its types") : said
  end

  # Runs a program of Ruby by itself: its words and its status.
  def ruby(*arguments, **env)
    Open3.capture2e({ "WINBACK_LIBRARY" => LIBRARY, **env.transform_keys(&:to_s) }, RbConfig.ruby, "-w",
                    "-I", File.join(ROOT, "bindings/ruby/lib"), *arguments)
  end
end

# Runs the tests of a file that is the program.
def run_tests(file)
  return unless File.identical?(file, $PROGRAM_NAME)

  $stdout.sync = true
  exit Minitest.run(ARGV)
end
