"""Fenced blocks in a message, and the block that is read as its answer."""

import re
from typing import NamedTuple

_FENCE = (
    r"(?P<indent>{indent})(?P<fence>`{{3,}}|~{{3,}})[ \t]*(?P<label>[\w+#.-]*)[^\n`]*\n(?P<body>.*?)"
    # what is indented more deeply is part of the block: a fence in a docstring
    r"(?:^(?:(?P=indent)|)[ ]{{0,3}}(?P=fence)[`~]*[ \t]*$|\Z)"
)
_AT_LINE = re.compile(_FENCE.format(indent=r"^[ \t>]*"), re.MULTILINE | re.DOTALL)
_HERE = re.compile(_FENCE.format(indent=""), re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block in a message."""

    text: str
    """The block, without fence and outer blank lines; empty where several stand in one place."""
    start: int
    end: int
    """Where it stands in the message, its fence included."""
    several: bool = False
    """Different blocks each claim to be the answer."""


class Fence(NamedTuple):
    """A fenced block."""

    label: str
    """The language that it names, in lower case; often empty."""
    body: str
    """Its lines, as they stand there."""
    start: int
    """Where its opening fence stands."""
    body_start: int
    body_end: int
    end: int
    """Where its closing fence, or else the message, ends."""

    @property
    def closed(self) -> bool:
        """A message that leaves its last block open broke off there."""
        return self.end > self.body_end


def find_fences(text: str, start: int = 0) -> list[Fence]:
    """Return the fenced blocks from a place on, in order; the first may begin in the middle of a line."""
    if "```" not in text and "~~~" not in text:
        return []
    here = _HERE.match(text, start)
    matches = [*([here] if here else []), *_AT_LINE.finditer(text, here.end() if here else start)]
    return [
        Fence(each["label"].lower(), each["body"], each.start(), each.start("body"), each.end("body"), each.end())
        for each in matches
    ]


def strip_lines(text: str) -> str:
    """Drop outer blank lines and trailing spaces, but not the first line's indent."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()
