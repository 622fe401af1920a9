"""Lists within a sentence."""

from collections.abc import Sequence


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Write a list as English does: `one`, `one and two`, `one, two and three`; empty for none."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
