# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "rules"

# Templates, privacy policies and the lint: what may be said.
module Winback
  # A privacy policy: the built-in one, or the host's as JSON.
  class Policy < Shared
    FREE = :wb_policy_unref
    REF = :wb_policy_ref
    private_constant :FREE, :REF

    def initialize(schema, json = nil, context: nil)
      make(:wb_policy_new, [Owner.of(Context, context), Owner.of(Schema, schema)], *Convert.optional(json))
    end

    # The classes that a text on a channel may read, and those that may choose between texts.
    def get(channel)
      masks = Array.new(2) { Library.room("L") }
      using { |policy| Library.call(:wb_policy_get, policy, Convert.ended(channel, "channel"), *masks) }
      masks.map { |mask| Class.symbols.select { |one| mask.unpack1("L")[Class[one]] == 1 } }
    end

    # The policy in words, a paragraph a channel.
    def format
      using { |policy| Convert.text(Library.written(:wb_policy_format, policy)) }
    end
  end

  # A compiled text. What its channel may not read does not compile.
  class Template < Shared
    include Reading

    FREE = :wb_template_unref
    REF = :wb_template_ref
    GET = :wb_template_get
    private_constant :FREE, :REF, :GET

    def initialize(schema, text, options = TemplateOptions.new(channel: "sms"), policy: nil, context: nil)
      @schema = schema
      owners = [Owner.of(Context, context), Owner.of(Schema, schema), Owner.of(Policy, policy)]
      make(:wb_template_new, owners, Convert.struct(options), *Convert.sized(text))
    end

    # What is known of it before there is a patient.
    def measure
      using { |text| Convert.answer(TemplateInfo, :wb_template_measure, text) }
    end

    # The text for one patient. It fails closed: nothing that is wrong becomes a text.
    def render(facts, row, moment)
      asked(facts, moment) do |*given, at|
        Convert.text(Library.written(:wb_template_render, *given, Convert.whole(row, "Q", "row"), at, error: true))
      end
    end

    # What should not be in a message, though its language allows it.
    def lint(options = nil)
      using { |text| Convert.rows(Finding, :wb_template_lint, text, Convert.struct(options), error: true) }
    end
  end

  # Lints a text as it stands, as somebody or a language model drafted it.
  def self.lint(text, options = nil)
    Convert.rows(Finding, :wb_text_lint, *Convert.sized(text), Convert.struct(options), error: true)
  end

  # Makes a template of a message with Open Dental's tags: "[NameF]".
  def self.import_template(text)
    Convert.text(Library.written(:wb_template_import, *Convert.sized(text), error: true))
  end
end
