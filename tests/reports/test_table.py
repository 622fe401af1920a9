from io import StringIO

from rich.console import Console

from askfirst.reports.results import ProblemRow, Results
from askfirst.reports.table import TABLE_MEASURES, Column, render_tables, to_column


def make_results(label: str, problems: int = 20, errored: int = 0, incomplete: int = 0) -> Results:
    rows = [
        ProblemRow(
            problem=f"sums/t{number % 5}/{number}",
            template=f"sums/t{number % 5}",
            family="sums",
            level=1,
            complete=number >= incomplete,
            values={
                measure: float(number % 2)
                for measure in TABLE_MEASURES
                if number >= incomplete or measure not in ("joint_success", "asking_success")
            },
        )
        for number in range(problems)
    ]
    return Results(log="log.eval", model=label, label=label, task="askfirst/suite", rows=tuple(rows), errored=errored)


def render(columns: list[Column], width: int = 120) -> str:
    out = StringIO()
    console = Console(width=width, file=out)
    for table in render_tables(columns, width):
        console.print(table)
    return out.getvalue()


def test_every_cell_shows_mean_interval_and_number_of_problems() -> None:
    text = render([to_column(make_results("askfirst/oracle"))])
    for measure, direction in TABLE_MEASURES.items():
        [line] = [line for line in text.splitlines() if line.split()[:1] == [measure]]
        assert line.split()[1] == direction
        assert "0.50 [0.24, 0.76] n=20" in line


def test_four_models_fit_a_line_of_120_columns() -> None:
    columns = [to_column(make_results(f"askfirst/model_{number}")) for number in range(4)]
    text = render(columns)
    assert text.count("joint_success") == 1
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 120
    assert "…" not in text


def test_more_models_than_fit_get_more_tables() -> None:
    columns = [to_column(make_results(f"model-{number}")) for number in range(5)]
    text = render(columns, width=80)
    assert text.count("joint_success") == 3
    assert all(f"model-{number}" in text for number in range(5))


def test_what_is_left_out_is_counted_below() -> None:
    column = to_column(make_results("model", errored=2, incomplete=3))
    assert column.estimates["joint_success"] is not None
    assert column.estimates["joint_success"].n == 17
    text = render([column])
    assert "2 samples errored" in text
    assert "3 problems incomplete" in text
    assert "left out" not in render([to_column(make_results("model"))])


def test_a_partly_unscored_measure_is_counted_and_a_wholly_unscored_one_is_a_dash() -> None:
    results = make_results("model")
    rows = [
        row.model_copy(
            update={
                "values": {
                    measure: value
                    for measure, value in row.values.items()
                    if measure != "accuracy_decoy" and (measure != "ask_f1" or number >= 4)
                }
            }
        )
        for number, row in enumerate(results.rows)
    ]
    column = to_column(results.model_copy(update={"rows": tuple(rows)}))
    text = render([column])
    assert "4 unscored: ask_f1" in text
    assert "unscored: accuracy_decoy" not in text
    assert column.unscored == {"ask_f1": 4, "accuracy_decoy": 20}
    [line] = [line for line in text.splitlines() if "accuracy_decoy" in line]
    assert line.split() == ["accuracy_decoy", "↑", "-"]
