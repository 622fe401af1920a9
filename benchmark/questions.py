"""Atomic questions of a message: each request for one fact, with or without a question mark.

Requests come as questions ("How much is a ticket?"), as demands ("Please tell me ...", "I'd need the price"), as items
of a list that a demand opens ("I still need to know:"), and as stated lacks ("you haven't said how many"). No
questions: offers and courtesies, questions that the message answers itself, the user's own question repeated, quoted
examples, and a demand that only repeats what the same message already asked. A request for nothing in particular ("I
need more information") is general, and counts only where nothing particular is asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askfirst.benchmark.broad_requests import CHOICES_LEAD, FOLLOWS_UP, SAYS_AGAIN, is_broad
from askfirst.benchmark.content import Said, content_words, nearly
from askfirst.benchmark.languages.asking import find_asked
from askfirst.benchmark.languages.detect import language_of_all
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.question_phrases import (
    ASKING_SIGNS,
    COURTESY,
    EXAMPLE,
    NO_DEMAND,
    OFFERED_CHOICE,
    OWN_QUESTION,
    PURPOSE,
    SELF_ANSWER,
    find_demand,
    find_lack,
)
from askfirst.benchmark.request_lists import OpenList, asks, is_question_lead, leads_question, opens_list
from askfirst.benchmark.request_pieces import split_request
from askfirst.benchmark.request_repeats import MAX_QUESTIONS, Manner, Request, without_repeats

MAX_QUESTION_LENGTH = 300
"""Characters of a question that are kept."""
MAX_FOLLOW_UP_WORDS = 6
"""Words of a question that hangs on the one before it ("If so, how many?"); a longer one asks for itself."""

_ASIDE_AFTER = re.compile(r"\?\s*\([^()]*\)\W*$")
_FOR_EXAMPLE = re.compile(
    r"^\W*(?:for (?:example|instance)|e\.g\.|such as|like),?:? (?=(?:do you know |can you tell me )?"
    r"(?:how|what|which|when|where|who|whose|whether|is|are|do|does|did|was|were|has|have)\b)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\((?:(?:which|that|as) )?(?:(?:you|we|it)(?:'ve| have|'s| is| know)? )?(?:already )?(?:provided|given|known"
    r"|told|have|said)\b"
)
_ELABORATION = re.compile(r"(?:is|was|are|were) (?:it|they|this|that|these|those)\b.*\bor\b")
_NOTHING = re.compile(r"\b(?:no|not|nothing|none)\b")
_STEP = re.compile(r"^(?:step|part|question|q) ?[0-9]*\b.{0,3}[:.)]")
_ASKS_AMOUNT = re.compile(
    r"\bhow (?:many|much|long|old|far|fast|often|big|heavy|tall|high|deep|wide)\b|\bwhich (?:one|of (?:the|these"
    r"|them))\b"
)


@dataclass(frozen=True, slots=True)
class Requests:
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
    listed = OpenList()
    leads: set[int] = set()
    for place, sentence in enumerate(sentences):
        if sentence.line.code or _is_quotation(sentence.text) or len(requests) >= 4 * MAX_QUESTIONS:
            continue
        in_list = listed.meet(sentence)
        if (in_list and listed.endings) or (not in_list and _is_silent(sentence)):
            continue
        found = tuple(_requests_of(sentence, sentences, place, in_list, listed.indent, requests[-1:]))
        opens = sentence.last and opens_list(sentence, sentences, place)
        if (found or opens) and said is not None and said.repeated_in(sentence.text):
            continue
        for text, manner in found:
            request = _to_request(text, place, manner, goal)
            if request is not None:
                requests.append(request)
                if in_list:
                    leads.add(listed.lead)
        if opens:
            endings = CHOICES_LEAD.search(sentence.lower) is not None or leads_question(sentence, requests, place)
            listed.start(place, sentences[place + 1].line.indent, endings)
    # what opens a list asks for nothing beside its items
    places = frozenset(each.place for each in requests if each.manner != "lack") | leads
    requests = [each for each in requests if each.place not in leads or each.manner == "question"]
    asked = without_repeats([each for each in requests if each.manner != "lack"])
    lacking = without_repeats([each for each in requests if each.manner == "lack"])
    items = tuple(sorted([*asked, *lacking], key=lambda each: each.place))
    return Requests(items=items, places=places)


def _find_in(language: Language, sentences: Sequence[Sentence]) -> Requests:
    """Find the requests of a message that isn't English."""
    asked = [
        Request(text=text[:MAX_QUESTION_LENGTH], place=place, manner=manner, general=general)
        for text, place, manner, general in find_asked(sentences, language)
    ]
    return Requests(items=tuple(without_repeats(asked)), places=frozenset(each.place for each in asked))


def _to_request(text: str, place: int, manner: Manner, goal: frozenset[str]) -> Request | None:
    """Judge what a piece of text asks for; None for a lack of what the user wants to know."""
    content, lower = content_words(text), text.lower()
    broad = manner != "lack" and is_broad(lower)
    asks_goal = (manner in ("demand", "lack") and nearly(content, goal)) or (broad and content <= goal)
    if asks_goal and manner == "lack":
        return None
    # "please tell me the total" asks for what the user wants to know
    general = asks_goal or (not content and not _ASKS_AMOUNT.search(lower))
    return Request(text=text[:MAX_QUESTION_LENGTH], place=place, manner=manner, general=general, broad=broad)


