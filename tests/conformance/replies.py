# SPDX-License-Identifier: MIT
"""Measures how replies are read: replies.py PROGRAM. Without the cases it is skipped.

Every opt-out is found, at least 97 of 100 that are read as one are one, and the mean of F1 over all
intents is at least 0.92. No pattern of plain words alone, and no example that is learned from, is a
case of three words or more."""

import collections
import csv
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

PRECISION, MACRO_F1 = 0.97, 0.92


def ratio(part, whole):
    return part / whole if whole else 0.0


def score(pairs):
    """Recall and precision of opt-outs, and the mean F1, of (is, read as) pairs."""
    hit = collections.Counter(truth for truth, read in pairs if truth == read)
    of, as_ = collections.Counter(t for t, _ in pairs), collections.Counter(r for _, r in pairs)
    f1 = [2 * ratio(hit[name], of[name] + as_[name]) for name in of]
    stop = "opt_out"
    return ratio(hit[stop], of[stop]), ratio(hit[stop], as_[stop]), sum(f1) / len(f1)


def good(recall, precision, macro):
    return recall == 1.0 and precision >= PRECISION and macro >= MACRO_F1


def words(text):
    """The words of a text, without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFD", re.sub("['’]", "", text.lower()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", plain))


def copied(pattern, cases):
    """Whether a pattern is one of the cases, word by word, and nothing else."""
    needed = [e for e in pattern.removeprefix("! ").split() if e not in "^$;." and e[0] not in "[~<"]
    plain = not any(e == "_" or e[0] == "@" or "|" in e or "*" in e for e in needed)
    return plain and len(needed) >= 3 and words(" ".join(needed)) in cases


def learned(example, cases):
    """Whether an example is one of the cases, word by word."""
    return len(words(example)) >= 3 and words(example) in cases


def copies(cases):
    """The patterns and examples that are copied."""
    lexicon = pathlib.Path(__file__).parents[2] / "lib" / "data" / "lexicon"
    return [line for of, is_copy in (("*.txt", copied), ("examples/*.txt", learned))
            for path in lexicon.glob(of) for line in path.read_text(encoding="utf-8").splitlines()
            if line and line[0] != "#" and is_copy(line, cases)]


if __name__ == "__main__":
    case = {("we", "like", "it")}
    assert copied("^ we [all] like ít $", case) and not copied("we like|love it", case)
    assert learned("We LIKE, ít!", case) and not learned("we like", {("we", "like")})
    assert copied("we . like it", case) and not copied("we . like", {("we", "like")})
    assert not good(*score([("opt_out", "opt_out")] * 99 + [("opt_out", "later")]))
    assert not good(*score([("opt_out", "opt_out")] * 9 + [("later", "opt_out")]))
    shared = os.environ.get("WB_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared")
    cases = pathlib.Path(shared) / "conformance" / "replies.csv"
    if not cases.exists():
        print("conformance replies: the cases are not here")
        sys.exit(77)
    with open(cases, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    truth = [row["intent"] for row in rows]
    found = copies({words(row["text"]) for row in rows})
    assert not found, f"patterns that copy a case: {found}"
    run = subprocess.run([sys.argv[1], "replies", cases], capture_output=True, text=True)
    misread = dict(re.findall(r"^FAIL line-(\d+) is \w+, read as (\w+)$", run.stdout, re.M))
    counts = re.search(r"^(\d+) passed, (\d+) failed, 0 skipped$", run.stdout, re.M)
    assert counts and sum(map(int, counts.groups())) == len(truth) and int(counts[2]) == len(misread)
    pairs = [(name, misread.get(str(line), name)) for line, name in enumerate(truth, start=2)]
    recall, precision, macro = score(pairs)
    print(f"opt_out recall {recall:.3f} precision {precision:.3f}, macro F1 {macro:.3f}")
    sys.exit(0 if good(recall, precision, macro) else 1)
