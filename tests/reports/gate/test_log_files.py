import json
import zipfile
from pathlib import Path

import pytest
from inspect_ai.log import EvalSample

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.logs import load_release
from gate_logs import ARMS, make_problem, make_sample, what_is_wrong, write_log

ONE, TWO = "arithmetic/eggs/0", "arithmetic/eggs/1"


def test_a_path_that_does_not_exist_is_a_mistake_of_use(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="not there") as caught:
        load_release([str(tmp_path / "none.eval")])
    assert not isinstance(caught.value, InvalidReleaseError)


def test_a_folder_without_logs_is_a_mistake_of_use(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="no logs in this folder"):
        load_release([str(tmp_path)])
    with pytest.raises(GateError, match="none given"):
        load_release([])


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.6, 0.9, 0.999], ids=str)
def test_a_truncated_log_is_named(tmp_path: Path, share: float) -> None:
    path = Path(write_log(tmp_path / "a.eval", make_problem(ONE)))
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    (said,) = what_is_wrong(str(path))
    assert f"log {path}" in said
    assert "not readable as a log" in said


@pytest.mark.parametrize("member", ["summaries.json", "header.json"])
def test_a_log_with_a_damaged_member_is_named(tmp_path: Path, member: str) -> None:
    path = Path(write_log(tmp_path / "a.eval", make_problem(ONE)))
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(member)
    content = bytearray(path.read_bytes())
    start = info.header_offset + 30 + len(member) + 20
    content[start : start + 60] = bytes(60)
    path.write_bytes(content)
    (said,) = what_is_wrong(str(path))
    assert "not readable as a log" in said


def test_a_header_whose_sum_is_wrong_is_damaged(tmp_path: Path) -> None:
    path = Path(write_log(tmp_path / "a.eval", make_problem(ONE)))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    path.write_bytes(
        path.read_bytes().replace(b'"matcher":"m1"', b'"matcher":"m2"').replace(b'"matcher": "m1"', b'"matcher": "m2"')
    )
    (said,) = what_is_wrong(str(path))
    assert "Bad CRC-32" in said


@pytest.mark.parametrize("status", ["started", "cancelled", "error"])
def test_an_unfinished_log_is_named_with_what_finishes_it(tmp_path: Path, status: str) -> None:
    path = write_log(tmp_path / "a.eval", make_problem(ONE), status=status)
    assert what_is_wrong(path) == [
        f"log {path}: status {status!r}; expected a finished evaluation; finish it with `inspect eval-retry`, "
        "or leave it out if that was done"
    ]


def test_a_log_with_invalidated_samples_is_refused(tmp_path: Path) -> None:
    assert "invalidated" in what_is_wrong(write_log(tmp_path / "a.eval", make_problem(ONE), invalidated=True))[0]


def test_a_log_of_another_tool_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", [EvalSample(id=1, epoch=1, input="", target="")])
    assert "not as askfirst writes it" in what_is_wrong(path)[0]
    path = write_log(tmp_path / "b.eval", make_problem(ONE), **{"metadata": None})
    with_header = json.loads(zipfile.ZipFile(path).read("header.json"))
    assert with_header["eval"]["metadata"]["data_hash"] == "d0"


def test_a_log_without_a_data_hash_is_refused(tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.eval", make_problem(ONE))
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    header = json.loads(members["header.json"])
    del header["eval"]["metadata"]["data_hash"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (members | {"header.json": json.dumps(header).encode()}).items():
            archive.writestr(name, content)
    assert "no data hash" in what_is_wrong(path)[0]


@pytest.mark.parametrize("value", [1.5, -0.1, float("inf")])
def test_a_value_out_of_its_range_is_refused(tmp_path: Path, value: float) -> None:
    path = write_log(tmp_path / "a.eval", [make_sample(ONE, arm, {"accuracy_full": value}) for arm in ARMS])
    assert f"accuracy_full is {value!r}, not in 0 to 1" in what_is_wrong(path)[0]
