"""A coverage-guided fuzzer of what finds and runs queries: `python tests/fuzzing/fuzz_queries.py -max_total_time=60`.

Needs the extra `fuzz`. What passes for one statement also runs in this process, under the guard of the child process
that queries otherwise run in; nothing may change the database, whatever it says.
"""

import sqlite3
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

SCRIPT = "CREATE TABLE cats (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO cats VALUES (1, 'Tom'), (2, NULL);"
SEEDS = (
    "SELECT name FROM cats WHERE id > 1;",
    "WITH a AS (SELECT 1) SELECT * FROM a -- x\n/* y */",
    "ANSWER:\n```sql\nSELECT count(*) FROM cats\n```\nThis counts.",
    "DROP TABLE cats; INSERT INTO cats VALUES (3, 'x')",
    "SELECT (SELECT max(id) FROM cats) UNION ALL VALUES (1), ('a''b'), (\"c\") ORDER BY 1 LIMIT 2",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    "PRAGMA table_info(cats); ATTACH 'x' AS y; VACUUM; BEGIN; SAVEPOINT a; REINDEX; EXPLAIN SELECT 1",
)


def main() -> None:
    """Fuzz until a promise breaks or the time is up."""
    with atheris.instrument_imports(include=["askfirst.benchmark.query_text", "askfirst.data.query_worker"]):
        from askfirst.data.query_worker import Limits, Meter, QueryFaultError, open_database, read_rows
        from fuzzing.engine import fuzz
        from reading_promises import FORMS, check_message, check_query

    limits = Limits(instructions=1_000_000, processor_s=0.05, memory_mib=64, rows=100, characters=10_000)

    def dump(connection: sqlite3.Connection) -> list[str]:
        return list(connection.iterdump())

    def check(text: str, choice: int) -> None:
        check_query(text)
        check_message(text, FORMS[6], "")
        if choice % 4 == 0:
            check_run(text)

    def check_run(text: str) -> None:
        guarded, fault = open_database(SCRIPT), None
        try:
            _, rows = read_rows(guarded, text, limits, Meter(limits, trusted=False))
            assert len(rows) <= limits["rows"]
        except QueryFaultError as error:
            fault = error
        finally:
            guarded.set_authorizer(None)
            guarded.set_progress_handler(None, 0)
            left = guarded.execute("SELECT id, name FROM cats ORDER BY id").fetchall()
            guarded.close()
        assert fault is None or (str(fault) and fault.kind in ("error", "refused", "limit"))
        assert left == [(1, "Tom"), (2, None)], left

    fuzz(check, SEEDS)


if __name__ == "__main__":
    main()
