# SPDX-License-Identifier: MIT
"""What the bindings make of the description alike: which structs are values, what their members mean and
what they are called."""

# Structs that the layer above makes from its arguments, or that are no value of their own.
INNER = {
    *("wb_error", "wb_context_options", "wb_value", "wb_moment", "wb_source", "wb_facts_options"),
    *("wb_local", "wb_migrate_options", "ArrowSchema", "ArrowArray", "ArrowArrayStream"),
}
# Where an absent number, day or instant is 0 instead of the value that says so.
ZERO = {"wb_input", "wb_offer_use"}
# Members that may hold a patient's name, number or words: a value does not show them.
PRIVATE = {"wb_action": ("to", "subject", "preheader", "text", "html"), "wb_input": ("text",)}
MEANINGS = {"wb_date": "date", "wb_time": "time", "wb_cents": "cents"}
# What else than 0 stands for nothing.
NOTHING = {"date": "WB_DATE_NONE", "time": "WB_TIME_NONE", "cents": "WB_CENTS_NONE"}


def camel(name):
    """wb_law_rule: LawRule."""
    return "".join(part.capitalize() for part in name.removeprefix("wb_").split("_"))


def meaning(field, values):
    """How a member is read and written: (what, a detail); None: not by itself."""
    name, stars, detail = field["type"], field["pointers"], None
    if "length" in field:
        return "text" if name == "char" else "bytes", field["length"]
    if "bytes" in field:
        return "bytes", field["bytes"]
    if name == "uint8_t" and "array" in field:
        return "bytes", -field["array"]
    if "array" in field:
        return "numbers", field["array"]
    if "enum" in field:
        return "enum", camel(field["enum"])
    if name == "char" and stars:
        return ("text", None) if stars == 1 else ("texts", field["count"])
    if name in values and stars:
        return ("list", (field["count"], camel(name))) if "count" in field else ("struct", camel(name))
    if stars or name.startswith("Arrow") or name.endswith("_fn"):
        return None
    return ("double" if name == "double" else MEANINGS.get(name, "number")), detail


def fields(struct, values):
    """The members that a value shows: (its name, what, a detail, what stands for nothing, the comment)."""
    counting = {field[key] for field in struct["fields"] for key in ("length", "count") if key in field}
    hidden = counting | {"size", "reserved"}
    for field in struct["fields"]:
        bare = field["name"] == "flags" and field["about"] == "0."
        found = None if field["name"] in hidden or bare else meaning(field, values)
        if found:
            none = "0" if struct["name"] in ZERO else NOTHING.get(found[0], "0")
            yield field["name"], *found, none, field["about"]


def values(description):
    """The structs that are values, and the fields of each."""
    structs = [struct for struct in description["structs"] if struct["name"] not in INNER]
    names = {struct["name"] for struct in structs}
    return [(struct, list(fields(struct, names))) for struct in structs]


def constants(description):
    """The constants that a host may need, without their prefix."""
    for name, value in description["constants"].items():
        if name.startswith("WB_") and value is not None and not any(
                part in name for part in ("_NONE", "VERSION_M", "VERSION_P")):
            yield name.removeprefix("WB_"), value


def prefix(names):
    """What all names of an enumeration begin with, up to an underscore."""
    common = names[0]
    for name in names:
        while not name.startswith(common):
            common = common[:-1]
    common = common[: common.rfind("_") + 1] if len(names) > 1 else "WB_"
    while any(not name[len(common) :][:1].isalpha() for name in names):
        common = common[: common.rstrip("_").rfind("_") + 1]
    return common
