# SPDX-License-Identifier: MIT
"""Gate: lib/data/lexicon/leanings.csv is what lib/data/leanings.py makes of patterns and examples."""

import csv
import sys

import check

sys.path.insert(0, str(check.ROOT / "lib" / "data"))
import leanings  # noqa: E402

FOLDER = "lib/data/lexicon"


def problems(root):
    """The first line that is another."""
    with open(root / FOLDER / "leanings.csv", newline="", encoding="utf-8") as file:
        written = [tuple(row) for row in csv.reader(file)][1:]
    made = [(word, intent, str(points)) for word, intent, points in leanings.made(root / FOLDER)]
    for line, (wanted, found) in enumerate(zip([*made, None], [*written, None]), 2):
        if wanted != found:
            yield f"{FOLDER}/leanings.csv:{line}: run leanings.py: {found} is to be {wanted}"
            return


def sample(csv_=None, **examples):
    """A tree of two words, each an intent."""
    tree = {"words.txt": "small a\n", "confirm.txt": "yes\n", "decline.txt": "no\n",
            "examples/confirm.txt": "yes\n", "examples/decline.txt": "no\n",
            "leanings.csv": csv_ or CSV}
    tree |= {f"examples/{name}.txt": text for name, text in examples.items()}
    return {f"{FOLDER}/{name}": text for name, text in tree.items()}


CSV = """word,intent,points
*,confirm,0
*,decline,0
no,confirm,-9
no,decline,9
yes,confirm,9
yes,decline,-9
"""

SAMPLES = [
    (sample(), None),
    (sample(confirm="yes\nyes a\n"), "run leanings.py"),
    (sample(CSV.replace("yes,confirm,", "yes,confirm,1")), "run leanings.py"),
    (sample("".join(CSV.splitlines(keepends=True)[:-1])), "run leanings.py"),
    (sample(CSV + "you,confirm,1\n"), "run leanings.py"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
