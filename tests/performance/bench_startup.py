"""Start-up: `askfirst --help`, and `inspect eval` up to the first call against an empty Inspect task, in one run.

Run: python tests/performance/bench_startup.py [ROUNDS]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from askfirst.benchmark.scenario import Settings, render_opening
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import find_family
from scripted_server import scripted_server, take_span
from speed_rows import Row, print_rows

BIN = Path(sys.executable).parent
HELP_S, MOST = 0.4, 1.5
"""The aims: seconds of the help, and our start as a share of the empty task's."""

EMPTY = """
from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.solver import generate

@task
def empty():
    return Task(dataset=[Sample(input="x")], solver=generate())
"""


ALONE = """
import importlib.metadata as metadata, sys
found = metadata.entry_points
metadata.entry_points = lambda **which: found(**which) if which.get("group") != "inspect_ai" else ()
from inspect_ai._cli.main import main
sys.argv[0] = "inspect"
main()
"""
"""Inspect as it is where askfirst is not installed: it imports every package that announces itself."""


def seconds(command: list[str], folder: str) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def seconds_to_first_call(inspect: list[str], task: list[str], base: str, folder: str) -> float:
    """Return how long an evaluation takes from its start to its first call."""
    address = {"OPENAI_BASE_URL": f"{base}/v1", "OPENAI_API_KEY": "none"}
    command = [
        BIN / "inspect",
        "eval",
        *task,
        "--model",
        "openai/0",
        "-M",
        "responses_api=false",
        "--log-dir",
        "logs",
        "--display",
        "none",
    ]
    take_span(base)
    began = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ | address)
    return take_span(base).first - began


def measure(rounds: int = 5) -> list[Row]:
    """Return a row a command."""
    [scenario] = draw_scenarios([find_family("arithmetic")], 1, Settings(arms=("full",)))
    said = ("I can't say.",) * 20
    ours = ["askfirst/arithmetic", "-T", "n=1", "-T", "arms=full"]
    tasks = {
        "empty task": ([sys.executable, "-c", ALONE], ["empty.py"]),
        "askfirst/arithmetic": ([str(BIN / "inspect")], ours),
    }
    helps: list[float] = []
    found: dict[str, list[float]] = {name: [] for name in tasks}
    with (
        tempfile.TemporaryDirectory() as folder,
        scripted_server({"x": said, render_opening(scenario): said}) as base,
    ):
        (Path(folder) / "empty.py").write_text(EMPTY, encoding="utf-8")
        for _ in range(rounds):
            helps.append(seconds([str(BIN / "askfirst"), "--help"], folder))
            for name, (inspect, task) in tasks.items():
                found[name].append(seconds_to_first_call(inspect, task, base, folder))
    empty, ours_s = min(found["empty task"]), min(found["askfirst/arithmetic"])
    ratio = ours_s / empty
    return [
        Row("askfirst --help", f"{min(helps):.2f} s", "", f"<= {HELP_S} s", min(helps) <= HELP_S),
        Row("inspect eval to its first call", f"{ours_s:.1f} s, empty task {empty:.1f} s", f"{ratio:.2f} x",
            f"<= {MOST} x", ratio <= MOST),
    ]  # fmt: skip


if __name__ == "__main__":
    print_rows(measure(*map(int, sys.argv[1:])))
