# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What the Ruby binding costs, beside C in one run.
#
#     ruby tests/bench/ruby.rb build/release/tests/bench-segment build/release/lib/libwinback.so.0
#
# The segment of bench/python.py, which writes its rows: a million patients with five million procedures, as a
# whole process that reads columns from files; bench/segment.c and this program in turn. Then what a call, a row
# and a callback cost.
require "open3"
require "rbconfig"
require "tmpdir"
$LOAD_PATH.unshift File.expand_path("../../bindings/ruby/lib", __dir__)

RUNS, PAIRS = 5, 15
RULE = 'patient.status == "active" && recare.overdue_months >= 6'
NOW = Time.utc(2026, 3, 3, 16)
TABLES = { "patients" => %w[patient status], "procedures" => %w[patient code status date] }.freeze

# The process that is measured.
def segment(folder)
  require "winback"
  column = lambda do |name|
    read = ->(part) { File.binread(File.join(folder, "#{name}.#{part}")).freeze }
    numbers = read.call("numbers")
    next Winback::ArrowColumn.new("tdD", numbers.bytesize / 4, [nil, numbers]) if name.end_with?("date")

    Winback::ArrowColumn.new("u", numbers.bytesize / 4 - 1, [nil, numbers, read.call("bytes")])
  end
  schema = Winback::Schema.new
  facts = Winback::Facts.new(schema, as_of: NOW)
  TABLES.each { |table, names| facts.add(table, names.to_h { |name| [name, column.call("#{table}.#{name}")] }) }
  moment = Winback::Moment.new(NOW, Winback::Zone.new("America/New_York"))
  puts Winback::Rule.new(schema, RULE).count(facts, moment).yes
end

# Seconds of the processor that a process took, and what it said: others who use the machine do not count.
def spent(*command)
  start = Process.times
  said, status = Open3.capture2(*command)
  raise command.join(" ") unless status.success?

  used = Process.times
  [used.cutime + used.cstime - start.cutime - start.cstime, said]
end

# The same segment by C and by Ruby, in turn: the middle one of their ratios, which others who use the machine
# disturb the least.
def whole(program, folder)
  commands = [[program, folder, RULE], [RbConfig.ruby, __FILE__, "--segment", folder]]
  runs = Array.new(PAIRS) { commands.map { |command| spent(*command) } }
  said = runs.flatten(1).map(&:last).uniq
  raise said.inspect unless said.size == 1

  ratio, c, ruby = runs.map { |(c, _), (ruby, _)| [ruby / c, c, ruby] }.sort[PAIRS / 2]
  puts format("segment of a million patients with 5 procedures each, whole process: C %.3f s, Ruby %.3f s, %.3f " \
              "times (at most 1.1)%s; %s selected", c, ruby, ratio, ratio <= 1.1 ? "" : ": TOO SLOW", said.first.strip)
  ratio <= 1.1
end

# What one call costs, the least of some passes.
def each(name, times = 20_000)
  seconds = Array.new(RUNS) do
    start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
    times.times { yield }
    Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - start
  end
  puts format("%s: %.2f µs", name, seconds.min / times * 1e6)
end

# A getter of one patient.
class Rows
  FIELDS = { "patient.key" => "1", "patient.first_name" => "Ana" }.freeze

  def count
    1
  end

  def find(_key)
    0
  end

  def get(_row, field)
    FIELDS[field]
  end
end

# Calls of several kinds, from the bare one of Fiddle to one with a callback.
def calls(library)
  seconds, = spent(RbConfig.ruby, "-I", $LOAD_PATH.first, "-r", "winback", "-e", "Winback.load")
  puts format("Ruby's own start and the require: %.3f s", seconds)
  require "winback"
  bare = Fiddle::Function.new(Fiddle.dlopen(library)["wb_version"], [], Fiddle::TYPE_INT)
  schema, day = Winback::Schema.new, Date.new(2024, 8, 31)
  facts = Winback::Facts.new(schema, as_of: NOW)
  facts.add("patients", [{ patient: "1", status: "active", first_name: "Ana" }])
  moment = Winback::Moment.new(NOW, Winback::Zone.new("America/New_York"))
  rule = Winback::Rule.new(schema, 'patient.status == "active"')
  text = Winback::Template.new(schema, "Hi {{ patient.first_name }}! Reply STOP to opt out.")
  each("a bare call by Fiddle") { bare.call }
  each("two days in, a number out (months_between)") { Winback.months_between(day, day) }
  each("a field (Facts#get)") { facts.get(0, "patient.first_name", moment) }
  each("a rule on one patient (Rule#test)") { rule.test(facts, 0, moment) }
  each("a batch of one (Rule#count)") { rule.count(facts, moment) }
  each("a text (Template#render)") { text.render(facts, 0, moment) }
  single = Winback::Facts.new(schema, as_of: NOW, getter: Rows.new)
  each("a field by a getter, which is asked for all of the patient", 2000) { single.get(0, "patient.first_name", moment) }
end

if ARGV.first == "--segment"
  segment(ARGV[1])
else
  program, ENV["WINBACK_LIBRARY"] = ARGV
  fast = Dir.mktmpdir do |folder|
    system("python3", File.join(__dir__, "python.py"), "--rows", folder, exception: true)
    whole(program, folder)
  end
  calls(ENV["WINBACK_LIBRARY"])
  exit fast
end
