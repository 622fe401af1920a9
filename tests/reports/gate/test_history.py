from pathlib import Path
from xml.etree import ElementTree

import pytest

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.history import describe, series, write_history
from gate_logs import make_release, make_row


def release(day: str, joint: float, condition: str = "ask"):
    rows = [
        make_row(f"arithmetic/t{number % 10}/{number}", {"joint_success": joint}, condition=condition)
        for number in range(40)
    ]
    return make_release(rows, name=f"model of {day}", date=day)


def test_releases_stand_in_order_of_their_days() -> None:
    points = series([release("2026-02-01", 0.0), release("2026-01-01", 1.0)], "joint_success")
    assert [(point.date, point.value.mean) for point in points] == [("2026-01-01", 1.0), ("2026-02-01", 0.0)]


def test_a_metric_without_values_has_no_point_and_is_said() -> None:
    assert series([release("2026-01-01", 1.0)], "over_ask_rate") == []
    assert "over_ask_rate: no values" in describe([release("2026-01-01", 1.0)])


def test_equal_releases_give_equal_bytes_of_valid_svg(tmp_path: Path) -> None:
    releases = [release("2026-01-01", 1.0), release("2026-02-01", 0.5, "drip")]
    for name in ("a.svg", "b.svg"):
        write_history(releases, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert ElementTree.parse(tmp_path / "a.svg").getroot().tag.endswith("svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.svg", "b.svg"]


def test_nothing_to_draw_or_nowhere_to_write_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="no releases"):
        write_history([], tmp_path / "a.svg")
    (tmp_path / "file").write_text("")
    with pytest.raises(GateError, match="can't be written"):
        write_history([release("2026-01-01", 1.0)], tmp_path / "file" / "a.svg")
