import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.baseline import hash_content, is_baseline, load_baseline, promote, write_baseline
from askfirst.reports.gate.comparability import compare
from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.release import Bounds, Release, Usage
from gate_logs import make_release, make_row

ROWS = [
    make_row("arithmetic/eggs/0", {"accuracy_full": 1.0, "joint_success": 1 / 3, "ask_f1": 2 / 3}),
    make_row(
        "arithmetic/eggs/1",
        {"accuracy_full": 0.1 + 0.2, "joint_success": 0.0},
        bounds={"accuracy_full": Bounds(0.25, 0.5)},
        unsure_bounds={"joint_success": Bounds(0.0, 1.0)},
    ),
]
RELEASE = make_release(ROWS, {"user": "rules “2”"}, usage=Usage(calls=9, input_tokens=3, cost_usd=0.1))


def text_of(release: Release = RELEASE) -> str:
    return promote(release, by="Ada", reason="First release", date="2026-01-31")


def tampered(path: Path, **changes: Any) -> Path:
    """Change a baseline so that its hash is right again."""
    content = json.loads(text_of()) | changes
    content["sha256"] = hash_content({name: value for name, value in content.items() if name != "sha256"})
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def said(path: Path) -> str:
    with pytest.raises(InvalidReleaseError) as caught:
        load_baseline(path)
    (difference,) = caught.value.differences
    assert difference.fatal
    assert difference.what == f"baseline {path}"
    assert "\n" not in difference.baseline
    return difference.baseline


def test_a_baseline_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, RELEASE, "Ada", "First release", "2026-01-31")
    assert load_baseline(path) == RELEASE.model_copy(update={"source": str(path)})
    assert compare(RELEASE, load_baseline(path)) == []
    assert [file.name for file in tmp_path.iterdir()] == ["baseline.json"]


def test_equal_releases_give_equal_bytes_however_they_were_made() -> None:
    rows = [row.model_copy(update={"values": dict(reversed(row.values.items()))}) for row in ROWS]
    again = RELEASE.model_copy(update={"rows": tuple(rows), "logs": ("elsewhere.eval",)})
    assert text_of(again) == text_of()


def test_a_row_is_a_line_and_says_who_and_why() -> None:
    lines = text_of().splitlines()
    assert sum("arithmetic/eggs/" in line for line in lines) == 2
    assert '"promoted": {"by":"Ada","reason":"First release","date":"2026-01-31"},' in lines
    (row,) = [line for line in lines if "eggs/0" in line]
    assert '["1/3",1,"2/3"]' in row
    (row,) = [line for line in lines if "eggs/1" in line]
    assert "[0,0.30000000000000004,null]" in row


values = st.dictionaries(
    st.sampled_from(list(GATE_METRICS)), st.floats(0, 1) | st.integers(0, 30).map(lambda n: n / 30)
)


@given(st.lists(values, min_size=1, max_size=3))
def test_no_value_changes_by_a_bit(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, float]]) -> None:
    path = tmp_path_factory.getbasetemp() / "property.json"
    release = make_release([make_row(f"arithmetic/eggs/{number}", row) for number, row in enumerate(rows)])
    path.write_text(text_of(release), encoding="utf-8")
    assert [row.values for row in load_baseline(path).rows] == [row.values for row in release.rows]


def test_a_baseline_of_300_problems_is_small_enough_to_commit() -> None:
    # four epochs, every metric: as many digits as fractions of them have
    every = {metric: number % 5 / 4 for number, metric in enumerate(GATE_METRICS)}
    every |= {metric: 27 / 64 for metric in GATE_METRICS if "success" in metric}
    rows = [make_row(f"arithmetic/market-eggs-and-more/{number}", every) for number in range(300)]
    assert len(text_of(make_release(rows)).encode()) < 150_000


