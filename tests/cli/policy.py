# SPDX-License-Identifier: MIT
"""winback policy: what messages may say, in words."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import Command, main, winback  # noqa: E402


class Policy(Command):
    def written(self, policy):
        path = pathlib.Path(self.folder) / "policy.json"
        path.write_text(policy if isinstance(policy, str) else json.dumps(policy))
        return str(path)

    def test_built_in(self):
        done = winback("policy")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("\nsms, at most 2 segments\n", done.stdout)
        self.assertNotIn("WIDENED", done.stdout)

    def test_of_the_practice(self):
        narrow = self.written({"channels": {"sms": {"read": ["public"]}}, "hosts": ["a.example.com"]})
        done = winback("policy", "--policy", narrow)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("sms, at most 2 segments\n  says                public\n", done.stdout)
        self.assertIn("Links lead to a.example.com.", done.stdout)

    def test_refused(self):
        wide = self.written({"channels": {"sms": {"read": ["clinical"]}}})
        self.refused(winback("policy", "--policy", wide), 3, "/channels/sms/read/0")
        self.refused(winback("policy", "--policy", self.written("{")), 3, "policy.json:1:")
        self.refused(winback("policy", "--policy", "/nowhere"), 3, "No such file")


if __name__ == "__main__":
    main()
