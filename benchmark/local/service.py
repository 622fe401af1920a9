"""A loaded checkpoint with its worker: turns messages into requests, and their tokens into words."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from askfirst.benchmark.local.engine import Engine, Limits, Request
from askfirst.benchmark.local.loading import Loaded, load_model
from askfirst.benchmark.local.sampling import Drawing
from askfirst.benchmark.local.worker import Worker
from askfirst.benchmark.seeding import stream

STEP_TOKENS = {"cpu": 1024}
"""Tokens of one step by the kind of device: some seconds on a processor's core, so that a request that was cancelled
leaves soon; more would not be faster there."""

STEP_TOKENS_ELSEWHERE = 8192


@dataclass(frozen=True)
class Settings:
    """What to load and how much to do at once."""

    path: str
    tokenizer_path: str | None
    dtype: str | None
    device: str | None
    max_rows: int
    cache_gb: float


@dataclass(frozen=True)
class Wish:
    """How one turn is wanted; what is None is as the checkpoint says."""

    max_tokens: int
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    stop_seqs: tuple[str, ...] = ()
    seed: int | None = None
    choice: int = 0
    """Which of several turns that are wanted of the same prompt."""


class Service:
    """One checkpoint that is served."""

    def __init__(self, settings: Settings) -> None:
        """Load the checkpoint.

        Raises:
            CheckpointError: If it can't be loaded.
        """
        self.loaded: Loaded = load_model(settings.path, settings.tokenizer_path, settings.dtype, settings.device)
        step = STEP_TOKENS.get(self.loaded.model.device.type, STEP_TOKENS_ELSEWHERE)
        limits = Limits(
            self.loaded.context, settings.max_rows, max(step, 2 * settings.max_rows), int(settings.cache_gb * 2**30)
        )
        self.engine = Engine(self.loaded.model, self.loaded.end_ids, limits)
        self.worker = Worker(self.engine)

    def request(self, prompt: Sequence[int], wish: Wish) -> Request:
        """Return the request for a turn.

        Args:
            prompt: The dialogue's tokens, up to where the turn begins.
            wish: With a seed, equal prompts get equal turns, and different ones draw from different streams.
        """
        own = self.loaded.drawing
        drawing = Drawing(
            own.temperature if wish.temperature is None else wish.temperature,
            own.top_p if wish.top_p is None else wish.top_p,
            own.top_k if wish.top_k is None else wish.top_k,
        )
        named = (wish.seed, wish.choice, *prompt) if wish.seed is not None else None
        draw = stream("batched", *named) if named else random.Random()
        return Request(prompt, draw, wish.max_tokens, drawing, self._stops(wish.stop_seqs) if wish.stop_seqs else None)

    def text(self, request: Request, wish: Wish) -> str:
        """Return the words of a turn, without special tokens and up to the first stop sequence."""
        text = self.loaded.chat.words(request.said)
        return text[: min((found for each in wish.stop_seqs if (found := text.find(each)) >= 0), default=len(text))]

    def _stops(self, sequences: Sequence[str]) -> Callable[[Sequence[int]], bool]:
        # a character takes at most four tokens
        reach = 4 * max(map(len, sequences)) + 4

        def stops(said: Sequence[int]) -> bool:
            tail = self.loaded.chat.words(said[-reach:])
            return any(each in tail for each in sequences)

        return stops


_services: dict[Settings, tuple[Service, int]] = {}


def open_service(settings: Settings) -> Service:
    """Return the service of a checkpoint, loaded once for all who use it alike, such as a subject and a user.

    Raises:
        CheckpointError: If it can't be loaded.
    """
    service, users = _services.get(settings) or (Service(settings), 0)
    _services[settings] = (service, users + 1)
    return service


def close_service(service: Service) -> None:
    """Let go of a service; the last who does ends it."""
    for settings, (each, users) in list(_services.items()):
        if each is service:
            _services[settings] = (service, users - 1)
            if users == 1:
                del _services[settings]
                service.worker.stop()
                service.engine.clear()
                if torch.cuda.is_available():
                    torch.cuda.empty_cache()
