"""The same evaluation in one process and in two (`askfirst run --shards 2`), as commands, in one run.

Run: python tests/performance/bench_shards.py [PROBLEMS]
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from inspect_ai.log import read_eval_log

from speed_rows import Row, print_rows

BIN = Path(sys.executable).parent
LEAST = 1.8
"""The aim on two cores."""


def seconds(command: list[str]) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def scores(folder: Path) -> dict[str, object]:
    """Return every sample's measures, by id."""
    [path] = folder.glob("*.eval")
    samples = read_eval_log(str(path)).samples or []
    return {str(sample.id): str((sample.scores or {})["measures"].value) for sample in samples}


def measure(problems: int = 300) -> list[Row]:
    """Return one row."""
    task = ["askfirst/suite", "--model", "askfirst/always_ask", "-T", f"n={problems}"]
    task += ["-T", "families=['arithmetic','actions','scheduling','logic']", "--no-score-display"]
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "one", Path(folder) / "two"
        single = seconds([str(BIN / "inspect"), "eval", *task, "--log-dir", str(one), "--display", "none"])
        both = seconds([str(BIN / "askfirst"), "run", *task, "--shards", "2", "--log-dir", str(two)])
        if scores(one) != scores(two):
            raise SystemExit("two shards: other scores than one process; expected the same")
    measured = f"{both:.1f} s, one process {single:.1f} s; {3 * problems} dialogues, scores equal"
    return [
        Row("two processes on two cores", measured, f"{single / both:.2f} x", f">= {LEAST} x", single / both >= LEAST)
    ]


if __name__ == "__main__":
    print_rows(measure(*map(int, sys.argv[1:])))
