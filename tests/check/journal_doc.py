# SPDX-License-Identifier: MIT
"""Gate: docs/journal-and-snapshot.md says what is in the bytes: journal_doc.py SAMPLE.

SAMPLE prints records of every effect with every code, and of the golden journals, as bytes and as the
library's text. Here they are read by the tables of the page and by nothing else, and must give the same text.
"""

import datetime
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import sys

import check

PAGE = "docs/journal-and-snapshot.md"
STATUSES = ["none", "WB_E_NOMEM", "WB_E_INVALID", "WB_E_RANGE", "WB_E_SPACE", "WB_E_SYNTAX",
            "WB_E_TYPE", "WB_E_NAME", "WB_E_LIMIT", "WB_E_POLICY", "WB_E_STATE", "WB_E_BUSY",
            "WB_E_CORRUPT", "WB_E_VERSION", "WB_E_CONFLICT", "WB_E_STALE", "WB_E_ABORTED"]
NUMBERS = {"u8": "B", "u16": "H", "u32": "I", "u64": "Q", "i64": "q"}
WHO = "u16 definition · key patient · key subject"


class Wrong(Exception):
    """Bytes and page differ."""


def table(text, name):
    """The cells of a marked table, row by row."""
    marked = re.search(rf"<!-- {name}: checked against the bytes -->\n(.*?)<!-- end -->", text, re.S)
    if not marked:
        raise Wrong(f"no table of {name}")
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in marked.group(1).splitlines()]
    return rows[2:]


