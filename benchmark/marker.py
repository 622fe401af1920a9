"""The marker, a line `ANSWER: ...`: where it stands in a message and what it marks."""

import itertools
import re

from askfirst.benchmark.answer_phrases import ALTERNATIVES, CONDITIONAL
from askfirst.benchmark.answers import ReadValue, read_value
from askfirst.benchmark.blocks import is_placeholder, marked_block, natural_block, says_no_answer
from askfirst.benchmark.fences import Block, find_fences
from askfirst.benchmark.message import read_sentences
from askfirst.benchmark.numbers import spell_number, to_unit
from askfirst.benchmark.problem import AnswerForm, BlockForm, CallForm, CallsForm, CodeForm, NumberForm, TextForm
from askfirst.benchmark.results import pick_number
from askfirst.benchmark.texts import trim_text

MAX_MARKERS = 50
"""How many markers are read, from the last one back: more stand in no honest message."""

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


def read_marker(text: str, form: AnswerForm) -> tuple[ReadValue | None, str]:
    """Return what the marker says (None where there is none) and the text without its lines."""
    if "answer" not in text.casefold():
        return None, text
    found: list[tuple[int, int, ReadValue]] = []
    rest: list[str] = []
    position = 0
    markers = [each for each in _MARKER.finditer(text) if each["inline"] is None or "ANSWER" in each[0]][-MAX_MARKERS:]
    # a marker's lines end where the next one begins: else each of many would be read up to the text's end
    stops = [*(each.start() for each in markers[1:]), len(text)]
    for match, stop in zip(markers, stops, strict=False):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start() + 1]
        value, end = match["value"] if match["inline"] is None else match["inline"], match.end()
        if _INSTRUCTION.search(before):
            continue
        if not value.strip(" *_`"):
            value, end = _next_paragraph(text, end, stop, form)
        read = _read_marked_value(value.strip(), form)
        if read.state == "placeholder":
            continue
        if read.state == "malformed" and isinstance(form, CallForm | CallsForm) and "(" in value:
            read = read_value(text[match.start("value" if match["inline"] is None else "inline") : stop], form)
        rest.append(text[position : match.start()])
        position = max(position, end)
        # what stands below a bare marker is between it and the next one
        found.append((match.start(), match.end() if isinstance(form, CallForm | CallsForm) else end, read))
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


def _next_paragraph(text: str, end: int, limit: int, form: AnswerForm) -> tuple[str, int]:
    """Return the first non-empty line after a bare marker; of calls all lines, up to a limit."""
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    if isinstance(form, CallForm | CallsForm):
        return text[start:limit], max(start, limit)
    return text[start:stop], stop


def find_marked_block(text: str, form: BlockForm) -> Block | None:
    """Return the block below the last marker that has one, the marker's own line included; None without a marker."""
    for match in reversed(list(_MARKER.finditer(text))[-MAX_MARKERS:]):
        if match["inline"] is not None and "ANSWER" not in match[0]:
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        if _INSTRUCTION.search(text[line_start : match.start() + 1]) or _is_comment(text, match.start()):
            continue
        below = marked_block(text, match.start("value" if match["inline"] is None else "inline"), form)
        if isinstance(form, TextForm) and not below.several:
            below = _trim(text, below, form)
        if is_placeholder(below):
            continue
        above = natural_block(text[: match.start()], form) if _points_at_code(below, form) else None
        return above._replace(end=below.end) if above else below._replace(start=match.start())
    return None


def _is_comment(text: str, place: int) -> bool:
    """Say whether a marker is a comment in a block of code."""
    inside = any(fence.body_start <= place < fence.body_end for fence in find_fences(text))
    return inside and text[place : place + 80].lstrip().startswith("#")


def _points_at_code(below: Block, form: BlockForm) -> bool:
    """Say whether what a marker marks is no program, and so perhaps speaks of one ("see above")."""
    if not isinstance(form, CodeForm) or below.several or "(" in below.text:
        return False
    return not says_no_answer(below, form)


def _trim(text: str, below: Block, form: TextForm) -> Block:
    """Leave out what is said to the user around a text that stands below the marker without a fence."""
    place = text.find(below.text, below.start, below.end)
    if "```" in text[below.start : below.end] or "~~~" in text[below.start : below.end] or place < 0:
        return below
    return trim_text(text, place, place + len(below.text), form.noun)
