"""A local checkpoint under `hf/` and under `batched/` against plain batched `generate` of the same prompts, in one run.

The evaluation is that of `askfirst/arithmetic`, greedy, all arms. `generate` gets the prompts of all turns at once,
sorted by length, in full batches: more than any provider can have, since a second turn is known only after the first.
Tokens are those that were sampled up to the end of each turn, padding not counted. Seconds of processor time stand
beside those of the clock: other processes disturb them less.

Run: python tests/performance/bench_local.py [PROBLEMS] [ROUNDS] [MAX_TURNS] [MAX_TOKENS] [ROWS] [hf|no-hf] [MODEL]
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "INSPECT_DISPLAY": "none"}

import inspect_ai
import torch
from inspect_ai.log import EvalLog
from inspect_ai.model import GenerateConfig, Model, get_model
from rich.console import Console
from rich.table import Table
from transformers import AutoModelForCausalLM

from askfirst.benchmark.checkpoint import checkpoint_path
from askfirst.benchmark.local.engine import Request
from askfirst.benchmark.local.service import Service

PLAIN_ROWS = 32


class Spent(NamedTuple):
    """What one way of sampling took."""

    tokens: int = 0
    turns: int = 0
    seconds: float = 0.0
    processor_s: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":  # type: ignore[override]
        return Spent(*(one + another for one, another in zip(self, other, strict=True)))


def timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    started, processor = time.perf_counter(), time.process_time()
    result = run()
    return result, time.perf_counter() - started, time.process_time() - processor


def evaluate(model: Model, seed: int, problems: int, max_turns: int) -> EvalLog:
    with tempfile.TemporaryDirectory() as folder:
        [log] = inspect_ai.eval(
            "askfirst/arithmetic",
            model=model,
            task_args={"n": problems, "seed": seed, "max_turns": max_turns, "level": 1},
            log_dir=folder,
            log_realtime=False,
        )
        assert log.status == "success", log.error
        assert log.samples  # loaded now, while the file is there
    return log


def plain(model: Any, requests: Sequence[Request], max_tokens: int, end_ids: frozenset[int]) -> list[list[int]]:
    """Return the tokens of each request, ends included, sampled by `generate` in batches of alike lengths."""
    order = sorted(range(len(requests)), key=lambda number: len(requests[number].prompt))
    said: list[list[int]] = [[] for _ in requests]
    for start in range(0, len(order), PLAIN_ROWS):
        some = order[start : start + PLAIN_ROWS]
        width = max(len(requests[number].prompt) for number in some)
        pads = [width - len(requests[number].prompt) for number in some]
        ids = torch.tensor([[0] * pad + list(requests[number].prompt) for pad, number in zip(pads, some, strict=True)])
        mask = torch.tensor([[0] * pad + [1] * (width - pad) for pad in pads])
        with torch.inference_mode():
            found = model.generate(
                input_ids=ids,
                attention_mask=mask,
                max_new_tokens=max_tokens,
                do_sample=False,
                pad_token_id=0,
                eos_token_id=list(end_ids),
            )[:, width:]
        for number, row in zip(some, found.tolist(), strict=True):
            end = next((place + 1 for place, token in enumerate(row) if token in end_ids), len(row))
            said[number] = row[:end]
    return said


def count_hf(log: EvalLog, tokenizer: Any) -> tuple[int, int]:
    """Return tokens and turns: the provider's own count takes in padding."""
    texts = [message.text for sample in log.samples or [] for message in sample.messages if message.role == "assistant"]
    return sum(len(tokenizer(text, add_special_tokens=False)["input_ids"]) + 1 for text in texts), len(texts)


def main() -> None:
    given = sys.argv[1:]
    numbers = [int(each) for each in given[:5]]
    problems, rounds, max_turns, max_tokens, rows = [*numbers, *[64, 1, 3, 48, 64][len(numbers) :]]
    with_hf = "no-hf" not in given[5:6]
    path = given[6] if len(given) > 6 else str(checkpoint_path("smollm2-135m", progress=False))
    config = GenerateConfig(temperature=0, max_tokens=max_tokens, max_connections=rows)
    ours = get_model("batched/local", model_path=path, dtype="float32", max_rows=rows, config=config)
    service: Service = ours.api._service  # type: ignore[attr-defined]
    heard: list[Request] = []
    submit = service.worker.submit

    def listen(request: Request) -> Any:
        heard.append(request)
        return submit(request)

    service.worker.submit = listen  # type: ignore[method-assign]
    reference = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).eval()
    theirs = (
        get_model("hf/local", model_path=path, dtype="float32", do_sample=False, config=config) if with_hf else None
    )
    console = Console(width=120)
    spent = {name: Spent() for name in ("hf/", "batched/", "plain generate")}
    read, equal = [0, 0], 0
    for seed in range(rounds):
        heard.clear()
        log, seconds, processor = timed(lambda seed=seed: evaluate(ours, seed, problems, max_turns))
        requests = list(heard)
        spent["batched/"] += Spent(sum(each.sampled for each in requests), len(requests), seconds, processor)
        read[0] += sum(each.reused for each in requests)
        read[1] += sum(len(each.prompt) for each in requests)
        said, seconds, processor = timed(lambda: plain(reference, requests, max_tokens, service.loaded.end_ids))  # noqa: B023
        spent["plain generate"] += Spent(sum(map(len, said)), len(said), seconds, processor)
        console.print(f"round {seed + 1}: batched/ and plain generate done")
        equal += sum(
            each.said == (one[:-1] if one[-1] in service.loaded.end_ids else one)
            for each, one in zip(requests, said, strict=True)
        )
        if theirs:
            log, seconds, processor = timed(lambda seed=seed: evaluate(theirs, seed, problems, max_turns))
            spent["hf/"] += Spent(*count_hf(log, service.loaded.chat.tokenizer), seconds, processor)
    table = Table(title=f"{Path(path).name}: {problems} problems, {max_turns} turns of up to {max_tokens} tokens")
    for name in ("sampled by", "turns", "tokens", "tokens/s", "of plain", "tokens per processor s", "of plain"):
        table.add_column(name, justify="left" if name == "sampled by" else "right")
    best = spent["plain generate"]
    for name, each in spent.items():
        if each.turns:
            clock, worked = each.tokens / each.seconds, each.tokens / each.processor_s
            shares = [f"{clock * best.seconds / best.tokens:.2f}", f"{worked * best.processor_s / best.tokens:.2f}"]
            table.add_row(
                name, f"{each.turns}", f"{each.tokens}", f"{clock:.1f}", shares[0], f"{worked:.1f}", shares[1]
            )
    console.print(table)
    console.print(f"{torch.get_num_threads()} threads, {rows} rows; `generate` in batches of {PLAIN_ROWS}")
    console.print(f"batched/ had read {read[0] / read[1]:.0%} of its prompts' tokens before")
    console.print(f"greedy turns equal to `generate`, token for token: {equal} of {best.turns}")


if __name__ == "__main__":
    main()
