# SPDX-License-Identifier: MIT
"""DuckDB: what its relations hand over, by the chunk and in each of its Arrow formats."""
import unittest

from engine import DAY, LONG, NOW, TEXTS, Engine, need, schema, when

need("duckdb", "pyarrow")
import duckdb  # noqa: E402
import winback as wb  # noqa: E402


def cell(name, value):
    """A value as SQL writes it; those of own fields are SQL."""
    return "NULL" if value is None else value if name.startswith("own.") else repr(value)


def relation(columns):
    """A relation of three rows."""
    rows = zip(*([cell(name, value) for value in values] for name, values in columns.items()))
    listed = ", ".join(f"({', '.join(row)})" for row in rows)
    names = ", ".join(f'"{name}"' for name in columns)
    return duckdb.sql(f"SELECT * FROM (VALUES {listed}) AS it({names})")


def texts(kind="VARCHAR"):
    return [f"'a'::{kind}", None, f"'{LONG}'::{kind}"]


LISTS = ["['a']", None, f"['{LONG}', NULL]"]
LISTED = [["a"], None, [LONG, wb.UNKNOWN]]
EVERY = [
    ("text", texts(), TEXTS),
    ("text", texts(f"ENUM('a', '{LONG}')"), TEXTS),
    ("text", ["'{}'::JSON", None, None], ["{}", None, None]),
    ("text", ["'00000000-0000-4000-8000-000000000001'::UUID", None, None],
     ["00000000-0000-4000-8000-000000000001", None, None]),
    ("int", ["1::TINYINT", None, "-1"], [1, None, -1]),
    ("int", ["1::HUGEINT", None, "-1"], [1, None, -1]),  # what sum() answers
    ("int", ["12.50::DECIMAL(9, 2)", None, "-0.01"], [1250, None, -1]),
    ("int", ["12.50::DECIMAL(30, 4)", None, "-0.01"], [1250, None, -1]),
    ("uint", ["18446744073709551615::UBIGINT", None, "0"], [2**64 - 1, None, 0]),
    ("real", ["1.5::DOUBLE", None, "2::FLOAT"], [1.5, None, 2.0]),
    ("bool", ["true", None, "false"], [True, None, False]),
    ("day", ["DATE '2025-04-22'", None, "DATE '1899-12-30'"], [DAY, None, DAY.replace(1899, 12, 30)]),
    ("day", ["TIMESTAMP '2025-04-22 23:59:59'", None, None], [DAY, None, None]),
    ("day", ["TIMESTAMP_NS '2025-04-22 23:59:59'", None, None], [DAY, None, None]),
    ("time", ["TIMESTAMPTZ '2026-03-03 16:00:00.9+00'", None, None], [NOW, None, None]),
    ("bytes", ["'a'::BLOB", None, "''::BLOB"], [b"a", None, None]),
    ("texts", LISTS, LISTED),
    ("visits", ["[{'on': DATE '2025-04-22', 'by': 1}]", None, "[]"], [[{"on": DAY}], None, []]),
]
UNFIT = [
    ("patient", [1, 2, 3], "text"),
    ("text", ["1::BIT", None, None], "text"),
    ("text", ["TIME '10:00'", None, None], "text"),
    ("int", ["1.5::DOUBLE", None, None], "a whole number"),
    ("day", ["TIMESTAMPTZ '2025-04-22 00:00+00'", None, None], "a date"),
    ("day", ["'2025-04-22'", None, None], "a date"),
    ("time", ["TIMESTAMP '2025-04-22 00:00'", None, None], "a timestamp with a time zone"),
    ("bool", ["1", None, None], "bool"),
    ("texts", ["['a']::VARCHAR[1]", None, None], "a list"),
    ("visits", ["['a']", None, None], "structs"),
]


class Relations(Engine):
    def setUp(self):
        for setting in ("large_buffer_size", "output_version", "output_list_view", "lossless_conversion"):
            duckdb.execute(f"RESET arrow_{setting}")

    def test_the_example_says_what_rows_say(self):
        self.check_example("duckdb")

    def test_every_type_is_read(self):
        self.check(EVERY, relation)

    def test_every_type_is_read_from_large_buffers(self):
        duckdb.execute("SET arrow_large_buffer_size = true")
        self.check(EVERY, relation)

    def test_views_and_short_decimals_are_read(self):
        duckdb.execute("SET arrow_output_version = '1.5'")
        self.check(EVERY, relation)

    def test_views_of_lists_are_refused(self):
        duckdb.execute("SET arrow_output_version = '1.5'; SET arrow_output_list_view = true")
        self.check_refused([("texts", LISTS, "a list")], relation)

    def test_types_of_its_own_are_refused(self):
        duckdb.execute("SET arrow_lossless_conversion = true")
        self.check_refused([("text", ["uuid()", None, None], "text"), ("int", ["1::HUGEINT", None, None],
                                                                      "a whole number")], relation)

    def test_what_does_not_fit_is_named(self):
        self.check_refused(UNFIT, relation)

    def test_a_relation_comes_in_chunks(self):
        rows = 300_000
        found = duckdb.sql(f"""SELECT i::VARCHAR AS patient, 'active' AS status, i AS "own.int",
            [i::VARCHAR, 'x'][1:i % 3] AS "own.texts" FROM range({rows}) AS of(i)""")
        self.assertGreater(len(found.to_arrow_table().column("patient").chunks), 1)
        facts = self.facts(found)
        rule = wb.Rule(facts.schema, "own.int % 7 == 3 && own.texts.exists(it, it == 'x')")
        self.assertEqual(rule.match(facts, when()).rows(), [at for at in range(rows) if at % 7 == 3 and at % 3 == 2])
        self.assertEqual(facts.get(rows - 1, "own.texts", when()), [str(rows - 1), "x"])

    def test_a_connection_that_went_away_is_an_exception(self):
        connection = duckdb.connect()
        found = connection.sql("SELECT '1' AS patient, 'active' AS status")
        connection.close()
        self.assertRaises(duckdb.ConnectionException, self.facts, found)

    def test_a_query_that_fails_midway_is_an_exception_and_leaves_the_facts_as_they_were(self):
        found = duckdb.sql("""SELECT CASE WHEN i < 200000 THEN i::VARCHAR ELSE error('Ana') END AS patient,
            'active' AS status FROM range(300000) AS of(i)""")
        facts = wb.Facts(schema(), NOW)
        with self.assertRaises(wb.Aborted) as caught:
            facts.add("patients", found)
        self.assertNotIn("Ana", str(caught.exception))
        facts.add("patients", duckdb.sql("SELECT '1' AS patient, 'active' AS status"))
        self.assertEqual(len(facts), 1)


if __name__ == "__main__":
    unittest.main()