def _is_silent(sentence: Sentence) -> bool:
    """Say whether a sentence has no word with which one asks, or opens a list: most have none."""
    return "?" not in sentence.lower and not sentence.lower.endswith(":") and ASKING_SIGNS.isdisjoint(sentence.words)


def _is_quotation(text: str) -> bool:
    """Say whether a sentence is someone else's statement, in quotes; a quoted question may be the subject's."""
    return text.startswith('"') and text.rstrip(".!").endswith('"') and "?" not in text


def _requests_of(
    sentence: Sentence,
    sentences: Sequence[Sentence],
    place: int,
    in_list: bool,
    indent: int,
    latest: Sequence[Request],
) -> Iterator[tuple[str, Manner]]:
    """Yield the pieces of a sentence that ask, given the request before it, if any."""
    lower = sentence.lower
    if lower.endswith("= ?"):
        yield sentence.text, "lack"
    elif _ends_as_question(lower):
        if latest and _adds_nothing(lower, place, latest[0]):
            return
        text = _without_example(sentence.text, place, latest)
        if _is_question(sentence, sentences, place, in_list, exemplifies=len(text) < len(sentence.text)):
            demand = None if in_list else find_demand(lower)
            text = _without_purpose(sentence.text, demand) if demand else text
            manner: Manner = "demand" if demand else "question"
            for piece in split_request(text, demanded=demand is not None):
                yield piece, manner
    elif is_question_lead(lower) and opens_list(sentence, sentences, place):
        if content_words(lower):
            yield sentence.text.rstrip(": "), "question"
    elif in_list:
        for piece in _pieces_of_item(sentence, sentences, place, indent):
            yield piece, "item"
    elif (demand := find_demand(lower, sentence.words)) is not None:
        if NO_DEMAND.search(lower):
            return
        for piece in split_request(_without_purpose(sentence.text, demand), demanded=True):
            yield piece, "demand"
    elif (lack := find_lack(lower, sentence.words)) is not None and not NO_DEMAND.search(lower):
        # "the price is missing" asks by what comes before its verb
        whole = lower.startswith(("is ", "are "), lack.start())
        if whole and _NOTHING.search(lower, 0, lack.start()):
            return
        yield sentence.text if whole else _without_purpose(sentence.text, lack), "lack"


def _ends_as_question(lower: str) -> bool:
    return "?" in lower and (lower.rstrip("\"')] ").endswith("?") or _ASIDE_AFTER.search(lower) is not None)


def _adds_nothing(lower: str, place: int, latest: Request) -> bool:
    """Say whether a question only says the one before it again, or hangs on its answer ("If so, how many?")."""
    if place - latest.place > 1:
        return False
    if SAYS_AGAIN.match(lower):
        return True
    nothing_new = len(lower.split()) <= MAX_FOLLOW_UP_WORDS or content_words(lower) <= content_words(latest.text)
    return nothing_new and FOLLOWS_UP.match(lower) is not None


def _without_example(text: str, place: int, latest: Sequence[Request]) -> str:
    """Return a question without the "For example," by which it says what a vague request before it means."""
    vague = bool(latest) and latest[0].place == place - 1 and (latest[0].broad or latest[0].general)
    match = _FOR_EXAMPLE.match(text) if vague else None
    return text[match.end() :] if match else text


def _pieces_of_item(sentence: Sentence, sentences: Sequence[Sentence], place: int, indent: int) -> list[str]:
    """Return what an item of a list asks for; none for an example, a fact that is known, or a title of questions."""
    lower = sentence.lower
    nested = sentence.line.indent > indent + 1
    head = "" if _KNOWN.search(lower) else sentence.text.split(":")[0].strip(" .;,")
    if not sentence.first or nested or lower.startswith('"') or "?" in sentence.line.text or "=" in lower:
        return []
    following = sentences[place + 1] if place + 1 < len(sentences) else None
    titles = following is not None and following.line.item and following.line.indent > sentence.line.indent
    if (titles and following is not None and "?" in following.text) or asks(head.lower()):
        return []
    return split_request(head, demanded=True)


def _without_purpose(text: str, asking: re.Match[str]) -> str:
    """Return the asking clause alone, without what comes before it and what it is for."""
    purpose = PURPOSE.search(text, asking.end())
    return text[asking.start() : purpose.start() if purpose else len(text)].strip()


def _is_question(
    sentence: Sentence, sentences: Sequence[Sentence], place: int, in_list: bool, exemplifies: bool
) -> bool:
    lower = sentence.lower
    if sentence.line.heading or lower.startswith("(") or sentence.line.text.startswith("Example"):
        return False
    if EXAMPLE.match(lower) and not exemplifies:
        return False
    if COURTESY.search(lower.rstrip("\"')] ")) and not OFFERED_CHOICE.match(lower):
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
