"""Atomic questions of a message: each request for one fact, with or without a question mark.

Requests come as questions ("How much is a ticket?"), as demands ("Please tell me ...", "I'd need the price"), as items
of a list that a demand opens ("I still need to know:"), and as stated lacks ("you haven't said how many"). No
questions: offers and courtesies, questions that the message answers itself, the user's own question repeated, quoted
examples, and a demand that only repeats what the same message already asked. A request for nothing in particular ("I
need more information") is general, and counts only where nothing particular is asked for.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from askfirst.benchmark.content import Said, all_words, content_words, cut_ending, nearly
from askfirst.benchmark.languages.asking import find_asked
from askfirst.benchmark.languages.detect import language_of_all
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.question_phrases import (
    AMOUNTS,
    COURTESY,
    EXAMPLE,
    FACT,
    IMPLIED_FACTS,
    LIST_TITLE,
    LIST_WORD,
    NO_DEMAND,
    NO_LIST,
    OFFERED_CHOICE,
    OWN_QUESTION,
    PURPOSE,
    SELF_ANSWER,
    VAGUE_WORDS,
    find_demand,
    find_lack,
)

MAX_QUESTIONS = 40
"""Questions of a message that are reported."""
MAX_QUESTION_LENGTH = 300
"""Characters of a question that are kept."""

Manner: TypeAlias = Literal["question", "demand", "item", "lack"]
"""`lack`: a lack is stated without asking; a request only where the message neither asks nor answers."""


class Request(Frozen):
    """One request for a fact."""

    text: str
    place: int
    """Position of its sentence in the message, from 0."""
    manner: Manner
    general: bool
    """It names nothing in particular."""


_ASIDE = re.compile(
    r"\s*\((?:e\.?g|i\.?e|for (?:example|instance)|such as|like|assuming|if|or)\b[^()]*\)", re.IGNORECASE
)
_SPLIT_QUESTION = re.compile(
    r"(?:,? and(?: also)? |; |, )(?=(?:how (?:many|much|long|old|far|fast|often|big|heavy|tall)|what|which|when|where"
    r"|who"
    r"|whose|whether|at what|in what|for how)\b)|,? and (?=(?:if|is|are|does|do|did|was|were) (?:there|the|they|he"
    r"|she|it|any)\b)",
    re.IGNORECASE,
)
_SPLIT_NOUN = re.compile(
    rf"(?:,? and(?: also)? |, |; )(?=(?:the|their|its|his|her|your|any) (?:[\w'-]+ ){{0,3}}{FACT}s?\b)", re.IGNORECASE
)
_KNOWN = re.compile(
    r"\((?:(?:which|that|as) )?(?:(?:you|we|it)(?:'ve| have|'s| is| know)? )?(?:already )?(?:provided|given|known"
    r"|told|have|said)\b"
)
_ELABORATION = re.compile(r"(?:is|was|are|were) (?:it|they|this|that|these|those)\b.*\bor\b")
_STEP = re.compile(r"^(?:step|part|question|q) ?[0-9]*\b.{0,3}[:.)]")
_FACT_WORD = re.compile(rf"\b{FACT}(?=s?\b)")
_ASKS_AMOUNT = re.compile(r"\bhow (?:many|much|long|old|far|fast|often|big|heavy|tall|high|deep|wide)\b", re.IGNORECASE)


class _OpenList:
    """Whether the lines at hand are items of a list that a request opened."""

    def __init__(self) -> None:
        self.open = False
        self.items = 0
        self.indent = 0
        self.lead = -1

    def start(self, place: int, indent: int) -> None:
        self.open, self.items, self.indent, self.lead = True, 0, indent, place

    def meet(self, sentence: Sentence) -> bool:
        """Take note of a sentence; say whether it belongs to an item."""
        if self.open and sentence.line.item:
            self.items += sentence.first
        elif self.items and len(sentence.text) > 4:
            self.open = False
        return self.open and sentence.line.item


class Requests(Frozen):
    """What a message asks for."""

    items: tuple[Request, ...] = ()
    """In order, without repeats, at most `MAX_QUESTIONS`."""
    places: frozenset[int] = frozenset()
    """Positions of all sentences that ask, repeats and openings of lists included; stated lacks are not."""

    @property
    def asked(self) -> tuple[Request, ...]:
        """The requests without the stated lacks."""
        return tuple(each for each in self.items if each.manner != "lack")


def find_requests(sentences: Sequence[Sentence], said: Said | None = None) -> Requests:
    """Find the requests of a message.

    Args:
        sentences: The message's own sentences.
        said: What the user has said: a sentence that only repeats the user's asks for nothing.
    """
    if (language := language_of_all([sentence.lower for sentence in sentences])) is not None:
        return _find_in(language, sentences)
    goal = said.goal if said else frozenset[str]()
    requests: list[Request] = []
    listed = _OpenList()
    leads: set[int] = set()
    for place, sentence in enumerate(sentences):
        if sentence.line.code or _is_quotation(sentence.text) or len(requests) >= 4 * MAX_QUESTIONS:
            continue
        in_list = listed.meet(sentence)
        if said is not None and said.repeated_in(sentence.text):
            continue
        for text, manner in _requests_of(sentence, sentences, place, in_list, listed.indent):
            content = content_words(text)
            asks_goal = manner in ("demand", "lack") and nearly(content, goal)
            if asks_goal and manner == "lack":
                continue
            # "please tell me the total" asks for what the user wants to know
            general = asks_goal or (not content and not _ASKS_AMOUNT.search(text))
            requests.append(Request(text=text[:MAX_QUESTION_LENGTH], place=place, manner=manner, general=general))
            if in_list:
                leads.add(listed.lead)
        if sentence.last and _opens_list(sentence, sentences, place):
            listed.start(place, sentences[place + 1].line.indent)
    # what opens a list asks for nothing beside its items
    places = frozenset(each.place for each in requests if each.manner != "lack") | leads
    requests = [each for each in requests if each.place not in leads or each.manner == "question"]
    asked = _without_repeats([each for each in requests if each.manner != "lack"])
    lacking = _without_repeats([each for each in requests if each.manner == "lack"])
    items = tuple(sorted([*asked, *lacking], key=lambda each: each.place))
    return Requests(items=items, places=places)


def _find_in(language: Language, sentences: Sequence[Sentence]) -> Requests:
    """Find the requests of a message that isn't English."""
    asked = [
        Request(text=text[:MAX_QUESTION_LENGTH], place=place, manner=manner, general=general)
        for text, place, manner, general in find_asked(sentences, language)
    ]
    return Requests(items=tuple(_without_repeats(asked)), places=frozenset(each.place for each in asked))


