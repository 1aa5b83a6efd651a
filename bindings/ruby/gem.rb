# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Builds the gem, the shared library inside: ruby gem.rb LIBRARY FOLDER [PLATFORM]
#
# PLATFORM is this machine's when it is left out ("x86_64-linux"). Nothing but Ruby is needed, and the same files
# make the same bytes.
require "fileutils"
require "rubygems/package"
require "tmpdir"

HERE = __dir__
# As the loader looks for it, whatever its file is called.
NAMES = { ".so" => "libwinback.so.0", ".dylib" => "libwinback.0.dylib", ".dll" => "winback-0.dll" }.freeze

# Writes the gem and returns its path.
def build(library, folder, platform = nil)
  ENV["SOURCE_DATE_EPOCH"] ||= "315532800" # 1980
  kind = NAMES.keys.find { |suffix| File.basename(library).include?(suffix) }
  Dir.mktmpdir do |tree|
    FileUtils.cp_r(%w[lib sig README.md winback.gemspec ../../LICENSE].map { |name| File.join(HERE, name) }, tree)
    FileUtils.cp(library, File.join(tree, "lib/winback", NAMES.fetch(kind)))
    FileUtils.chmod_R("u=rwX,go=rX", tree)
    Dir.chdir(tree) do
      name = packed(platform)
      FileUtils.mv(name, folder)
      File.join(folder, name)
    end
  end
end

# The name of the gem of the tree that this is in.
def packed(platform)
  spec = Gem::Specification.load("winback.gemspec")
  spec.platform = platform if platform
  Gem::DefaultUserInteraction.use_ui(Gem::SilentUI.new) { Gem::Package.build(spec) }
end

if File.identical?(__FILE__, $PROGRAM_NAME)
  library, folder, platform = ARGV.first(2).map { |path| File.expand_path(path) } + ARGV.drop(2)
  puts build(library, folder, platform)
end
