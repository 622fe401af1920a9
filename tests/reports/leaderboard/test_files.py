import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.measures import MEASURES
from askfirst.reports.leaderboard.files import (
    _cell,  # pyright: ignore[reportPrivateUsage]
    describe_columns,
    load_json,
    render_json,
    write_files,
)
from leaderboards import make_leaderboard


def test_a_report_is_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    write_files(folder, {"x.json": b"1", "img/y.svg": b"2"})
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "img/y.svg",
        "x.json",
    ]


def test_an_earlier_report_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old")
    (tmp_path / "mine").write_text("mine")
    write_files(tmp_path, {"x": b"new"})
    assert (tmp_path / "x").read_text() == "new"
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("mine")
    with pytest.raises(LogError, match="is a file"):
        write_files(path, {"x": b"new"})
    assert path.read_text() == "mine"


def test_if_one_file_cant_be_written_the_earlier_report_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()
    with pytest.raises(LogError, match="can't be written"):
        write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_nothing_is_left_of_a_new_folder_that_cant_be_filled(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="can't be written"):
        write_files(tmp_path / "new", {"a": b"1", "a/b": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_is_not_there_or_broken_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="not readable"):
        load_json(tmp_path)
    (tmp_path / "leaderboard.json").write_text('{"title": 3}')
    with pytest.raises(LogError, match="expected a report of schema"):
        load_json(tmp_path)
    with pytest.raises(LogError, match="not readable"):
        load_json(tmp_path / ("x" * 300))


def change(*path: str | int, to: Any) -> str:
    """Return a report as JSON in which one value is another."""
    content = json.loads(render_json(make_leaderboard()))
    inner = content
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (change("schema_version", to=2), "schema_version: Input should be 1, got 2; expected a report of schema 1"),
        (change("boards", 0, "order", 0, to="b0-m9"), "names the entry 'b0-m9', which it does not have"),
        (change("boards", 0, "pairs", 0, "worse", to="b0-m9"), "names the entry 'b0-m9'"),
        (change("dialogues", 0, "entry", to="b0-m9"), "names the entry 'b0-m9'"),
        (change("entries", "b0-m0", "slices", to={}), "entry 'b0-m0' has no figures on all problems"),
        (change("boards", to=[]), "has no board"),
        (change("boards", 0, "pairs", 0, "p_adjusted", to=float("nan")), "not finite"),
        ("[" * 100_000, "content: "),
    ],
)
def test_a_report_that_would_break_what_reads_it_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "leaderboard.json").write_text(text)
    with pytest.raises(LogError) as caught:
        load_json(tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_is_too_long_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path / ("x" * 300), tmp_path / ("x" * 300) / "y", tmp_path / "new" / ("x" * 300)):
        with pytest.raises(LogError, match="can't be written"):
            write_files(folder, {"a": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_stale_files_go_once_the_others_are_written(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    (tmp_path / "b").mkdir()
    with pytest.raises(LogError):
        write_files(tmp_path, {"b": b"new"}, stale=["old"])
    assert (tmp_path / "old").exists()
    write_files(tmp_path, {"a": b"new"}, stale=["old", "never"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_every_column_is_documented_and_every_measure_has_four() -> None:
    columns = describe_columns()
    assert len(columns) == 13 + 4 * len(MEASURES)
    assert all(columns.values())


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert _cell(text) == f"'{text}"
    assert _cell(-1.5) == "-1.5"
    assert next(csv.reader(io.StringIO(_cell("a")))) == ["a"]
