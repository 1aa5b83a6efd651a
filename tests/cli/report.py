# SPDX-License-Identifier: MIT
"""The report of a rehearsal: a page that is whole, needs nothing from outside, tells what its charts
show in words, and holds nothing of any patient."""
import csv
import html.parser
import json
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, rows, winback  # noqa: E402

VOID = {"meta", "br", "rect", "line"}  # elements without an end, of HTML and as the charts write them
OUTSIDE = {"src", "srcset", "data", "action", "poster", "background"}
# What the practice knows of a person and no page may show.
PERSONAL = ["LName", "Birthdate", "SSN", "HmPhone", "WkPhone", "WirelessPhone", "Email", "MedUrgNote"]
CAMPAIGNS = ["hygiene-recare", "unscheduled-treatment", "visit-confirmation"]


class Page(html.parser.HTMLParser):
    """The elements of a page; it must close what it opens."""

    def __init__(self, text):
        super().__init__()
        self.open, self.charts, self.ids, self.links, self.wrong = [], [], [], [], []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [value for name, value in attributes if name == "href"]
        self.wrong += [f"{name}={value}" for name, value in attributes
                       if name in OUTSIDE or name.startswith("on")]
        shut = found.get("sandbox", "open") is None and "default-src 'none'" in found["srcdoc"]
        if tag in ["script", "link", "img", "object", "base"] or tag == "iframe" and not shut:
            self.wrong.append(f"<{tag}>")
        if tag == "svg" and found.get("role") == "img":
            self.charts.append({"labels": found["aria-labelledby"].split(), "title": "", "desc": "",
                                "unit": ""})
        if tag not in VOID:
            self.open.append(tag)
        self.kind = found.get("class")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what is not open at {self.getpos()}")

    def handle_data(self, data):
        if "svg" not in self.open or not self.charts:
            return
        part = "unit" if self.kind == "unit" else self.open[-1]
        chart = self.charts[-1]
        if part in chart and not chart[part]:
            chart[part] = data.strip()


