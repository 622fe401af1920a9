"""Sampling on a GPU by replaying one recorded step: a small model's time goes into launching kernels, not into them.

All dialogues are read at once at the beginning of their turns, then go on by one token a step. A step, drawing and all,
is recorded once as a CUDA graph for each number of rows and positions (rounded up) and then replayed, with nothing that
waits for the processor in between.
"""

import random
from collections.abc import Hashable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import torch
from torch.nn.functional import scaled_dot_product_attention

from askfirst.benchmark.local.ragged import adopt_attention, read_alone
from askfirst.benchmark.local.sampling import sample_at
from askfirst.benchmark.sml.generation import Sampled, Sampling

if TYPE_CHECKING:
    from transformers import PreTrainedModel

Key = TypeVar("Key", bound=Hashable)

NAME = "askfirst_recorded"
"""Under which transformers knows the attention."""

ROWS, POSITIONS = 32, 128
"""Rows and positions are rounded up to multiples of these: each pair is recorded once."""

READ_TOKENS = 1 << 16
"""Tokens that are read at once: bounds the memory."""

LOOK_EVERY = 8
"""Steps between looks at whether all rows have ended: each look waits for the GPU."""

TRIED = 3
"""Tokens that are sampled to see whether a model takes our attention."""

_speaking: ContextVar["RecordedSpeaker"] = ContextVar("askfirst_recorded_speaker")


class _Slots(NamedTuple):
    """What a recorded step reads and writes; its size is fixed."""

    token: torch.Tensor
    """(1, row): the newest token of each."""
    length: torch.Tensor
    """(row): positions before it."""
    alive: torch.Tensor
    """(row), false once a row's turn has ended."""
    points: torch.Tensor
    """(row, step), in [0, 1): what each draws with."""
    step: torch.Tensor
    """(1): how many were taken."""
    tokens: torch.Tensor
    """(row, step), as drawn."""
    logprobs: torch.Tensor
    """(row, step), at most 0."""


