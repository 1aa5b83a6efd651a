# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What goes wrong, as exceptions: one class for each status of the library.
module Winback
  # A call that the library refused.
  #
  # The text names fields, codes and positions, never a value of a patient: it may be logged.
  class Error < StandardError
    # Of a class of exceptions: the status that it stands for.
    def self.status
      STATUSES.key(self) || (self == Error ? :ok : superclass.status)
    end

    # The status: of StatusCode, or a number that a newer library made.
    attr_reader :status
    # Line in the text that was compiled, from 1; 0: does not apply.
    attr_reader :line
    # Column in bytes, from 1; 0: does not apply.
    attr_reader :column
    # JSON path ("/steps/2/template"), table or field; "" when none.
    attr_reader :path

    def initialize(message = nil, line: 0, column: 0, path: "", status: self.class.status)
      @status, @line, @column, @path = status, line, column, path
      where = path.empty? ? "" : "#{path}: "
      where += "line #{line}, column #{column}: " unless line.zero?
      super(where.empty? ? message : "#{where}#{message}")
    end
  end

  # The allocator refused, or the context's memory limit is reached. Nothing changed.
  class NoMemory < Error; end

  # An argument or input breaks a rule of its description.
  class Invalid < Error; end

  # A number, date or instant is outside what can be represented.
  class OutOfRange < Error; end

  # A buffer of the host is too short; this layer asks again by itself.
  class NoSpace < Error; end

  # Text is not of its language; line and column say where.
  class BadSyntax < Error; end

  # A value has another type than is needed there.
  class WrongType < Error; end

  # No such field, zone, campaign, key…
  class NotFound < Error; end

  # A limit on size, depth or cost is reached.
  class OverLimit < Error; end

  # The privacy policy does not allow it.
  class PolicyForbids < Error; end

  # Not possible in the present state.
  class WrongState < Error; end

  # The handle is in use: by another thread, or by the call whose callback calls it again.
  class Busy < Error; end

  # Stored bytes are damaged.
  class Corrupt < Error; end

  # Made for another version of the library.
  class WrongVersion < Error; end

  # Another process wrote to the journal first: replay its records, then call again.
  #
  # An `append` raises it to say so.
  class Conflict < Error; end

  # What is durable is unknown: close the practice and load it again.
  class Stale < Error; end

  # A callback failed that is not of this layer, such as a function of an Arrow stream, or one left by
  # `throw`, `break`, a Timeout without a class of its own, or the end of its thread.
  class Aborted < Error; end

  # The object was closed, and is used again.
  class Closed < Invalid; end

  # The shared library cannot be used: it is missing, for another machine, or too old.
  class LibraryError < LoadError; end

  # The exception of each status.
  STATUSES = {
    e_nomem: NoMemory, e_invalid: Invalid, e_range: OutOfRange, e_space: NoSpace, e_syntax: BadSyntax,
    e_type: WrongType, e_name: NotFound, e_limit: OverLimit, e_policy: PolicyForbids, e_state: WrongState,
    e_busy: Busy, e_corrupt: Corrupt, e_version: WrongVersion, e_conflict: Conflict, e_stale: Stale,
    e_aborted: Aborted
  }.freeze
end
