# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# A practice at work: rules, texts, campaigns, actions, journal, and callbacks that fail.
require "timeout"
require_relative "clinic"

class Texts < Clinic
  def test_a_rule_selects_and_says_why
    rule = Winback::Rule.new(@schema, 'patient.first_name == "Ana" || contact.mobile == "+12125550102"')
    assert_equal %w[contact.mobile patient.first_name], rule.fields.sort
    assert_equal :true, rule.test(@facts, 0, @when).truth
    matches = rule.match(@facts, @when)
    assert_equal [[0, 1], [], 3], [matches.rows, matches.unknown, matches.size]
    assert_equal [1], rule.match(@facts, @when, 1, 2).rows
    assert_equal Winback::Tally.new(yes: 2, no: 1), rule.count(@facts, @when)
    assert_equal "false", rule.explain(@facts, 2, @when)["truth"]
    refused(Winback::NotFound) { rule.test(@facts, 3, @when) }
    refused(Winback::Invalid) { rule.test(facts_of(Winback::Schema.new), 0, @when) }
  end

  def test_a_rule_that_is_wrong_says_where
    said = refused(Winback::NotFound) { Winback::Rule.new(@schema, "true &&\n recare.ban == \"12+\"") }
    assert_equal [2, 2, :e_name], [said.line, said.column, said.status]
    assert_includes said.message, "recare.band"
    refused(Winback::WrongType) { Winback::Rule.new(@schema, "1 + 1") }
  end

  def test_what_is_missing_is_named
    rule = Winback::Rule.new(@schema, "patient.balance > 100")
    verdict = rule.test(@facts, 0, @when)
    assert_equal :undetermined, verdict.truth
    assert_equal ["patient.balance"], @schema.names(verdict.missing.first(verdict.missing_count))
    assert_equal [0, 1, 2], rule.match(@facts, @when).unknown
  end

  def test_a_text_is_checked_measured_and_rendered
    text = Winback::Template.new(
      @schema, "Hi {{ patient.first_name }}, it's {{ location.short_name }}. Reply STOP to opt out.")
    assert_equal "Hi Ana, it's Example Dental. Reply STOP to opt out.", text.render(@facts, 0, @when)
    assert_equal %w[patient.first_name location.short_name], text.fields
    assert_equal 1, text.measure.segments_least
    assert_equal [], text.lint
    said = refused(Winback::PolicyForbids) { Winback::Template.new(@schema, "You owe {{ patient.balance }}") }
    assert_equal "patient.balance", said.path
    spanish = Winback::TemplateOptions.new(channel: "email.text", language: "es")
    assert_equal 1000, Winback::Template.new(@schema, "Hola " * 200, spanish).render(@facts, 0, @when).size
  end

  def test_a_text_is_linted_as_it_stands
    assert_equal "Hi {{ patient.name }}", Winback.import_template("Hi [NameF]")
    options = Winback::LintOptions.new(names: ["Example Dental"])
    rules = Winback.lint("You FAILED to come, final notice! " * 20, options).map(&:rule)
    assert(rules.any? { |rule| rule.start_with?("guilt") })
    assert_operator Winback.lint("final notice. " * 80).size, :>, 64
  end

  def test_a_policy_says_what_may_be_read
    json = JSON.generate(channels: { sms: { read: ["public"], choose: ["public"] } })
    policy = Winback::Policy.new(@schema, json)
    assert_equal [[:public], [:public]], policy.get("sms")
    assert_includes Winback::Policy.new(@schema).get("sms")[0], :name
    assert_includes policy.format.downcase, "sms"
    refused(Winback::PolicyForbids) { Winback::Template.new(@schema, "Hi {{ patient.first_name }}", policy: policy) }
    said = refused(Winback::NotFound) { Winback::Policy.new(@schema, '{"channels": {"fax": {}}}') }
    assert_includes said.path, "/channels"
  end

  def test_a_campaign_is_known_by_its_content
    book = Winback.playbooks.fetch("hygiene-recare")
    info = playbook.info
    assert_equal ["hygiene-recare", 32], [info.name, info.content_id.bytesize]
    assert_equal "hygiene-recare", JSON.parse(info.canonical)["name"]
    match = playbook.match(@facts, 0, @when)
    assert_equal [:in, "prophy 0-6"], [match.outcome, match.segment]
    assert_equal "https://json-schema.org/draft/2020-12/schema", Winback.campaign_schema["$schema"]
    spoilt = JSON.parse(book)
    spoilt["steps"][0]["nonsense"] = 1
    said = refused(Winback::NotFound) { Winback::Campaign.new(@schema, JSON.generate(spoilt)) }
    assert said.path.start_with?("/steps/0"), said.path
    said = refused(Winback::BadSyntax) { Winback::Campaign.new(@schema, "hygiene-recare") }
    assert_includes said.message, "its JSON is needed (playbooks)"
  end

  def test_a_practice_sets_its_campaigns
    book = Winback.playbooks["hygiene-recare"]
    assert_equal Winback::Campaign.new(@schema, book).info, Winback::Campaign.new(@schema, book, settings: "{}").info
    assert_equal "https://json-schema.org/draft/2020-12/schema", Winback.settings_schema["$schema"]
    said = refused(Winback::NotFound) { Winback.check_settings('{"playbooks": {"hygiene-recal": {}}}') }
    assert said.path.start_with?("/playbooks"), said.path
  end

  def test_an_offer_is_asked_of_the_law
    offer = Winback::Offer.new(@schema, JSON.generate(OFFER))
    assert_equal [9900, Date.new(2026, 3, 31)], [offer.info.price, offer.info.last]
    use = Winback::OfferUse.new(flags: Winback::OFFER_AUTOMATED, consent: :written)
    verdict = offer.test(Winback::Law.new, @facts, 0, @when, use)
    assert_equal :value, verdict.outcome # nobody's coverage is known
  end
