"""Which part of a message is the text that was asked for, and whether its questions are the text's own.

A subject that writes a notice often says "Here is the notice:" before it and "Let me know if you'd like changes!" after
it. Such remarks to the user are no part of the text; what a text asks its own readers ("Any questions? Call ...") is no
question to the user.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from askfirst.benchmark.blocks import MIN_TEXT_WORDS
from askfirst.benchmark.fences import Block
from askfirst.benchmark.languages.detect import language_of
from askfirst.benchmark.message import split_sentences
from askfirst.benchmark.request_repeats import Request

MAX_REMARK_WORDS = 60
"""Words of a paragraph that can still be a remark to the user."""
MAX_OPENER_WORDS = 25
"""Words of a first paragraph that can still be chat ("Sure! Thanks for the details.")."""

_RULE = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_BREAK = re.compile(rf"\n[ \t]*(?=\n)|{_RULE.pattern}", re.MULTILINE)
_LIST_LINE = re.compile(r"[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]")
_OPENER = re.compile(
    r"(?:(?:sure(?: thing)?|certainly|of course|absolutely|great|perfect|okay|ok|got it|understood|alright|no problem"
    r"|happy to help|with pleasure|thanks|thank you)(?=\s*(?:[!,.:]|$))|thank(?:s| you) for (?:the|your|this|that|all"
    r"|sharing|providing|clarifying|confirming)\b)"
)
_OPENS_CHAT = re.compile(r"\b(?:details?|info(?:rmation)?|clarif\w+|draft|let me|here(?:'s| is)|i(?:'ll| will| can))\b")
_GREETING_LINE = re.compile(
    r"(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|greetings)\b[^\n?]{0,40}\n", re.IGNORECASE
)
_SUBJECT_LINE = re.compile(r"(?:\*\*)?(?:subject|re|betreff)(?:\*\*)?:", re.IGNORECASE)


class FoundText(NamedTuple):
    """A text in a message."""

    block: Block
    announced: bool
    """The message says that it is the text: by a lead-in, or by rules around it."""


def find_text(message: str, noun: str) -> FoundText | None:
    """Return the text that an unmarked message holds, without remarks to the user; None where too little is left.

    Args:
        message: The message.
        noun: What sort of text was asked for: "notice", "email".
    """
    start, end, ruled = _between_rules(message, noun)
    start, led = _after_lead_in(message, start, end, noun)
    announced = ruled or led
    block = trim_text(message, start, end, noun, questions=announced)
    if len(block.text.split()) < MIN_TEXT_WORDS:
        return None
    if _is_opening_remark(block.text, noun) or _is_closing_remark(block.text, noun, questions=False):
        return None
    return FoundText(block, announced)


def trim_text(message: str, start: int, end: int, noun: str, questions: bool = True) -> Block:
    """Return what stands between two places of a message as a text, without rules, lead-in and remarks around it.

    Args:
        message: The message.
        start: Where the text starts at the earliest.
        end: Where it ends at the latest.
        noun: What sort of text was asked for.
        questions: Whether questions to the user at the end are left out too, and not only offers. What comes before
            them is a text for certain only where the message says so.
    """
    start, _ = _after_lead_in(message, start, end, noun)
    paragraphs = _paragraphs(message, start, end)
    paragraphs = _without_closing_remarks(message, paragraphs, noun, questions)
    if not paragraphs:
        return Block("", start, end)
    start, end = paragraphs[0][0], paragraphs[-1][1]
    end = _without_closing_sentences(message, start, end, noun)
    return Block(message[start:end].rstrip(), start, end)


def is_for_user(requests: Sequence[Request], text: str, noun: str, said: str) -> bool:
    """Say whether what a text asks is asked of the user, so that the message is no text but a question.

    Args:
        requests: What `find_requests` found in the text.
        text: The text.
        noun: What sort of text was asked for.
        said: All that the user has said: a question that the user dictated is the text's own.
    """
    dictated = said.lower()
    weak, strong = _directed(noun)
    open_ones = [
        each
        for each in requests
        if (
            each.manner == "question"
            or language_of(each.text) is not None
            or weak.search(each.text.lower())
            or strong.search(each.text.lower())
        )
        and each.text.lower().strip("\"' ") not in dictated
    ]
    if not open_ones:
        return False
    if any(strong.search(each.text.lower()) for each in open_ones):
        return True
    asking = sum(len(each.text.split()) for each in open_ones)
    rest = len(text.split()) - asking
    if rest >= 8 and (_GREETING_LINE.match(text) or _SUBJECT_LINE.match(text)):
        return False
    if any(weak.search(each.text.lower()) for each in open_ones):
        return True
    return text.rstrip("\"') \n").endswith("?") or rest < max(8, 3 * asking)


def declines_text(text: str, noun: str) -> bool:
    """Say whether words speak about writing the text instead of being it: a refusal, or a promise to write it."""
    lower = text.lower()
    return len(lower.split()) <= MAX_REMARK_WORDS and _promises(noun).search(lower) is not None


def promises_text(text: str, noun: str) -> bool:
    """Say whether the last paragraph of a message only promises the text."""
    last = text.rstrip().rpartition("\n\n")[2].lower()
    return len(last.split()) <= MAX_REMARK_WORDS and _promises(noun).search(last) is not None


@lru_cache(maxsize=64)
def _directed(noun: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of questions that may be for the user, and of those that must be."""
    asking = r"(?:tell|give|share|provide|confirm|clarify|specify|let)"
    weak = re.compile(
        rf"\bshould\b|\b(?:could|can|would|will) you (?:please |kindly )?{asking}\b|\bmay i (?:know|ask)\b"
        rf"|\bi(?:'d| would| still| also)? need\b|\bplease (?:{asking} (?:me|us)\b|(?:provide|clarify|specify)\b)"
        r"|\bdo you (?:want|have (?:a|any) (?:preference|preferred|specific|particular))\b"
    )
    own = rf"(?:{re.escape(noun.lower())}|draft)"
    strong = re.compile(
        rf"\b(?:the|this|your|a|an|my) {own}\b|\b(?:should|shall|can|could|may) i\b"
        r"|\b(?:want|like|prefer) me to\b|\bwould you like (?:any |some |a different |another |the )"
    )
    return weak, strong


