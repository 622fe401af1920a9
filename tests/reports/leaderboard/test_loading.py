"""What of logs can't be used, all at once; and what one log becomes."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from inspect_ai.log import EvalLog, EvalSample, read_eval_log, write_eval_log

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.loading import load_logs
from mixed_logs import mix_log, save


def test_no_logs_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="none given"):
        load_logs([])
    with pytest.raises(LogError, match="no logs in this folder"):
        load_logs([str(tmp_path)])
    with pytest.raises(LogError, match="not there"):
        load_logs([str(tmp_path / "nowhere")])


def test_every_log_that_cant_be_used_is_named_at_once(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    log = policy_logs["oracle"]
    save(log, tmp_path, "good")
    save(log.model_copy(update={"status": "started"}), tmp_path, "unfinished")
    other = log.eval.model_copy(update={"metadata": {}, "task": "other/task", "eval_id": "other"})
    save(log.model_copy(update={"eval": other}), tmp_path, "other")
    (tmp_path / "broken.eval").write_bytes(b"not a log")
    with pytest.raises(LogError) as caught:
        load_logs([str(tmp_path)])
    first, *lines = str(caught.value).splitlines()
    assert first.startswith("logs: 3 of 4 can't be used; expected")
    assert [Path(line.partition(": ")[0]).name for line in lines] == ["broken.eval", "other.eval", "unfinished.eval"]
    assert "no data hash" in lines[1]
    assert "status 'started'" in lines[2]


def test_the_same_evaluation_counts_once_and_is_told(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    path = save(policy_logs["oracle"], tmp_path, "one")
    shutil.copy(path, tmp_path / "two.eval")
    loaded, warnings = load_logs([str(tmp_path)])
    assert len(loaded) == 1
    assert warnings == ("two.eval is the same evaluation as one.eval: it counts once, as in that",)


def test_a_log_without_samples_is_refused(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    path = save(policy_logs["oracle"].model_copy(update={"samples": []}), tmp_path, "empty")
    with pytest.raises(LogError, match="holds no samples"):
        load_logs([str(path)])


def test_samples_that_failed_are_counted_and_give_no_values(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    log = mix_log(policy_logs, {"oracle": 1.0}, "lab/failing")
    assert log.samples
    failed = EvalSample.model_validate(
        log.samples[0].model_dump() | {"error": {"message": "x", "traceback": "", "traceback_ansi": ""}}
    )
    path = save(log.model_copy(update={"samples": [failed, *log.samples[1:]]}), tmp_path, "failing")
    [loaded], _ = load_logs([str(path)])
    assert (loaded.samples, loaded.errored) == (24, 1)
    assert [problem.complete for problem in loaded.problems].count(False) == 1
    assert sum("joint_success" in problem.values for problem in loaded.problems) == 7


def test_a_value_out_of_its_range_is_refused(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    log = mix_log(policy_logs, {"oracle": 1.0}, "lab/odd")
    assert log.samples
    scores = log.samples[0].scores or {}
    values = dict(scores["measures"].as_dict()) | {"turns": -1.0}
    odd = log.samples[0].model_copy(
        update={"scores": {"measures": scores["measures"].model_copy(update={"value": values})}}
    )
    path = save(log.model_copy(update={"samples": [odd, *log.samples[1:]]}), tmp_path, "odd")
    with pytest.raises(LogError, match="turns is -1"):
        load_logs([str(path)])


def test_usage_and_prices_are_summed_and_a_missing_price_is_no_zero(board_logs: Path) -> None:
    by_model = {log.name.model: log for log in load_logs([str(board_logs)])[0] if log.created >= "2026-02"}
    good, bad = by_model["lab/good"].usage, by_model["bad"].usage
    assert good.calls > 24
    assert (good.output_tokens, good.cost_usd) == (10 * good.calls, pytest.approx(0.01 * good.calls))
    assert bad.cost_usd is None
    assert bad.seconds is not None


def test_first_attempts_are_timed_by_turn_and_by_what_was_known(board_logs: Path) -> None:
    by_model = {log.name.model: log for log in load_logs([str(board_logs)])[0]}
    assert [(cell.turn, cell.known, cell.dialogues) for cell in by_model["never_ask"].timing] == [(1, 0.0, 8)]
    oracle = by_model["oracle"].timing
    assert {cell.known for cell in oracle} == {1.0}
    assert sum(cell.dialogues for cell in oracle) == 8
    assert min(cell.turn for cell in oracle) >= 2


def test_older_logs_that_do_not_say_when_have_no_timing(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    path = save(mix_log(policy_logs, {"oracle": 1.0}, "lab/old"), tmp_path, "old")
    log = read_eval_log(str(path))
    for sample in log.samples or []:
        for score in (sample.scores or {}).values():
            score.metadata = {"epoch": 1}
    write_eval_log(log, str(path))
    [loaded], _ = load_logs([str(path)])
    assert loaded.timing == ()
    assert all(problem.gains == () for problem in loaded.problems)


def test_summaries_are_read_without_the_dialogues(board_logs: Path, tmp_path: Path) -> None:
    # without the samples themselves everything is still there
    with ZipFile(board_logs / "good.eval") as whole, ZipFile(tmp_path / "thin.eval", "w") as thin:
        for name in whole.namelist():
            if not name.startswith("samples/"):
                thin.writestr(name, whole.read(name))
    [thin_log], [whole_log] = (load_logs([str(path)])[0] for path in (tmp_path / "thin.eval", board_logs / "good.eval"))
    assert thin_log.problems == whole_log.problems
