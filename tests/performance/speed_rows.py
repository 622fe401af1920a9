"""The one table of what an evaluation costs: a row a question, with what was measured and the aim."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.console import Console
from rich.table import Table


class Row(NamedTuple):
    """One question and its answer."""

    what: str
    measured: str
    """With its unit."""
    share: str = ""
    """Of what it is compared with, in the same run."""
    aim: str = ""
    met: bool | None = None
    """None where there is no aim."""


def print_rows(rows: Iterable[Row]) -> None:
    """Print rows as one table."""
    table = Table("what", "measured", "compared", "aim", "met")
    for row in rows:
        table.add_row(row.what, row.measured, row.share, row.aim, "" if row.met is None else "yes" if row.met else "no")
    Console(width=140).print(table)
