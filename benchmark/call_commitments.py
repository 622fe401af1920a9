"""The call, or the calls, that a message makes without a marker."""

import re

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.call_lists import find_call_list, spell_call_list
from askfirst.benchmark.calls import FoundCall, find_calls, spell_call, unescape
from askfirst.benchmark.commitments import NO_COMMITMENT, Commitment
from askfirst.benchmark.problem import CallForm, CallsForm

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
_STAND_IN = re.compile(r"=\s*(?:[,)?<_]|\.\.\.|None\b|unknown\b)|[\"'](?:[\"']|<|your_|YOUR_|unknown\b|\?)|<\w", re.IGNORECASE)


def find_call(text: str, form: CallForm) -> Commitment:
    """Find the call that a message makes; calls in conditional lines or of several cases are a hedge."""
    found = find_calls(text, form)
    calls = [each for each in found if each.call is not None]
    plain = unescape(text)
    firm = [
        spell_call(form, each.call.arguments) for each in calls if each.call and not _is_hedged(plain, each.start)
    ]
    if not firm:
        return _without_firm(plain, found)
    if len({answer.casefold() for answer in firm}) > 1:
        if phrases.DEPENDS.search(_prose(plain, calls).lower()):
            return Commitment(state="hedged", why="a call for each case", branches=len(firm))
        return Commitment(state="several", why="several calls")
    return Commitment(state="committed", answer=firm[-1], why="call")


def find_all_calls(text: str, form: CallsForm) -> Commitment:
    """Find the calls that a message makes; those in conditional lines or examples are a hedge.

    Calls beside one with a stand-in argument are no attempt: the message does not know yet what it will call.
    """
    calls = find_call_list(text, form)
    plain = unescape(text)
    firm = [each for each in calls if not _is_hedged(plain, each.found.start)]
    found = tuple(each for function in form.functions for each in find_calls(text, function))
    if not firm:
        return _without_firm(plain, found)
    stand_ins = [each for each in found if each.stand_in]
    if any(_joins(plain, each.found, other) for each in firm for other in stand_ins):
        return NO_COMMITMENT
    return Commitment(state="committed", answer=spell_call_list(firm), why="calls")


def _joins(text: str, call: FoundCall, other: FoundCall) -> bool:
    """Say whether two calls stand side by side."""
    first, second = (call, other) if call.start <= other.start else (other, call)
    return first.end <= second.start and _JOINS.fullmatch(text, first.end, second.start) is not None


def _without_firm(text: str, found: tuple[FoundCall, ...]) -> Commitment:
    """Judge a message without a call that it makes: examples, calls for some cases, or calls that can't be read."""
    calls = [each for each in found if each.call is not None]
    if calls:
        shown = all(_SHOWN.search(_lead_of(text, each.start)) for each in calls)
        return NO_COMMITMENT if shown else Commitment(state="hedged", why="conditional call", branches=len(calls))
    body = text.strip().strip("`").removeprefix("python").removeprefix("json").strip()
    if len(body) > MAX_OTHER or any(each.stand_in for each in found) or _STAND_IN.search(body):
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


def _prose(text: str, calls: list[FoundCall]) -> str:
    pieces: list[str] = []
    position = 0
    for each in calls:
        pieces.append(text[position : each.start])
        position = max(position, each.end)
    return " ".join([*pieces, text[position:]])
