"""What of a subject's message is its own words, and how those words fall into lines and sentences.

Small models go on writing after their turn is over: they invent the user's next message, chat-template tokens, a whole
further dialogue. Only what stands before the first invented turn is the subject's; what it says after answering its
own invention was never said to the user. Thinking blocks are no part of a message either.
"""

import re
from typing import NamedTuple, TypeVar

from askfirst.benchmark.fences import find_fences

_Item = TypeVar("_Item")

MAX_SEARCHED = 2_000_000
"""Characters of a message that are searched for invented turns, half of them at its start: more than any model writes.
What a longer one holds in between is dropped."""
MAX_THOUGHTS = 1_000
"""Thinking blocks that are told apart; of more, all up to the end of the last one is taken for thinking."""
MAX_HEAD = 4_000
"""Characters read from the start of a message that is longer than head and tail together."""
MAX_TAIL = 12_000
"""Characters read from its end, where answers and last questions stand."""
MAX_RUN = 300
"""Characters read of a run without a letter or digit, half of them at its end: what follows may begin a line."""
MAX_LEADING = 200
"""Lines, or sentences, read from the start of a text that has more than `MAX_LEADING + MAX_TRAILING`."""
MAX_TRAILING = 400
"""Those read from its end."""

_THINKING = (("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<reasoning>", "</reasoning>"))

_OWN_LABEL = re.compile(
    r"\s*(?:<\|im_start\|>\s*assistant|<\|start_header_id\|>\s*assistant\s*<\|end_header_id\|>|<start_of_turn>\s*model"
    r"|<\|assistant\|>|<s>|\[/INST\]|(?:#{1,4} ?)?\*{0,2}(?:assistant|AI)\*{0,2}:\*{0,2})[ \t]*\n?",
    re.IGNORECASE,
)

_TURN_END = re.compile(
    r"<\|(?:im_end|im_start|endoftext|eot_id|eom_id|end|end_of_text|start_header_id|user|assistant|system)\|>"
    r"|</s>|<end_of_turn>|<start_of_turn>|<eos>|\[/?INST\]"
    r"|^[ \t>]*(?:#{1,4} ?)?(?:\*\*|__)?(?:user|human|assistant)(?:\*\*|__)?[ \t]*:"
    r"|^[ \t]*#{1,4} ?(?:user|human|assistant|instruction|response)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)

_TURN_SIGNS = ("<|", "</s>", "<eos>", "_of_turn>", "inst]", "user", "human", "assistant", "instruction", "response")
"""Parts of what ends a turn, without which there is no need to look for it."""


def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys((*range(9), 11, 12, 13, *range(14, 32), *range(127, 160)), " ")
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6):  # Arabic-Indic, Persian, Devanagari and Bengali digits
        table |= {zero + digit: str(digit) for digit in range(10)}
    table |= dict.fromkeys((0x2212, 0xFE63, 0x2010, 0x2011), "-")
    table |= dict.fromkeys((0x00A0, 0x2007, 0x2008, 0x2009, 0x200A), "\u202f")
    table |= dict.fromkeys((*range(0x2000, 0x2007), 0x205F, 0x3000, 0x2028, 0x2029), " ")
    table |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070)))
    table |= {0xFEFF: None, 0x066B: ".", 0x066C: ",", 0x2044: "/", 0x2215: "/", 0x3002: ".", 0x2026: "..."}
    table |= dict.fromkeys((0x2018, 0x2019, 0x02BC), "'") | dict.fromkeys((0x201C, 0x201D, 0x201E), '"')
    return table


_FOLDING = _folding()
# many patterns begin or end with any number of such characters, and each place in a long run would be a start
_LONG_RUN = re.compile(rf"([\W_]{{{MAX_RUN // 2}}})([\W_]+)([\W_]{{{MAX_RUN // 2}}})")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_BOLD = re.compile(r"\*\*([^*\n]{1,300})\*\*|__([^_\n]{1,300})__")
_ITALIC = re.compile(r"(?<![\w)*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w(*]|[ \t]*[0-9$])")
_LATEX_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|textbf|textit|operatorname)\s?\{([^{}\n]{0,200})\}")
_LATEX_SIGNS = re.compile(r"\\(times|cdot|div|approx|rightarrow|implies|quad|left|right|[,;!()\[\]$%_ ])")
_LATEX_SPELLING = {"times": "\u00d7", "cdot": "\u00d7", "div": "÷", "approx": "≈", "rightarrow": "→", "implies": "→"}
_LATEX_KEPT = frozenset("$%_")

