"""Runs a subject's query in a short-lived process of its own, on databases that scripts build in memory.

The query can't be trusted, so it never runs in the harness's process: the child has no environment, no files and
little memory, and SQLite itself lets it do nothing but read. What limits a query is how many instructions it takes, the
same on every machine; processor time is for single instructions that take long.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar
from pydantic import Field

from askfirst.benchmark.errors import GraderError
from askfirst.benchmark.problem import Frozen
from askfirst.data import query_worker
from askfirst.data.query_worker import LOADED, Cell, Limits

_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What some interpreters need in order to start; no other variable reaches the child."""

_CRASHES = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL})


class QueryLimits(Frozen):
    """What a query may use, over all databases together."""

    instructions: int = Field(default=50_000_000, gt=0)
    """Instructions of SQLite: about a second. A reference query takes a few thousand at most on a database."""
    processor_s: float = Field(default=10.0, gt=0)
    """Processor time, in seconds: far beyond what the instructions take, unless single ones take long."""
    memory_mib: int = Field(default=256, gt=0)
    rows: int = Field(default=10_000, gt=0)
    """Rows of a result."""
    characters: int = Field(default=1_000_000, gt=0)
    """Characters of a result."""
    wall_s: float = Field(default=120.0, gt=0)
    """When to give up on the machine; no verdict on the query."""

    def to_worker(self) -> Limits:
        """Return what the worker has to know."""
        return Limits(
            instructions=self.instructions,
            processor_s=self.processor_s,
            memory_mib=self.memory_mib,
            rows=self.rows,
            characters=self.characters,
        )


class QueryFault(Frozen):
    """Why a query gave no result."""

    kind: Literal["error", "refused", "limit"]
    """SQLite can't run it; it does more than read; it hits a limit."""
    note: str
    """A phrase for people."""
    database: int = Field(ge=1)
    """The number of the database where it failed, from 1."""


@dataclass(frozen=True, slots=True)
class ResultSet:
    """What a query returns on one database."""

    columns: int
    rows: tuple[tuple[Cell, ...], ...]
    """In the order in which they came."""


@dataclass(frozen=True, slots=True)
class QueryOutcome:
    """What came of a query: a result for each database, or a fault and the results before it."""

    results: tuple[ResultSet, ...]
    fault: QueryFault | None = None


_workers: RunVar[anyio.CapacityLimiter] = RunVar("askfirst_query_workers")


async def run_query(scripts: Sequence[str], query: str, limits: QueryLimits | None = None) -> QueryOutcome:
    """Run a query in a child process on one database for each script, each built anew.

    Args:
        scripts: Trusted SQL that builds the databases, at least one.
        query: The subject's query: one statement that only reads.
        limits: What it may use.

    Raises:
        GraderError: If there is no database, a script fails, or the child gives no outcome.
    """
    if not scripts:
        raise GraderError("databases: none; expected at least one script; mend the problem")
    limits = limits or QueryLimits()
    request = json.dumps({"scripts": scripts, "query": query, "limits": limits.to_worker()})
    finished = await anyio.to_thread.run_sync(_run_worker, request.encode(), limits, limiter=_limiter())
    lines = finished.stdout.decode(errors="replace").splitlines()
    if not lines or lines[0] != json.dumps(LOADED):
        said = lines[0] if lines else finished.stderr.decode(errors="replace")[-300:]
        raise GraderError(f"databases: not built ({said!r}); expected scripts that SQLite runs; mend the problem")
    if finished.returncode != 0 or len(lines) == 1:
        return QueryOutcome(results=(), fault=fault_of_exit(finished.returncode, limits))
    return _to_outcome(json.loads(lines[1]))


def _limiter() -> anyio.CapacityLimiter:
    try:
        return _workers.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(os.cpu_count() or 1)
        _workers.set(limiter)
        return limiter


def _run_worker(request: bytes, limits: QueryLimits) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", "-S", "-B", str(Path(query_worker.__file__).resolve())]
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    try:
        # a session of its own, so that an interrupt at the terminal reaches the harness alone
        return subprocess.run(
            command,
            input=request,
            capture_output=True,
            check=False,
            timeout=limits.wall_s,
            env=environment,
            cwd="/",
            start_new_session=True,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise GraderError(
            f"query worker: no outcome within {limits.wall_s:g} s ({type(error).__name__}); "
            "expected a process of a few milliseconds; try again on a less busy machine"
        ) from error


def fault_of_exit(status: int, limits: QueryLimits) -> QueryFault:
    """Say what a child that died while running the query died of.

    Raises:
        GraderError: If it was nothing that the query can have done.
    """
    if -status == signal.SIGXCPU:
        return QueryFault(
            kind="limit", note=f"it takes more than {limits.processor_s:g} s of processor time", database=1
        )
    if -status in _CRASHES:
        return QueryFault(kind="error", note="it makes SQLite crash", database=1)
    raise GraderError(f"query worker: exit status {status}; expected an outcome; try again")


def _to_outcome(content: dict[str, Any]) -> QueryOutcome:
    results = tuple(
        ResultSet(columns=columns, rows=tuple(tuple(map(_to_cell, row)) for row in rows))
        for columns, rows in content["results"]
    )
    return QueryOutcome(results=results, fault=content["fault"] and QueryFault(**content["fault"]))


def _to_cell(cell: Any) -> Cell:
    return bytes.fromhex(cast(dict[str, str], cell)["hex"]) if isinstance(cell, dict) else cell
