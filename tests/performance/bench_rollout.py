"""Sampling of training dialogues against plain batched `generate` of the same turns, in one run.

`generate` gets what it is best at: each round's dialogues in one batch, left-padded, with as many new tokens as our
longest turn of that round took. It reads every dialogue anew at each round; that is what remembering saves.

Run: python tests/performance/bench_rollout.py [MODEL] [DIALOGUES]
"""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import torch
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[1]))

from askfirst.benchmark.checkpoint import checkpoint_path
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.dialogues import Limits, hold_dialogues
from askfirst.benchmark.sml.generation import Generator, Sampled, Sampling
from askfirst.benchmark.sml.student import load_student
from askfirst.benchmark.sml.teacher import rule_teacher
from training import judge, lessons

TURN = 48
GROUP = 4


class Timed:
    """A speaker that remembers what it was asked, and how long its turns took."""

    def __init__(self, inner: Generator[int]) -> None:
        self.inner, self.rounds, self.seconds, self.tokens = inner, [], 0.0, 0

    def speak(self, histories: Mapping[int, Sequence[int]], draws: Mapping[int, Random]) -> Mapping[int, Sampled]:
        started = time.perf_counter()
        spoken = self.inner.speak(histories, draws)
        self.seconds += time.perf_counter() - started
        self.tokens += sum(len(turn.ids) for turn in spoken.values())
        self.rounds.append(([list(ids) for ids in histories.values()], max(len(turn.ids) for turn in spoken.values())))
        return spoken


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else str(checkpoint_path("smollm2-135m", progress=False))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    student = load_student(path, None)
    model, tokenizer = student.model.eval(), student.chat.tokenizer
    speaker = Timed(Generator[int](model, Sampling(TURN, 1.0), end_ids=student.chat.end_ids))
    some = [lesson for lesson in lessons(count // GROUP) for _ in range(GROUP)]
    draws = [stream("bench", number) for number in range(len(some))]
    started = time.perf_counter()
    hold_dialogues(some, student.chat, speaker, rule_teacher, judge, Limits(4, 2048, TURN), draws)
    whole = time.perf_counter() - started

    tokenizer.padding_side = "left"
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    started = time.perf_counter()
    for histories, longest in speaker.rounds:
        batch = tokenizer.pad({"input_ids": histories}, return_tensors="pt")
        with torch.no_grad():
            model.generate(**batch, min_new_tokens=longest, max_new_tokens=longest, do_sample=True, top_k=0)
    plain = time.perf_counter() - started
    ours, theirs = speaker.tokens / whole, speaker.tokens / plain
    console, threads = Console(highlight=False, soft_wrap=True), torch.get_num_threads()
    size = f"{len(some)} dialogues, {len(speaker.rounds)} rounds, {speaker.tokens} student tokens"
    console.print(f"{size}, {threads} threads; {speaker.seconds / whole:.0%} of the rollout is sampling")
    console.print(f"rollout, with teacher and reading:  {ours:8.1f} tokens/s")
    console.print(f"plain batched generate, same turns: {theirs:8.1f} tokens/s")
    console.print(f"ratio: {ours / theirs:.2f} (aim: at least 0.70)")


if __name__ == "__main__":
    main()
