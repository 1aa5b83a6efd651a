# SPDX-License-Identifier: MIT
"""Makes lexicon/leanings.csv: leanings.py

The folder lexicon/examples has a list for each intent: how people say it. From them a linear
classifier is learned, one intent against the rest (a support vector machine: L2 loss, by dual
coordinate descent; Hsieh et al., ICML 2008). Its features are the words and kinds of the lexicon,
words that several examples have, and whether there are others. What a word adds to an intent, in points, is its leaning. So many
of them are kept, the larger ones, and of two that are alike the one that more examples have; those are
learned once more. To be run by hand when examples or patterns have changed.
"""

import collections
import csv
import pathlib
import random
import re
import unicodedata

import lexicon

FOLDER = pathlib.Path(__file__).parent / "lexicon"
SEVERAL = 2  # examples of a word that no pattern has
ROUNDS, COST = 30, 0.2
POINTS = 32  # of a margin of one
KEPT = 14400  # leanings


def words(text):
    """The words of a text, as reply_words.c has them."""
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", text.lower()))
    found = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return [re.sub(r"(?<=[^\W\d])\d(?=[^\W\d])", lambda d: "oizeasgtbg"[int(d[0])], w) for w in found]


def slip(word, known):
    """Whether two words differ by one letter, as reply_pattern.c allows it."""
    longer = max(len(word), len(known))
    if len(known) < 5 or len(word) + len(known) < 2 * longer - 1:
        return False
    head = next((i for i, (a, b) in enumerate(zip(word, known)) if a != b), min(len(word), len(known)))
    tail = 0
    while tail < min(len(word), len(known)) - head and word[-1 - tail] == known[-1 - tail]:
        tail += 1
    left, even = longer - head - tail, len(word) == len(known)
    if left == 2 and even:
        return word[head:head + 2] == known[head:head + 2][::-1]
    return left <= 1 and (len(known) >= 7 if even else len(known) >= 6 and tail > 0)


def fits(word, known):
    """Whether a word is what an alternative says."""
    if known[-1] == "*":
        return word.startswith(known[:-1])
    held = re.sub(r"(.)\1{2,}", r"\1", word)
    return word == known or slip(word, known) or held == known and not word[0].isdigit()


class Reader:
    """The words and kinds of a lexicon that texts have."""

    def __init__(self, kinds, known):
        self.kinds, self.first, self.seen = kinds, collections.defaultdict(list), {}
        for word in known:
            self.first[word[0]].append(word)

    def word(self, word):
        """What a word is: words of the lexicon, and their kinds."""
        if word not in self.seen:
            is_ = {known for known in self.first[word[0]] if fits(word, known)}
            for name, of in self.kinds.items():
                if is_ & set(of):
                    is_.add(name)
            self.seen[word] = is_
        return self.seen[word]

    def text(self, text):
        """What the words of a text are."""
        return sorted(set().union(*(self.word(word) or {lexicon.UNKNOWN} for word in words(text))))


def examples(folder):
    """All examples: (intent, text)."""
    return [(path.stem, line) for path in sorted((folder / "examples").glob("*.txt"))
            for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def vocabulary(kinds, lists, texts):
    """The words of the lexicon, and those of several texts that are none of them."""
    known = {word for of in kinds.values() for word in of}
    known |= {word for patterns in lists for _, _, elements in patterns for one in elements
              if isinstance(one, tuple) for word in one[1] if word[0] != "@"}
    reader = Reader({}, known)
    counts = collections.Counter(w for text in texts for w in set(words(text)) if not reader.word(w))
    return known | {word for word, count in counts.items()
                    if count >= SEVERAL and len(word) > 2 and not any(map(str.isdigit, word))}


def separate(rows, is_):
    """The weights that separate rows from others; the last one is what every row has."""
    weights, alphas = [0.0] * (1 + max(map(max, rows))), [0.0] * len(rows)
    costs = {side: COST * len(rows) / (2 * is_.count(side)) for side in (True, False)}
    order, dice = list(range(len(rows))), random.Random(1)
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for i in order:
            row, sign = rows[i], 1.0 if is_[i] else -1.0
            damp = 0.5 / costs[is_[i]]
            margin = 0.0
            for feature in row:  # sum() rounds otherwise, from Python 3.12 on
                margin += weights[feature]
            wrong = sign * margin - 1.0 + damp * alphas[i]
            if alphas[i] == 0.0 and wrong >= 0.0:
                continue
            new = max(alphas[i] - wrong / (len(row) + damp), 0.0)
            step = (new - alphas[i]) * sign
            alphas[i] = new
            for feature in row:
                weights[feature] += step
    return weights


def larger(weights, counts):
    """Of the weights that words have for each intent, the places of those to keep."""
    sizes = {(intent, at): abs(weight) * counts[at] ** 0.1
             for intent, of in weights.items() for at, weight in enumerate(of[:-1])}
    kept = {intent: {len(of) - 1} for intent, of in weights.items()}
    for intent, at in sorted(sizes, key=sizes.get)[-KEPT:]:
        kept[intent].add(at)
    return kept


def learn(given, reader):
    """What words lean to: (word, intent, points)."""
    texts = [reader.text(text) for _, text in given]
    counts = collections.Counter(name for text in texts for name in text)
    names = sorted(counts)
    numbers = {name: number for number, name in enumerate(names)}
    rows = [[numbers[name] for name in text] + [len(names)] for text in texts]
    sides = {intent: [of == intent for of, _ in given] for intent in sorted({of for of, _ in given})}
    weights = {intent: separate(rows, is_) for intent, is_ in sides.items()}
    for intent, kept in larger(weights, [counts[name] for name in names]).items():
        again = separate([[at for at in row if at in kept] for row in rows], sides[intent])
        for at in kept:
            name = names[at] if at < len(names) else lexicon.ALWAYS
            yield name, intent, round(again[at] * POINTS)


def made(folder):
    """The leanings of a lexicon: (word, intent, points)."""
    paths = [path for path in folder.glob("*.txt") if path.stem != "words"]
    kinds, given = lexicon.kinds(folder / "words.txt"), examples(folder)
    known = vocabulary(kinds, [lexicon.read(path) for path in paths], [text for _, text in given])
    return sorted(learn(given, Reader(kinds, known)))


def main():
    """Writes the leanings."""
    leanings = made(FOLDER)
    with open(FOLDER / "leanings.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "intent", "points"])
        writer.writerows(leanings)
    print(f"{len(leanings)} leanings of {len({word for word, _, _ in leanings})} words")


if __name__ == "__main__":
    main()
