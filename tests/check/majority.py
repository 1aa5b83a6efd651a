# SPDX-License-Identifier: MIT
"""The table of the ages of majority: made of every pack, and refused where it would be wrong."""

import importlib.util
import json
import pathlib

import check

LOCATION = check.ROOT / "lib/data/majority.py"


def problems(root):
    """What the maker refuses, and what of the packs is not in its table."""
    spec = importlib.util.spec_from_file_location("majority", LOCATION)
    majority = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(majority)
    packs = check.files(root, "lib/data/law/*.json")
    try:
        made = majority.source(packs)
    except SystemExit as refused:
        return [str(refused)]
    rows = [line for line in made.splitlines() if line.startswith('{"')]
    found = [] if rows == sorted(rows) else ["the regions are not in order"]
    for pack in packs:
        for rule in json.loads(pathlib.Path(pack).read_text(encoding="utf-8"))["rules"]:
            wanted = [f'{{"{region}", {rule["years"]}}},' for region in rule["regions"]
                      ] if rule["kind"] == "majority" else []
            found += [f"{rule['id']}: {row} is missing" for row in wanted if row not in rows]
    return found


def pack(*rules):
    """A pack of rules: an id, the regions, the years, and what else."""
    return json.dumps({"rules": [{"id": name, "kind": kind, "regions": regions, "years": years,
                                  **more} for name, kind, regions, years, more in rules]})


US = ("us", "majority", ["US"], 18, {})
TWO = {"lib/data/law/us.json": pack(US, ("al", "majority", ["US-AL", "US-NE"], 19, {}))}
SAMPLES = [
    (TWO, None),
    ({"lib/data/law/us.json": pack(US, ("cap", "cap", ["US"], 3, {"effective_to": "2027-01-01"}))},
     None),
    ({"lib/data/law/us.json": pack(("us", "majority", ["US"], 18, {"effective_to": "2027-01-01"}))},
     "us ends"),
    ({"lib/data/law/us.json": pack(US, ("again", "majority", ["US"], 21, {}))},
     "again: there is another rule of US"),
    (TWO | {"lib/data/law/xa.json": pack(("xa", "majority", ["US-AL"], 19, {}))},
     "xa: there is another rule of US-AL"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
