# SPDX-License-Identifier: MIT
"""winback page and winback letters: what stands behind a link, and who gets a postcard."""
import csv
import json
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, main, rows, winback  # noqa: E402
from store import Store, day_after  # noqa: E402

NOON = DAY + "T12:30"


class Pages(Store):
    def page(self, *arguments, status=0):
        """What page prints, and what it says besides."""
        done = winback("page", "--data", self.data, "--practice", self.settings, "--store",
                       self.store, "--as-of", NOON, *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def letters(self, *arguments):
        """Who is reached by nothing else."""
        done = winback("letters", "--data", self.data, "--practice", self.settings, "--store",
                       self.store, "--as-of", NOON, *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def store_bytes(self):
        return {path.name: path.read_bytes() for path in self.store.iterdir()}

    def test_the_page_of_a_message_is_that_of_its_patient(self):
        self.only({"1003"})
        action = self.run_at(DAY + "T11:00")[0]
        before = self.store_bytes()
        page = self.page("--action", action["id"])
        self.assertTrue(page.startswith("<h1>Time for your "), page)
        self.assertIn('">Pick a time</a>', page)
        link = re.search(r"https://\S+", action["text"]).group()
        self.assertIn(f'<a href="{link}">', page)  # it leads on as the message did
        self.assertEqual(self.page("--link", link), page)
        self.assertEqual(self.page("--link", link[-16:]), page)
        self.assertEqual(self.page("--campaign", "hygiene-recare", "--patient", "1003"),
                         page.replace(link, "https://book.example.com/riverside"))
        said = json.loads(self.page("--action", action["id"], "--json"))
        self.assertEqual((said["campaign"], said["text"], said["language"]),
                         ("hygiene-recare", "page", "en"))
        self.assertEqual(said["html"] + "\n", page)
        self.assertNotIn("<", said["plain"])
        self.assertEqual(self.store_bytes(), before)

    def test_a_page_is_not_shown_for_somebody_else(self):
        self.only({"1003", "1005"})
        own = {action["patient"]: action for action in self.run_at(DAY + "T11:00")}
        link = re.search(r"https://\S+", own["1003"]["text"]).group()
        page = self.page("--link", link)
        self.assertEqual(self.page("--link", link, "--patient", "1003"), page)
        for way in (("--link", link), ("--action", own["1003"]["id"])):
            self.assertIn("another patient's", self.page(*way, "--patient", "1005", status=3))
            self.assertIn("--campaign goes with --patient",
                          self.page(*way, "--campaign", "hygiene-recare", status=2))

    def test_what_is_not_known_is_said(self):
        self.only({"1003"})
        self.run_at(DAY + "T11:00")
        self.assertIn("such a page", self.page("--action", "0" * 32, status=3))
        self.assertIn("such a page", self.page("--campaign", "hygiene-recare", "--patient", "1",
                                               status=3))
        self.assertIn("32 hexadecimal digits", self.page("--action", "12", status=2))
        self.assertIn("no message of the outbox", self.page("--link", "A" * 16, status=2))
        self.assertIn("--action, or", self.page("--action", "0" * 32, "--link", "A" * 16, status=2))
        self.assertIn("--action, or", self.page("--patient", "1003", status=2))
        self.assertIn("--action, or", self.page(status=2))

    def test_who_can_be_reached_by_nothing_else_gets_a_postcard(self):
        self.only({"1003"}, WirelessPhone="", Email="", HmPhone="")
        self.assertEqual(self.run_at(DAY + "T11:00"), [])
        before = self.store_bytes()
        one = json.loads(self.letters("--json"))
        self.assertEqual((one["patient"], one["campaign"]), ("1003", "hygiene-recare"))
        self.assertTrue(one["postcard"].startswith("Hello,\n\nIt's time to plan your next visit"))
        self.assertIn(one["postcard"], self.letters())
        self.assertEqual(self.store_bytes(), before)

    def test_treatment_that_waits_is_asked_about_by_a_postcard_that_does_not_name_it(self):
        self.only({"1072"}, WirelessPhone="", Email="", HmPhone="", Language="")
        self.assertEqual(self.run_at(DAY + "T11:00", campaign="unscheduled-treatment"), [])
        self.assertTrue(json.loads(self.letters("--json"))["postcard"].startswith("Hello,\n\nIt's time to plan your next visit"))

    def test_who_asked_for_mail_alone_gets_a_postcard_and_who_asked_for_another_way_none(self):
        table = rows(PRACTICE.parent / "tables" / "patients.csv")[:1]
        table[0].update(birth_date="1984-05-17", household="", guarantor="")
        wishes = {"1": "mail", "2": "call", "3": "", "4": "call"}
        self.data = self.folder / "tables"
        shutil.copytree(PRACTICE.parent / "tables", self.data)
        for name in ["recalls", "appointments", "guardians", "coverages", "claims"]:
            (self.data / f"{name}.csv").unlink()
        with open(self.data / "patients.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, table[0].keys())
            out.writeheader()
            out.writerows({**table[0], "patient": key, "only_channel": wish, "text_permission": "no" if key > "2" else "yes",
                           "email": "" if key > "2" else f"p{key}@example.com"} for key, wish in wishes.items())
        (self.data / "procedures.csv").write_text("patient,code,status,date\n" + "".join(
            f"{key},D1110,completed,2025-03-03\n" for key in wishes))
        (self.data / "appointments.csv").write_text("patient,status,start\n")
        self.run_at(DAY + "T11:00")
        self.assertEqual({(one["patient"], one["reason"]) for one in map(json.loads, self.letters("--json").splitlines())},
                         {("1", "preference"), ("3", "no_permission")})

    def test_who_is_written_to_gets_none(self):
        self.only({"1003"})
        self.run_at(DAY + "T11:00")
        self.assertEqual(self.letters("--json"), "")

    def test_every_playbook_with_a_page_shows_it_to_whom_it_wrote(self):
        for playbook in json.loads(winback("playbooks", "--json").stdout):
            name = playbook["name"]
            if "page" not in json.loads(winback("playbooks", "--show", name).stdout):
                continue
            self.store = self.folder / name
            for action in self.run_at(DAY + "T12:00", campaign=name)[:3]:
                said = json.loads(self.page("--action", action["id"], "--json"))
                self.assertRegex(said["html"], r"^<h1>[^<{]+</h1>\n")
                self.assertNotRegex(said["html"], r"[{}]|%|\bnull\b")
                self.assertEqual(said["language"], action["language"])

    def test_a_page_of_treatment_names_it_and_answers_what_keeps_people_away(self):
        answers = {"en": ["A short consult first", "Cost", "Comfort", "Length of a visit", "Times", "What our messages say"],
                   "es": ["Primero, una consulta corta", "Costo", "Comodidad", "Cuánto dura", "Horas", "Lo que dicen nuestros mensajes"]}
        seen = set()
        for name in ("unscheduled-treatment", "unfinished-treatment"):
            self.store = self.folder / name
            for action in self.run_at(DAY + "T12:00", campaign=name):
                html = json.loads(self.page("--action", action["id"], "--json"))["html"]
                headings = re.findall(r"<h2>(.*?)</h2>\n<p>[^<]", html)
                named = headings[:headings.index(answers[action["language"]][0])]
                self.assertGreater(len(named), 0, html)  # each with what waiting may mean
                self.assertEqual(re.findall("<h2>(.*?)</h2>", html)[len(named):], answers[action["language"]])
                seen |= {(action["language"], name)}
        self.assertEqual(len(seen), 4)

    def test_the_page_of_a_question_about_a_visit_names_its_time_while_it_is_ahead(self):
        data = self.only({"1140"})
        action, = self.run_at(DAY + "T11:00", campaign="visit-confirmation")
        self.assertIn("<h1>Your visit on Friday, March 6, 10:00 AM</h1>", self.page("--action", action["id"]))
        visits = data / "appointment.csv"
        visits.write_text(visits.read_text(encoding="utf-8").splitlines()[0] + "\n")
        self.assertIn("<h1>Your visits with us</h1>", self.page("--action", action["id"]))

    def test_who_answers_details_reads_what_the_visit_is_for(self):
        self.only({"1072"}, Email="")
        first = self.run_at(DAY + "T11:00", campaign="unscheduled-treatment")[0]
        self.assertIn("DETALLES: ", first["text"])
        self.event(NOON, "reply", from_=first["to"], text="Detalles")
        said = [action for day in range(12) for action in
                self.run_at(day_after(DAY, day) + "T12:30", "--allow-jump", campaign=None)]
        self.assertEqual([action["template"] for action in said],
                         ["details-on", "text-answers-detail"])
        done = winback("audit", "--store", self.store)
        self.assertIn('"purpose":"detail"', done.stdout)
        self.assertIn("unscheduled-treatment.text-first", done.stdout)


if __name__ == "__main__":
    main()
