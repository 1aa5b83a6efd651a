# SPDX-License-Identifier: MIT
"""What can go wrong in C by one sign: the mutants of a file, as clang-format has laid it out.

Changed is what functions say and the numbers that enumerations give to names; not literals, comments,
the preprocessor's lines, tables, declarations, nor what is believed (WBI_ALWAYS, WBI_NEVER, WBI_ASSERT).
"""

import collections
import re

Mutant = collections.namedtuple("Mutant", "file line start end new")

SWAPS = {"<": "<=", ">": ">=", "==": "!=", "&&": "||", "+": "-", "+=": "-=", "*": "/", "&": "|", "<<": ">>",
         "true": "false"}
SWAPS.update({new: old for old, new in SWAPS.items()})

# What tells most for least: an edge moved, a connective exchanged, a denial, a statement or what hangs on a
# condition left out, another value returned.
TELLING = {"<", "<=", ">", ">=", "&&", "||", "!"}
LEFT_OUT = {";", ", false", "0", "WB_E_INVALID"}

UNREAD = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^#(?:\\\n|[^\n])*', re.S | re.M)
BELIEF = re.compile(r"WBI_(?:ALWAYS|ASSERT|NEVER)(?=\()")
TABLE = re.compile(r"static const [^;{(]*= \{[^;]*")
FUNCTION = re.compile(r"^\w[^;{}=#]*\)\s\{$.*?^\}$", re.S | re.M)
NAMES = re.compile(r"^enum [^;]*;", re.M)

SWAPPED = re.compile(r"(?<= )(?:<=?|>=?|[=!]=|&&|\|\||[+-]=?|[*/&|]|<<|>>)(?=\s)|\b(?:true|false)\b")
NOT = re.compile(r"!(?=[\w(])")
DECISION = re.compile(r"\b(if|while) (?=\()")
CHOICE = re.compile(r" \?(?=\s)")
NUMBER = re.compile(r"(?<![\w.])(0x[0-9A-Fa-f]+|\d+)([uUlL]*)(?![\w.])")
ANSWER = re.compile(r"\breturn ([^;]+);")
STATEMENT = re.compile(r"(?:^ +|\) |else |do )((?!(?:return|if|for|while|do|else|case|default|goto|WBI_ASSERT)\b|\(void\)\w+;)[\w(*][^;{}]*;)", re.M)
DECLARATION = re.compile(r"(?:const |static |struct |enum )*\w+[ *]+\w")
BEFORE_STATEMENT = re.compile(r"([;{}):]|\belse|\bdo)\s*\Z")


def blank(text):
    """Nothing, of the same length and lines."""
    return re.sub(r"[^\n]", " ", text)


def closing(code, start):
    """Where the parenthesis that opens at `start` is closed."""
    depth = 0
    for i in range(start, len(code)):
        depth += (code[i] == "(") - (code[i] == ")")
        if depth == 0:
            return i
    return start


def readable(text):
    """The code, with what is not to be changed blanked."""
    code = UNREAD.sub(lambda found: blank(found.group()), text)
    for found in BELIEF.finditer(code):
        end = closing(code, found.end())
        code = code[: found.end()] + blank(code[found.end() : end]) + code[end:]
    return TABLE.sub(lambda found: blank(found.group()), code)


def numbers(code, *span):
    """One more, and one less where that is none below zero."""
    for found in NUMBER.finditer(code, *span):
        value = int(found.group(1), 16 if "x" in found.group(1) else 10)
        for other in {value + 1, max(value - 1, 0)} - {value}:
            yield *found.span(), f"{other}{found.group(2)}"


def decisions(code, *span):
    """What is asked is asked, and the answer is always the same; a loop is not made endless."""
    for found in DECISION.finditer(code, *span):
        end = closing(code, found.end())
        for answer in ("true", "false") if found.group(1) == "if" else ("false",):
            yield end, end, f", {answer}"
    for found in CHOICE.finditer(code, *span):
        yield *found.span(), " || true ?"
        yield *found.span(), " && false ?"


def statements(code, *span):
    """Calls, assignments and jumps that are left out; a function that answers another thing."""
    for found in STATEMENT.finditer(code, *span):
        if BEFORE_STATEMENT.search(code[: found.start(1)][-200:]) and not DECLARATION.match(found.group(1)):
            yield *found.span(1), ";"
    for found in ANSWER.finditer(code, *span):
        if not re.fullmatch(r"true|false|NULL|\d+", found.group(1)):
            yield *found.span(1), "WB_E_INVALID" if found.group(1) == "WB_OK" else "0"


def changes(code):
    """All changes: (start, end, new)."""
    for function in FUNCTION.finditer(code):
        for found in SWAPPED.finditer(code, *function.span()):
            yield *found.span(), SWAPS[found.group()]
        for found in NOT.finditer(code, *function.span()):
            yield *found.span(), ""
        for operator in (numbers, decisions, statements):
            yield from operator(code, *function.span())
    for names in NAMES.finditer(code):
        yield from numbers(code, *names.span())


def mutants(file, text):
    """All mutants of a file, as they stand in it."""
    for start, end, new in sorted(changes(readable(text))):
        yield Mutant(file, text.count("\n", 0, start) + 1, start, end, new)


def telling(mutant, text):
    """Whether a mutant is one of those that tell most."""
    old = text[mutant.start : mutant.end]
    return old in TELLING or (mutant.new in LEFT_OUT and not NUMBER.fullmatch(old))


def mutated(mutant, text):
    """The file with the change."""
    return text[: mutant.start] + mutant.new + text[mutant.end :]


def told(mutant, text):
    """The mutant as one line."""
    first, last = text.rfind("\n", 0, mutant.start) + 1, text.index("\n", mutant.end)
    old, new = text[mutant.start : mutant.end].strip(), mutant.new.strip()
    line = f"{text[first:mutant.start]}[{old} => {new}]{text[mutant.end:last]}"
    return f"{mutant.file}:{mutant.line}: {' '.join(line.split())}"


def explained(mutant, text):
    """Whether a comment says why nothing changes: on the line, or alone above it or its function."""
    line = text.rfind("\n", 0, mutant.start) + 1
    comments = re.findall(r"/\*.*?\*/", text[line : text.index("\n", mutant.end)])
    functions = [found.start() for found in FUNCTION.finditer(readable(text))]
    for place in [line, *[start for start in functions if start <= mutant.start][-1:]]:
        comments += re.findall(r"^ */\*(?:(?!\*/).)*\*/\s*\Z", text[:place], re.S | re.M)
    return any("same: " in comment for comment in comments)