class Report(Command):
    def rehearse(self, *arguments, data=PRACTICE, settings=SETTINGS, days="40", campaigns=CAMPAIGNS,
                 status=0):
        """The page of a rehearsal, and what was printed."""
        page = self.folder / "report.html"
        named = [part for campaign in campaigns for part in ("--campaign", campaign)]
        done = winback("simulate", "--data", data, "--practice", settings, "--as-of", DAY, "--days",
                       days, "--html", page, *named, *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        self.said = done.stdout
        return page.read_text(encoding="utf-8") if status == 0 else done.stderr

    def test_it_is_whole_and_needs_nothing_from_outside(self):
        text = self.rehearse()
        page = Page(text)
        self.assertEqual(page.wrong, [])
        self.assertEqual(len(page.ids), len(set(page.ids)))
        for link in page.links:
            self.assertIn(link.removeprefix("#"), page.ids, link)
        for outside in ["@import", "url(", "<script", "javascript:"]:
            self.assertNotIn(outside, text)
        self.assertIn('name="viewport"', text)

    def test_every_chart_is_told_in_words_and_names_its_unit(self):
        page = Page(self.rehearse())
        self.assertEqual(len(page.charts), 10)
        for chart in page.charts:
            self.assertTrue(chart["title"] and chart["desc"] and chart["unit"], chart)
            self.assertTrue(set(chart["labels"]) <= set(page.ids), chart)
        units = {chart["unit"] for chart in page.charts}
        self.assertTrue({"messages and calls a week", "hours a week", "calls a day, all locations",
                         "active patients", "entries into campaigns"} <= units, units)

    def test_its_sums_are_those_that_are_printed(self):
        text = self.rehearse()
        total = re.search(r"^all +(.+)$", self.said, re.M)[1].split()
        figures = dict((what, number.replace(",", "")) for number, what in
                       re.findall(r"<li><strong>([\d,]+)</strong> ([^<]+)</li>", text))
        self.assertEqual([figures["texts"], figures["e-mails"], figures["calls for the desk"],
                          figures["visits booked"], figures["said stop"]],
                         [total[1], total[2], total[3], total[5], total[6]])
        kept = re.search(r"^visits kept by then: (\d+)$", self.said, re.M)[1]
        self.assertEqual(figures["of them kept by then"], kept)
        self.assertIn("<strong>0</strong> of", text)  # at an hour that the law has closed

    def test_what_helps_fits_the_reason(self):
        text = self.rehearse("--as-of", "2026-06-02", days="2", campaigns=["return-offer"])
        helps = dict(re.findall(r'<th scope="row">([^<]+)</th><td>[^<]*</td><td>[^<]*</td>'
                                r'<td class="words">([^<]+)<', text))
        self.assertIn("See with winback explain why", helps["the offer may not be made to this patient"])
        self.assertIn("booked, not broken since", text)  # the head counts all that were booked
        self.assertNotIn("booked a visit<", text)

    def test_nothing_of_a_patient_is_in_it(self):
        text = self.rehearse()
        words = set(re.findall(r"[\w'-]+", text))
        for row in rows(PRACTICE / "patient.csv"):
            for column in PERSONAL:
                value = row[column]
                if value and not value.startswith("0001"):
                    self.assertNotIn(value, words if value.isalpha() else text, column)
            digits = re.sub(r"\D", "", row["WirelessPhone"])
            if digits:
                self.assertNotIn(digits, re.sub(r"[-() ]", "", text))
        self.assertNotIn("note-secret", text)

    def test_who_patients_are_changes_no_byte(self):
        other = self.folder / "other"
        shutil.copytree(PRACTICE, other)
        table = rows(PRACTICE / "patient.csv")
        for row in table:
            row["FName"], row["LName"] = row["FName"][::-1].title(), row["LName"] + "son"
            row["SSN"], row["Address"], row["MedUrgNote"] = "000-00-9999", "1 Else Street", "else"
        with open(other / "patient.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, table[0].keys())
            out.writeheader()
            out.writerows(table)
        self.assertEqual(self.rehearse(data=other), self.rehearse())

    def test_a_seed_makes_the_same_bytes_and_another_others(self):
        text = self.rehearse()
        self.assertEqual(self.rehearse(), text)
        self.assertEqual(self.rehearse("--seed", "1"), text)
        self.assertNotEqual(self.rehearse("--seed", "2"), text)
        self.assertIn('<th scope="row">seed</th><td>1</td>', text)

    def test_every_text_is_shown_with_what_it_costs_and_reads(self):
        text = self.rehearse(days="5", campaigns=["hygiene-recare"])
        shown = set(re.findall(r"<h4>([^<]+)</h4>", text))
        self.assertEqual(shown, {"text-first", "text-first-detail", "text-second", "text-last",
                                 "text-detail", "text-neutral", "text-guardian", "email-first",
                                 "email-second", "email-last", "email-detail", "email-neutral",
                                 "email-guardian", "call-clicked", "call-asks", "call-neutral",
                                 "page", "postcard"})
        self.assertIn("Hi Maria, it&#39;s Example Dental.", text)
        self.assertRegex(text, r"2 segments, \d+ septets \(GSM-7\): 2\.4 cents")
        self.assertIn("1.2 cents a segment", text)
        self.assertEqual(text.count('<p class="reads">Reads: '), len(shown))
        self.assertNotIn("(not shown:", text)

    def test_an_offer_is_told_as_the_settings_have_it(self):
        text = self.rehearse(days="2", campaigns=["return-offer"])
        page = text[text.index("An offer for your return"):]
        self.assertIn("Exam, X-rays as needed and cleaning for returning patients: $99.00 instead of "
                      "the regular fee of $189.00, until Friday, May 29.", page)
        self.assertIn("It includes: one visit.", page)
        self.assertIn("It does not include: government plans, fillings.", page)
        self.assertNotIn("$0.03", text)
        percent = json.loads(SETTINGS.read_text())
        offer = percent["offers"]["welcome-back"]
        del offer["price_cents"], offer["includes"][:], offer["excludes"][:]
        offer.update(percent=25, regular_cents=18910)
        settings = self.folder / "percent.json"
        settings.write_text(json.dumps(percent))
        text = self.rehearse(days="2", campaigns=["return-offer"], settings=settings)
        self.assertIn("patients: $141.83 instead of the regular fee of $189.10,", text)
        self.assertNotIn("include:", text)

    def strips(self, region):
        """What the strips of the law are said to be of, where all locations are in a region."""
        settings = self.folder / "elsewhere.json"
        settings.write_text(re.sub(r'"region": "[^"]*"', f'"region": "{region}"',
                                   pathlib.Path(SETTINGS).read_text(encoding="utf-8")))
        page = self.folder / "report.html"
        done = winback("simulate", "--data", PRACTICE, "--practice", settings, "--as-of", DAY,
                       "--days", "1", "--campaign", "hygiene-recare", "--campaign",
                       "visit-confirmation", "--campaign", "benefits-renewed", "--html", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        return re.findall(r">Example Dental Riverside: ([^<]+)<", page.read_text(encoding="utf-8"))

    def test_the_hours_of_the_law_are_shown_for_each_class_that_is_sent(self):
        self.assertEqual(self.strips("US-NY"), ["transactional, care, benefit"])
        self.assertEqual(self.strips("US-CT"), ["transactional", "care, benefit"])

    def test_a_name_is_text_and_nothing_else(self):
        settings = self.folder / "practice.json"
        settings.write_text(pathlib.Path(SETTINGS).read_text(encoding="utf-8").replace(
            '"name": "Example Dental",', '"name": "<i>\\"A\\" & Co\'s</i>",'), encoding="utf-8")
        page = self.folder / "report.html"
        done = winback("simulate", "--data", PRACTICE, "--practice", settings, "--as-of", DAY,
                       "--days", "2", "--campaign", "visit-confirmation", "--html", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = page.read_text(encoding="utf-8")
        self.assertNotIn("<i>", text)
        self.assertIn("<h1>&lt;i&gt;&quot;A&quot; &amp; Co&#39;s&lt;/i&gt;</h1>", text)

    def test_a_place_that_cannot_be_written_is_said(self):
        self.rehearse(days="1")
        said = winback("simulate", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY,
                       "--days", "1", "--campaign", "hygiene-recare", "--html",
                       self.folder / "none" / "report.html")
        self.refused(said, 3, "report.html: No such file or directory")


if __name__ == "__main__":
    main()
