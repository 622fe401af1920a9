"""Python programs in a message: in one fenced block or several, or between prose without a fence.

Nothing here runs or parses code. Which lines are code is read from how they begin, which is enough to leave out the
prose around a program; what is wrong with the program itself, its check says.
"""

import re
import textwrap
from collections.abc import Sequence

from askfirst.benchmark.fences import Block, Fence, find_fences, strip_lines

_PYTHON_LABELS = frozenset({"", "python", "py", "python3"})
_TRIPLE = re.compile(r'"""|\'\'\'')
_DOCSTRING = re.compile(r'("""|\'\'\').*?\1', re.DOTALL)
_DEFINED = re.compile(
    r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^([A-Z][A-Z0-9_]*)[ \t]*(?::[^=\n]+)?=(?!=)"
    r"|^(?:from[ \t]+\S+[ \t]+)?import[ \t]+(.+)",
    re.MULTILINE,
)
_ANY_DEF = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+\w+", re.MULTILINE)
_SIGNATURE = re.compile(r"(?:async[ \t]+)?def[ \t]+\w+[ \t]*\((?:[^()]|\([^()]*\))*\)[ \t]*(?:->[^:\n]+)?:")
_EMPTY_STATEMENT = re.compile(r"(?:\.\.\.|pass|raise NotImplementedError\b.*|return \.\.\.)?[ \t]*(?:#.*)?")
_VERSION = re.compile(
    r"^[ \t]*#[^\n]*\b(?:version|option|variante?|alternative|approach|case|opción)\b",
    re.MULTILINE | re.IGNORECASE,
)
_CODE_LINE = re.compile(
    r"[ \t]*$|[ \t]+\S|[)\]}@#]|(?:\"\"\"|''')"
    r"|(?:async[ \t]+)?(?:def|class|if|elif|else|for|while|with|try|except|finally)\b.*:[ \t]*(?:#.*)?$"
    r"|(?:async[ \t]+)?(?:def|class)\b.*[(,\\]$"
    r"|(?:from[ \t]+[\w.]+[ \t]+import|import[ \t]+\w+|assert|raise|return|del|pass)\b"
    r"|[A-Za-z_][\w.]*(?:\[[^\]\n]*\])*[ \t]*(?::[^=\n]+)?[-+*/%&|]?=(?!=)"
    r"|[A-Za-z_][\w.]*\("
)


def defines(code: str, function: str) -> bool:
    """Say whether code defines a name as a function, or assigns something to it."""
    name = re.escape(function)
    found = re.search(
        rf"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+{name}\b|{name}[ \t]*(?::[^=\n]+)?=(?!=))", code, re.MULTILINE
    )
    return found is not None


def marked_code(text: str, start: int, stop: int, function: str) -> Block:
    """Return the program that stands below a marker: what defines the function, with the helpers that it uses.

    Args:
        text: The message.
        start: Where the place below the marker begins.
        stop: Where it ends.
        function: The function's name.
    """
    fences = [fence for fence in find_fences(text[:stop], start) if fence.body.strip()]
    if fences:
        chosen = [fence for fence in fences if defines(fence.body, function)] or fences[:1]
        several = len({_dedent(fence.body) for fence in chosen}) > 1
        return Block("" if several else _join(chosen[0], fences, function), start, fences[-1].end, several)
    at = _find_definition(text[:stop], start, function)
    if at is None:
        return Block(strip_lines(text[start:stop]).strip("`"), start, stop)
    first, last = _extent(text[:stop], at)
    return Block(_dedent(text[max(first, start) : last]).rstrip("`"), start, stop)


def natural_code(text: str, function: str) -> Block | None:
    """Return the program that an unmarked message answers with, or None: the last that defines the function.

    A definition without anything in it ("def f(x): ...") only shows what is asked for, and is none.
    """
    fences = find_fences(text)
    fitting = [fence for fence in fences if defines(fence.body, function) and not is_stub(fence.body)]
    chosen = [fence for fence in fitting if fence.closed]
    if chosen:
        return Block(_join(chosen[-1], fences, function), chosen[-1].start, chosen[-1].end)
    at = _find_definition(text, 0, function)
    if at is None or any(fence.start <= at < fence.end for fence in fences):
        return None
    first, last = _extent(text, at)
    body = _dedent(text[first:last])
    return None if is_stub(body) else Block(body, first, last)


def other_program(text: str) -> Block | None:
    """Return the last fenced program that defines any function, for messages that get the name wrong."""
    for fence in reversed(find_fences(text)):
        fits = fence.closed and fence.label in _PYTHON_LABELS and not is_stub(fence.body)
        if fits and _ANY_DEF.search(fence.body):
            return Block(_dedent(fence.body), fence.start, fence.end)
    return None


def is_stub(code: str) -> bool:
    """Say whether code stops after a function's signature and comments: nothing is done there."""
    signatures = list(_SIGNATURE.finditer(code))
    if not signatures:
        return False
    rest = _DOCSTRING.sub("", code[signatures[-1].end() :])
    return all(_EMPTY_STATEMENT.fullmatch(line.strip()) for line in rest.split("\n"))


def holds_versions(code: str, function: str) -> bool:
    """Say whether code defines one function twice, and says in comments that these are versions to choose from."""
    definitions = re.findall(rf"^(?:async[ \t]+)?def[ \t]+{re.escape(function)}\b", code, re.MULTILINE)
    return len(definitions) > 1 and len(_VERSION.findall(code)) > 1


def _join(main: Fence, fences: Sequence[Fence], function: str) -> str:
    """Put the blocks that define what a program uses, and does not define itself, in front of it."""
    program = _dedent(main.body)
    used = set(re.findall(r"\w+", program)) - _names(program)
    parts = [
        _dedent(fence.body)
        for fence in fences
        # what speaks of the function itself is another version of it, a use or a test
        if fence.label in _PYTHON_LABELS and used & _names(_dedent(fence.body)) and not _mentions(fence.body, function)
    ]
    return "\n\n".join([*parts, program])


def _names(code: str) -> set[str]:
    """Return the names that code defines at its top level: functions, classes, constants, imports."""
    return {name for groups in _DEFINED.findall(code) for part in groups for name in re.findall(r"\w+", part)}


def _mentions(code: str, function: str) -> bool:
    return re.search(rf"\b{re.escape(function)}\b", code) is not None


def _find_definition(text: str, start: int, function: str) -> int | None:
    """Return where the line begins that defines a function, from a place on."""
    name = re.escape(function)
    definition = re.compile(rf"[ \t]*(?:(?:async[ \t]+)?def[ \t]+{name}\b|{name}[ \t]*=[ \t]*lambda\b)")
    if definition.match(text, start):
        return start
    return next(
        (line.end() for line in re.compile(r"\n").finditer(text, start) if definition.match(text, line.end())), None
    )


def _extent(text: str, at: int) -> tuple[int, int]:
    """Return where the lines of code begin and end around a place in one of them."""
    first = at
    while first > 0:
        previous = text.rfind("\n", 0, first - 1) + 1
        if not _CODE_LINE.match(text[previous : first - 1]):
            break
        first = previous
    last, quoted = at, False
    while last < len(text):
        stop = text.find("\n", last)
        stop = len(text) if stop < 0 else stop
        line = text[last:stop]
        if not quoted and last > at and not _CODE_LINE.match(line):
            break
        quoted ^= len(_TRIPLE.findall(line)) % 2 == 1
        last = stop + 1
    return first, min(last, len(text))


def _dedent(code: str) -> str:
    return strip_lines(textwrap.dedent(code))
