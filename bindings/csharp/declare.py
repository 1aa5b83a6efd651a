# SPDX-License-Identifier: MIT
"""The declarations of C#, made from the description of bindings/generate.py.

`Native.cs` is the C interface under C's names: constants, enumerations, structs of the same layout,
delegates for callbacks, a SafeHandle for each kind of object, and every function, by name. What
each is for stands in the headers.
"""

import textwrap

SCALARS = {
    "int": "int", "int32_t": "int", "int64_t": "long", "uint8_t": "byte", "uint16_t": "ushort",
    "uint32_t": "uint", "uint64_t": "ulong", "size_t": "UIntPtr", "double": "double", "char": "byte",
}
WORDS = set("""abstract as base bool break byte case catch char checked class const continue decimal default
    delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in
    int interface internal is lock long namespace new null object operator out override params private protected
    public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true
    try typeof uint ulong unchecked unsafe ushort using virtual void volatile while""".split())


def own(name):
    """A name that is no word of C#."""
    return "@" + name if name in WORDS else name


def handle(name):
    """wb_schema: SchemaHandle."""
    return name.removeprefix("wb_").capitalize() + "Handle"


class Types:
    """C types as C# spells them."""

    def __init__(self, description):
        self.aliases = description["aliases"]
        self.handles = set(description["handles"])
        self.callbacks = {callback["name"] for callback in description["callbacks"]}

    def pointer(self, kind):
        """A type in memory: plain, so that structs are blittable."""
        name, stars = kind["type"], kind["pointers"]
        if name in self.callbacks:
            return "IntPtr"
        if name in self.handles:
            return "IntPtr" + "*" * (stars - 1)
        return SCALARS.get(self.aliases.get(name, name), name) + "*" * stars

    def argument(self, kind):
        """A type in a call: objects are held by the call while it runs."""
        name, stars = kind["type"], kind["pointers"]
        if name in self.callbacks:
            return name
        if name in self.handles:
            return ("out " if stars == 2 else "") + handle(name)
        return self.pointer(kind)


def struct(types, found):
    """A struct of the same layout."""
    yield "  [StructLayout(LayoutKind.Sequential)]"
    yield f"  public unsafe struct {found['name']} {{"
    for field in found["fields"]:
        kind = types.pointer(field)
        if "array" in field:
            yield f"    public fixed {kind} {own(field['name'])}[{field['array']}];"
        else:
            yield f"    public {kind} {own(field['name'])};"
    yield "  }"


def wrapped(head, arguments, tail):
    """A declaration over as many lines as it needs."""
    return textwrap.wrap(f"    {head}({', '.join(arguments)}){tail}", 100, subsequent_indent="      ",
                         break_long_words=False)


def function(types, found):
    """A function; those that count references take the bare address."""
    counts = found["name"].endswith(("_ref", "_unref", "_free"))
    spell = types.pointer if counts else types.argument
    arguments = [f"{spell(each)} {own(each['name'])}" for each in found["arguments"]]
    yield "    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]"
    yield from wrapped(f"public static extern {types.pointer(found['result'])} {found['name']}", arguments, ";")


def holder(name, frees):
    """The SafeHandle of an object."""
    return f"""
  /// <summary>Holds a {name}; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class {handle(name)} : SafeHandle {{
    /// <summary>Stands for NULL.</summary>
    public static readonly {handle(name)} None = new {handle(name)}();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public {handle(name)}() : base(IntPtr.Zero, true) {{ }}
    public override bool IsInvalid {{ get {{ return handle == IntPtr.Zero; }} }}
    protected override bool ReleaseHandle() {{ Native.{frees}(handle); return true; }}
  }}"""


def constants(description):
    """Numbers and texts."""
    for name, value in sorted(description["constants"].items()):
        if name.startswith("WB_") and isinstance(value, str):
            yield f'    public const string {name} = "{value}";'
        elif name.startswith("WB_") and value is not None:
            yield f"    public const {'long' if abs(value) > 2**31 else 'int'} {name} = {value};"


def native(description):
    """The text of Native.cs: by name, so that headers may be put in another order."""
    types = Types(description)
    enums, structs, callbacks, functions = (
        sorted(description[kind], key=lambda found: found["name"])
        for kind in ("enums", "structs", "callbacks", "functions"))
    names = {found["name"] for found in functions}
    lines = ["// SPDX-License-Identifier: MIT",
             "// The C interface as C# sees it. Made by bindings/generate.py from the headers.",
             "using System;", "using System.Runtime.InteropServices;", "", "namespace Winback {"]
    for enum in enums:
        lines += [f"  public static class {enum['name']} {{"]
        lines += [f"    public const int {name} = {value};" for name, value in enum["members"].items()] + ["  }", ""]
    for found in structs:
        lines += [*struct(types, found), ""]
    for callback in callbacks:
        arguments = [f"{types.pointer(each)} {own(each['name'])}" for each in callback["arguments"]]
        lines += ["  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]"]
        lines += wrapped(f"public unsafe delegate {types.pointer(callback['result'])} {callback['name']}",
                         arguments, ";") + [""]
    for name in sorted(description["handles"]):
        frees = name + ("_unref" if name + "_unref" in names else "_free")
        lines.append(holder(name, frees))
    lines += ["", "  /// <summary>Every function of the library.</summary>", "  public static unsafe class Native {",
              '    const string Library = "winback"; // winback.dll, libwinback.so', "", *constants(description)]
    for found in functions:
        lines += ["", *function(types, found)]
    sizes = [f'      {{"{found["name"]}", sizeof({found["name"]})}},' for found in structs
             if found["name"].startswith("wb_")]
    lines += ["", "    /// <summary>The size of each struct here; wb_struct_size has that of the library.</summary>",
              "    public static readonly System.Collections.Generic.Dictionary<string, int> Sizes =",
              "        new System.Collections.Generic.Dictionary<string, int> {", *sizes, "    };", "  }", "}"]
    return "\n".join(lines) + "\n"


def write(description):
    """The files of this binding and their texts."""
    return {"Native.cs": native(description)}
