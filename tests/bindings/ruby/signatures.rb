# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Types: every public method and constant has a signature and every signature something to sign; where rbs is
# installed it validates them, keywords are compared, and the other tests run with each call checked.
require_relative "clinic"
begin
  require "rbs"
rescue LoadError
  nil
end

SIGNATURES = File.join(ROOT, "bindings/ruby/sig")

# What the files in sig/ declare.
class Declared
  attr_reader :methods, :constants

  def initialize(*texts)
    @methods, @constants = Hash.new { |all, name| all[name] = [] }, []
    texts.each { |text| read(text) }
  end

  private

  def read(text)
    inside = []
    text.each_line do |line|
      case line
      when /^ *(?:module|class|interface) (\w+)/ then inside << Regexp.last_match(1)
      when /^ *end$/ then inside.pop
      when /^ *(?:def|attr_reader) (self\.)?([^\s:]+(?: ==)?):/
        @methods[inside.join("::")] << "#{Regexp.last_match(1)}#{Regexp.last_match(2)}"
      when /^  ([A-Z]\w*):/ then @constants << Regexp.last_match(1).to_sym
      end
    end
  end
end

class Signatures < Minitest::Test
  TEXTS = Dir[File.join(SIGNATURES, "*.rbs")].map { |path| File.read(path) }.freeze
  WRONG = [
    'Winback::Rule.new(Winback::Zone.new("America/New_York"), "true")', "Winback::Schema.new(3)",
    'Winback.parse_date(3)', "Winback::Interval.new(months: '3')", "Winback.weekday('Monday')"
  ].freeze

  # Classes of the package, and the package itself.
  def modules
    [Winback, *Winback.constants.map { |name| Winback.const_get(name) }.grep(Class)]
  end

  # Methods of the package that may be called on what belongs to a module: [module, name in the signature].
  def callable
    modules.flat_map do |one|
      owned = one.is_a?(Class) ? one.public_instance_methods.select { |name| ours?(one.instance_method(name)) } : []
      own = one.singleton_methods.select { |name| ours?(one.method(name)) }
      [*owned.map { |name| [one, name.to_s] }, *own.map { |name| [one, "self.#{name}"] }]
    end
  end

  def ours?(method)
    method.owner.inspect.include?("Winback")
  end

  def missing(declared)
    callable.reject do |one, name|
      (one.is_a?(Class) ? one.ancestors : [one]).any? { |above| declared.methods[above.name].include?(name) }
    end
  end

  def test_every_public_method_has_a_signature
    assert_empty missing(Declared.new(*TEXTS)).map { |one, name| "#{one} #{name}" }
    assert_operator callable.size, :>, 500
  end

  def test_a_method_without_a_signature_is_seen
    spoilt = TEXTS.map { |text| text.sub(/^ *def self.parse_date.*$/, "").sub(/^ *attr_reader deliver_by:.*$/, "") }
    assert_equal [["Winback", "self.parse_date"], ["Winback::Action", "deliver_by"]],
                 missing(Declared.new(*spoilt)).map { |one, name| [one.name, name] }
  end

  def test_every_signature_has_a_method
    Declared.new(*TEXTS).methods.each do |name, methods|
      next if name == "Fiddle::Pointer" || name.include?("::_")

      one = Object.const_get(name)
      methods.each do |method|
        there = method.start_with?("self.") ? one.respond_to?(method[5..]) : method_of(one, method)
        assert there, "#{name} #{method}"
      end
    end
  end

  def method_of(one, name)
    one == Winback::Handle && name == "close" || one.method_defined?(name) || one.private_method_defined?(name)
  end

  def test_every_constant_has_a_type
    values = Winback.constants.reject { |name| Winback.const_get(name).is_a?(Module) } - [:Inside]
    assert_equal values.sort, Declared.new(*TEXTS).constants.sort
  end

  def test_the_members_of_values_are_those_of_their_signatures
    declared = Declared.new(*TEXTS).methods
    modules.select { |one| one < Winback::Value }.each do |one|
      assert_equal one.members.keys.map(&:to_s), declared[one.name] - ["initialize"], one.name
    end
  end

  # ---- with rbs ----

  def rbs
    skip "rbs is not installed" unless defined?(RBS)
  end

  def library
    loader = RBS::EnvironmentLoader.new
    loader.add(library: "date", version: nil)
    loader.add(path: Pathname(SIGNATURES))
    RBS::DefinitionBuilder.new(env: RBS::Environment.from_loader(loader).resolve_type_names)
  end

  def test_rbs_finds_the_signatures_valid
    rbs
    program = "RBS::CLI.new(stdout: $stdout, stderr: $stderr).run(ARGV)"
    said, status = Open3.capture2e(RbConfig.ruby, "-r", "rbs", "-r", "rbs/cli", "-e", program,
                                   "--", "-r", "date", "-I", SIGNATURES, "validate", "--silent")
    assert status.success?, said
  end

  def test_parameters_are_those_of_their_signatures
    rbs
    builder = library
    callable.each do |one, name|
      plain = name.delete_prefix("self.")
      method = plain == name ? one.instance_method(plain) : one.method(plain)
      definition = builder.public_send(plain == name ? :build_instance : :build_singleton, type_name(one))
      types = definition.methods.fetch(plain.to_sym).method_types.map(&:type)
      next if types.any? { |type| type.rest_keywords || type.rest_positionals } || plain == "each"

      assert_equal parameters(method), types.map { |type| signed(type) }.first, "#{one} #{name}"
    end
  end

  def type_name(one)
    RBS::TypeName.new(name: one.name.split("::").last.to_sym,
                      namespace: one == Winback ? RBS::Namespace.root : RBS::Namespace.parse("::Winback"))
  end

  # How many arguments must and may be given, and the keywords.
  def parameters(method)
    kinds = method.parameters.group_by(&:first)
    count = ->(kind) { kinds.fetch(kind, []).size }
    keywords = %i[key keyreq].flat_map { |kind| kinds.fetch(kind, []).map(&:last) }
    [count.call(:req), count.call(:opt), keywords.sort]
  end

  def signed(type)
    [type.required_positionals.size, type.optional_positionals.size,
     (type.optional_keywords.keys + type.required_keywords.keys).sort]
  end

  # Runs a program with every call of the package checked.
  def checked(*arguments)
    options = { "RBS_TEST_TARGET" => "Winback,Winback::*", "RBS_TEST_LOGLEVEL" => "error",
                "RBS_TEST_OPT" => "-r date -I #{SIGNATURES}", "WINBACK_LIBRARY" => LIBRARY }
    Open3.capture2e(options, RbConfig.ruby, "-I", File.join(ROOT, "bindings/ruby/lib"), "-r", "rbs/test/setup", *arguments)
  end

  def test_what_the_tests_do_is_as_the_signatures_say
    rbs
    { "values" => "Values", "facts" => "FactsTest", "practice" => "Machines|Texts" }.each do |file, classes|
      said, status = checked(File.join(__dir__, "#{file}.rb"), "-n", "/#{classes}/")
      assert status.success?, said
    end
  end

  def test_a_wrong_use_is_seen
    rbs
    program = WRONG.map { |wrong| "begin\n#{wrong}\nrescue RBS::Test::Tester::TypeError\nputs 'seen'\nend\n" }
    said, status = checked("-r", "winback", "-e", program.join)
    assert_equal ["seen\n" * WRONG.size, true], [said, status.success?]
  end
end

passed = Minitest.run(ARGV)
skip_all "rbs" if passed && !defined?(RBS)
exit passed
