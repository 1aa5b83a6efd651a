# SPDX-License-Identifier: MIT
"""The declarations of the Ruby binding, made from the description of bindings/generate.py.

`lib/winback/declarations.rb` is the C interface as Fiddle needs it, and for each struct the FIELDS that
say how a member is read and written; `lib/winback/values.rb` has an enumeration for each of C, and a
class for each struct that is a value; `sig/values.rbs` their types.
"""

import textwrap

from meanings import PRIVATE, camel, constants, prefix, values

# Letters of Array#pack. An argument that is a pointer is "p": bytes, or an address.
LETTERS = {
    "int": "l", "int32_t": "l", "int64_t": "q", "uint8_t": "C", "uint16_t": "S", "uint32_t": "L",
    "uint64_t": "Q", "size_t": "J", "double": "d", "void": "",
}
# Types of what a member is, and what stands for nothing.
RUBY = {"text": ("String", '""'), "bytes": ("String", '"".b'), "date": ("Date?", "nil"),
        "time": ("Time?", "nil"), "cents": ("Integer?", "nil"), "number": ("Integer", "0"),
        "double": ("Float", "0.0"), "numbers": ("Array[Integer]", "[]"), "texts": ("Array[String]", "[]")}
# What every object of Ruby answers to: no member may be called so.
TAKEN = {"class", "display", "dup", "freeze", "hash", "inspect", "method", "object_id", "send", "tap", "then", "with"}


def comment(text, indent):
    """Lines of a comment."""
    pad = " " * indent + "# "
    return textwrap.wrap(text, 110, initial_indent=pad, subsequent_indent=pad, break_long_words=False,
                         break_on_hyphens=False)


def symbol(name):
    """A name as Ruby writes a symbol."""
    return f":{name}"


def wrapped(words, indent, before="", after="", hang=2):
    """Words with commas between them, as lines that end at a comma."""
    pad, text = " " * indent, before + ",\n".join(words) + after
    lines = textwrap.wrap(text.replace(" ", "\0"), 110, initial_indent=pad, subsequent_indent=pad + " " * hang,
                          break_long_words=False, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in lines]


def own(name):
    """A member's name."""
    if name in TAKEN:
        raise ValueError(f"a member is called {name}")
    return name


def table(name, about, rows):
    """A constant that is a frozen Hash."""
    return ["", f"    # {about}", f"    {name} = {{", *(f"      {row}," for row in rows), "    }.freeze"]


class Letters:
    """C types as Array#pack and Fiddle have them."""

    def __init__(self, description):
        self.aliases = description["aliases"]
        self.callbacks = {callback["name"] for callback in description["callbacks"]}

    def of(self, kind, pointer="J"):
        """The letter of a type."""
        if kind["pointers"] or kind["type"] in self.callbacks:
            return pointer
        return LETTERS[self.aliases.get(kind["type"], kind["type"])]

    def member(self, field):
        """A member of a struct: arrays have their length, those of bytes are one text."""
        if "array" not in field:
            return self.of(field)
        letter = "a" if field["type"] in ("char", "uint8_t") else self.of(field)
        return f"{letter}{field['array']}"


def detailed(what, detail):
    """The detail of a member as Ruby."""
    if detail is None:
        return "nil"
    if what == "list":
        return f"[{', '.join(map(symbol, detail))}]"
    return str(detail) if isinstance(detail, int) else symbol(detail)


def interface(description):
    """The text of declarations.rb."""
    letters = Letters(description)
    lines = [
        "# SPDX-License-Identifier: MIT", "# frozen_string_literal: true", "",
        "module Winback", "  # The C interface as Fiddle needs it. Made by bindings/generate.py from the headers.",
        "  module Declarations", f"    VERSION = [{description['version'].replace('.', ', ')}].freeze", ""]
    lines += [f"    {name} = {value}" for name, value in description["constants"].items()
              if isinstance(value, int) and name.startswith("WB_")]
    lines += [f"    {name} = {value}" for enum in description["enums"] for name, value in enum["members"].items()]
    lines += table("STRUCTS", "Every struct: its members and their letters.", [
        "\n".join([f"{struct['name']}: {{", *wrapped(
            [f'{field["name"]}: "{letters.member(field)}"' for field in struct["fields"]], 8, hang=0), "      }"])
        for struct in description["structs"]])
    lines += table("CALLBACKS", "Every callback: what it returns, what it takes.", [
        f'{callback["name"]}: ["{letters.of(callback["result"])}", '
        f'"{"".join(letters.of(argument) for argument in callback["arguments"])}"]'
        for callback in description["callbacks"]])
    lines += table("FUNCTIONS", "Every function: what it returns, what it takes.", [
        f'{function["name"]}: ["{letters.of(function["result"])}", '
        f'"{"".join(letters.of(argument, "p") for argument in function["arguments"])}"]'
        for function in description["functions"]])
    rows = []
    for struct, fields in values(description):
        parts = [f"\n        [:{own(name)}, :{what}, {detailed(what, detail)}, {none}],"
                 for name, what, detail, none, _ in fields]
        rows.append(f"{struct['name']}: [{''.join(parts)}\n      ]")
    lines += table("FIELDS", "Of each value: the member, what it is, a detail, and what stands for nothing.", rows)
    lines += table("VALUES", "The struct of each class of values.", [
        f"{camel(struct['name'])}: :{struct['name']}" for struct, _ in values(description)])
    return "\n".join([*lines, "  end", "end", ""])


