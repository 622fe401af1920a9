"""The instruments of a dialogue that a model can stand in for: what matches questions, and what words replies.

The rules are the default. A model may decide what the rules are unsure of and may word what the rules decided; neither
can decide what is revealed.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeAlias

from askfirst.benchmark.fragment_index import FragmentIndex
from askfirst.benchmark.matcher import MATCHER_IDENTITY, Match, match_question
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.reply_plan import ReplyPlan, speak
from askfirst.benchmark.user import USER_IDENTITY, Heard


class Wording(NamedTuple):
    """A reply in words, and what went wrong on the way there."""

    text: str
    faults: tuple[str, ...] = ()
    """What an audit found in wordings that were then replaced, in order; empty for the rules."""
    verbatim: bool = True
    """Whether these are the plan's own words."""


Matching: TypeAlias = Callable[[Sequence[str], Problem, FragmentIndex], Awaitable[list[Match]]]
"""Says what each question of one message targets, in their order."""

Wordings: TypeAlias = Callable[[ReplyPlan, Heard, str], Awaitable[Wording]]
"""Puts a plan into words, given what it reacts to and the subject's message."""


def no_faults() -> tuple[str, ...]:
    """Return no fault: rules make none."""
    return ()


class Instruments(NamedTuple):
    """What a dialogue is held with; the identities go into its record."""

    match: Matching
    word: Wordings
    matcher: str
    user: str
    take_faults: Callable[[], tuple[str, ...]] = no_faults
    """Returns what went wrong in matching since it was last called."""


async def match_by_rules(questions: Sequence[str], problem: Problem, index: FragmentIndex) -> list[Match]:
    """Match by words and kinds of values alone."""
    return [match_question(question, index) for question in questions]


async def word_by_rules(plan: ReplyPlan, heard: Heard, message: str) -> Wording:
    """Say the plan word for word."""
    return Wording(speak(plan))


RULES = Instruments(match_by_rules, word_by_rules, MATCHER_IDENTITY, USER_IDENTITY)
"""Deterministic, quick, without a model."""
