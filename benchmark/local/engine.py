"""Continuous batching: requests join the running batch between two of its steps, and leave it when they have ended.

A step reads one token of every row that speaks and, up to a bound, prompts of those that joined. Nothing waits for a
batch to fill. A request that begins like one whose prompt is just being read waits for it, and goes on from its copy:
so what many dialogues begin with is read once.
"""

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import torch

from askfirst.benchmark.local.padded import PaddedRows
from askfirst.benchmark.local.pasts import BLOCK, Beginnings, Past, Pasts, hash_beginnings
from askfirst.benchmark.local.ragged import RaggedRows, can_read_ragged
from askfirst.benchmark.local.sampling import Drawing, draw_tokens

if TYPE_CHECKING:
    from transformers import PreTrainedModel

Reason = Literal["stop", "max_tokens", "model_length"]
"""Why a request ended: the model or a stop sequence ended it, its tokens are used up, or the model's context is."""


@dataclass(eq=False)
class Request:
    """One turn that is wanted, and what was sampled of it so far."""

    prompt: Sequence[int]
    """All tokens of the dialogue so far, at least one."""
    draw: random.Random
    """What it samples depends on this and on the prompt only, but for rounding."""
    max_tokens: int
    """At least 1."""
    drawing: Drawing = field(default_factory=Drawing)
    stops: Callable[[Sequence[int]], bool] | None = None
    """Says after each token whether the turn is to stop."""
    said: list[int] = field(default_factory=list[int])
    """Without the token that ended it."""
    sampled: int = 0
    """Tokens, the one that ended it included."""
    reason: Reason | None = None
    """None while it goes on."""
    reused: int = 0
    """Tokens of the prompt that had been read before."""


@dataclass(frozen=True)
class Limits:
    """How much is done at once."""

    context: int
    """Tokens of a dialogue that the model takes, prompt and turn together."""
    max_rows: int = 64
    """Requests in the batch."""
    step_tokens: int = 1024
    """Tokens of one step, prompts cut where need be: bounds a step's memory and time."""
    kept_bytes: int = 2**31
    """Of keys and values that are kept for the next turns; those of the running batch come on top."""


class Rows(Protocol):
    """Reads rows together: `RaggedRows` or `PaddedRows`."""

    @property
    def lengths(self) -> list[int]:
        """Positions that each row has read."""
        ...

    def join(self, states: Sequence[torch.Tensor], length: int) -> None:
        """Add a row that goes on after `length` positions of states."""
        ...

    def states(self, row: int) -> tuple[torch.Tensor, ...]:
        """Return what a row has read."""
        ...

    def keep(self, order: Sequence[int]) -> None:
        """Drop rows and move others into their places."""
        ...

    def read(self, tokens: Sequence[Sequence[int]], wanted: Sequence[int]) -> torch.Tensor:
        """Compute new tokens and return logits of wanted rows."""
        ...


@dataclass(eq=False)
class _Row:
    request: Request
    hashes: list[int]
    unread: deque[int]
    """Tokens that are not read yet: the rest of the prompt, or the last token that was sampled."""


