# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Handles: closed, shared, used from two threads, left to the collector.
require_relative "clinic"

class Handles < Clinic
  # One of each, with a call that needs it open.
  def everything
    law, context, policy = Winback::Law.new, Winback::Context.new, Winback::Policy.new(@schema)
    rule = Winback::Rule.new(@schema, "true", context: context)
    text = Winback::Template.new(@schema, "Hi. Reply STOP", policy: policy)
    campaign = Winback::Campaign.new(@schema, Winback.playbooks["hygiene-recare"], policy: policy)
    practice = self.practice(append: nil, law: law)
    offer = Winback::Offer.new(@schema, JSON.generate(OFFER))
    {
      offer => -> { offer.info }, context => -> { Winback::Schema.new(context: context) },
      @zone => -> { @zone.local(NOW) }, law => -> { law.rules.first }, @schema => -> { @schema.size },
      policy => -> { policy.format }, rule => -> { rule.count(@facts, @when) }, text => -> { text.measure },
      campaign => -> { campaign.info }, @facts => -> { @facts.size }, practice => -> { practice.sequence }
    }
  end

  def test_a_closed_handle_used_again_is_an_exception
    everything.each do |handle, call|
      call.call
      refute handle.closed?
      handle.close
      assert handle.closed?
      assert_includes refused(Winback::Closed, &call).message, handle.class.name
      handle.close
      assert_includes handle.inspect, "closed"
    end
  end

  def test_a_handle_is_closed_at_the_end_of_its_block
    kept = nil
    answer = Winback::Zone.open("America/New_York") do |zone|
      kept = zone
      zone.local(NOW).hour
    end
    assert_equal [11, true], [answer, kept.closed?]
    assert_raises(IOError) { Winback::Facts.open(@schema, as_of: NOW) { |facts| (kept = facts) && raise(IOError) } }
    assert kept.closed?
    refute Winback::Schema.open.closed?
  end

  def test_a_closed_handle_given_to_another_is_an_exception
    rule, closed = Winback::Rule.new(@schema, "true"), facts_of(@schema)
    closed.close
    refused(Winback::Closed) { rule.count(closed, @when) }
    practice = self.practice(append: nil)
    refused(Winback::Closed) { practice.enroll(closed, NOW) }
    @zone.close
    refused(Winback::Closed) { Winback::Moment.new(NOW, @zone) }
    assert_equal 3, rule.count(@facts, @when).yes # the moment holds its zone
    inside = Winback::Moment.new(NOW, practice: practice)
    practice.close
    refused(Winback::Closed) { rule.count(@facts, inside) }
  end

  def test_a_handle_of_another_kind_is_an_exception
    [@zone, @facts, 3, "true"].each { |wrong| refused(TypeError) { Winback::Rule.new(wrong, "true") } }
    refused(TypeError) { Winback::Moment.new(NOW, @schema) }
    refused(TypeError) { practice(launched: false).add(@schema, NOW) }
    refused(Winback::Error) { Winback::Rule.new(nil, "true") }
  end

  def test_a_handle_has_no_copies_but_shares
    everything.each_key do |handle|
      refused(NoMethodError) { handle.dup }
      refused(NoMethodError) { handle.clone }
      next unless handle.respond_to?(:share)

      other = handle.share
      handle.close
      refute other.closed?
      again = other.share
      [other, again].each(&:close)
      refused(Winback::Closed) { again.share }
    end
  end

  def test_what_was_made_with_it_may_be_closed_first
    context = Winback::Context.new
    schema = Winback::Schema.new(context: context)
    facts, rule = facts_of(schema), Winback::Rule.new(schema, "true", context: context)
    [context, schema].each(&:close)
    GC.start
    assert_equal 3, rule.count(facts, @when).yes
  end

  def test_two_threads_in_one_handle_are_told_and_nothing_breaks
    inside, leave = Queue.new, Queue.new
    rows = Rows.new("patient.first_name": ->(_) { inside << 1 and leave.pop and "Ana" })
    facts = Winback::Facts.new(@schema, as_of: NOW, getter: rows)
    thread = Thread.new { facts.get(0, "patient.first_name", @when) }
    inside.pop
    assert_includes refused(Winback::Busy) { facts.find("1") }.message, "another thread"
    refused(Winback::Busy) { Winback::Rule.new(@schema, "true").count(facts, @when) }
    refused(Winback::Busy) { facts.close }
    leave << 1
    assert_equal "Ana", thread.value
    assert_equal 0, facts.find("1")
    facts.close
  end

  def test_many_threads_in_one_handle
    rule = Winback::Rule.new(@schema, 'patient.first_name == "Ana"')
    seen = Array.new(4) do
      Thread.new do
        Array.new(300) do
          rule.match(@facts, Winback::Moment.new(NOW, @zone)).rows
        rescue Winback::Busy => error
          error.status
        end
      end
    end.flat_map(&:value)
    assert_equal 1200, seen.size
    assert_empty seen.uniq - [[0], :e_busy]
  end

  def test_a_rule_closed_while_others_use_it_ends_when_they_do
    rule, started = Winback::Rule.new(@schema, "true"), Queue.new
    threads = Array.new(2) do
      Thread.new do
        facts, at = facts_of(@schema), Winback::Moment.new(NOW, @zone)
        loop do
          raise "wrong" unless rule.count(facts, at).yes == 3

          started << 1
        end
      rescue Winback::Closed
        :closed
      end
    end
    4.times { started.pop }
    rule.close
    assert_equal %i[closed closed], threads.map(&:value)
  end

  def test_a_practice_in_use_by_another_thread_is_busy
    inside, leave = Queue.new, Queue.new
    practice = self.practice(launched: false, append: ->(*) { inside << 1 and leave.pop })
    campaign = playbook
    thread = Thread.new { practice.add(campaign, NOW) }
    inside.pop
    [-> { practice.save }, -> { practice.close }, -> { practice.wake }, -> { practice.poll(@facts, NOW) }].each do |call|
      assert_includes refused(Winback::Busy, &call).message, "another thread"
    end
    leave << 1
    thread.join
    assert_equal 1, practice.sequence
  end

  # At the end of Ruby finalizers run in any order, those of the host among them.
  def test_what_was_given_back_before_its_name_went_is_closed
    everything.each do |handle, call|
      handle.instance_variable_get(:@owner).give_back
      assert_includes refused(Winback::Closed, &call).message, handle.class.name
      handle.close
    end
  end

  def test_what_is_left_over_at_the_end_is_given_back
    said, status = ruby("-r", File.join(__dir__, "clinic.rb"), "-e", <<~PROGRAM)
      heap = Heap.new
      alloc = ->(*asked) { heap.call(*asked).tap { warn "nothing is left over" if heap.live.empty? } }
      context = Winback::Context.new(alloc: alloc)
      schema = Winback::Schema.new(context: context)
      facts = Winback::Facts.new(schema, as_of: NOW, context: context)
      facts.add("patients", [{ patient: "1", status: "active" }])
      rule = Winback::Rule.new(schema, "true", context: context)
      rule.instance_variable_set(:@me, [rule, facts])
    PROGRAM
    assert_equal ["nothing is left over\n", 0], [said, status.exitstatus]
  end

  def test_what_is_forgotten_is_given_back
    heap = Heap.new
    context = Winback::Context.new(alloc: heap)
    Winback::Schema.new(context: context)
    one = heap.live.size
    20.times { Winback::Schema.new(context: context) }
    GC.start
    assert_operator heap.live.size, :<, 10 * one
  end
end
run_tests __FILE__
