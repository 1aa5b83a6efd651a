# SPDX-License-Identifier: MIT
"""Subjects and bodies against Python's own reader of e-mail: mail.py LIBRARY [SEED].

What is written reads back as what was given, with the email and quopri modules, and the lines keep
their lengths.
"""

import ctypes
import email.header
import email.parser
import email.policy
import os
import quopri
import random
import sys

LIBRARY = ctypes.CDLL(sys.argv[1])
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20261129
ROUNDS = 2000 * int(os.environ.get("WB_LONG", "1"))
PIECES = ["a", "Z", "0", " ", "  ", ".", "_", "=", "?", "=?", "?=", "word", "visit", "é", "ñ", "ß",
          "\u2019", "\u2014", "\u4e2d", "\U0001f600", "e\u0301", "longword" * 9]


def call(name, text):
    """What a function of (text, length, buffer, capacity, &needed) writes."""
    data = text.encode()
    needed = ctypes.c_size_t()
    function = getattr(LIBRARY, name)
    measured = function(data, ctypes.c_size_t(len(data)), None, ctypes.c_size_t(0),
                        ctypes.byref(needed))
    assert measured == (-4 if needed.value else 0), (text, measured)
    out = ctypes.create_string_buffer(needed.value + 1)
    status = function(data, ctypes.c_size_t(len(data)), out, ctypes.c_size_t(needed.value + 1),
                      ctypes.byref(needed))
    assert status == 0 and len(out.value) == needed.value, (text, status)
    return out.value.decode("ascii")


def subject(text):
    """A subject is one header, which both readers of the module read back."""
    value = call("wb_subject_format", text)
    lines = f"Subject: {value}".split("\r\n")
    assert all(len(line) <= 76 for line in lines), (text, value)
    assert all(line.startswith(" ") and line.strip() for line in lines[1:]), (text, value)
    unfolded = value.replace("\r\n", "")
    assert str(email.header.make_header(email.header.decode_header(unfolded))) == text, (text, value)
    message = f"Subject: {value}\r\nX-Next: 1\r\n\r\n".encode()
    parsed = email.parser.BytesParser(policy=email.policy.default).parsebytes(message)
    assert parsed["subject"] == text and parsed["x-next"] == "1", (text, value, parsed["subject"])


def body(text):
    """A body decodes to its text, with the line breaks of the wire."""
    value = call("wb_body_format", text)
    lines = value.split("\r\n")
    assert all(len(line) <= 76 and not line.endswith((" ", "\t")) for line in lines), (text, value)
    assert all(" " <= c <= "~" or c in "\t\r\n" for c in value), (text, value)
    wire = text.replace("\r\n", "\n").replace("\n", "\r\n")
    assert quopri.decodestring(value.encode()).decode() == wire, (text, value)


def main():
    draw = random.Random(SEED)
    for _ in range(ROUNDS):
        text = "".join(draw.choices(PIECES, k=draw.randrange(40)))
        subject(text)
        body("".join(draw.choices([*PIECES, "\n", "\r\n", "\r", "\t", "\x00"],
                                  k=draw.randrange(80))).replace("\x00", "\x01"))
    print(f"{ROUNDS} subjects and bodies")


main()