end

class Machines < Clinic
  # Lets people in and sends what is due.
  def sent(practice, now = NOW)
    practice.enroll(@facts, now, "hygiene-recare")
    practice.poll(@facts, now).each { |action| practice.ack(action, :sent, now) }
  end

  def test_a_day
    practice = self.practice
    action, = sent(practice)
    assert_equal [PHONE, :sms, :send, :gsm7, 16],
                 [action.to, action.channel, action.kind, action.encoding, action.id.bytesize]
    assert_equal [], practice.poll(@facts, NOW)
    assert_operator practice.wake, :>, NOW
    assert_equal({ "1" => :waiting, "3" => :held }, practice.enrollments.to_h { |each| [each.patient, each.state] })
    assert_equal [:sent], practice.actions.map(&:state)
    campaign, = practice.campaigns.to_a
    assert_equal [3, 2, 32], [campaign.flags, campaign.inside, campaign.content_id.bytesize]
    late = Winback::Outcome.new(kind: :not_sent, cause: :late)
    assert_equal :e_state, refused(Winback::WrongState) { practice.ack(action, late, NOW) }.status
    options = practice.options
    assert_equal [1, 120, ""], [options.per_day, options.kept_days, options.secret]
    assert_equal "1", practice.find("1")
    practice.receive(Winback::Input.new(kind: :merged, patient: "1", other: "3"), NOW)
    assert_equal "3", practice.find("1")
    refused(Winback::NotFound) { practice.find("never") }
    inside = Winback::Moment.new(NOW, @zone, practice: practice)
    assert_equal 3, Winback::Rule.new(@schema, "true").count(@facts, inside).yes
  end

  def test_the_last_look
    practice = self.practice
    practice.enroll(@facts, NOW)
    action, = practice.poll(@facts, NOW)
    assert_equal :go, practice.test(action, @facts, NOW).answer
    contact = Winback.make_contact(SECRET, :phone, PHONE)
    practice.receive(Winback::Input.new(kind: :opted_out, contact: contact, event_id: SECRET), NOW)
    look = practice.test(action.id, @facts, NOW)
    assert_equal [:withdrawn, "opted_out"], [look.answer, look.reason]
    assert practice.consent(contact, "1", :sms, :care).flags.anybits?(Winback::CONTACT_OPTED_OUT)
  end

  def test_the_loop
    practice = self.practice(append: nil)
    practice.enroll(@facts, NOW)
    heard = []
    done = practice.run(@facts, NOW) do |action|
      heard << action.text
      :sent
    end
    assert_equal Winback::Run.new(sent: 1), done
    assert_includes heard[0], "Hi Ana"
    refused(ArgumentError) { practice.run(@facts, NOW) }
  end

  def test_state_is_snapshot_and_journal
    synced = []
    practice = self.practice(sync: -> { synced << 1 })
    sent(practice)
    practice.seal(minutes(1))
    saved = practice.save
    refute_empty synced
    again = self.practice(launched: false, append: nil)
    assert_equal practice.sequence, again.replay(written).applied
    assert_equal saved, again.save
    assert again.replay(written + written[0, 9]).flags.anybits?(Winback::REPLAY_TORN)
    again = self.practice(launched: false, append: nil)
    again.load(saved)
    assert_equal saved, again.save
    refused(Winback::WrongState) { again.load(saved) }
    refused(Winback::Corrupt) { self.practice(launched: false).load(saved[0..-2]) }
  end

  def test_a_host_names_the_format_that_is_written
    oldest, newest = Winback::FORMAT_OLDEST, Winback::FORMAT_NEWEST
    saved = [0, oldest, newest].map do |named|
      practice = self.practice(launched: false, settings: { write_format: named })
      practice.receive(Winback::Input.new(kind: :pause), NOW)
      @journal.clear
      practice.save
    end
    assert_equal saved[0], saved[2]
    assert_equal [newest, oldest, newest], saved.map { |each| each.unpack1("S<", offset: 4) }
    [newest + 1, 2**32 - 1].each do |named|
      refused(Winback::WrongVersion) { practice(launched: false, settings: { write_format: named }) }
    end
  end

  def test_the_journal_is_read_back
    practice = self.practice
    action, = sent(practice)
    practice.seal(NOW)
    found = Winback.records(written)
    assert_equal (1..found.count).to_a, found.map(&:sequence)
    assert_equal 1, Winback.read_record(written, found.first.offset)["sequence"]
    assert_equal practice.sequence, Winback.check_journal(written).last
    lines = Winback.entries(written, Winback::EntryQuery.new(patient: "1"), zone: @zone)
    assert_equal [1, 1], [lines.count, lines.count] # each time from the beginning
    assert_includes lines.first, "Text message sent"
    query = Winback::EntryQuery.new(flags: Winback::ENTRY_JSON, action: action.id)
    assert_kind_of Hash, Winback.entries(written, query).first
    assert_empty Winback.entries(written, Winback::EntryQuery.new(patient: "nobody")).to_a
    assert_includes Winback.explain_action(written, action.id), "checks"
    refused(Winback::NotFound) { Winback.explain_action(written, "\0" * 16) }
    refused(Winback::Corrupt) { Winback.check_journal(written[1..]) }
  end

  def test_desk_openings_and_metrics
    practice = self.practice
    sent(practice)
    { "1" => "Please call me", "2" => "my tooth hurts a lot" }.each do |id, text|
      practice.receive(Winback::Input.new(kind: :reply, patient: "1", text: text, event_id: id * 16), minutes(id.to_i))
    end
    tasks = Winback::DeskList.symbols.flat_map { |list| practice.desk(list).to_a }
    assert_equal ["1"], tasks.map(&:patient).uniq
    practice.receive(Winback::Input.new(kind: :slot_opened, visit: "s1", location: "1", name: "hygiene", minutes: 60,
                                        at: NOW + 2 * 86_400), minutes(7))
    assert_equal ["s1"], practice.openings.map(&:opening)
    assert_equal :open, practice.opening("s1").state
    refused(Winback::NotFound) { practice.opening("s2") }
    assert_equal [1], practice.metrics.select { |each| each.segment == "prophy 0-6" }.map(&:contacted)
    assert_equal 1, practice.total("hygiene-recare").messages
    refused(Winback::NotFound) { practice.total("nothing") }
    assert_includes practice.report(minutes(8)).downcase, "attributed"
  end

  def test_people_go_over_to_a_new_definition
    practice = self.practice
    sent(practice)
    newer = JSON.parse(Winback.playbooks["hygiene-recare"]).merge("title" => "Another title")
    practice.add(Winback::Campaign.new(@schema, JSON.generate(newer)), minutes(1))
    plan = practice.migrate("hygiene-recare", minutes(2), plan: true, recompute: @facts)
    assert_equal 2, plan.sum(&:people)
    refused(Winback::NotFound) do
      practice.migrate("hygiene-recare", minutes(2), replaced: { plan[0].from => "nowhere" }, plan: true)
    end
  end

  def test_the_page_behind_a_link
    practice = self.practice
    action, = sent(practice)
    page = JSON.parse(practice.page(Winback::Page.new(action: action.id, format: :json), @facts, NOW))
    assert_equal "hygiene-recare", page["campaign"]
    by_name = Winback::Page.new(campaign: "hygiene-recare", patient: "1")
    assert_equal page["html"], practice.page(by_name, @facts, NOW)
    refused(Winback::NotFound) { practice.page(Winback::Page.new(action: "\0" * 16), @facts, NOW) }
  end

  def test_who_waits_is_told
    practice = self.practice(settings: { admissions: 1 })
    facts = facts_of(@schema, { patient: "4", mobile: "+12125550104" })
    waiting, = practice.waiting(facts, NOW)
    assert_equal ["4", Winback::Hold[:admissions]], [waiting.patient, waiting.hold]
    assert_equal 1, practice.enroll(facts, NOW).waiting
  end

  def test_the_secret_changes
    practice, other = self.practice, (1..16).to_a.pack("C*")
    contact, newer = [SECRET, other].map { |secret| Winback.make_contact(secret, :phone, PHONE) }
    practice.receive(Winback::Input.new(kind: :opted_out, contact: contact, event_id: "3" * 16), NOW)
    refused(Winback::WrongState) { practice.rekey(other, {}, NOW) }
    refused(ArgumentError) { practice.rekey(other, { contact => "short" }, NOW) }
    practice.rekey(other, { contact => newer }, NOW)
    assert practice.consent(newer, "1", :sms, :care).flags.anybits?(Winback::CONTACT_OPTED_OUT)
  end

  def test_law_and_policy_of_the_host
    assert_equal 1, sent(practice(law: Winback::Law.new, policy: Winback::Policy.new(@schema))).size
  end
