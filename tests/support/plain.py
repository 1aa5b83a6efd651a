# SPDX-License-Identifier: MIT
"""An export of Open Dental, written anew in the library's own layout: a second reading of its tables,
apart from the program's."""
import collections
import csv
import re

STATES = ["active", "nonpatient", "inactive", "archived", "archived", "deceased", "prospective"]
PERMISSIONS = ["unknown", "yes", "no"]
PROCEDURES = ["other", "planned", "completed", "existing", "existing", "referred", "deleted", "other",
              "inactive", "other"]
VISITS = ["other", "scheduled", "completed", "other", "other", "broken", "planned", "other"]
CLAIMS = ["not_received", "received", "other", "adjustment", "supplemental", "other", "other", "other"]
PUBLIC = {"MC", "MB", "MA", "CH", "VA", "OF", "TV", "16"}
KINDS = {"": "percentage", "p": "ppo", "f": "copay", "c": "capitation"}
TIMES = {1: "per benefit year", 2: "per calendar year", 3: "per lifetime", 5: "per 12 months"}
TOOTH = re.compile(r"([1-9]|[12]\d|3[0-2]|[A-T])")
AREA = re.compile(r"[UL][RL]|[1-4]0|0[0-2]|U|L")


def day(text):
    """A date, or nothing."""
    return "" if text[:10] in ("", "0001-01-01", "0000-00-00") else text[:10]


def money(text):
    return f"{float(text or 0):.2f}"


def key(text):
    return "" if text == "0" else text


def flag(value):
    return "true" if value in ("1", True) else "false"


