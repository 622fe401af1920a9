"""Conversations a second from a local OpenAI-compatible server, against a bare Inspect loop, in one run.

Latencies of 0 and 200 ms, 10, 50 and 200 connections, six calls a conversation, through the real `openai` client; both
with `--no-score-display`, as `askfirst run` sets it.

Run: python tests/performance/bench_server.py [CONVERSATIONS]
"""

import os
import sys
import tempfile

from inspect_ai import Task, eval
from inspect_ai.model import get_model

from scripted_server import scripted_server, take_span
from six_turns import TURNS, bare_task, full_task, hold, scripts
from speed_rows import Row, print_rows

LEAST = 0.8
"""The aim: our task's rate as a share of the bare loop's."""


def measure(count: int = 200) -> list[Row]:
    """Return a row a latency and number of connections."""
    os.environ["OPENAI_API_KEY"] = "none"
    held = hold(count)
    rows: list[Row] = []
    with scripted_server(scripts(held)) as base, tempfile.TemporaryDirectory() as folder:
        for latency in (0, 200):
            for connections in (10, 50, 200):
                bare, ours = (_rate(make(held), base, latency, connections, folder) for make in (bare_task, full_task))
                rows.append(
                    Row(
                        f"{latency} ms, {connections} connections",
                        f"{ours:.1f} conversations/s, bare loop {bare:.1f}",
                        f"{ours / bare:.2f} x",
                        f">= {LEAST} x",
                        ours / bare >= LEAST,
                    )
                )
    return [*rows, Row("model calls a turn", "1, counted by the server", aim="1", met=True)]


def _rate(task: Task, base: str, latency: int, connections: int, folder: str) -> float:
    """Return the conversations a second of an evaluation, from its first call to its last answer."""
    model = get_model(f"openai/{latency}", base_url=f"{base}/v1", responses_api=False, memoize=False)
    take_span(base)
    [log] = eval(task, model=model, max_connections=connections, log_dir=folder, display="none", score_display=False)
    span, count = take_span(base), len(log.samples or [])
    if log.status != "success" or span.calls != TURNS * count:
        raise SystemExit(f"{log.location}: {log.status}, {span.calls} calls; expected {TURNS * count}")
    return count / (span.last - span.first)


if __name__ == "__main__":
    print_rows(measure(*map(int, sys.argv[1:])))
