"""A scenario: one problem in one arm under one condition, and the opening that the subject reads.

One scenario is one Inspect sample. The scenario travels in the sample's metadata, which nothing ever interpolates into
a prompt: the opening is the only text that is made from it before the dialogue starts.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from pydantic import Field

from askfirst.benchmark.answers import marker_instruction
from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Fragment, Frozen, Problem
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.words import clean, content, words_of

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


NAMED = 0.6
"""The share of a question's words above which the text that says them speaks of what it asks for."""


class Settings(Frozen):
    """What a user of a task can vary about its scenarios."""

    arms: tuple[Arm, ...] = ARMS
    condition: Condition = "ask"
    hide: int | Literal["all", "some"] = "some"
    """How many necessary fragments `under` hides: a number, all, or a seeded number from 1 to all (to as many as there
    are inert ones that the instructions name, if they name any)."""
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
    """Ids of the fragments that this arm withholds, in the problem's order."""
    absent: tuple[str, ...] = ()
    """Ids of inert fragments that no arm shows, in the problem's order: something unsaid is no sign that it matters."""
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
        withheld = self.absent if self.condition == "concat" else (*self.hidden, *self.absent)
        return frozenset(fragment.id for fragment in self.problem.fragments if fragment.id not in withheld)


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
    decoys = order_decoys(problem)
    hidden: dict[Arm, tuple[str, ...]] = {
        "under": choose_hidden(problem, problem.necessary, count),
        "full": (),
        "decoy": in_order(problem, decoys[:count]),
    }
    absent = choose_absent(problem, decoys[count:])
    return tuple(_make_scenario(problem, settings, arm, hidden[arm], absent) for arm in settings.arms)


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


def _make_scenario(
    problem: Problem, settings: Settings, arm: Arm, hidden: tuple[str, ...], absent: tuple[str, ...]
) -> Scenario:
    # twins share every setting; without anything withheld that matters there is nothing to drip, list or refuse
    condition: Condition = settings.condition if arm == "under" else "ask"
    return Scenario(
        problem=problem,
        arm=arm,
        arms=settings.arms,
        condition=condition,
        hidden=hidden,
        absent=absent,
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
        # where instructions name decoys, no more is hidden than there are of them: else the arms could be told apart
        alike = len(named_decoys(problem)) or most
        count = stream(problem.id, "hide").randint(1, max(1, min(most, room, alike)))
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
    return in_order(problem, order[:count])


def order_decoys(problem: Problem) -> list[str]:
    """Return the inert fragments in the order in which they are withheld: first those that the instructions name.

    What `under` withholds is named there too, if anything is: a subject must not be able to tell the arms apart by
    whether what is missing was spoken of.
    """
    order = sorted(problem.inert)
    stream(problem.id, "hidden").shuffle(order)
    named = named_decoys(problem)
    return sorted(order, key=lambda name: name not in named)


def named_decoys(problem: Problem) -> frozenset[str]:
    """Return the inert fragments that the instructions name."""
    said, goal = stems_in(problem.instructions), stems_in(problem.goal)
    return frozenset(name for name in problem.inert if is_named(problem.fragment(name), said, goal))


def is_named(fragment: Fragment, said: frozenset[str], goal: frozenset[str]) -> bool:
    """Say whether a text names a fragment: it says an alias in full, or most of the fragment's question.

    Args:
        fragment: The fragment.
        said: Stems of the text.
        goal: Stems of the goal, which tell no fragment from another.
    """
    aliases, question = [stems_in(alias) - goal for alias in fragment.aliases], stems_in(fragment.question) - goal
    return any(alias and alias <= said for alias in aliases) or len(question & said) > NAMED * len(question)


def choose_absent(problem: Problem, candidates: Sequence[str]) -> tuple[str, ...]:
    """Choose what no arm shows: a seeded number of the candidates, from none to all, the first ones.

    Without it the number of facts that matter and of those that don't would hang together, and a gap would always be
    the very thing to ask for. Only problems whose inert fragments are proved to be inert may lose any; the text of a
    source stays whole.
    """
    if problem.certificate_kind != "proved":
        return ()
    return in_order(problem, candidates[: stream(problem.id, "absent").randint(0, len(candidates))])


def in_order(problem: Problem, names: Collection[str]) -> tuple[str, ...]:
    """Return ids in the problem's order."""
    return tuple(fragment.id for fragment in problem.fragments if fragment.id in names)


def stems_in(text: str) -> frozenset[str]:
    """Return the stems of a text's content words."""
    # line by line, since only so many characters of a text are read
    return frozenset(root for line in text.splitlines() for _, root in content(words_of(clean(line))))


def render_opening(scenario: Scenario) -> str:
    """Write the subject's first user message. Its bytes depend on no hidden fragment."""
    problem, known = scenario.problem, scenario.opening_known
    shown = [fragment.text for fragment in problem.fragments if fragment.id in known]
    if scenario.condition == "concat":
        body = bullet_list((problem.goal, *shown))
    else:
        body = f"{' '.join(shown)}\n\n{problem.goal}".strip()
    parts = [problem.instructions, body]
    if scenario.protocol == "marked":
        parts.append(marker_instruction(problem.form))
    if scenario.max_turns == 1:
        parts.append(LAST_CALL)
    return "\n\n".join(part for part in parts if part)


def bullet_list(lines: tuple[str, ...]) -> str:
    """Write lines as a list, one a line."""
    return "\n".join(f"- {line}" for line in lines)
