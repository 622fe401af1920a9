"""The command `report`, on real logs of reference policies."""

import json
from pathlib import Path

import pytest

from askfirst.benchmark.cli import main
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    for policy in ("oracle", "never_ask"):
        evaluate(arithmetic(n=8), f"askfirst/{policy}", folder)
    return folder


def run(*argv: object) -> int:
    return main(["report", *map(str, argv)])


def test_a_report_is_written_and_agrees_with_its_logs(logs: Path, tmp_path: Path, capsys) -> None:
    assert run(logs, "-o", tmp_path / "report") == 0
    written = {path.name for path in (tmp_path / "report").iterdir()}
    assert written == {"index.html", "leaderboard.json", "leaderboard.csv"}
    board = json.loads((tmp_path / "report" / "leaderboard.json").read_text())
    assert board["instruments"], "the published audits stand on every report"
    assert board["exploit_ceiling"]
    assert run(logs, "--verify", tmp_path / "report") == 0
    assert "every number is what the logs give" in capsys.readouterr().err


def test_a_changed_number_is_found(logs: Path, tmp_path: Path, capsys) -> None:
    run(logs, "-o", tmp_path / "report")
    file = tmp_path / "report" / "leaderboard.json"
    board = json.loads(file.read_text())
    [key] = [key for key, entry in board["entries"].items() if "oracle" in entry["model"]]
    board["entries"][key]["slices"]["all"]["estimates"]["joint_success"]["mean"] = 0.5
    file.write_text(json.dumps(board))
    assert run(logs, "--verify", tmp_path / "report") == 1
    assert "joint_success" in capsys.readouterr().out


def test_the_same_logs_give_the_same_bytes(logs: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(logs, "-o", tmp_path / name) == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_table_for_a_readme_and_a_list_of_reports(logs: Path, tmp_path: Path) -> None:
    assert run(logs, "-o", tmp_path / "md", "--format", "md") == 0
    assert "| " in (tmp_path / "md" / "leaderboard.md").read_text()
    assert run(logs, "-o", tmp_path / "site" / "first") == 0
    assert run("--index", tmp_path / "site", "--title", "All of them") == 0
    assert "first" in (tmp_path / "site" / "index.html").read_text()


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        (["nowhere", "-o", "out"], "nowhere"),
        ([], "no -o"),
        (["-o", "out"], "none given"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(argv, found, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*argv) == 1
    error = capsys.readouterr().err
    assert found in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_file_keeps_it(logs: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "taken").write_text("mine")
    assert run(logs, "-o", tmp_path / "taken") == 1
    assert (tmp_path / "taken").read_text() == "mine"
    assert "is a file" in capsys.readouterr().err