_LINE = re.compile(
    r"(?P<indent>[ \t>]*)(?P<heading>#{1,6} +)?(?:(?P<bullet>[-*+•◦▪\u2013] +)|(?P<number>\(?[0-9a-zA-Z]{1,2}[.)] +))?"
)
# a run of signs is tried at its first sign only, and nothing is given back: else "?????" takes its length squared
_SENTENCE_END = re.compile(
    r"""(?<![.!?])[.!?]++["')\]]*+\s++(?=["'(\[$¿¡<-]?[^\Wa-z]|["'(]?(?:e\.g|for example|i\.e))"""
)
_LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|vs|no|sq|ft|in|lb|oz|approx|etc|e\.g|i\.e|jr|prof|[a-z])\.$", re.IGNORECASE
)


class Line(NamedTuple):
    """One line of a message, without its markdown."""

    text: str
    item: bool
    """A bullet or a numbered point."""
    heading: bool
    code: bool
    """Within a code fence."""
    indent: int
    bold: tuple[str, ...]
    """The parts that were set in bold."""


def fold_characters(text: str) -> str:
    """Write digits, signs, spaces and quotes of many alphabets as plain ones, and drop what can't be seen.

    Lone surrogates become U+FFFD, control characters a space. Narrow and unbreakable spaces become U+202F, which still
    groups digits.
    """
    if text.isascii() and not _UNPRINTABLE.search(text):
        return text
    return _SURROGATE.sub("\ufffd", text.translate(_FOLDING))


def own_words(message: str) -> str:
    """Return what the subject itself says: no thinking, no invented turns, no template tokens, folded characters.

    Of a message longer than `MAX_HEAD + MAX_TAIL` characters only its head and tail are read.
    """
    text = message.strip()
    for opening, closing in _THINKING:
        text = _without_thinking(text, opening, closing)
    if len(text) > MAX_SEARCHED:
        text = f"{text[: MAX_SEARCHED // 2]}\n\n{text[-MAX_SEARCHED // 2 :]}"
    label = _OWN_LABEL.match(text)
    start = label.end() if label else 0
    if len(text) - start > MAX_HEAD + MAX_TAIL:
        # an invented turn in the unread middle would end the message there, so the middle is searched too
        turn_end = _find_turn_end(text, start)
        text = text[start : turn_end.start()] if turn_end else text[start:]
        start = 0
        if len(text) > MAX_HEAD + MAX_TAIL:
            text = text[:MAX_HEAD] + "\n\n" + text[-MAX_TAIL:]
    text = _LONG_RUN.sub(_cut_run, fold_characters(text[start:]))
    turn_end = _find_turn_end(text)
    return (text[: turn_end.start()] if turn_end else text).strip()


def _cut_run(match: re.Match[str]) -> str:
    return match[1] + ("\n" if "\n" in match[2] else "") + match[3]


def _find_turn_end(text: str, start: int = 0) -> re.Match[str] | None:
    """Find where an invented turn begins; what stands in a fenced block that ends is a string of a program."""
    folded = text.casefold()
    if not any(sign in folded for sign in _TURN_SIGNS):
        return None
    closed = [fence for fence in find_fences(text, start) if fence.end > fence.body_end]
    place = 0  # fences and matches both come in order
    for match in _TURN_END.finditer(text, start):
        while place < len(closed) and closed[place].body_end <= match.start():
            place += 1
        if place == len(closed) or match.start() < closed[place].body_start:
            return match
    return None


def _without_thinking(text: str, opening: str, closing: str) -> str:
    if opening not in text and closing not in text:
        return text
    kept: list[str] = []
    place = 0
    first_close, first_open = text.find(closing), text.find(opening)
    if first_close >= 0 and (first_open < 0 or first_close < first_open):
        place = first_close + len(closing)  # the template opened the block before the message began
    while (start := text.find(opening, place)) >= 0:
        kept.append(text[place:start])
        end = (text.find if len(kept) < MAX_THOUGHTS else text.rfind)(closing, start + len(opening))
        place = end + len(closing) if end >= 0 else len(text)
    return "".join([*kept, text[place:]])


