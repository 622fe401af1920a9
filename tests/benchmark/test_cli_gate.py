"""The gate's commands on files: exit statuses, outputs, and bad input that must never end with 0."""

import datetime
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from askfirst.benchmark.cli import main
from gate_logs import make_problem, make_sample, write_log

TEMPLATES, EACH = 12, 6


def samples(part: float = 1.0, epochs: int = 1) -> list:
    return [
        sample
        for template in range(TEMPLATES)
        for number in range(EACH)
        for epoch in range(1, epochs + 1)
        for sample in make_problem(f"arithmetic/t{template:02}/{number}", part, epoch)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gate")
    write_log(made / "good.eval", samples())
    write_log(made / "again.eval", samples(), eval_id="again")
    write_log(made / "bad.eval", samples(0.0), eval_id="bad")
    write_log(made / "other.eval", samples(), eval_id="other", metadata={"data_hash": "other"})
    write_log(made / "twice.eval", samples(epochs=2), eval_id="twice")
    return made


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(folder)
    yield
    for name in ("gate.toml", "gate-acks.toml", "base.json"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "out", ignore_errors=True)


def run(*argv: str) -> int:
    return main(["gate", *argv])


def promote() -> None:
    assert run("promote", "good.eval", "-o", "base.json", "--reason", "first", "--by", "ada") == 0


def test_an_unchanged_model_passes_against_a_committed_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    promote()
    assert run("check", "again.eval", "--baseline", "base.json", "-o", "out") == 0
    assert "PASS" in capsys.readouterr().out
    assert sorted(path.name for path in Path("out").iterdir()) == ["gate.json", "gate.md", "gate.svg", "gate.xml"]
    assert json.loads(Path("out/gate.json").read_text())["verdict"] == "PASS"


def test_a_loss_fails_the_build_and_annotates_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "bad.eval", "--baseline", "good.eval", "--annotations") == 1
    assert "::error" in capsys.readouterr().out


def test_the_same_logs_give_the_same_bytes() -> None:
    texts: list[dict[str, bytes]] = []
    for _ in range(2):
        run("check", "bad.eval", "--baseline", "good.eval", "-o", "out")
        texts.append({path.name: path.read_bytes() for path in sorted(Path("out").iterdir())})
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: write_log(path, samples(), status="started"), id="unfinished"),
        pytest.param(lambda path: path.write_bytes(Path("good.eval").read_bytes()[:-900]), id="truncated"),
        pytest.param(lambda path: path.write_text("no log"), id="no log"),
        pytest.param(lambda path: write_log(path, [make_sample("a/b/0", "under", None, error=True)]), id="all errors"),
        pytest.param(lambda path: write_log(path, [make_sample("a/b/0", "under", {})]), id="all NaN"),
        pytest.param(lambda path: write_log(path, make_problem("arithmetic/t00/0")), id="one sample"),
        pytest.param(lambda path: write_log(path, make_problem("elsewhere/t/0")), id="no overlap"),
        pytest.param(lambda path: write_log(path, samples(), task="askfirst/logic"), id="another task"),
    ],
)
def test_logs_that_cannot_be_used_are_invalid(make, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("candidate.eval")
    try:
        make(path)
        assert run("check", str(path), "--baseline", "good.eval") == 4
        assert "INVALID" in capsys.readouterr().out
    finally:
        path.unlink(missing_ok=True)


def test_the_same_epochs_twice_are_invalid(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("again.eval", "copy.eval")
    assert run("check", "again.eval", "copy.eval", "--baseline", "good.eval") == 4
    assert "copy.eval" in "".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace('"samples": 216', '"samples": 217'), id="tampered"),
        pytest.param(lambda text: text.replace('"schema_version": 1', '"schema_version": 99'), id="another schema"),
        pytest.param(lambda text: text[: len(text) // 2], id="truncated"),
    ],
)
def test_a_baseline_that_cannot_be_trusted_is_invalid(change, capsys: pytest.CaptureFixture[str]) -> None:
    promote()
    file = Path("base.json")
    changed = change(file.read_text())
    assert changed != file.read_text()
    file.write_text(changed)
    assert run("check", "good.eval", "--baseline", "base.json") == 4
    assert "base.json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("[metrics.nonsense]\nmargin = 0.1", "nonsense"),
        ("[metrics.joint_success]\nmargin = 0.0", "0.0"),
        ("alpha = 2", "2"),
        ("typo = 1", "typo"),
    ],
)
def test_a_wrong_policy_is_a_usage_error(policy: str, found: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("gate.toml").write_text(policy)
    assert run("check", "good.eval", "--baseline", "good.eval") == 2
    error = capsys.readouterr().err
    assert "gate.toml" in error
    assert found in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "argv",
    [
        ["check", "nowhere.eval", "--baseline", "good.eval"],
        ["check", "good.eval"],
        ["check", "good.eval", "--baseline", "nowhere.json"],
        ["run", "--baseline", "good.eval", "--", "askfirst/arithmetic"],
        ["plan", "good.eval", "--power", "2"],
        ["calibrate", "good.eval"],
        ["ack", "nonsense", "--expires", "2999-01-01", "--reason", "x"],
        ["history", "good.eval", "-o", "x.svg"],
    ],
)
def test_what_keeps_the_gate_from_checking_is_a_usage_error(
    argv: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*argv) in (2, 4)
    assert capsys.readouterr().err.count("\n") <= 1


def test_a_policy_file_here_is_used_and_its_inconclusive_can_pass(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gate.toml").write_text('baseline = "good.eval"\n[metrics.joint_success]\nmargin = 0.001\n')
    assert run("check", "again.eval") == 3
    assert run("check", "again.eval", "--on-inconclusive", "pass") == 0
    assert run("check", "again.eval", "--on-inconclusive", "fail") == 1


def test_an_acknowledged_loss_passes(capsys: pytest.CaptureFixture[str]) -> None:
    soon = (datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=30)).isoformat()
    for metric in ("joint_success", "premature_rate", "over_ask_rate", "accuracy_full"):
        assert run("ack", metric, "--expires", soon, "--reason", "known", "--by", "ada") == 0
    assert run("check", "bad.eval", "--baseline", "good.eval") == 0
    assert "acknowledged" in capsys.readouterr().out


def test_a_plan_names_sizes_and_a_calibration_rates(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plan", "good.eval") == 0
    assert "Cheapest" in capsys.readouterr().out
    assert run("calibrate", "twice.eval", "--runs", "5", "-o", "out", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["false_fail"] == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["calibration.json", "calibration.svg"]


def test_a_history_is_drawn_of_promoted_releases() -> None:
    promote()
    assert run("history", "base.json", "-o", "out/history.svg") == 0
    assert "joint_success" in Path("out/history.svg").read_text()


def test_a_check_writes_nothing_where_it_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "good.eval", "--baseline", "good.eval", "-o", "good.eval") == 2
    assert Path("good.eval").is_file()
