"""A scenario: one problem in one arm under one condition, and the opening that the subject reads.

One scenario is one Inspect sample. The scenario travels in the sample's metadata, which nothing ever interpolates into
a prompt: the opening is the only text that is made from it before the dialogue starts.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

from pydantic import Field

from askfirst.benchmark.answers import marker_instruction
from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Frozen, Problem
from askfirst.benchmark.seeding import stream

Arm: TypeAlias = Literal["under", "full", "decoy"]
"""Which fragments the opening withholds: some necessary ones, none, or as many inert ones."""

Condition: TypeAlias = Literal["ask", "drip", "recap", "snowball", "concat", "closed"]
"""How the user treats what the `under` arm withholds."""

OnAttempt: TypeAlias = Literal["end", "continue"]
Protocol: TypeAlias = Literal["marked", "natural"]
System: TypeAlias = Literal["neutral", "invite"]
Persona: TypeAlias = Literal["cooperative", "forthcoming", "terse", "impatient", "unsure", "chatty", "corrects"]

ARMS: tuple[Arm, ...] = ("under", "full", "decoy")

DRIPPING: frozenset[Condition] = frozenset({"drip", "recap", "snowball"})
"""The conditions in which a hidden fragment comes after every turn, asked or not."""

PERSONAS_BY_CONDITION: Mapping[Condition, tuple[Persona, ...]] = {
    "ask": get_args(Persona),
    "drip": ("cooperative", "chatty", "corrects"),
    "recap": ("cooperative", "chatty"),
    "snowball": ("cooperative", "chatty"),
    "concat": ("cooperative",),
    "closed": ("cooperative",),
}
"""Which personas make sense: what comes unasked can't depend on how questions are answered, what is said again can't
be wrong, and a user who says everything or nothing has no manner of replying."""

SYSTEM_MESSAGES: dict[System, str] = {
    "neutral": "You are a helpful assistant.",
    "invite": "You are a helpful assistant. "
    "If you need information that you don't have, you may ask the user for it before you answer.",
}
"""Always sent, so that no chat template puts a message of its own in its place."""

LAST_CALL = "I need an answer now. Please give me your final answer."
"""What the user adds before the last turn; an attempt that comes only then is forced."""

TURNS_BESIDE_QUESTIONS = 2
"""A subject that asks for one fragment a turn also needs a turn to answer in, before the last call's turn."""


class Settings(Frozen):
    """What a user of a task can vary about its scenarios."""

    arms: tuple[Arm, ...] = ARMS
    condition: Condition = "ask"
    hide: int | Literal["all", "some"] = "some"
    """How many necessary fragments `under` hides: a number, all, or a seeded number from 1 to all."""
    max_turns: int = Field(default=10, ge=1)
    on_attempt: OnAttempt | None = None
    """None: `end` in `ask`, `closed` and `concat`, `continue` in the conditions that drip."""
    protocol: Protocol = "marked"
    system: System = "neutral"
    persona: Persona = "cooperative"


class Scenario(Frozen):
    """One problem in one arm under one condition."""

    problem: Problem
    arm: Arm
    arms: tuple[Arm, ...]
    """Every arm that this evaluation runs of the problem: what a joint measure has to wait for."""
    condition: Condition
    hidden: tuple[str, ...] = ()
    """Ids of the fragments that the opening withholds, in the problem's order."""
    max_turns: int = Field(ge=1)
    """Messages that the subject may send."""
    on_attempt: OnAttempt
    protocol: Protocol
    system: System
    persona: Persona

    @property
    def id(self) -> str:
        """The sample's id: stable, unique within an evaluation."""
        return f"{self.problem.id}/{self.arm}"

    @property
    def hidden_necessary(self) -> tuple[str, ...]:
        """H: the necessary fragments that the subject lacks; empty outside `under`, and in `concat`."""
        return self.hidden if self.arm == "under" and self.condition != "concat" else ()

    @property
    def opening_known(self) -> frozenset[str]:
        """Ids of the fragments that the subject knows before its first message."""
        if self.condition == "concat":
            return frozenset(fragment.id for fragment in self.problem.fragments)
        return frozenset(fragment.id for fragment in self.problem.fragments if fragment.id not in self.hidden)


