# SPDX-License-Identifier: MIT
"""Gate: what hosts were compiled against is still there: interface.py [--accept | --self-test].

tests/data/abi/interface.txt has a line for every function with its signature, constant, number of an
enum, callback, alias and struct, and for each member its type and where it lies with 64 and with 32
bits, as the compiler says. What differs is an addition or a break. --accept writes the file anew, unless
there is a break: for that, raise soversion in lib/meson.build, and begin a new file.
"""

import re
import subprocess
import sys

import check

sys.path.insert(0, str(check.ROOT / "bindings"))
import generate  # noqa: E402

GOLDEN = "tests/data/abi/interface.txt"
TARGETS = ("x86_64-linux-gnu", "i686-linux-gnu")
# What every release changes.
MOVES = re.compile(r"constant WB_(VERSION_\w+|FORMAT_NEWEST)")


def spelled(field):
    """A TYPE as C has it."""
    return ("const " if field["const"] else "") + field["type"] + " *" * field["pointers"]


def signature(one):
    """Result and arguments of a function or callback."""
    taken = ", ".join(f"{spelled(each)} {each['name']}" for each in one["arguments"])
    return f"{spelled(one['result'])} ({taken or 'void'})"


def measured(root, structs, target):
    """What the compiler says of each struct: size, alignment, and where each member lies."""
    wanted = []
    for struct in structs:
        name = f"struct {struct['name']}"
        wanted += [f"sizeof({name})", f"_Alignof({name})"]
        wanted += [f"__builtin_offsetof({name}, {field['name']})" for field in struct["fields"]]
    source = "#include <winback/winback.h>\nconst unsigned measured[] = {" + ", ".join(wanted) + ", 1};\n"
    command = [check.tool("clang"), f"--target={target}", "-ffreestanding", "-S", "-o", "-", "-x", "c",
               f"-I{root / 'include'}", "-"]
    made = subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout
    words = re.findall(r"\.(long|zero)\s+(\d+)", made[made.index("\nmeasured:"):])
    numbers = []
    for word, value in words:
        numbers += [int(value)] if word == "long" else [0] * (int(value) // 4)
    return iter(numbers[:len(wanted)])


def interface(root):
    """Every line, as {name: what it is}."""
    said = generate.describe(root / "include/winback")
    lines = {f"alias {name}": old for name, old in said["aliases"].items()}
    lines |= {f"constant {name}": value for name, value in said["constants"].items()}
    for enum in said["enums"]:
        lines |= {f"enum {enum['name']} {name}": value for name, value in enum["members"].items()}
    lines |= {f"handle {name}": "" for name in said["handles"]}
    for kind in ("callback", "function"):
        lines |= {f"{kind} {one['name']}": signature(one) for one in said[kind + "s"]}
    by_target = [measured(root, said["structs"], target) for target in TARGETS]
    for struct in said["structs"]:
        sizes, alignments = ([next(numbers) for numbers in by_target] for _ in range(2))
        lines[f"struct {struct['name']}"] = f"size {sizes}, alignment {alignments}"
        for field in struct["fields"]:
            array = f"[{field['array']}]" if "array" in field else ""
            at = [next(numbers) for numbers in by_target]
            lines[f"member {struct['name']}.{field['name']}"] = f"{spelled(field)}{array} at {at}"
    return {name: str(value) for name, value in lines.items()}


def read(root):
    """The lines that were accepted."""
    path = root / GOLDEN
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return dict(line.partition(": ")[::2] for line in lines)


def numbers_of(text, word):
    """Numbers in brackets behind a word: one a target."""
    return [int(number) for number in re.search(rf"\b{word} \[([\d, ]+)\]", text).group(1).split(",")]


def grows(old, struct):
    """Whether a struct may get members at its end: whoever makes it says how long it is."""
    return old.get(f"member {struct}.size", "").endswith("at [0, 0]")


def allowed(old, name, now):
    """Whether what is new, or other than before, leaves all compiled hosts as they were."""
    kind, of = name.split(" ")[:2]
    before, struct = old.get(name), of.partition(".")[0]
    if before is None and kind == "member" and f"struct {struct}" in old:
        sizes, place = numbers_of(old[f"struct {struct}"], "size"), numbers_of(now, "at")
        given = f"member {struct}.reserved" in old and old[f"member {struct}.reserved"] == now
        return given or (grows(old, struct) and all(at >= size for at, size in zip(place, sizes)))
    if before is None or MOVES.fullmatch(name):
        return True
    if kind != "struct" or not grows(old, struct):
        return False
    aligned = numbers_of(before, "alignment") == numbers_of(now, "alignment")
    return aligned and all(a <= b for a, b in zip(numbers_of(before, "size"), numbers_of(now, "size")))


def gone(old, new, name):
    """Whether something is missing; a member that was reserved has got a name."""
    if name in new:
        return False
    given = [other for other in new if other not in old and new[other] == old[name]]
    return not (name.endswith(".reserved") and given)


def differences(root):
    """What is a break, and what is an addition."""
    old, new = read(root), interface(root)
    breaks = [f"{name} is gone" for name in old if gone(old, new, name)]
    additions = []
    for name, now in new.items():
        if old.get(name) == now:
            continue
        what = f"{name} was {old[name]}, is {now}" if name in old else f"{name} is new: {now}"
        if name in old and name.startswith("struct "):
            what += "; the least size that the library takes stays what it was"
        (additions if allowed(old, name, now) else breaks).append(what)
    return breaks, additions


def problems(root):
    """Every difference, and what to do about it."""
    try:
        breaks, additions = differences(root)
    except generate.Unreadable as error:
        yield f"include/winback: {error}"
        return
    yield from (f"a break: {one}" for one in breaks)
    yield from (f"run tests/check/interface.py --accept: {one}" for one in additions)


def accept(root):
    """Writes the lines anew; the breaks that stand in the way."""
    breaks, _ = differences(root)
    if not breaks:
        lines = "".join(f"{name}: {value}\n" for name, value in interface(root).items())
        (root / GOLDEN).write_text(lines, encoding="utf-8")
    return breaks


def mutated(header, pattern, replacement):
    """The headers of this tree, one of them changed, beside the lines that were accepted."""
    paths = check.ROOT.glob("include/winback/*.h")
    tree = {f"include/winback/{path.name}": path.read_text(encoding="utf-8") for path in paths}
    name = f"include/winback/{header}.h"
    tree[name], count = re.subn(pattern, replacement, tree[name], count=1, flags=re.S)
    if pattern and not count:
        raise ValueError(f"{name} has no {pattern}")
    return {**tree, GOLDEN: (check.ROOT / GOLDEN).read_text(encoding="utf-8")}


def samples():
    """Every kind of break, done to the headers as they are; None: nothing is wrong."""
    function = r"WB_API wb_status WB_CALL wb_date_months\([^;]*;"
    added = "WB_API wb_status WB_CALL wb_date_never(wb_date date);\n"
    return [
        (mutated("date", r"", ""), None),
        (mutated("date", function, ""), "a break: function wb_date_months is gone"),
        (mutated("date", r"wb_date_months\(wb_date", "wb_date_months(uint32_t"), "a break: function wb_date_months"),
        (mutated("date", r"wb_date_months\(", "wb_date_months(int32_t more, "), "a break: function wb_date_months"),
        (mutated("practice", r"wb_practice_free\(wb_practice", "wb_practice_free(wb_facts"),
         "a break: function wb_practice_free"),
        (mutated("date", "(?=" + function + ")", added), "--accept: function wb_date_never is new"),
        (mutated("date", r"typedef int32_t wb_date;", "typedef int64_t wb_date;"), "a break: alias wb_date"),
        (mutated("base", r"WB_E_RANGE = -3", "WB_E_RANGE = -33"), "a break: enum wb_status_code WB_E_RANGE"),
        (mutated("practice", r"WB_KEY_MAX 64", "WB_KEY_MAX 65"), "a break: constant WB_KEY_MAX"),
        (mutated("practice", r"WB_FORMAT_NEWEST 1u", "WB_FORMAT_NEWEST 2u"), "--accept: constant WB_FORMAT_NEWEST"),
        (mutated("practice", r"(wb_replay \{.*?)(  uint64_t used;)", r"\1  uint64_t put; /**< X. */\n\2"),
         "a break: member wb_replay.put"),
        (mutated("practice", r"(wb_replay \{.*?)(\n\} wb_replay;)", r"\1\n  uint64_t more; /**< X. */\2"),
         "--accept: member wb_replay.more"),
        (mutated("practice", r"(wb_replay \{.*?)uint64_t used;", r"\1uint32_t used;"), "a break: member wb_replay.used"),
        (mutated("practice", r"uint64_t applied;", "int64_t applied;"), "a break: member wb_replay.applied"),
        (mutated("practice", r"  uint64_t skipped;[^\n]*\n", ""), "a break: member wb_replay.skipped is gone"),
        (mutated("practice", r"(wb_replay \{.*?)uint64_t used;", r"\1__attribute__((aligned(32))) uint64_t used;"),
         "include/winback: "),
        (mutated("benefit", r"(wb_period \{.*?)(\n\} wb_period;)", r"\1\n  int64_t more; /**< X. */\2"),
         "a break: struct wb_period"),
        (mutated("zone", r"(wb_local \{.*?)(\n\} wb_local;)", r"\1\n  int32_t more; /**< X. */\2"),
         "a break: member wb_local.more"),
        (mutated("practice", r"(\*wb_sync_fn\)\(void \*user)", r"\1, uint32_t more"), "a break: callback wb_sync_fn"),
    ]


if __name__ == "__main__":
    if "--accept" in sys.argv:
        found = accept(check.ROOT)
        print("\n".join(found))
        sys.exit(1 if found else 0)
    check.main(problems, samples() if "--self-test" in sys.argv else [])
