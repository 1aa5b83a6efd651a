# SPDX-License-Identifier: MIT
# The whole integration from Ruby, with Fiddle alone: ruby poll.rb libwinback.so.0
require_relative "rows"
include Rows # memory, callback, table
WB, NOW = Fiddle.dlopen(ARGV[0]), 1_772_553_600 # 2026-03-03 11:00 in New York
P, I, Q, SENT, LAUNCH = Fiddle::TYPE_VOIDP, Fiddle::TYPE_INT, Fiddle::TYPE_LONG_LONG, 1, 8
def call(name, types, *values) # its error comes last
  error = memory("\0" * 256)
  status = Fiddle::Function.new(WB[name], types + [P], I).call(*values, error)
  raise "#{name}: #{status} #{Fiddle::Pointer.new(error + 96)}" unless status.zero?
end
def new(name, types, *values)
  place = memory("\0" * 8)
  call(name, types + [P], *values, place)
  Fiddle::Pointer.new(place)[0, 8].unpack1("J")
end
def sized(name, layout, *values) # a struct of the library: its size first, then zeroes
  size = Fiddle::Function.new(WB["wb_struct_size"], [P], I).call(name)
  memory([size, *values].pack(layout).ljust(size, "\0"))
end
journal, sent, count, before = [], [], memory("\0" * 4), 0
append = callback(I, [P, Q, P, Q, I]) do |_user, _first, data, length, _count|
  puts "journal: #{length} bytes more" # a host writes them, or says conflict
  journal << data[0, length] and 0
end
schema = new("wb_schema_new", [P, P, I], 0, 0, 0)
facts = new("wb_facts_new", [P, P, P], 0, schema, sized("wb_facts_options", "L2q", 0, NOW))
{ # Ana is due; Ben has a visit booked; Cleo does not want texts
  "locations" => table(location: ["1"], short_name: ["Example Dental"],
                       zone: ["America/New_York"], booking_url: ["https://book.example.com"]),
  "patients" => table(patient: %w[1 2 3], status: ["active"] * 3, first_name: %w[Ana Ben Cleo],
                      birth_date: [4000] * 3, text_permission: %w[yes yes no],
                      mobile: %w[+12125550101 +12125550102 +12125550103]),
  "procedures" => table(patient: %w[1 2 3], code: ["D1110"] * 3, date: [20200] * 3,
                        status: ["completed"] * 3),
  "appointments" => table(patient: ["2"], status: ["scheduled"], start: [20530])
}.each { |name, rows| call("wb_facts_add", [P] * 4, facts, name, *rows) }
practice = new("wb_practice_new", [P] * 4, 0, schema, 0, sized(
  "wb_practice_options", "L2J7L", 0, memory("0123456789abcdef"), memory("demo"), append, *[0] * 4, 4))
places = Array.new(3) { memory("\0" * 8) }
get = Fiddle::Function.new(WB["wb_playbook_get"], [I, P, P, P], I)
(0..).find { |i| get.call(i, *places) != 0 || Fiddle::Pointer.new(places[0]).ptr.to_s[/^hygiene/] }
playbook, text, length = places.map { |place| Fiddle::Pointer.new(place)[0, 8].unpack1("J") }
campaign = new("wb_campaign_new", [P, P, P, P, Q], 0, schema, 0, text, length)
call("wb_practice_add", [P, P, Q], practice, campaign, NOW)
launch = [0, playbook, memory("dr"), LAUNCH, Fiddle::Pointer.new(playbook).to_s.size, 2]
call("wb_practice_receive", [P, P, Q], practice, sized("wb_input", "L2x16Jx8Jx96lx28Lx4L", *launch), NOW)
call("wb_practice_enroll", [P, P, Q, P, Q, P], practice, 0, 0, facts, NOW, sized("wb_counts", "L"))
loop do # the last poll hands out nothing
  before, batch = journal.size, sized("wb_action", "L")
  call("wb_practice_poll", [P, P, Q, P, I, P], practice, facts, NOW, batch, 1, count)
  break if Fiddle::Pointer.new(count)[0, 4].unpack1("L").zero?
  action = Fiddle::Pointer.new(batch)[0, 160].unpack("L2q2J15a16") # up to its id
  sent << Fiddle::Pointer.new(action[8]).to_s
  puts "to #{Fiddle::Pointer.new(action[11])}: #{Fiddle::Pointer.new(action[14])}"
  call("wb_practice_ack", [P] * 3 + [Q], practice, action[19], sized("wb_outcome", "L2l", 0, SENT), NOW)
end
{ campaign_unref: campaign, practice_free: practice, facts_free: facts, schema_unref: schema }
  .each { |free, handle| Fiddle::Function.new(WB["wb_#{free}"], [P], 0).call(handle) }
raise sent.inspect unless [sent, before, RELEASED.size] == [["1"], journal.size, 8] && before > 0
