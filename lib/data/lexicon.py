# SPDX-License-Identifier: MIT
"""Makes a lexicon of replies: lexicon.py OUTPUT NAME FILE...

Writes NAME, as lexicon.h declares it and in the names that it gives to numbers. The file words.txt
has the kinds of words; leanings.csv, if there is one, has what single words lean to; each other file
is a list of patterns, written as lib/outreach/reply_private.h says, and a comment is the name of the
family of patterns below it. A pattern that is not well formed stops the build.
"""

import collections
import csv
import heapq
import itertools
import pathlib
import sys

import embed

BEGINS = {"": "WORD", "[": "PERHAPS", "~": "NOT_NEXT", "<": "NOT_BEFORE"}
PLACES = {"_": "GAP", ".": "SMALL", ";": "SIGN", "^": "BEGIN", "$": "END"}
ALWAYS = "*"  # what a list has whatever is said
SMALL = "@small"
UNKNOWN = "@unknown"  # the kind of all words that are not in the lexicon
FURTHEST = 255  # words from one leaning to the next


def lines(path):
    """The patterns of a list, each with its family."""
    family = path.stem
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            family = line[1:].strip()
        elif line:
            yield family, line


def element(text):
    """What begins an element, and its alternatives."""
    begin = text[0] if text[0] in BEGINS else ""
    body = text[len(begin):]
    if begin == "[":
        if not body.endswith("]"):
            raise ValueError(text)
        body = body[:-1]
    alternatives = list(dict.fromkeys(body.split("|")))
    if "" in alternatives or any(set("[]~<$^ ") & set(word) for word in alternatives):
        raise ValueError(text)
    return begin, alternatives


def pattern(line):
    """Whether a pattern speaks against its list, and its elements: a place, or what begins them and
    alternatives."""
    against = line.startswith("! ")
    elements = line.removeprefix("! ").split(" ")
    return against, [PLACES[e] if e in PLACES else element(e) for e in elements]


def read(path):
    """All patterns of a list: (family, against, elements)."""
    found = []
    for family, line in lines(path):
        try:
            found.append((family, *pattern(line)))
        except (ValueError, IndexError):
            raise SystemExit(f"{path}: {line!r} is no pattern") from None
    return found


def kinds(path):
    """The kinds of words by name, that of small ones first."""
    found = {SMALL: []}
    for _, line in lines(path):
        name, words = line.split(" ")
        found.setdefault("@" + name, []).extend(words.split("|"))
    if not found[SMALL]:
        raise SystemExit(f"{path}: there are no small words")
    return found


def leanings(path):
    """What leans to each list: the points of words."""
    found = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            points = int(row["points"])
            if row["word"] != ALWAYS and not -128 <= points < 128:
                raise SystemExit(f"{path}: {row['word']}, {row['intent']}: too many points")
            found.setdefault(row["intent"], {})[row["word"]] = points
    return found


class Pairs:
    """Alternatives that stand side by side in many elements become a kind of their own, and so do
    such kinds: one number instead of two."""

    LEAST = 5  # elements that save more than a kind costs

    def __init__(self, elements):
        self.elements = [set(words) for words in elements]
        self.where, self.counts, self.kinds = {}, collections.Counter(), {}
        for at, words in enumerate(self.elements):
            for word in words:
                self.where.setdefault(word, set()).add(at)
            self.counts.update(itertools.combinations(sorted(words), 2))

    def join(self, pair, name):
        """Puts a name in the place of a pair wherever it stands."""
        for at in self.where[pair[0]] & self.where[pair[1]]:
            words = self.elements[at]
            self.counts.subtract(itertools.combinations(sorted(words), 2))
            words -= set(pair)
            words.add(name)
            self.counts.update(itertools.combinations(sorted(words), 2))
            for word in pair:
                self.where[word].discard(at)
            self.where.setdefault(name, set()).add(at)
        self.kinds[name] = list(pair)
        return [(name, other) if name < other else (other, name)
                for at in self.where[name] for other in self.elements[at] - {name}]

    def joined(self):
        """The elements, and the kinds that were made, each after those that are in it."""
        waiting = [(-count, pair) for pair, count in self.counts.items() if count >= self.LEAST]
        heapq.heapify(waiting)
        while waiting:
            count, pair = heapq.heappop(waiting)
            now = self.counts[pair]
            if now >= self.LEAST and now < -count:
                heapq.heappush(waiting, (-now, pair))
            elif now >= self.LEAST:
                for new in sorted(set(self.join(pair, f"@+{len(self.kinds):04}"))):
                    if self.counts[new] >= self.LEAST:
                        heapq.heappush(waiting, (-self.counts[new], new))
        return [sorted(words) for words in self.elements], self.kinds


