# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The gem: the same bytes twice, installed without a network into a clean GEM_HOME, the quickstart run from there.
require_relative "clinic"
begin
  require "rubygems"
rescue LoadError
  skip_all "rubygems"
end

class GemTest < Minitest::Test
  def setup
    @folder = Dir.mktmpdir
    @home = File.join(@folder, "home")
  end

  def teardown
    FileUtils.remove_entry(@folder)
  end

  # Runs a program that sees nothing of this tree: its words.
  def clean(*command)
    env = { "PATH" => ENV.fetch("PATH"), "HOME" => @folder, "GEM_HOME" => @home, "GEM_PATH" => @home }
    said, status = Open3.capture2e(env, *command, chdir: @folder, unsetenv_others: true)
    assert status.success?, said
    said
  end

  def build(*platform)
    clean(RbConfig.ruby, File.join(ROOT, "bindings/ruby/gem.rb"), LIBRARY, @folder, *platform).lines.last.chomp
  end

  def test_the_same_files_make_the_same_bytes
    first = File.binread(build)
    path = build
    assert_equal first, File.binread(path)
    assert_match(/\Awinback-\d+\.\d+\.\d+-[\w-]+\.gem\z/, File.basename(path))
    assert build("aarch64-linux").end_with?("-aarch64-linux.gem")
  end

  def test_it_installs_and_runs_in_a_clean_environment
    clean("gem", "install", "--local", "--no-document", "--quiet", build)
    FileUtils.cp(File.join(ROOT, "bindings/ruby/quickstart.rb"), @folder)
    said = clean(RbConfig.ruby, "-w", "quickstart.rb")
    assert_equal "Hi Ana, you're due for your cleaning. Reply STOP to opt out.\n", said
    program = "puts Winback.version, $LOADED_FEATURES.grep(/winback/), File.readlines('/proc/self/maps').grep(/winback/)"
    clean(RbConfig.ruby, "-r", "winback", "-e", program).lines.drop(1).each do |line|
      assert_includes line, File.realpath(@home)
    end
    assert_path_exists Dir[File.join(@home, "gems/winback-*/sig/values.rbs")].first
  end

  def test_the_quickstart_has_ten_lines
    lines = File.readlines(File.join(ROOT, "bindings/ruby/quickstart.rb"))
    assert_equal 11, lines.size # the first is the licence's
  end
end
run_tests __FILE__
