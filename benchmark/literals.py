"""A reader of literals in hostile text: strings, numbers, lists and objects, with limits on depth.

It evaluates nothing and takes what models write: either kind of quotes, Python's and JSON's constants, values without
quotes.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

MAX_DEPTH = 8
"""Nesting of the deepest value that is read."""

_DATE_CALL = re.compile(r"(?:\w+\.)*date(?:time)?", re.IGNORECASE)
_PLAIN = {quote: re.compile(rf"[^{quote}\\]+") for quote in ("'", '"')}
"""What of a string stands for itself, by its quote."""
_BARE = re.compile(r"[^,()\[\]{}\"'\n]*")
_KEYWORD = re.compile(r"\s*[\"']?(?P<name>[A-Za-z_]\w{0,80})[\"']?\s*(?:=(?!=)|:(?!:))\s*")


class Bare(str):
    """A value that stood without quotes."""

    __slots__ = ()


class UnreadableError(ValueError):
    """The text at hand is no call; the message says why."""


Raw: TypeAlias = "str | list[Raw] | dict[str, Raw] | None"


class LiteralReader:
    """Reads literals, lists and objects from the start of a text, as far as the limits allow."""

    def __init__(self, text: str) -> None:
        """Start at the text's first character."""
        self.text = text
        self.position = 0

    def arguments(self, names: Sequence[str]) -> dict[str, Raw]:
        """Read `a, b=1)`: positional arguments take the names in order.

        Raises:
            UnreadableError: If the text holds no such arguments.
        """
        read: dict[str, Raw] = {}
        last = ""
        while not self._take(")"):
            keyword = _KEYWORD.match(self.text, self.position)
            spaced = self.text[self.position - 1 : self.position].isspace()
            if keyword is not None:
                self.position = keyword.end()
                last = keyword["name"]
                if last in read:
                    raise UnreadableError(f"argument {last!r} twice")
                read[last] = self.value()
            else:
                value = self.value()
                if isinstance(value, dict) and not read:
                    read = dict(value)
                elif last and isinstance(value, Bare) and isinstance(read.get(last), Bare):
                    comma = "," if value[:1].isdigit() and not spaced else ", "
                    read[last] = Bare(f"{read[last]}{comma}{value}")  # `date=May 4, 2031`, `budget=$1,250`
                elif last or len(read) >= len(names):
                    raise UnreadableError("a positional argument too many")
                else:
                    read[names[len(read)]] = value
            if not self._take(",") and not self._sees(")"):
                raise UnreadableError("not closed")
        return read

    def value(self, depth: int = 0) -> Raw:
        """Read one value, which stands at this depth.

        Raises:
            UnreadableError: If there is none.
        """
        if depth > MAX_DEPTH:
            raise UnreadableError("nested too deep")
        self._skip()
        first = self.text[self.position : self.position + 1]
        if first in ("'", '"'):
            return self._string(first)
        if first in ("[", "("):
            self.position += 1
            return self._items("]" if first == "[" else ")", depth)
        if first == "{":
            self.position += 1
            return self._members(depth)
        return self._bare(depth)

    def _string(self, quote: str) -> str:
        self.position += 1
        pieces: list[str] = []
        while self.position < len(self.text):
            plain = _PLAIN[quote].match(self.text, self.position)
            if plain is not None:
                pieces.append(plain[0])
                self.position = plain.end()
                continue
            character = self.text[self.position]
            self.position += 1
            if character == quote:
                return "".join(pieces)
            if self.position < len(self.text):
                character = {"n": "\n", "t": " "}.get(self.text[self.position], self.text[self.position])
                self.position += 1
            pieces.append(character)
        raise UnreadableError("a quote is not closed")

    def _items(self, closing: str, depth: int) -> "list[Raw]":
        items: list[Raw] = []
        while not self._take(closing):
            items.append(self.value(depth + 1))
            if not self._take(",") and not self._sees(closing):
                raise UnreadableError("a list is not closed")
        return items

    def _members(self, depth: int) -> "dict[str, Raw] | list[Raw]":
        members: dict[str, Raw] = {}
        while not self._take("}"):
            keyword = _KEYWORD.match(self.text, self.position)
            if keyword is None:
                return self._items("}", depth)  # a set
            self.position = keyword.end()
            members[keyword["name"]] = self.value(depth + 1)
            if not self._take(",") and not self._sees("}"):
                raise UnreadableError("an object is not closed")
        return members

    def _bare(self, depth: int) -> Raw:
        match = _BARE.match(self.text, self.position)
        word = match[0].strip() if match else ""
        self.position = match.end() if match else self.position
        if self._sees("("):
            self.position += 1
            parts = self._items(")", depth + 1)
            if not _DATE_CALL.fullmatch(word):
                raise UnreadableError(f"a call of {word[:40]!r} as a value")
            return (
                "-".join(str(part).zfill(2) for part in parts[:3])
                if len(parts) > 2
                else Bare(parts[0] if parts else "?")
            )
        if not word and not self._sees(",") and not self._sees(")"):
            raise UnreadableError("a value is missing")
        return Bare(word)

    def _skip(self) -> None:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1

    def _sees(self, character: str) -> bool:
        self._skip()
        return self.text.startswith(character, self.position)

    def _take(self, character: str) -> bool:
        if self._sees(character):
            self.position += 1
            return True
        if self.position >= len(self.text):
            raise UnreadableError("not closed")
        return False
