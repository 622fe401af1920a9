"""Foreign text in Markdown: inline as entities, dialogues behind a fence that nothing in them can close."""

import re

_MARKUP = re.compile(r"[\\`*\[\]<>&|~$@#^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
"""An underscore within a word is none."""
_BLOCK_START = re.compile(r"^(?:[-+](?=[-+\s]|$)|=|[0-9](?=[0-9]{0,8}[.)](?:\s|$)))")
"""What would begin a list, a rule or a heading; other marks that do are entities everywhere."""
_LINKED = re.compile(r"@|#|:(?=//)|\bwww\.|\bgh-", re.IGNORECASE)
"""After these GitHub makes links and mentions of text, even where it stands as entities."""
_BREAK = "&#8203;"
"""A space of no width, which no name or address goes across."""


def escape(line: str) -> str:
    """Write one line of text so that Markdown and HTML show it as it is, and GitHub mentions and links nothing.

    Args:
        line: Printable text without line breaks.
    """
    parts = _LINKED.split(line)
    marks = _LINKED.findall(line)
    broken = [_to_entities(part) for part in parts]
    text = "".join(
        part + mark for part, mark in zip(broken, [*(_to_entities(mark) + _BREAK for mark in marks), ""], strict=True)
    )
    return _BLOCK_START.sub(lambda found: f"&#{ord(found[0])};", text)


def fence(text: str) -> str:
    """Set text as a block of code behind a fence longer than any in it: nothing inside is markup, mention or link.

    Args:
        text: Printable text; lines end with a line feed alone.
    """
    longest = max(map(len, re.findall("`+", text)), default=0)
    mark = "`" * max(3, longest + 1)
    return f"{mark}text\n{text}\n{mark}"


def _to_entities(text: str) -> str:
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)
