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


class Storms(unittest.TestCase):
    def test_nothing_goes_twice_and_nothing_is_left_open(self):
        run, faults = storm(SECONDS, 50, PATIENTS)
        print(run)
        self.assertEqual(faults, [])
        self.assertGreater(run.kills, SECONDS)
        self.assertGreater(run.stormy, 5 * SECONDS)
        self.assertGreater(run.sent, 50 * PATIENTS * 0.9)
        self.assertLess(run.unknown, run.sent / 10)

    def caught(self, broken, patients):
        """Whether a worker that is wrong on purpose is seen: where nobody dies at the wrong instant, once more."""
        for _ in range(4):
            if storm(10, 3, patients, broken=broken)[1]:
                return
        self.fail("no storm sees it")

    def test_workers_without_compare_and_swap_are_caught(self):
        self.caught("blind", 40)

    def test_a_worker_that_delivers_before_its_claims_are_durable_is_caught(self):
        self.caught("early", 60)


if __name__ == "__main__":
    unittest.main()
