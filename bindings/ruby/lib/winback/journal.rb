# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "rules"

# Reading a journal, the audit log as bytes, and what the numbers show.
module Winback
  class << self
    # The records of a journal.
    def records(journal)
      raw = Convert.blob(journal)
      Convert.following(Record, :wb_journal_next, raw, raw.bytesize)
    end

    # Checks a journal from one end to the other.
    def check_journal(journal)
      raw = Convert.blob(journal)
      Convert.answer(Chain, :wb_journal_find, raw, raw.bytesize, error: true)
    end

    # The record at an offset: `sequence`, `at`, `by` and `effects`.
    def read_record(journal, offset)
      raw = Convert.blob(journal)
      JSON.parse(Library.written(:wb_journal_format, raw, raw.bytesize, Convert.whole(offset, "Q", "offset")))
    end

    # What belongs into the patient's record, one line for each contact; with ENTRY_JSON a Hash.
    def entries(journal, query = EntryQuery.new, zone: nil, context: nil)
      raw, place, owner = Convert.blob(journal), Owner.of(Zone, zone), Owner.of(Context, context)
      asked = Convert.struct(query, zone: place&.address || 0)
      json = query.flags.anybits?(ENTRY_JSON)
      Enumerator.new do |found|
        cursor = Library.room("Q")
        while (line = Owner.using(owner, place) { entry(owner, raw, asked, cursor) })
          found << (json ? JSON.parse(line) : line)
        end
      end
    end

    # Why an action was handed out, from nothing but the journal.
    def explain_action(journal, action, context: nil)
      raw, owner = Convert.blob(journal), Owner.of(Context, context)
      JSON.parse(Owner.using(owner) do
        Library.written(:wb_journal_explain, owner, raw, raw.bytesize, Convert.exactly(action, 16, "action"))
      end)
    end

    # Compares those contacted with those held out.
    def effect(arms)
      Convert.answer(Effect, :wb_effect_find, Convert.struct(arms))
    end

    private

    # The next line; nil: none is left.
    def entry(owner, raw, asked, cursor)
      Convert.text(Library.written(:wb_journal_entry, owner, raw, raw.bytesize, asked, cursor))
    rescue NotFound
      nil
    end
  end
end
