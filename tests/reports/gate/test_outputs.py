import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf, nan
from pathlib import Path

import pytest

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.outputs import read_report, to_json, write_outputs
from gate_reports import ALL, failing, make_gain, make_metric, passing


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let files grow to so many bytes only, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


NAMES = ["gate.md", "gate.xml", "gate.svg", "gate.json"]


@pytest.mark.parametrize("name", ALL)
def test_a_written_report_reads_back_as_itself(name: str, tmp_path: Path):
    path = tmp_path / "gate.json"
    path.write_bytes(to_json(ALL[name]))
    assert read_report(path) == ALL[name]


def test_equal_reports_give_equal_files_and_nothing_else(tmp_path: Path):
    first = write_outputs(failing(), tmp_path / "new" / "folder")
    again = write_outputs(read_report(first[-1]), tmp_path / "again")
    assert [path.name for path in first] == NAMES
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == sorted(NAMES)


def test_the_order_of_mappings_makes_no_difference():
    one = passing(policy={"a": "1", "b": "2"}, versions={"x": "1", "y": "2"})
    other = passing(policy={"b": "2", "a": "1"}, versions={"y": "2", "x": "1"})
    assert to_json(one) == to_json(other)


def test_json_begins_with_its_version_and_verdict_and_ends_with_a_newline():
    text = to_json(failing()).decode()
    assert text.startswith('{\n  "schema_version": 1,\n  "verdict": "FAIL",\n')
    assert text.endswith("}\n")


def test_numbers_without_an_end_and_broken_characters_survive(tmp_path: Path):
    metric = make_metric(
        "joint_success", 0.6, 0.5, "INCONCLUSIVE", reason="half a pair: \ud83d, and 界",
        gain=make_gain(-0.1, low=-inf, high=inf, p_loss=nan),
    )  # fmt: skip
    report = passing(metrics=(metric,))
    write_outputs(report, tmp_path)
    json.loads((tmp_path / "gate.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    gain = read_report(tmp_path / "gate.json").metrics[0].gain
    assert (gain.low, gain.high) == (-inf, inf)
    assert gain.p_loss != gain.p_loss
    assert to_json(read_report(tmp_path / "gate.json")) == to_json(report)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: {**content, "schema_version": 2}, "schema version 2; expected 1"),
        (lambda content: {**content, "schema_version": True}, "schema version True; expected 1"),
        (lambda content: {**content, "schema_version": "1"}, "schema version '1'; expected 1"),
        (lambda content: {key: content[key] for key in content if key != "schema_version"}, "schema version None"),
        (lambda content: [content], "schema version None"),
        (lambda content: {**content, "verdict": "FINE"}, "verdict: Input should be 'PASS'"),
        (lambda content: {**content, "more": 1}, "more: Extra inputs are not permitted"),
    ],
    ids=["newer", "true", "text", "none", "a list", "unknown verdict", "unknown field"],
)
def test_what_is_no_report_of_this_version_is_refused(change, message: str, tmp_path: Path):
    path = tmp_path / "gate.json"
    path.write_text(json.dumps(change(json.loads(to_json(passing())))))
    with pytest.raises(GateError, match=r"gate\.json: ") as caught:
        read_report(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", to_json(passing())[:-200], b"\xff\xfe", b"[" * 200_000, b'{"schema_version": NaN}'],
    ids=["empty", "open", "cut", "not text", "deep", "not a number"],
)
def test_what_is_not_json_is_refused(content: bytes, tmp_path: Path):
    (tmp_path / "gate.json").write_bytes(content)
    with pytest.raises(GateError, match="not JSON"):
        read_report(tmp_path / "gate.json")


def test_a_report_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(GateError, match="can't be read \\(No such file or directory\\)"):
        read_report(tmp_path / "gate.json")


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(GateError, match="out: can't be written"):
        write_outputs(passing(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path):
    before = write_outputs(passing(), tmp_path)
    old = [path.read_bytes() for path in before]
    with room_for(20_000), pytest.raises(GateError, match="can't be written \\(File too large\\)"):
        write_outputs(failing(), tmp_path)
    assert [path.read_bytes() for path in before] == old
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
