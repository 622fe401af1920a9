"""Dialogues read together in one padded batch, with the caches of transformers: for whatever model transformers has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import torch
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

from askfirst.benchmark.local.pasts import Past

if TYPE_CHECKING:
    from transformers import PreTrainedModel

SPARE = 64
"""Positions by which a full cache grows: appending one by one would copy all of it for every token."""


class Batch:
    """Dialogues that are computed together; positions that hold nothing of a row are masked."""

    def __init__(self, model: "PreTrainedModel", pasts: Sequence["Past | None"]) -> None:
        """Start with one row a past, None for those that have read nothing."""
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

    @property
    def lengths(self) -> list[int]:
        """Positions that each row has read."""
        return cast(Any, self._mask.sum(1)).tolist()

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

    def past(self, row: int, ids: Sequence[int]) -> Past:
        """Return what was read of a row, whose tokens these are; the last of them may not have been read yet."""
        held = self._mask[row].bool()
        states = [
            side[row][:, held].clone()
            for layer in self._cache.layers
            for side in (cast(torch.Tensor, layer.keys), cast(torch.Tensor, layer.values))
        ]
        return Past(tuple(ids[: states[0].shape[1]]), tuple(states))


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


class PaddedRows:
    """Rows in padded batches, for models that can't be read ragged: all join before the first is read."""

    def __init__(self, model: "PreTrainedModel") -> None:
        """Start without rows."""
        self._model = model
        self._count = 0
        self._batch: Batch | None = None

    @property
    def lengths(self) -> list[int]:
        """Positions that each row has read."""
        return self._batch.lengths if self._batch else [0] * self._count

    def join(self, states: Sequence[torch.Tensor], length: int) -> None:
        """Add a row, from its beginning.

        Raises:
            ValueError: If it goes on from something, or others have begun.
        """
        if states or length or self._batch:
            raise ValueError("a padded batch takes whole rows, before any is read")
        self._count += 1

    def states(self, row: int) -> tuple[torch.Tensor, ...]:
        """Return nothing: what was read is not kept."""
        return ()

    def keep(self, order: Sequence[int]) -> None:
        """Drop rows: the one at place `order[i]` moves to place `i`."""
        if self._batch and order:
            self._batch.keep(order)
        elif not order:
            self._batch = None
        self._count = len(order)

    def read(self, tokens: Sequence[Sequence[int]], wanted: Sequence[int]) -> torch.Tensor:
        """Compute new tokens of each row, possibly none; return the logits after the last of each wanted row."""
        self._batch = self._batch or Batch(self._model, [None] * self._count)
        return self._batch.read(tokens)[list(wanted)]
