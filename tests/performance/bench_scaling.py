"""How cost and memory grow: with problems, turns, fragments and logs, as slopes between sizes, in one run.

A slope of 1 is linear: twice as much costs twice as much. What an evaluation costs before its first sample makes slopes
of small sizes smaller than 1, never larger.

Run: python tests/performance/bench_scaling.py [SCALE]
"""

import gc
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from inspect_ai import Task, eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import list_eval_logs
from inspect_ai.scorer import includes

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.scenario import Scenario, Settings
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import family_information, find_family
from askfirst.reports.results import load_results
from askfirst.tasks.arithmetic import arithmetic
from six_turns import full_task, hold, offer_replay, scripts
from speed_rows import Row, print_rows

MOST = 1.15
"""No step may be worse than linear, measured to within this."""


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the least processor time of three tries."""
    found: list[float] = []
    for _ in range(3):
        gc.collect()
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def of_problems(scale: int) -> list[tuple[int, float]]:
    """Return what evaluations of so many conversations cost."""
    sizes = [15 * scale, 30 * scale, 60 * scale]
    held = hold(sizes[-1])
    model = offer_replay(scripts(held))

    def run(count: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            eval(full_task(held[:count]), model=model, log_dir=folder, display="none", log_realtime=False)

    run(5)
    return [(count, processor_seconds(lambda count=count: run(count))) for count in sizes]


def of_turns() -> list[tuple[int, float]]:
    """Return what dialogues of so many turns cost, by a subject that only talks."""
    found: list[tuple[int, float]] = []
    for turns in (10, 20, 40, 80):
        made = draw_scenarios([find_family("arithmetic")], 4, Settings(arms=("under",), max_turns=turns), level=4)

        def talk(some: list[Scenario] = made) -> None:
            for scenario in some:
                run_dialogue(scenario, lambda heard: f"Let me think about step {len(heard)}.", family_information)

        found.append((turns, processor_seconds(talk)))
    return found


def of_fragments() -> list[tuple[int, float]]:
    """Return what dialogues about problems of so many fragments cost, by the ideal asker, a turn."""
    found: list[tuple[int, float]] = []
    for level in (1, 2, 3, 4):
        made = draw_scenarios([find_family("actions")], 12, Settings(arms=("under",), hide="all"), level=level)
        turns = 0

        def ask(some: list[Scenario] = made) -> int:
            return sum(
                len(run_dialogue(each, lambda heard, each=each: POLICIES["oracle"](each, heard)).turns) for each in some
            )

        turns = ask()
        fragments = sum(len(each.problem.fragments) for each in made) / len(made)
        found.append((round(fragments), processor_seconds(ask) / turns))
    return found


def of_logs(scale: int) -> list[tuple[int, float]]:
    """Return what reading so many logs costs a report."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(8 * scale):
            eval(
                "askfirst/arithmetic",
                model="askfirst/oracle",
                task_args={"n": 4, "seed": number},
                log_dir=folder,
                display="none",
            )
        logs = [each.name.removeprefix("file:").replace("//", "/") for each in list_eval_logs(folder)]
        return [
            (count, processor_seconds(lambda count=count: load_results(logs[:count])))
            for count in (2 * scale, 8 * scale)
        ]


def _ours(count: int) -> tuple[Task, str]:
    return arithmetic(n=-(-count // 3)), "askfirst/never_ask"


def _bare(count: int) -> tuple[Task, str]:
    samples = [Sample(id=number, input=f"What is {number}?", target="x") for number in range(count)]
    return Task(dataset=MemoryDataset(samples), scorer=includes()), "mockllm/model"


def _peak(make: Callable[[int], tuple[Task, str]], count: int, pipe: Any) -> None:
    task, model = make(count)
    with tempfile.TemporaryDirectory() as folder:
        # as the command `inspect eval` does, which has no use for the samples once they are written
        eval(task, model=model, log_dir=folder, display="none", score_display=False, log_header_only=True)
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def of_memory(sizes: list[int]) -> list[tuple[int, float, float]]:
    """Return the peaks in MB of a process that holds so many dialogues, and of one that calls a model as often."""
    found: list[tuple[int, float, float]] = []
    for size in sizes:
        peaks: list[float] = []
        for make in (_ours, _bare):
            mine, theirs = multiprocessing.Pipe()
            process = multiprocessing.get_context("spawn").Process(target=_peak, args=(make, size, theirs))
            process.start()
            peaks.append(mine.recv())
            process.join()
        found.append((size, *peaks))
    return found


def slope(points: list[tuple[int, float]]) -> float:
    """Return the slope between the first and the last size, on logarithmic axes."""
    (first, least), (last, most) = points[0], points[-1]
    return math.log(most / least) / math.log(last / first)


def measure(scale: int = 4) -> list[Row]:
    """Return a row for each thing that may grow, and two for memory."""
    rows: list[Row] = []
    for name, unit, points in (
        ("conversations", "s", of_problems(scale)),
        ("turns", "s", of_turns()),
        ("fragments", "s a turn", of_fragments()),
        ("logs", "s", of_logs(scale)),
    ):
        sizes = ", ".join(str(size) for size, _ in points)
        costs = ", ".join(f"{cost:.3g}" for _, cost in points)
        found = slope(points)
        rows.append(Row(f"{sizes} {name}", f"{costs} {unit}", f"slope {found:.2f}", f"<= {MOST}", found <= MOST))
    for size, ours, bare in of_memory([250 * scale, 2_500 * scale]):
        measured = f"{ours:.0f} MB, Inspect alone {bare:.0f}"
        rows.append(Row(f"memory, {size} dialogues", measured, f"{ours / bare:.2f} x", "< 600", ours < 600))
    return rows


if __name__ == "__main__":
    print_rows(measure(*map(int, sys.argv[1:])))
