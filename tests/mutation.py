# SPDX-License-Identifier: MIT
"""Mutation: small faults are put into lib/, one at a time; each must be seen by a test.

usage: tests/mutation.py [--telling] [--sample N] [--seed S] [--seconds SECONDS] [--sanitized] [--list]
                         [PATH[:LINE]...]

All mutants (tests/support/mutants.py) of lib/, or of the folders, files and lines named; with --telling
the half of them that tells most; with --sample one of N: the samples of the seeds 0 to N - 1 share none,
and together are all. The mutants of a file's functions are compiled at once, behind a switch
(tests/support/schema.py), another mutant alone, and put before the library by the loader; then the tests
that come to its line run, those that look at little else first, until one fails, for --seconds together;
with --sanitized, who outlives them meets them again, alone, in a build with sanitizers. What becomes of a
mutant:

    killed     a test failed, or took ten times as long as without the mutant
    SURVIVED   no test saw it: a test is missing, or what was changed makes no difference
    explained  it survived where a comment, on the line, above it or above its function, says "same: " and why
    equal      the compiler makes the same of both
    invalid    it does not compile
    UNREACHED  no test of at most --seconds comes to the line

Exit status: 0, 3 somebody survived unexplained or was not reached. Needs gcc with gcov, meson, cmocka.
--self-test: what only a blind test looks at survives, what a seeing one looks at is killed.
"""

import argparse
import collections
import itertools
import json
import os
import pathlib
import re
import resource
import shlex
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))

from mutants import explained, mutants, mutated, telling, told  # noqa: E402
from schema import broken, equal, schema  # noqa: E402

SUITES = {"unit", "api", "anomaly", "property", "fuzz", "conformance"}
SANITIZERS = "address,undefined"
BUILDS = {
    "run": ["-Doptimization=1"],
    "sanitized": ["-Doptimization=1", f"-Db_sanitize={SANITIZERS}", "-Db_lundef=false"],
    "lines": ["-Doptimization=0", "-Db_coverage=true"],
}
ALL = ["-Dbuildtype=plain", "-Db_ndebug=false", "-Dc_args=-fvisibility=default -fno-sanitize-recover=all"]
# A mutant comes before the run time of the sanitizers, and has names that the library has too.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "verify_asan_link_order=0:detect_odr_violation=0",
               "CMOCKA_TEST_ABORT": "1"}  # the first failure is enough
MEMORY = 8 << 30


