# SPDX-License-Identifier: MIT
"""docs/calc.md says what is so: every operation has a line there, and its answer."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import Command, main, winback  # noqa: E402

PAGE = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "calc.md").read_text()
ROWS = re.findall(r"^\| `(\{.*?\})` \| `(\{.*\})` \|$", PAGE, re.M)


class CalcPage(Command):
    def test_lines_have_the_answers_of_the_page(self):
        done = winback("calc", stdin="".join(line + "\n" for line, _ in ROWS))
        self.assertEqual(done.stdout.splitlines(), [answer for _, answer in ROWS])

    def test_every_operation_is_on_the_page_and_in_the_help(self):
        said = json.loads(winback("calc", stdin='{"op":"mnoths"}').stdout)["error"]
        start = "op: there is no such operation; there are "
        self.assertTrue(said.startswith(start), said)
        ops = said[len(start):].split(", ")
        self.assertEqual([json.loads(line)["op"] for line, _ in ROWS], ops)
        usage = winback("calc", "--help").stdout
        for op in ops:
            self.assertIn(f'"op":"{op}"', usage)


if __name__ == "__main__":
    main()
