"""Answers that take lines of their own: a query, a program, a text.

What a block says is judged by what it does, so its canonical spelling is the block itself, without its fence and outer
blank lines. Nothing here runs or parses code: a block with an error in it is an attempt, and its check says so.
"""

import re

from askfirst.benchmark.code_blocks import defines, marked_code, natural_code
from askfirst.benchmark.fences import Block, Fence, find_fences, strip_lines
from askfirst.benchmark.problem import BlockForm, CodeForm, QueryForm, TextForm
from askfirst.benchmark.query_text import find_query, is_statement, query_bounds, tidy_query

MIN_TEXT_WORDS = 5
"""Words that an unmarked message needs to count as the text that was asked for."""

MAX_DECLINED = 120
"""Characters up to which a marked block without a fence may say that there is no answer."""

_QUERY_START = re.compile(r"^[ \t]*(?:SELECT|WITH)\b", re.IGNORECASE | re.MULTILINE)
_NO_ANSWER = re.compile(
    r"\W*(?:unknown|undetermined|unclear|undefined|n/?a|none|null|nil|pending|tbd|unable|insufficient|missing"
    r"|(?:it |this |that )?(?:can ?not|can't) (?:be )?\w+|(?:i|we) (?:do not|don't|cannot|can't|need|lack)"
    r"|not (?:enough|sure|known|yet|possible|available|determin\w*)|(?:more|no|insufficient|not enough) "
    r"(?:info\w*|details?|data|answer)\b|to be (?:determined|confirmed))",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    r"\W*(?:unknown|undetermined|unclear|n/?a|none|null|nil|pending|tbd|unable|insufficient information"
    r"|to be (?:determined|confirmed)|(?:it |this |that )?(?:can ?not|can't) (?:yet )?be \w+(?: (?:yet|without)\b.*)?"
    r"|i(?:'m| am)? (?:do not|don't|cannot|can't|unable|(?:still )?need (?:more|the|some|your|additional)|lack"
    r"|not able)\b.*"
    r"|(?:not enough|more|no|missing|insufficient) (?:info\w*|details?|data)\b.*)\W*",
    re.IGNORECASE | re.DOTALL,
)
_PLACEHOLDER = re.compile(r"[\s.…_?*\-]*|<[^<>\n]*>|\[[^\[\]\n]*\]|\{[^{}\n]*\}", re.DOTALL)
_QUERY_GAP = re.compile(r"\.\.\.|<[a-z][a-z_ ]*>|\bTODO\b|\[[a-z][a-z_ ]+\]\s*(?:;|$)")
_CODE_GAP = re.compile(
    r"^[ \t]*(?:\.\.\.|# ?(?:\.\.\.|your code|the rest|todo)[^\n]*)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_INLINE_QUERY = re.compile(r"`((?:SELECT|WITH)\b[^`\n]{1,2000}\bFROM\b[^`\n]{1,2000})`", re.IGNORECASE)
_ONLY_SHOWN = re.compile(r"\b(?:for example|for instance|e\.g|would|could|something like|such as|instead of)\b")
_LEAD_IN = re.compile(r"\A[^\n]{0,200}:[ \t]*\n+")


def block_instruction(form: BlockForm) -> str:
    """Say what an answer of this form is: it stands below the marker."""
    if isinstance(form, QueryForm):
        return "one SQL query (SQLite) and nothing else"
    if isinstance(form, CodeForm):
        return f"the whole Python code that defines `{form.function}`, in one code block"
    return f"the whole {form.noun} and nothing else"


def marked_block(text: str, start: int, form: BlockForm) -> Block:
    """Return what stands below a marker: the first fenced block, or else everything up to the end.

    Args:
        text: The message.
        start: Where the marker's line goes on after the marker.
        form: The form of the answer.
    """
    start, stop = _below(text, start)
    if isinstance(form, CodeForm):
        return marked_code(text, start, stop, form.function)
    fences = [fence for fence in find_fences(text[:stop], start) if fence.body.strip()]
    between = text[start : fences[0].start] if fences else ""
    if isinstance(form, QueryForm) and (not fences or find_query(between)):
        return _query_below(text, start, stop)
    if not fences or (isinstance(form, TextForm) and len(between.split()) >= MIN_TEXT_WORDS):
        return Block(strip_lines(text[start:stop]), start, stop)
    chosen = [fence for fence in fences if _may_answer(fence.body, form)] or fences[:1]
    bodies = {strip_lines(fence.body) for fence in chosen}
    several = len(bodies) > 1
    return Block("" if several else bodies.pop(), start, chosen[-1].end, several)


def natural_block(text: str, form: BlockForm) -> Block | None:
    """Return the block that an unmarked message answers with, or None: the last that fits the form and is finished."""
    if isinstance(form, CodeForm):
        return natural_code(text, form.function)
    fences = [fence for fence in fences_that_may_answer(text, form) if fence.closed]
    if fences:
        return Block(strip_lines(fences[-1].body), fences[-1].start, fences[-1].end)
    return _unfenced_query(text) if isinstance(form, QueryForm) else None


def fences_that_may_answer(text: str, form: BlockForm) -> list[Fence]:
    """Return the fenced blocks that fit the form, in order."""
    if isinstance(form, CodeForm):
        return [fence for fence in find_fences(text) if defines(fence.body, form.function)]
    return [fence for fence in find_fences(text) if _may_answer(fence.body, form)]


def is_sketch(block: Block, form: BlockForm) -> bool:
    """Say whether an unmarked block leaves something out in so many words ("...", "<table>"): it shows a plan only."""
    if isinstance(form, TextForm):
        return False
    return (_CODE_GAP if isinstance(form, CodeForm) else _QUERY_GAP).search(block.text) is not None


def _below(text: str, start: int) -> tuple[int, int]:
    """Return where the place below a marker begins and ends: with the fence that the marker itself stands in."""
    # a marker's pattern takes the ticks of a fence on its own line for emphasis
    while text[start - 1 : start] == "`":
        start -= 1
    around = [fence for fence in find_fences(text) if fence.body_start <= start < fence.body_end]
    return start, around[0].body_end if around else len(text)


def whole_text(text: str) -> Block | None:
    """Return a message as the text that was asked for, without a lead-in line; None where it is too short."""
    lead_in = _LEAD_IN.match(text)
    start = lead_in.end() if lead_in and text[lead_in.end() :].strip() else 0
    body = strip_lines(text[start:])
    return Block(body, start, len(text)) if len(body.split()) >= MIN_TEXT_WORDS else None


def says_no_answer(block: Block, form: BlockForm) -> bool:
    """Say whether a marked block holds words such as "unknown" instead of an answer.

    A text may well begin with one of them ("Missing: a grey cat"), so of a text the whole block has to say it.
    """
    if isinstance(form, TextForm):
        return len(block.text) <= MAX_DECLINED and _NO_TEXT.fullmatch(block.text.strip()) is not None
    return len(block.text) <= MAX_DECLINED and _NO_ANSWER.match(block.text) is not None


def is_readable(block: Block, form: BlockForm) -> bool:
    """Say whether a marked block is an answer of its form at all, however wrong; prose is no query."""
    return not isinstance(form, QueryForm) or is_statement(block.text)


def is_placeholder(block: Block) -> bool:
    """Say whether a marked block is empty, or only repeats the instruction's dots or brackets."""
    return not block.several and _PLACEHOLDER.fullmatch(block.text) is not None


def _may_answer(body: str, form: QueryForm | TextForm) -> bool:
    return _QUERY_START.search(body) is not None if isinstance(form, QueryForm) else len(body.split()) >= MIN_TEXT_WORDS


def _unfenced_query(text: str) -> Block | None:
    bounds = find_query(text)
    if bounds:
        open_fences = [fence for fence in find_fences(text) if not fence.closed and fence.start <= bounds[0]]
        return None if open_fences else Block(tidy_query(text[slice(*bounds)]), *bounds)
    inline = list(_INLINE_QUERY.finditer(text))
    before = text[max(0, inline[-1].start() - 80) : inline[-1].start()].lower() if inline else ""
    if len({match[1] for match in inline}) != 1 or _ONLY_SHOWN.search(before):
        return None
    return Block(inline[-1][1].strip(), inline[-1].start(), inline[-1].end())


def _query_below(text: str, start: int, stop: int) -> Block:
    """Return the query below a marker; where there is none ("see above"), the last fenced one before it."""
    bounds = query_bounds(text[:stop], start)
    below = Block(tidy_query(text[slice(*bounds)]), start, bounds[1])
    if is_statement(below.text) or says_no_answer(below, QueryForm()) or is_placeholder(below):
        return below
    fences = [fence for fence in find_fences(text[:start]) if _may_answer(fence.body, QueryForm())]
    return below._replace(text=strip_lines(fences[-1].body)) if fences else below
