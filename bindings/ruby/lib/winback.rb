# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "winback/practice"
require_relative "winback/consent"
require_relative "winback/dates"
require_relative "winback/dental"
require_relative "winback/journal"
require_relative "winback/messages"

# libwinback from Ruby: it decides who is due, what may be said to them, on which channel, at what hour and what
# happens next; the host reads the rows, keeps the bytes and sends the messages.
#
# docs/ruby.md shows how it goes together. Days are Date, instants Time, amounts whole cents, enumerations
# symbols. What goes wrong is an exception under `Winback::Error`.
module Winback
  # The version of this package.
  VERSION = Declarations::VERSION.join(".").freeze

  class << self
    # Loads the library: from `path`, else from WINBACK_LIBRARY, else beside this package, else by its name where
    # the system looks. Needed only to say which one: the first use loads it too.
    #
    # Raises `LibraryError`, which says what to do.
    def load(path = nil)
      Library.load(path)
      nil
    end

    # The version of the library that is loaded.
    def version
      Convert.text_at(Library.ask(:wb_version_text))
    end

    # "WB_E_RANGE".
    def status_name(status)
      Convert.text_at(Library.ask(:wb_status_name, StatusCode[status]))
    end
  end
end
