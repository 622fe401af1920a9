"""A slow reference of sampling: one dialogue alone, read anew for every token."""

import random

import torch

from askfirst.benchmark.local.sampling import sample
from askfirst.benchmark.sml.generation import Sampling

END = frozenset({5})


def histories(count: int, seed: int = 0) -> dict[int, list[int]]:
    draw = random.Random(seed)
    return {key: [draw.randrange(6, 250) for _ in range(draw.randrange(3, 20))] for key in range(count)}


def draws(keys: object) -> dict[int, random.Random]:
    return {key: random.Random(f"draw {key}") for key in keys}  # type: ignore[attr-defined]


def slow(
    model: torch.nn.Module, history: list[int], sampling: Sampling, draw: random.Random
) -> tuple[list[int], list[float]]:
    """One dialogue alone, read anew for every token."""
    ids, logprobs = list(history), []
    while len(logprobs) < sampling.max_tokens:
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[:, -1]
        [token], [logprob] = sample(logits, [draw], sampling.temperature)
        ids.append(token)
        logprobs.append(logprob)
        if token in END:
            break
    return ids[len(history) :], logprobs