def snake(name):
    """LawRule: law_rule, the name of a type; class_, since class is a word of the language."""
    snaked = "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")
    return snaked + "_" * (snaked == "class")


def typed(what, detail):
    """Type and default of a member of a value."""
    if what == "enum":
        return f"{snake(detail)} | Integer", "0"
    if what == "list":
        return f"Array[{detail[1]}]", "[]"
    if what == "struct":
        return f"{detail}?", "nil"
    return RUBY[what]


def members(enum):
    """The names and numbers of an enumeration."""
    cut = len(prefix(list(enum["members"])))
    return {name[cut:].lower(): value for name, value in enum["members"].items()}


def public(description):
    """The text of values.rb."""
    lines = [
        "# SPDX-License-Identifier: MIT", "# frozen_string_literal: true", "",
        'require_relative "value"', "",
        "# Enumerations and values. Made by bindings/generate.py from the headers.", "#",
        '# Texts that are absent are "", bytes "".b, days, instants and amounts nil. A number of an enumeration',
        "# that a newer library made stays a number.",
        "module Winback"]
    for name, value in constants(description):
        lines.append(f"  {name} = {value}" if isinstance(value, int) else f'  {name} = "{value}"')
    names = []
    for enum in description["enums"]:
        names.append(camel(enum["name"]))
        about = [""] + comment(enum["about"], 2)
        pairs = [f"{name}: {value}" for name, value in members(enum).items()]
        lines += [*about, *wrapped(pairs, 2, f'{names[-1]} = Enum.new("{names[-1]}", ', ")")]
    for struct, fields in values(description):
        names.append(camel(struct["name"]))
        if names[-1] in names[:-1]:
            raise ValueError(f"two things are called {names[-1]}")
        lines += ["", *comment(struct["about"], 2), f"  class {names[-1]} < Value"]
        for name, what, detail, _, about in fields:
            lines += [*comment(about, 4), f"    member :{own(name)}, {detail if what == 'enum' else typed(what, detail)[1]}"]
        if struct["name"] in PRIVATE:
            lines += ["", f"    hidden {', '.join(map(symbol, PRIVATE[struct['name']]))}"]
        lines.append("  end")
    return "\n".join([*lines, "end", ""])


def signatures(description):
    """The text of values.rbs."""
    lines = ["# SPDX-License-Identifier: MIT", "# Types of lib/winback/values.rb. Made by bindings/generate.py.", "",
             "module Winback"]
    lines += [f"  {name}: {'Integer' if isinstance(value, int) else 'String'}"
              for name, value in constants(description)]
    for enum in description["enums"]:
        name = camel(enum["name"])
        words = " | ".join(symbol(member) for member in members(enum))
        lines += ["", *textwrap.wrap(f"type {snake(name)} = {words}", 110, initial_indent="  ",
                                     subsequent_indent="    "), f"  {name}: Enum"]
    for struct, fields in values(description):
        found = [(name, *typed(what, detail)) for name, what, detail, _, _ in fields]
        lines += ["", f"  class {camel(struct['name'])} < Value"]
        lines += [f"    attr_reader {name}: {kind}" for name, kind, _ in found]
        lines += wrapped([f"?{name}: {kind}" for name, kind, _ in found], 4, "def initialize: (", ") -> void")
        lines.append("  end")
    return "\n".join([*lines, "end", ""])


def write(description):
    """The files of this binding and their texts."""
    return {"lib/winback/declarations.rb": interface(description), "lib/winback/values.rb": public(description),
            "sig/values.rbs": signatures(description)}
