"""What a reply is audited against: what it was to say, what was said before, and what is not to be told."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from askfirst.benchmark.message import split_sentences
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.reply_facts import Fact, content_stems, read_fact
from askfirst.benchmark.reply_plan import ReplyPlan
from askfirst.benchmark.reply_text import stems_of

FaultKind: TypeAlias = Literal["leaked", "invented", "contradicted", "withheld", "given_away", "role_break", "echo"]
"""What a reply does wrong: it tells what it was not to tell; adds something; tells it otherwise; leaves it out; gives
the answer or the way there; speaks as something else than the user; confirms what the subject made up."""

MAX_MESSAGE = 20_000
"""Characters of the subject's message that are read for what a reply may take from it."""


class Fault(NamedTuple):
    """One thing that is wrong with a reply."""

    kind: FaultKind
    detail: str
    """For people, and for the model that tries again."""

    def __str__(self) -> str:
        """Write it as the record keeps it."""
        return f"{self.kind}: {self.detail}"


@dataclass(frozen=True)
class Scene:
    """What surrounds one reply."""

    plan: ReplyPlan
    problem: Problem
    known: frozenset[str]
    """Ids of the fragments that the subject knew before the reply."""
    message: str
    """The subject's."""

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What the plan's acts say of fragments, in order."""
        return tuple(read_fact(act.text, self.problem.fragment(act.fragment)) for act in self.plan.acts if act.fragment)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of the plan's acts."""
        return frozenset(act.kind for act in self.plan.acts)

    @cached_property
    def text(self) -> str:
        """The plan's own words."""
        return " ".join(act.text for act in self.plan.acts)

    @cached_property
    def told(self) -> frozenset[str]:
        """Stems of the plan's own words, and of those by which its facts are asked for."""
        return stems_of(self.text).union(*(fact.topic for fact in self.facts))

    @cached_property
    def context(self) -> frozenset[str]:
        """Stems of what the subject has been told before: the goal and the known fragments."""
        return stems_of(self.problem.goal).union(*(fact.own for fact in self.known_facts))

    @cached_property
    def known_facts(self) -> tuple[Fact, ...]:
        """What the subject knew before the reply."""
        return self._read(self.known - {fact.id for fact in self.facts})

    @cached_property
    def hidden(self) -> tuple[Fact, ...]:
        """What the subject neither knew nor is to be told now."""
        told = {fact.id for fact in self.facts}
        return self._read({each.id for each in self.problem.fragments} - self.known - told)

    @cached_property
    def asked(self) -> frozenset[str]:
        """Stems of the message's questions."""
        questions = [one for line in self.message[:MAX_MESSAGE].splitlines() for one in split_sentences(line)]
        return content_stems(" ".join(one for one in questions if one.rstrip(" *_)\"'").endswith("?")))

    @cached_property
    def heard(self) -> frozenset[str]:
        """Stems of the whole message."""
        return content_stems(self.message[:MAX_MESSAGE])

    def _read(self, names: Collection[str]) -> tuple[Fact, ...]:
        return tuple(read_fact(each.text, each) for each in self.problem.fragments if each.id in names)
