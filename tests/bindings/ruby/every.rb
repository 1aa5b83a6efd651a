# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Every function that the library exports is called from a test of the Ruby binding.
require_relative "clinic"
%w[facts handles practice values].each { |name| require_relative name }

# The library, which notes what is asked of it.
module Recorder
  CALLED = {}

  def function(name)
    CALLED[name] = true
    super
  end
end

# Runs when all others have run.
class Every < Minitest::Test
  EXPORTED = File.read(File.join(ROOT, "lib/winback.map")).scan(/\bwb_\w+/).map(&:to_sym).uniq

  def self.missing
    EXPORTED - Recorder::CALLED.keys
  end

  def test_the_recorder_notes_what_is_called_and_nothing_else
    before = Recorder::CALLED.dup
    Recorder::CALLED.clear
    Inside::LIBRARY.ask(:wb_version)
    assert_equal [:wb_version], Recorder::CALLED.keys
    assert_operator EXPORTED.size, :>, 130
  ensure
    Recorder::CALLED.update(before)
  end
end

Inside::LIBRARY.singleton_class.prepend(Recorder)
passed = Minitest.run(ARGV)
puts "not called: #{Every.missing.join(", ")}" unless Every.missing.empty?
exit passed && Every.missing.empty?
