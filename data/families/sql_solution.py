"""What a problem of the sql family holds for judging answers, and the databases and results that follow from it.

Everything here is trusted: it runs queries that the family wrote, in the harness's own process. The same guard as for
a subject's query keeps a private template from doing more than read.
"""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import lru_cache
from sqlite3 import Connection

from pydantic import Field, model_validator

from askfirst.benchmark.problem import Frozen
from askfirst.data.families.database import Table, check_references
from askfirst.data.families.database_text import write_rows, write_schema
from askfirst.data.families.sql_template import ReferenceQuery
from askfirst.data.query_runner import QueryLimits, ResultSet
from askfirst.data.query_worker import Meter, open_database, read_rows
from askfirst.data.result_sets import describe_difference

LIMITS = QueryLimits()
"""What a query may use on a problem's databases, which hold a few hundred rows."""


class Solution(Frozen):
    """What `Problem.solution` holds, as JSON."""

    tables: tuple[Table, ...]
    seeds: tuple[str, ...] = Field(min_length=1)
    """The databases: each seed fills the tables in another way."""
    query: ReferenceQuery

    @model_validator(mode="after")
    def _check(self) -> "Solution":
        check_references(self.tables)
        return self

    def scripts(self) -> tuple[str, ...]:
        """Return the SQL that builds each database."""
        schema = write_schema(self.tables)
        return tuple(f"{schema}\n{write_rows(self.tables, seed)}" for seed in self.seeds)


@lru_cache(maxsize=128)
def scripts_of(solution: str) -> tuple[str, ...]:
    """Return the SQL that builds each database of a problem's solution.

    Raises:
        ValidationError: If the text is no solution.
    """
    return Solution.model_validate_json(solution).scripts()


@lru_cache(maxsize=512)
def results_of(solution: str, query: str) -> tuple[ResultSet, ...]:
    """Return what a query that the family wrote gives on each database of a problem's solution.

    Raises:
        ValidationError: If the text is no solution.
        sqlite3.Error: If a database can't be built.
        QueryFaultError: If the query gives no result.
    """
    with Databases() as databases:
        for script in scripts_of(solution):
            databases.add(script)
        return databases.run(query)


class Databases:
    """Databases in memory, and what trusted queries returned on them so far; a context manager."""

    def __init__(self) -> None:
        """Start without a database."""
        self._stack = ExitStack()
        self._connections: list[Connection] = []
        self._results: dict[str, list[ResultSet]] = {}

    def __enter__(self) -> "Databases":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the databases."""
        self._stack.close()

    def add(self, script: str) -> None:
        """Build one more database.

        Raises:
            sqlite3.Error: If the script fails.
        """
        self._connections.append(self._stack.enter_context(closing(open_database(script))))

    def run(self, query: str) -> tuple[ResultSet, ...]:
        """Return what a query gives on each database; what it gave before is not computed again.

        Raises:
            QueryFaultError: If it gives no result.
        """
        results = self._results.setdefault(query, [])
        limits = LIMITS.to_worker()
        for connection in self._connections[len(results) :]:
            columns, rows = read_rows(connection, query, limits, Meter(limits, trusted=True))
            results.append(ResultSet(columns, tuple(rows)))
        return tuple(results)


def find_difference(found: Sequence[ResultSet], expected: Sequence[ResultSet], *, ordered: bool) -> str:
    """Say on which database results differ first, and how; empty where they don't.

    Args:
        found: A result for each database.
        expected: As many.
        ordered: Whether the order of rows counts.
    """
    for number, (one, other) in enumerate(zip(found, expected, strict=True), start=1):
        if difference := describe_difference(one, other, ordered=ordered):
            return f"database {number}: {difference}"
    return ""
