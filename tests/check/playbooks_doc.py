# SPDX-License-Identifier: MIT
"""Gate: docs/playbooks.md shows the playbooks that ship, and every need of the product is served.

playbooks_doc.py [--write] makes what stands between the marks from lib/data/playbooks and
tests/data/needs.csv: what the product is for, row by row, and what serves it.
"""

import csv
import json
import re
import sys

import check

PAGE = "docs/playbooks.md"
FOLDER, NEEDS = "lib/data/playbooks", "tests/data/needs.csv"
SHARED = "lib/data/texts/shared.json"
HEAD, END = "<!-- playbooks: made from the files -->\n", "<!-- end of playbooks -->\n"
CHANNELS = {"sms": "SMS", "email": "e-mail", "call": "call", "postcard": "postcard",
            "page": "secure page"}

LINK = re.compile(r"\[[^]]+\]\([\w-]+\.md\)")


def valued(value, parameters):
    """A playbook with the defaults of its parameters, but for seasons; without members left out."""
    if isinstance(value, list):
        return [valued(one, parameters) for one in value]
    if isinstance(value, dict):
        made = {name: one if name in ("texts", "parameters") else valued(one, parameters)
                for name, one in value.items()}
        return {name: one for name, one in made.items() if one is not None}
    if not isinstance(value, str):
        return value
    if value[1:] in parameters and not isinstance(parameters[value[1:]]["default"], list):
        return parameters[value[1:]]["default"]
    for name, one in parameters.items():
        if not isinstance(one["default"], list):
            value = value.replace(f"${name}", str(one["default"]))
    return value


def playbooks(root):
    """All playbooks, by the use case that each names first."""
    found = [json.loads(path.read_text()) for path in sorted((root / FOLDER).glob("*.json"))]
    shared = root / SHARED
    ours = json.loads(shared.read_text()) if shared.exists() else {}
    for one in found:
        named = one.get("fallback", []) + one.get("guardian", [])
        named += [one[member] for member in ("page", "postcard") if member in one]
        named += [response["text"] for response in one.get("responses", {}).values()]
        for name in named:
            one["texts"].setdefault(name, ours.get(name))
    found = [valued(one, one.get("parameters", {})) for one in found]
    return sorted(found, key=lambda playbook: (playbook["serves"][0], playbook["name"]))


# Fields as people read them.
PLAIN = {
    '{{ patient.name | default: "there" }}': "NAME",
    '{{ patient.name | default: "your child" }}': "NAME",
    '{{ patient.name | default: "Your child" }}': "NAME",
    '{{ patient.name | default: "su hijo o hija" }}': "NAME",
    "{% if patient.name != blank %} {{ patient.name }}{% endif %}": " NAME",
    "{{ location.short_name }}": "PRACTICE", "{{ location.name }}": "PRACTICE",
    "{{ message.link }}": "LINK", "{{ location.address }}": "ADDRESS",
    "{% if location.phone != blank %} at {{ location.phone | phone }}{% endif %}": " at PHONE",
    "{% if location.phone != blank %} al {{ location.phone | phone }}{% endif %}": " al PHONE",
    '{{ slot.start | date: "%A, %B %-d, %-I:%M %p" }}': "DAY AND TIME",
    '{{ slot.start | date: "%-d de %B, %-I:%M %p" }}': "DAY AND TIME",
    "{% if message.again %}Reply {% else %}Msg frequency varies. Msg&data rates may apply. "
    "Reply HELP for help, {% endif %}STOP to opt out.": "ENDING",
    "{% if message.again %}Responda STOP o ALTO para no recibir mensajes.{% else %}Frecuencia "
    "variable; pueden aplicarse tarifas de mensajes y datos. HELP: ayuda. STOP o ALTO: no recibir "
    "mensajes.{% endif %}": "ENDING",
}


def plain(text):
    """A text with its fields in words."""
    for field, word in PLAIN.items():
        text = text.replace(field, word)
    return text


def broken(rule):
    """A rule, each of its conditions on a line."""
    depth, lines = 0, [""]
    for part in rule.split(" && "):
        lines[-1] += part if not lines[-1] else f" && {part}"
        depth += part.count("(") - part.count(")")
        if depth == 0:
            lines.append("")
    return " &&\n".join(lines[:-1])


