# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The pages on the Ruby binding: the code of each is one program, and it runs.
require_relative "clinic"

class Pages < Clinic
  # Runs the blocks of a page; its words and its status.
  def run_page(text)
    Dir.mktmpdir { |folder| Dir.chdir(folder) { ruby("-e", text.scan(/^```ruby\n(.*?)^```$/m).join("\n")) } }
  end

  def test_the_code_of_the_pages_runs
    %w[docs/ruby.md bindings/ruby/README.md].each do |name|
      said, status = run_page(File.read(File.join(ROOT, name)))
      assert status.success?, "#{name}: #{said}"
      refute_empty said, name
    end
  end

  def test_code_that_does_not_run_is_seen
    said, status = run_page("```ruby\nx = 1\n```\ntext\n```ruby\nraise 'other' unless x == 2\n```\n")
    refute status.success?
    assert_includes said, "other"
  end
end
run_tests __FILE__
