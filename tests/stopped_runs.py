"""Evaluations that are stopped from outside, and what going on from their logs costs.

A run is a process of its own, `inspect eval` with an API client; the server in the test's process counts what it was
asked, by the dialogue and its turn.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from askfirst.reports.dialogues import read_dialogue

INSPECT = str(Path(sys.executable).with_name("inspect"))
LIMIT_S = 120
"""After which a run here is stuck."""

Asked = Counter[tuple[str, int]]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a run: all that Inspect keeps outside the log folder lies in a folder of its own."""
    own = {"XDG_DATA_HOME": folder / "data", "XDG_CACHE_HOME": folder / "cache", "INSPECT_DISPLAY": "none"}
    return {**os.environ, **{name: str(value) for name, value in own.items()}, "OPENAI_API_KEY": "none", **variables}


def eval_command(address: str, logs: Path, problems: int, *more: str) -> list[str]:
    return [
        *(INSPECT, "eval", "askfirst/arithmetic", "-T", f"n={problems}", "-T", "level=1", "--model", "openai/oracle"),
        *("-M", "responses_api=false", "--model-base-url", f"{address}/v1", "--log-dir", str(logs), *more),
    ]


def retry_command(log: str, logs: Path) -> list[str]:
    return [INSPECT, "eval-retry", log, "--log-dir", str(logs), "--display", "none"]


def run(command: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, text=True, capture_output=True, timeout=LIMIT_S, check=False)


def stop(command: Sequence[str], env: Mapping[str, str], asked: Asked, after: int, how: signal.Signals) -> Asked:
    """Start a run, stop it once the server has been asked so often, and return what it had been asked by then."""
    # what a shell starts in the background ignores Ctrl-C, and so would what it starts in turn
    listening = ["env", "--default-signal=INT", *command]
    process = subprocess.Popen(
        listening, env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + LIMIT_S
    while asked.total() < after and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, how)
    process.wait(timeout=LIMIT_S)
    return asked.copy()


def only_log(folder: Path) -> str:
    [info] = list_eval_logs(str(folder))
    return info.name


def newest_log(folder: Path) -> EvalLog:
    return read_eval_log(list_eval_logs(str(folder))[0])


def done_before(log: EvalLog, before: Asked) -> set[str]:
    """Return the openings of the dialogues whose last turn had been answered."""
    # a recovered sample's store is empty: its record stands in its events
    turns = {str(sample.input): len(read_dialogue(sample, "log").turns) for sample in log.samples or []}
    return {opening for opening, turn in before if turn == turns[opening]}