def needs(root):
    """The rows of the list of needs."""
    with open(root / NEEDS, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(head, cells):
    """A table."""
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in cells:
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |\n"


def waited(wait):
    """How long a wait is, in words."""
    name, count = next((name, wait[name]) for name in ("days", "hours") if name in wait)
    return f"{count} {name if count != 1 else name[:-1]}"


def steps(playbook):
    """What is sent, how long after what came before."""
    pause = "at once"
    for step in playbook["steps"]:
        if "wait" in step and isinstance(step["wait"], dict):
            wait = step["wait"]
            pause = next((f"{waited(wait[name])} {name.replace('_', ' the ')}" for name in
                          ("before_visit", "after_visit") if name in wait), None)
            pause = pause or f"{waited(wait)} later"
        elif "send" in step:
            yield [pause, f"`{step['id']}`", ", else ".join(f"`{name}`" for name in step["send"])]
            pause = "at once"
        elif "exit" not in step:
            kind = next(name for name in step if name not in ("id", "next"))
            yield [pause, f"`{step['id']}`", kind]
            pause = "at once"


def shown(channel, wording):
    """What stands for a wording: its subject, the headings of its page, else all of it."""
    if channel == "page":
        return "; ".join(plain(heading) for heading in
                         re.findall(r"<h[12]>(.*?)</h[12]>", wording["html"]))
    return plain(wording["subject" if channel == "email" else "body"]).replace("\n", " ")


def texts(playbook):
    """What each text of a phone or a subject says, in both languages."""
    for name, text in playbook["texts"].items():
        for language in ("en", "es"):
            if text["channel"] == "call" or language not in text:
                continue
            yield [f"`{name}`" if language == "en" else "", CHANNELS[text["channel"]]
                   if language == "en" else "", text.get("register", "general")
                   if language == "en" else "", shown(text["channel"], text[language])]


def chapter(playbook):
    """One playbook."""
    name = playbook["name"]
    yield f"\n## {playbook['title']}\n\n"
    yield (f"[`{name}`](../{FOLDER}/{name}.json) serves {', '.join(playbook['serves'])}. "
           f"Class {playbook['class']}; at most {playbook.get('touches', 6)} messages, then "
           f"{playbook.get('rest_days', 90)} days of rest.\n\n")
    if "audience" in playbook:
        yield f"For whom:\n\n```cel\n{broken(playbook['audience'])}\n```\n\n"
    yield f"Segments, in their order: {', '.join(one['name'] for one in playbook['segments'])}.\n"
    exits = ", ".join(f"{name} (`{rule}`)" if len(rule) < 80 else name
                      for name, rule in playbook.get("exits", {}).items())
    yield f"\nIt ends for who is: {exits}.\n\n" if exits else "\n"
    yield from table(["when", "step", "sends"], steps(playbook))
    yield "\n"
    yield from table(["text", "channel", "register", "says, or its subject or headings"], texts(playbook))


def served(root):
    """Each need: what it is, and what serves it."""
    named = playbooks(root)
    for need in needs(root):
        by = ", ".join(f"`{one['name']}`" for one in named if need["id"] in one["serves"])
        yield [need["id"], need["says"], by or need["by"]]


def tables(root):
    """All that is made."""
    for playbook in playbooks(root):
        yield from chapter(playbook)
    yield "\n## What they serve\n\n"
    yield "U are the use cases, W ways of working, S what practices told us, one sentence a row.\n\n"
    yield from table(["", "need", "served by"], served(root))
    yield "\n"


def made(root, page):
    """The page with its tables made anew."""
    before, _, rest = page.partition(HEAD)
    return before + HEAD + "".join(tables(root)) + END + rest.partition(END)[2]


def unserved(root):
    """Needs that no playbook serves, and names of no need."""
    known, named = needs(root), playbooks(root)
    serving = {name for playbook in named for name in playbook["serves"]}
    for need in known:
        if need["by"] == "playbook" and need["id"] not in serving:
            yield f"{NEEDS}: no playbook serves {need['id']}: {need['says']}"
        if need["by"] not in ("playbook", "nobody") and not LINK.search(need["by"]):
            yield f"{NEEDS}: {need['id']} names no page of what serves it"
    for name in sorted(serving - {need["id"] for need in known}):
        yield f"{FOLDER}: {name} is no need of {NEEDS}"


def problems(root):
    """Whether all is served, and the page is as the files would have it."""
    yield from unserved(root)
    page = (root / PAGE).read_text()
    if HEAD not in page or END not in page:
        yield f"{PAGE}: the marks of the tables are missing"
        return
    for wanted, line in zip(made(root, page).splitlines() + [""], page.splitlines() + [""]):
        if wanted != line:
            yield f"{PAGE}: run playbooks_doc.py --write: {wanted!r} is not {line!r}"
            return


PLAYBOOK = {
    "name": "a", "title": "A", "serves": ["U1"], "class": "care", "audience": "true",
    "segments": [{"name": "all", "where": "true"}], "exits": {"booked": "recare.booked"},
    "steps": [{"id": "one", "send": ["text"]}, {"id": "wait", "wait": {"days": 1}},
              {"id": "two", "send": ["text"]}, {"id": "end", "exit": True}],
    "texts": {"text": {"channel": "sms", "en": {"body": "Hi {{ message.link }}"},
                       "es": {"body": "Hola"}}},
}
DATA = {f"{FOLDER}/a.json": json.dumps(PLAYBOOK), NEEDS: "id,says,by\nU1,Recare,playbook\n"}
TEXT = HEAD + """
## A

[`a`](../lib/data/playbooks/a.json) serves U1. Class care; at most 6 messages, then 90 days of rest.

For whom:

```cel
true
```

Segments, in their order: all.

It ends for who is: booked (`recare.booked`).

| when | step | sends |
|---|---|---|
| at once | `one` | `text` |
| 1 day later | `two` | `text` |

| text | channel | register | says, or its subject or headings |
|---|---|---|---|
| `text` | SMS | general | Hi LINK |
|  |  |  | Hola |

## What they serve

U are the use cases, W ways of working, S what practices told us, one sentence a row.

|  | need | served by |
|---|---|---|
| U1 | Recare | `a` |

""" + END
SAMPLES = [
    (DATA | {PAGE: TEXT}, None),
    (DATA | {PAGE: TEXT.replace("Hola", "Buenas")}, "--write"),
    (DATA | {PAGE: "# Playbooks\n"}, "marks"),
    (DATA | {PAGE: TEXT, NEEDS: DATA[NEEDS] + "U2,Other,playbook\n"}, "no playbook serves U2"),
    (DATA | {PAGE: TEXT, NEEDS: "id,says,by\n"}, "U1 is no need"),
]

if __name__ == "__main__":
    if "--write" in sys.argv:
        target = check.ROOT / PAGE
        target.write_text(made(check.ROOT, target.read_text()))
    check.main(problems, SAMPLES)
