"""Splitting by a model in the role `splitter`, for texts that the rules are unsure of.

The model's reply is JSON, read strictly. What it returns has to pass the same checks as a split by rule; a fault is
named to it, and it may try again.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, cast

from inspect_ai.model import ChatMessage, ChatMessageUser, Model
from pydantic import ConfigDict, Field, ValidationError

from askfirst.benchmark.errors import AskfirstError
from askfirst.benchmark.problem import Frozen
from askfirst.data.splitter.build import MOST_PIECES, make_pieces, single_out, with_confidence
from askfirst.data.splitter.checks import check_split
from askfirst.data.splitter.split import Split

RETRIES = 2
"""How often a fault is named to the model before it counts as unable."""

PROMPT = """\
Cut the problem below into a goal and information fragments.

- The goal is the question that stays when all information is withheld. It can be read alone: no pronoun stands for a \
name that it doesn't say. Conditions that the question's sentence holds become fragments.
- Each fragment is one clause with one fact, a full sentence that can be read alone: names instead of pronouns, \
nothing that points to another fragment ("then", "the rest", "that number" without saying of what).
- Nothing is lost, nothing is added, nothing is said twice: each number, name and condition of the problem stands in \
the goal or in exactly one fragment. Keep the problem's words and numbers.
- Each fragment has a question that asks for exactly it and doesn't give its numbers.

Reply with JSON only:
{"goal": "...", "fragments": [{"text": "...", "question": "..."}]}

Problem:
"""


class SplitterError(AskfirstError):
    """A model in the role `splitter` broke its format."""


class _Fragment(Frozen):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    text: str = Field(min_length=1)
    question: str = Field(min_length=1)


class _Reply(Frozen):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    goal: str = Field(min_length=1)
    fragments: tuple[_Fragment, ...] = Field(min_length=1, max_length=MOST_PIECES)


async def split_by_model(text: str, model: Model) -> Split:
    """Let a model split a text.

    Args:
        text: The problem, its question included.
        model: The model in the role `splitter`.

    Returns:
        The split; its confidence is low where it still fails a check after the retries.

    Raises:
        SplitterError: If the last reply broke the format.
    """
    messages: list[ChatMessage] = [ChatMessageUser(content=PROMPT + text)]
    for attempt in range(RETRIES + 1):
        output = await model.generate(messages)
        try:
            split = to_split(text, parse_reply(output.completion))
        except SplitterError as error:
            if attempt == RETRIES:
                raise
            fault = str(error)
        else:
            fault = "; ".join(check_split(text, split).faults)
            if not fault or attempt == RETRIES:
                return split
        messages = [
            *messages,
            output.message,
            ChatMessageUser(content=f"{fault}. Mend it and send the whole JSON again."),
        ]
    raise AssertionError("the loop returns or raises")


def parse_reply(reply: str) -> _Reply:
    """Read a model's reply.

    Raises:
        SplitterError: If it is not the JSON object that was asked for, and nothing else.
    """
    fenced = re.fullmatch(r"\s*```(?:json)?\s*\n(.*?)\n\s*```\s*", reply, re.DOTALL)
    try:
        content: Any = json.loads(fenced[1] if fenced else reply)
    except (ValueError, RecursionError) as error:
        raise SplitterError(f"splitter: reply {reply[:80]!r} is no JSON ({error}); expected one JSON object") from error
    fragments: Any = cast(dict[str, Any], content).get("fragments") if isinstance(content, dict) else None
    if isinstance(fragments, list):
        content = {**cast(dict[str, Any], content), "fragments": tuple(cast(list[Any], fragments))}
    try:
        return _Reply.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "reply"
        raise SplitterError(
            f"splitter: field {where!r}: {first['msg']}; expected goal and fragments of text and question"
        ) from error


def to_split(text: str, reply: _Reply) -> Split:
    """Return a reply as a split, checked and with questions that single the fragments out."""
    said: Sequence[_Fragment] = reply.fragments
    pieces = make_pieces([one.text for one in said], questions=[one.question for one in said])
    return single_out(with_confidence(text, Split(goal=reply.goal, pieces=pieces, confidence=1.0)))
