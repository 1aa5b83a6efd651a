# SPDX-License-Identifier: MIT
"""winback lint and winback import."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import Command, main, winback  # noqa: E402

GOOD = "It's {{ location.short_name }}. Time for your cleaning and check-up. Reply STOP to opt out.\n"


class Lint(Command):
    def test_a_finding_has_its_place_and_what_to_write(self):
        path = self.folder / "a.txt"
        path.write_text("Hi,\nyou're overdue.\n")
        done = winback("lint", "--fragment", path)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertTrue(done.stdout.startswith(f"{path}:2:8: error: guilt.late: "), done.stdout)
        self.assertIn("cleaning and check-up", done.stdout)
        self.assertEqual(len(done.stdout.splitlines()), 1)

    def test_a_good_text_is_silent(self):
        done = winback("lint", "--channel", "sms", stdin=GOOD)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_findings_of_all_files_are_in_order(self):
        first, second = self.folder / "a.txt", self.folder / "b.txt"
        first.write_text("last chance, you owe us, www.example.com")
        second.write_text(GOOD)
        done = winback("lint", "--fragment", second, first, "--json")
        self.assertEqual(done.returncode, 1)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([one["rule"] for one in found],
                         ["pressure.last", "financial.owing", "link.bare"])
        self.assertEqual({one["file"] for one in found}, {str(first)})
        self.assertEqual([one["column"] for one in found], [1, 18, 26])
        self.assertEqual(found[0]["length"], 11)
        self.assertEqual(found[0]["severity"], "error")

    def test_what_the_practice_is_called_does_not_count(self):
        text = "It's Crown Point Dental, 212-555-0100: https://book.example.com/ Reply STOP."
        options = ["--practice-name", "Crown Point Dental", "--phone", "(212) 555-0100",
                   "--host", "book.example.com"]
        self.assertEqual(winback("lint", *options, stdin=text).returncode, 0)
        done = winback("lint", stdin=text)
        rules = [line.split(": ")[2] for line in done.stdout.splitlines()]
        self.assertEqual(rules, ["clinical.treatment", "identifier.phone", "missing.sender"])

    def test_the_language_decides_what_opts_out(self):
        text = "Es {{ location.name }}. Responda ALTO."
        self.assertEqual(winback("lint", "--language", "es", stdin=text).returncode, 0)
        done = winback("lint", stdin=text)
        self.assertEqual((done.returncode, "missing.stop" in done.stdout), (1, True))

    def test_what_is_no_template_is_a_finding(self):
        done = winback("lint", stdin="Hi {{ patient.nam }}")
        self.assertEqual(done.returncode, 1)
        self.assertIn("-:1:7: error: template: There is no field", done.stdout)

    def test_wrong_usage(self):
        for arguments in (["--channel", "fax"], ["--language", "fr"]):
            self.assertEqual(winback("lint", *arguments, stdin="a").returncode, 2)
        self.assertEqual(winback("lint", self.folder / "none").returncode, 3)
        self.assertEqual(winback("calc", "file").returncode, 2)
        self.assertEqual(winback("import", "a", "b").returncode, 2)

    def test_the_settings_tell_what_the_practice_is_called(self):
        path = self.folder / "practice.json"
        path.write_text(json.dumps({
            "practice": {"name": "Crown Point Dental"},
            "locations": [{"key": "1", "name": "Crown Point Riverside", "phone": "+12125550100",
                           "booking_url": "https://book.example.com/riverside"}]}))
        text = ("It's Crown Point Dental at Crown Point Riverside, 212-555-0100: "
                "https://book.example.com/ Reply STOP.")
        done = winback("lint", "--practice", path, stdin=text)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        done = winback("lint", "--practice", path, stdin=text + " https://example.net/")
        self.assertIn(" link.host: ", done.stdout)

    def test_register_and_recipient_are_those_of_the_text(self):
        text = "Your crown, {{ location.name }}. Reply STOP."
        self.assertEqual(winback("lint", "--register", "detail", stdin=text).stdout, "")
        self.assertEqual(winback("lint", "--recipient", "guardian", stdin=text).returncode, 1)
        self.assertEqual(winback("lint", "--register", "loud", stdin=text).returncode, 2)

    def test_files_of_other_systems_are_read(self):
        path = self.folder / "a.txt"
        path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("Time", "\r\nTime").encode()[:-1] + b"\r\n")
        done = winback("lint", path)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        path.write_bytes(b"\xef\xbb\xbfHi [NameF]\r\nbye\r\n")
        self.assertEqual(winback("import", path).stdout, "Hi {{ patient.name }}\nbye\n")

    def test_email_has_parts(self):
        done = winback("lint", "--channel", "email", stdin="a")
        self.assertEqual((done.returncode, "did you mean email.text?" in done.stderr), (2, True))

    def test_import_prints_a_template(self):
        done = winback("import", stdin="[NameF], call [OfficePhone]\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "{{ patient.name }}, call {{ location.phone | phone }}\n")
        done = winback("import", stdin="Hi [NameFL]")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("-:1:4: [NameFL] writes the last name", done.stderr)

    def test_lint_reads_tags(self):
        text = "[NameF], it's [OfficeName]: [URL] Reply STOP."
        self.assertEqual(winback("lint", "--import", stdin=text).returncode, 0)
        done = winback("lint", "--import", stdin="[NameFL]")
        self.assertEqual(done.returncode, 1)
        self.assertIn("-:1:1: error: template: [NameFL]", done.stdout)

    def test_the_examples_of_the_page_are_as_it_says(self):
        page = pathlib.Path(__file__).resolve().parents[2] / "docs" / "templates.md"
        rows = re.findall(r"^\| (.*?) \| (`\w+\.\w+`.*?) \| (.*) \|$", page.read_text(), re.M)
        self.assertEqual(len(rows), 9)
        for before, why, after in rows:
            done = winback("lint", "--fragment", "--channel", "email.text", stdin=before)
            for rule in re.findall(r"`(.*?)`", why):
                self.assertIn(f" {rule}: ", done.stdout, before)
            done = winback("lint", "--fragment", "--channel", "email.text",
                           stdin=after.replace("\\|", "|"))
            self.assertEqual(done.stdout, "", after)


if __name__ == "__main__":
    main()