def breaks_off_thinking(message: str) -> bool:
    """Say whether a message ends within a thinking block that has words and is not closed."""
    for opening, closing in _THINKING:
        _, found, inside = message.rpartition(opening)
        if found and closing not in inside and any(character.isalnum() for character in inside):
            return True
    return False


def to_plain(text: str) -> str:
    """Strip bold, italics, code ticks and LaTeX dressing from a piece of text; multiplication signs stay."""
    if "*" in text or "_" in text:
        text = _BOLD.sub(lambda match: match[1] or match[2], text)
        text = _ITALIC.sub("", text.replace("**", ""))
    if "\\" in text:
        text = _LATEX_WORDS.sub(r"\1", text)
        text = _LATEX_SIGNS.sub(_latex_sign, text)
    return text.replace("`", "")


def _latex_sign(match: re.Match[str]) -> str:
    sign = match[1]
    return sign if sign in _LATEX_KEPT else _LATEX_SPELLING.get(sign, " " if not sign.isalpha() else "")


class Sentence(NamedTuple):
    """One sentence of a message, in its line."""

    text: str
    lower: str
    line: Line
    line_number: int
    """Position of its line among the non-empty lines, from 0."""
    first: bool
    """It opens its line."""
    last: bool
    """It ends its line."""
    words: frozenset[str]
    """Its words in lower case, without digits, for cheap tests before expensive ones."""


def read_sentences(text: str) -> tuple[Sentence, ...]:
    """Split what `own_words` returned into the sentences of its lines, in order.

    Of more than `MAX_LEADING + MAX_TRAILING` lines, or then sentences, those in the middle are left out.
    """
    found: list[tuple[str, Line, int, bool, bool]] = []
    for number, line in enumerate(split_lines(text)):
        pieces = [line.text] if line.code else split_sentences(line.text)
        found += [(piece, line, number, place == 0, place == len(pieces) - 1) for place, piece in enumerate(pieces)]
    sentences: list[Sentence] = []
    for piece, line, number, first, last in _without_middle(found):
        lower = piece.lower()
        sentences.append(Sentence(piece, lower, line, number, first, last, frozenset(_LETTERS.findall(lower))))
    return tuple(sentences)


def _without_middle(items: list[_Item]) -> list[_Item]:
    if len(items) <= MAX_LEADING + MAX_TRAILING:
        return items
    return items[:MAX_LEADING] + items[-MAX_TRAILING:]


def split_lines(text: str) -> tuple[Line, ...]:
    """Split a text into its non-empty lines; fence lines, rules and table borders are dropped."""
    lines: list[Line] = []
    code = False
    for raw in _without_middle([line for line in text.split("\n") if line and not line.isspace()]):
        stripped = raw.strip()
        if not stripped:
            continue
        if stripped.startswith(("```", "~~~")):
            code = not code if not (len(stripped) > 6 and stripped.endswith("```")) else code
            if not (len(stripped) > 6 and stripped.endswith("```")):
                continue
        if not stripped.strip("-=_*|: "):
            continue
        match = _LINE.match(raw)
        bold = tuple(first or second for first, second in _BOLD.findall(raw)) if "**" in raw or "__" in raw else ()
        start, item, heading, indent = 0, False, False, 0
        if match is not None and not code:
            start, item = match.end(), bool(match["bullet"] or match["number"])
            heading, indent = bool(match["heading"]), len(match["indent"])
        plain = to_plain(raw[start:]).strip()
        if plain:
            lines.append(Line(plain, item, heading, code, indent, bold))
    return tuple(lines)


def split_sentences(text: str) -> list[str]:
    """Split one line into sentences, in order; abbreviations and decimals don't end one."""
    sentences: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        piece = text[start : match.end()].rstrip()
        if piece.endswith(".") and _ABBREVIATION.search(piece[-12:]):
            continue
        sentences.append(piece)
        start = match.end()
    last = text[start:].strip()
    if last:
        sentences.append(last)
    return sentences
