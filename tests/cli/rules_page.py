# SPDX-License-Identifier: MIT
"""docs/rules.md says what is so: its segments, values, truths and errors, on the demo practice."""
import itertools
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, winback  # noqa: E402

PAGE = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text()
RULE = re.compile(r"^```cel\n(.*?)^```$", re.M | re.S)
FOUND = re.compile(r"// (\d+) patients?(?:, (\d+) unknown)?\n$")
OPEN = "1022"  # whose birth date is not on record, and who has no visit ahead
TRUTHS = {"true": "true", "false": "false", "unknown": "(patient.age > 200)",
          "error": "(1 / 0 == 1)", "null": "visit.next", "5": "5"}


def code(cell):
    """What stands between the back-ticks of a cell."""
    return cell.strip().strip("`").replace("\\|", "|")


def tables():
    """Tables as (titles, rows) of cells."""
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, re.M):
        lines = [re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in block.splitlines()]
        cells = [[code(cell) for cell in line] for line in lines]
        yield cells[0], cells[2:]


def tables_of(*titles):
    """Rows of all tables with such titles."""
    return [row for head, rows in tables() if head == list(titles) for row in rows]


class RulesPage(Command):
    def test_segments_find_as_many_as_the_page_says(self):
        rules = RULE.findall(PAGE)
        self.assertGreater(len(rules), 20)
        for rule in rules:
            number, said = self.count(PRACTICE, "--where", rule)
            wanted = FOUND.search(rule)
            self.assertTrue(wanted, rule)
            unknown = re.search(r"(\d+) patients? undetermined", said)
            self.assertEqual((number, unknown and unknown[1]),
                             (int(wanted[1]), wanted[2]), rule)
            self.assertNotIn("without an answer", said, rule)

    def test_expressions_have_the_values_that_the_page_says(self):
        rows = tables_of("expression", "value")
        self.assertGreater(len(rows), 100)
        lines = [json.dumps({"op": "eval", "expr": row[0]}) for row in rows]
        done = winback("calc", stdin="\n".join(lines) + "\n")
        for row, line in zip(rows, done.stdout.splitlines(), strict=True):
            self.assertEqual(json.loads(line), {"value": json.loads(row[1])}, row[0])

    def test_errors_are_those_of_the_page(self):
        rows = tables_of("rule", "error")
        self.assertGreater(len(rows), 10)
        for rule, error in rows:
            self.refused(self.segment(PRACTICE, "--where", rule, "--count"), 2,
                         f"--where:{error}\n")

    def truth(self, rule):
        done = winback("explain", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY,
                       "--patient", OPEN, "--where", rule, "--json")
        self.assertEqual(done.returncode, 0, rule + done.stderr)
        return json.loads(done.stdout)["where"]["rule"]["truth"]

    def check_truths(self, names, head, rows):
        """Each row gives the truth of the expressions in its head for some operands."""
        for row in rows:
            operands = dict(zip(names, row))
            for rule, truth in zip(head[len(names):], row[len(names):], strict=True):
                spelt = re.sub(r"\b([abx])\b(?! is)", lambda name: TRUTHS[operands[name[1]]]
                               if name[1] in operands else name[1], rule)
                self.assertEqual(self.truth(spelt), truth, (operands, rule))

    def test_tables_of_truth(self):
        seen = 0
        for head, rows in tables():
            if head[:2] == ["a", "b"]:
                kinds = ["true", "false", "unknown", "error"]
                self.assertEqual([tuple(row[:2]) for row in rows],
                                 list(itertools.product(kinds, kinds)))
                self.check_truths(["a", "b"], head, rows)
                seen += 1
            elif head[0] == "a":
                self.check_truths(["a"], head, rows)
                seen += 1
        self.assertEqual(seen, 2)

    def test_null_and_unknown_in_comparisons(self):
        head, rows = next((head, rows) for head, rows in tables() if head[0].endswith("x` is"))
        spelt = {"5": "5", "null": "visit.next_minutes", "unknown": "patient.age"}
        for row in rows:
            for rule, truth in zip(head[1:], row[1:], strict=True):
                rule = re.sub(r"\bx\b", spelt[row[0]], rule)
                if rule == "has(5)":
                    continue
                self.assertEqual(self.truth(rule), truth, (row[0], rule))


if __name__ == "__main__":
    main()
