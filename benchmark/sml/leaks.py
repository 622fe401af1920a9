"""Whether a teacher's words give the answer away: in digits, in words, as arithmetic, or written out."""

import re
from fractions import Fraction

from askfirst.benchmark.numbers import parse_numbers, read_numbers
from askfirst.benchmark.problem import CallForm, CallsForm, ChoiceForm, NumberForm, Problem

RUN = 6
"""Words of an answer in a row that give it away, where the answer is a text, a program or a query."""

_NUMBER = r"\(*-?\d+(?:[.,]\d+)*\)*"
_SUM = re.compile(rf"{_NUMBER}(?:\s*(?:[-+*/x\u00d7\u00f7\u2212]|plus|minus|times|divided by)\s*{_NUMBER})+")
_SIGNS = {
    "x": "*",
    "\u00d7": "*",
    "\u00f7": "/",
    "\u2212": "-",
    "plus": "+",
    "minus": "-",
    "times": "*",
    "divided by": "/",
}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[-+*/()]")
_WORD = re.compile(r"\w+")


def find_leak(text: str, problem: Problem) -> str | None:
    """Return how a text gives a problem's answer away, or None.

    Strict: a fact that holds the answer's number by chance counts too, since the student can't tell chance from help.
    """
    form = problem.form
    if isinstance(form, NumberForm):
        target = Fraction(problem.target)
        # of a percentage both readings count: the number before the sign, and the ratio
        if target in parse_numbers(text) | {number.value for number in read_numbers(text)}:
            return "the number"
        return "arithmetic" if target in sums_in(text) else None
    if isinstance(form, ChoiceForm):
        named = re.search(rf"(?<!\w){re.escape(problem.target)}(?!\w)", text, re.IGNORECASE)
        return "the option" if named else None
    if isinstance(form, CallForm | CallsForm):
        functions = [form] if isinstance(form, CallForm) else form.functions
        return "a call" if any(f"{each.function}(" in text for each in functions) else None
    return "a part of the answer" if runs_of(text) & runs_of(problem.target) else None


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return each run of `RUN` words, in lower case; of a shorter text the whole."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return frozenset()
    return frozenset(tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1)))


def sums_in(text: str) -> frozenset[Fraction]:
    """Return what the written calculations in a text come to, and each of their parts of two numbers or more."""
    values: set[Fraction] = set()
    for match in _SUM.finditer(text):
        written = match.group().replace(",", "")
        for word, sign in _SIGNS.items():
            written = written.replace(word, sign)
        tokens = _TOKEN.findall(written)
        for start in range(len(tokens)):
            for end in range(start + 3, len(tokens) + 1):
                value = _evaluate(tokens[start:end])
                if value is not None:
                    values.add(value)
    return frozenset(values)


def _evaluate(tokens: list[str]) -> Fraction | None:
    """Compute a sum with the usual precedence; None where the tokens are none, or divide by zero."""
    rest = list(tokens)

    def factor() -> Fraction:
        token = rest.pop(0)
        if token == "-":
            return -factor()
        if token == "(":
            value = total()
            if rest.pop(0) != ")":
                raise ValueError("unbalanced")
            return value
        return Fraction(token)

    def product() -> Fraction:
        value = factor()
        while rest and rest[0] in "*/":
            value = value * factor() if rest.pop(0) == "*" else value / factor()
        return value

    def total() -> Fraction:
        value = product()
        while rest and rest[0] in "+-":
            value = value + product() if rest.pop(0) == "+" else value - product()
        return value

    try:
        value = total()
    except (ValueError, IndexError, ZeroDivisionError):
        return None
    return None if rest else value
