"""What the simulated user reacts to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from askfirst.benchmark.matcher import Match
from askfirst.benchmark.reply_plan import ReplyPlan
from askfirst.benchmark.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of the subject that did not end the dialogue, and what came before."""

    scenario: Scenario
    number: int
    """The message's number, from 1."""
    known: Collection[str]
    """Ids of the fragments that the subject knows."""
    matches: Sequence[Match]
    """What each of the message's questions targets, in order."""
    attempted: bool = False
    """The message attempts an answer: then its questions are answered by nobody."""
    malformed: bool = False
    """The message marks an answer that can't be parsed."""
    said: Sequence[str] = ()
    """Texts of all that the user has said so far, goal first, for the conditions that restate it."""
    recapped: bool = False
    """Whether the user has restated everything, which `recap` does once."""
    plans: Sequence[ReplyPlan] = ()
    """The user's replies so far."""
    asked: int = 0
    """Summed cost of the questions in earlier messages, at least 0."""
