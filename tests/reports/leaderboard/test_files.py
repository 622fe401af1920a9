import csv
import io
from pathlib import Path

import pytest

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.measures import MEASURES
from askfirst.reports.leaderboard.files import _cell, describe_columns, load_json, write_files  # pyright: ignore


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


def test_every_column_is_documented_and_every_measure_has_four() -> None:
    columns = describe_columns()
    assert len(columns) == 13 + 4 * len(MEASURES)
    assert all(columns.values())


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert _cell(text) == f"'{text}"
    assert _cell(-1.5) == "-1.5"
    assert next(csv.reader(io.StringIO(_cell("a")))) == ["a"]