@lru_cache(maxsize=64)
def _promises(noun: str) -> re.Pattern[str]:
    thing = rf"(?:{re.escape(noun.lower())}|text|draft|it|this|that|one)"
    writing = r"(?:writ\w+|draft\w*|compos\w+|prepar\w+|creat\w+|produc\w+|finish\w*|put together)"
    will = r"(?:'ll|'d| will| would| can(?:not|'t)?| could(?:n't)?| am|'m)"
    return re.compile(
        rf"\bi{will}\b[^.!?\n]{{0,50}}\b{writing}\b[^.!?\n]{{0,20}}\b{thing}\b"
        rf"|\b(?:to|before|once) (?:i )?(?:can )?{writing} (?:(?:the|this|your|a|an) )?{thing}\b"
        rf"|\bi{will}\b[^.!?\n]{{0,20}}\b(?:put|pull|bring) (?:it|this|that|them|everything)(?: all)? together\b"
        r"|\bich (?:werde|kann|möchte)\b[^.!?\n]{0,60}\b(?:schreiben|verfassen|entwerfen|erstellen)\b"
        r"|\b(?:escribiré|redactaré|voy a (?:escribir|redactar))\b"
        r"|我(?:会|将|先|来)[^\n.!?]{0,12}(?:写|列|拟|准备|起草)"
    )


@lru_cache(maxsize=64)
def _remarks(noun: str) -> re.Pattern[str]:
    """Return the pattern of what is said to the user about a text, in lower case."""
    own = rf"(?:{re.escape(noun.lower())}|text|draft|version)"
    changing = (
        r"(?:chang\w*|adjust\w*|revis\w*|edit\w*|tweak\w*|modif\w*|tailor\w*|customi[sz]\w*|shorten\w*|shorter|longer"
        r"|(?:[a-z]+ ){1,2}(?:tone|version|style|wording|title|length)"
        r"|anything else|else i can|further assist\w*|refine\w*)"
    )
    return re.compile(
        rf"\blet me know\b[^.!?\n]{{0,80}}\b(?:{changing}|{own}|more details|(?:you need|need) (?:any )?more)\b"
        rf"|\bif you(?:'d| would)? (?:like|need|want)\b[^.!?\n]{{0,60}}\b(?:me to|{changing})\b"
        rf"|\b(?:would you like|do you want|shall i|should i|want me to)\b[^.!?\n]{{0,80}}"
        rf"\b(?:me to|{changing}|{own})\b"
        rf"|\bfeel free to (?:{changing}|let me know|use (?:it|this))\b"
        rf"|\bi hope (?:this|that|it|the {own})\b[^.!?\n]{{0,40}}\b(?:help\w*|works?|meets?|suits?|fits?|useful)\b"
        rf"|\b(?:this|the|my) {own}\b[^.!?\n]{{0,40}}\b(?:meets?|follows?|satisf\w+|adheres?|fulfil\w*|compl(?:y|ies)"
        rf"|(?:has|is|contains|uses) (?:exactly )?\w+ (?:words|sentences))\b"
        rf"|^\W*(?:word count|words|sentence count)\W*[:=]\W*\d+|^\W*\d+ (?:words|sentences)\W*$"
        rf"|^\W*(?:note|ps)\b[^\n]{{0,10}}:[^\n]*\b(?:i (?:assumed|left|used|kept|added|have)|{own}"
        r"|you (?:asked|wanted|requested))\b"
    )


