import re
from pathlib import Path

import pytest

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.board import Leaderboard
from askfirst.reports.leaderboard.index import list_reports, write_index
from leaderboards import HOSTILE, make_leaderboard


def publish(site: Path, name: str, board: Leaderboard) -> None:
    folder = site / name
    folder.mkdir(parents=True)
    (folder / "leaderboard.json").write_text(board.model_dump_json(), encoding="utf-8")
    (folder / "index.html").write_text("", encoding="utf-8")


def test_reports_are_listed_newest_first_with_the_model_on_top(tmp_path: Path) -> None:
    publish(tmp_path, "2026-02", make_leaderboard(models=("gamma", "alpha", "beta"), boards=({},)))
    publish(tmp_path, "2026-01", make_leaderboard(models=("alpha",), boards=({},)))
    publish(tmp_path, "b copy", make_leaderboard(models=("gamma", "alpha", "beta"), boards=({},)))
    (tmp_path / "logs").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    found = list_reports(tmp_path)
    assert [report.folder for report in found] == ["2026-01", "2026-02", "b copy"]
    assert (found[0].top, found[0].rank, found[0].models) == ("alpha", "1", 1)
    assert found[1].rank == "1\N{EN DASH}2"
    page = write_index(tmp_path).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]*)"', page)
    assert links == ["./2026-01/index.html", "./2026-02/index.html", "./b%20copy/index.html"]
    assert "<script" not in page
    assert "script-src" not in page


def test_a_site_that_has_been_listed_is_listed_the_same_again(tmp_path: Path) -> None:
    publish(tmp_path, "one", make_leaderboard(boards=({},)))
    first = write_index(tmp_path).read_bytes()
    assert write_index(tmp_path).read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "one"]


def test_a_site_without_reports_says_so(tmp_path: Path) -> None:
    assert "No report yet" in write_index(tmp_path).read_text(encoding="utf-8")


def test_hostile_titles_and_folders_are_text(tmp_path: Path) -> None:
    publish(tmp_path, "javascript:alert(1)", make_leaderboard(boards=({},), says=HOSTILE))
    page = write_index(tmp_path).read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]*)"', page) == ["./javascript%3Aalert%281%29/index.html"]
    assert "<img" not in page
    assert "\u202e" not in page


def test_what_is_no_report_is_named_and_the_earlier_page_stays(tmp_path: Path) -> None:
    publish(tmp_path, "one", make_leaderboard(boards=({},)))
    before = write_index(tmp_path).read_bytes()
    publish(tmp_path, "two", make_leaderboard(boards=({},)))
    (tmp_path / "two" / "leaderboard.json").write_text("{}")
    with pytest.raises(LogError, match=r"two/leaderboard\.json: title: Field required"):
        write_index(tmp_path)
    assert (tmp_path / "index.html").read_bytes() == before


@pytest.mark.parametrize("name", ["x" * 300, "file"])
def test_a_site_that_cant_be_listed_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(LogError, match="not a folder that can be read"):
        write_index(tmp_path / name)


def test_a_site_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="not a folder"):
        write_index(tmp_path / "nowhere")
