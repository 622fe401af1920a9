"""Processor time of a six-turn conversation against a bare Inspect loop of six `generate` calls, in one run.

The model answers at once from memory, so what is left is Inspect's work and ours. The cost of a conversation is the
slope between two numbers of them; what an evaluation costs besides (start, results, their display) is shown apart.

Run: python tests/performance/bench_conversation.py [CONVERSATIONS] [ROUNDS]
"""

import gc
import sys
import tempfile
import time
from pathlib import Path

from inspect_ai import Task, eval

from six_turns import bare_task, full_task, hold, offer_replay, scripts
from speed_rows import Row, print_rows

MOST = 1.25
"""The aim: our task's share of the bare loop's processor time."""


def processor_seconds(task: Task, model: str, folder: str, display: str = "none") -> float:
    """Return the processor seconds of one evaluation, its log included."""
    gc.collect()
    began = time.process_time()
    [log] = eval(task, model=model, log_dir=folder, display=display, log_realtime=False, score_display=False)
    seconds = time.process_time() - began
    if log.status != "success":
        raise SystemExit(f"{log.location}: {log.status}; expected success")
    Path(log.location).unlink()
    return seconds


def measure(count: int = 120, rounds: int = 5) -> list[Row]:
    """Return a row for the bare loop and one for our task."""
    held = hold(count)
    model = offer_replay(scripts(held))
    few = held[: count // 4]
    makers = {"bare loop": bare_task, "askfirst": full_task}
    seconds: dict[tuple[str, int], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for make in makers.values():
            processor_seconds(make(held[:5]), model, folder)
        for _ in range(rounds):
            for some in (few, held):
                for name, make in makers.items():
                    seconds.setdefault((name, len(some)), []).append(processor_seconds(make(some), model, folder))
    # what else the machine does only ever adds
    least = {key: min(values) for key, values in seconds.items()}
    each = {name: (least[name, count] - least[name, len(few)]) / (count - len(few)) for name in makers}
    once = {name: least[name, count] - count * each[name] for name in makers}
    text = {name: f"{1000 * each[name]:.1f} ms of processor, {max(0.0, once[name]):.1f} s once" for name in makers}
    ratio = each["askfirst"] / each["bare loop"]
    return [
        Row("six-turn conversation, bare loop", text["bare loop"]),
        Row("six-turn conversation, askfirst", text["askfirst"], f"{ratio:.2f} x", f"<= {MOST} x", ratio <= MOST),
    ]


if __name__ == "__main__":
    print_rows(measure(*map(int, sys.argv[1:])))
