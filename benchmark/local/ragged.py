"""Dialogues read together without padding: their new tokens stand one after the other, each attends to its own past.

The model computes one long sequence, so a prompt of 300 tokens and 60 rows that go on by one token cost what 360 tokens
cost, and a row may join or leave between any two steps. Only attention knows of rows; it is put in place of the model's
own through the interface that transformers has for that. Keys and values lie in one buffer a layer and side, a row a
slot: transformers' caches would copy all of them whenever a row joins or leaves, and repeat each key for all heads that
share it at every token.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import torch
from torch.nn.functional import scaled_dot_product_attention
from transformers import AttentionInterface, DynamicCache
from transformers.cache_utils import DynamicLayer

if TYPE_CHECKING:
    from transformers import PreTrainedModel

NAME = "askfirst_ragged"
"""Under which transformers knows the attention."""

SPARE = 64
"""Positions by which full buffers grow."""

_reading: ContextVar["RaggedRows"] = ContextVar("askfirst_ragged_rows")


class _Together(NamedTuple):
    """Neighbouring rows with one new token each: one operation for all, masked where a row is shorter."""

    rows: slice
    tokens: slice
    length: int
    mask: torch.Tensor | None
    """(row, 1, 1, position), true where there is something; None where all rows are as long."""


class _Alone(NamedTuple):
    """A row with several new tokens."""

    row: int
    tokens: slice
    length: int
    mask: torch.Tensor
    """(token, position), true where a token may look."""


class RaggedRows:
    """Rows that are read together."""

    def __init__(self, model: "PreTrainedModel") -> None:
        """Start without rows; the model must be one that `can_read_ragged`, with its attention set to `NAME`."""
        self._model, self._device = model, model.device
        self.lengths: list[int] = []
        """Positions that each row has read."""
        self._room = (0, 0)
        self._sides_by_layer: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._places: tuple[torch.Tensor, torch.Tensor]
        self._parts: list[_Together | _Alone] = []

    def join(self, states: Sequence[torch.Tensor], length: int) -> None:
        """Add a row that goes on after `length` positions.

        Args:
            states: Keys and values by turns, two a layer, each (head, position, dimension); empty if the length is 0.
            length: Positions of the states that count.
        """
        row = len(self.lengths)
        self.lengths.append(length)
        self._make_room(row + 1, length)
        for layer in range(len(states) // 2):
            pair = states[2 * layer], states[2 * layer + 1]
            for side, state in zip(self._sides(layer, *pair), pair, strict=True):
                side[row, :, :length] = state[:, :length]

    def states(self, row: int) -> tuple[torch.Tensor, ...]:
        """Return what a row has read, as `join` takes it; views, which the next reading may overwrite."""
        length = self.lengths[row]
        return tuple(side[row, :, :length] for _, sides in sorted(self._sides_by_layer.items()) for side in sides)

    def keep(self, order: Sequence[int]) -> None:
        """Drop rows: the one at place `order[i]` moves to place `i`, which must not lie behind it."""
        for place, row in enumerate(order):
            if place != row:
                length = self.lengths[row]
                for sides in self._sides_by_layer.values():
                    for side in sides:
                        side[place, :, :length] = side[row, :, :length]
        self.lengths = [self.lengths[row] for row in order]

    def read(self, tokens: Sequence[Sequence[int]], wanted: Sequence[int]) -> torch.Tensor:
        """Compute new tokens of each row, possibly none.

        Args:
            tokens: By row.
            wanted: Rows, in their order, whose logits are returned; each has new tokens.

        Returns:
            Logits after the last token of each wanted row, (row, vocabulary).
        """
        self._plan([len(some) for some in tokens])
        ids = torch.tensor([[each for some in tokens for each in some]], device=self._device)
        ends = torch.tensor([len(some) for some in tokens]).cumsum(0) - 1
        token = _reading.set(self)
        try:
            output = self._model(
                input_ids=ids,
                position_ids=self._places[1][None],
                use_cache=False,
                logits_to_keep=ends[list(wanted)].to(self._device),
            )
        finally:
            _reading.reset(token)
        return cast(torch.Tensor, output.logits)[0].float()

    def attend(
        self, layer: int, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scaling: float | None
    ) -> torch.Tensor:
        """Attend to each row's own past.

        Args:
            layer: Its number.
            query: (1, head, token, dimension), as key and value; these may have fewer heads.
            key: Of the new tokens.
            value: Of the new tokens.
            scaling: Of the products; None is by the dimension.

        Returns:
            (1, token, head, dimension).
        """
        keys, values = self._sides(layer, key[0], value[0])
        rows, columns = self._places
        keys[rows, :, columns] = key[0].transpose(0, 1)
        values[rows, :, columns] = value[0].transpose(0, 1)
        shared, size = key.shape[1], value.shape[-1]
        result = query.new_empty(query.shape[2], query.shape[1], size)
        for part in self._parts:
            asked = query[0, :, part.tokens]
            # heads that share their keys stand as if they were tokens of one head: so nothing has to be repeated
            if isinstance(part, _Together):
                count = asked.shape[1]
                asked = asked.transpose(0, 1).reshape(count, shared, -1, asked.shape[-1])
                seen = slice(None, part.length)
                found = scaled_dot_product_attention(
                    asked, keys[part.rows, :, seen], values[part.rows, :, seen], attn_mask=part.mask, scale=scaling
                )
                result[part.tokens] = found.reshape(count, -1, size)
            else:
                heads, count = asked.shape[:2]
                asked = asked.reshape(1, shared, -1, asked.shape[-1])
                row = slice(part.row, part.row + 1)
                seen = slice(None, part.length)
                found = scaled_dot_product_attention(
                    asked,
                    keys[row, :, seen],
                    values[row, :, seen],
                    attn_mask=part.mask.repeat(heads // shared, 1),
                    scale=scaling,
                )
                result[part.tokens] = found.reshape(heads, count, size).transpose(0, 1)
        return result[None]

    def _plan(self, counts: Sequence[int]) -> None:
        """Note where the new tokens go and what they may look at, once for all layers."""
        rows = [row for row, count in enumerate(counts) for _ in range(count)]
        columns = [self.lengths[row] + number for row, count in enumerate(counts) for number in range(count)]
        self._places = (torch.tensor(rows, device=self._device), torch.tensor(columns, device=self._device))
        self.lengths = [length + count for length, count in zip(self.lengths, counts, strict=True)]
        self._make_room(len(counts), max(self.lengths))
        self._parts = []
        row, start = 0, 0
        while row < len(counts):
            end = row
            while end < len(counts) and counts[end] == 1:
                end += 1
            if end > row:
                lengths = self.lengths[row:end]
                self._parts.append(
                    _Together(slice(row, end), slice(start, start + end - row), max(lengths), self._mask(lengths))
                )
                start += end - row
                row = end
                continue
            if count := counts[row]:
                length = self.lengths[row]
                looks = torch.arange(length - count, length, device=self._device)[:, None]
                mask = torch.arange(length, device=self._device) <= looks
                self._parts.append(_Alone(row, slice(start, start + count), length, mask))
            start += count
            row += 1

    def _mask(self, lengths: Sequence[int]) -> torch.Tensor | None:
        if min(lengths) == max(lengths):
            return None
        held = torch.tensor(lengths, device=self._device)[:, None]
        return (torch.arange(max(lengths), device=self._device) < held)[:, None, None]

    def _make_room(self, rows: int, length: int) -> None:
        has_rows, has_length = self._room
        if rows <= has_rows and length <= has_length:
            return
        self._room = (
            has_rows if rows <= has_rows else max(rows, 2 * has_rows),
            has_length if length <= has_length else length + SPARE,
        )
        for layer, (keys, values) in self._sides_by_layer.items():
            self._sides_by_layer[layer] = (_enlarge(keys, *self._room), _enlarge(values, *self._room))

    def _sides(self, layer: int, key: torch.Tensor, value: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if layer not in self._sides_by_layer:
            rows, length = self._room
            # zeros, since what is masked still takes part in sums, as 0 times it
            self._sides_by_layer[layer] = (
                key.new_zeros(rows, key.shape[0], length, key.shape[-1]),
                value.new_zeros(rows, value.shape[0], length, value.shape[-1]),
            )
        return self._sides_by_layer[layer]


def _enlarge(side: torch.Tensor, rows: int, length: int) -> torch.Tensor:
    larger = side.new_zeros(rows, side.shape[1], length, side.shape[3])
    larger[: side.shape[0], :, : side.shape[2]] = side
    return larger


def _attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    **kwargs: Any,
) -> tuple[torch.Tensor, None]:
    return _reading.get().attend(cast(int, module.layer_idx), query, key, value, scaling), None


def can_read_ragged(model: "PreTrainedModel") -> bool:
    """Set the model's attention to ours and return True, if that gives what its own gives; else leave it as it is."""
    size = int(cast(Any, model.config).get_text_config().vocab_size)
    rows = [[(7 + 13 * place * place) % size for place in range(count)] for count in (9, 14)]
    return adopt_attention(
        model,
        NAME,
        _attend,
        lambda: torch.cat([read_alone(model, row) for row in rows]),
        lambda: _read_in_pieces(model, rows),
    )


