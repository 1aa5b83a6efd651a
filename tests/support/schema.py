# SPDX-License-Identifier: MIT
"""A file of C with its mutants in it, one of which is chosen when a program starts (mutant schemata).

A function with mutants becomes as many copies, each with one change, and under its name one that calls the
copy of the number in the environment (WBI_MUTANT). Mutants outside of functions are not in it.
"""

import re

from mutants import FUNCTION, readable

CHOICE = """extern char *getenv(const char *);
extern int atoi(const char *);
static int wbi_mutant;
__attribute__((constructor)) static void wbi_mutant_choose(void) {
  const char *number = getenv("WBI_MUTANT");
  wbi_mutant = number ? atoi(number) : 0;
}
"""
PARAMETER = re.compile(r"\(\*(\w+)\)|(\w+)(?:\[[^]]*\])*$")
BROKEN = re.compile(r"^mutant-(\d+):[\d:]+ (?:fatal )?error:", re.M)
LABEL = re.compile(r"^(\.L\w+):$", re.M)


def opening(code, end):
    """Where the parenthesis that closes right before `end` is opened."""
    depth = 0
    for i in range(end - 1, -1, -1):
        depth += (code[i] == ")") - (code[i] == "(")
        if depth == 0:
            return i
    return 0


def parameters(text, headers):
    """The names of what a function takes; those that a macro of the headers stands for."""
    macro = re.search(rf"#define {re.escape(text)}\s((?:.*\\\n)*.*)", headers)
    text, depth, names = macro.group(1).replace("\\", "") if macro else text, 0, [""]
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        names = [*names, ""] if sign == "," and not depth else [*names[:-1], names[-1] + sign]
    found = (PARAMETER.search(name.strip()) for name in names)
    return [one.group(1) or one.group(2) for one in found if one and one.group() != "void"]


def choosing(code, text, function, found, headers):
    """A function as its copies and one that chooses; found: its mutants by number."""
    start, end = function.span()
    body = code.index("{", start)
    head = code[start:body].rstrip()
    first = opening(head, len(head))
    name = re.search(r"\w+$", head[:first])
    line = text.count("\n", 0, start) + 1

    def copy(number, changed):
        place = start + name.start()
        static = "" if re.search(r"\bstatic\b", head) else "static "
        return (f'# {line} "mutant-{number}"\n__attribute__((noinline)) {static}{text[start:place]}wbi_{number}_'
                f"{changed[place:len(changed) - len(text) + end]}\n")

    names = ", ".join(parameters(head[first + 1 : -1], headers))
    said, call = text[start : start + len(head)], f"{name.group()}({names});"
    cases = "".join(f"  case {number}: return wbi_{number}_{call}\n" for number in found)
    return (f'{said};\n{copy(0, text)}'
            + "".join(copy(number, text[: one.start] + one.new + text[one.end :]) for number, one in found.items())
            + f'# 1 "choice"\n{said} {{\n  switch (wbi_mutant) {{\n{cases}  default: return wbi_0_{call}\n  }}\n}}\n')


def schema(text, found, headers=""):
    """The file with its mutants, given by number; and the numbers of those that it holds."""
    text = text.replace("WBI_INLINE", " " * len("WBI_INLINE"))  # or each copy of who calls holds every copy
    code, said, past, held = readable(text), CHOICE, 0, set()
    for function in FUNCTION.finditer(code):
        start, end = function.span()
        inside = {number: one for number, one in found.items() if start <= one.start and one.end <= end}
        if inside:
            said += text[past:start] + choosing(code, text, function, inside, headers)
            past, held = end, held | set(inside)
    return said + text[past:], held


def broken(said):
    """The numbers of the mutants that the compiler speaks against."""
    return {int(number) for number in BROKEN.findall(said)}


def equal(assembly):
    """The numbers of the mutants of which the compiler makes what it makes of the function as it is."""
    made = {}
    for found in re.finditer(r"^wbi_(\d+)_(\w+):\n(.*?)^\t\.size\twbi_\1_\2,", assembly, re.S | re.M):
        number, name, body = found.groups()
        labels = {label: f".L{place}" for place, label in enumerate(LABEL.findall(body))}
        made[int(number), name] = re.sub(r"\.L\w+", lambda label: labels.get(label.group(), label.group()), body)
    return {number for (number, name), body in made.items() if number and body == made.get((0, name))}
