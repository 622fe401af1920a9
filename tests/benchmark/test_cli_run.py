"""`askfirst run` as a user types it: real processes, one merged log, and going on after a kill."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from inspect_ai.log import read_eval_log

from askfirst.benchmark.cli import main
from askfirst.reports.sharded import check_arguments
from evaluations import evaluate, values_by_sample

ASKFIRST = str(Path(sys.executable).with_name("askfirst"))
COMMAND = ["run", "askfirst/arithmetic", "--shards", "2", "--model", "askfirst/always_ask", "-T", "n=6"]


def test_a_sharded_run_writes_the_log_of_a_single_one_and_leaves_nothing_else(tmp_path, capfd):
    assert main([*COMMAND, "--log-dir", str(tmp_path / "logs"), "--json"]) == 0
    said = json.loads(capfd.readouterr().out)
    assert said["samples"] == 18
    assert [str(path) for path in (tmp_path / "logs").iterdir()] == [said["log"]]
    single = evaluate("askfirst/arithmetic", "askfirst/always_ask", tmp_path / "one", task_args={"n": 6})
    # nobody sees the shards' metrics while they run
    assert read_eval_log(said["log"], header_only=True).eval.config.score_display is False
    assert values_by_sample(read_eval_log(said["log"])) == values_by_sample(single)


def test_a_killed_run_goes_on_where_it_was(tmp_path):
    command = [ASKFIRST, *COMMAND[:-1], "n=60", "--log-dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("*.shards/*/*.eval")) and time.monotonic() < deadline:
        time.sleep(0.1)
    subprocess.run(["pkill", "-KILL", "-s", str(process.pid)], check=False)
    process.kill()
    process.communicate()
    [folder] = tmp_path.glob("*.shards")
    assert not list(tmp_path.glob("*.eval"))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert not folder.exists()
    [log] = tmp_path.glob("*.eval")
    assert log.stem == folder.stem
    found = read_eval_log(str(log))
    assert found.results
    assert found.results.completed_samples == len(found.samples or []) == 180


def test_a_shard_that_fails_is_named_with_what_it_said(tmp_path, capfd):
    assert main(["run", "askfirst/arithmetic", "--model", "askfirst/nobody", "--log-dir", str(tmp_path)]) == 1
    [line] = [line for line in capfd.readouterr().err.splitlines() if line.startswith("askfirst: ")]
    assert "shard 1 did not finish" in line
    assert "no such policy" in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "askfirst/arithmetic", "--shards", "0", "--model", "x"], "at least 1"),
        (["run", "askfirst/arithmetic", "--limit", "3"], "'--limit'"),
        (["run", "askfirst/arithmetic", "-T", "shard=1/2"], "'shard=1/2'"),
    ],
)
def test_a_wrong_run_is_one_line_and_leaves_nothing(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"), [(["run"], "TASK"), (["show", "x", "--nosuch"], "unrecognized arguments: --nosuch")]
)
def test_what_no_command_takes_is_bad_usage(arguments, said, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_an_option_of_inspect_goes_through():
    check_arguments(["askfirst/suite", "--model", "openai/x", "--max-connections=50", "-T", "n=100"])


def test_an_interrupt_reaches_the_shards_and_the_same_command_goes_on(tmp_path):
    command = [ASKFIRST, *COMMAND[:-1], "n=60", "--log-dir", str(tmp_path)]
    # what a shell starts in the background ignores an interrupt, and so does all that it starts
    listening = ["env", "--default-signal=SIGINT", *command]
    process = subprocess.Popen(listening, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("*.shards/*/*.eval")) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "interrupted" in said
    assert subprocess.run(command, capture_output=True, check=False, timeout=300).returncode == 0
    [log] = tmp_path.glob("*.eval")
    assert len(read_eval_log(str(log)).samples or []) == 180
