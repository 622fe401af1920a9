"""What a reply says, before it is put into words: a list of acts, decided by rules alone.

Whoever words a reply (code, word for word; or a model) can only word what stands in the plan, so no wording can decide
what a subject gets to know.
"""

from typing import Literal, TypeAlias

from askfirst.benchmark.problem import Frozen

ActKind: TypeAlias = Literal[
    "tell",
    "repeat",
    "ask_back",
    "dont_know",
    "does_not_matter",
    "go_on",
    "unreadable",
    "nothing_left",
    "restate",
    "small_talk",
    "just_answer",
    "misstate",
    "correct",
    "last_call",
]
"""`tell` gives a fragment for the first time, `repeat` one that is known; `misstate` tells a wrong value, `correct`
puts it right; `restate` says again what was said, `just_answer` refuses to say more."""

APART: frozenset[ActKind] = frozenset({"restate", "last_call"})
"""Acts that stand in a paragraph of their own."""


class Act(Frozen):
    """One thing that a reply says."""

    kind: ActKind
    text: str
    """The words in which the rule-based user says it."""
    fragment: str = ""
    """The id of the fragment that it is about; empty where it is about none."""


class ReplyPlan(Frozen):
    """Everything that a reply says, in order."""

    acts: tuple[Act, ...] = ()
    revealed: tuple[str, ...] = ()
    """Ids of the fragments that are new in it."""

    def about(self, kind: ActKind) -> str:
        """Return the id of the fragment that the first act of a kind is about; empty without such an act."""
        return next((act.fragment for act in self.acts if act.kind == kind), "")


def speak(plan: ReplyPlan) -> str:
    """Say a plan word for word: same plan, same bytes; empty for an empty plan."""
    text, before = "", None
    for act in plan.acts:
        if before is not None:
            text += "\n\n" if APART & {act.kind, before} else " "
        text, before = text + act.text, act.kind
    return text