def _is_quotation(text: str) -> bool:
    """Say whether a sentence is someone else's statement, in quotes; a quoted question may be the subject's."""
    return text.startswith('"') and text.rstrip(".!").endswith('"') and "?" not in text


def _opens_list(sentence: Sentence, sentences: Sequence[Sentence], place: int) -> bool:
    following = sentences[place + 1] if place + 1 < len(sentences) else None
    if following is None or not following.line.item:
        return False
    if sentence.line.item and following.line.indent <= sentence.line.indent:
        return False
    lower = sentence.lower
    if LIST_TITLE.match(lower):
        return True
    opens = lower.endswith((":", "such as")) or any(word in lower for word in ("below", "following", "questions"))
    if not opens or NO_LIST.search(lower) or NO_DEMAND.search(lower):
        return False
    return "questions" in lower or (LIST_WORD.search(lower) is not None and _asks(lower))


def _asks(lower: str) -> bool:
    return find_demand(lower) is not None or find_lack(lower) is not None


def _requests_of(
    sentence: Sentence, sentences: Sequence[Sentence], place: int, in_list: bool, indent: int
) -> Iterator[tuple[str, Manner]]:
    lower = sentence.lower
    if "?" in lower and lower.rstrip("\"')] ").endswith("?"):
        if _is_question(sentence, sentences, place, in_list):
            demand = None if in_list else find_demand(lower)
            text = _without_purpose(sentence.text, demand) if demand else sentence.text
            manner: Manner = "demand" if demand else "question"
            for piece in split_request(text):
                yield piece, manner
    elif in_list:
        nested = sentence.line.indent > indent + 1
        quoted = lower.startswith('"')
        head = "" if _KNOWN.search(lower) else sentence.text.split(":")[0].strip(" .;,")
        if sentence.first and not (
            nested or quoted or "?" in sentence.line.text or "=" in lower or _asks(head.lower())
        ):
            for piece in split_request(head):
                yield piece, "item"
    elif (demand := find_demand(lower)) is not None:
        if NO_DEMAND.search(lower):
            return
        for piece in split_request(_without_purpose(sentence.text, demand)):
            yield piece, "demand"
    elif (lack := find_lack(lower)) is not None and not NO_DEMAND.search(lower):
        yield _without_purpose(sentence.text, lack), "lack"


