# SPDX-License-Identifier: MIT
"""Gate: docs/journal-and-snapshot.md says what is in a snapshot: snapshot_doc.py SAMPLE.

Snapshots with every section are written by the table of the page and by nothing else. SAMPLE, which
reads and saves with the library, must find each value in its member, and save the same bytes.
"""

import json
import pathlib
import re
import struct
import subprocess
import sys

import check
from journal_doc import NUMBERS, PAGE, Wrong, crc32c, table

SAMPLES_MADE = 3  # so many bits tell all flags apart
START = 1764300000
TAG = 4  # letters
SEED = "tests/fuzz/corpus/snapshot/every-section"  # fuzzing starts from one that loads


class Bit(str):
    """A flag: its value in each sample."""


def name(byte):
    """An id."""
    return bytes([byte]) * 16


def enrolment(first, **members):
    """An enrolment whose members are all different."""
    names = ["segment", "step", "touches", "response", "variant", "signals", "rank", "loop",
             "awaits", "events"]
    return {**{each: first + at for at, each in enumerate(names)}, "entry": first + 20,
            "entered": START + first, "wake": START + first + 1, "touched": first + 21,
            "since": first + 22, **members}


VALUES = {
    "frame": ({}, [{"magic": int.from_bytes(b"WBSN", "little"), "format": 1, "least": 1}]),
    "practice": ({}, [{
        "practice": "practice", "check": b"\1\2\3" + bytes(13), "sequence": 7, "last": START,
        "epoch": 8, "restoring": Bit("100"), "paused": Bit("010"), "classes": 6,
        "assumed": Bit("001"), "kept_days": 60, "since_sync": ([*range(100, 108)], 69, b"fives"),
        "since_seal": ([*range(110, 118)], 67, b"abc"), "sealed_at": START - 1,
        "unsealed": Bit("110")}]),
    "definition": ({}, [
        {"name": "one", "flags": 1, "left": 11, "booked": 12, "content": "{}"},
        {"name": "two", "flags": 2, "left": 13, "booked": 14, "content": "[]"},
        {"name": "three", "flags": 4, "left": 15, "booked": 16, "content": ""},
        {"name": "four", "flags": 8, "left": 17, "booked": 18, "content": " "}]),
    "location": ({}, [
        {"location": place, "admitted_on": 20300 + at, "admitted": 21 + at, "calls_on": 20310 + at,
         "calls": 31 + at, "visits_on": 20320 + at, "visits": 41 + at,
         "minute": 51 + at, "messages": 54 + at, "paused": Bit(bits)}
        for at, (place, bits) in enumerate([("back", "100"), ("front", "010"), ("side", "001")])]),
    "patient": ({"enrolments": 2}, [
        {"patient": "a", "minutes": [], "flags": 8, "into": 1, "enrolment": []},
        {"patient": "b", "minutes": [51, 52], "flags": 1, "enrolment": [
            enrolment(60, definition=0, location=2, state=3, hold=10, counted=5, bits=5,
                      subject=""),
            enrolment(80, definition=2, location=1, state=4, hold=9, counted=6, bits=3,
                      key=0, last=130, subject="visit", reason="booked")]}]),
    "action": ({}, [
        {"action": name(1), "contact": name(2), "claimed": START + 1, "deliver_by": START + 2,
         "next_wake": START + 3, "enrolment": 0, "day": 20330, "entry": 80, "attempt": 4,
         "definition": 1, "step": 5, "next_step": 6, "text": 7, "kind": 2, "channel": 3, "state": 1,
         "cause": 4, "tries": 8, "open": 1},
        {"action": name(3), "contact": name(4), "claimed": START - 1, "deliver_by": START + 2,
         "next_wake": START + 3, "enrolment": 1, "day": 20331, "entry": 100, "attempt": 5,
         "definition": 2, "step": 6, "next_step": 7, "text": 8, "kind": 1, "channel": 2, "state": 4,
         "cause": 5, "tries": 9, "open": 0}]),
    "contact": ({}, [{"contact": name(5), "changed": START + 5, "answered": START + 6,
                      "checked": START + 7, "flags": 5}]),
    "consent": ({}, [{"patient": 1, "contact": name(6), "event": name(7), "since": START + 8,
                      "channel": 1, "purpose": 2, "level": 3, "source": "form", "wording": "w7"}]),
    "event": ({}, [{"event": name(8), "seen": START + 9}]),
    "task": ({}, [{"task": name(9), "opened": START + 10, "due": START + 11, "expires": START + 12,
                   "patient": 1, "location": 2, "definition": 256, "list": 3, "rank": 10,
                   "attempts": 11, "signals": 12, "subject": "about", "reason": "urgent"}]),
    "opening": ({"asked": 13, "accepted": 14}, [
        {"opening": "slot", "schedule": "hygiene", "location": 2, "patient": 1, "start": START + 15,
         "until": START + 16, "minutes": 50, "asked": 17, "waves": 18, "generation": 19,
         "depth": 20, "opening_state": 3}]),
    "withdrawn": ({}, [{"campaign": "one", "template": "text"}]),
    "chair": ({}, [{"location": 1, "schedule": "doctor", "reported": START + 21, "open": 22,
                    "booked": 23}]),
    "gift": ({}, [{"action": name(10), "patient": 1, "day": 20340, "cents": 2400}]),
    "metric": ({}, [
        {"definition": at, "segment": first, "variant": first + 4, "last_entered": START + first,
         **{each: first + 30 + more for more, each in enumerate(
             ["entered", "contacted", "messages", "responded", "booked", "kept", "came"])},
         "production": -first} for at, first in [(0, 60), (2, 80)]]),
    "credit": ({}, [{"visit": name(11), "touched": START - 2, "value": -25, "definition": 2,
                     "segment": 80, "variant": 84, "stands": 2}]),
}


