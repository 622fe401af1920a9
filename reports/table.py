"""The table of results: measures down, models across, each cell a mean, its 95% interval and its number of problems."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from askfirst.benchmark.measures import JOINT
from askfirst.benchmark.problem import Frozen
from askfirst.reports.intervals import Estimate, estimate
from askfirst.reports.results import Results

TABLE_MEASURES = {
    "joint_success": "↑",
    "asking_success": "↑",
    "premature_rate": "↓",
    "ask_f1": "↑",
    "over_ask_rate": "↓",
    "accuracy_under": "↑",
    "accuracy_full": "↑",
    "accuracy_decoy": "↑",
}
"""The measures of the table, in order, each with the direction in which it is better; all are in [0, 1]."""

NAME_WIDTH, CELL_WIDTH = 20, 25
"""Columns of the terminal that the measures' names and a model's cells take."""


class Column(Frozen):
    """What the table says about one model."""

    label: str
    model: str
    task: str
    log: str
    problems: int
    errored: int
    """Samples that failed."""
    incomplete: int
    """Problems that lack an arm, and so have no joint measure."""
    estimates: dict[str, Estimate | None]
    """By measure; None where no problem has a value."""
    unscored: dict[str, int]
    """Problems without a value, by measure; measures that every problem has are left out."""


def to_column(results: Results) -> Column:
    """Estimate every measure of the table for one log."""
    scored = {measure: [row for row in results.rows if measure in row.values] for measure in TABLE_MEASURES}
    return Column(
        label=results.label,
        model=results.model,
        task=results.task,
        log=results.log,
        problems=len(results.rows),
        errored=results.errored,
        incomplete=results.incomplete,
        estimates={
            measure: estimate([row.values[measure] for row in rows], [row.template for row in rows])
            for measure, rows in scored.items()
        },
        unscored={
            measure: len(results.rows) - len(rows) for measure, rows in scored.items() if len(rows) < len(results.rows)
        },
    )


def render_tables(columns: Sequence[Column], width: int) -> Iterator[Table]:
    """Yield tables of at most `width` terminal columns that together show all models, in order."""
    fitting = max(1, (width - NAME_WIDTH) // CELL_WIDTH)
    for start in range(0, len(columns), fitting):
        yield render_table(columns[start : start + fitting])


def render_table(columns: Sequence[Column]) -> Table:
    """Lay models out side by side; counts of what is missing stand below, where there is any."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_footer=False)
    table.add_column("measure", no_wrap=True)
    for column in columns:
        table.add_column(Text(column.label), min_width=CELL_WIDTH - 3, overflow="fold")
    for measure, direction in TABLE_MEASURES.items():
        style = "bold" if measure == "joint_success" else ""
        cells = [Text(format_estimate(column.estimates[measure])) for column in columns]
        table.add_row(f"{measure} {direction}", *cells, style=style)
    missing = [_describe_missing(column) for column in columns]
    if any(missing):
        table.add_section()
        table.add_row("left out", *missing, style="yellow")
    return table


def format_estimate(value: Estimate | None) -> str:
    """Write `mean [low, high] n=problems`; `-` for what could not be estimated."""
    if value is None:
        return "-"
    interval = "[-, -]" if value.low is None or value.high is None else f"[{value.low:.2f}, {value.high:.2f}]"
    return f"{value.mean:.2f} {interval} n={value.n}"


def _describe_missing(column: Column) -> str:
    lines = [f"{column.errored} samples errored"] if column.errored else []
    lines += [f"{column.incomplete} problems incomplete"] if column.incomplete else []
    # a joint measure lacks just the incomplete problems, and a dash already says that nothing was scored
    partial = {name: count for name, count in column.unscored.items() if name not in JOINT and column.estimates[name]}
    lines += [f"{count} unscored: {measure}" for measure, count in partial.items()]
    return "\n".join(lines)
