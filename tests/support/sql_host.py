# SPDX-License-Identifier: MIT
"""What the tests of the host over SQL share: TEST.py LIBRARY [unittest's arguments]."""
import datetime
import os
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
if len(sys.argv) > 1 and ".so" in sys.argv[1]:
    os.environ["WINBACK_LIBRARY"] = os.path.abspath(sys.argv.pop(1))
sys.path[:0] = [str(ROOT / "bindings/python"), str(ROOT / "examples/hosts/sql")]
if os.access("/dev/shm", os.W_OK):  # SIGKILL loses nothing that was written: no disk is needed
    tempfile.tempdir = "/dev/shm"

import winback as wb  # noqa: E402
import clinic as clinics  # noqa: E402
import provider as providers  # noqa: E402
import store as stores  # noqa: E402
import web  # noqa: E402
import worker as workers  # noqa: E402

KEY = bytes(range(32))
NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)  # a Tuesday, 11:00 in New York
__all__ = ["KEY", "NOW", "ROOT", "Provider", "clinics", "late_journals", "providers", "stores", "wb", "web", "workers"]


class Provider:
    """Accepts at once; `log` has the keys of what it delivered: those of e-mail again are no second delivery."""

    def __init__(self):
        self.log = []

    def keeps_keys(self, channel):
        return channel == wb.Channel.EMAIL

    def send(self, channel, key, request):
        if not (self.keeps_keys(channel) and key in self.log):
            self.log.append(key)
        return "sent", wb.Cause.NONE


def late_journals(statements):
    """Transactions that wrote the journal after another table, each as the tables that it wrote; and how many wrote it."""
    late, count, written = [], 0, []
    for statement in statements:
        found = re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", statement)
        if statement.startswith("BEGIN"):
            written = []
        elif found:
            written.append(found[1])
        elif statement == "COMMIT" and "journal" in written:
            count += 1
            if set(written[:written.index("journal")]):
                late.append(written)
    return late, count
