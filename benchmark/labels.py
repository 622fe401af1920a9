"""Labelled turns, questions and replies: what people say of messages, which the instruments are measured by."""

import hashlib
from typing import Literal, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict

from askfirst.benchmark.problem import AnswerForm, Problem
from askfirst.benchmark.reader import TurnKind
from askfirst.benchmark.reply_plan import Act
from askfirst.benchmark.reply_scene import FaultKind

Half: TypeAlias = Literal["dev", "test"]
"""Rules are tuned on the first alone; what is published is measured on the second."""

Language: TypeAlias = Literal["en", "de", "es", "zh"]


class Labelled(BaseModel):
    """What both sets share; fields that only the datasheet needs are allowed and ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str


class LabelledTurn(Labelled):
    """One message of a model, and what it does."""

    source: str
    """What wrote it: a model, or `written` by hand."""
    problem: str = ""
    """Id of the labelled problem; empty for messages whose text stays outside."""
    said: str = ""
    """All that the user had said."""
    message: str = ""
    kind: TurnKind
    answer: str = ""
    """Of an attempt: the answer as the message writes it; `several` where it commits to several values."""
    questions: tuple[tuple[int, int], ...] = ()
    """Spans of the message, `[start, end)`, one an atomic question for a particular fact."""
    general: tuple[tuple[int, int], ...] = ()
    """Spans of requests for nothing in particular, where nothing particular is asked for."""


class LabelledQuestion(Labelled):
    """One message that may ask for facts of a problem, and which fragments it asks for."""

    problem: str
    language: Language
    category: str
    text: str
    kind: Literal["targeted", "general", "unanswerable", "none"]
    """`none` asks for nothing: an offer, a courtesy."""
    targets: tuple[str, ...] = ()
    clear: bool | None = None
    """Whether a user knows at once what is asked; None where nothing is."""
    polite: bool | None = None


class LabelledReply(Labelled):
    """One wording of a plan by a good or bad model user, and what is wrong with it."""

    problem: str
    known: tuple[str, ...] = ()
    """Ids of the fragments that the subject knew before."""
    hidden: tuple[str, ...] = ()
    """Ids of all the others."""
    plan: tuple[Act, ...]
    message: str
    """The subject's, to which it replies."""
    reply: str
    fault: FaultKind | Literal[""]
    """Empty for an honest wording."""


def half_of(name: str) -> Half:
    """Return the half that a turn (by its id), or a question or reply (by its problem's template), belongs to.

    Args:
        name: A turn's id, or `<family>/<template>`: questions and replies are divided by template, so that no word of a
            template that rules were tuned on stands in the half that measures them.
    """
    return "dev" if hashlib.sha256(f"askfirst labelled half/{name}".encode()).digest()[0] % 2 == 0 else "test"


class TurnCase(NamedTuple):
    """A labelled turn with what reading it takes."""

    turn: LabelledTurn
    form: AnswerForm
    real: bool
    """Whether a model wrote it."""
    rival: str = ""
    """The kind that another labeller, shipped with the source, gave it; empty where there is none."""


class QuestionCase(NamedTuple):
    """A labelled question with the problem that it asks about."""

    question: LabelledQuestion
    problem: Problem


class ReplyCase(NamedTuple):
    """A labelled reply with the problem that it is about."""

    reply: LabelledReply
    problem: Problem
