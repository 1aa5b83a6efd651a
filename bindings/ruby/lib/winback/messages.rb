# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

# What a message costs, and what goes around its text: helpers for the host that sends.
module Winback
  class << self
    # The text part that goes with an HTML part.
    def plain(html)
      Convert.text(Library.written(:wb_plain_format, *Convert.sized(html)))
    end

    # What a text takes as an SMS.
    def measure_sms(text)
      Convert.answer(Sms, :wb_sms_measure, *Convert.sized(text))
    end

    # The value of a Subject header.
    def subject(text)
      Convert.text(Library.written(:wb_subject_format, *Convert.sized(text)))
    end

    # A body in quoted-printable, bytes.
    def body(text)
      Library.written(:wb_body_format, *Convert.sized(text))
    end

    # The value of a List-Unsubscribe header; List-Unsubscribe-Post is UNSUBSCRIBE_POST.
    def unsubscribe(link, mail = "")
      Convert.text(Library.written(:wb_unsubscribe_format, *Convert.sized(link), *Convert.sized(mail)))
    end

    # The handle of an action, 16 characters: the same for the same action.
    def make_handle(secret, purpose, action)
      raw = Convert.blob(secret)
      Convert.text(Library.written(:wb_handle_make, raw, raw.bytesize, LinkPurpose[purpose],
                                   Convert.exactly(action, 16, "action")))
    end

    # The handle of 12 random bytes.
    def format_handle(random)
      Convert.text(Library.written(:wb_handle_format, Convert.exactly(random, 12, "random")))
    end

    # A signed token, 42 characters.
    def make_link(key, link)
      Convert.text(Library.written(:wb_link_make, Convert.struct(key), Convert.struct(link)))
    end

    # What a token says, when its signature holds and it has not expired.
    def parse_link(token, key, purpose, now)
      Convert.answer(Link, :wb_link_parse, *Convert.sized(token), Convert.struct(key), LinkPurpose[purpose],
                     Convert.instant(now))
    end
  end
end