@pytest.mark.parametrize(
    ("by", "reason", "date", "match"),
    [
        ("", "why", "2026-01-31", "by: empty"),
        ("Ada", " ", "2026-01-31", "reason: empty"),
        ("Ada", "why", "", "date: empty"),
        ("Ada", "why", "31.1.2026", "date: '31.1.2026'; expected a day"),
        ("Ada", "why", "2026-02-30", "expected a day"),
    ],
)
def test_a_promotion_says_who_why_and_when(by: str, reason: str, date: str, match: str) -> None:
    with pytest.raises(GateError, match=match):
        promote(RELEASE, by=by, reason=reason, date=date)


def test_a_baseline_that_is_not_there_is_a_mistake_of_use(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="not readable") as caught:
        load_baseline(tmp_path / "none.json")
    assert not isinstance(caught.value, InvalidReleaseError)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99], ids=str)
def test_a_truncated_baseline_is_invalid(tmp_path: Path, share: float) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text_of()[: int(share * len(text_of()))], encoding="utf-8")
    assert "not whole JSON" in said(path)


@pytest.mark.parametrize(
    "change", [('"1/3"', '"2/3"'), ("Ada", "Eve"), ("rules", "ruler"), ('"samples": 6', '"samples": 7')]
)
def test_a_tampered_baseline_is_invalid(tmp_path: Path, change: tuple[str, str]) -> None:
    path = tmp_path / "baseline.json"
    assert change[0] in text_of()
    path.write_text(text_of().replace(*change), encoding="utf-8")
    assert "it was changed by hand" in said(path)


def test_a_baseline_is_told_from_a_log_even_if_it_is_damaged(tmp_path: Path) -> None:
    for name, text in (("whole", text_of()), ("cut", text_of()[:200]), ("other", '{"version": 2}')):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [is_baseline(str(tmp_path / name)) for name in ("whole", "cut", "other", "none")] == [
        True,
        True,
        False,
        False,
    ]
    assert not is_baseline(str(tmp_path))
    assert not is_baseline("s3://bucket/log.eval")


@pytest.mark.parametrize("spelled", ["1/0", "half", "1/x", "0.5"])
def test_a_value_that_is_no_number_is_invalid(tmp_path: Path, spelled: str) -> None:
    rows = json.loads(text_of())["rows"]
    rows[0]["values"][0] = spelled
    assert said(tampered(tmp_path / "baseline.json", rows=rows))


def test_white_space_is_no_tampering(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps(json.loads(text_of()), indent=4), encoding="utf-8")
    assert load_baseline(path).rows == RELEASE.rows


@pytest.mark.parametrize("version", [0, 2, "1", None, 1.5])
def test_a_baseline_of_another_schema_version_is_invalid(tmp_path: Path, version: Any) -> None:
    path = tampered(tmp_path / "baseline.json", schema_version=version)
    assert said(path).startswith(f"schema version {version!r}; expected 1; promote it again")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"rows": []}, "rows"),
        ({"identities": []}, "identities"),
        ({"samples": 0}, "samples"),
        ({"extra": 1}, "extra"),
        ({"metrics": ["joint_success"]}, "argument"),
        ({"rows": [{"problem": "a"}]}, "rows.0.condition"),
    ],
)
def test_a_file_that_no_promotion_writes_is_invalid(tmp_path: Path, changes: dict[str, Any], match: str) -> None:
    assert match in said(tampered(tmp_path / "baseline.json", **changes))


@pytest.mark.parametrize("content", [b"[]", b"3", b"\xff\xfe", b"null"], ids=str)
def test_a_file_of_something_else_is_invalid(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    assert "restore it" in said(path)


def test_a_baseline_that_can_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GateError, match="can't be written"):
        write_baseline(tmp_path / "file" / "baseline.json", RELEASE, "Ada", "why", "2026-01-31")
    (tmp_path / "folder").mkdir()
    with pytest.raises(GateError, match="can't be written"):
        write_baseline(tmp_path / "folder", RELEASE, "Ada", "why", "2026-01-31")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder"]
