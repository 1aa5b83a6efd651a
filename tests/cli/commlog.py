# SPDX-License-Identifier: MIT
"""A STOP in commlog, texted before there was a store."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, main, rows, winback  # noqa: E402
from store import Store, day_after  # noqa: E402

HEAD = "CommlogNum,PatNum,CommDateTime,CommType,Note,Mode_,SentOrReceived,UserNum\n"


class Commlog(Store):
    def setUp(self):
        super().setUp()
        self.only(["1003"])
        self.texts = self.campaign()

    def channel(self, *lines, head=HEAD, when=DAY + "T12:00"):
        """How 1003 is written to when commlog has these lines."""
        (self.data / "commlog.csv").write_text(head + "".join(line + "\n" for line in lines))
        return [action["channel"] for action in self.run_at(when, campaign=self.texts)]

    def test_without_a_word_they_are_texted(self):
        self.assertEqual(self.channel(), ["sms"])

    def test_a_practice_without_it_is_told_what_nobody_knows(self):
        told = "commlog.csv is missing, or one of its columns"
        self.channel()
        self.assertNotIn(told, self.said)
        self.channel(head=HEAD.replace("Mode_", "Mood"))
        self.assertIn(told, self.said)
        (self.data / "commlog.csv").unlink()
        self.run_at(DAY + "T13:00", campaign=self.texts)
        self.assertIn(told, self.said)

    def test_a_stop_closes_the_number(self):
        self.assertEqual(self.channel('1,1003,2025-08-25 11:20:00,0,STOP,5,2,1'), [])
        self.assertIn("opted_out", self.said)
        done = winback("audit", "--store", self.store)
        self.assertNotIn("STOP", done.stdout)

    def test_what_was_sent_or_spoken_is_no_stop(self):
        self.assertEqual(self.channel('1,1003,2025-08-25 11:20:00,0,STOP,5,1,1',
                                      '2,1003,2025-08-25 11:20:00,0,STOP,3,2,1',
                                      '3,1003,2025-08-25 11:20:00,0,Pt confirmed by text,5,2,1',
                                      '4,1003,2027-01-01 11:20:00,0,STOP,5,2,1',
                                      '5,77,2025-08-25 11:20:00,0,STOP,5,2,1'), ["sms"])

    def test_the_last_word_counts(self):
        stop, start = '1,1003,2025-08-25 11:20:00,0,STOP,5,2,1', '2,1003,2025-09-01 10:00:00,0,START,5,2,1'
        self.assertEqual(self.channel(start, stop), ["sms"])

    def test_what_the_store_knows_later_counts(self):
        stop = '1,1003,2025-08-25 11:20:00,0,STOP,5,2,1'
        self.assertEqual(self.channel(stop), [])
        number = rows(PRACTICE / "patient.csv")[2]["WirelessPhone"]
        self.event(DAY + "T13:00", "opted_in", from_=number)
        self.assertEqual(self.channel(stop, when=DAY + "T14:00"), ["sms"])

    def test_explain_sees_it_without_a_store_and_with_one(self):
        stop = '1,1003,2025-08-25 11:20:00,0,STOP,5,2,1'
        self.channel()
        (self.data / "commlog.csv").write_text(HEAD + stop + "\n")
        arguments = ["explain", "--data", self.data, "--practice", self.settings, "--as-of",
                     DAY + "T13:00", "--patient", "1003", "--campaign", self.texts]
        for store in [[], ["--store", self.store]]:
            before = (self.store / "journal").read_bytes()
            self.assertIn("asked for no more", winback(*arguments, *store).stdout)
            self.assertEqual((self.store / "journal").read_bytes(), before)

    def test_receive_and_desk_see_it(self):
        self.only(["1309"])
        self.run_at(DAY + "T11:00")
        self.event(DAY + "T12:00", "reply", from_="+12245550122", text="How much is it?")
        self.run_at(day_after(DAY, 1) + "T13:00")
        self.assertEqual(self.calls("T13:05"), ["1309"])
        (self.data / "commlog.csv").write_text(
            HEAD + f'1,1309,{day_after(DAY, 1)} 13:10:00,0,STOP,5,2,1\n')
        self.assertEqual(self.calls("T13:15"), [])
        self.event(day_after(DAY, 1) + "T13:20", "click", patient="1309", data=self.data)
        self.assertIn("opted_out", winback("audit", "--store", self.store).stdout)

    def calls(self, clock):
        """Whom the desk is to call, when it is asked with the data."""
        done = winback("desk", "--data", self.data, "--practice", self.settings, "--store",
                       self.store, "--as-of", day_after(DAY, 1) + clock, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        tasks = [json.loads(line) for line in done.stdout.splitlines()]
        return [task["patient"] for task in tasks if task["list"] == "outreach"]

    def test_a_table_without_a_column_says_nothing(self):
        self.assertEqual(self.channel('1,1003,STOP', head="CommlogNum,PatNum,Note\n"), ["sms"])


if __name__ == "__main__":
    main()
