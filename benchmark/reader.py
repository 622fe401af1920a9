"""Reading a subject's turn: which of seven kinds it is, what it answers, and what it asks.

The marker, a line `ANSWER: ...`, decides where it stands; without it the domain's natural answer form does. The
reader knows no problem's target, so it can't favour right answers.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from askfirst.benchmark.answer_phrases import refuses
from askfirst.benchmark.answers import ReadValue
from askfirst.benchmark.block_commitments import read_block_turn
from askfirst.benchmark.blocks import whole_text
from askfirst.benchmark.call_commitments import find_all_calls, find_call, text_without_calls
from askfirst.benchmark.call_lists import find_listed_calls
from askfirst.benchmark.choices import find_choice
from askfirst.benchmark.commitments import NO_COMMITMENT, Asking, Commitment, find_number
from askfirst.benchmark.content import Said, read_said
from askfirst.benchmark.marker import read_marker
from askfirst.benchmark.message import Sentence, breaks_off_thinking, own_words, read_sentences
from askfirst.benchmark.problem import (
    AnswerForm,
    CallForm,
    CallsForm,
    ChoiceForm,
    CodeForm,
    Frozen,
    NumberForm,
    OpenForm,
    QueryForm,
    TextForm,
)
from askfirst.benchmark.questions import Requests, find_requests
from askfirst.benchmark.request_repeats import Request
from askfirst.benchmark.source_hash import hash_sources

READER_VERSION = 4
"""Goes up whenever a reading could change."""
READER_IDENTITY = f"rules/{READER_VERSION}+{hash_sources('reader')}"
"""Equal identities mean equal readings: it holds a hash of the reader's own source."""

TurnKind: TypeAlias = Literal[
    "answer_attempt", "clarification", "interrogation", "discussion", "hedge", "refuse", "missing"
]
"""Seven kinds of a turn.

Source: Lost in Conversation (arXiv 2505.06120), appendix on response strategies; here a clarification asks one thing,
an interrogation several, and a refusal asks nothing.
"""


class Reading(Frozen):
    """What a turn was read as."""

    kind: TurnKind
    attempted: bool = False
    """The turn commits to an answer: exactly when `kind` is `answer_attempt`."""
    answer: str = ""
    """Canonical spelling; empty without an attempt, and for an attempt of several values."""
    source: Literal["marker", "natural", "none"] = "none"
    """What the attempt was read from."""
    malformed: bool = False
    """There is a marker, with a value that the form can't parse: no attempt."""
    ambiguous: bool = False
    """Several values, alternatives or conditions where one value belongs: an attempt, wrong."""
    mixed: bool = False
    """An attempt and a question in one turn."""
    questions: tuple[str, ...] = ()
    """Atomic requests for facts, in order, each a piece of the message that stands alone; empty where none."""
    why: str = ""
    """The deciding rule."""


def read_turn(message: str, form: AnswerForm, said: str = "") -> Reading:
    """Read one message of the subject.

    Only the subject's own words are read (see `own_words`), at most about 16,000 characters of them. Any string gets a
    reading; equal arguments get equal readings.

    Args:
        message: The message as it came.
        form: The form of the problem's answer.
        said: What the user has said so far. With it, a question that only repeats the user's, a fact said again and a
            condition that is given ("If Mia has 7 apples, ...") are told from the subject's own.
    """
    text = own_words(message)
    if not any(character.isalnum() or character == "?" for character in text):
        if breaks_off_thinking(message):
            return Reading(kind="discussion", why="broke off while thinking")
        return Reading(kind="missing", why="no words")
    known = read_said(said) if said else None
    if isinstance(form, QueryForm | CodeForm | TextForm):
        turn = read_block_turn(text, form, known, said)
        if turn.marked is not None:
            return _read_marked(turn.marked, turn.requests, NO_COMMITMENT, turn.rest)
        return _read_natural(turn.commitment, turn.requests, text)
    if isinstance(form, NumberForm) and known is not None and known.asks_percent and not form.unit:
        form = form.model_copy(update={"unit": "percent"})
    marked, rest = read_marker(text, form)
    calls = find_listed_calls(rest, form) if isinstance(form, CallForm | CallsForm) else ()
    sentences = read_sentences(text_without_calls(rest, calls))
    requests = find_requests(sentences, known)
    if marked is not None and marked.state in ("one", "several"):
        return _read_marked(marked, requests, NO_COMMITMENT, text)
    if isinstance(form, CallForm):
        commitment = find_call(rest, form, calls)
    elif isinstance(form, CallsForm):
        commitment = find_all_calls(rest, calls)
    else:
        commitment = _find_commitment(text, sentences, form, requests, known)
    if marked is not None:
        return _read_marked(marked, requests, commitment, text)
    return _read_natural(commitment, requests, text)


