# SPDX-License-Identifier: MIT
"""The report in a real browser: Chromium without a window, on a desktop and on a phone, light and
dark. Asked is what a reader would notice: errors, text beyond the edge, text too pale, paper."""
import html
import json
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from browser import CHROMIUM, LEAST, WIDTHS, chromium, seen  # noqa: E402
from command import DAY, PRACTICE, SETTINGS, Command, main, winback  # noqa: E402


@unittest.skipUnless(CHROMIUM, "Chromium is not installed")
class Report(Command):
    """One report, with long names, for all that is asked of it."""

    @classmethod
    def setUpClass(cls):
        cls.kept = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.kept)
        cls.page = cls.kept / "report.html"
        settings, nudge = cls.kept / "practice.json", cls.kept / "nudge.json"
        settings.write_text(SETTINGS.read_text(encoding="utf-8").replace(
            '"Example Dental Riverside"', '"Example Dental and Orthodontics of Upper Riverside at the Old Mill"'))
        nudge.write_text(json.dumps(json.loads(winback("playbooks", "--show", "hygiene-recare").stdout) | {
            "name": "nudge", "title": "A title of a campaign that is as long as a manager in a hurry may write one, with a reason",
            "segments": [{"name": "those who were not here for at least six months, all of them now", "where": "true"}]}))
        names = ["lapsed-exam", "benefits-used-up", "unscheduled-treatment", "visit-confirmation", nudge]
        cls.said = winback("simulate", "--data", PRACTICE, "--practice", settings, "--as-of", DAY,
                           "--days", "40", *(part for name in names for part in ("--campaign", name)), "--html",
                           cls.page)

    def setUp(self):
        super().setUp()
        self.assertEqual(self.said.returncode, 0, self.said.stderr)

    def check(self, scheme, dark, *spoiled):
        """One scheme, all widths; what is seen of spoiled pages."""
        frames = seen(self.folder, scheme, [self.page.read_text(encoding="utf-8"), *spoiled])
        for width, found in zip(WIDTHS, frames):
            with self.subTest(width=width, dark=dark):
                self.assertEqual((found["width"], found["dark"]), (width, dark))
                self.assertGreater(found["texts"], 300)
                self.assertLessEqual(found["scroll"], width)
                self.assertEqual(found["beyond"], [])
                self.assertGreaterEqual(found["least"][0], LEAST, found["least"])
                self.assertGreaterEqual(found["small"], 9)
        return frames[len(WIDTHS):]

    def test_light_and_that_what_is_asked_can_fail(self):
        spoiled = ('<!DOCTYPE html><p style="color: #999; background: #fff; width: 2000px">'
                   "pale and wide")
        for width, found in zip(WIDTHS, self.check(1, False, spoiled)):
            self.assertGreater(found["scroll"], width)
            self.assertLess(found["least"][0], LEAST)

    def test_dark(self):
        self.check(0, True)

    def test_each_mail_and_page_is_shown_as_it_is_seen_and_can_do_nothing(self):
        page = self.page.read_text(encoding="utf-8")
        shown = [html.unescape(each) for each in
                 re.findall(r'<iframe sandbox title="[^"]+" srcdoc="([^"]+)"></iframe>', page)]
        self.assertGreater(len(shown), 20)
        self.assertEqual(page.count("<iframe"), len(shown))
        for each in shown:
            self.assertIn("default-src 'none'", each)
            self.assertNotRegex(each, "(?i)<script|<img|<link")
        for found in seen(self.folder, 1, sorted(set(shown))):
            self.assertLessEqual(found["scroll"], found["width"])
            self.assertEqual(found["beyond"], [])
            self.assertGreaterEqual(found["least"][0], LEAST, found["least"])
            self.assertGreaterEqual(found["small"], 12)

    def test_paper(self):
        paper = self.folder / "report.pdf"
        _, said = chromium(self.folder, f"--print-to-pdf={paper}", "--no-pdf-header-footer",
                           self.page.as_uri())
        self.assertEqual(said, [])
        printed = paper.read_bytes()
        self.assertTrue(printed.startswith(b"%PDF-"))
        pages = len(re.findall(rb"/Type\s*/Page\b", printed))
        self.assertGreater(pages, 5)
        self.assertLess(pages, 60)


if __name__ == "__main__":
    if not CHROMIUM:
        print("report_browser: skipped, Chromium is not installed")
        raise SystemExit(77)
    main()
