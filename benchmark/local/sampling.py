"""Drawing tokens: each row by its own random stream, whatever else is in the batch."""

import random
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import torch

CANDIDATES = 1024
"""Likeliest tokens among which `top_p` is looked for first: sorting a whole vocabulary takes longer than the model."""


class Drawing(NamedTuple):
    """How one dialogue's tokens are drawn: temperature first, then `top_k`, then `top_p`, as in transformers."""

    temperature: float = 1.0
    """0 takes the likeliest."""
    top_p: float = 1.0
    """Share of the probability, in (0, 1], that the likeliest tokens have to reach; the others are never drawn."""
    top_k: int = 0
    """How many of the likeliest may be drawn; 0 is all."""

    @property
    def chooses(self) -> bool:
        """Whether some tokens are never drawn."""
        return self.top_p < 1 or self.top_k > 0


def draw_tokens(logits: torch.Tensor, drawings: Sequence[Drawing], draws: Sequence[random.Random]) -> list[int]:
    """Draw one token a row; a row that takes the likeliest leaves its stream alone.

    Args:
        logits: (row, vocabulary).
        drawings: One a row.
        draws: One stream a row.
    """
    tokens = logits.argmax(-1)
    for chooses in (False, True):
        rows = [row for row, each in enumerate(drawings) if each.temperature > 0 and each.chooses == chooses]
        if rows:
            index = torch.tensor(rows, device=logits.device)
            some = [drawings[row] for row in rows]
            scaled = logits[index] / logits.new_tensor([[each.temperature] for each in some])
            points = torch.tensor([[draws[row].random()] for row in rows], dtype=torch.double, device=logits.device)
            tokens[index] = _choose(scaled, some, points, CANDIDATES) if chooses else _draw(scaled, points)
    return cast(Any, tokens).tolist()


def _draw(logits: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
    return _invert(torch.softmax(logits, -1).double(), points)


def _choose(logits: torch.Tensor, drawings: Sequence[Drawing], points: torch.Tensor, candidates: int) -> torch.Tensor:
    size = logits.shape[-1]
    candidates = min(size, max(candidates, *(each.top_k for each in drawings)))
    values, order = logits.topk(candidates)
    shares = (values - logits.logsumexp(-1, keepdim=True)).double().exp()
    most = torch.tensor([[each.top_k or size] for each in drawings], device=logits.device)
    reach = shares.new_tensor([[each.top_p] for each in drawings])
    if candidates < size and bool(((shares.sum(-1, keepdim=True) < reach) & (most > candidates)).any()):
        return _choose(logits, drawings, points, size)
    kept = torch.where(torch.arange(candidates, device=logits.device) < most, shares, 0)
    # of all tokens where none was cut by its rank, so that what lies beyond the candidates counts
    whole = torch.where(most < size, kept.sum(-1, keepdim=True), 1.0)
    kept = torch.where((kept.cumsum(-1) - kept) / whole < reach, kept, 0)
    return order.gather(-1, _invert(kept, points)[:, None])[:, 0]


def _invert(shares: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
    """Return where each point, in [0, 1), falls among shares of any sum, (row)."""
    sums = shares.cumsum(-1)
    places = torch.searchsorted(sums, points * sums[:, -1:], right=True)
    # a point so near to 1 that the product rounds up must not fall behind the last token that may be drawn
    last = (shares > 0).long().cumsum(-1).argmax(-1, keepdim=True)
    return torch.minimum(places, last)[:, 0]


def sample(logits: torch.Tensor, draws: Sequence[random.Random], temperature: float) -> tuple[list[int], list[float]]:
    """Draw one token a row, by one number of the row's own stream; a temperature of 0 leaves the streams alone.

    Args:
        logits: (row, vocabulary).
        draws: One stream a row.
        temperature: 0 takes the likeliest.

    Returns:
        Tokens, and their log-probabilities under the distribution that they were drawn from.
    """
    points = [[draw.random()] for draw in draws] if temperature else [[0.0]] * len(draws)
    tokens, logprobs = sample_at(logits, torch.tensor(points, dtype=torch.double, device=logits.device), temperature)
    return cast(Any, tokens)[:, 0].tolist(), cast(Any, logprobs)[:, 0].tolist()


def sample_at(logits: torch.Tensor, points: torch.Tensor, temperature: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw one token a row at given points; nothing in here waits for a GPU.

    Args:
        logits: (row, vocabulary).
        points: (row, 1), in [0, 1).
        temperature: 0 takes the likeliest.

    Returns:
        Tokens and their log-probabilities, each (row, 1).
    """
    logprobs = torch.log_softmax(logits / temperature if temperature else logits, dim=-1)
    if temperature:
        shares = logprobs.double().exp().cumsum(-1)
        tokens = torch.searchsorted(shares, points * shares[:, -1:], right=True).clamp(max=logits.shape[-1] - 1)
    else:
        tokens = logits.argmax(-1, keepdim=True)
    return tokens, logprobs.gather(-1, tokens)
