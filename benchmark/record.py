"""The typed record of a dialogue: what every scorer, report and re-scoring reads instead of the messages."""

from typing import Literal, TypeAlias

from inspect_ai.solver import TaskState
from inspect_ai.util import StoreModel
from pydantic import Field

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.matcher import Decider
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.reader import TurnKind

SCHEMA_VERSION = 1
"""Goes up whenever a field changes its meaning."""

Ending: TypeAlias = Literal["attempt", "turns", ""]
"""Why a dialogue ended: the subject answered, its turns ran out, or (empty) something outside cut it off."""


class AskedQuestion(Frozen):
    """One atomic question of the subject, and what came of it."""

    text: str
    """As cut from the message, at most 300 characters."""
    kind: Literal["targeted", "general", "unanswerable"]
    targets: tuple[str, ...] = ()
    """Ids of the fragments that it asks for."""
    known: tuple[str, ...] = ()
    """Those of `targets` that the subject knew when it asked."""
    hits: tuple[str, ...] = ()
    """Those of `targets` that were hidden, necessary and then revealed."""
    confidence: float = 1.0
    """The matcher's, in [0, 1]."""
    unsure: bool = False
    """The matcher only guessed."""
    decided_by: Decider = "rules"
    why: str = ""
    """The matcher's reason, for people."""
    gain_bits: float | None = None
    """Expected bits of the answer's entropy that its targets remove; None where the source has no solver."""
    best_bits: float | None = None
    """The most that a question about as many fragments could have removed."""
    gain_exact: bool = True
    """False where the bits come from a sample of the completions."""

    @property
    def cost(self) -> int:
        """What the question costs, at least 1: one a fragment that it targets."""
        return max(1, len(self.targets))


class Turn(Frozen):
    """One message of the subject and the reply to it."""

    number: int = Field(ge=1)
    kind: TurnKind
    attempted: bool = False
    """Whether the message commits to an answer."""
    answer: str = ""
    """The answer in its form's canonical spelling; empty without an attempt, or when the attempt names no one value."""
    right: bool = False
    share: float | None = None
    """The share of the answer's parts that are right; None without an attempt, and for answers of one part."""
    check_note: str = ""
    """What the check says about the answer, for people."""
    malformed: bool = False
    """A marked answer that its form can't parse: no attempt."""
    ambiguous: bool = False
    """A marked answer with several values or conditions: a wrong attempt."""
    mixed: bool = False
    """Attempt and question in one message."""
    after_last_call: bool = False
    """The user had said that an answer is needed now: by the last call, or by refusing to answer more questions."""
    reader_rule: str = ""
    questions: tuple[AskedQuestion, ...] = ()
    known: tuple[str, ...] = ()
    """Ids of every fragment that the subject knew before this message."""
    revealed: tuple[str, ...] = ()
    """Ids of the fragments that the reply gave for the first time."""
    misstated: str = ""
    """Id of the fragment in `revealed` that the reply told with a wrong value."""
    corrected: str = ""
    """Id of the fragment that an earlier reply misstated and this one puts right."""
    reply: str = ""
    """The user's reply; empty after the last message."""
    user_faults: tuple[str, ...] = ()
    """What was wrong with wordings of the reply by a model, which were then replaced; empty for the rules."""
    verbatim: bool = True
    """Whether the reply is in the stored texts' own words."""


TURNS_KEY = "Dialogue:turns"
"""Where a store has the turns; Inspect names a field by its class."""


class Dialogue(StoreModel):
    """The record in a sample's store. It is written once, at the dialogue's end, since each write copies all of it."""

    schema_version: int = SCHEMA_VERSION
    turns: list[Turn] = Field(default_factory=list[Turn])
    ending: Ending = ""
    reader: str = ""
    """Identity of the turn reader."""
    matcher: str = ""
    """Identity of the question matcher."""
    user: str = ""
    """Identity of the simulated user."""


def read_record(state: TaskState) -> Dialogue:
    """Return the record of a sample that is scored.

    Raises:
        LogError: If there is none. A default one would say that the subject never answered.
    """
    if TURNS_KEY not in state.store:
        raise LogError(
            f"sample {state.sample_id!r}: no dialogue record in its store, as in samples that Inspect recovered; "
            "expected one; write the log anew with `askfirst rescore LOG -o DIR`"
        )
    return state.store_as(Dialogue)
