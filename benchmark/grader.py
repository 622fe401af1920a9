"""Asks the model in the role `grader` about a question, in two orders.

Same prompt, same answer, no second call: replies are kept in Inspect's cache, and of two that ask the same at the same
time one waits for the other. A model that can't be reached after its retries gives no verdict; one that was set up
wrongly (no such model, a bad key) is an error.
"""

import asyncio
from collections.abc import MutableMapping
from weakref import WeakValueDictionary

from inspect_ai.event import ModelEvent
from inspect_ai.log import transcript
from inspect_ai.model import CachePolicy, ChatMessageUser, ContentText, GenerateConfig, Model, ModelOutput
from tenacity import RetryError

from askfirst.benchmark.grading import (
    ORDERS,
    Graded,
    Grades,
    NoVerdictError,
    Order,
    Reason,
    build_prompt,
    build_schema,
    combine,
    parse_grades,
)
from askfirst.benchmark.problem import Problem

ROLE = "grader"

CONFIG = GenerateConfig(temperature=0.0, max_tokens=1024, max_retries=5, fail_on_refusal=False)
"""What a grader runs with, unless the role's own configuration says otherwise; reasoning may need more tokens."""


class Grader:
    """A model that grades questions, each prompt once at a time."""

    def __init__(self) -> None:
        """Start with nothing asked."""
        # an entry lives as long as somebody asks or waits
        self._locks: MutableMapping[str, asyncio.Lock] = WeakValueDictionary()

    async def grade(self, model: Model, problem: Problem, question: str) -> Graded:
        """Grade one question.

        Args:
            model: The grader.
            problem: Whose user was asked.
            question: The subject's words.

        Returns:
            For every criterion a verdict, or the reason why there is none.
        """
        return combine(await asyncio.gather(*(self._ask(model, problem, question, order) for order in ORDERS)))

    async def _ask(self, model: Model, problem: Problem, question: str, order: Order) -> Grades | Reason:
        prompt = build_prompt(problem, question, order)
        lock = self._locks.setdefault(prompt, asyncio.Lock())
        async with lock:
            try:
                output = await model.generate(
                    [ChatMessageUser(content=prompt)],
                    config=GenerateConfig(response_schema=build_schema(order)),
                    cache=cache_policy(model),
                )
            except RetryError:
                return "unreachable"
        return read_output(output)


def cache_policy(model: Model) -> CachePolicy:
    """Return how replies are kept: for a week, whatever the epoch, apart for different settings of a model.

    Inspect's own key holds the model's name, which is `hf/local` for every local checkpoint.
    """
    settings = sorted((name, str(value)) for name, value in model.model_args.items())
    return CachePolicy(expiry="1W", per_epoch=False, scopes={"askfirst": repr(settings)})


def start_count() -> int:
    """Return where `count_calls` has to start."""
    return len(transcript().events)


def count_calls(start: int) -> dict[str, int]:
    """Count model calls since the start: `calls` went out, retries included; `cached` were answered for nothing."""
    events = [event for event in transcript().events[start:] if isinstance(event, ModelEvent)]
    cached = sum(event.cache == "read" for event in events)
    return {"calls": len(events) - cached, "cached": cached}


def read_output(output: ModelOutput) -> Grades | Reason:
    """Return the verdict of a model's output, or why there is none."""
    if not output.choices:
        return "empty"
    if output.stop_reason == "content_filter" or _refuses(output):
        return "refused"
    try:
        return parse_grades(output.completion)
    except NoVerdictError as error:
        return "cut_off" if output.stop_reason in ("max_tokens", "model_length") else error.reason


def _refuses(output: ModelOutput) -> bool:
    content = output.message.content
    return not isinstance(content, str) and any(isinstance(part, ContentText) and part.refusal for part in content)
