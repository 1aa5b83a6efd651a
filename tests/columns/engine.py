# SPDX-License-Identifier: MIT
"""What the tests of the engines share: TEST.py LIBRARY. WB_COLUMNS_PYTHON names an interpreter that has them."""
import datetime
import decimal
import functools
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/columns"


def need(*names):
    """Goes on where the engines are; without them the test is skipped, and says which is absent."""
    other = os.environ.pop("WB_COLUMNS_PYTHON", None)
    if other:
        os.execv(other, [other, *sys.argv])
    absent = [name for name in names if importlib.util.find_spec(name) is None]
    if absent:
        print("not installed:", *absent)
        installed = (ROOT / "tests/columns/requirements.txt").read_text(encoding="utf-8")  # not there in Spark's workers
        must = os.environ.get("WB_ALL_TOOLS") and any(f"\n{name}==" in installed for name in absent)
        sys.exit(1 if must else 77)
    os.environ["WINBACK_LIBRARY"] = os.path.abspath(sys.argv.pop(1))
    os.environ["PYTHONPATH"] = str(ROOT / "bindings/python")
    sys.path.insert(0, os.environ["PYTHONPATH"])


NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
DAY = datetime.date(2025, 4, 22)
LONG = "longer than a view holds inside"  # of texts
TEXTS = ["a", None, LONG]
CENTS = [decimal.Decimal("12.50"), None, decimal.Decimal("-0.01")]
KINDS = {"text": "TEXT", "int": "INT", "uint": "UINT", "real": "DOUBLE", "bool": "BOOL", "day": "DATE",
         "time": "TIME", "bytes": "BYTES"}


@functools.lru_cache(maxsize=None)
def schema():
    """A field of each kind, own.text and so on; the lists own.texts of texts and own.visits of days."""
    import winback as wb

    def field(name, kind, element="UNKNOWN"):
        return wb.Field(name=f"own.{name}", about="One.", type=wb.Kind[kind], presence=wb.Presence.OPTIONAL,
                        class_=wb.Class.STAFF, element=wb.Kind[element])

    return wb.Schema([*(field(name, kind) for name, kind in KINDS.items()), field("texts", "LIST", "TEXT"),
                      field("visits", "LIST", "RECORD"), field("visits.on", "DATE")])


@functools.lru_cache(maxsize=None)
def when():
    """The moment at which everything is asked."""
    import winback as wb

    return wb.Moment(NOW, wb.Zone("America/New_York"))


class Engine(unittest.TestCase):
    """An engine: its example, what it hands over, and what is refused."""

    def facts(self, patients):
        """Facts of a table of three patients."""
        import winback as wb

        facts = wb.Facts(schema(), NOW)
        facts.add("patients", patients)
        return facts

    def check(self, cases, table):
        """What each column says: name, values of the engine, and what is read, None where it is not known.
        `table` makes the engine's frame of columns by name."""
        import winback as wb

        for at, (name, values, wanted) in enumerate(cases):
            with self.subTest(case=at, column=name):
                facts = self.facts(table({"patient": ["1", "2", "3"], "status": ["active"] * 3, f"own.{name}": values}))
                said = [facts.get(row, f"own.{name}", when()) for row in range(3)]
                self.assertEqual([None if value is wb.UNKNOWN else value for value in said], wanted)

    def check_refused(self, cases, table):
        """What is said of each column that does not fit: its name, and what to cast it to."""
        import winback as wb

        for at, (name, values, advice) in enumerate(cases):
            with self.subTest(case=at, column=name):
                columns = {"patient": ["1", "2", "3"], "status": ["active"] * 3}
                columns[name if name in columns else f"own.{name}"] = values
                with self.assertRaises(wb.WrongType) as caught:
                    self.facts(table(columns))
                self.assertRegex(str(caught.exception), rf"\.{name}: .*: cast (it|the elements).* to {advice}")

    def check_example(self, engine, **environment):
        """The engine's example says what plain rows say."""
        with tempfile.TemporaryDirectory() as folder:
            run = functools.partial(subprocess.run, check=False, capture_output=True, text=True, timeout=280,
                                    env={**os.environ, **environment})
            run([sys.executable, EXAMPLES / "made_up.py", folder])
            rows, columns = (run([sys.executable, EXAMPLES / f"with_{name}.py", folder]) for name in ("rows", engine))
        self.assertEqual(rows.returncode, 0, rows.stderr)
        self.assertEqual(columns.returncode, 0, columns.stderr)
        self.assertEqual(columns.stdout, rows.stdout)
        self.assertEqual(len(rows.stdout.splitlines()), 4)
        self.assertNotIn(",0", rows.stdout)  # somebody is in each segment
