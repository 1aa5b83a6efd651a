# SPDX-License-Identifier: MIT
"""Makes a table of the ages of majority: majority.py OUTPUT PACK...

The rules of the kind majority of the packs of law, by region: what is known of a household has
neither a law nor a day to ask. So a rule that ends stops the build, and two of one region do.
"""

import json
import pathlib
import sys


def ages(packs):
    """Years by region."""
    found = {}
    for pack in packs:
        for rule in json.loads(pathlib.Path(pack).read_text(encoding="utf-8"))["rules"]:
            if rule["kind"] != "majority":
                continue
            if "effective_to" in rule:
                raise SystemExit(f"{rule['id']} ends")
            for region in rule["regions"]:
                if region in found:
                    raise SystemExit(f"{rule['id']}: there is another rule of {region}")
                found[region] = rule["years"]
    return found


def source(packs):
    """The whole C source."""
    rows = "".join(f'{{"{region}", {years}}},\n' for region, years in sorted(ages(packs).items()))
    return ('#include "data/data.h"\n'
            f"const wbi_data_age wbi_data_majority[] = {{\n{rows}{{NULL, 0}}}};\n")


if __name__ == "__main__":
    output, *files = sys.argv[1:]
    pathlib.Path(output).write_text(source(files), encoding="utf-8")
