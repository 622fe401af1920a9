"""The demonstration: reference policies and real checkpoints on a small fixed suite, as table, picture and report."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

import inspect_ai
from inspect_ai.hooks import Hooks, SampleEnd, TaskStart, hooks
from inspect_ai.log import EvalLog, EvalSpec
from inspect_ai.model import GenerateConfig, get_model
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.report import write_report
from askfirst.reports.plot import write_plot
from askfirst.reports.results import load_results
from askfirst.reports.table import Column, render_tables, to_column

TASK = "askfirst/arithmetic"
TASK_ARGS = {"level": 1, "n": 8, "seed": 0, "max_turns": 3}
"""What the trained checkpoints were trained for; small models read its short openings quickly. Each problem gives one
sample an arm. A small model that neither asks nor answers uses every turn that it may: hence few."""
POLICIES = ("oracle", "never_ask", "always_ask")
BATCH = 24
"""Dialogues of a checkpoint that are generated together: all of them."""
MAX_TOKENS = 64
"""Of one message of a checkpoint."""

Advance = Callable[[EvalSpec, int], None]
"""Shows progress: an evaluation, and how many of its samples are done."""


class Subject(NamedTuple):
    """A model under evaluation, as Inspect's `eval` takes it."""

    name: str
    model: str
    model_args: dict[str, Any]
    settings: dict[str, Any]
    """How it generates."""


class Demo(NamedTuple):
    """What a demonstration wrote, and what it found."""

    columns: tuple[Column, ...]
    logs: tuple[Path, ...]
    """In the order of the columns; the last are the checkpoints'."""
    png: Path
    svg: Path
    numbers: Path
    """The columns as JSON."""
    page: Path
    """The leaderboard."""


def run_demo(checkpoints: Mapping[str, Path], folder: Path, console: Console, audits: Sequence[str] = ()) -> Demo:
    """Evaluate the models and write logs, picture, numbers and report.

    Args:
        checkpoints: Folders of checkpoints, by name.
        folder: Where they go; made if need be.
        console: Where progress is shown.
        audits: The instruments' audits, for the report.

    Raises:
        LogError: If an evaluation did not finish.
    """
    # read when transformers is imported: no questions to the hub about a folder that is all here, no second bar
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    # Threads wait for each other after every operation, so one that finds its core taken stalls all: measured on two
    # busy cores, a second thread made generation 25 times slower, and on two idle ones hardly faster. So each core has
    # a checkpoint of its own, in one thread.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    subjects = to_subjects(checkpoints)
    folder.mkdir(parents=True, exist_ok=True)
    logs = evaluate(subjects, folder / "logs", console)
    columns = tuple(to_column(results) for results in load_results(logs))
    png, svg = write_plot(columns, folder)
    numbers = folder / "results.json"
    numbers.write_text(to_json(columns) + "\n", encoding="utf-8")
    page = write_report(build_leaderboard([str(log) for log in logs], audits=audits), folder / "report")
    return Demo(columns, tuple(logs), png, svg, numbers, page)


def to_subjects(checkpoints: Mapping[str, Path]) -> list[Subject]:
    """Return what is evaluated, in the order of the table; checkpoints generate greedily."""
    policies = [Subject(name, f"askfirst/{name}", {}, {}) for name in POLICIES]
    settings = {"temperature": 0, "max_connections": BATCH, "max_tokens": MAX_TOKENS}
    return [
        *policies,
        *(Subject(name, "batched/local", {"model_path": str(path)}, settings) for name, path in checkpoints.items()),
    ]


def evaluate(subjects: Sequence[Subject], folder: Path, console: Console) -> list[Path]:
    """Evaluate subjects, on each core one at a time, with a bar each, and return their logs, finished or not.

    Raises:
        KeyboardInterrupt: If the user stopped an evaluation.
    """
    run: Callable[..., list[EvalLog]] = cast(Any, inspect_ai).eval  # its type names optional packages
    get_model("none")  # starts Inspect, which would announce on standard output every hook that is there by then
    logs: list[Path] = []
    text, bar = TextColumn("{task.description:<26}"), BarColumn(bar_width=40)
    with Progress(text, bar, MofNCompleteColumn(), TimeElapsedColumn(), console=console) as progress:
        bars = {_key(each.model, each.model_args): progress.add_task(each.name, start=False) for each in subjects}
        watch_samples(partial(_advance, progress, bars))
        at_once = os.cpu_count() or 1
        for start in range(0, len(subjects), at_once):
            # no more checkpoints in memory than are evaluated
            models = [
                get_model(each.model, config=GenerateConfig(**each.settings), memoize=False, **each.model_args)
                for each in subjects[start : start + at_once]
            ]
            found = run(
                TASK,
                model=models,
                task_args=TASK_ARGS,
                log_dir=str(folder),
                max_tasks=at_once,
                display="none",
                score_display=False,
            )
            if any(log.status == "cancelled" for log in found):
                raise KeyboardInterrupt
            logs += [Path(log.location.removeprefix("file://")) for log in found]
    return logs


def watch_samples(advance: Advance) -> None:
    """Have Inspect report each finished sample; a later call takes the place of an earlier one."""

    class Watch(Hooks):
        def __init__(self) -> None:
            self.specs: dict[str, EvalSpec] = {}
            self.done: Counter[str] = Counter()

        async def on_task_start(self, data: TaskStart) -> None:
            self.specs[data.eval_id] = data.spec
            advance(data.spec, 0)

        async def on_sample_end(self, data: SampleEnd) -> None:
            self.done[data.eval_id] += 1
            advance(self.specs[data.eval_id], self.done[data.eval_id])

    register = hooks(name="askfirst_demo", description="progress of the demonstration")
    register(Watch)


def _key(model: str, model_args: Mapping[str, Any]) -> str:
    return str(model_args.get("model_path", model))


def _advance(progress: Progress, bars: Mapping[str, TaskID], spec: EvalSpec, done: int) -> None:
    bar = bars[_key(spec.model, spec.model_args)]
    progress.start_task(bar)
    progress.update(bar, completed=done, total=(spec.dataset.samples or 0) * (spec.config.epochs or 1))


def to_json(columns: Sequence[Column]) -> str:
    """Write columns as a JSON list, byte for byte the same for the same results."""
    return json.dumps([column.model_dump(mode="json") for column in columns], indent=2)


def print_demo(demo: Demo, console: Console) -> None:
    """Print the table, where everything is, and how to open it."""
    for table in render_tables(demo.columns, console.width):
        console.print(table)
    console.print("Cells: mean over problems, 95% interval clustered by template, number of problems.", style="dim")
    logs = _shorten(demo.logs[-1].parent)
    lines = {
        "report": _shorten(demo.page),
        "picture": f"{_shorten(demo.png)}, {_shorten(demo.svg)}",
        "numbers": _shorten(demo.numbers),
        "logs": logs,
        "read a dialogue": f"{_command('askfirst')} show {_shorten(demo.logs[-1])}",
        "open the viewer": f"{_command('inspect')} view --log-dir {logs}",
    }
    for name, value in lines.items():
        console.print(f"{name:<16} {value}", markup=False, highlight=False, soft_wrap=True)


def _command(name: str) -> str:
    # beside the running interpreter: in a virtual environment that is not activated, the bare name finds nothing
    beside = Path(sys.executable).parent / name
    return name if shutil.which(name) == str(beside) else _shorten(beside)


def _shorten(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
