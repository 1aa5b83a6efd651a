# SPDX-License-Identifier: MIT
"""The templates of bench/templates.c rendered by other engines, one thread each, after compiling.

    python3 tests/bench/templates_peers.py PROGRAM [FOLDER]

PROGRAM is bench-templates; its own lines are printed first, in the same run. FOLDER has the
templates and their data (the Liquid ones for the Liquid engines, .jinja for Jinja). Engines:
liquidjs (`npm install liquidjs` in the current folder or NODE_PATH), liquid for Ruby (`gem install
liquid`), Jinja (`pip install jinja2`). What is not installed is named and left out. winback must
be ahead of each.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

RENDERS, RUNS = 20000, 3

LIQUIDJS = """
const { Liquid } = require('liquidjs'), fs = require('fs'), [dir, name, n] = process.argv.slice(1);
const engine = new Liquid(), data = JSON.parse(fs.readFileSync(dir + '/data.json'));
const made = engine.parse(fs.readFileSync(dir + '/' + name + '.liquid', 'utf8'));
let best = Infinity;
for (let run = 0; run < %d; run++) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < n; i++) engine.renderSync(made, data);
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
}
console.log(n / best);
""" % RUNS

RUBY = """
require 'liquid'; require 'json'
dir, name, n = ARGV[0], ARGV[1], ARGV[2].to_i
data = JSON.parse(File.read(dir + '/data.json'))
made = Liquid::Template.parse(File.read(dir + '/' + name + '.liquid'))
best = (1..%d).map do
  start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  n.times { made.render(data) }
  Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
end.min
puts n / best
""" % RUNS


def asked(command, folder, name):
    """Renders a second of a program that prints them; None: it does not run here."""
    if not shutil.which(command[0]):
        return None
    done = subprocess.run([*command, folder, name, str(RENDERS)], capture_output=True, text=True)
    return float(done.stdout) if done.returncode == 0 else None


def jinja(folder, name):
    try:
        import jinja2
    except ImportError:
        return None
    made = jinja2.Environment(autoescape=name == "html").from_string(
        (folder / f"{name}.jinja").read_text())
    data = json.loads((folder / "data.json").read_text())
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        for _ in range(RENDERS):
            made.render(data)
        best = min(best, time.perf_counter() - start)
    return RENDERS / best


if __name__ == "__main__":
    shared = pathlib.Path(os.environ.get("WB_SHARED", "../shared"))
    place = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else shared / "data" / "template-bench"
    own = subprocess.run([sys.argv[1], place], capture_output=True, text=True).stdout
    print(own, end="")
    ours = {name.lower(): float(rate) * 1e3
            for name, rate in re.findall(r"^(SMS|HTML), every check +(\d+) k/s", own, re.M)}
    behind = 0
    for name in ours:
        for engine, rate in [("liquidjs", asked(["node", "-e", LIQUIDJS], place, name)),
                             ("liquid for Ruby", asked(["ruby", "-e", RUBY], place, name)),
                             ("Jinja", jinja(place, name))]:
            if rate is None:
                print(f"{name:5} {engine}: not installed, left out")
                continue
            behind += rate >= ours[name]
            print(f"{name:5} {engine:16} {rate / 1e3:8.1f} k/s, winback {ours[name] / rate:5.1f} times")
    sys.exit(1 if behind or not ours else 0)