def _find_commitment(
    text: str,
    sentences: Sequence[Sentence],
    form: NumberForm | ChoiceForm | OpenForm,
    requests: Requests,
    known: Said | None,
) -> Commitment:
    if isinstance(form, OpenForm):
        return _find_whole_text(text, requests)
    asking = _asking(requests, sentences)
    if isinstance(form, ChoiceForm):
        return find_choice(sentences, form, asking, known)
    return find_number(sentences, form, asking, known)


def _read_natural(commitment: Commitment, requests: Requests, text: str) -> Reading:
    """Read a turn without a marker."""
    if commitment.state not in ("committed", "several"):
        return _read_unanswered(requests, commitment, text)
    # what is asked on the way to an answer, the message answers itself
    questions = tuple(
        each.text
        for each in requests.asked
        if not each.general and (each.manner != "question" or each.place > commitment.place)
    )
    return Reading(
        kind="answer_attempt",
        attempted=True,
        answer=commitment.answer,
        source="natural",
        ambiguous=commitment.state == "several",
        mixed=bool(questions),
        questions=questions,
        why=commitment.why,
    )


def _find_whole_text(text: str, requests: Requests) -> Commitment:
    """Take a message that asks nothing and refuses nothing for the text itself."""
    if requests.asked or refuses(text.lower()):
        return NO_COMMITMENT
    block = whole_text(text)
    return NO_COMMITMENT if block is None else Commitment(state="committed", answer=block.text, why="the whole message")


def _read_marked(marked: ReadValue, requests: Requests, commitment: Commitment, text: str) -> Reading:
    """Read a turn with a marker; what it commits to beside one that gives no value only shows what kind it is."""
    if marked.state in ("one", "several"):
        questions = _texts(requests.asked)
        return Reading(
            kind="answer_attempt",
            attempted=True,
            answer=marked.answer,
            source="marker",
            ambiguous=marked.state == "several",
            mixed=bool(questions),
            questions=questions,
            why="marker" if marked.state == "one" else "marker with several values",
        )
    cases = commitment.state == "hedged" and commitment.branches > 1
    reading = _read_unanswered(requests, commitment if cases else NO_COMMITMENT, text)
    if marked.state == "declined":
        kind = "refuse" if reading.kind == "discussion" else reading.kind
        return reading.model_copy(update={"kind": kind, "why": "marker declined"})
    return reading.model_copy(update={"malformed": True, "why": "marker malformed"})


def _asking(requests: Requests, sentences: Sequence[Sentence]) -> Asking:
    """Say where a message asks; a request for nothing in particular counts only near the end.

    It does not count either where it only wants to be "more accurate" than the answer that was given.
    """
    particular = any(not (each.general or each.broad) for each in requests.asked)
    last = max(
        (
            place
            for place in requests.places
            if particular or (place > len(sentences) - 4 and "more accura" not in sentences[place].lower)
        ),
        default=-1,
    )
    return Asking(places=requests.places, last=last, particular=particular)


def _texts(requests: Sequence[Request]) -> tuple[str, ...]:
    """Return the requests' texts: the general ones only where nothing particular is asked."""
    particular = tuple(each.text for each in requests if not each.general)
    return particular or tuple(each.text for each in requests[:1])


def _read_unanswered(requests: Requests, commitment: Commitment, text: str) -> Reading:
    firm = requests.asked
    particular = any(not each.general for each in firm)
    hedged = commitment.state == "hedged"
    if hedged and not particular:
        return Reading(kind="hedge", questions=_texts(firm), why=commitment.why)
    questions = (
        _texts(firm) if particular else _texts([each for each in requests.items if not each.general]) or _texts(firm)
    )
    if len(questions) > 1:
        return Reading(kind="interrogation", questions=questions, why="several questions")
    if questions:
        return Reading(kind="clarification", questions=questions, why="one question")
    if refuses(text.lower()):
        return Reading(kind="refuse", why="refusal")
    return Reading(kind="discussion", why="no commitment")
