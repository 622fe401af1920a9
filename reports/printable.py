"""Text that others wrote, made safe to show: nothing in it can drive a terminal, hide, or run on for ever."""

import re


def printable(text: str) -> str:
    """Replace what could drive a terminal: control characters, and marks that turn the reading direction."""
    return "".join(
        char if char == "\n" or (char.isprintable() and char not in _BIDI) else "\N{REPLACEMENT CHARACTER}"
        for char in text.replace("\t", "    ").replace("\r\n", "\n")
    )


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def cut(text: str, most: int) -> str:
    """Keep a text's first `most` characters, and say how many more there were."""
    return text if len(text) <= most else f"{text[:most]} ... ({len(text) - most} more characters)"


def one_line(text: str, most: int) -> str:
    """Write a text in one line of printable characters, cut after `most`."""
    return cut(printable(" ".join(text.split())), most)


def message(text: str, most: int) -> str:
    """Write a message in printable lines, cut after `most` characters; empty lines can't push text out of sight."""
    return cut(re.sub(r"\n\s*\n", "\n\n", printable(text)).strip("\n"), most)
