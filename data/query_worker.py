"""Runs one query on databases that scripts build in memory: the guard around SQLite, and the child process's program.

The child process runs this file alone, without site packages, so it imports nothing but the standard library. The
scripts are trusted and run first; the query isn't, and may only read.
"""

import json
import math
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any, TypeAlias, TypedDict

LOADED = "loaded"
"""The first line that the child process writes: its databases stand, and whatever fails from now on is the query."""

STEPS = 2_000
"""Instructions of SQLite between two looks at what a query has used; far below a millisecond."""

MEBIBYTE = 2**20
INTERPRETER_MIB = 512
"""Address space that the interpreter may take beside the memory of the databases."""

Cell: TypeAlias = int | float | str | bytes | None


class Limits(TypedDict):
    """What a query may use, over all databases together."""

    instructions: int
    processor_s: float
    memory_mib: int
    rows: int
    characters: int


class Request(TypedDict):
    """What the child process reads: one JSON object on its standard input."""

    scripts: list[str]
    query: str
    limits: Limits


class QueryFaultError(Exception):
    """The query gave no result: `error` (SQLite can't run it), `refused` (it does more than read) or `limit`."""

    def __init__(self, kind: str, note: str) -> None:
        """Say what failed, as a phrase for people."""
        super().__init__(note)
        self.kind = kind
        self.note = note


class Meter:
    """What a query has used, on one database after the other; `read_rows` asks it whether to stop."""

    def __init__(self, limits: Limits, *, trusted: bool) -> None:
        """Begin at nothing.

        Args:
            limits: Of these, instructions and processor time count here.
            trusted: Whether the harness's own process runs the query. There processor time is not counted: collecting
                garbage is in it, and whatever else the process does in between.
        """
        self._limits = limits
        self._instructions = 0
        self._deadline = math.inf if trusted else time.thread_time() + limits["processor_s"]

    def look(self) -> bool:
        """Count `STEPS` instructions, and say whether the query has to stop."""
        self._instructions += STEPS
        return self._instructions > self._limits["instructions"] or time.thread_time() > self._deadline

    def reason(self) -> str:
        """Say which limit was hit, as a phrase for people."""
        if self._instructions > self._limits["instructions"]:
            return f"it takes more than {self._limits['instructions']} instructions of SQLite"
        return f"it takes more than {self._limits['processor_s']:g} s of processor time"


_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_REFUSED_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
_CHANGING = {
    sqlite3.SQLITE_INSERT: "INSERT", sqlite3.SQLITE_UPDATE: "UPDATE", sqlite3.SQLITE_DELETE: "DELETE",
    sqlite3.SQLITE_ALTER_TABLE: "ALTER TABLE", sqlite3.SQLITE_REINDEX: "REINDEX", sqlite3.SQLITE_ANALYZE: "ANALYZE",
}  # fmt: skip
_SCHEMA_TABLES = frozenset({"sqlite_master", "sqlite_temp_master"})
_OTHER = {
    sqlite3.SQLITE_ATTACH: "attaches a database (ATTACH)",
    sqlite3.SQLITE_DETACH: "detaches a database (DETACH)",
    sqlite3.SQLITE_PRAGMA: "uses PRAGMA",
    sqlite3.SQLITE_TRANSACTION: "opens or ends a transaction",
    sqlite3.SQLITE_SAVEPOINT: "opens or ends a transaction",
    sqlite3.SQLITE_FUNCTION: "calls a function that reaches outside the database",
}
_SQLITE_LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 200,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 1_000_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 500,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
MAX_VALUE_LENGTH = 1_000_000
"""Bytes of one text or blob; what `zeroblob`, `randomblob` and `printf` can be made to ask for is refused beyond."""


