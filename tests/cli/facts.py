# SPDX-License-Identifier: MIT
"""winback explain --facts: the dictionary as JSON, and which tables of an export it hangs on."""
import json
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, winback  # noqa: E402

FURTHER = ["claimproc", "inssub", "patplan", "insplan", "insfilingcode", "benefit", "insverify",
           "guardian", "openings", "definition"]


class Facts(Command):
    def facts(self, data, *arguments):
        done = winback("explain", "--facts", "--data", data, "--practice", SETTINGS, "--as-of", DAY,
                       *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.said = done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def whole(self, **tables):
        """An export with all tables, some of them given or, as None, missing."""
        data = self.export()
        for name in FURTHER:
            if name not in tables:
                shutil.copy(PRACTICE / f"{name}.csv", data)
        for name, text in tables.items():
            if text is not None:
                (data / f"{name}.csv").write_text(text)
        return data

    def one(self, patient, **tables):
        return self.facts(self.whole(**tables), "--patient", patient)[0]

    def test_everybody_or_one_patient(self):
        everybody = self.facts(PRACTICE)
        self.assertEqual(len(everybody), 336)
        self.assertEqual(self.facts(PRACTICE, "--patient", "1116"),
                         [row for row in everybody if row["patient.key"] == "1116"])

    def test_lists_are_arrays_and_what_is_not_known_is_left_out(self):
        row = self.one("1072")
        self.assertEqual([(t["code"], t["open"], t["fee"]) for t in row["treatments"]],
                         [("D2740", True, 138000)])
        self.assertEqual(row["household.members"], ["1072"])
        self.assertIsNone(row["visit.next"])
        self.assertNotIn("benefit.remaining", row)

    def test_a_patient_who_is_not_there(self):
        done = winback("explain", "--facts", "--data", PRACTICE, "--practice", SETTINGS,
                       "--patient", "none")
        self.assertEqual((done.returncode, done.stdout), (2, ""))

    def test_without_a_table_what_hangs_on_it_is_not_known(self):
        hangs = {"patplan": ["benefit.active", "benefit.public", "coverages"],
                 "claimproc": ["benefit.remaining", "benefit.used", "benefit.max_used"],
                 "benefit": ["benefit.maximum", "benefit.covered_hygiene"],
                 "openings": ["openings"]}
        whole = self.one("1116")
        for table, fields in hangs.items():
            row = self.one("1116", **{table: None})
            for field in fields:
                with self.subTest(table=table, field=field):
                    self.assertIn(field, whole)
                    self.assertNotIn(field, row)
            self.assertEqual(self.said, "")

    def test_without_a_table_that_explains_others(self):
        self.assertEqual(self.one("1116", insfilingcode=None)["benefit.public"], "unknown")
        self.assertIs(self.one("1116", insverify=None)["benefit.stale"], True)
        self.assertNotIn("benefit.period", self.one("1116", insplan=None, inssub=None))
        self.assertIsNone(self.one("1127", guardian=None)["household.guardian"])
        self.assertIs(self.one("1141")["visit.next_confirmed"], True)
        self.assertIsNone(self.one("1141", definition=None)["visit.next_confirmed"])

    def test_a_definition_that_says_not_confirmed(self):
        for name, said in (("Confirmed by text", True), ("Not Confirmed", False),
                           ("UNCONFIRMED", False), ("Texted", False)):
            row = self.one("1141", definition=f"DefNum,Category,ItemName\n21,2,{name}\n21,1,Confirmed\n")
            self.assertIs(row["visit.next_confirmed"], said, name)

    def test_rows_that_cannot_be_read_are_left_out_and_named(self):
        rows = {"insverify": "DateLastVerified,VerifyType,FKey\nsoon,2,9001\n2026-02-25,2,9001\n",
                "guardian": "PatNumChild,PatNumGuardian,IsGuardian\n,1126,1\n1127,1126,1\n",
                "openings": "opening,start,minutes\n1,later,60\n2,2026-03-05T14:00,60\n",
                "insplan": "PlanNum,MonthRenew\n2,13\n1,0\n"}
        for table, text in rows.items():
            self.facts(self.whole(**{table: text}), "--patient", "1116")
            self.assertIn(f"{table}.csv:2", self.said)

    def test_a_rule_that_wants_a_missing_table_says_which(self):
        for table in ("patplan", "insverify", "claimproc"):
            done = self.segment(self.whole(**{table: None}), "--count", "--where",
                                "benefit.remaining > 0")
            self.assertIn(f"(there is no {table}.csv)", done.stderr)
        done = self.segment(self.whole(), "--count", "--where", "benefit.remaining > 0")
        self.assertIn("  benefit.remaining for 248\n", done.stderr)
        self.assertNotIn("there is no", done.stderr)

    def test_codes_of_the_practice(self):
        row = self.one("1101", codes="code,group\nD5110,denture_step\n,x\n")
        self.assertEqual([t["group"] for t in row["treatments"]], ["denture_step"])
        self.assertIn("codes.csv:3", self.said)

    def test_a_needed_column_that_is_missing_is_told(self):
        data = self.whole(guardian="PatNumChild,PatNumGuardian\n1,2\n")
        done = winback("explain", "--facts", "--data", data, "--practice", SETTINGS)
        self.assertEqual(done.returncode, 3)
        self.assertIn("IsGuardian", done.stderr)

    def test_what_is_no_place_is_left_out_of_the_chart(self):
        head = (PRACTICE / "procedurelog.csv").read_text().splitlines()[0]
        row = dict(zip(head.split(","), [""] * 99), ProcNum="1", PatNum="1116", CodeNum="83",
                   ProcStatus="1", ProcDate="2026-01-05", DateTP="2026-01-05", ProcFee="1.50")
        places = {("14", "", "MOD"): ("14", "UL"), ("", "2,3", ""): ("2,3", "UR"),
                  ("", "", "UL"): (None, "UL"), ("99", "", ""): (None, None),
                  ("", "", "3"): (None, None)}
        for (tooth, several, surface), wanted in places.items():
            row.update(ToothNum=tooth, ToothRange=several, Surf=surface)
            cells = ",".join(f'"{row[name]}"' for name in head.split(","))
            data = self.export(procedurelog=f"{head}\n{cells}\n")
            found = self.facts(data, "--patient", "1116")[0]["treatments"][0]
            self.assertEqual((found["tooth"], found["quadrant"]), wanted)


if __name__ == "__main__":
    main()