def digest(value):
    """A SHA-256 that goes on: its bytes and its text."""
    words, total, block = value
    return (struct.pack("<8IQ", *words, total) + block,
            "".join(f"{number}," for number in [*words, total]) + block.hex())


def coded(kind, value):
    """A member: its bytes and its text."""
    if kind in NUMBERS or kind in ("instant", "day"):
        form = NUMBERS.get(kind, "q" if kind == "instant" else "i")
        return struct.pack("<" + form, value), str(value)
    if kind in ("key", "bytes"):
        data = value.encode()
        return struct.pack("<H" if kind == "key" else "<I", len(data)) + data, data.hex()
    if kind == "id":
        return value, value.hex()
    if kind == "list":
        return (bytes([len(value)]) + struct.pack(f"<{len(value)}I", *value),
                "".join(f"{number}," for number in value))
    if kind == "digest":
        return digest(value)
    raise Wrong(f"the page has a member of kind {kind!r}")


class Book:
    """What the page says, and what is written by it."""

    def __init__(self, text, sample):
        self.rows = {row[0]: (row[1], row[2].split(" · ")) for row in table(text, "snapshot")}
        self.sample, self.data, self.lines, self.length = sample, b"", [], 0

    def put(self, kind, value, label):
        """Writes a member."""
        if isinstance(value, Bit):
            value = int(value[self.sample])
        data, said = coded(kind, value)
        self.data += data
        if label:
            self.lines.append(f"{label} {said}")

    def item(self, section, members, values):
        """Writes an item; every value must have its member."""
        left = dict(values)
        for member in members:
            kind, label, other, wanted = re.fullmatch(
                r"(\w+) (\w+)(?: if (\w+) is (\d+(?: or \d+)*))?", member).groups()
            if other and str(values[other]) not in wanted.split(" or "):
                continue
            if label not in left:
                raise Wrong(f"{section}: the page has a member {label}, but nobody else")
            value = left.pop(label)
            if (section, label) == ("frame", "length"):
                self.length = len(self.data)
            if kind == "items":
                for nested in value:
                    self.data += b"\x01"
                    self.item(label, self.rows[label][1], nested)
                self.data += b"\x00"
            else:
                self.put(kind, value, f"{section}.{label}" if section != "frame" else "")
        if left:
            raise Wrong(f"{section}: the page has no member {', '.join(left)}")

    def open(self, section):
        """A section's tag, and room for its length; where it begins."""
        if section != "frame":
            self.data += section[:TAG].upper().encode() + bytes(8)
        return len(self.data)

    def close(self, begin):
        """The length of a section that is over."""
        if begin:
            length = struct.pack("<Q", len(self.data) - begin)
            self.data = self.data[:begin - 8] + length + self.data[begin:]

    def write(self, values):
        """A whole snapshot."""
        for section, (head, members) in self.rows.items():
            if head.startswith("in a"):
                continue
            if section not in values:
                raise Wrong(f"{section} is on the page, but nowhere else")
            given, items = values[section]
            begin = self.open(section)
            for each in head.split(" · ") if head else []:
                kind, label = each.split()
                counts = label in ("count", "enrolments")
                value = len(items) if label == "count" else given[label]
                self.put(kind, value, "" if counts else f"{section}.head.{label}")
            for item in items:
                length = {"length": 0} if section == "frame" else {}
                self.item(section, members, {**item, **length})
            self.close(begin)
        missing = set(values) - set(self.rows)
        if missing:
            raise Wrong(f"the page has no section {', '.join(missing)}")
        length = struct.pack("<Q", len(self.data) + 4)
        self.data = self.data[:self.length] + length + self.data[self.length + 8:]
        self.data += struct.pack("<I", crc32c(self.data))
        return [*self.lines, f"saved.again {self.data.hex()}"]


