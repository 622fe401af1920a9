"""Text that a model must take for data: one line of JSON between two marks, which nothing in it can end."""

import json

_MARKUP = frozenset("<>[]|")
"""What chat templates and the marks themselves are made of."""


def quote(text: str, most: int) -> str:
    r"""Write a text's first characters as a JSON string in one line.

    What could pass for markup, hides, or reorders text is escaped as \uXXXX.

    Args:
        text: Anything.
        most: Characters that are kept.
    """
    return '"' + "".join(map(_escape, text[:most])) + '"'


def between_marks(name: str, body: str) -> str:
    """Set text off by marks of its own lines: `<<<NAME` before, `NAME>>>` after."""
    return f"<<<{name}\n{body}\n{name}>>>"


def _escape(character: str) -> str:
    if character in _MARKUP:
        return f"\\u{ord(character):04x}"
    return json.dumps(character, ensure_ascii=not character.isprintable())[1:-1]
