"""Reading a saved dialogue again with another reader or matcher: which of its numbers rest on the instrument.

What the subject wrote and what the user replied stay as they were; what was read off the messages is made anew. So a
reading that would have led to another reply is followed only up to there: a dialogue that the new reader would have
ended earlier is cut, one that it would have let go on is marked.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from askfirst.benchmark.checking import Check
from askfirst.benchmark.fragment_index import FragmentIndex, index_fragments
from askfirst.benchmark.matcher import Match
from askfirst.benchmark.problem import AnswerForm, Problem
from askfirst.benchmark.reader import Reading
from askfirst.benchmark.record import AskedQuestion, Turn
from askfirst.benchmark.scenario import Scenario

Read: TypeAlias = Callable[[str, AnswerForm, str], Reading]
"""Reads a message, given the form of the answer and all that the user had said."""

MatchAll: TypeAlias = Callable[[Sequence[str], Problem, FragmentIndex], Awaitable[list[Match]]]
"""Says what each question of one message targets."""


class Reread(NamedTuple):
    """A dialogue as other instruments read it."""

    turns: tuple[Turn, ...]
    changed: tuple[int, ...]
    """Numbers of the turns whose attempt, answer, or questions' targets differ from the record."""
    cut: bool
    """The new reader sees an attempt, at which the user would have left, before the dialogue's end."""
    open: bool
    """The dialogue ended by an attempt that the new reader does not see: what would have come is unknown."""


class Recorded(Protocol):
    """What of a saved dialogue is read again."""

    @property
    def scenario(self) -> Scenario:
        """Its scenario."""
        ...

    @property
    def turns(self) -> Sequence[Turn]:
        """Its record, at least one turn."""
        ...

    @property
    def opening(self) -> str:
        """The user's first message."""
        ...

    @property
    def said(self) -> Sequence[str]:
        """The subject's messages, one a turn."""
        ...


async def reread(recorded: Recorded, *, read: Read, match: MatchAll, check: Check) -> Reread:
    """Read a recorded dialogue again.

    Args:
        recorded: The dialogue.
        read: The reader.
        match: The matcher.
        check: Judges answers that the record does not hold.

    Raises:
        AskfirstError: If the check can't reach a verdict.
    """
    scenario, turns = recorded.scenario, recorded.turns
    index = index_fragments(scenario.problem)
    heard, again, changed = [recorded.opening], list[Turn](), list[int]()
    ends = scenario.on_attempt == "end"
    for turn, message in zip(turns, recorded.said, strict=True):
        reading = read(message, scenario.problem.form, "\n".join(heard))
        matches = await match(reading.questions, scenario.problem, index)
        new = await _reread_turn(scenario, turn, reading, matches, check)
        again.append(new)
        if _differs(turn, new):
            changed.append(turn.number)
        heard.append(turn.reply)
        if ends and new.attempted:
            break
    cut = len(again) < len(turns)
    return Reread(tuple(again), tuple(changed), cut, ends and turns[-1].attempted and not again[-1].attempted)


async def _reread_turn(
    scenario: Scenario, turn: Turn, reading: Reading, matches: Sequence[Match], check: Check
) -> Turn:
    verdict = {"right": turn.right, "share": turn.share, "check_note": turn.check_note}
    if not reading.attempted:
        verdict = {"right": False, "share": None, "check_note": ""}
    elif not turn.attempted or reading.answer != turn.answer:
        judged = await check(scenario.problem, reading.answer)
        verdict = {"right": judged.right, "share": judged.share, "check_note": judged.note}
    return turn.model_copy(
        update={
            "kind": reading.kind,
            "attempted": reading.attempted,
            "answer": reading.answer,
            "malformed": reading.malformed,
            "ambiguous": reading.ambiguous,
            "mixed": reading.mixed,
            "reader_rule": reading.why,
            "questions": _questions(turn, reading, matches),
            **verdict,
        }
    )


def _questions(turn: Turn, reading: Reading, matches: Sequence[Match]) -> tuple[AskedQuestion, ...]:
    """Record questions anew; a hit is what the user did reveal then and the question now targets."""
    free: set[str] = set() if reading.attempted else set(turn.revealed)
    before = {question.text: question for question in turn.questions}
    asked: list[AskedQuestion] = []
    for text, match in zip(reading.questions, matches, strict=True):
        hits = tuple(name for name in match.targets if name in free)
        free -= set(hits)
        old = before.get(text)
        same = old is not None and old.targets == match.targets
        asked.append(
            AskedQuestion(
                text=text,
                kind=match.kind,
                targets=match.targets,
                known=tuple(name for name in match.targets if name in turn.known),
                hits=hits,
                confidence=match.confidence,
                unsure=match.unsure,
                decided_by=match.decided_by,
                why=match.why,
                # bits belong to targets: where these changed, they are not known without the family's solver
                gain_bits=old.gain_bits if old is not None and same else None,
                best_bits=old.best_bits if old is not None and same else None,
                gain_exact=old.gain_exact if old is not None and same else True,
            )
        )
    return tuple(asked)


def _differs(one: Turn, other: Turn) -> bool:
    def essence(turn: Turn) -> object:
        return turn.attempted, turn.answer, [(question.kind, question.targets) for question in turn.questions]

    return essence(one) != essence(other)
