# SPDX-License-Identifier: MIT
"""Makes tables of procedures: procedures.py OUTPUT ARCHES CLOSING GROUPS PAIRS.

The tables are declared in procedures.h. Codes of two groups, names that are no group, and a name
that is used twice stop the build.
"""

import csv
import datetime
import pathlib
import re
import sys

BASE = 10000
EPOCH = datetime.date(1970, 1, 1)
MATCHES = {"mouth": 0, "tooth": 1, "provider": 2, "planned": 3}
WHEN = {"": 255, "seat": 0, "prep": 1, "separate": 2}
SETS = ["start", "together", "continues", "finish", "front", "with", "instead", "spares"]


def read(path):
    """Rows of a file, as dictionaries."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def span(term):
    """First and last number of "D1110" or "D2710-D2794"."""
    found = re.fullmatch(r"D(\d{4})(?:-D(\d{4}))?", term)
    if not found:
        raise SystemExit(f"{term} is no code")
    first = int(found.group(1))
    return first, int(found.group(2) or first)


def day(text):
    """A date as C."""
    return str((datetime.date.fromisoformat(text) - EPOCH).days) if text else "0"


def text(value):
    """A text as C."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def teeth(value):
    """A mask of permanent teeth."""
    mask = 0
    for term in value.split():
        first, _, last = term.partition("-")
        for tooth in range(int(first), int(last or first) + 1):
            mask |= 1 << (tooth - 1)
    return f"UINT64_C({mask:#x})"


class Tables:
    """The C source, grown part by part."""

    def __init__(self, groups, pairs):
        self.names = list(dict.fromkeys(row["group"] for row in groups))
        self.ids = {name: i + 1 for i, name in enumerate(self.names)}
        self.starts = [self.ends(f"{row['start']} {row['together']}") for row in pairs]
        if len(pairs) > 32:
            raise SystemExit("a mask of pairs has 32 bits")
        self.parts = ['#include "data/data.h"\n']
        self.sets = {}

    def ends(self, value):
        """First and last number of each code or group of a set."""
        return [
            span(term) if re.match(r"D\d", term) else (BASE + self.ids[term],) * 2
            for term in value.split()
        ]

    def started(self, first, last):
        """The pairs that one of some numbers may start, as bits."""
        touched = [any(a <= last and first <= b for a, b in ends) for ends in self.starts]
        return f"{sum(1 << i for i, touches in enumerate(touched) if touches):#x}"

    def codes(self, groups, arches):
        """Codes in their order, split where the arch changes."""
        arch = {span(c)[0]: i + 1 for i, row in enumerate(arches) for c in row["codes"].split()}
        rows = []
        for row in groups:
            for first, last in map(span, row["codes"].split()):
                ranges = [(n, n) for n in range(first, last + 1)]
                if not any(n in arch for n, _ in ranges):
                    ranges = [(first, last)]
                rows += [(*ends, row, arch.get(ends[0], 0)) for ends in ranges]
        rows.sort(key=lambda row: row[0])
        for before, after in zip(rows, rows[1:]):
            if before[1] >= after[0]:
                raise SystemExit(f"D{after[0]:04} is in two groups")
        self.parts.append("const wbi_data_code wbi_data_codes[] = {\n" + "".join(
            f"{{{first}, {last}, {self.ids[row['group']]}, {side}, {day(row['from'])}, "
            f"{day(row['until'])}, {self.started(first, last)}, {text(row['words'])}}},\n"
            for first, last, row, side in rows
        ) + f"}};\nconst uint32_t wbi_data_codes_count = {len(rows)};\n")

    def groups(self, groups, closing):
        """Groups, with what closes each."""
        closers = {name: [] for name in self.names}
        for row in closing:
            family = row["groups"].split()
            for name in family:
                found = closers[name] + family + row["also"].split()
                closers[name] = list(dict.fromkeys(g for g in found if g != name))
        own = {row["group"]: row["words"] for row in groups if not row["codes"]}
        rows, closed_by = [], [0]
        for name in self.names:
            ids = [self.ids[group] for group in closers[name]]
            first = len(closed_by) if ids else 0
            closed_by += [*ids, 0] if ids else []
            starts = self.started(*(BASE + self.ids[name],) * 2)
            rows.append(f"{{{text(name)}, {text(own.get(name, ''))}, {starts}, {first}}},\n")
        self.parts.append(
            f"const uint16_t wbi_data_closed_by[] = {{{', '.join(map(str, closed_by))}}};\n"
            f"const wbi_data_group wbi_data_groups[] = {{\n{''.join(rows)}}};\n"
            f"const uint32_t wbi_data_groups_count = {len(rows)};\n"
        )

    def range_set(self, value):
        """The name of a set of codes and groups."""
        if value not in self.sets:
            self.sets[value] = f"code_set_{len(self.sets)}"
            body = "".join(f"{{{first}, {last}}}, " for first, last in self.ends(value))
            self.parts.append(
                f"static const wbi_code_range {self.sets[value]}[] = {{{body}{{0, 0}}}};\n")
        return self.sets[value]

    def pairs(self, pairs):
        """Starts and finishes."""
        rows = []
        for row in pairs:
            count, unit = int(row["wait"][:-1]), row["wait"][-1]
            wait = {"m": f"{count}, 0", "d": f"0, {count}"}[unit]
            sets = ", ".join(self.range_set(row[name]) for name in SETS)
            rows.append(
                f"{{{text(row['id'])}, {text(row['needs'])}, {sets}, "
                f"{teeth(row['teeth'])}, {wait}, "
                f"{WHEN[row['when']]}, {int(row['clock'] == 'last')}, {MATCHES[row['match']]}}},\n")
        self.parts.append(
            f"const wbi_data_pair wbi_data_pairs[] = {{\n{''.join(rows)}}};\n"
            f"const uint32_t wbi_data_pairs_count = {len(rows)};\n"
        )


def source(arches, closing, groups, pairs):
    """The whole C source."""
    tables = Tables(groups, pairs)
    tables.codes(groups, arches)
    tables.groups(groups, closing)
    tables.pairs(pairs)
    return "".join(tables.parts)


if __name__ == "__main__":
    output, *files = sys.argv[1:]
    pathlib.Path(output).write_text(source(*map(read, files)), encoding="utf-8")
