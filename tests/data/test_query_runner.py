"""A subject's query in its child process: what it may do, what it can't, and what a broken harness raises."""

import asyncio
import itertools
import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from askfirst.benchmark.errors import GraderError
from askfirst.data import query_runner, query_worker
from askfirst.data.query_runner import QueryLimits, QueryOutcome, run_query
from askfirst.data.query_worker import Meter, QueryFaultError, open_database, read_rows

SCRIPT = """
CREATE TABLE cats (id INTEGER PRIMARY KEY, name TEXT, weight REAL);
INSERT INTO cats VALUES (1, 'Tom', 4.5), (2, NULL, 3), (3, 'Mia', 4.5);
"""
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
SHORT = QueryLimits(instructions=10**12, processor_s=0.3)


def run(query: str, limits: QueryLimits | None = None, scripts: tuple[str, ...] = (SCRIPT,)) -> QueryOutcome:
    return asyncio.run(run_query(scripts, query, limits))


def fault_of(query: str, limits: QueryLimits | None = None) -> tuple[str, str]:
    fault = run(query, limits).fault
    assert fault is not None, f"{query!r} gave a result"
    return fault.kind, fault.note


def test_a_query_returns_its_rows_from_every_database():
    outcome = run("SELECT name, weight FROM cats ORDER BY id", scripts=(SCRIPT, SCRIPT.replace("Tom", "Max")))
    assert outcome.fault is None
    assert [result.columns for result in outcome.results] == [2, 2]
    assert outcome.results[0].rows == (("Tom", 4.5), (None, 3.0), ("Mia", 4.5))
    assert outcome.results[1].rows[0] == ("Max", 4.5)


@pytest.mark.parametrize(
    ("query", "row"),
    [
        pytest.param("SELECT 1;", (1,), id="semicolon"),
        pytest.param("-- one\nSELECT 1 /* two */", (1,), id="comments"),
        pytest.param(
            "SELECT x'00ff', 9e999, NULL, 9223372036854775807", (b"\0\xff", float("inf"), None, 2**63 - 1), id="cells"
        ),
        pytest.param("SELECT CAST(x'ff' AS TEXT)", ("\ufffd",), id="a text that is no UTF-8"),
        pytest.param("SELECT count(*) FROM json_each('[1, 2]')", (2,), id="JSON"),
        pytest.param("SELECT count(*) FROM sqlite_master", (1,), id="reading the schema"),
        pytest.param("SELECT rank() OVER (ORDER BY 1)", (1,), id="a window"),
        pytest.param("SELECT 'é🜂'", ("é🜂",), id="Unicode"),
    ],
)
def test_what_only_reads_is_allowed(query, row):
    assert run(query).results[0].rows == (row,)


