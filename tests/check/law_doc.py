# SPDX-License-Identifier: MIT
"""Gate: docs/dates-and-law.md lists every rule and holiday of the packs: law_doc.py [--write].

The tables of the page, between their marks, are made from lib/data/law/*.json; with --write they
are written anew.
"""

import json
import sys

import check

PAGE = "docs/dates-and-law.md"
HEAD, END = "<!-- packs: made from the data -->\n", "<!-- end of packs -->\n"
MONTHS = "January February March April May June July August September October November December"
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
DAYS = dict(mon="Monday", tue="Tuesday", wed="Wednesday", thu="Thursday", fri="Friday")
DAYS |= dict(sat="Saturday", sun="Sunday")


def hours(rule):
    """Windows and bans, in words."""
    said = []
    for days, windows in rule["hours"].items():
        windows = [windows] if isinstance(windows, str) else windows
        said.append(f"{days} {', '.join(windows).replace('-', '–')}")
    bans = f"; closed on {', '.join(rule['closed_on'])}" if "closed_on" in rule else ""
    return "; ".join(said) + bans


def channels(rule):
    """The channels that a rule names, in words."""
    return f" ({', '.join(rule['channels'])})" if "channels" in rule else ""


def says(rule):
    """What a rule asks, in words."""
    kind = rule["kind"]
    if kind == "hours":
        return hours(rule)
    if kind == "cap":
        days = rule["within_days"]
        return f"at most {rule['most']} in {'24 hours' if days == 1 else f'{days} days'}"
    if kind == "consent":
        return f"consent: {rule['need']}" + channels(rule)
    if kind == "majority":
        return f"of age at {rule['years']}"
    if kind == "term":
        what = {"seen": "a completed visit in the last", "number_check": "the number checked after"}
        return f"{what[rule['of']]} {rule['months']} months" + channels(rule)
    if kind == "keywords":
        return f"{rule['set']} words: {', '.join(rule['words'])}"
    if kind == "stop":
        return "ended by a STOP to texts as well" + channels(rule)
    if kind == "authorization":
        return "what a third party pays for: the patient's authorisation"
    if kind == "value":
        most = f"{'cash and the like' if rule['of'] == 'cash' else 'gifts'}: at most ${rule['most_cents'] / 100:.2f}"
        return most + (f" in {rule['within_days']} days" if "within_days" in rule else " each")
    if kind == "disclosure":
        off = rule.get("from_basis_points", 0)
        when = {0: "", 1: " for any discount", 10000: " for what is free"}[off]
        return f"disclosure {rule['disclosure']}{when}: {rule['says']}"
    return f"an opt-out within {rule['business_days']} business days"


def holiday(feast):
    """A holiday and its day, in words."""
    month = MONTHS.split()[feast["month"] - 1] if "month" in feast else ""
    day = DAYS.get(feast.get("weekday"), "")
    if "easter" in feast:
        days = feast["easter"]
        count = "a day" if abs(days) == 1 else f"{abs(days)} days"
        when = f"{count} {'before' if days < 0 else 'after'} Easter"
    elif "nth" in feast:
        when = f"{ORDINALS[feast['nth']]} {day} of {month}"
    elif day:
        when = f"first {day} after {feast['day']} {month}"
    else:
        when = f"{feast['day']} {month}"
    more = [f"and {feast['plus']} more"] if "plus" in feast else []
    more += [f"since {feast['since']}"] if "since" in feast else []
    more += ["even years"] if feast.get("every") == 2 else []
    more += [f"observed {feast['observed'].replace('_', ' ')}"] if "observed" in feast else []
    return f"{feast['name']} ({', '.join([when, *more])})"


def cell(text):
    """Text fit for a cell of a table."""
    return text.replace("|", r"\|")


def pack(data):
    """The tables of one pack."""
    yield f"\n### `{data['pack']}`, version {data['version']}, to be reviewed by {data['review_by']}\n"
    yield "\n| rule | where | classes | says | source | in force from | |\n|---|---|---|---|---|---|---|\n"
    for rule in data["rules"]:
        until = f" to {rule['effective_to']}" if "effective_to" in rule else ""
        cells = [
            f"`{rule['id']}`",
            ", ".join(rule["regions"]),
            ", ".join(rule.get("classes", ["all"])),
            says(rule),
            rule["source"],
            rule["effective_from"] + until,
            rule["confidence"],
        ]
        yield "| " + " | ".join(map(cell, cells)) + " |\n"
    stale = data["stale"]
    yield f"\nPast its review, `{stale['id']}` binds {', '.join(stale['classes'])} too: {hours(stale)}.\n"
    for name, feasts in data.get("calendars", {}).items():
        business = "; none of them a business day" if name in data.get("not_business", []) else ""
        yield f"\nCalendar `{name}`{business}: {'; '.join(map(holiday, feasts))}.\n"


def packs(root):
    """The packs, that of the United States first."""
    paths = check.files(root, "lib/data/law/*.json")
    found = [json.loads(path.read_text()) for path in paths]
    return sorted(found, key=lambda data: (data["pack"] != "us", data["pack"]))


def made(root, page):
    """The page with its tables made anew."""
    before, _, rest = page.partition(HEAD)
    tables = "".join(line for data in packs(root) for line in pack(data))
    return before + HEAD + tables + "\n" + END + rest.partition(END)[2]


def problems(root):
    """Whether the page is as the packs would have it."""
    page = (root / PAGE).read_text()
    if HEAD not in page or END not in page:
        yield f"{PAGE}: the marks of packs are missing"
        return
    for wanted, line in zip(made(root, page).splitlines() + [""], page.splitlines() + [""]):
        if wanted != line:
            yield f"{PAGE}: run law_doc.py --write: {wanted!r} is not {line!r}"
            return


RULE = {"id": "x-hours", "kind": "hours", "regions": ["XA"], "classes": ["care"], "source": "An act"}
RULE |= {"effective_from": "2026-01-01", "confidence": "V", "hours": {"mon": "09:00-17:00"}}
PACK = {"pack": "x", "version": "1", "review_by": "2027-12-31", "rules": [RULE]}
PACK["stale"] = {"id": "s", "classes": ["care"], "hours": {"mon": "none"}}
PACK["calendars"] = {"f": [{"name": "Feast", "easter": -2}]}
TEXT = HEAD + "".join(pack(PACK)) + "\n" + END
GOOD = {"lib/data/law/x.json": json.dumps(PACK), PAGE: TEXT}
SAMPLES = [
    (GOOD, None),
    (GOOD | {PAGE: TEXT.replace("09:00–17:00", "09:00–18:00")}, "--write"),
    (GOOD | {PAGE: TEXT.replace("An act", "Another act")}, "--write"),
    (GOOD | {PAGE: TEXT.replace("2 days before", "2 days after")}, "--write"),
    (GOOD | {PAGE: "# Law\n"}, "marks"),
]

if __name__ == "__main__":
    if "--write" in sys.argv:
        target = check.ROOT / PAGE
        target.write_text(made(check.ROOT, target.read_text()))
    check.main(problems, SAMPLES)
