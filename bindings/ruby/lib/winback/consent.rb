# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

# Contact points and replies.
module Winback
  class << self
    # An address as text: "+12125550123", "pat@example.com"; `Invalid` when it is none.
    def normalize(kind, address, country = "US")
      Convert.text(Library.written(:wb_contact_normalize, ContactKind[kind], *Convert.sized(address),
                                   Convert.ended(country, "country")))
    end

    # The contact point of an address under the practice's secret: 16 bytes.
    def make_contact(secret, kind, address, country = "US")
      made = "\0".b * 16
      Library.call(:wb_contact_make, Convert.exactly(secret, 16, "secret"), ContactKind[kind],
                   *Convert.sized(address), Convert.ended(country, "country"), made)
      made
    end

    # What a reply means: STOP, an urgent symptom, a wish to come…
    def parse_reply(reply)
      Convert.answer(Reply, :wb_reply_parse, *Convert.sized(reply))
    end

    # "opt_out", "price_insurance"…
    def intent_name(intent)
      Convert.text_at(Library.ask(:wb_intent_name, Intent[intent]))
    end

    # "no_permission"…
    def hold_name(hold)
      Convert.text_at(Library.ask(:wb_hold_name, Hold[hold]))
    end
  end
end
