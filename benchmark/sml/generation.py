"""Batched sampling that remembers each dialogue's past: only what is new since its last turn is computed.

`generate` of transformers computes a dialogue anew at every turn and goes on with the whole batch until its longest
reply ends. On a processor, where time is proportional to rows, both cost more than the sampling itself. Here a
dialogue's keys and values are kept between turns (as long as it goes on where it ended), and rows that have ended leave
the batch.
"""

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import torch
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

from askfirst.benchmark.local.padded import Batch
from askfirst.benchmark.local.pasts import Past, common_length
from askfirst.benchmark.local.sampling import sample

if TYPE_CHECKING:
    from transformers import PreTrainedModel

Key = TypeVar("Key", bound=Hashable)

SHRINK_AT = 0.75
"""Rows that have ended leave the batch once the live ones are at most this share: leaving costs a copy of the cache."""


class Sampled(NamedTuple):
    """One turn as it was sampled."""

    ids: list[int]
    """Its tokens, the one that ended it included."""
    logprobs: list[float]
    """Of each token, at most 0, under the distribution that it was drawn from."""
    ended: bool
    """Whether it ended itself; False where it was cut."""


@dataclass(frozen=True)
class Sampling:
    """How turns are sampled."""

    max_tokens: int
    """Tokens of one turn, at least 1."""
    temperature: float = 1.0
    """0 takes the likeliest token."""


class Generator(Generic[Key]):
    """Samples turns for many dialogues at once, and remembers what it has read of each."""

    def __init__(
        self, model: "PreTrainedModel", sampling: Sampling, *, end_ids: frozenset[int], max_rows: int = 64
    ) -> None:
        """Make a generator.

        Args:
            model: A causal language model; it is neither changed nor kept in another mode than it is in.
            sampling: How turns are sampled.
            end_ids: Tokens that end a turn, at least one.
            max_rows: Dialogues that are computed together: bounds the memory.
        """
        self.model, self.sampling, self.end_ids, self.max_rows = model, sampling, end_ids, max_rows
        # a sliding window's cache has lost its beginning, so such models read the whole dialogue at every turn
        self._remembers = all(type(layer) is DynamicLayer for layer in DynamicCache(config=model.config).layers)
        self._pasts: dict[Key, Past] = {}

    def forget(self) -> None:
        """Drop all that was read: due whenever the model's weights change."""
        self._pasts.clear()

    def speak(self, histories: Mapping[Key, Sequence[int]], draws: Mapping[Key, random.Random]) -> dict[Key, Sampled]:
        """Sample the next turn of each dialogue.

        Args:
            histories: All tokens so far by dialogue, each at least one.
            draws: The random stream of each dialogue; what it samples depends on no other dialogue, but for rounding.

        Returns:
            One turn a dialogue.
        """
        was_training = self.model.training
        self.model.eval()
        try:
            with torch.no_grad():
                if self._remembers:
                    self._read_shared(histories)
                # alike lengths together: a batch is padded to its longest
                order = sorted(histories, key=lambda key: (len(self._unread(key, histories[key])), len(histories[key])))
                spoken: dict[Key, Sampled] = {}
                for start in range(0, len(order), self.max_rows):
                    spoken |= self._speak(order[start : start + self.max_rows], histories, draws)
        finally:
            self.model.train(was_training)
        return spoken

    def _unread(self, key: Key, history: Sequence[int]) -> Sequence[int]:
        """Return what of a history has to be computed, at least its last token; forget what it departs from."""
        past = self._pasts.get(key)
        if past is None:
            return history
        same = common_length(past.ids, history[:-1])
        if same < len(past.ids):
            self._pasts[key] = past.cut(same)
        return history[same:]

    def _read_shared(self, histories: Mapping[Key, Sequence[int]]) -> None:
        """Read once what several dialogues begin with word for word, as the dialogues of one group do."""
        keys_by_history: dict[tuple[int, ...], list[Key]] = {}
        for key, history in histories.items():
            if key not in self._pasts and len(history) > 1:
                keys_by_history.setdefault(tuple(history), []).append(key)
        shared = [history for history, keys in keys_by_history.items() if len(keys) > 1]
        shared.sort(key=len)
        for start in range(0, len(shared), self.max_rows):
            some = shared[start : start + self.max_rows]
            batch = Batch(self.model, [None] * len(some))
            batch.read([list(history[:-1]) for history in some])
            for row, history in enumerate(some):
                past = batch.past(row, history[:-1])
                self._pasts |= dict.fromkeys(keys_by_history[history], past)

    def _speak(
        self, keys: Sequence[Key], histories: Mapping[Key, Sequence[int]], draws: Mapping[Key, random.Random]
    ) -> dict[Key, Sampled]:
        batch = Batch(self.model, [self._pasts.get(key) for key in keys])
        logits = batch.read([list(self._unread(key, histories[key])) for key in keys])
        turns = {key: Sampled([], [], False) for key in keys}
        rows, live = list(keys), set(keys)
        while True:
            # rows that have ended draw no more: what a dialogue samples later must not depend on the others' lengths
            going = [row for row, key in enumerate(rows) if key in live]
            speaking = [rows[row] for row in going]
            some = logits if len(going) == len(rows) else logits[going]
            tokens, logprobs = sample(some, [draws[key] for key in speaking], self.sampling.temperature)
            for key, token, logprob in zip(speaking, tokens, logprobs, strict=True):
                ids, values, _ = turns[key]
                ids.append(token)
                values.append(logprob)
                if token in self.end_ids or len(ids) == self.sampling.max_tokens:
                    turns[key] = Sampled(ids, values, token in self.end_ids)
                    live.remove(key)
            if len(live) <= SHRINK_AT * len(rows):
                for row, key in enumerate(rows):
                    if self._remembers and key not in live:
                        self._pasts[key] = batch.past(row, [*histories[key], *turns[key].ids])
                if not live:
                    return turns
                batch.keep([row for row, key in enumerate(rows) if key in live])
                rows = [key for key in rows if key in live]
            logits = batch.read([[turns[key].ids[-1]] if key in live else [] for key in rows])