@lru_cache(maxsize=64)
def _lead_in(noun: str) -> re.Pattern[str]:
    own = rf"(?:{re.escape(noun.lower())}|draft|text|version)"
    announced = (
        rf"(?:{own}|one|it is|you go|try|attempt|came up|wrote|written|result|final|revised|suggestion|proposal)"
    )
    return re.compile(
        rf"[*_#\s]*(?:(?:[^\n]{{0,120}}\b)?here(?:'s| is| are|)\b[^\n]{{0,60}}?\b{announced}\b[^\n]{{0,120}}:[*_]*"
        rf"[ \t]*\n"
        rf"|(?:[^\n:]{{0,60}}\b)?here(?:'s| is)\b[^\n:]{{0,60}}\b{own}\b[^\n:]{{0,60}}:[*_]*[ \t]+(?=\S)"
        rf"|{_OPENER.pattern}[^\n]{{0,150}}:[*_]*[ \t]*\n"
        rf"|(?:(?:the|my|your) )?(?:final |finished |complete )?{own}:[*_]*[ \t]*\n)\s*",
        re.IGNORECASE,
    )


def _after_lead_in(message: str, start: int, end: int, noun: str) -> tuple[int, bool]:
    """Return where a text starts below rules, chat and lead-ins, and whether there was a lead-in."""
    led = False
    while True:
        while start < end and message[start] in "\n\r":
            start += 1
        if match := _lead_in(noun).match(message, start, end) or _RULE.match(message, start, end):
            after = match.end()
        else:
            gap = _BREAK.search(message, start, end)
            chat = gap is not None and _is_opening_remark(message[start : gap.start()], noun)
            after = gap.end() if gap and chat else start
        if after == start or not message[after:end].strip():
            return start, led
        led = led or (match is not None and match.re is not _RULE)
        start = after


def _between_rules(message: str, noun: str) -> tuple[int, int, bool]:
    """Return where a text stands between two rules, below nothing but remarks; else the whole message."""
    rules = list(_RULE.finditer(message))
    if len(rules) < 2 or not message[rules[0].end() : rules[-1].start()].strip():
        return 0, len(message), False
    before = message[: rules[0].start()]
    leads = _lead_in(noun).match(before + "\n\n.") or _is_opening_remark(before, noun) or _leads_over(before)
    if before.strip() and not leads:
        return 0, len(message), False
    return rules[0].end(), rules[-1].start(), True


def _leads_over(before: str) -> bool:
    return before.rstrip().endswith(":") and len(before.split()) <= MAX_REMARK_WORDS and "\n\n" not in before.strip()


def _paragraphs(message: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the paragraphs stand between two places; blank lines and rules part them."""
    spans: list[tuple[int, int]] = []
    for gap in (*_BREAK.finditer(message, start, end), None):
        stop = gap.start() if gap else end
        piece = message[start:stop]
        if bare := piece.strip():
            left = start + piece.index(bare[0])
            spans.append((left, left + len(bare)))
        start = gap.end() if gap else end
    return spans


def _is_opening_remark(paragraph: str, noun: str) -> bool:
    lower = paragraph.lower().strip()
    words = len(lower.split())
    if _OPENER.match(lower) and words <= MAX_OPENER_WORDS:
        return words <= 4 or noun.lower() in lower or _OPENS_CHAT.search(lower) is not None
    return words <= MAX_REMARK_WORDS and _promises(noun).search(lower) is not None


def _is_closing_remark(paragraph: str, noun: str, questions: bool) -> bool:
    lower = paragraph.lower().strip()
    if len(lower.split()) > MAX_REMARK_WORDS:
        return False
    if _remarks(noun).search(lower):
        return True
    return questions and lower.endswith("?") and _directed(noun)[1].search(lower) is not None


def _without_closing_remarks(
    message: str, paragraphs: list[tuple[int, int]], noun: str, questions: bool
) -> list[tuple[int, int]]:
    """Drop the remarks at the end, and the lists below them."""
    kept = len(paragraphs)
    for place in range(len(paragraphs) - 1, 0, -1):
        paragraph = message[slice(*paragraphs[place])]
        if _is_closing_remark(paragraph, noun, questions):
            kept = place
        elif not all(_LIST_LINE.match(line) for line in paragraph.split("\n")):
            break
    return paragraphs[:kept]


def _without_closing_sentences(message: str, start: int, end: int, noun: str) -> int:
    """Return where a text ends whose last line goes on with a remark."""
    line = message.rfind("\n", start, end) + 1
    line = max(line, start)
    sentences = split_sentences(message[line:end])
    while sentences and _remarks(noun).search(sentences[-1].lower()) and (line > start or len(sentences) > 1):
        end = message.rindex(sentences.pop(), line, end)
    return end
