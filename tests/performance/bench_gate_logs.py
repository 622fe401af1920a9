"""Loading the logs of two releases for a gate, against parsing their summaries as plain JSON, in one run.

Run: make bench. One evaluation of a scripted model is copied under other names with other values, so that each log is a
further one: ten epochs of ten tasks.
"""

import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from inspect_ai import eval
from inspect_ai.log import read_eval_log_sample_summaries
from rich.console import Console
from rich.table import Table

from askfirst.reports.gate.logs import load_release

LOGS = 100
"""A release."""

SAMPLES = 1_000
"""A log, about: three arms of 334 problems."""

TASKS = 10
"""Over which a release's logs are spread; the others are further epochs."""

MOST_SECONDS, MOST_MEGABYTES = 60, 1_000


def make_summaries(folder: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the summaries and the header of one evaluation, as a log holds them."""
    log = eval("askfirst/arithmetic", model="askfirst/oracle", log_dir=str(folder), task_args={"n": 4}, display="none")[
        0
    ]
    with zipfile.ZipFile(log.location) as archive:
        summaries: list[dict[str, Any]] = json.loads(archive.read("summaries.json"))
        # one problem's arms side by side
        return sorted(summaries, key=lambda summary: summary["id"]), json.loads(archive.read("header.json"))


def write_copies(folder: Path, summaries: Sequence[dict[str, Any]], header: dict[str, Any]) -> None:
    """Write the logs of one release."""
    draw = random.Random(0)
    for number in range(LOGS):
        task = f"askfirst/task{number % TASKS}"
        copies: list[dict[str, Any]] = []
        for problem in range(-(-SAMPLES // 3)):
            for summary in summaries[3 * (problem % 4) : 3 * (problem % 4) + 3]:
                arm, name = summary["metadata"]["arm"], f"task{number % TASKS}/eggs/{problem}"
                # what applies to the arm keeps on applying
                values = {
                    measure: value
                    if value != value
                    else float(draw.random() < (0.02 if measure == "unsure_rate" else 0.7))
                    for measure, value in summary["scores"]["measures"]["value"].items()
                }
                copies.append(
                    summary
                    | {
                        "id": f"{name}/{arm}",
                        "uuid": f"{folder.name}-{number}-{problem}-{arm}",
                        "metadata": summary["metadata"] | {"problem_id": name},
                        "scores": {"measures": summary["scores"]["measures"] | {"value": values}},
                    }
                )
        dataset = header["eval"]["dataset"] | {"sample_ids": [copy["id"] for copy in copies]}
        spec = header["eval"] | {"eval_id": f"{folder.name}-{number}", "task": task, "dataset": dataset}
        with zipfile.ZipFile(folder / f"{number}.eval", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("summaries.json", json.dumps(copies))
            archive.writestr("header.json", json.dumps(header | {"eval": spec}))


def seconds(work: Callable[[], object]) -> float:
    """Return the wall-clock seconds of some work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def parse(folder: Path) -> None:
    """Read every log's summaries and nothing else."""
    for path in folder.iterdir():
        with zipfile.ZipFile(path) as archive:
            json.loads(archive.read("summaries.json"))


def main() -> None:
    """Print one table, and fail if loading takes too long or too much memory."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, side) for side in ("baseline", "candidate")]
        summaries, header = make_summaries(Path(name, "run"))
        for folder in folders:
            folder.mkdir()
            write_copies(folder, summaries, header)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        processor = time.process_time()
        loading = seconds(lambda: [load_release([str(folder)]) for folder in folders])
        processor = time.process_time() - processor
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        parsing = seconds(lambda: [parse(folder) for folder in folders])
        one = next(folders[0].iterdir())
        inspects = 2 * LOGS * seconds(lambda: read_eval_log_sample_summaries(str(one)))

    table = Table(title=f"2 x {LOGS} logs of {SAMPLES} samples")
    for column in ("what", "seconds", "logs a second"):
        table.add_column(column, justify="left" if column == "what" else "right")
    rows = {
        "plain json.loads of the summaries": parsing,
        "the gate: headers, summaries, rows": loading,
        "Inspect's reader of summaries alone (from one log)": inspects,
    }
    for what, took in rows.items():
        table.add_row(what, f"{took:.1f}", f"{2 * LOGS / took:.0f}")
    console = Console()
    console.print(table)
    console.print(
        f"{processor:.1f} s of processor time; memory at most {after:.0f} MB, of which {before:.0f} MB before loading"
    )
    # one process: on an idle core its processor time is what people wait
    if processor > MOST_SECONDS or after > MOST_MEGABYTES:
        sys.exit(
            f"took {processor:.0f} s and {after:.0f} MB; expected at most {MOST_SECONDS} s and {MOST_MEGABYTES} MB"
        )


if __name__ == "__main__":
    main()