def judge(text, values, library, seed):
    """Where page and library differ; the library answers bytes with lines. The first sample is the seed."""
    try:
        for sample in range(SAMPLES_MADE):
            book = Book(text, sample)
            wanted = book.write(values)
            found = library(book.data)
            if sample == 0 and book.data != seed:
                yield f"{SEED}: no longer the snapshot that the page describes"
            for line, said in zip(wanted, found):
                if line != said:
                    yield f"{PAGE}: {line[:120]}, but the library {said[:120]}"
                    break
            if len(wanted) != len(found):
                yield f"{PAGE}: {len(wanted)} values, but the library has {len(found)}"
    except Wrong as wrong:
        yield f"{PAGE}: {wrong}"


def sampled(root):
    """A small page, and a library that knows one snapshot."""
    values = {section: (head, items) for section, (head, items) in
              json.loads((root / "values").read_text()).items()}
    return judge((root / PAGE).read_text(), values,
                 lambda data: (root / "library").read_text().splitlines()
                 if data == GOOD_BYTES else ["not loaded: -12"], bytes.fromhex((root / SEED).read_text()))


def tree(rows, values=None, library=None):
    """A page with these rows, values, and what the library finds."""
    page = ("<!-- snapshot: checked against the bytes -->\n| s | h | m | w |\n|---|---|---|---|\n"
            f"| frame | | u32 magic · u32 none · u64 length | |\n{rows}<!-- end -->\n")
    return {PAGE: page, "values": json.dumps({"frame": ({}, [{"magic": 1, "none": 2}]),
                                              **(values or PLAIN)}),
            "library": library or FOUND + f"saved.again {GOOD_BYTES.hex()}\n", SEED: GOOD_BYTES.hex()}


PLAIN = {"area": ({}, [{"b": 3, "c": 4, "n": [{"d": "x"}]}])}
GOOD = "| area | u32 count | u8 b · u8 c · items n | |\n| n | in an area | key d · u8 e if d is 1 | |\n"
GOOD_BYTES = struct.pack("<IIQ4sQ", 1, 2, 43, b"AREA", 11) + b"\1\0\0\0\3\4\1\1\0x\0"
GOOD_BYTES += struct.pack("<I", crc32c(GOOD_BYTES))
FOUND = "area.b 3\narea.c 4\nn.d 78\n"
SAMPLES = [
    (tree(GOOD), None),
    (tree(GOOD.replace("u8 b · u8 c", "u8 c · u8 b")), "but the library not loaded"),
    (tree(GOOD.replace("u8 b", "u16 b")), "but the library not loaded"),
    (tree(GOOD.replace("area", "idea"), {"idea": PLAIN["area"]}), "but the library not loaded"),
    (tree(GOOD.replace(" · u8 c", "")), "the page has no member c"),
    (tree(GOOD.replace("u8 c", "u8 c · u8 f")), "the page has a member f"),
    (tree(GOOD.replace("u8 c", "short c")), "of kind 'short'"),
    (tree(GOOD + "| z | u32 count | u8 b | |\n"), "z is on the page, but nowhere else"),
    (tree(GOOD, {**PLAIN, "z": ({}, [])}), "the page has no section z"),
    (tree(GOOD, library=FOUND.replace("4", "5") + "saved.again\n"), "but the library area.c 5"),
    (tree(GOOD, library=FOUND), "4 values, but the library has 3"),
    ({**tree(GOOD), PAGE: "nothing"}, "no table of snapshot"),
    ({**tree(GOOD), SEED: ""}, "no longer the snapshot"),
]

if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(sampled, SAMPLES) else 0)
    program = pathlib.Path(sys.argv[1]).resolve()

    def reads(data):
        """What the library reads."""
        return subprocess.run([program], input=data.hex() + "\n", capture_output=True, text=True,
                              check=True).stdout.splitlines()

    problems = list(judge((check.ROOT / PAGE).read_text(), VALUES, reads, (check.ROOT / SEED).read_bytes()))
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