class Export:
    """The tables of a folder."""

    def __init__(self, folder):
        self.tables = {}
        for path in folder.glob("*.csv"):
            with open(path, encoding="utf-8-sig", newline="") as file:
                self.tables[path.stem] = list(csv.DictReader(file))
        self.codes = {row["CodeNum"]: row["ProcCode"] for row in self.tables["procedurecode"]}
        self.described = {row["RecallTypeNum"]: row["Description"].lower()
                          for row in self.rows("recalltype")}
        self.owed = collections.Counter()
        for row in self.rows("patient"):
            self.owed[row["Guarantor"]] += float(row["BalTotal"] or 0)
        self.heads = {row["PatNum"]: row["Guarantor"] for row in self.rows("patient")}
        self.dates = {row["ProcNum"]: day(row["ProcDate"]) for row in self.rows("procedurelog")}

    def rows(self, table):
        return self.tables.get(table, [])

    def patients(self):
        for row in self.rows("patient"):
            language = row.get("Language", "")
            yield {"patient": row["PatNum"], "status": STATES[int(row["PatStatus"])],
                   "first_name": row["FName"], "preferred_name": row["Preferred"],
                   "last_name": row["LName"], "birth_date": day(row["Birthdate"]),
                   "language": {"spa": "es", "eng": "en"}.get(language, language),
                   "household": key(row["Guarantor"]) or row["PatNum"],
                   "location": row["ClinicNum"], "mobile": row["WirelessPhone"],
                   "home_phone": row["HmPhone"], "email": row["Email"],
                   "text_permission": PERMISSIONS[int(row["TxtMsgOk"] or 0)],
                   "do_not_contact": flag(row.get("PreferContactMethod") == "1"),
                   "guarantor": key(row["Guarantor"]),
                   "region": row["State"] and "US-" + row["State"],
                   "confidential": flag(row.get("PreferContactConfidential", "0") not in "0")}

    def kind(self, number):
        if not self.described:
            return {"1": "prophy", "2": "child", "3": "perio"}.get(number, "other")
        said = self.described.get(number, "")
        if re.search("perio(?!d)", said):
            return "perio"
        return "child" if "child" in said else "prophy" if "prophy" in said else "other"

    def recalls(self):
        for row in self.rows("recall"):
            due, reckoned = day(row["DateDue"]), day(row.get("DateDueCalc", ""))
            hold = float(row.get("DisableUntilBalance") or 0)
            held = 0 < hold < self.owed[self.heads[row["PatNum"]]]
            yield {"patient": row["PatNum"], "kind": self.kind(row["RecallTypeNum"]),
                   "interval": row["RecallInterval"], "due": due,
                   "due_manual": flag(bool(due and reckoned and due != reckoned)),
                   "previous": day(row["DatePrevious"]), "disabled": flag(row["IsDisabled"]),
                   "disabled_until": day(row.get("DisableUntilDate", "")),
                   "disabled_balance": money(hold) if held else "",
                   "asap": flag(row.get("Priority") == "1")}

    def unpaid(self):
        """Procedures for which all lines of claims were answered with nothing."""
        paid = collections.defaultdict(bool)
        for row in self.rows("claimproc"):
            paid[row["ProcNum"]] |= row["Status"] not in "14" or float(row["InsPayAmt"]) != 0
        return {number for number, some in paid.items() if not some}

    def procedures(self):
        unpaid = self.unpaid()
        for row in self.rows("procedurelog"):
            tooth = next((cell for cell in (row["ToothNum"], row["ToothRange"])
                          if re.fullmatch(rf"{TOOTH.pattern}([,-]{TOOTH.pattern})*", cell)), "")
            area = row["Surf"] if not tooth and AREA.fullmatch(row["Surf"]) else ""
            yield {"patient": row["PatNum"], "code": self.codes[row["CodeNum"]],
                   "status": PROCEDURES[int(row["ProcStatus"])], "date": day(row["ProcDate"]),
                   "appointment": key(row["AptNum"]),
                   "planned_appointment": key(row["PlannedAptNum"]), "tooth": tooth, "area": area,
                   "surfaces": row["Surf"] if tooth else "", "fee": money(row["ProcFee"]),
                   "provider": key(row["ProvNum"]), "diagnosed": day(row["DateTP"]),
                   "unpaid": flag(row["ProcNum"] in unpaid)}

    def appointments(self):
        broken = {(row["PatNum"], day(row["ProcDate"])): self.codes[row["CodeNum"]]
                  for row in reversed(self.rows("procedurelog"))
                  if self.codes[row["CodeNum"]] in ("D9986", "D9987") and row["ProcStatus"] == "2"}
        says = {row["DefNum"]: not re.search("unconfirmed|not ", row["ItemName"].lower())
                and "confirmed" in row["ItemName"].lower()
                for row in self.rows("definition") if row["Category"] == "2"}
        for row in self.rows("appointment"):
            status, start = VISITS[int(row["AptStatus"])], row["AptDateTime"]
            missed = broken.get((row["PatNum"], day(start)))
            if status == "broken" and missed:
                status = "missed" if missed == "D9986" else "cancelled"
            hygiene = row["IsHygiene"] == "1"
            said = says.get(row["Confirmed"])
            yield {"patient": row["PatNum"], "status": status, "start": start if day(start) else "",
                   "appointment": row["AptNum"], "minutes": str(5 * len(row["Pattern"]) or ""),
                   "provider": hygiene and key(row["ProvHyg"]) or key(row["ProvNum"]),
                   "location": key(row.get("ClinicNum", "0")), "hygiene": flag(hygiene),
                   "confirmed": "" if said is None else flag(said),
                   "asap": flag(row.get("Priority") == "1")}

    def coverages(self):
        subscribers = {row["InsSubNum"]: row for row in self.rows("inssub")}
        plans = {row["PlanNum"]: row for row in self.rows("insplan")}
        filing = {row["InsFilingCodeNum"]: row["EclaimCode"] for row in self.rows("insfilingcode")}
        most = collections.defaultdict(list)
        for row in self.rows("benefit"):
            if (row["BenefitType"], row["QuantityQualifier"], key(row["CodeNum"]),
                    key(row["CovCatNum"])) == ("5", "0", "", "") and row["TimePeriod"] in ("1", "2") \
                    and row["CoverageLevel"] != "2":
                most[row["PlanNum"]].append(float(row["MonetaryAmt"]))
        asked = {(row["VerifyType"], row["FKey"]): day(row["DateLastVerified"])
                 for row in self.rows("insverify")}
        for row in self.rows("patplan"):
            subscriber = subscribers[row["InsSubNum"]]
            plan = plans[subscriber["PlanNum"]]
            month = int(plan["MonthRenew"] or 0)
            code = filing.get(plan.get("FilingCode", ""), "")
            yield {"patient": row["PatNum"], "coverage": row["InsSubNum"], "ordinal": row["Ordinal"],
                   "plan": plan["PlanNum"], "period": "plan_year" if month > 1 else "calendar",
                   "month": str(month) if month > 1 else "",
                   "effective": day(subscriber["DateEffective"]),
                   "terminates": day(subscriber["DateTerm"]),
                   "maximum": money(min(most[plan["PlanNum"]])) if most[plan["PlanNum"]] else "",
                   "verified": asked.get(("2", row["PatPlanNum"])) or
                   asked.get(("1", plan["PlanNum"]), ""),
                   "payer": "public" if code in PUBLIC else
                   "unknown" if code in ("", "ZZ") else "private",
                   "kind": KINDS.get(plan["PlanType"], "other")}

    def claims(self):
        for row in self.rows("claimproc"):
            date = day(row.get("ProcDate", "")) or self.dates.get(row["ProcNum"], "")
            if date:
                yield {"patient": row["PatNum"], "coverage": row["InsSubNum"],
                       "status": CLAIMS[int(row["Status"])], "paid": money(row["InsPayAmt"]),
                       "estimated": money(row["InsPayEst"]), "date": date}

    def limits(self):
        for row in self.rows("benefit"):
            number, qualifier = int(row["Quantity"]), row["QuantityQualifier"]
            unit = {"4": "years", "5": "months"}.get(qualifier)
            said = ""
            if row["BenefitType"] == "5" and unit:
                said = f"1 per {number} {unit} exclusive"
            elif row["BenefitType"] == "5" and qualifier == "2":
                said = f"through age {number}"
            elif row["BenefitType"] == "5" and qualifier == "1" and int(row["TimePeriod"]) in TIMES:
                said = f"{number} {TIMES[int(row['TimePeriod'])]}"
            elif row["BenefitType"] == "6" and unit:
                said = f"{number} {unit} waiting period"
            if number > 0 and said and row["CodeNum"] in self.codes:
                yield {"plan": row["PlanNum"], "limit": said, "codes": self.codes[row["CodeNum"]]}

    def openings(self):
        for row in self.rows("openings"):
            yield {name: flag(row[name]) if name == "hygiene" else key(row[name])
                   for name in ("opening", "start", "minutes", "location", "provider", "hygiene")}

    def guardians(self):
        for row in self.rows("guardian"):
            yield {"patient": row["PatNumChild"], "guardian": row["PatNumGuardian"],
                   "representative": flag(row["IsGuardian"])}


# The library's table and what it is made from; without that it is left out.
TABLES = {"patients": "patient", "recalls": "recall", "procedures": "procedurelog",
          "appointments": "appointment", "coverages": "patplan", "claims": "claimproc",
          "limits": "benefit", "openings": "openings", "guardians": "guardian"}


def write(source, target):
    """A practice in the library's own layout."""
    export = Export(source)
    target.mkdir()
    for table, origin in TABLES.items():
        rows = list(getattr(export, table)())
        if origin not in export.tables:
            continue
        with open(target / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            written = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            written.writeheader()
            written.writerows(rows)