def crc32c(data):
    """Castagnoli, bit by bit."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


class Reader:
    """Bytes from the front."""

    def __init__(self, data, codes):
        self.data, self.at, self.codes, self.high = data, 0, codes, 0

    def take(self, count):
        """The next bytes."""
        if self.at + count > len(self.data):
            raise Wrong("the page reads past the end")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, form):
        """One number."""
        return struct.unpack("<" + form, self.take(struct.calcsize(form)))[0]

    def word(self, name):
        """A code."""
        value = self.number("B")
        self.high, low = divmod(value, 128)
        return self.codes[name](low) if name in self.codes else value

    def member(self, kind, name):
        """A member as the text has it."""
        if kind == "code":
            if name not in self.codes:
                raise Wrong(f"no code {name}")
            return self.word(name)
        if kind in NUMBERS:
            return self.number(NUMBERS[kind])
        if kind == "instant":
            seconds = self.number("q")
            if seconds == -2 ** 63:
                return None
            moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
            return moment.strftime(f"{moment.year:04}-%m-%dT%H:%M:%SZ")
        if kind == "day":
            day = self.number("i")
            return None if day == -2 ** 31 else str(datetime.date(1970, 1, 1)
                                                    + datetime.timedelta(day))
        if kind == "key":
            return self.text(self.take(self.number("H")))
        if kind == "id":
            return self.take(16).hex()
        if kind == "counters":
            data = self.take(self.number("I"))
            return list(struct.unpack(f"<{len(data) // 8}q", data))
        if kind == "bytes":
            data = self.take(self.number("I"))
            return {"content": hashlib.sha256(data).hexdigest(),
                    "practice": data.decode(errors="replace")}.get(name, data.hex())
        raise Wrong(f"the page has a member of kind {kind!r}")

    @staticmethod
    def text(data):
        """A key as the text has it."""
        try:
            return data.decode()
        except UnicodeDecodeError:
            return {"hex": data.hex()}


def code_words(text):
    """What each code means, by its name."""
    def finder(values):
        known = dict((int(number), word) for number, word in re.findall(r"(\d+) (\w+)", values))
        statuses = "status without its sign" in values

        def find(value):
            if value in known:
                return known[value]
            if statuses and value < len(STATUSES):
                return STATUSES[value]
            return value
        return find
    return {name: finder(values) for name, values in table(text, "codes")}


def decode(data, text):
    """A record as the page reads it."""
    codes = code_words(text)
    kinds = {int(kind): (name, members.replace("who", WHO).split(" · "))
             for kind, name, members, _ in table(text, "effects")}
    callers = dict((int(number), word) for number, word in re.findall(
        r"(\d+) (\w+)", re.search(r"by which call: ([^|]*)", text).group(1)))
    reader = Reader(data, codes)
    if reader.take(4) != b"WBJR" or reader.number("I") != len(data) or reader.number("H") != 1:
        raise Wrong("the frame")
    by, count = callers.get(reader.number("H"), "a call that is not on the page"), reader.number("I")
    sequence, at = reader.number("Q"), reader.member("instant", "at")
    effects = []
    for _ in range(count):
        kind = reader.number("B")
        if kind not in kinds:
            raise Wrong(f"kind {kind} is not on the page")
        name, members = kinds[kind]
        effect = {"effect": name}
        for member in members:
            form, _, label = member.partition(" ")
            label, _, more = label.partition(" + 128 ")
            effect[label] = reader.member(form, label)
            if more and reader.high:
                effect[more] = 1
        effects.append(effect)
    if reader.number("I") != crc32c(data[:-4]) or reader.at != len(data):
        raise Wrong(f"{effects[-1]['effect']}: the page does not end where the record does")
    return {"sequence": sequence, "at": at, "by": by, "effects": effects}


def judge(root, lines):
    """Where bytes and page differ."""
    text = (root / PAGE).read_text()
    seen = set()
    try:
        for line in lines:
            data, _, written = line.partition("\t")
            if not written:
                yield line.strip()
                continue
            page, library = decode(bytes.fromhex(data), text), json.loads(written)
            seen.update(effect["effect"] for effect in library["effects"])
            if json.dumps(page) != json.dumps(library):
                yield f"{PAGE}: {json.dumps(page)}, but the library {json.dumps(library)}"
        for row in table(text, "effects"):
            if row[1] not in seen:
                yield f"{PAGE}: {row[1]} is on the page, but nowhere else"
    except Wrong as wrong:
        yield f"{PAGE}: {wrong}"


def sampled(root):
    """A tree of a page and the lines of a sample."""
    return judge(root, (root / "sample").read_text().splitlines())


def record(*effects):
    """A record of effects given as bytes."""
    body = b"".join(effects)
    head = b"WBJR" + struct.pack("<IHHIQq", 36 + len(body), 1, 4, len(effects), 2, 0) + body
    return head + struct.pack("<I", crc32c(head))


def tree(effects, codes="", body=b"\x01\x02\x03", said=None):
    """A page with these tables, and one record."""
    page = ("| u16 | by which call: 4 poll |\n<!-- effects: checked against the bytes -->\n"
            f"| k | e | m | w |\n|---|---|---|---|\n{effects}<!-- end -->\n"
            "<!-- codes: checked against the bytes -->\n"
            f"| c | v |\n|---|---|\n{codes}<!-- end -->\n")
    said = said or {"effect": "a", "b": 2, "state": "late"}
    line = {"sequence": 2, "at": "1970-01-01T00:00:00Z", "by": "poll", "effects": [said]}
    return {PAGE: page, "sample": record(body).hex() + "\t" + json.dumps(line)}


GOOD = "| 1 | a | u8 b · code state | x |\n"
CODES = "| state | 3 late |\n"
SAMPLES = [
    (tree(GOOD, CODES), None),
    (tree(GOOD), "no code state"),
    (tree(GOOD, "| state | 3 early |\n"), "but the library"),
    (tree("| 2 | a | u8 b · code state | x |\n", CODES), "kind 1 is not on the page"),
    (tree("| 1 | a | u8 b | x |\n", CODES), "does not end"),
    (tree("| 1 | a | u8 b · u32 state | x |\n", CODES), "past the end"),
    (tree("| 1 | a | u8 b · u64 state | x |\n", CODES), "past the end"),
    (tree("| 1 | a | code state · u8 b | x |\n", CODES), "but the library"),
    (tree("| 1 | a | u8 c · code state | x |\n", CODES), "but the library"),
    (tree("| 1 | a | u8 b · short state | x |\n", CODES), "of kind 'short'"),
    (tree(GOOD + "| 2 | z | u8 b | x |\n", CODES), "z is on the page, but nowhere else"),
    ({**tree(GOOD, CODES), PAGE: tree(GOOD, CODES)[PAGE].replace("4 poll", "14 poll")},
     "a call that is not on the page"),
    ({PAGE: "nothing", "sample": "\n"}, "no table of effects"),
    ({**tree(GOOD, CODES), "sample": "kind 9 has no sample\t\n"}, "kind 9 has no sample"),
]

if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(sampled, SAMPLES) else 0)
    golden = sorted(check.ROOT.glob("tests/data/golden/*/*/journal"))
    made = subprocess.run([pathlib.Path(sys.argv[1]).resolve(), *golden], capture_output=True, text=True,
                          check=True).stdout.splitlines()
    found = list(judge(check.ROOT, made))
    print("\n".join(found))
    sys.exit(1 if found else 0)