def adopt_attention(
    model: "PreTrainedModel",
    name: str,
    attention: Callable[..., tuple[torch.Tensor, None]],
    expect: Callable[[], torch.Tensor],
    find: Callable[[], torch.Tensor],
) -> bool:
    """Set a model's attention and return True, if it gives what the model's own gives; else leave it as it is.

    Every layer has to look at the whole past, and the model has to get its attention through the interface of
    transformers. What no rule can tell is tried.

    Args:
        model: In evaluation mode.
        name: Under which transformers is to know the attention.
        attention: As transformers calls it.
        expect: Computes something with the model's own attention.
        find: Computes the same with the new one.
    """
    config: Any = model.config
    if not getattr(model, "_supports_attention_backend", False) or any(
        type(layer) is not DynamicLayer for layer in DynamicCache(config=config).layers
    ):
        return False
    own = config._attn_implementation
    with torch.inference_mode():
        expected = expect()
        cast(Any, AttentionInterface).register(name, attention)
        cast(Any, model).set_attn_implementation(name)
        try:
            found = find()
        except (TypeError, KeyError, RuntimeError, LookupError):
            found = torch.full_like(expected, torch.inf)
        tolerance = 1e-3 if expected.dtype == model.dtype else 0.05
        same = bool((found - expected).abs().max() <= tolerance * expected.abs().max())
    if not same:
        cast(Any, model).set_attn_implementation(own)
    return same


def read_alone(model: "PreTrainedModel", row: Sequence[int]) -> torch.Tensor:
    """Return the logits after a row that is read by itself, (1, vocabulary)."""
    output = cast(Any, model)(input_ids=torch.tensor([row], device=model.device), use_cache=False)
    return output.logits[:, -1].float()


def _read_in_pieces(model: "PreTrainedModel", rows: Sequence[Sequence[int]]) -> torch.Tensor:
    some = RaggedRows(model)
    for _ in rows:
        some.join((), 0)
    some.read([row[:5] for row in rows], [0, 1])
    some.read([row[5:-1] for row in rows], [0, 1])
    return some.read([row[-1:] for row in rows], [0, 1])