def open_database(script: str) -> sqlite3.Connection:
    """Build a database in memory by a trusted script; the caller closes it.

    Raises:
        sqlite3.Error: If the script fails.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with ExitStack() as on_failure:
        on_failure.callback(connection.close)
        connection.executescript(script)
        connection.execute("PRAGMA temp_store = MEMORY").close()  # large sorts would need a file
        # their first use declares a table, which the guard would take for a change
        connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')").close()
        on_failure.pop_all()
    connection.text_factory = _to_text
    for limit, value in _SQLITE_LIMITS.items():
        connection.setlimit(limit, value)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_LENGTH)
    return connection


def _to_text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def read_rows(
    connection: sqlite3.Connection, query: str, limits: Limits, meter: Meter
) -> tuple[int, list[tuple[Cell, ...]]]:
    """Run one statement that may only read, and return its number of columns and its rows.

    Args:
        connection: What `open_database` returned.
        query: The statement.
        limits: Of these, rows and characters count here.
        meter: Says when to stop.

    Raises:
        QueryFaultError: If SQLite can't run it, it does more than read, or it hits a limit.
    """
    refused: list[str] = []

    def authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in _ALLOWED or (action == sqlite3.SQLITE_FUNCTION and second not in _REFUSED_FUNCTIONS):
            return sqlite3.SQLITE_OK
        refused.append(_refusal(action, first))
        return sqlite3.SQLITE_DENY

    connection.set_authorizer(authorize)
    connection.set_progress_handler(meter.look, STEPS)
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute(query)
            if cursor.description is None:
                raise QueryFaultError("error", "no query that returns rows")
            return len(cursor.description), list(_within(cursor, limits))
    except MemoryError as error:
        raise QueryFaultError("limit", f"it needs more than {limits['memory_mib']} MiB of memory") from error
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        raise _to_fault(error, refused, meter) from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)


def _refusal(action: int, table: str | None) -> str:
    if table in _SCHEMA_TABLES:
        return "changes the schema or uses PRAGMA"
    if action in _CHANGING:
        return f"changes data ({_CHANGING[action]})"
    return _OTHER.get(action, "changes the schema")


def _within(rows: Iterator[tuple[Cell, ...]], limits: Limits) -> Iterator[tuple[Cell, ...]]:
    characters = 0
    for number, row in enumerate(rows, start=1):
        characters += len(row)
        for cell in row:
            if isinstance(cell, str | bytes):
                characters += len(cell)
        if number > limits["rows"]:
            raise QueryFaultError("limit", f"it returns more than {limits['rows']} rows")
        if characters > limits["characters"]:
            raise QueryFaultError("limit", f"it returns more than {limits['characters']} characters")
        yield row


def _to_fault(error: Exception, refused: Sequence[str], meter: Meter) -> QueryFaultError:
    if refused:
        return QueryFaultError("refused", f"it {refused[0]}")
    text = str(error)
    if "one statement" in text:
        return QueryFaultError("refused", "it is more than one statement")
    if text == "interrupted":
        return QueryFaultError("limit", meter.reason())
    if "too big" in text:
        return QueryFaultError("limit", f"it makes a value of more than {MAX_VALUE_LENGTH} bytes")
    return QueryFaultError("error", text)


def main() -> None:
    """Read a request, run its query on every database, and write what came of it as JSON lines."""
    request: Request = json.load(sys.stdin)
    limits = request["limits"]
    _limit_process(limits["memory_mib"])
    try:
        connections = [open_database(script) for script in request["scripts"]]
    except sqlite3.Error as error:
        _write({"broken": str(error)})
        return
    _write(LOADED)
    seconds = int(time.process_time() + limits["processor_s"]) + 2
    # at the hard limit the system would kill, which looks like a fault of the machine
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    _write(_run_all(connections, request["query"], limits))


def _run_all(connections: Sequence[sqlite3.Connection], query: str, limits: Limits) -> dict[str, Any]:
    meter = Meter(limits, trusted=False)
    results: list[tuple[int, list[tuple[Any, ...]]]] = []
    for number, connection in enumerate(connections, start=1):
        try:
            columns, rows = read_rows(connection, query, limits, meter)
        except QueryFaultError as fault:
            return {"results": results, "fault": {"kind": fault.kind, "note": fault.note, "database": number}}
        results.append((columns, [tuple(map(_to_json, row)) for row in rows]))
    return {"results": results, "fault": None}


def _to_json(cell: Cell) -> object:
    return {"hex": cell.hex()} if isinstance(cell, bytes) else cell


def _limit_process(memory_mib: int) -> None:
    """Bound what SQLite's own limits leave open: no files, no processes, little memory."""
    address_space = (memory_mib + INTERPRETER_MIB) * MEBIBYTE
    for limit, most in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(limit, (most, most))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA hard_heap_limit = {memory_mib * MEBIBYTE}")


def _write(content: object) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
