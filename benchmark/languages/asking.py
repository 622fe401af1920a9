"""Requests for facts in messages that aren't English: what `questions.py` finds in English ones."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from askfirst.benchmark.content import content_words
from askfirst.benchmark.languages.chinese_asking import ASKING_WORD
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.translate import in_general_english
from askfirst.benchmark.message import Sentence

Manner: TypeAlias = Literal["question", "demand", "item"]

MOST_PIECES = 40
"""Into how many pieces a request is cut at most."""
MOST_REQUESTS = 160
"""Requests of a message that are looked at, repeats included."""

_ASIDE = re.compile(
    r"\s*\((?:z\.? ?b|p\.? ?ej|zum beispiel|por ejemplo|etwa|wie|como|例如|比如|如)[^()]*\)", re.IGNORECASE
)
_HAN_END = re.compile(r"(?<=[.!?])\s*(?=[\u3400-\u9fffA-Za-z\"(])")
_DECIMAL = re.compile(r"\d[.]$")
_ASKS = re.compile(ASKING_WORD)
_FINAL_PARTICLE = re.compile(r"(?:吗|呢|么)[.!\"']*$")
_AMOUNT = re.compile(r"\bhow (?:many|much|long|old|far|fast|often|big|heavy|high)\b")


class Asked(NamedTuple):
    """One request for a fact."""

    text: str
    place: int
    """Position of its sentence in the message, from 0."""
    manner: Manner
    general: bool
    """It names nothing in particular."""


class _Part(NamedTuple):
    """A sentence of a language whose sentences need no space between them."""

    text: str
    lower: str
    first: bool
    following: str
    """The next sentence, in lower case; empty where none follows soon."""


def find_asked(sentences: Sequence[Sentence], language: Language) -> list[Asked]:
    """Find the requests of a message, in order, repeats included.

    Args:
        sentences: The message's own sentences.
        language: What most of it is written in.
    """
    found: list[Asked] = []
    in_list = False
    lead: list[Asked] = []
    for place, sentence in enumerate(sentences):
        if len(found) >= MOST_REQUESTS:
            break
        if sentence.line.code or (sentence.text.startswith('"') and sentence.text.rstrip(".").endswith('"')):
            continue
        in_list = in_list and sentence.line.item
        requests: list[Asked] = []
        for part in _parts(sentences, place, language)[:MOST_REQUESTS]:
            for text, manner in _requests_of(part, sentence, language, in_list=in_list):
                requests.append(Asked(text, place, manner, _is_general(text, language)))
        if in_list and requests and lead:
            # what opens a list asks for nothing beside its items
            found = [each for each in found if each not in lead or each.manner == "question"]
            lead = []
        found += requests
        if sentence.last and _opens_list(sentence, sentences, place, language):
            in_list, lead = True, [each for each in requests if each.manner == "demand"]
    return found


def _parts(sentences: Sequence[Sentence], place: int, language: Language) -> list[_Part]:
    sentence = sentences[place]
    near = next(iter(sentences[place + 1 : place + 2]), None)
    following = near.lower if near and near.line_number <= sentence.line_number + 1 and not near.line.item else ""
    texts = [sentence.text]
    if language.code == "zh":
        texts = _split_sentences(sentence.text)
    after = [*(text.lower() for text in texts[1:]), following]
    return [
        _Part(text, text.lower(), sentence.first and number == 0, after[number]) for number, text in enumerate(texts)
    ]


def _split_sentences(text: str) -> list[str]:
    """Split Chinese text at its stops, which no space follows; decimals stay whole."""
    pieces: list[str] = []
    for piece in _HAN_END.split(text):
        if pieces and _DECIMAL.search(pieces[-1]):
            pieces[-1] += piece
        elif piece.strip():
            pieces.append(piece.strip())
    return pieces


def _requests_of(part: _Part, sentence: Sentence, language: Language, *, in_list: bool) -> Iterator[tuple[str, Manner]]:
    asking, lower = language.asking, part.lower
    if asking.courtesy.search(lower) or asking.rhetorical.search(lower):
        return
    demand = None if asking.no_demand.search(lower) else asking.demand.search(lower)
    if lower.rstrip("\"')] ").endswith("?") or (language.code == "zh" and _FINAL_PARTICLE.search(lower)):
        answered = demand is None and asking.answered.search(part.following) is not None
        if not (sentence.line.heading or lower.startswith("(") or answered):
            for piece in split_asked(part.text, language):
                yield piece, "question"
    elif in_list and part.first:
        head = part.text.split(":")[0].strip(" .;,")
        if "=" not in head:
            for piece in split_asked(head, language):
                yield piece, "item"
    elif demand is not None:
        purpose = asking.purpose.search(part.text, demand.end())
        text = part.text[demand.start() : purpose.start() if purpose else len(part.text)].strip()
        for piece in split_asked(text, language):
            yield piece, "demand"


def _opens_list(sentence: Sentence, sentences: Sequence[Sentence], place: int, language: Language) -> bool:
    following = sentences[place + 1] if place + 1 < len(sentences) else None
    if following is None or not following.line.item or sentence.line.item:
        return False
    return language.asking.opening.search(sentence.lower) is not None


def _is_general(text: str, language: Language) -> bool:
    english = in_general_english(text, language)
    return not content_words(english) and not _AMOUNT.search(english)


def _says_nothing(text: str, language: Language) -> bool:
    """Say whether a piece is mere courtesy ("Darf ich fragen")."""
    english = in_general_english(text, language)
    return content_words(english) <= {"ask"} and not _AMOUNT.search(english)


def split_asked(text: str, language: Language) -> list[str]:
    """Split a request into one piece a question, examples in brackets and pieces of mere courtesy left out."""
    text = _ASIDE.sub("", text).strip()
    parts = _split_chinese(text, language) if language.code == "zh" else language.asking.split.split(text, MOST_PIECES)
    pieces = [piece for part in parts if (piece := part.strip(" ,;"))]
    return [piece for piece in pieces if len(pieces) == 1 or not _says_nothing(piece, language)] or [text]


def _split_chinese(text: str, language: Language) -> list[str]:
    """Split before each clause that asks, where the text before it asks already."""
    pieces: list[str] = []
    start, clause, asked = 0, 0, False
    marks = list(language.asking.split.finditer(text))
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        asked = asked or _ASKS.search(text, clause, mark.start()) is not None
        clause = mark.end()
        if asked and len(pieces) < MOST_PIECES and _ASKS.search(text, clause, end):
            pieces.append(text[start : mark.start()])
            start, asked = clause, False
    return [*pieces, text[start:]]