def _without_purpose(text: str, asking: re.Match[str]) -> str:
    """Return the asking clause alone, without what comes before it and what it is for."""
    purpose = PURPOSE.search(text, asking.end())
    return text[asking.start() : purpose.start() if purpose else len(text)].strip()


def _is_question(sentence: Sentence, sentences: Sequence[Sentence], place: int, in_list: bool) -> bool:
    lower = sentence.lower
    if (
        sentence.line.heading
        or lower.startswith("(")
        or EXAMPLE.match(lower)
        or sentence.line.text.startswith("Example")
    ):
        return False
    if COURTESY.search(lower) and not OFFERED_CHOICE.match(lower):
        return False
    if find_demand(lower):
        return not NO_DEMAND.search(lower)
    if in_list:
        if sentence.line.text.startswith('"') and len(sentence.line.text) > len(sentence.text):
            return False  # an example in the user's words
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        same_line = following is not None and following.line_number == sentence.line_number
        return following is None or not same_line or not _answers(following.lower, lower)
    before = sentences[place - 1] if place else None
    if before and before.line is sentence.line and before.lower.endswith("?") and _ELABORATION.match(lower):
        return False
    if _STEP.match(lower) or _quotes_or_repeats(sentence, sentences, place):
        return False
    following = sentences[place + 1] if place + 1 < len(sentences) else None
    if following is None or following.line_number > sentence.line_number + 1:
        return True
    return not _answers(following.lower, lower)


def _quotes_or_repeats(sentence: Sentence, sentences: Sequence[Sentence], place: int) -> bool:
    lower = sentence.lower
    if OWN_QUESTION.search(lower) or lower.count('"') % 2:
        return True
    if not lower.startswith('"'):
        return False
    before = sentences[place - 1].lower if place else ""
    return sentence.line.item or not (before.endswith(":") and find_demand(before))


def _answers(following: str, question: str) -> bool:
    if EXAMPLE.match(following) or following.endswith(("?", ":")) or following.startswith("("):
        return False
    if SELF_ANSWER.search(following):
        return True
    content = content_words(question)
    return (
        len(content) > 1 and any(character.isdigit() for character in following) and content <= content_words(following)
    )


def split_request(text: str) -> list[str]:
    """Split a request into one piece a fact, where that is safe; examples in brackets are dropped.

    "How many adults and how many children?" are two facts, "the date and the number of guests" too; "the number of
    adults and children" stays whole.
    """
    text = _ASIDE.sub("", text).strip()
    if " and " not in text and "," not in text and ";" not in text:
        return [text]
    pieces = [piece.strip(" ,;") for part in _SPLIT_QUESTION.split(text) for piece in _SPLIT_NOUN.split(part)]
    kept = [piece for piece in pieces if content_words(piece)]
    return kept or [text]


def _without_repeats(requests: Sequence[Request]) -> list[Request]:
    """Drop requests that ask again for what an earlier one of the same message asked.

    A question or an item repeats another only where it names the same things and facts. A demand also repeats where
    it says less ("Please provide the weight!"), or names no other fact and nothing new but a name ("Please give me
    Mia's speed!").
    """
    kept: list[Request] = []
    seen: list[frozenset[str]] = []
    named: set[str] = set()
    facts: set[str] = set()
    people: frozenset[str] = frozenset()
    for request in requests:
        content, about = content_words(request.text), _facts(request.text)
        repeats = any(_same(request.text, each.text) for each in kept)
        if request.manner == "demand" and kept and about <= facts:
            fresh = content - named - VAGUE_WORDS - AMOUNTS - (frozenset() if people else _people(request.text))
            closing = not request.text.endswith("?") or request.text.lower().startswith("please")
            repeats = (
                repeats or any(content <= each for each in seen) or (closing and not fresh and bool(content & named))
            )
        if repeats and content:
            continue
        kept.append(request)
        seen.append(content)
        named |= content
        facts |= about
        people |= _people(request.text)
    return kept[:MAX_QUESTIONS]


def _same(one: str, other: str) -> bool:
    if all_words(one) == all_words(other):
        return True
    content = content_words(one)
    return len(content) > 1 and content == content_words(other) and _facts(one) == _facts(other)


def _people(text: str) -> frozenset[str]:
    """Return the capitalised words of a text after its first one."""
    return frozenset(cut_ending(word.lower()) for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text))


def _facts(text: str) -> set[str]:
    """Return which facts a text names or, by its question words, implies; all kinds of amount are one."""
    lower = text.lower()
    found = {word for asking, words in IMPLIED_FACTS.items() if asking in lower for word in words}
    found.update(_FACT_WORD.findall(lower))
    return {"amount" if word in AMOUNTS else word for word in found}
