# SPDX-License-Identifier: MIT
"""Gate: no pattern of lib/data/lexicon fits words alone that say nothing.

A pattern is the whole reply or clause, or has an element each of whose alternatives says something.
"""

import sys

import check

sys.path.insert(0, str(check.ROOT / "lib" / "data"))
import lexicon  # noqa: E402

FUNCTION = set("""
i you u he she it we they me us him her them my your ur our his their its this that these those im ive
id ill youre were theyre hes shes weve well thats is am are was be been being isnt arent wasnt do does
did dont doesnt didnt have has had havent will would wont can could cant may might should shall must get
got go going gonna a an the some any all both and or but if so to of in on at for from by with about as
than then into up down out off over under again just still now not no yes too also when which what how
why please pls one more other yet only let lets @det @never @other @small
el la los las lo un una unos unas yo tu mi mis su sus me te se le les nos de del al en con por para que
como cuando y o pero si ya es esta estan soy estoy fue ser muy mas ese esa este esto hay he ha
""".split())
CLAUSE_ENDS = [lexicon.PLACES[";"], lexicon.PLACES["$"]]


def precise(elements):
    """Whether a pattern says something."""
    whole = elements[0] == lexicon.PLACES["^"] and elements[-1] in CLAUSE_ENDS
    needed = [one[1] for one in elements
              if isinstance(one, tuple) and lexicon.BEGINS[one[0]] == "WORD"]
    return whole or any(not FUNCTION & set(words) for words in needed)


def problems(root):
    """Patterns that fit what says nothing."""
    for path in check.files(root, "lib/data/lexicon/*.txt"):
        if path.stem == "words":
            continue
        for _, line in lexicon.lines(path):
            if not precise(lexicon.pattern(line)[1]):
                yield f"{path.relative_to(root)}: {line!r} fits words that say nothing"


def sample(line, name="later"):
    """A tree with one pattern."""
    return {f"lib/data/lexicon/{name}.txt": f"# So and so\n{line}\n"}


SAMPLES = [
    (sample("not now|tomorrow later"), None),
    (sample("^ not now $"), None),
    (sample("^ not now ;"), None),
    (sample("the this|of", "words"), None),
    (sample("not now"), "not now"),
    (sample("^ not now"), "not now"),
    (sample("not tomorrow|now [soon]"), "tomorrow|now"),
    (sample("! not now ~soon"), "not now"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