end

class Callbacks < Clinic
  class Gone < StandardError; end

  def fails
    ->(*) { raise Gone, "the database went away" }
  end

  def test_what_append_raises_comes_out_and_the_practice_is_stale
    practice = self.practice(launched: false, append: fails)
    said = refused(Gone) { practice.add(playbook, NOW) }
    assert_equal "the database went away", said.message
    assert_includes said.backtrace.join, "fails"
    refused(Winback::Stale) { practice.add(playbook, NOW) }
  end

  def test_a_conflict_is_no_failure
    others = [Winback::Conflict.new("sequence 1 is there")]
    practice = self.practice(launched: false, append: lambda do |*record|
      others.empty? ? append(*record) : raise(others.pop)
    end)
    assert_equal "sequence 1 is there", refused(Winback::Conflict) { practice.add(playbook, NOW) }.message
    practice.add(playbook, NOW)
    assert_equal 1, practice.sequence
  end

  def test_what_sync_and_deliver_raise_comes_out
    practice = self.practice(launched: false, sync: fails)
    refused(Gone) { practice.add(playbook, NOW) }
    refused(Winback::Stale) { practice.save }
    practice = self.practice(append: nil)
    practice.enroll(@facts, NOW)
    refused(Gone) { practice.run(@facts, NOW, &fails) }
    assert_equal [:claimed], practice.actions.map(&:state)
  end

  def test_an_interrupt_or_the_end_of_memory_in_a_callback_is_not_lost
    [Interrupt, NoMemoryError, SystemExit, SystemStackError].each do |kind|
      practice = self.practice(launched: false, append: ->(*) { raise kind, "now" })
      refused(kind) { practice.add(playbook, NOW) }
    end
  end

  def test_a_callback_that_is_left_otherwise_aborts
    practice = self.practice(launched: false, append: ->(*) { throw :out })
    said = refused(Winback::Aborted) { catch(:out) { practice.add(playbook, NOW) } }
    assert_includes said.message, "throw"
    refused(Winback::Stale) { practice.save }
    practice = self.practice(append: nil)
    practice.enroll(@facts, NOW)
    refused(Winback::Aborted) { practice.run(@facts, NOW) { |_| break } }
    assert_equal [:claimed], practice.actions.map(&:state)
  end

  def test_a_thread_that_ends_in_a_callback_leaves_the_library_in_order
    practice = self.practice(launched: false, append: ->(*) { Thread.exit })
    thread = Thread.new { practice.add(playbook, NOW) }
    thread.report_on_exception = false
    refused(Winback::Aborted) { thread.join }
    refused(Winback::Stale) { practice.save } # and it is not busy
  end

  class Late < StandardError; end

  def test_a_time_out_strikes_in_a_callback
    { Late => [Late], Winback::Aborted => [] }.each do |kind, own|
      practice = self.practice(launched: false, append: ->(*) { sleep 30 })
      refused(kind) { Timeout.timeout(0.05, *own) { practice.add(playbook, NOW) } }
      refused(Winback::Stale) { practice.save }
    end
  end

  def test_a_time_out_within_a_callback_is_its_own
    practice = self.practice(launched: false, append: lambda do |*|
      Timeout.timeout(0.05) { sleep 30 }
    rescue Timeout::Error
      nil
    end)
    practice.add(playbook, NOW)
    assert_equal 1, practice.sequence
  end

  def test_what_another_thread_raises_reaches_a_callback_and_nothing_else
    inside = Queue.new
    practice = self.practice(launched: false, append: ->(*) { inside << 1 and sleep })
    thread = Thread.new { practice.add(playbook, NOW) }
    thread.report_on_exception = false
    inside.pop
    thread.raise(Gone)
    refused(Gone) { thread.join }
    refused(Winback::Stale) { practice.save }
  end

  def test_an_answer_of_the_wrong_type_is_refused
    [false, -11, -14].each do |answer| # or a status, as in C
      refused(TypeError) { practice(launched: false, append: ->(*) { answer }).add(playbook, NOW) }
      refused(TypeError) { practice(launched: false, append: ->(*) {}, sync: -> { answer }).add(playbook, NOW) }
    end
    [nil, 0, 4096, true].each { |answer| practice(launched: false, append: ->(*) { answer }).add(playbook, NOW) }
    [nil, 1, "sent", Object].each do |answer|
      practice = self.practice(append: nil)
      practice.enroll(@facts, NOW)
      refused(TypeError) { practice.run(@facts, NOW) { |_| answer } }
    end
    practice = self.practice(append: nil)
    practice.enroll(@facts, NOW)
    refused(ArgumentError) { practice.run(@facts, NOW) { |_| :posted } }
  end

  def test_a_callback_that_calls_back_is_busy
    said = []
    practice = nil
    practice = self.practice(launched: false, append: lambda do |*|
      [-> { practice.save }, -> { practice.close }, -> { practice.enrollments.to_a }].each do |call|
        said << refused(Winback::Busy, &call)
      end
    end)
    practice.add(playbook, NOW)
    assert_equal [:e_busy] * 3, said.map(&:status)
    assert_includes said[0].message, "callback"
    practice = self.practice(append: nil)
    practice.enroll(@facts, NOW)
    practice.run(@facts, NOW) do |_|
      said << refused(Winback::Busy) { @facts.size }
      assert_equal 2, self.practice(append: nil).sequence # another practice may be used
      :sent
    end
    assert_equal 4, said.size
  end

  def test_an_allocator_may_use_what_it_allocates_for
    heap, context, inside = Heap.new, nil, false
    alloc = lambda do |*asked|
      if context && !inside
        inside = true
        begin
          Winback::Schema.new(context: context).close
        ensure
          inside = false
        end
      end
      heap.call(*asked)
    end
    context = Winback::Context.new(alloc: alloc)
    rule = Winback::Rule.new(@schema, "true", context: context)
    assert_equal 3, rule.count(@facts, @when).yes
    made, context = context, nil
    [rule, made].each(&:close)
    assert_empty heap.live
  end

  def test_closures_outlive_their_names
    written = []
    practice = self.practice(launched: false, append: ->(*record) { written << record })
    campaign = playbook
    GC.start
    GC.compact
    GC.stress = true
    practice.add(campaign, NOW)
    GC.stress = false
    assert_equal 1, written.size
  ensure
    GC.stress = false
  end

  def test_a_day_with_collections_in_every_callback
    times = 0
    collect = lambda do |*|
      GC.start
      GC.compact
      times += 1
    end
    rows = Rows.new("contact.mobile": ->(row) { collect.call && patients[row][:mobile] })
    facts = Winback::Facts.new(@schema, as_of: NOW, getter: rows)
    practice = self.practice(append: collect, sync: collect)
    practice.enroll(facts, NOW)
    heard = []
    practice.run(facts, NOW) do |action|
      collect.call
      heard << action.text
      :sent
    end
    assert_equal ["Hi Ana", "Hi Ben"], heard.map { |text| text[0, 6] }.sort
    assert_operator times, :>, 10
  end

  def test_memory_of_the_host
    heap = Heap.new
    context = Winback::Context.new(alloc: heap, max_depth: 10)
    schema = Winback::Schema.new(context: context)
    rule = Winback::Rule.new(schema, "1 == 1", context: context)
    refute_empty heap.live
    refused(Winback::OverLimit) { Winback::Rule.new(schema, "#{"(" * 20}true#{")" * 20}", context: context) }
    heap.left = 1
    refused(Winback::NoMemory) { Winback::Rule.new(schema, "1 == 1", context: context) }
    heap.left = 10**9
    [context, schema].each(&:close)
    other = rule.share
    rule.close
    assert_equal [], other.fields
    other.close
    assert_empty heap.live
  end

  def test_what_an_allocator_raises_comes_out
    refused(Gone) { Winback::Context.new(alloc: fails) }
    { "here" => TypeError, true => TypeError, -1 => RangeError, 2**64 => RangeError }.each do |answer, kind|
      refused(kind) { Winback::Context.new(alloc: ->(*) { answer }) }
    end
    refused(Winback::NoMemory) { Winback::Schema.new(context: Winback::Context.new(max_memory: 1000)) }
  end

  # A host that holds its practice, and is held by its callback.
  class Host
    def initialize(schema)
      options = Winback::PracticeOptions.new(secret: SECRET, key: "demo")
      @practice = Winback::Practice.new(schema, options, append: method(:append))
      @facts = Winback::Facts.new(schema, as_of: NOW, getter: self)
    end

    def append(*); end

    def count
      0
    end
  end

  def test_hosts_that_hold_what_holds_them_are_collected
    before = GC.start || ObjectSpace.each_object(Host).count
    20.times { Host.new(@schema) }
    GC.start
    assert_operator ObjectSpace.each_object(Host).count, :<, before + 10
  end

  def test_bytes_and_numbers_that_cannot_be
    practice = self.practice
    calls = [practice.method(:load), practice.method(:replay), Winback.method(:check_journal), Winback.method(:records)]
    calls.each { |call| refused(TypeError) { call.call(3) } }
    refused(RangeError) { practice.poll(@facts, NOW, -1) }
    rule = Winback::Rule.new(@schema, "true")
    refused(RangeError) { rule.match(@facts, @when, 4) }
    refused(Winback::NotFound) { rule.match(@facts, @when, 2, 2) }
    assert_equal [], rule.match(@facts, @when, 3).rows
    [[nil, @when], [@schema, @when], [@facts, NOW], [@facts, nil]].each do |facts, at|
      refused(TypeError) { rule.count(facts, at) }
    end
    refused(TypeError) { practice.enroll(@facts, "now") }
  end
end
run_tests __FILE__
