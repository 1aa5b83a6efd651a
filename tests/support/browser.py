# SPDX-License-Identifier: MIT
"""A real browser: Chromium without a window, on a desktop and on a phone. Asked is what a reader would notice:
errors, text beyond the edge, text too pale."""
import html
import json
import re
import shutil
import struct
import subprocess
import zlib

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


def chromium(folder, *arguments):
    """What the browser prints, and what it says; its profile is in the folder."""
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", *arguments],
        capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout, re.findall(r"CONSOLE.*", done.stderr)


def pixels(png):
    """The rows of a screenshot, each three bytes a pixel."""
    width, _, depth, kind, *rest = struct.unpack(">2I5B", png[16:29])
    size = {2: 3, 6: 4}[kind]
    assert (depth, *rest) == (8, 0, 0, 0)
    at, parts = 8, []
    while at < len(png):
        length, = struct.unpack(">I", png[at:at + 4])
        parts += [png[at + 8:at + 8 + length]] if png[at + 4:at + 8] == b"IDAT" else []
        at += 12 + length
    flat, above = zlib.decompress(b"".join(parts)), bytearray(size * width)
    for start in range(0, len(flat), size * width + 1):
        row = bytearray(flat[start + 1:start + 1 + size * width])
        for place, value in enumerate(row):
            left, corner = (row[place - size], above[place - size]) if place >= size else (0, 0)
            guess = min((left, above[place], corner), key=lambda it: abs(left + above[place] - corner - it))
            row[place] = value + (0, left, above[place], (left + above[place]) // 2, guess)[flat[start]] & 255
        above = row
        yield bytes(row[place] for place in range(len(row)) if size == 3 or place % 4 < 3)


def seen(folder, scheme, pages):
    """What stands in frames, of each page at each width."""
    frames = "".join(f'<iframe width="{width}" height="900" style="border:0" srcdoc="{html.escape(page)}"></iframe>'
                     for page in pages for width in WIDTHS)
    beside = folder / "beside.html"
    beside.write_text(f'<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
                      f'<script>{LOOK}</script>{frames}<pre id="seen"></pre>', encoding="utf-8")
    out, said = chromium(folder, f"--blink-settings=preferredColorScheme={scheme}", "--dump-dom", beside.as_uri())
    if said:
        raise AssertionError(said)
    found = re.search(r'<pre id="seen">(\[.+?\])</pre>', out, re.S)
    if not found:
        raise AssertionError("the page was not looked at")
    return json.loads(html.unescape(found[1]))
