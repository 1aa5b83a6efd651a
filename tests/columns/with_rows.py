# SPDX-License-Identifier: MIT
"""The example of plain rows, which needs no engine; and what the page shows of all examples is what they are."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

from engine import EXAMPLES, ROOT, Engine, need

need()
WANTED = """\
practice,perio,prophy_6,prophy_9,prophy_12
1,64,4,4,15
2,63,5,5,15
3,62,5,5,14
"""


class Rows(Engine):
    def test_the_example_counts(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("made_up", "with_rows"):
                said = subprocess.run([sys.executable, EXAMPLES / f"{name}.py", folder], check=True, env=os.environ,
                                      stdout=subprocess.PIPE, text=True).stdout
        self.assertEqual(said, WANTED)

    def test_the_page_shows_what_is_run(self):
        page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
        sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.py")))
        blocks = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
        self.assertGreaterEqual(len(blocks), 5)
        for block in blocks:
            self.assertIn(block, sources)


if __name__ == "__main__":
    unittest.main()
