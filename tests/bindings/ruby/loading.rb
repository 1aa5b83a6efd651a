# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Loading: the library that is there, none, one for another machine, older ones; and its layout.
require_relative "clinic"

class Loading < Minitest::Test
  FUNCTIONS = Inside::DECLARATIONS::FUNCTIONS

  def setup
    @folder = Dir.mktmpdir
  end

  def teardown
    FileUtils.remove_entry(@folder)
  end

  def path(name)
    File.join(@folder, name)
  end

  # What the C compiler makes of a program.
  def compiled(name, text, *options)
    File.write(path("#{name}.c"), text)
    include = File.join(ROOT, "include")
    said, status = Open3.capture2e("cc", "-I#{include}", path("#{name}.c"), "-w", *options, "-o", path(name))
    assert status.success?, said
    path(name)
  end

  # A library of that version, whose structs have that size.
  def other_library(name, version, size)
    special = { wb_version: "unsigned wb_version(void) { return #{version}; }",
                wb_version_text: 'const char *wb_version_text(void) { return "0.0.9"; }',
                wb_struct_size: "unsigned wb_struct_size(const char *name) { return #{size}; }" }
    text = FUNCTIONS.keys.map { |function| special.fetch(function, "void #{function}(void) {}") }.join("\n")
    compiled(name, text, "-shared", "-fPIC")
  end

  def assert_refused(path, *words)
    loaded = Inside::LIBRARY.path
    said = assert_raises(Winback::LibraryError) { Winback.load(path) }
    loaded.nil? ? assert_nil(Inside::LIBRARY.path) : assert_equal(loaded, Inside::LIBRARY.path)
    assert_kind_of LoadError, said
    words.each { |word| assert_includes said.message, word }
  end

  def test_a_missing_library_says_what_to_do
    assert_refused(path("nowhere.so"), "nowhere.so", "WINBACK_LIBRARY", "meson install")
  end

  def test_the_environment_names_the_library
    [[LIBRARY, true], [path("nowhere.so"), false]].each do |library, good|
      said, status = Open3.capture2e({ "WINBACK_LIBRARY" => library }, RbConfig.ruby, "-I",
                                     File.join(ROOT, "bindings/ruby/lib"), "-r", "winback", "-e", "p Winback.version")
      assert_equal good, status.success?
      assert_includes said, "Winback::LibraryError" unless good
    end
  end

  def test_without_a_path_it_is_found_by_its_name_where_the_system_looks
    skip "another loader" unless RbConfig::CONFIG["host_os"].include?("linux")
    File.symlink(LIBRARY, path("libwinback.so.0"))
    said, status = Open3.capture2e({ "WINBACK_LIBRARY" => nil, "LD_LIBRARY_PATH" => @folder }, RbConfig.ruby, "-I",
                                   File.join(ROOT, "bindings/ruby/lib"), "-r", "winback", "-e",
                                   "module Winback; load; puts Library.path; end")
    assert_equal ["libwinback.so.0\n", 0], [said, status.exitstatus]
  end

  def test_the_name_has_the_number_of_the_interface
    assert_equal ["libwinback.so.0"], Inside::LIBRARY.names if RbConfig::CONFIG["host_os"].include?("linux")
  end

  def test_another_machine_is_named
    head = File.binread(LIBRARY, 4096)
    head[18, 2] = [22].pack("S<") # s390x
    File.binwrite(path("other.so"), head)
    assert_refused(path("other.so"), "64-bit s390", "64-bit")
    head[4] = "\1"
    head[18, 2] = [3].pack("S<")
    File.binwrite(path("other.so"), head)
    assert_refused(path("other.so"), "32-bit 386", "Build libwinback for it")
    File.binwrite(path("other.so"), "no library")
    assert_refused(path("other.so"), "no shared library")
  end

  def test_a_library_that_is_another_one
    assert_refused(compiled("other.so", "int other;", "-shared", "-fPIC"), "is not libwinback")
  end

  def test_older_libraries_are_refused
    few = compiled("few.so", "unsigned wb_version(void) { return 1000; }", "-shared", "-fPIC")
    assert_refused(few, "older than this package", "0.1.0", "Install the newer library")
    assert_refused(other_library("old.so", 9, 4096), "is libwinback 0.0.9", "needs 0.1.0")
    assert_refused(other_library("later.so", 2_000_000, 4096), "needs 0.1.0")
    assert_refused(other_library("small.so", 1000, 16), "has 16 bytes", "Install libwinback 0.1.0")
  end

  def test_a_library_that_is_newer_is_taken
    before = Inside::LIBRARY.path || LIBRARY
    Winback.load(other_library("newer.so", 2000, 4096))
    assert_equal 2000, Inside::LIBRARY.ask(:wb_version)
  ensure
    Winback.load(before)
  end

  def test_the_layout_is_the_compilers
    wanted, lines = [], []
    Inside::DECLARATIONS::STRUCTS.each_key do |name|
      layout, kind = Inside::LAYOUT[name], name.start_with?("Arrow") ? "struct #{name}" : name
      wanted << "#{name} #{layout.size}"
      lines << "printf(\"#{name} %zu\\n\", sizeof(#{kind}));"
      layout.offsets.each do |member, offset|
        wanted << "#{name}.#{member} #{offset}"
        lines << "printf(\"#{name}.#{member} %zu\\n\", offsetof(#{kind}, #{member}));"
      end
    end
    program = compiled("layout", "#include <stdio.h>\n#include <winback/winback.h>\n" \
                                 "int main(void) {\n#{lines.join("\n")}\n}\n")
    assert_equal wanted, Open3.capture2(program).first.lines(chomp: true)
    assert_operator wanted.size, :>, 500
  end

  def test_the_library_has_the_same_structs
    Inside::DECLARATIONS::STRUCTS.each_key do |name|
      next unless name.start_with?("wb_")

      assert_equal Inside::LAYOUT[name].size, Inside::LIBRARY.ask(:wb_struct_size, "#{name}\0"), name
    end
  end
end
run_tests __FILE__
