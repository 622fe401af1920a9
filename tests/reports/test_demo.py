import json
from io import StringIO
from pathlib import Path

from rich.console import Console

from askfirst.reports.demo import POLICIES, Demo, evaluate, print_demo, to_json, to_subjects
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.report import write_report
from askfirst.reports.plot import write_plot
from askfirst.reports.results import load_results
from askfirst.reports.table import to_column


def test_the_policies_of_the_demonstration_get_their_known_scores_and_everything_is_named(tmp_path: Path) -> None:
    policies = to_subjects({"unused": Path("unused")})[: len(POLICIES)]
    logs = evaluate(policies, tmp_path / "logs", Console(file=StringIO()))
    columns = tuple(to_column(results) for results in load_results(logs))
    assert [column.label for column in columns] == [f"askfirst/{name}" for name in POLICIES]
    means = [{name: value.mean for name, value in column.estimates.items() if value} for column in columns]
    assert [mean["joint_success"] for mean in means] == [1, 0, 0]
    assert [mean["premature_rate"] for mean in means] == [0, 1, 0]
    assert [mean["over_ask_rate"] for mean in means] == [0, 0, 1]

    (tmp_path / "results.json").write_text(to_json(columns))
    assert [column["problems"] for column in json.loads(to_json(columns))] == [column.problems for column in columns]
    page = write_report(build_leaderboard([str(log) for log in logs]), tmp_path / "report")
    demo = Demo(columns, tuple(logs), *write_plot(columns, tmp_path), tmp_path / "results.json", page)
    out = StringIO()
    print_demo(demo, Console(file=out, width=120))
    printed = out.getvalue()
    for written in (demo.page, demo.png, demo.svg, demo.numbers, logs[-1]):
        assert written.is_file()
        assert str(written) in printed
    assert f"view --log-dir {tmp_path / 'logs'}" in printed
