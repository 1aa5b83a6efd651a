# SPDX-License-Identifier: MIT
"""Makes tables of words: words.py OUTPUT CHANNELS ENDINGS EN ES INSURERS RULES.

The tables are declared in words.h. A phrase under two rules, a phrase that is not folded, and a
rule that is not in rules.csv stop the build.
"""

import csv
import pathlib
import re
import sys

COLUMNS = ["sms", "subject", "email", "card", "letter", "staff"]
SEVERITIES = {"": 0, "notice": 1, "warning": 2, "error": 3}
CLASSES = {"": 0, "benefit": 3, "offer": 4, "billing": 5}
PARTS = {"sender": 1, "stop": 2, "address": 4, "unsubscribe": 8, "alto": 16, "capitals": 32}
LAST = STEM = 0x80  # of a letter, of a rule
PHRASE = re.compile(r"[a-z0%$]+( [a-z0%$]+)*\*?")


def table(path):
    """Rows of a file, as dictionaries."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def lines(path):
    """What a list says, without comments."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def phrases(path):
    """Section and phrase, in the order of the file."""
    section = None
    for line in lines(path):
        if line.startswith("["):
            section = line.strip("[]")
        elif not PHRASE.fullmatch(line):
            raise SystemExit(f"{path}: {line!r} is not folded")
        else:
            yield section, line


def text(value):
    """A text as C."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Tree:
    """The letters of all phrases."""

    def __init__(self):
        self.children = {}
        self.rule = 0

    def add(self, phrase, rule):
        """Adds a phrase."""
        node = self
        for letter in phrase.rstrip("*"):
            node = node.children.setdefault(letter, Tree())
        if node.rule & ~STEM not in (0, rule):
            raise SystemExit(f"{phrase!r} is under two rules")
        node.rule |= rule | (STEM if phrase.endswith("*") else 0)

    def place(self, rows, places):
        """Places what follows; gives back where. What was placed is not placed again: many phrases
        under one rule end alike."""
        block = [[ord(letter), node.rule, node.place(rows, places)]
                 for letter, node in sorted(self.children.items())]
        if block:
            block[-1][0] |= LAST
        block = tuple(map(tuple, block))
        if block not in places:
            places[block] = len(rows)
            rows.extend(block)
        return places[block]

    def rows(self):
        """All nodes, those that follow one node together."""
        rows = [None]
        rows[0] = (0, self.rule, self.place(rows, {(): 0}))
        if len(rows) > 65535:
            raise SystemExit("the tree is too large")
        return ["{" + ", ".join(map(str, row)) + "},\n" for row in rows]


def rules(path):
    """Names of the rules, with those that are none, and their rows in C."""
    names, rows = [], []
    for row in table(path):
        severity = ", ".join(str(SEVERITIES[row[column]]) for column in COLUMNS)
        names.append(row["rule"])
        rows.append(
            f"{{{text(row['rule'])}, {text(row['says'])}, {{{text(row['instead'])}, "
            f"{text(row['instead_es'])}}}, {{{severity}}}, {CLASSES[row['raises']]}, 0}},\n")
    for name, part in [("fine", 0)] + [(f"part.{name}", part) for name, part in PARTS.items()]:
        names.append(name)
        rows.append(f'{{"", "", {{"", ""}}, {{0}}, 0, {part}}},\n')
    return names, rows


def channels(path):
    """Rows of the channels."""
    for row in table(path):
        needs = sum(PARTS[part] for part in row["needs"].split())
        yield (f"{{{text(row['channel'])}, {COLUMNS.index(row['column'])}, {row['most']}, "
               f"{needs}, {int(row['markup'] == 'yes')}}},\n")


def array(kind, name, rows, count=True):
    """An array in C, and how many it has."""
    rows = list(rows)
    size = f"const uint32_t wbi_data_{name}_count = {len(rows)};\n" if count else ""
    return f"const {kind}wbi_data_{name}[] = {{\n{''.join(rows)}}};\n{size}"


def source(channel_file, ending_file, en_file, es_file, insurer_file, rule_file):
    """The whole C source."""
    names, rule_rows = rules(rule_file)
    tree = Tree()
    for path in (en_file, es_file, insurer_file):
        for section, phrase in phrases(path):
            if section not in names:
                raise SystemExit(f"{path}: there is no rule {section}")
            tree.add(phrase, names.index(section) + 1)
    endings = (f"{text(line)},\n" for line in sorted(lines(ending_file)))
    return (
        '#include "data/data.h"\n'
        + array("wbi_data_node ", "nodes", tree.rows(), count=False)
        + array("wbi_data_rule ", "rules", rule_rows)
        + array("wbi_data_channel ", "channels", channels(channel_file))
        + array("char *const ", "endings", endings)
    )


if __name__ == "__main__":
    output, *files = sys.argv[1:]
    pathlib.Path(output).write_text(source(*files), encoding="utf-8")