class RecordedSpeaker:
    """Samples turns as `Generator` does, but remembers none: a GPU reads a dialogue faster than it moves its past."""

    def __init__(
        self,
        model: "PreTrainedModel",
        sampling: Sampling,
        *,
        end_ids: frozenset[int],
        max_rows: int,
        recorded: bool = True,
    ) -> None:
        """Make a speaker.

        Args:
            model: In evaluation mode, its attention set by `can_record`; its weights may change in place between turns.
            sampling: How turns are sampled.
            end_ids: Tokens that end a turn, at least one.
            max_rows: Dialogues that are computed together: bounds the memory.
            recorded: Whether steps are recorded; False, for a processor, computes the same without.
        """
        self.model, self.sampling, self.max_rows, self._recorded = model, sampling, max_rows, recorded
        self._device = model.device
        self._ends = torch.tensor(sorted(end_ids), device=self._device)
        self._end_ids = end_ids
        self._sides_by_layer: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._room = (0, 0)
        self._slots_by_rows: dict[int, _Slots] = {}
        self._graphs: dict[tuple[int, int], Any] = {}
        self._pool: Any = None
        self._reading: slice | None = None
        self._slots: _Slots
        self._mask: torch.Tensor

    def speak(self, histories: Mapping[Key, Sequence[int]], draws: Mapping[Key, random.Random]) -> dict[Key, Sampled]:
        """Sample the next turn of each dialogue, as `Generator.speak` does."""
        order = sorted(histories, key=lambda key: len(histories[key]))
        spoken: dict[Key, Sampled] = {}
        token = _speaking.set(self)
        try:
            with torch.no_grad():
                for start in range(0, len(order), self.max_rows):
                    keys = order[start : start + self.max_rows]
                    turns = self._speak([histories[key] for key in keys], [draws[key] for key in keys])
                    spoken |= dict(zip(keys, turns, strict=True))
        finally:
            _speaking.reset(token)
        return spoken

    def _speak(self, histories: Sequence[Sequence[int]], draws: Sequence[random.Random]) -> list[Sampled]:
        most, drawn = self.sampling.max_tokens, self.sampling.temperature > 0
        rows = _round_up(len(histories), ROWS)
        positions = _round_up(max(map(len, histories)) + most, POSITIONS)
        self._make_room(rows, positions)
        graph = self._record(rows, positions) if self._recorded else None
        self._read(histories)
        slots = self._slots_by_rows[rows]
        spare = rows - len(histories)
        slots.token.copy_(self._put([[each[-1] for each in histories] + [0] * spare]))
        slots.length.copy_(self._put([len(each) - 1 for each in histories] + [0] * spare))
        slots.alive.copy_(self._put([True] * len(histories) + [False] * spare))
        if drawn:
            # a row that has ended draws no more: its stream moves on by what it used, at the end
            ahead = [_look_ahead(draw, most) for draw in draws] + [[0.0] * most] * spare
            slots.points.copy_(torch.tensor(ahead, dtype=torch.double, device=self._device))
        slots.step.zero_()
        for step in range(most):
            if graph is None:
                self._step(slots, positions)
            else:
                graph.replay()
            if step % LOOK_EVERY == LOOK_EVERY - 1 and not bool(slots.alive.any()):
                break
        turns: list[Sampled] = []
        for ids, logprobs, draw in zip(
            cast(Any, slots.tokens).tolist(), cast(Any, slots.logprobs).tolist(), draws, strict=False
        ):
            count = next((place + 1 for place, each in enumerate(ids) if each in self._end_ids), most)
            turns.append(Sampled(ids[:count], logprobs[:count], ids[count - 1] in self._end_ids))
            if drawn:
                _look_ahead(draw, count, moving=True)
        return turns

    def _read(self, histories: Sequence[Sequence[int]]) -> None:
        """Read all but the last token of each history."""
        start = 0
        while start < len(histories):
            end = start + 1
            # they are sorted by their lengths
            while end < len(histories) and (end + 1 - start) * (len(histories[end]) - 1) <= READ_TOKENS:
                end += 1
            some = [each[:-1] for each in histories[start:end]]
            width = len(some[-1])
            if width:
                # padded at the end, where nothing that counts looks
                ids = self._put([[*each, *[0] * (width - len(each))] for each in some])
                self._reading = slice(start, end)
                self._compute(ids, torch.arange(width, device=self._device).expand(len(some), width), 1)
                self._reading = None
            start = end

    def _step(self, slots: _Slots, positions: int) -> None:
        """Go on by one token; nothing in here may wait for the GPU."""
        self._slots = slots
        self._mask = (torch.arange(positions, device=self._device) <= slots.length[:, None])[:, None, None]
        logits = self._compute(slots.token, slots.length[None], 0)[0].float()
        points = slots.points.gather(1, slots.step.expand(len(slots.points))[:, None])
        token, logprob = sample_at(logits, points, self.sampling.temperature)
        slots.tokens.index_copy_(1, slots.step, token)
        slots.logprobs.index_copy_(1, slots.step, logprob)
        slots.token.copy_(token.T)
        slots.alive.logical_and_((token != self._ends).all(-1))
        slots.length.add_(1)
        slots.step.add_(1)

    def _compute(self, ids: torch.Tensor, positions: torch.Tensor, keep: int) -> torch.Tensor:
        output = cast(Any, self.model)(input_ids=ids, position_ids=positions, use_cache=False, logits_to_keep=keep)
        return cast(torch.Tensor, output.logits)

    def attend(
        self, layer: int, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scaling: float | None
    ) -> torch.Tensor:
        """Attend to each row's own past.

        Args:
            layer: Its number.
            query: (row, head, token, dimension) while histories are read, (1, head, row, dimension) in a step.
            key: As the query, of possibly fewer heads.
            value: As the key.
            scaling: Of the products; None is by the dimension.

        Returns:
            As the query, with head and token, or row, exchanged.
        """
        keys, values = self._sides(layer, key, value)
        if self._reading is not None:
            width = key.shape[2]
            keys[self._reading, :, :width], values[self._reading, :, :width] = key, value
            return scaled_dot_product_attention(
                query, key, value, is_causal=True, scale=scaling, enable_gqa=True
            ).transpose(1, 2)
        rows, positions = self._mask.shape[0], self._mask.shape[-1]
        places = torch.arange(rows, device=self._device)
        keys[places, :, self._slots.length] = key[0].transpose(0, 1)
        values[places, :, self._slots.length] = value[0].transpose(0, 1)
        # heads that share their keys stand as if they were tokens of one head: so nothing has to be repeated
        asked = query[0].transpose(0, 1).reshape(rows, key.shape[1], -1, query.shape[-1])
        found = scaled_dot_product_attention(
            asked, keys[:rows, :, :positions], values[:rows, :, :positions], attn_mask=self._mask, scale=scaling
        )
        return found.reshape(1, rows, -1, value.shape[-1])

    def _record(self, rows: int, positions: int) -> Any:
        if (rows, positions) not in self._graphs:
            cuda: Any = torch.cuda
            slots = self._slots_by_rows[rows]
            for each in (slots.length, slots.step, slots.token):
                each.zero_()
            # once before, so that what is made at a first use is not made in the recording
            stream = cuda.Stream()
            stream.wait_stream(cuda.current_stream())
            with cuda.stream(stream):
                self._step(slots, positions)
            cuda.current_stream().wait_stream(stream)
            slots.step.zero_()
            graph = cuda.CUDAGraph()
            with cuda.graph(graph, pool=self._pool):
                self._step(slots, positions)
            self._graphs[rows, positions] = graph
        return self._graphs[rows, positions]

    def _make_room(self, rows: int, positions: int) -> None:
        if rows not in self._slots_by_rows:
            self._slots_by_rows[rows] = self._new_slots(rows)
        if rows <= self._room[0] and positions <= self._room[1]:
            return
        # recorded steps know the old buffers' places
        self._graphs.clear()
        # they share their memory, since they run one after the other and what they leave is not in it; a pool whose
        # recordings are gone can't be used again
        self._pool = cast(Any, torch.cuda).graph_pool_handle() if self._recorded else None
        self._room = (max(rows, self._room[0]), max(positions, self._room[1]))
        self._sides_by_layer.clear()

    def _new_slots(self, rows: int) -> _Slots:
        steps, device = self.sampling.max_tokens, self._device
        return _Slots(
            token=torch.zeros(1, rows, dtype=torch.long, device=device),
            length=torch.zeros(rows, dtype=torch.long, device=device),
            alive=torch.zeros(rows, dtype=torch.bool, device=device),
            points=torch.zeros(rows, steps, dtype=torch.double, device=device),
            step=torch.zeros(1, dtype=torch.long, device=device),
            tokens=torch.zeros(rows, steps, dtype=torch.long, device=device),
            logprobs=torch.zeros(rows, steps, device=device),
        )

    def _sides(self, layer: int, key: torch.Tensor, value: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if layer not in self._sides_by_layer:
            rows, positions = self._room
            # zeros, since what is masked still takes part in sums, as 0 times it
            self._sides_by_layer[layer] = (
                key.new_zeros(rows, key.shape[1], positions, key.shape[-1]),
                value.new_zeros(rows, value.shape[1], positions, value.shape[-1]),
            )
        return self._sides_by_layer[layer]

    def _put(self, values: Sequence[Any]) -> torch.Tensor:
        return torch.tensor(values, device=self._device)


def _round_up(number: int, unit: int) -> int:
    return -(-number // unit) * unit


def _look_ahead(draw: random.Random, count: int, *, moving: bool = False) -> list[float]:
    """Return the next numbers of a stream, which stays where it is unless it is moving."""
    state = draw.getstate()
    numbers = [draw.random() for _ in range(count)]
    if not moving:
        draw.setstate(state)
    return numbers


def _attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    **kwargs: Any,
) -> tuple[torch.Tensor, None]:
    return _speaking.get().attend(cast(int, module.layer_idx), query, key, value, scaling), None


def can_record(model: "PreTrainedModel") -> bool:
    """Set the model's attention to ours and return True, if that gives what its own gives; else leave it as it is."""
    size = int(cast(Any, model.config).get_text_config().vocab_size)
    rows = [[(7 + 13 * place * place) % size for place in range(count)] for count in (9, 14)]

    def expected() -> torch.Tensor:
        values: list[torch.Tensor] = []
        for row in rows:
            ids = list(row)
            for _ in range(TRIED):
                logprobs = torch.log_softmax(read_alone(model, ids)[0], dim=-1)
                values.append(logprobs.max())
                ids.append(int(logprobs.argmax()))
        return torch.stack(values)

    def found() -> torch.Tensor:
        speaker = RecordedSpeaker(
            model, Sampling(TRIED, 0.0), end_ids=frozenset({size}), max_rows=len(rows), recorded=False
        )
        turns = speaker.speak(dict(enumerate(rows)), {number: random.Random(0) for number in range(len(rows))})
        return torch.tensor([turns[number].logprobs for number in range(len(rows))], device=model.device).flatten()

    return adopt_attention(model, NAME, _attend, expected, found)