class Engine:
    """A model with its batch, its waiting requests and what it remembers; for one thread."""

    def __init__(self, model: "PreTrainedModel", end_ids: frozenset[int], limits: Limits) -> None:
        """Try how the model can be read.

        Args:
            model: In evaluation mode; its attention is replaced where it can be.
            end_ids: Tokens that end a turn.
            limits: How much is done at once.
        """
        self.limits, self.end_ids = limits, end_ids
        self.remembers = can_read_ragged(model)
        """Whether rows join at any time and go on from what was read; else each batch is read whole."""
        self._new_rows: Callable[[], Rows] = lambda: RaggedRows(model) if self.remembers else PaddedRows(model)
        self.waiting: deque[tuple[Request, list[int]]] = deque()
        self.clear()

    def clear(self) -> None:
        """Drop everything: the batch, the waiting requests and what was remembered."""
        self.waiting.clear()
        self.rows: list[_Row] = []
        self._batch = self._new_rows()
        self.pasts = Pasts(self.limits.kept_bytes)
        self._running = Beginnings[_Row]()

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self.rows and not self.waiting

    def submit(self, request: Request) -> None:
        """Have a request join the batch at the next step that has room for it."""
        # what has to be read anew in any case: the last token, whose logits begin the turn
        self.waiting.append((request, hash_beginnings(request.prompt[:-1])))

    def withdraw(self, requests: Sequence[Request]) -> None:
        """Take requests back, wherever they are."""
        gone = {id(request) for request in requests}
        self.waiting = deque(each for each in self.waiting if id(each[0]) not in gone)
        with torch.inference_mode():
            self._leave([row for row, each in enumerate(self.rows) if id(each.request) in gone])

    def step(self) -> list[Request]:
        """Go on by one token of each row that has read its prompt, and return the requests that ended."""
        with torch.inference_mode():
            ended = self._admit()
            if not self.rows:
                return ended
            tokens = self._next_tokens()
            spoken = [row for row, each in enumerate(self.rows) if tokens[row] and not each.unread]
            # a step that only reads prompts wants no logits, but models give some
            logits = self._batch.read(tokens, spoken or [next(row for row, some in enumerate(tokens) if some)])
            requests = [self.rows[row].request for row in spoken]
            if requests:
                drawn = draw_tokens(logits, [each.drawing for each in requests], [each.draw for each in requests])
                for row, token in zip(spoken, drawn, strict=True):
                    self._hear(self.rows[row], token)
            over = [row for row in spoken if self.rows[row].request.reason]
            ended += [self.rows[row].request for row in over]
            for row in over:
                self._remember(row)
            self._leave(over)
            return ended

    def _hear(self, row: _Row, token: int) -> None:
        request = row.request
        request.sampled += 1
        if token in self.end_ids:
            request.reason = "stop"
            return
        request.said.append(token)
        if request.stops and request.stops(request.said):
            request.reason = "stop"
        elif len(request.said) == request.max_tokens:
            request.reason = "max_tokens"
        elif len(request.prompt) + len(request.said) >= self.limits.context:
            request.reason = "model_length"
        row.unread.append(token)

    def _next_tokens(self) -> list[list[int]]:
        """Return what each row reads next: one token of all that speak, then prompts as far as there is room."""
        # a padded batch reads its prompts at once: a row that has read nothing yet can't stand in it
        most = self.limits.step_tokens if self.remembers else sum(len(row.unread) for row in self.rows)
        room = max(most - sum(len(row.unread) == 1 for row in self.rows), BLOCK)
        tokens: list[list[int]] = []
        for row in self.rows:
            count = 1
            if len(row.unread) > 1:
                count = min(len(row.unread), room)
                room -= count
            tokens.append([row.unread.popleft() for _ in range(count)])
        return tokens

    def _admit(self) -> list[Request]:
        """Let waiting requests join, in their order; return those whose prompts leave the model no room."""
        full: list[Request] = []
        later: deque[tuple[Request, list[int]]] = deque()
        closed = bool(self.rows) and not self.remembers
        while self.waiting and len(self.rows) < self.limits.max_rows and not closed:
            request, hashes = self.waiting.popleft()
            if len(request.prompt) >= self.limits.context:
                request.reason = "model_length"
                full.append(request)
            elif not self._join(request, hashes):
                later.append((request, hashes))
        self.waiting.extendleft(reversed(later))
        return full

    def _join(self, request: Request, hashes: list[int]) -> bool:
        """Add a request to the batch, unless what it begins with is just being read by another."""
        row = _Row(request, hashes, deque(request.prompt))
        if self.remembers:
            begun = request.prompt[:-1]
            past, running = self.pasts.find(begun, hashes), self._running.find(begun, hashes)
            states, length = (past[0].past.states, past[1]) if past else ((), 0)
            if running:
                place = self.rows.index(running[0])
                read = min(running[1], self._batch.lengths[place])
                if running[1] >= max(read, length) + BLOCK:
                    return False
                if read > length:
                    states, length = self._batch.states(place), read
            self._batch.join(states, length)
            request.reused = length
            for _ in range(length):
                row.unread.popleft()
            self._running.add(request.prompt, hashes, row)
            # its next turn will go on from here, so what it went on from is needed by nobody
            if past and past[1] >= past[0].prompt:
                self.pasts.drop(past[0])
        else:
            self._batch.join((), 0)
        self.rows.append(row)
        return True

    def _remember(self, place: int) -> None:
        row, length = self.rows[place], self._batch.lengths[place]
        states = self._batch.states(place)
        if states:
            ids = (*row.request.prompt, *row.request.said)[:length]
            self.pasts.add(Past(ids, tuple(state.clone() for state in states)), len(row.request.prompt))

    def _leave(self, places: Sequence[int]) -> None:
        """Take rows out of the batch; the last ones fill their places, so that few have to be moved."""
        if not places:
            return
        order = list(range(len(self.rows)))
        for place in sorted(places, reverse=True):
            self._running.remove(self.rows[place].hashes, self.rows[place])
            last = order.pop()
            if place < len(order):
                order[place] = last
        self._batch.keep(order)
        self.rows = [self.rows[row] for row in order]