def run(command, **options):
    """What a command says; it must succeed."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


class Build:
    """A folder with the library and its tests: commands by name."""

    def __init__(self, root, name):
        self.root, self.folder, self.seconds, self.together = root, root / "build/mutation" / name, {}, 0
        self.kills = collections.Counter()  # by file and test
        self.width = collections.Counter()  # by test: the lines that it comes to
        self.flags = [f"-fsanitize={SANITIZERS}"] if name == "sanitized" else []
        if not (self.folder / "build.ninja").exists():
            run(["meson", "setup", str(self.folder), str(root), *ALL, *BUILDS[name]])
        targets, tests = (json.loads(run(["meson", "introspect", str(self.folder), what]))
                          for what in ("--targets", "--tests"))
        made = {file for target in targets if target["type"] in ("executable", "shared library")
                for file in target["filename"]}
        self.library = next(file for file in made if file.startswith(f"{self.folder}/lib/"))
        self.tests = {}
        for test in tests:
            suite = test["suite"][0].split(":")[-1]
            command = [os.path.join(self.folder, part) if "/" in part else part for part in test["cmd"]]
            if suite in SUITES and made & set(command):
                self.tests[f'{suite} {test["name"]}'] = command
        self.programs = sorted(made & {self.library, *sum(self.tests.values(), [])})
        run(["ninja", "-C", str(self.folder), *(os.path.relpath(path, self.folder) for path in self.programs)])
        entries = json.loads((self.folder / "compile_commands.json").read_text())
        self.compilers = {os.path.normpath(self.folder / entry["file"]): entry for entry in reversed(entries)
                          if entry["output"].startswith("lib/")}

    def link(self):
        """Links all objects to one library, where all names are seen, and the tests to that."""
        self.whole = f"{self.library}.whole"
        objects = [entry["output"] for entry in self.compilers.values()]
        run(["cc", "-shared", "-o", self.whole, *self.flags, *objects], cwd=self.folder)
        for program in set(self.programs) - {self.library}:
            path = pathlib.Path(program + ".whole")
            if not path.exists() or path.stat().st_mtime < os.path.getmtime(program):
                said = run(["ninja", "-t", "commands", os.path.relpath(program, self.folder)], cwd=self.folder)
                command = [part for part in shlex.split(said.splitlines()[-1]) if not re.match(r"lib/lib\w+\.", part)]
                command[command.index("-o") + 1] = str(path)
                run([*command, self.whole], cwd=self.folder)
        self.tests = {name: [part + ".whole" if part in self.programs else part for part in command]
                      for name, command in self.tests.items()}

    def passes(self, name, seconds, before="", number=0):
        """Whether a test passes in so many seconds of the processor: with a library before that of the tests, or
        in its place where a test is given its name; number: the mutant that this library is to be."""
        command = [str(before) if before and part == self.whole else part for part in self.tests[name]]

        def limited():
            signal.setitimer(signal.ITIMER_PROF, seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1,) * 2)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if not self.flags:  # sanitizers take more, to use little of it
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

        nothing = subprocess.DEVNULL
        try:
            return subprocess.run(
                command, cwd=self.folder, env={**ENVIRONMENT, "LD_PRELOAD": str(before), "WBI_MUTANT": str(number)},
                stdin=nothing, stdout=nothing, stderr=nothing, preexec_fn=limited,
                timeout=60 * (seconds + 1)).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def measure(self, seconds):
        """Takes the time of each test; those that are slow look at no mutants. A mutant is given these seconds."""
        self.together = seconds
        for name in self.tests:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            passed = self.passes(name, seconds)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if passed:
                self.seconds[name] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            else:
                print(f"left out of {self.folder.name}: {name}", flush=True)

    def compile(self, file, text, made, into="-c"):
        """What the compiler says against a text that stands for a file of the library; None if it compiles."""
        entry = self.compilers[str(self.root / file)]
        command = shlex.split(re.sub(r"^ccache | -M(D|[QF] \S+)(?= )", "", entry["command"]))
        command[command.index("-o") + 1] = str(made)
        command[-2:] = [into, "-w", "-fdiagnostics-color=never", "-x", "c", "-"]
        done = subprocess.run(command, cwd=self.folder, input=f'# 1 "{entry["file"]}"\n{text}', text=True,
                              stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"})
        return done.stderr if done.returncode else None

    def library_of(self, made):
        """An object as a library that stands before the library."""
        library = made.with_suffix(".so")
        run(["cc", "-shared", "-o", str(library), *self.flags, str(made), self.whole])
        return library

    def survived(self, file, library, names, number=0):
        """Whether what stands before the library passes the tests. Those that look at little else and those that
        kill in this file are asked first."""
        names, seconds = names & set(self.seconds), self.together
        for name in sorted(names, key=lambda name: self.width[name] / (1 + self.kills[file, name])):
            if self.seconds[name] > seconds:
                continue
            seconds -= self.seconds[name]
            if not self.passes(name, 10 * self.seconds[name] + 0.2, library, number):
                self.kills[file, name] += 1
                return False
        return True

    def lines(self, name):
        """By file, the lines with code and whether a test comes there; kept until the test is another."""
        kept = self.folder / f"{name}.json"
        makers = [self.library, *(path for path in self.programs if path in self.tests[name])]
        if not kept.exists() or kept.stat().st_mtime < max(os.path.getmtime(path) for path in makers):
            for counts in self.folder.glob("lib/**/*.gcda"):
                counts.unlink()
            self.passes(name, 600)
            counts = [str(path) for path in self.folder.glob("lib/**/*.gcda")]
            said = run(["gcov", "--json-format", "--stdout", *counts], cwd=self.folder, stderr=subprocess.DEVNULL)
            found = {}
            for file in (file for line in said.splitlines() for file in json.loads(line)["files"]):
                where = os.path.relpath(self.folder / file["file"], self.root)
                found[where] = [[line["line_number"], line["count"] > 0] for line in file["lines"]]
            kept.write_text(json.dumps(found))
        return json.loads(kept.read_text())


def outlived(mutant, text):
    """What is said of a mutant that no test kills."""
    return "explained" if explained(mutant, text) else "SURVIVED"


class Trial:
    """What becomes of mutants."""

    def __init__(self, root, seconds, builds):
        lines = Build(root, "lines")
        self.root, self.builds = root, [Build(root, name) for name in builds]
        for build in self.builds:
            build.link()
            build.measure(seconds)
        self.headers = "".join(path.read_text() for path in sorted(root.glob("lib/*/*.h")))
        self.reached = collections.defaultdict(lambda: collections.defaultdict(set))
        for name in self.builds[0].seconds.keys() & lines.tests.keys():  # some tests count in no other build
            for file, counts in lines.lines(name).items():
                for line, ran in counts:
                    self.reached[file][line] |= {name} if ran else set()
                    for build in self.builds:
                        build.width[name] += ran

    def tests(self, mutant):
        """Those that come to the line, or to the line before if it has no code of its own; to the file."""
        lines = self.reached[str(mutant.file)]
        before = [line for line in lines if line <= mutant.line]
        return lines[max(before)] if before else set().union(*lines.values())

    def switched(self, file, text, numbered, folder):
        """A library with those of the mutants that can be behind a switch; what became of some; who is there."""
        first, words, said, made = self.builds[0], {}, "", folder / "schema.s"
        while said is not None:
            found = {number: one for number, one in numbered.items() if number not in words}
            source, held = schema(text, found, self.headers)
            said = first.compile(file, source, made, "-S")
            found = dict.fromkeys(broken(said or ""), "invalid")
            if said and not found:
                print("all alone:", file, flush=True)
                return None, words, set()
            words.update(found)
        words.update(dict.fromkeys(equal(made.read_text()), "equal"))
        run(["cc", "-c", "-o", str(made.with_suffix(".o")), str(made)])
        return first.library_of(made.with_suffix(".o")), words, held

    def alone(self, mutant, text, folder, names, builds):
        """What becomes of a mutant that is compiled alone and meets the tests in these builds."""
        changed, first = mutated(mutant, text), self.builds[0]
        made, original = folder / "mutant.o", folder / str(mutant.file).replace("/", "_")
        if first.compile(mutant.file, changed, made):
            return "invalid"
        if not original.exists():
            first.compile(mutant.file, text, original)
        if made.read_bytes() == original.read_bytes():
            return "equal"
        for build in builds:
            build.compile(mutant.file, changed, made)
            if not build.survived(mutant.file, build.library_of(made), names):
                return "killed"
        return outlived(mutant, text)

    def verdicts(self, file, found, folder):
        """Each mutant of a file with one word."""
        text, numbered = (self.root / file).read_text(), dict(enumerate(found, 1))
        library, words, held = self.switched(file, text, numbered, folder)
        for number, mutant in numbered.items():
            names, builds = self.tests(mutant), self.builds
            if number in words:
                word = words[number]
            elif not names:
                word = "UNREACHED"
            elif number not in held:
                word = self.alone(mutant, text, folder, names, builds)
            elif not builds[0].survived(file, library, names, number):
                word = "killed"
            elif builds[1:]:
                word = self.alone(mutant, text, folder, names, builds[1:])
            else:  # behind the switch it did compile, and to something else
                word = outlived(mutant, text)
            yield mutant, text, word


def tell(name, row):
    """How many of a file or folder became what."""
    print(f"{name}: {sum(row.values())} mutants:", ", ".join(f"{row[word]} {word}" for word in sorted(row)), flush=True)


def judge(trial, chosen):
    """Tries mutants and tells who lives; the count of those that no test saw."""
    folders = collections.defaultdict(collections.Counter)
    for file, found in itertools.groupby(chosen, key=lambda mutant: mutant.file):
        words = collections.Counter()
        with tempfile.TemporaryDirectory() as folder:
            for mutant, text, word in trial.verdicts(file, found, pathlib.Path(folder)):
                words[word] += 1
                if word not in ("killed", "equal", "invalid"):
                    print(word, told(mutant, text), flush=True)
        tell(file, words)
        folders[file.parent] += words
    for name, row in folders.items():
        tell(name, row)
    return sum(row["SURVIVED"] + row["UNREACHED"] for row in folders.values())


def population(root, names, wanted=lambda mutant, text: True):
    """The mutants of the folders, files and lines named, those that are wanted."""
    for path in sorted(root.glob("lib/**/*.c")):
        near = {path, *path.parents}
        lines = {line for place, _, line in (name.partition(":") for name in names) if (root / place).resolve() in near}
        if lines:
            text = path.read_text()
            found = (mutant for mutant in mutants(path.relative_to(root), text) if wanted(mutant, text))
            yield from (mutant for mutant in found if "" in lines or str(mutant.line) in lines)


SAMPLE = {
    "meson.build": "project('sample', 'c')\nsubdir('lib')\nsubdir('tests')\n",
    "lib/meson.build": "sample = library('sample', 'adult.c', gnu_symbol_visibility: 'hidden')\n",
    "lib/adult.c": 'enum { AGE = 18 };\n__attribute__((visibility("default"))) int adult(int age) {\n'
                   '  return age >= AGE;\n}\n',
    "tests/meson.build": "test('adult', executable('adult', 'adult.c', link_with: sample), suite: 'unit')\n",
}
BLIND = "int adult(int age);\nint main(void) { return !(adult(30) && !adult(3)); }\n"
SEEING = "int adult(int age);\nint main(void) { return !(adult(18) && !adult(17)); }\n"


REASON = "int f(int a) {\n  if (a > 1) a = 1; /* same: it is */\n  a = a > 0;\n  /* same: never */\n  return a > 2;\n}\n"


def self_test():
    """What went wrong: one who does not look at the edge lets three of four live; a reason is of its line."""
    reasons = {mutant.line: explained(mutant, REASON) for mutant in mutants("f.c", REASON)}
    if reasons != {2: True, 3: False, 5: True}:
        return f"reasons reach from their lines to others: {reasons}"
    for test, living in ((BLIND, 3), (SEEING, 0)):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve()
            for name, text in {**SAMPLE, "tests/adult.c": test}.items():
                (root / name).parent.mkdir(exist_ok=True)
                (root / name).write_text(text)
            found = judge(Trial(root, 4, ["run"]), population(root, ["lib"]))
        if found != living:
            return f"{found} lived, not {living}"
    return 0


def main():
    """Tries what the command line names."""
    parser = argparse.ArgumentParser(usage=argparse.SUPPRESS, description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=4)
    for flag in ("--telling", "--sanitized", "--list", "--self-test"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("paths", nargs="*", default=["lib"])
    options = parser.parse_args()
    if options.self_test:
        sys.exit(self_test())
    every = list(population(ROOT, options.paths, *[telling] * options.telling))
    chosen = every[options.seed % options.sample :: options.sample]
    print(f"{len(chosen)} of {len(every)} mutants, seed {options.seed}", flush=True)
    if options.list:
        print("\n".join(told(mutant, (ROOT / mutant.file).read_text()) for mutant in chosen))
        sys.exit(0)
    builds = ["run", "sanitized"] if options.sanitized else ["run"]
    sys.exit(3 if judge(Trial(ROOT, options.seconds, builds), chosen) else 0)


if __name__ == "__main__":
    main()
