# SPDX-License-Identifier: MIT
"""Gate: docs/cli.md and docs/winback.1 say what the program's own --help says:
cli_doc.py [PROGRAM] [--write].

What stands between the page's marks, and the whole manual page, is made from the help of every
command; with --write both are written anew.
"""

import re
import subprocess
import sys

import check

PAGE, MANUAL = "docs/cli.md", "docs/winback.1"
HEAD, END = "<!-- cli: made from --help -->\n", "<!-- end of cli -->\n"
OPTION = re.compile(r"^  (--\S+(?: \S+)?) +(.+)$")


def said(program, *arguments):
    """What the program prints."""
    return subprocess.run([*program, *arguments], capture_output=True, text=True, check=True).stdout


class Help:
    """The help of one command in its parts."""

    def __init__(self, program, name):
        usage, self.about, rest = said(program, name, "--help").split("\n\n", 2)
        options, _, more = rest.partition("\n\n")
        self.name, self.usage = name, usage.removeprefix("usage: ")
        self.options = [OPTION.match(line).groups() for line in options.splitlines()]
        self.more = more.strip("\n")


def commands(program):
    """The help of every command, in the order of the overview."""
    return [Help(program, name) for name in
            re.findall(r"^  (\w+) ", said(program, "--help"), re.M)]


def sentence(text):
    """With a capital at its beginning."""
    return text[0].upper() + text[1:]


def cell(text):
    """A cell of a table."""
    return text.replace("|", r"\|")


def tables(helps):
    """The chapters of the page."""
    for one in helps:
        yield f"\n## winback {one.name}\n\n{sentence(one.about)}\n\n"
        yield "| option | |\n|---|---|\n"
        yield from (f"| `{cell(name)}` | {cell(about)} |\n" for name, about in one.options
                    if name != "--help")
        if one.more:
            yield f"\n```text\n{one.more}\n```\n"
    yield "\n"


def made(helps, page):
    """The page with its chapters made anew."""
    before, _, rest = page.partition(HEAD)
    return before + HEAD + "".join(tables(helps)) + END + rest.partition(END)[2]


def roff(text):
    """Text that means nothing else to the formatter."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("…", "...")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.M)


MANUAL_HEAD = r""".\" SPDX-License-Identifier: MIT
.\" Made by tests/check/cli_doc.py from what --help says.
.TH WINBACK 1 2026-11-29 "winback 0.1" "User Commands"
.SH NAME
winback \- wins back lapsed dental patients
.SH SYNOPSIS
.B winback
.I COMMAND
.RI [ OPTION ]...
.SH DESCRIPTION
.B winback
reads a practice's tables, decides who is due and what may be said to them, and keeps what happens in
a store.
It sends nothing: what is to go out is appended to the store's outbox, which another program delivers.
.PP
Nothing goes out of a campaign that nobody launched, and the same day again sends nothing twice.
.SH COMMANDS
"""
MANUAL_TAIL = r""".SH EXIT STATUS
.TP
0
done
.TP
1
findings, of check, lint and audit
.TP
2
wrong usage
.TP
3
data that cannot be read
.SH FILES
.TP
journal, snapshot
In the store: every change, without a name, a number, an address or a text of a patient.
.TP
outbox.jsonl
In the store: what is to go out, with addresses and texts, one JSON object a line.
.TP
secret
In the store: what makes ids of numbers and addresses; lost with it are all opt\-outs.
"""


def manual(helps):
    """The manual page."""
    yield MANUAL_HEAD
    for one in helps:
        yield f".SS {roff(one.usage)}\n{roff(sentence(one.about))}\n"
        for name, about in one.options:
            yield f".TP\n.B {roff(name)}\n{roff(about)}\n"
        if one.more:
            yield f".PP\n.nf\n{roff(one.more)}\n.fi\n"
    yield MANUAL_TAIL


def differs(path, wanted, found):
    """The first line in which a file is not what it should be."""
    for line, is_ in zip(wanted.splitlines() + [""], found.splitlines() + [""]):
        if line != is_:
            yield f"{path}: run cli_doc.py PROGRAM --write: {line!r} is not {is_!r}"
            return


def problems(root, program=None):
    """Whether page and manual are as the program would have them."""
    helps = commands([program] if program else ["sh", root / "winback"])
    page = (root / PAGE).read_text()
    if HEAD not in page or END not in page:
        yield f"{PAGE}: the marks of the chapters are missing"
    else:
        yield from differs(PAGE, made(helps, page), page)
    yield from differs(MANUAL, "".join(manual(helps)), (root / MANUAL).read_text())


HELP = """case $1$2 in
--help) printf 'winback\\n\\n  run       runs\\n' ;;
*) printf 'usage: winback run [OPTION]\\n\\nruns.\\n\\n  --days N   how many | all\\n\\nOne.\\n' ;;
esac
"""
TEXT = HEAD + """
## winback run

Runs.

| option | |
|---|---|
| `--days N` | how many \\| all |

```text
One.
```

""" + END
RUN = r""".SS winback run [OPTION]
Runs.
.TP
.B \-\-days N
how many | all
.PP
.nf
One.
.fi
"""
TREE = {"winback": HELP, PAGE: TEXT, MANUAL: MANUAL_HEAD + RUN + MANUAL_TAIL}
SAMPLES = [
    (TREE, None),
    (TREE | {PAGE: TEXT.replace("how many", "how few")}, "docs/cli.md: run cli_doc.py"),
    (TREE | {MANUAL: MANUAL_HEAD + MANUAL_TAIL}, "docs/winback.1: run cli_doc.py"),
    (TREE | {"winback": HELP.replace("days", "weeks")}, "--weeks N"),
    (TREE | {PAGE: "# Commands\n"}, "marks"),
]

if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(problems, SAMPLES) else 0)
    named = next(name for name in sys.argv[1:] if name != "--write")
    if "--write" in sys.argv:
        of = commands([named])
        target = check.ROOT / PAGE
        target.write_text(made(of, target.read_text()))
        (check.ROOT / MANUAL).write_text("".join(manual(of)))
    wrong = list(problems(check.ROOT, named))
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