def make_scenarios(problem: Problem, settings: Settings) -> tuple[Scenario, ...]:
    """Put a problem into each arm; arms that withhold anything withhold equally many fragments.

    A problem that lacks nothing can only be put into `full`.

    Raises:
        DataError: If the problem has too few fragments for what is to be hidden, the turns can't hold the questions, or
            the persona makes no sense in the condition.
    """
    check_persona(settings)
    lacks_nothing = not problem.necessary and settings.arms == ("full",)
    count = 0 if lacks_nothing else count_hidden(problem, settings)
    hidden: dict[Arm, tuple[str, ...]] = {
        "under": choose_hidden(problem, problem.necessary, count),
        "full": (),
        "decoy": choose_hidden(problem, problem.inert, count),
    }
    return tuple(_make_scenario(problem, settings, arm, hidden[arm]) for arm in settings.arms)


def check_persona(settings: Settings) -> None:
    """Check that a persona makes sense in its condition.

    Raises:
        DataError: If it doesn't: refused, since a persona that changes nothing would pass for one that was measured.
    """
    allowed = PERSONAS_BY_CONDITION[settings.condition]
    if settings.persona not in allowed:
        raise DataError(
            f"persona: {settings.persona!r} in condition {settings.condition!r}; expected one of {list(allowed)!r} "
            "there; choose another, or condition 'ask'"
        )


def _make_scenario(problem: Problem, settings: Settings, arm: Arm, hidden: tuple[str, ...]) -> Scenario:
    # twins share every setting; without anything withheld that matters there is nothing to drip, list or refuse
    condition: Condition = settings.condition if arm == "under" else "ask"
    return Scenario(
        problem=problem,
        arm=arm,
        arms=settings.arms,
        condition=condition,
        hidden=hidden,
        max_turns=1 if condition == "closed" else settings.max_turns,
        on_attempt=settings.on_attempt or ("continue" if condition in DRIPPING else "end"),
        protocol=settings.protocol,
        system=settings.system,
        persona=settings.persona,
    )


def count_hidden(problem: Problem, settings: Settings) -> int:
    """Return h, how many fragments `under` and `decoy` hide of this problem, at least 1.

    Raises:
        DataError: If the problem has fewer necessary fragments, or the turns can't hold that many questions.
    """
    most = len(problem.necessary)
    room = most if settings.condition in ("concat", "closed") else settings.max_turns - TURNS_BESIDE_QUESTIONS
    if settings.hide == "some":
        count = stream(problem.id, "hide").randint(1, max(1, min(most, room)))
    else:
        count = most if settings.hide == "all" else settings.hide
    if not 1 <= count <= most:
        raise DataError(f"hide: {count}; expected 1 to {most}, what {problem.id} has; hide fewer")
    if count > room and "under" in settings.arms:
        raise DataError(
            f"max_turns: {settings.max_turns} turns for {count} hidden fragments; expected at least "
            f"{count + TURNS_BESIDE_QUESTIONS}; raise max_turns or hide fewer"
        )
    if "decoy" in settings.arms and count > len(problem.inert):
        raise DataError(
            f"{problem.id}: {len(problem.inert)} inert fragments for {count} to hide; "
            "expected as many; hide fewer or leave the decoy arm out"
        )
    return count


def choose_hidden(problem: Problem, candidates: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Choose which fragments to hide: of one problem, what is hidden at `count` stays hidden at `count + 1`."""
    order = sorted(candidates)
    stream(problem.id, "hidden").shuffle(order)
    return tuple(name for name in candidates if name in order[:count])


def render_opening(scenario: Scenario) -> str:
    """Write the subject's first user message. Its bytes depend on no hidden fragment."""
    problem = scenario.problem
    if scenario.condition == "concat":
        body = bullet_list((problem.goal, *(fragment.text for fragment in problem.fragments)))
    else:
        shown = " ".join(fragment.text for fragment in problem.fragments if fragment.id not in scenario.hidden)
        body = f"{shown}\n\n{problem.goal}".strip()
    parts = [problem.instructions, body]
    if scenario.protocol == "marked":
        parts.append(marker_instruction(problem.form))
    if scenario.max_turns == 1:
        parts.append(LAST_CALL)
    return "\n\n".join(part for part in parts if part)


def bullet_list(lines: tuple[str, ...]) -> str:
    """Write lines as a list, one a line."""
    return "\n".join(f"- {line}" for line in lines)


def to_metadata(scenario: Scenario) -> dict[str, Any]:
    """Return the sample metadata: the scenario, and beside it the keys by which Inspect clusters and groups."""
    problem = scenario.problem
    return scenario.model_dump(mode="json") | {
        "problem_id": problem.id,
        "template": f"{problem.family}/{problem.template}",
        "family": problem.family,
        "level": problem.level,
        "certificate": problem.certificate_kind,
    }
