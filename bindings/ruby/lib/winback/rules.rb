# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "json"
require_relative "facts"

# Rules: who belongs to a segment, as CEL over the fields of a schema.
module Winback
  # Of a range of rows: whom a rule selects, and of whom it is known. One bit a row, lowest first.
  #
  # For an engine of columns it is one of bools, null where it is not known: by `arrow_c_array`, without a copy.
  class Matches
    undef_method :dup, :clone # what was given to others goes with this
    # The first row, how many rows were asked about, and the bits.
    attr_reader :first, :count, :yes, :known
    alias size count

    def initialize(first, count)
      @first = Convert.whole(first, "Q", "first")
      @count = Convert.whole(count, "Q", "count")
      @yes, @known = Array.new(2) { "\0".b * ((count + 7) / 8) }
    end

    # The addresses of an ArrowSchema and an ArrowArray, to be moved while this is there.
    def arrow_c_array
      Exported.given(self, ArrowColumn.new("b", count, [known, yes], nulls: -1))
    end

    # The rows that are selected.
    def rows
      selected(yes, "1")
    end

    # The rows of which the rule is neither true nor false: ask `Rule#test` why.
    def unknown
      selected(known, "0")
    end

    private

    def selected(bits, bit)
      text, at, found = bits.unpack1("b#{count}"), -1, []
      found << @first + at while (at = text.index(bit, at + 1))
      found
    end
  end

  # What compiled rules and texts have in common: the fields that they may read.
  module Reading
    # The schema that it was compiled for.
    attr_reader :schema

    # The fields that it may read.
    def fields
      index, field, found = 0, Library.room("L"), []
      using do |owner|
        until (status = Library.ask(self.class.const_get(:GET), owner, index, field)) == Declarations::WB_E_NAME
          Library.settle(status)
          found << field.unpack1("L")
          index += 1
        end
      end
      @schema.names(found)
    end
  end
  private_constant :Reading

  # A compiled rule; a mistake is an exception with line and column.
  class Rule < Shared
    include Reading

    FREE = :wb_rule_unref
    REF = :wb_rule_ref
    GET = :wb_rule_get
    private_constant :FREE, :REF, :GET

    def initialize(schema, text, context: nil)
      @schema = schema
      make(:wb_rule_new, [Owner.of(Context, context), Owner.of(Schema, schema)], *Convert.sized(text))
    end

    # Tests one patient; the verdict has the indices of the fields that were missing.
    def test(facts, row, moment)
      asked(facts, moment) do |*given, at|
        Convert.answer(Verdict, :wb_rule_test, *given, Convert.whole(row, "Q", "row"), at, error: true)
      end
    end

    # The parts of the rule that decide for one patient. For staff eyes: it holds values.
    def explain(facts, row, moment)
      JSON.parse(asked(facts, moment) do |*given, at|
        Library.written(:wb_rule_explain, *given, Convert.whole(row, "Q", "row"), at, error: true)
      end)
    end

    # Tests many patients: all, or `count` rows from `first` on.
    def match(facts, moment, first = 0, count = nil)
      found = Matches.new(first, count || facts.size - first)
      asked(facts, moment) do |*given, at|
        Library.checked(:wb_rule_match, *given, found.first, found.count, at, found.yes, found.known)
      end
      found
    end

    # How many patients it selects, and how many it does not.
    def count(facts, moment)
      asked(facts, moment) { |*given, at| Convert.answer(Tally, :wb_rule_count, *given, at, error: true) }
    end
  end

  # Works out an expression that has nothing to do with a patient; variables and the value are what JSON can say.
  def self.evaluate(text, variables = nil, context: nil)
    given, owner = Convert.optional(variables && JSON.generate(variables)), Owner.of(Context, context)
    JSON.parse(Owner.using(owner) do
      Library.written(:wb_rule_eval, owner, *Convert.sized(text), *given, error: true)
    end)
  end
end
