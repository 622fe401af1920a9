"""Batched sampling that remembers each dialogue's past: only what is new since its last turn is computed.

`generate` of transformers computes a dialogue anew at every turn and goes on with the whole batch until its longest
reply ends. On a processor, where time is proportional to rows, both cost more than the sampling itself. Here a
dialogue's keys and values are kept between turns (as long as it goes on where it ended), and rows that have ended leave
the batch.
"""

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

import torch
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

if TYPE_CHECKING:
    from transformers import PreTrainedModel

Key = TypeVar("Key", bound=Hashable)

SPARE = 64
"""Positions by which a full cache grows: appending one by one would copy all of it for every token."""

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
        self._pasts: dict[Key, _Past] = {}

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
        same = _common(past.ids, history[:-1])
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
            batch = _Batch(self.model, [None] * len(some))
            batch.read([list(history[:-1]) for history in some])
            for row, history in enumerate(some):
                past = batch.past(row, history[:-1])
                self._pasts |= dict.fromkeys(keys_by_history[history], past)

    def _speak(
        self, keys: Sequence[Key], histories: Mapping[Key, Sequence[int]], draws: Mapping[Key, random.Random]
    ) -> dict[Key, Sampled]:
        batch = _Batch(self.model, [self._pasts.get(key) for key in keys])
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


class _Past(NamedTuple):
    """What was read of one dialogue."""

    ids: tuple[int, ...]
    """The tokens whose keys and values are kept."""
    states: tuple[torch.Tensor, ...]
    """Keys and values by turns, two a layer, each (head, position, dimension)."""

    def cut(self, length: int) -> "_Past":
        return _Past(self.ids[:length], tuple(state[:, :length] for state in self.states))


class _Batch:
    """Dialogues that are computed together; positions that hold nothing of a row are masked."""

    def __init__(self, model: "PreTrainedModel", pasts: Sequence["_Past | None"]) -> None:
        self._model = model
        self._device = model.device
        longest = max((len(past.ids) for past in pasts if past), default=0)
        self._mask = torch.zeros(len(pasts), longest, dtype=torch.long, device=self._device)
        self._cache: Any = DynamicCache(config=model.config)
        if any(type(layer) is not DynamicLayer for layer in self._cache.layers):
            return
        self._cache.layers = [_GrowingLayer() for _ in self._cache.layers]
        if not longest:
            return
        some = next(past for past in pasts if past)
        for number, layer in enumerate(self._cache.layers):
            sides: list[torch.Tensor] = []
            for side in (0, 1):
                state = some.states[2 * number + side]
                padded = state.new_zeros(len(pasts), state.shape[0], longest, state.shape[2])
                for row, past in enumerate(pasts):
                    if past:
                        padded[row, :, longest - len(past.ids) :] = past.states[2 * number + side]
                sides.append(padded)
            layer.update(*sides)
        for row, past in enumerate(pasts):
            self._mask[row, longest - len(past.ids if past else ()) :] = 1

    def read(self, tokens: Sequence[Sequence[int]]) -> torch.Tensor:
        """Compute new tokens of each row, possibly none, and return the logits after the last, (row, vocabulary)."""
        width = max(len(some) for some in tokens)
        ids = torch.tensor([[0] * (width - len(some)) + list(some) for some in tokens], device=self._device)
        new = torch.tensor([[0] * (width - len(some)) + [1] * len(some) for some in tokens], device=self._device)
        self._mask = torch.cat([self._mask, new], dim=1)
        positions = (self._mask.cumsum(1) - 1).clamp(min=0)[:, -width:]
        output = self._model(
            input_ids=ids,
            attention_mask=self._mask,
            position_ids=positions,
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=1,
        )
        return cast(torch.Tensor, output.logits)[:, -1].float()

    def keep(self, rows: Sequence[int]) -> None:
        """Drop all other rows."""
        index = torch.tensor(rows, device=self._device)
        self._mask = self._mask[index]
        for layer in self._cache.layers:
            layer.batch_select_indices(index)

    def past(self, row: int, ids: Sequence[int]) -> _Past:
        """Return what was read of a row, whose tokens these are; the last of them may not have been read yet."""
        held = self._mask[row].bool()
        states = [
            side[row][:, held].clone()
            for layer in self._cache.layers
            for side in (cast(torch.Tensor, layer.keys), cast(torch.Tensor, layer.values))
        ]
        return _Past(tuple(ids[: states[0].shape[1]]), tuple(states))


class _GrowingLayer(DynamicLayer):
    """Keys and values of one layer, in buffers with room to spare."""

    _buffers: tuple[torch.Tensor, torch.Tensor]

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Append, and return everything, each (row, head, position, dimension)."""
        start = self.get_seq_length()
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
            self._buffers = (key_states[:, :, :0], value_states[:, :, :0])
        end = start + key_states.shape[-2]
        keys, values = self._buffers = (_with_room(self._buffers[0], end), _with_room(self._buffers[1], end))
        keys[:, :, start:end], values[:, :, start:end] = key_states, value_states
        self.keys, self.values = keys[:, :, :end], values[:, :, :end]
        return self.keys, self.values

    def batch_select_indices(self, indices: torch.Tensor) -> None:
        """Keep only these rows."""
        end = self.get_seq_length()
        keys, values = self._buffers = (self._buffers[0][indices], self._buffers[1][indices])
        self.keys, self.values = keys[:, :, :end], values[:, :, :end]


def _with_room(buffer: torch.Tensor, length: int) -> torch.Tensor:
    """Return a buffer of at least that many positions, with the same content."""
    if buffer.shape[-2] >= length:
        return buffer
    larger = buffer.new_zeros(*buffer.shape[:2], length + SPARE, buffer.shape[-1])
    larger[:, :, : buffer.shape[-2]] = buffer
    return larger


def _common(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many tokens two sequences begin with in common."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def sample(logits: torch.Tensor, draws: Sequence[random.Random], temperature: float) -> tuple[list[int], list[float]]:
    """Draw one token a row, by one number of the row's own stream.

    Args:
        logits: (row, vocabulary).
        draws: One stream a row.
        temperature: 0 takes the likeliest.

    Returns:
        Tokens, and their log-probabilities under the distribution that they were drawn from.
    """
    logprobs = torch.log_softmax(logits / temperature if temperature else logits, dim=-1)
    if temperature:
        shares = logprobs.double().exp().cumsum(-1)
        points = torch.tensor([[draw.random()] for draw in draws], dtype=torch.double, device=logits.device)
        tokens = torch.searchsorted(shares, points * shares[:, -1:], right=True).clamp(max=logits.shape[-1] - 1)
    else:
        tokens = logits.argmax(-1, keepdim=True)
    return cast(Any, tokens)[:, 0].tolist(), cast(Any, logprobs).gather(-1, tokens)[:, 0].tolist()
