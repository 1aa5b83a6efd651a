# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "lib/winback/declarations"

# gem.rb builds it with the library inside.
Gem::Specification.new do |spec|
  spec.name = "winback"
  spec.version = Winback.const_get(:Declarations)::VERSION.join(".")
  spec.summary = "Wins back lapsed dental patients: libwinback from Ruby"
  spec.description = "Decides which dental patients are due, what may be said to them, on which channel, at what " \
                     "hour and what happens next. With Fiddle and the standard library alone."
  spec.authors = ["The winback authors"]
  spec.license = "MIT"
  spec.required_ruby_version = ">= 3.1"
  spec.files = Dir.glob(%w[lib/**/* sig/*.rbs README.md LICENSE], base: __dir__).reject { |path| File.directory?(path) }
  inside = spec.files.any? { |path| path.match?(/\.(so|dylib|dll)/) }
  spec.platform = Gem::Platform::CURRENT if inside
  spec.add_runtime_dependency "fiddle", "~> 1.1" # Ruby's own; a gem of its own from 3.5 on
end
