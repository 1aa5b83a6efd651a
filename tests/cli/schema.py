# SPDX-License-Identifier: MIT
"""The JSON Schema of campaigns: what ships and what the pages show validates, and the schema and the
compiler refuse the same documents."""
import copy
import json
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import Command, main, winback  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
TYPES = {"object": dict, "array": list, "string": str, "integer": int}
SETTINGS = ROOT / "examples/practice/practice.json"
KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type", "properties", "required",
         "additionalProperties", "propertyNames", "dependentRequired", "items", "minItems",
         "maxItems", "uniqueItems", "minProperties", "maxProperties", "minLength", "maxLength",
         "minimum", "maximum", "pattern", "enum", "const", "oneOf", "anyOf", "allOf", "if", "then",
         "else"}


class Schema:
    """As much of JSON Schema 2020-12 as the file needs; a keyword of any other kind is an error."""

    def __init__(self, text):
        self.root = json.loads(text)

    def valid(self, value, schema=None):
        """Whether a value is as a schema says."""
        schema = self.root if schema is None else schema
        if isinstance(schema, bool):
            return schema
        assert not set(schema) - KNOWN, set(schema) - KNOWN
        if "$ref" in schema:
            return self.valid(value, self.root["$defs"][schema["$ref"].rsplit("/", 1)[1]])
        kinds = schema.get("type", [])
        kinds = tuple(TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
        if kinds and (not isinstance(value, kinds) or isinstance(value, bool)):
            return False
        if "enum" in schema and value not in schema["enum"]:
            return False
        if "const" in schema and (value != schema["const"]
                                  or isinstance(value, bool) != isinstance(schema["const"], bool)):
            return False
        return self.sized(value, schema) and self.combined(value, schema) \
            and self.parts(value, schema)

    @staticmethod
    def sized(value, schema):
        """Lengths, ranges and patterns."""
        for least, most, kinds in [("minLength", "maxLength", str), ("minItems", "maxItems", list),
                                   ("minProperties", "maxProperties", dict)]:
            if isinstance(value, kinds) and not \
                    schema.get(least, 0) <= len(value) <= schema.get(most, len(value)):
                return False
        if isinstance(value, int) and not \
                schema.get("minimum", value) <= value <= schema.get("maximum", value):
            return False
        return not (isinstance(value, str) and "pattern" in schema
                    and not re.search(re.sub(r"\$$", r"\\Z", schema["pattern"]), value))

    def combined(self, value, schema):
        """What joins schemas."""
        if "oneOf" in schema and sum(self.valid(value, one) for one in schema["oneOf"]) != 1:
            return False
        if "anyOf" in schema and not any(self.valid(value, one) for one in schema["anyOf"]):
            return False
        if not all(self.valid(value, one) for one in schema.get("allOf", [])):
            return False
        if "if" in schema:
            return self.valid(value, schema.get(
                "then" if self.valid(value, schema["if"]) else "else", True))
        return True

    def parts(self, value, schema):
        """Members and elements."""
        if isinstance(value, list):
            plain = [json.dumps(one) for one in value]
            return not (schema.get("uniqueItems") and len(set(plain)) < len(plain)) \
                and all(self.valid(one, schema.get("items", True)) for one in value)
        if not isinstance(value, dict):
            return True
        known = schema.get("properties", {})
        needs = [other for name, others in schema.get("dependentRequired", {}).items()
                 if name in value for other in others]
        if not set(schema.get("required", [])) | set(needs) <= set(value):
            return False
        return all(self.valid(name, schema.get("propertyNames", True))
                   and self.valid(one, known.get(name, schema.get("additionalProperties", True)))
                   for name, one in value.items())


SMS = {"channel": "sms", "en": {"body": "{{ location.short_name }}: time to plan your next visit. "
                                        "{{ location.booking_url }} Reply STOP to opt out."}}
BASE = {
    "format": 1, "name": "c", "title": "C", "class": "care", "audience": "true",
    "segments": [{"name": "all", "where": "true"}], "exits": {"booked": "recare.booked"},
    "variants": [{"name": "one", "share": 50}, {"name": "two", "share": 50}],
    "steps": [
        {"id": "a", "send": ["t"], "on_unknown": {"call": "n", "within": {"days": 1}}},
        {"id": "w", "wait": {"days": 1, "at": "09:00", "on": ["mon-fri"]}},
        {"id": "e", "await": ["clicked", "replied", "delivered", "undelivered", "booked", "kept"],
         "within": {"days": 2}, "else": "x"},
        {"id": "b", "branch": [{"when": "recare.kind == \"perio\"", "to": "r"},
                               {"variant": "two", "to": "r"}]},
        {"id": "k", "call": "n", "within": {"hours": 5}},
        {"id": "g", "goal": "recare.booked"},
        {"id": "r", "repeat": "a", "at_most": 2},
        {"id": "x", "exit": True}],
    "texts": {"t": SMS, "n": {"channel": "call", "en": {"body": "Please call."}}}}

# Each is a path in BASE and what is put there; None takes it away.
BROKEN = [
    (["format"], 2), (["format"], None), (["name"], "C d"), (["name"], "x" * 65), (["title"], ""),
    (["title"], "a\nb"), (["other"], 1), (["class"], "urgent"), (["class"], "transactional"),
    (["subject"], "visit"), (["audience"], True), (["segments"], []), (["segments", 0, "where"], 1),
    (["segments"], [{"name": str(i), "where": "true"} for i in range(33)]),
    (["exits"], None), (["exits"], {"seen": "recare.booked"}), (["exits"], {}),
    (["touches"], 0), (["touches"], 51), (["rest_days"], -1), (["rest_days"], 3661),
    (["reentry"], "always"), (["caps"], {"day": 0}), (["caps"], {"year": 1}), (["hours"], {}),
    (["hours"], {"mon": "9-5"}), (["hours"], {"monday": "09:00-17:00"}), (["priority"], 101),
    (["holdout"], 0), (["holdout"], 51), (["variants"], [{"name": "one", "share": 100}]),
    (["capacity"], {"inside": 0}), (["capacity"], {"minutes": 50}),
    (["capacity"], {"minutes": {"hygiene": 481}}), (["salt"], "A b"), (["steps"], []),
    (["steps", 0, "send"], []), (["steps", 0, "send"], ["t", "t"]), (["steps", 0, "id"], None),
    (["steps", 0, "on_unknown"], "lost"), (["steps", 0, "on_unknown"], {}),
    (["steps", 0, "on_unknown", "within"], None), (["steps", 0, "on_unknown"], {"receipt": 1}),
    (["steps", 0, "on_unknown", "receipt"], {"days": 1}), (["steps", 0, "on_unknown"], True),
    (["steps", 0, "stale_after"], {"days": 0}),
    (["steps", 0, "within"], {"days": 1}), (["steps", 0, "exit"], True),
    (["steps", 1, "wait"], {"days": 0}), (["steps", 1, "wait"], {"days": 367}),
    (["steps", 1, "wait"], {"hours": 8785}), (["steps", 1, "wait"], {"days": 1, "hours": 1}),
    (["steps", 1, "wait"], {"days": 1, "at": "9:00"}),
    (["steps", 1, "wait"], {"days": 1, "at": "24:00"}),
    (["steps", 1, "wait"], {"hours": 1, "at": "09:00"}), (["steps", 1, "wait"], {"days": 1, "on": []}),
    (["steps", 1, "wait"], {"days": 1, "on": ["someday"]}), (["steps", 2, "within"], None),
    (["steps", 2, "await"], []), (["steps", 2, "await"], ["seen"]),
    (["steps", 2, "await"], 7 * ["booked"]), (["steps", 2, "await"], "clicked"),
    (["steps", 3, "branch"], []), (["steps", 3, "branch", 0, "to"], None),
    (["steps", 3, "branch", 0, "variant"], "one"), (["steps", 3, "branch", 1, "variant"], None),
    (["steps", 4, "within"], None), (["steps", 5, "goal"], True), (["steps", 6, "at_most"], None),
    (["steps", 6, "at_most"], 11), (["steps", 6, "at_most"], 0), (["steps", 7, "exit"], False),
    (["steps", 7, "next"], "x"), (["responses"], {"opened": {"after": {"hours": 1}, "text": "n"}}),
    (["responses"], {"asks": {"after": {"days": 1}, "text": "n"}}),
    (["responses"], {"asks": {"text": "n"}}), (["texts"], {}), (["texts", "t", "channel"], "fax"),
    (["texts", "t", "en"], None), (["texts", "t", "en"], {"subject": "a", "body": "b"}),
    (["texts", "t", "register"], "loud"), (["texts", "n", "register"], "detail"),
    (["texts", "t", "instead"], []), (["texts", "t", "instead"], [{"text": "n"}]),
    (["fallback"], "t"), (["guardian"], "t"),
]


# The same of the demo practice's settings.
WORDS = ["wording", "unscheduled-treatment", "call-neutral", "en"]
BROKEN_SETTINGS = [
    (["other"], 1), (["practice", "name"], None), (["practice", "name"], ""),
    (["practice", "name"], "a\tb"), (["practice", "key"], 65 * "k"),
    (["practice", "secret"], 31 * "0"), (["practice", "secret"], 32 * "g"), (["locations"], []),
    (["locations"], {}), (["locations", 1, "key"], None), (["locations", 0, "zone"], ""),
    (["locations", 0, "region"], "US-NEWYORK"), (["locations", 0, "fax"], "1"),
    (["locations", 0, "booking_url"], "http://book.example.com"),
    (["locations", 0, "link_url"], "http://go.example.com/"), (["locations", 0, "link_url"], "https://go.example.com/" + "x" * 2025),
    (["locations", 0, "link_url"], "https://go.example.com"), (["locations", 0, "link_url"], "https://go.example.com="),
    (["locations", 0, "link_url"], "https://go.example.com/b"), (["locations", 0, "link_url"], "https:///"),
    (["locations", 0, "hours", "mon"], ["08:00"]), (["locations", 0, "hours", "day"], []),
    (["locations", 0, "hours", "mon"], ["8:00", "17:00"]), (["recare"], {"prophy": "six"}),
    (["recare"], {"bands": [6, 9]}), (["recare"], {"bands": [0, 9, 12]}),
    (["recare"], {"child_age": 0}), (["outreach"], {"per_day": 9}), (["outreach"], {"hours": {}}),
    (["outreach"], {"hours": {"mon": "9-5"}}), (["outreach"], {"hours": {"mon": ["none"]}}),
    (["desk", "calls_per_day"], 0), (["desk", "calls_per_day"], "10"), (["desk", "calls"], 1),
    (["openings"], {"hold_minutes": 4}), (["offers"], {"Spring": {}}), (["offers"], {"a": 1}),
    (["playbooks", "household-seasons", "caps"], {"year": 1}),
    (["playbooks", "household-seasons", "priority"], 101),
    (["playbooks", "household-seasons", "reentry"], "always"),
    (["playbooks", "household-seasons"], 5), (WORDS, 5), (WORDS, {}), (WORDS, {"text": "a"}),
    (WORDS[:3], {}), (WORDS[:3], {"E N": "a"}),
]


def changed(path, value, base=None):
    """BASE, or another document, with one place changed."""
    made = copy.deepcopy(BASE if base is None else base)
    place = made
    for name in path[:-1]:
        place = place[name]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return made


class Schemas(Command):
    """What `winback check --schema` prints."""

    def setUp(self):
        done = winback("check", "--schema")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.schema = Schema(done.stdout)

    def test_what_ships_validates(self):
        files = sorted((ROOT / "lib/data/playbooks").glob("*.json"))
        files += sorted((ROOT / "lib/data/notices").glob("*.json"))
        self.assertGreater(len(files), 5)
        for path in files:
            self.assertTrue(self.schema.valid(json.loads(path.read_text())), path.name)

    def test_settings_validate_and_are_refused_with_the_schema(self):
        schema = Schema(winback("check", "--schema", "settings").stdout)
        settings = json.loads(SETTINGS.read_text())
        self.assertTrue(schema.valid(settings))
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "practice.json"
            for path, value in BROKEN_SETTINGS:
                broken = changed(path, value, settings)
                file.write_text(json.dumps(broken))
                done = winback("check", str(file))
                self.assertEqual((done.returncode, done.stderr), (1, ""), f"{path} {value}")
                self.assertIn(": settings: ", done.stdout)
                self.assertFalse(schema.valid(broken), f"{path} {value}")

    def test_what_the_pages_show_validates(self):
        seen = 0
        for path in sorted((ROOT / "docs").glob("*.md")):
            for block in re.findall(r"^```json\n(.*?)^```$", path.read_text(), re.M | re.S):
                if '"steps"' not in block or '"format"' not in block:
                    continue
                seen += 1
                self.assertTrue(self.schema.valid(json.loads(block)), f"{path.name}: {block[:60]}")
        self.assertGreaterEqual(seen, 1)

    def test_schema_and_compiler_agree(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "c.json"
            file.write_text(json.dumps(BASE))
            done = winback("check", str(file))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertTrue(self.schema.valid(BASE))
            for path, value in BROKEN:
                broken = changed(path, value)
                file.write_text(json.dumps(broken))
                done = winback("check", str(file))
                where = f"{path} {value}"
                self.assertEqual(done.returncode, 1, where)
                self.assertIn("campaign", done.stdout, where)
                self.assertFalse(self.schema.valid(broken), where)


if __name__ == "__main__":
    main()
