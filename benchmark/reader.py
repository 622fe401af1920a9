"""Reading a subject's turn: which of seven kinds it is, what it answers, and what it asks.

The marker, a line `ANSWER: ...`, decides where it stands; without it the domain's natural answer form does. The
reader knows no problem's target, so it can't favour right answers.
"""

import itertools
import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from askfirst.benchmark.answer_phrases import ALTERNATIVES, CONDITIONAL, REFUSAL
from askfirst.benchmark.answers import ReadValue, read_value
from askfirst.benchmark.calls import find_calls, unescape
from askfirst.benchmark.commitments import (
    NO_COMMITMENT,
    Asking,
    Commitment,
    find_call,
    find_choice,
    find_number,
)
from askfirst.benchmark.content import read_said
from askfirst.benchmark.message import own_words, read_sentences
from askfirst.benchmark.numbers import spell_number, to_unit
from askfirst.benchmark.problem import AnswerForm, CallForm, ChoiceForm, Frozen, NumberForm
from askfirst.benchmark.questions import Request, Requests, find_requests
from askfirst.benchmark.results import pick_number

READER_VERSION = 1
"""Goes up whenever a reading could change."""
READER_IDENTITY = f"rules/{READER_VERSION}"

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


_MARKER = re.compile(
    r"^[ \t>*_#`\-•]*(?:my |the |so,? )?(?:final[ \t]+)?answer[*_`]*(?:[ \t]*[:=][*_` \t]*"
    r"|[ \t]+(?=-?[$€£]?[0-9]))(?P<value>[^\n]*)$"
    r"|(?:^|[.!?)][ \t]+|[*`]+)ANSWER[*_`]*:[*_` \t]*(?P<inline>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_INSTRUCTION = re.compile(
    r"\b(?:end with|ending with|write|writing|format|line|instruction|such as|like this|in the form|begin with"
    r"|start with)\b",
    re.IGNORECASE,
)


def read_turn(message: str, form: AnswerForm, said: str = "") -> Reading:
    """Read one message of the subject.

    Only the subject's own words are read (see `own_words`), at most about 32,000 characters of them. Any string gets a
    reading; equal arguments get equal readings.

    Args:
        message: The message as it came.
        form: The form of the problem's answer.
        said: What the user has said so far. With it, a question that only repeats the user's, a fact said again and a
            condition that is given ("If Mia has 7 apples, ...") are told from the subject's own.
    """
    text = own_words(message)
    if not any(character.isalnum() or character == "?" for character in text):
        return Reading(kind="missing", why="no words")
    marked, rest = _read_marker(text, form)
    sentences = read_sentences(_without_calls(rest, form))
    known = read_said(said) if said else None
    requests = find_requests(sentences, known)
    if marked is not None:
        return _read_marked(marked, requests, text)
    if isinstance(form, CallForm):
        commitment = find_call(text, form)
    elif isinstance(form, ChoiceForm):
        commitment = find_choice(sentences, form, _asking(requests, len(sentences)))
    else:
        commitment = find_number(sentences, form, _asking(requests, len(sentences)), known)
    if commitment.state in ("committed", "several"):
        questions = tuple(each.text for each in requests.asked if not each.general)
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
    return _read_unanswered(requests, commitment, text)


def _read_marker(text: str, form: AnswerForm) -> tuple[ReadValue | None, str]:
    """Return what the marker says (None where there is none) and the text without its lines."""
    found: list[tuple[int, int, ReadValue]] = []
    rest: list[str] = []
    position = 0
    for match in _MARKER.finditer(text):
        if match["inline"] is not None and "ANSWER" not in match[0]:
            continue
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start() + 1]
        value, end = match["value"] if match["inline"] is None else match["inline"], match.end()
        if _INSTRUCTION.search(before):
            continue
        if not value.strip(" *_`"):
            value, end = _next_paragraph(text, end, form)
        read = _read_marked_value(value.strip(), form)
        if read.state == "placeholder":
            continue
        if read.state == "malformed" and isinstance(form, CallForm) and "(" in value:
            read = read_value(text[match.start("value") if match["inline"] is None else match.start("inline") :], form)
        rest.append(text[position : match.start()])
        position = max(position, end)
        found.append((match.start(), end, read))
    if not found:
        return None, text
    rest.append(text[position:])
    last = found[-1][2]
    for (_, end, earlier), (start, _, later) in itertools.pairwise(found):
        adjacent = not text[end:start].strip()
        if adjacent and later is last and earlier.state == later.state == "one" and earlier.answer != later.answer:
            return ReadValue(state="several"), "".join(rest)
    return last, "".join(rest)


def _read_marked_value(value: str, form: AnswerForm) -> ReadValue:
    """Read a marker's value; of a whole sentence with several numbers, the one it commits to."""
    read = read_value(value, form)
    if read.state != "several" or not isinstance(form, NumberForm) or len(value.split()) < 6:
        return read
    sentence = next(iter(read_sentences(value)), None)
    if sentence is None or ALTERNATIVES.search(sentence.lower) or CONDITIONAL.search(sentence.lower):
        return read
    number = pick_number(sentence, form)
    return read if number is None else ReadValue(state="one", answer=spell_number(to_unit(number, form.unit)))


def _next_paragraph(text: str, end: int, form: AnswerForm) -> tuple[str, int]:
    """Return the first non-empty line after a bare marker, up to the end of its sentence block."""
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    if isinstance(form, CallForm):
        return text[start:], len(text)
    return text[start:stop], stop


def _without_calls(text: str, form: AnswerForm) -> str:
    """Blank out calls, whose strings could look like questions."""
    if not isinstance(form, CallForm):
        return text
    text = unescape(text)
    for found in reversed(find_calls(text, form)):
        text = text[: found.start] + " " + text[found.end :]
    return text


def _read_marked(marked: ReadValue, requests: Requests, text: str) -> Reading:
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
    reading = _read_unanswered(requests, NO_COMMITMENT, text)
    kind = reading.kind
    if marked.state == "declined":
        return reading.model_copy(
            update={"kind": "refuse" if kind in ("discussion", "hedge") else kind, "why": "marker declined"}
        )
    return reading.model_copy(update={"malformed": True, "why": "marker malformed"})


def _asking(requests: Requests, length: int) -> Asking:
    """Say where a message asks; a request for nothing in particular counts only near the end."""
    particular = any(not each.general for each in requests.asked)
    last = max((place for place in requests.places if particular or place > length - 4), default=-1)
    return Asking(places=requests.places, last=last)


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
    if REFUSAL.search(text.lower()):
        return Reading(kind="refuse", why="refusal")
    return Reading(kind="discussion", why="no commitment")
