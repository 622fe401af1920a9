"""Conversations a second from a local OpenAI-compatible server, against a bare Inspect loop, in one run.

Latencies of 0 and 200 ms, 10, 50 and 200 connections, six calls a conversation, through the real `openai` client.

Run: python tests/performance/bench_server.py [CONVERSATIONS]
"""

import os
import sys
import tempfile

from inspect_ai import eval
from inspect_ai.model import get_model
from rich.console import Console
from rich.table import Table

from scripted_server import scripted_server, take_span
from six_turns import TURNS, bare_task, full_task, hold, scripts

LEAST = 0.8
"""The aim: our task's rate as a share of the bare loop's."""


def main() -> None:
    """Print one table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    os.environ["OPENAI_API_KEY"] = "none"
    held = hold(count)
    table = Table("latency, ms", "connections", "bare, conversations/s", "askfirst", "of bare", "aim")
    with scripted_server(scripts(held)) as base, tempfile.TemporaryDirectory() as folder:
        for latency in (0, 200):
            for connections in (10, 50, 200):
                rates: list[float] = []
                for make in (bare_task, full_task):
                    model = get_model(f"openai/{latency}", base_url=f"{base}/v1", responses_api=False, memoize=False)
                    take_span(base)
                    [log] = eval(make(held), model=model, max_connections=connections, log_dir=folder, display="none")
                    span = take_span(base)
                    if log.status != "success" or span.calls != TURNS * count:
                        raise SystemExit(f"{log.location}: {log.status}, {span.calls} calls; expected {TURNS * count}")
                    rates.append(count / (span.last - span.first))
                bare, ours = rates
                share = f"{ours / bare:.2f}"
                table.add_row(f"{latency}", f"{connections}", f"{bare:.1f}", f"{ours:.1f}", share, f">= {LEAST}")
    Console().print(table)


if __name__ == "__main__":
    main()
