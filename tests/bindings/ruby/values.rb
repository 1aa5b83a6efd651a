# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Values in and out: dates, zones, law, dental rules, messages.
require_relative "clinic"

class Values < Clinic
  def test_version_and_status_names_are_those_of_the_library
    assert_equal Winback::VERSION, Winback.version
    assert_equal "WB_E_RANGE", Winback.status_name(:e_range)
    Winback::StatusCode.symbols.each { |code| assert_equal code != :ok, Winback::STATUSES.key?(code) }
    number = Winback::VERSION.split(".").map(&:to_i).inject { |sum, part| sum * 1000 + part }
    assert_equal number, Inside::LIBRARY.ask(:wb_version)
    assert_equal 256, Inside::LIBRARY.ask(:wb_struct_size, "wb_error\0")
  end

  def test_values_are_equal_by_their_members_and_do_not_change
    three = Winback::Interval.new(months: 3)
    assert_equal three, Winback::Interval.new(months: 1).with(months: 3)
    assert_equal 1, { three => 1 }[Winback::Interval.new(months: 3)]
    refute_equal three, Winback::Interval.new
    refused(FrozenError) { three.instance_variable_set(:@months, 4) }
    refused(FrozenError) { Winback::LintOptions.new(names: ["a"]).names << "b" }
    refused(ArgumentError) { Winback::Interval.new(month: 3) }
    matched = case Winback::Input.new(kind: :launch, campaign: "a")
              in { kind: :launch, campaign: } then campaign
              end
    assert_equal "a", matched
  end

  def test_symbols_stand_for_numbers_and_a_newer_number_stays_one
    assert_equal Winback::Input.new(kind: :launch), Winback::Input.new(kind: Winback::InputKind[:launch])
    assert_equal 4711, Winback::Input.new(kind: 4711).kind
    said = refused(ArgumentError) { Winback::Input.new(kind: :lunch) }
    assert_includes said.message, "launch"
    refused(ArgumentError) { Winback.normalize(:fax, "1") }
  end

  def test_dates
    assert_equal Date.new(2024, 2, 29), Winback.make_date(2024, 2, 29)
    assert_equal [2024, 2, 29], Winback.split_date(Date.new(2024, 2, 29))
    assert_equal "0001-01-01", Winback.parse_date("0001-01-01").to_s
    assert_equal "9999-12-31", Winback.format_date(Date.new(9999, 12, 31))
    assert_equal "1500-03-01", Winback.add_months(Winback.parse_date("1500-02-01"), 1).to_s
    assert_equal 2, Winback.weekday(Date.new(2026, 3, 3))
    assert_equal Date.new(2025, 3, 1), Winback.add(Date.new(2024, 8, 31), Winback.parse_interval("6m1d"))
    assert_equal Date.new(2024, 2, 29), Winback.add_months(Date.new(2024, 8, 31), -6)
    assert_equal 6, Winback.months_between(Date.new(2024, 8, 31), Date.new(2025, 2, 28))
    assert_equal "1y3d", Winback.format_interval(Winback::Interval.new(years: 1, days: 3))
    refused(Winback::OutOfRange) { Winback.make_date(2026, 2, 29) }
    refused(Winback::BadSyntax) { Winback.parse_date("yesterday") }
    [NOW, DateTime.now, "2026-01-01"].each { |wrong| refused(TypeError) { Winback.weekday(wrong) } }
    refused(RangeError) { Winback.add_months(TODAY, 2**31) }
  end

  def test_zones
    local = @zone.local(NOW)
    assert_equal [11, -5 * 3600, NOW], [local.hour, local.utc_offset, local]
    twice = DateTime.new(2026, 11, 1, 1, 30)
    assert_equal 3600, @zone.instant(twice, fold: 1) - @zone.instant(twice)
    refused(TypeError) { @zone.instant(NOW) }
    assert_equal NOW, Winback.parse_time("2026-03-03T17:00:00+01:00")
    assert_equal "2026-03-03T11:00:00-05:00", Winback.format_time(NOW, @zone)
    assert_equal "2026-03-03T16:00:00Z", Winback.format_time(Time.new(2026, 3, 3, 17, in: "+01:00"))
    said = refused(Winback::NotFound) { Winback::Zone.new("America/New_Yorck") }
    assert_includes said.message, "America/New_York"
    refused(TypeError) { Winback.format_time(TODAY) }
  end

  def test_law
    law = Winback::Law.new
    question = Winback::LawQuestion.new(at: NOW, regions: "US-NY", message_class: :care)
    assert_equal NOW, law.find(question, zones: [@zone], hours_zone: @zone).open_at
    noon = Winback::Window.new(weekdays: Winback::WEEKDAYS_ALL, from: 12 * 3600, to: 13 * 3600)
    answer = law.find(question.with(hours: [noon]), zones: [@zone])
    assert_equal [NOW + 3600, "hours"], [answer.open_at, answer.held_by]
    rules = law.rules(:hours, "US-NY", :care, TODAY).to_a
    refute_empty rules
    assert(rules.all? { |rule| rule.kind == :hours && !rule.source.empty? })
    assert_operator law.rules.count, :>, rules.size
    assert_equal Date.new(2026, 7, 6), law.add_business("US", Date.new(2026, 7, 2), 1)
    refused(Winback::NotFound) { law.add_business("XX", TODAY, 1) }
    said = refused(Winback::Error) { Winback::Law.new("{\"pack\":\n 1}") }
    assert_operator said.line, :>, 0
    other = law.share
    law.close
    assert_equal NOW, other.find(question, zones: [@zone]).open_at
  end

  def test_dental_rules
    history = Winback::RecareHistory.new(last_prophy: DUE, birth: Date.new(1980, 1, 1))
    stands = Winback.recare(history, TODAY)
    assert_equal [Date.new(2025, 10, 23), 4, :prophy], [stands.due, stands.overdue_months, stands.kind]
    settings = Winback::RecareSettings.new(prophy_interval: Winback::Interval.new(months: 3), edges: [1, 2, 3])
    assert_equal Date.new(2025, 7, 22), Winback.recare(history, TODAY, settings).due
    refused(ArgumentError) { Winback.recare(history, TODAY, Winback::RecareSettings.new(edges: [1, 2])) }
    mine = Winback::Code.new(code: "X1", standard: "D2740")
    assert_equal "crown", Winback.find_group("X1", TODAY, codes: [mine]).name
    assert_equal 1110, Winback.find_group("D1110").code
    ranges = [[1110, 1110], [4341, 4342]].map { |first, last| Winback::CodeRange.new(first: first, last: last) }
    assert_equal ranges, Winback.parse_codes("D1110, D4341-D4342")
    assert_operator Winback.parse_codes(Array.new(90) { |n| "D#{1100 + n}" }.join(",")).size, :>, 80
    refused(Winback::NotFound) { Winback.parse_codes("nothing") }
    refute_equal Winback.parse_teeth("10"), Winback.parse_teeth("10", areas: true)
  end

  def test_treatment
    endo, crown = %w[D3330 D2740].map { |code| Winback.find_group(code) }
    day, teeth = Date.new(2025, 1, 10), Winback.parse_teeth("14")
    done = Winback::Procedure.new(teeth: teeth, code: endo.code, group: endo.id, status: :completed, date: day)
    planned = Winback::Procedure.new(teeth: teeth, code: crown.code, group: crown.id, status: :planned, date: day)
    stands = Winback.treatment([done, planned], 1, TODAY)
    assert_equal [Winback::TREATMENT_OPEN, 13], [stands.flags & Winback::TREATMENT_OPEN, stands.months]
    refused(Winback::Invalid) { Winback.treatment([done], 1, TODAY) }
    refused(TypeError) { Winback.treatment([TODAY], 0, TODAY) }
    assert_equal ["endo_uncrowned"], Winback.unfinished([done], TODAY).map(&:kind)
  end

  def test_benefits
    period = Winback.benefit_period(Winback::Plan.new(kind: :calendar, verified: TODAY), TODAY)
    assert_equal [Date.new(2026, 1, 1), Date.new(2026, 12, 31)], [period.first, period.last]
    claim = Winback::Claim.new(paid: 30_000, status: :received, date: Date.new(2026, 2, 1))
    assert_equal 70_000, Winback.usage([claim], period, 100_000).remaining
    assert_nil Winback.usage([claim], period, nil).remaining
    limit = Winback.parse_limit("1 per 6 months")
    assert_equal [1, 6], [limit.count, limit.months]
    cleaning = Winback.find_group("D1110")
    past = Winback::Procedure.new(code: 1110, group: cleaning.id, status: :completed, date: Date.new(2026, 1, 31))
    first = Winback.covered([limit], [past], Winback::Service.new(code: 1110, from: TODAY))
    assert_equal [Date.new(2026, 7, 31), 0], [first.date, first.limit]
    cleanings = limit.with(codes: [Winback::CodeRange.new(first: 1110, last: 1110)])
    assert_equal first, Winback.covered([cleanings], [past], Winback::Service.new(code: 1110, from: TODAY))
    exams = limit.with(codes: [Winback::CodeRange.new(first: 120, last: 120)])
    assert_equal TODAY, Winback.covered([exams], [past], Winback::Service.new(code: 1110, from: TODAY)).date
  end

  def test_messages
    assert_equal "Hi Ana", Winback.plain("<p>Hi <b>Ana</b></p>").strip
    measured = Winback.measure_sms("é" * 161)
    assert_equal [2, :gsm7], [measured.segments, measured.encoding]
    assert_equal "Your visit", Winback.subject("Your visit")
    assert Winback.subject("¿Su visita?").start_with?("=?")
    assert_equal "a=3Db\r\n", Winback.body("a=b\n")
    assert_equal "<https://example.com/u/1>", Winback.unsubscribe("https://example.com/u/1")
    assert_includes Winback.unsubscribe("https://example.com/u/1", "mailto:leave@example.com"), "mailto"
    handle = Winback.make_handle(SECRET, :booking, "\0" * 16)
    assert_equal [Winback::HANDLE_LENGTH] * 2, [handle.size, Winback.format_handle("\0" * 12).size]
  end

  def test_links
    key = Winback::LinkKey.new(data: (0..31).to_a.pack("C*"), id: 7)
    link = Winback::Link.new(expires: NOW, handle: (0..7).to_a.pack("C*"), purpose: :booking)
    token = Winback.make_link(key, link)
    read = Winback.parse_link(token, key, :booking, NOW - 1)
    assert_equal [link.handle, NOW, 7], [read.handle, read.expires, read.key]
    refused(Winback::WrongState) { Winback.parse_link(token, key, :booking, NOW) }
    refused(Winback::WrongType) { Winback.parse_link(token, key, :unsubscribe, NOW - 1) }
    refused(ArgumentError) { Winback.make_link(key, link.with(handle: "short")) }
  end

  def test_replies_and_contacts
    reply = Winback.parse_reply("Stop, my mom passed")
    assert_equal [:opt_out, Winback::Intent[:deceased]], [reply.intent, reply.also]
    assert reply.flags.anybits?(Winback::REPLY_STOP)
    assert_equal "opt_out", Winback.intent_name(:opt_out)
    assert_equal "no_permission", Winback.hold_name(:no_permission)
    assert_equal PHONE, Winback.normalize(:phone, "(212) 555-0101")
    assert_equal 16, Winback.make_contact(SECRET, :email, "pat@example.com").bytesize
    refused(Winback::Invalid) { Winback.normalize(:phone, "12") }
    refused(ArgumentError) { Winback.make_contact("short", :phone, PHONE) }
  end

  def test_expressions_and_metrics
    assert_equal "2025-02-28", Winback.evaluate('date("2024-08-31").addMonths(6)')
    assert_equal 3, Winback.evaluate("a + size(b)", { "a" => 1, "b" => [2, 3] })
    said = refused(Winback::BadSyntax) { Winback.evaluate("1 +\n *") }
    assert_equal [2, 2], [said.line, said.column]
    arms = Winback::Arms.new(contacted: 1000, kept: 200, held_out: 1000, held_out_kept: 100)
    shown = Winback.effect(arms)
    assert_equal [:more, 1000], [shown.shows, shown.difference]
  end

  def test_what_is_no_text_is_refused
    practice = self.practice(launched: false)
    calls = [Winback.method(:parse_date), Winback.method(:lint), Winback.method(:plain), Winback.method(:evaluate),
             Winback::Zone.method(:new), @facts.method(:find), practice.method(:find), practice.method(:opening)]
    calls += [Winback::Rule, Winback::Template, Winback::Campaign, Winback::Offer].map do |kind|
      ->(text) { kind.new(@schema, text) }
    end
    calls.product([nil, 3, ["a"]]).each { |call, wrong| refused(TypeError) { call.call(wrong) } }
    refused(TypeError) { Winback::Law.new(3) }
    refused(TypeError) { Winback::Policy.new(@schema, 3) }
  end

  def test_what_does_not_fit_is_an_exception_and_not_cut
    options = Winback::PracticeOptions.new(secret: SECRET, key: "demo")
    said = refused(RangeError) { Winback::Practice.new(@schema, options.with(lease: 2**32)) }
    assert_includes said.message, "lease"
    refused(ArgumentError) { Winback::Practice.new(@schema, options.with(secret: "1")) }
    refused(TypeError) { Winback::Practice.new(@schema, options.with(key: 1)) }
    refused(TypeError) { Winback::Practice.new(@schema, options.with(lease: "1")) }
    refused(TypeError) { Winback::Practice.new(@schema, TODAY) }
    refused(ArgumentError) { Winback::Template.new(@schema, "a", Winback::TemplateOptions.new(channel: "sms\0")) }
  end

  def test_no_value_of_a_patient_is_shown_by_accident
    values = [Winback::Action.new(to: "+12125550101", text: "Hi Ana", patient: "1"),
              Winback::Input.new(text: "my tooth")]
    shown = values.map { |value| "#{value.inspect} #{value}" }.join
    %w[555 Ana tooth].each { |secret| refute_includes shown, secret }
  end
end
run_tests __FILE__
