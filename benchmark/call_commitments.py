"""The call, or the calls, that a message makes without a marker."""

import re
from collections.abc import Sequence

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.call_lists import ListedCall, spell_call_list
from askfirst.benchmark.calls import FoundCall, spell_call, unescape
from askfirst.benchmark.commitments import NO_COMMITMENT, Commitment
from askfirst.benchmark.problem import CallForm

MAX_LINES = 12
"""Lines of a list above a call that are searched for what opens it."""
MAX_OTHER = 2_000
"""Characters of the longest message of unreadable calls that counts as an attempt."""

_JOINS = re.compile(r"[\s,;+&|()\[\]]*+(?:and|then)?[\s,;+&|()\[\]]*+")
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,2}[.)])\s")
_SHOWN = re.compile(
    r"\b(?:typical|syntax|signature|template|general form|looks? like|would look|to illustrate|in this example"
    r"|this example|usage)\b"
)
_OTHER_CALLS = re.compile(
    r"\[?(?:\s*+[A-Za-z_][\w.]{0,80}\((?:[^()\"']|\"[^\"\n]*\"|'[^'\n]*'|\([^()]*\))++\)[\s,;]*+)++\]?", re.DOTALL
)
_GIVES_VALUE = re.compile(r"[\"'=\d]")
_STAND_IN = re.compile(
    r"=\s*(?:[,)?<_]|\.\.\.|None\b|unknown\b)|[\"'](?:[\"']|<|your_|YOUR_|unknown\b|\?)|<\w", re.IGNORECASE
)


def find_call(text: str, form: CallForm, calls: Sequence[ListedCall]) -> Commitment:
    """Find the call that a message makes; calls in conditional lines or of several cases are a hedge.

    Args:
        text: The message.
        form: The call's form.
        calls: What `find_listed_calls` found in the message.
    """
    plain = unescape(text)
    firm = [
        spell_call(form, each.found.call.arguments)
        for each in calls
        if each.found.call and not _is_hedged(plain, each.found.start)
    ]
    if not firm:
        return _without_firm(plain, calls)
    if len({answer.casefold() for answer in firm}) > 1:
        if phrases.DEPENDS.search(text_without_calls(text, calls).lower()):
            return Commitment(state="hedged", why="a call for each case", branches=len(firm))
        return Commitment(state="several", why="several calls")
    return Commitment(state="committed", answer=firm[-1], why="call")


def find_all_calls(text: str, calls: Sequence[ListedCall]) -> Commitment:
    """Find the calls that a message makes; those in conditional lines or examples are a hedge.

    Calls beside one with a stand-in argument are no attempt: the message does not know yet what it will call.

    Args:
        text: The message.
        calls: What `find_listed_calls` found in the message.
    """
    plain = unescape(text)
    firm = [each for each in calls if each.found.call and not _is_hedged(plain, each.found.start)]
    if not firm:
        return _without_firm(plain, calls)
    stand_ins = [each.found for each in calls if each.found.stand_in]
    if any(_joins(plain, each.found, other) for each in firm for other in stand_ins):
        return NO_COMMITMENT
    return Commitment(state="committed", answer=spell_call_list(firm), why="calls")


def text_without_calls(text: str, calls: Sequence[ListedCall]) -> str:
    """Return a message with a line's end in place of each call, whose strings could look like questions."""
    if not calls:
        return text
    plain = unescape(text)
    pieces: list[str] = []
    position = 0
    for each in calls:
        pieces.append(plain[position : each.found.start])
        position = each.found.end
    return "\n".join([*pieces, plain[position:]])


def _joins(text: str, call: FoundCall, other: FoundCall) -> bool:
    """Say whether two calls stand side by side."""
    first, second = (call, other) if call.start <= other.start else (other, call)
    return first.end <= second.start and _JOINS.fullmatch(text, first.end, second.start) is not None


def _without_firm(text: str, calls: Sequence[ListedCall]) -> Commitment:
    """Judge a message without a call that it makes: examples, calls for some cases, or calls that can't be read."""
    read = [each.found for each in calls if each.found.call is not None]
    if read:
        shown = all(_SHOWN.search(_lead_of(text, each.start)) for each in read)
        return NO_COMMITMENT if shown else Commitment(state="hedged", why="conditional call", branches=len(read))
    body = text.strip().strip("`").removeprefix("python").removeprefix("json").strip()
    if len(body) > MAX_OTHER or any(each.found.stand_in for each in calls) or _STAND_IN.search(body):
        return NO_COMMITMENT
    if _OTHER_CALLS.fullmatch(body) and _GIVES_VALUE.search(body):
        return Commitment(state="committed", answer=" ".join(body.split()), why="calls of something else")
    return NO_COMMITMENT


def _is_hedged(text: str, start: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start:start].lower()
    if line.strip(" `*-[({>") and phrases.CALL_HEDGED.search(line):
        return True
    if line.strip(" `*-[({>") and not _ITEM.match(line):
        return False
    lead = _lead_of(text, start)
    return lead.endswith(":") and (phrases.CALL_HEDGED.search(lead) or _SHOWN.search(lead)) is not None


def _lead_of(text: str, start: int) -> str:
    """Return the line that leads over to a call: the one above it, or above the list that it stands in."""
    end = text.rfind("\n", 0, start) + 1
    if _ITEM.match(text[end:start]):
        for _ in range(MAX_LINES):
            above = text[:end].rstrip(" \n`").rpartition("\n")[2]
            if not _ITEM.match(above):
                break
            end = text.rfind(above, 0, end)
    elif text[end:start].strip(" `*-[({>"):
        return text[end:start].lower()
    return text[:end].rstrip(" \n`").rpartition("\n")[2].lower().removesuffix("```json").strip()
