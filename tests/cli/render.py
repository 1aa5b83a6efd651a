# SPDX-License-Identifier: MIT
"""winback render: what a template says."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, rows, winback  # noqa: E402

HELLO = "Hi {{ patient.name }}, book here: {{ location.booking_url }}\n"


class Render(Command):
    def file(self, text):
        path = self.folder / "text.liquid"
        path.write_text(text)
        return path

    def test_made_up_values(self):
        done = winback("render", self.file(HELLO))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        said = "Hi Maria, book here: https://book.example.com/visit"
        self.assertEqual(done.stdout, f"{said}\n\n(GSM-7, {len(said)} septets, 1 segment)\n")

    def test_made_up_values_are_plausible(self):
        cases = [("call", "{{ patient.name }} {{ patient.last_name }}", "Maria Gomez"),
                 ("page.secure", "{{ today }} {{ visit.next }}", "2026-03-03 2026-03-13"),
                 ("page.secure", "{{ recare.due }} {{ recare.band }}", "2025-12-28 0-6"),
                 ("page.secure", "{{ visit.last }}", "2025-07-01"),
                 ("page.secure", '{{ visit.next_time | date: "%F %H:%M" }}', "2026-03-13 14:30"),
                 ("page.secure", "{{ benefit.remaining | money }}", "$1,200.00"),
                 ("page.secure", "{% for t in treatments limit: 1 %}{{ t.fee | money }}{% endfor %}",
                  "$245.00")]
        for zone in ["UTC0", "America/New_York"]:
            for channel, text, said in cases:
                done = winback("render", "--as-of", DAY, "--zone", zone, "--channel", channel,
                               self.file(text))
                self.assertEqual((done.stdout, done.stderr), (said + "\n", ""), text)

    def test_a_preview_has_the_long_ending_of_a_first_text(self):
        text = self.file("Hello. {% if message.again %}Again{% else %}For the first time{% endif %}")
        data = ["--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY, "--patient", "1003"]
        for arguments in [[], data]:
            done = winback("render", *arguments, text)
            self.assertIn("Hello. For the first time\n", done.stdout, done.stderr)

    def test_a_patient_of_the_data(self):
        patient = next(row for row in rows(PRACTICE / "patient.csv") if row["FName"])
        done = winback("render", "--json", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY,
                       "--patient", patient["PatNum"], self.file("Hi {{ patient.name }}"))
        self.assertEqual(done.returncode, 0, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["text"], f"Hi {patient['Preferred'] or patient['FName']}")
        self.assertEqual((answer["encoding"], answer["segments"]), ("GSM-7", 1))
        self.refused(winback("render", "--data", PRACTICE, self.file(HELLO)), 2, "--patient KEY")
        self.refused(winback("render", "--patient", "1003", self.file(HELLO)), 2, "--data DIR")
        self.refused(winback("render", "--data", PRACTICE, "--patient", "none", self.file(HELLO)), 3,
                     "no patient of this key")

    def test_other_channels_have_no_segments(self):
        done = winback("render", "--channel", "email.text", self.file("Due {{ recare.due }}"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^Due \d{4}-\d\d-\d\d\n$")

    def test_registers_and_languages(self):
        kind = self.file("For {{ recare.kind }}")
        self.refused(winback("render", kind), 3, "text.liquid:1:8", "may not read recare.kind")
        self.assertEqual(winback("render", "--register", "detail", kind).returncode, 0)
        words = winback("render", "--language", "es", self.file("{{ recare.kind | general }}"))
        self.assertIn("su próxima visita", words.stdout)
        self.refused(winback("render", "--register", "loud", kind), 2, "general, neutral or detail")
        self.refused(winback("render", "--channel", "fax", kind), 3, "No such channel", "page.secure.")

    def test_one_file(self):
        self.refused(winback("render"), 2, "one file")
        self.refused(winback("render", "a", "b"), 2, "one file")
        self.refused(winback("render", self.folder / "none"), 3, "No such file")


if __name__ == "__main__":
    main()
