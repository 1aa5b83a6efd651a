# SPDX-License-Identifier: MIT
"""The report in a real browser: Chromium without a window, on a desktop and on a phone, light and
dark. Asked is what a reader would notice: errors, text beyond the edge, text too pale, paper."""
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, winback  # noqa: E402

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
WIDTHS = [1280, 360]
LEAST = 4.5  # WCAG 2.2, 1.4.3, level AA
# Runs beside the page, with a frame for each width, and leaves what it saw as JSON.
LOOK = r"""
function channels(text) { return text.match(/[\d.]+/g).map(Number); }
function light(rgb) {
  const [r, g, b] = rgb.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function behind(view, node) {
  for (; node; node = node.parentElement) {
    const [r, g, b, a = 1] = channels(view.getComputedStyle(node).backgroundColor);
    if (a === 1) return [r, g, b];
    if (a !== 0) throw new Error("a background that shines through");
  }
  return [255, 255, 255];
}
function contrast(view, node) {
  const style = view.getComputedStyle(node);
  const ink = node.namespaceURI.endsWith("svg") ? style.fill : style.color;
  const pair = [light(channels(ink)), light(behind(view, node))].sort((a, b) => b - a);
  return (pair[0] + 0.05) / (pair[1] + 0.05);
}
function says(node) {
  return [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
}
function look(frame) {
  const view = frame.contentWindow, page = view.document;
  page.querySelectorAll("details").forEach(each => { each.open = true; });
  const texts = [...page.body.querySelectorAll("*")]
    .filter(node => says(node) && !["STYLE", "title", "desc"].includes(node.tagName))
    .filter(node => node.getClientRects().length);
  const ratios = texts.map(node => [contrast(view, node), node.tagName + "." + node.getAttribute("class")]);
  const beyond = texts.filter(node => !node.closest(".wide") &&
    node.getBoundingClientRect().right > view.innerWidth + 1);
  return {width: view.innerWidth, scroll: page.documentElement.scrollWidth, texts: texts.length,
          dark: view.matchMedia("(prefers-color-scheme: dark)").matches,
          least: ratios.sort((a, b) => a[0] - b[0])[0],
          small: Math.min(...texts.map(node => parseFloat(view.getComputedStyle(node).fontSize))),
          beyond: beyond.map(node => node.textContent.slice(0, 40))};
}
window.onload = () => {
  document.getElementById("seen").textContent =
    JSON.stringify([...document.querySelectorAll("iframe")].map(look));
};
"""


@unittest.skipUnless(CHROMIUM, "Chromium is not installed")
class Report(Command):
    """One report for all that is asked of it."""

    @classmethod
    def setUpClass(cls):
        cls.kept = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.kept)
        cls.page = cls.kept / "report.html"
        cls.said = winback("simulate", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY,
                           "--days", "40", "--campaign", "hygiene-recare", "--campaign",
                           "unscheduled-treatment", "--campaign", "visit-confirmation", "--html",
                           cls.page)

    def setUp(self):
        super().setUp()
        self.assertEqual(self.said.returncode, 0, self.said.stderr)

    def chromium(self, *arguments):
        """What the browser prints, and what it says."""
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", f"--user-data-dir={self.folder / 'profile'}",
             "--enable-logging=stderr", *arguments],
            capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout, re.findall(r"CONSOLE.*", done.stderr)

    def seen(self, scheme, *pages):
        """What stands in the frames: of each page at each width."""
        frames = "".join(f'<iframe width="{width}" height="900" style="border:0" '
                         f'srcdoc="{html.escape(page)}"></iframe>'
                         for page in pages for width in WIDTHS)
        beside = self.folder / "beside.html"
        beside.write_text(f'<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" '
                          f'content="light dark"><script>{LOOK}</script>{frames}<pre id="seen"></pre>',
                          encoding="utf-8")
        out, said = self.chromium(f"--blink-settings=preferredColorScheme={scheme}", "--dump-dom",
                                  beside.as_uri())
        self.assertEqual(said, [])
        found = re.search(r'<pre id="seen">(\[.+?\])</pre>', out, re.S)
        self.assertTrue(found, "the page was not looked at")
        return json.loads(html.unescape(found[1]))

    def check(self, scheme, dark, *spoiled):
        """One scheme, all widths; what is seen of spoiled pages."""
        frames = self.seen(scheme, self.page.read_text(encoding="utf-8"), *spoiled)
        for width, seen in zip(WIDTHS, frames):
            with self.subTest(width=width, dark=dark):
                self.assertEqual((seen["width"], seen["dark"]), (width, dark))
                self.assertGreater(seen["texts"], 300)
                self.assertLessEqual(seen["scroll"], width)
                self.assertEqual(seen["beyond"], [])
                self.assertGreaterEqual(seen["least"][0], LEAST, seen["least"])
                self.assertGreaterEqual(seen["small"], 9)
        return frames[len(WIDTHS):]

    def test_light_and_that_what_is_asked_can_fail(self):
        spoiled = ('<!DOCTYPE html><p style="color: #999; background: #fff; width: 2000px">'
                   "pale and wide")
        for width, seen in zip(WIDTHS, self.check(1, False, spoiled)):
            self.assertGreater(seen["scroll"], width)
            self.assertLess(seen["least"][0], LEAST)

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
        for seen in self.seen(1, *sorted(set(shown))):
            self.assertLessEqual(seen["scroll"], seen["width"])
            self.assertEqual(seen["beyond"], [])
            self.assertGreaterEqual(seen["least"][0], LEAST, seen["least"])
            self.assertGreaterEqual(seen["small"], 12)

    def test_paper(self):
        paper = self.folder / "report.pdf"
        _, said = self.chromium(f"--print-to-pdf={paper}", "--no-pdf-header-footer",
                                self.page.as_uri())
        self.assertEqual(said, [])
        printed = paper.read_bytes()
        self.assertTrue(printed.startswith(b"%PDF-"))
        pages = len(re.findall(rb"/Type\s*/Page\b", printed))
        self.assertGreater(pages, 5)
        self.assertLess(pages, 40)


if __name__ == "__main__":
    if not CHROMIUM:
        print("report_browser: skipped, Chromium is not installed")
        raise SystemExit(77)
    main()
