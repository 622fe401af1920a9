"""Text that others wrote, made safe to show: nothing in it can drive a terminal, hide, or run on for ever."""

import re


def printable(text: str) -> str:
    """Replace what could drive a terminal: control characters, and marks that turn the reading direction."""
    return "".join(
        char if char == "\n" or (char.isprintable() and char not in _BIDI) else "\N{REPLACEMENT CHARACTER}"
        for char in text.replace("\t", "    ").replace("\r\n", "\n")
    )


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def one_line(text: str, most: int) -> str:
    """Write a text's first `most` characters in one printable line, and say how many more there were."""
    return printable(" ".join(text[:most].split())) + _name_rest(text, most)


def message(text: str, most: int) -> str:
    """Write a text's first `most` characters in printable lines, and say how many more there were.

    Of several empty lines one is left: they would push what follows out of sight.
    """
    return re.sub(r"\n\s*\n", "\n\n", printable(text[:most])).strip("\n") + _name_rest(text, most)


def _name_rest(text: str, most: int) -> str:
    # cutting comes before cleaning: a model may write megabytes
    return f" ... ({len(text) - most:,} more characters)" if len(text) > most else ""