class Lexicon:
    """Tokens of lists, with the numbers of words and kinds."""

    def __init__(self, kinds_of_words, lists, leans):
        said = set().union(*leans.values()) - {ALWAYS}
        said |= {word for words in kinds_of_words.values() for word in words}
        said |= {word for patterns in lists.values() for _, _, elements in patterns
                 for one in elements if isinstance(one, tuple) for word in one[1]}
        self.words = sorted(word for word in said if word[0] != "@")
        kinds_of_words = kinds_of_words | self.join(lists)
        numbered = self.words + list(kinds_of_words) + [UNKNOWN]
        self.numbers = {word: number for number, word in enumerate(numbered)}
        unknown = sorted(said - set(numbered)) + sorted(set(leans) - set(lists))
        if unknown:
            raise SystemExit(f"kinds or lists that are not there: {unknown}")
        self.families, self.tokens, self.leanings = {}, [], []
        self.kinds = [self.kind(words) for words in kinds_of_words.values()] + [len(self.tokens)]
        self.lists = [(name, *self.list(patterns), *self.lean(leans.get(name, {})))
                      for name, patterns in lists.items()]

    @staticmethod
    def join(lists):
        """Joins the alternatives of all elements; gives back the kinds that this makes."""
        elements = [one[1] for patterns in lists.values() for _, _, said in patterns for one in said
                    if isinstance(one, tuple)]
        joined, made = Pairs(elements).joined()
        for words, better in zip(elements, joined):
            words[:] = better
        return made

    def add(self, begins, number):
        """Adds a token."""
        self.tokens.append(f"T({begins}, {number})")

    def alternatives(self, begins, words):
        """Adds an element."""
        for word in words:
            self.add(begins, self.numbers[word])
            begins = "OR"

    def kind(self, words):
        """Adds a kind; gives back where it begins."""
        first = len(self.tokens)
        self.alternatives("OR", dict.fromkeys(words))
        return first

    def list(self, patterns):
        """Adds a list; gives back where it begins and ends."""
        first = len(self.tokens)
        for family, against, elements in patterns:
            self.add("AGAINST" if against else "FOR",
                     self.families.setdefault(family, len(self.families)))
            for one in elements:
                if isinstance(one, tuple):
                    self.alternatives(BEGINS[one[0]], one[1])
                else:
                    self.add("PLACE", f"WBI_LEXICON_PLACE_{one}")
        return first, len(self.tokens)

    def lean(self, leans):
        """Adds what leans to a list; gives back where it begins and ends, and what the list always
        has. Where the next word is further than a byte says, something between has no points."""
        first, before = len(self.leanings), 0
        leans = {-1 if word == ALWAYS else self.numbers[word]: leans[word] for word in leans}
        always = leans.pop(-1, 0)
        for number in sorted(leans):
            skipped, further = divmod(number - before, FURTHEST)
            self.leanings += [f"{{{FURTHEST}, 0}}"] * skipped + [f"{{{further}, {leans[number]}}}"]
            before = number
        return first, len(self.leanings), always


def front_coded(words):
    """Words in their order as one text: a capital letter for the bytes that a word begins with as
    the one before does, A for none, and then its other bytes."""
    text, before = b"", b""
    for word in (word.encode() for word in words):
        alike = next((at for at, (a, b) in enumerate(zip(before, word)) if a != b),
                     min(len(before), len(word)))
        text += bytes([ord("A") + alike]) + word[alike:]
        before = word
    return text


def array(kind, name, values, across=20):
    """An array in C."""
    values = [str(value) for value in values]
    rows = [", ".join(values[i:i + across]) for i in range(0, len(values), across)]
    return f"static const {kind}{name}[] = {{\n" + ",\n".join(rows) + "};\n"


def text(value):
    """A text as C."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def source(name, lexicon):
    """The whole C source."""
    data = front_coded(lexicon.words)
    longest = max(len(word.encode()) for word in lexicon.words)
    lists = [f"{{{text(list_)}, {', '.join(map(str, numbers))}}}" for list_, *numbers in lexicon.lists]
    return (
        '#include <stddef.h>\n\n#include "data/lexicon.h"\n'
        "#define T(begins, number) (WBI_LEXICON_##begins << WBI_LEXICON_SHIFT | (number))\n"
        f'_Static_assert({len(lexicon.numbers) - 1} <= WBI_LEXICON_NUMBER, "too many words");\n'
        f'_Static_assert({longest} <= WBI_LEXICON_LONGEST, "too long a word");\n'
        + array("char ", "lexicon_words", map(embed.constant, data))
        + array("uint16_t ", "lexicon_tokens", lexicon.tokens)
        + array("uint16_t ", "lexicon_kinds", lexicon.kinds)
        + array("wbi_lexicon_leaning ", "lexicon_leanings", lexicon.leanings or ["{0, 0}"])
        + array("char *const ", "lexicon_families", map(text, lexicon.families), 1)
        + array("wbi_lexicon_list ", "lexicon_lists", lists + ["{NULL, 0, 0, 0, 0, 0}"], 1)
        + f"const wbi_lexicon {name} = {{\n    lexicon_words, lexicon_tokens, lexicon_kinds, "
        "lexicon_leanings, lexicon_families, lexicon_lists,\n    "
        f"{len(data)}, {len(lexicon.words)}, {len(lexicon.kinds) - 1}}};\n")


def lexicon_of(paths):
    """The lexicon of some files."""
    paths = sorted(map(pathlib.Path, paths), key=lambda path: path.stem)
    lists = {path.stem: path for path in paths}
    of_kinds = kinds(lists.pop("words"))
    leans = leanings(lists.pop("leanings")) if "leanings" in lists else {}
    return Lexicon(of_kinds, {name: read(path) for name, path in lists.items()}, leans)


if __name__ == "__main__":
    output, called, *files = sys.argv[1:]
    pathlib.Path(output).write_text(source(called, lexicon_of(files)), encoding="utf-8")