@pytest.mark.parametrize(
    ("query", "kind", "note"),
    [
        ("", "error", "no query that returns rows"),
        ("-- nothing", "error", "no query that returns rows"),
        ("SELEC name", "error", 'near "SELEC": syntax error'),
        ("SELECT nam FROM cats", "error", "no such column: nam"),
        ("SELECT * FROM dogs", "error", "no such table: dogs"),
        ("SELECT ?", "error", "Incorrect number of bindings"),
        ("SELECT 'a\0b'", "error", "null character"),
        ("SELECT '\ud800'", "error", "surrogates"),
        ("SELECT " + "(" * 3000 + "1" + ")" * 3000, "error", "overflow"),
        ("SELECT 1" + " UNION SELECT 1" * 600, "error", "too many terms"),
        ("SELECT 1; SELECT 2", "refused", "more than one statement"),
        ("SELECT 1; DROP TABLE cats", "refused", "more than one statement"),
        ("INSERT INTO cats VALUES (4, 'x', 1)", "refused", "changes data (INSERT)"),
        ("UPDATE cats SET name = 'x' RETURNING name", "refused", "changes data (UPDATE)"),
        ("WITH a AS (SELECT 1) DELETE FROM cats", "refused", "changes data (DELETE)"),
        ("CREATE TABLE x (a)", "refused", "changes the schema"),
        ("CREATE TEMP TABLE x AS SELECT 1", "refused", "changes the schema"),
        ("DROP TABLE cats", "refused", "changes the schema"),
        ("ALTER TABLE cats RENAME TO dogs", "refused", "changes"),
        ("ATTACH '/tmp/other.db' AS other", "refused", "ATTACH"),
        ("VACUUM INTO '/tmp/other.db'", "refused", "ATTACH"),
        ("PRAGMA hard_heap_limit = 0", "refused", "PRAGMA"),
        ("SELECT * FROM pragma_database_list", "refused", "PRAGMA"),
        ("BEGIN", "refused", "transaction"),
        ("SELECT load_extension('/tmp/x')", "refused", "reaches outside"),
        ("SELECT writefile('/tmp/x', 'y')", "error", "no such function"),
        (f"{ENDLESS} SELECT x FROM n", "limit", "more than 10000 rows"),
        ("SELECT hex(zeroblob(499000)) FROM cats", "limit", "more than 1000000 characters"),
        ("SELECT zeroblob(1000000000)", "limit", "a value of more than 1000000 bytes"),
        ("SELECT replace(hex(zeroblob(99999)), '00', hex(zeroblob(9999)))", "limit", "a value of more than"),
        ("SELECT " + ", ".join(f"{n}" for n in range(300)), "error", "too many columns"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_what_is_no_plain_query_gets_a_named_fault(query, kind, note):
    found, said = fault_of(query)
    assert found == kind
    assert note in said


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(f"{ENDLESS} SELECT count(*) FROM n", id="endless recursion"),
        pytest.param("SELECT count(*) FROM cats" + ", cats" * 25, id="a huge product"),
        pytest.param(f"SELECT ({ENDLESS} SELECT max(x) FROM n)", id="recursion in a subquery"),
    ],
)
def test_a_query_without_end_hits_the_limit_of_instructions_and_of_time(query):
    started = time.monotonic()
    few = QueryLimits(instructions=1_000_000)
    assert fault_of(query, few) == ("limit", "it takes more than 1000000 instructions of SQLite")
    assert fault_of(query, SHORT) == ("limit", "it takes more than 0.3 s of processor time")
    assert time.monotonic() - started < 40


def test_instructions_count_over_all_databases_together():
    query = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n LIMIT 5000"
    limits = QueryLimits(instructions=200_000)
    assert run(query, limits).fault is None
    fault = run(query, limits, scripts=(SCRIPT,) * 9).fault
    assert fault is not None
    assert fault.database > 1
    assert fault.note == "it takes more than 200000 instructions of SQLite"


def test_a_trusted_query_is_not_stopped_by_a_clock_that_jumps(monkeypatch):
    clock = itertools.count(0.0, 1000.0)
    monkeypatch.setattr(time, "thread_time", lambda: next(clock))
    limits = QueryLimits().to_worker()
    query = f"{ENDLESS} SELECT x FROM n LIMIT 5000"
    with closing(open_database(SCRIPT)) as connection:
        assert len(read_rows(connection, query, limits, Meter(limits, trusted=True))[1]) == 5000
        with pytest.raises(QueryFaultError, match="processor time"):
            read_rows(connection, query, limits, Meter(limits, trusted=False))


def test_a_single_step_that_no_interrupt_reaches_is_ended_by_the_system():
    query = "SELECT replace(a, b, '') FROM (SELECT hex(zeroblob(490000)) AS a, hex(zeroblob(245000)) || '1' AS b)"
    assert fault_of(query, SHORT) == ("limit", "it takes more than 0.3 s of processor time")


def test_memory_is_limited():
    query = f"{ENDLESS} SELECT count(*) FROM (SELECT hex(randomblob(90000 + x)) AS t FROM n LIMIT 999) GROUP BY t"
    assert fault_of(query, QueryLimits(memory_mib=8)) == ("limit", "it needs more than 8 MiB of memory")
    assert run(query.replace("90000", "90"), QueryLimits(memory_mib=8)).fault is None


def test_a_fault_names_the_database_where_it_happened():
    fault = run("SELECT name FROM cats", scripts=(SCRIPT, "CREATE TABLE dogs (a)")).fault
    assert fault is not None
    assert (fault.database, fault.note) == (2, "no such table: cats")


def test_the_child_has_neither_the_harness_s_environment_nor_its_directory(monkeypatch, tmp_path):
    report = tmp_path / "report.py"
    report.write_text(
        "import os, sys, json\n"
        "sys.stdin.read()\n"
        "print(json.dumps('loaded'))\n"
        "rows = [[os.getcwd()], [os.environ.get('OPENAI_API_KEY')], [os.environ.get('HOME')], [sys.flags.isolated]]\n"
        "print(json.dumps({'results': [[1, rows]], 'fault': None}))\n"
    )
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setattr(query_worker, "__file__", str(report))
    assert run("SELECT 1").results[0].rows == (("/",), (None,), (None,), (1,))


def test_nothing_is_written_by_an_attached_database(tmp_path):
    target = tmp_path / "other.db"
    for query in (f"ATTACH '{target}' AS other", f"VACUUM INTO '{target}'"):
        fault_of(query)
    assert not target.exists()


@pytest.mark.parametrize(
    ("scripts", "message"),
    [
        pytest.param((), "databases: none", id="no database"),
        pytest.param(("CREATE TABLE",), "databases: not built", id="a broken script"),
        pytest.param((SCRIPT, "INSERT INTO dogs VALUES (1)"), "no such table: dogs", id="a missing table"),
    ],
)
def test_a_missing_or_broken_database_is_an_error_and_no_verdict(scripts, message):
    with pytest.raises(GraderError, match=message):
        run("SELECT 1", scripts=scripts)


def test_a_worker_that_cannot_start_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(GraderError, match="query worker"):
        run("SELECT 1")


def test_a_machine_that_is_too_slow_is_an_error():
    with pytest.raises(GraderError, match=r"no outcome within 0\.001 s"):
        run("SELECT 1", QueryLimits(wall_s=0.001))


def test_many_queries_run_side_by_side():
    async def run_all() -> list[QueryOutcome]:
        return await asyncio.gather(*(run_query((SCRIPT,), f"SELECT {number}") for number in range(12)))

    assert [outcome.results[0].rows for outcome in asyncio.run(run_all())] == [((number,),) for number in range(12)]


def test_no_child_is_left_behind():
    run("SELECT 1")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_child_that_crashes_is_the_query_s_fault_and_one_that_is_killed_is_not():
    fault = query_runner.fault_of_exit(-signal.SIGSEGV, SHORT)
    assert (fault.kind, fault.note) == ("error", "it makes SQLite crash")
    assert query_runner.fault_of_exit(-signal.SIGXCPU, SHORT).kind == "limit"
    with pytest.raises(GraderError, match="exit status -9"):
        query_runner.fault_of_exit(-signal.SIGKILL, SHORT)


def test_the_worker_needs_the_standard_library_alone():
    source = Path(query_worker.__file__).read_text(encoding="utf-8")
    modules = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert modules <= sys.stdlib_module_names
