# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "convert"

# What a message costs, and what goes around its text: helpers for the host that sends.
module Winback
  class << self
    # The text part that goes with an HTML part.
    def plain(html)
      raw = Convert.data(html)
      Convert.text(Library.written(:wb_plain_format, raw, raw.bytesize))
    end

    # What a text takes as an SMS.
    def measure_sms(text)
      raw = Convert.data(text)
      Convert.answer(Sms, :wb_sms_measure, raw, raw.bytesize)
    end

    # The value of a Subject header.
    def subject(text)
      raw = Convert.data(text)
      Convert.text(Library.written(:wb_subject_format, raw, raw.bytesize))
    end

    # A body in quoted-printable, bytes.
    def body(text)
      raw = Convert.data(text)
      Library.written(:wb_body_format, raw, raw.bytesize)
    end

    # The value of a List-Unsubscribe header; List-Unsubscribe-Post is UNSUBSCRIBE_POST.
    def unsubscribe(link, mail = "")
      parts = [link, mail].map { |part| Convert.data(part) }
      Convert.text(Library.written(:wb_unsubscribe_format, *parts.flat_map { |part| [part, part.bytesize] }))
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
      raw = Convert.data(token)
      Convert.answer(Link, :wb_link_parse, raw, raw.bytesize, Convert.struct(key), LinkPurpose[purpose],
                     Convert.instant(now))
    end
  end
end
