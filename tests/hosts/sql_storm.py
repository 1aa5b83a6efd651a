# SPDX-License-Identifier: MIT
"""Fifty practices, three workers that are killed at random, webhooks arriving at any of them: at the end no action
was delivered twice by the provider, and none is without an outcome. With WB_LONG it lasts a minute."""
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from sql_storm import storm  # noqa: E402

SECONDS, PATIENTS = (60, 80) if os.environ.get("WB_LONG") else (12, 20)
SABOTAGED = 3, 60  # practices, each with patients: a storm over broken workers ends at the first double delivery


class Storms(unittest.TestCase):
    def test_nothing_goes_twice_and_nothing_is_left_open(self):
        run, faults = storm(SECONDS, 50, PATIENTS)
        print(run)
        self.assertEqual(faults, [])
        self.assertGreater(run.kills, SECONDS)
        self.assertGreater(run.stormy, 5 * SECONDS)
        self.assertGreater(run.sent, 50 * PATIENTS * 0.9)
        self.assertLess(run.unknown, run.sent / 10)

    def test_an_honest_worker_has_no_fault_where_those_that_are_wrong_on_purpose_deliver_twice(self):
        self.assertEqual(storm(5, *SABOTAGED)[1], [])
        for broken in ("blind", "early"):
            with self.subTest(broken=broken):  # where nobody dies at the wrong instant, once more
                self.assertTrue(any(storm(10, *SABOTAGED, broken=broken)[0].twice() for _ in range(4)))


if __name__ == "__main__":
    unittest.main()
