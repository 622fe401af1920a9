"""Reading one call of one function from hostile text, and spelling it canonically.

Nothing is evaluated: a small reader with limits on length and depth takes `name(argument=value, ...)`, positional
arguments, and the JSON forms that models write (`{"name": ..., "arguments": {...}}`), in lists or code fences.

A call with an argument that holds a place (`guests=?`, `city="unknown"`, `date=<date>`), that has an unknown name or
that is of another type is no call, and neither is one whose required argument is `None`. A required argument that is
left out is different: the call commits to what it says, so it is read, and is wrong.
"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from askfirst.benchmark.dates import parse_date
from askfirst.benchmark.literals import Bare, LiteralReader, Raw, UnreadableError
from askfirst.benchmark.message import fold_characters
from askfirst.benchmark.numbers import parse_number, spell_number
from askfirst.benchmark.problem import CallForm, Frozen, Parameter, Value
from askfirst.benchmark.units import measure_of

MAX_LENGTH = 4_000
"""Characters of the longest call that is read."""
MAX_CALLS = 20
"""Calls of a text that are read."""

_PLACEHOLDER = re.compile(
    r"|[?_.\-\s]+|xx+|<.*>|\[.*\]|\{.*\}|unknown|unspecified|undefined|undetermined|missing|n/?a|tb[dca]|none|null|value"
    r"|to be .*|not? (?:specified|provided|given|known|sure|available|mentioned).*|your[ _].*|(?:enter|insert)[ _].*"
    r"|y{2,4}-mm-dd|mm/dd/yyyy",
    re.IGNORECASE | re.DOTALL,
)
_TYPE_NAMES = frozenset(
    ("str", "string", "int", "integer", "float", "number", "bool", "boolean", "date", "list", "enum")
)
_NAME_KEYS = r"(?:name|function|function_name|tool|tool_name|action)"
_ARGUMENT_KEYS = ("arguments", "parameters", "args", "kwargs", "params", "input")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_TRUE = frozenset(("true", "yes", "on", "1", "y"))
_FALSE = frozenset(("false", "no", "off", "0", "n"))


class Call(Frozen):
    """One call that was read."""

    function: str
    arguments: Mapping[str, Value]
    """Normalised values by parameter name, in the signature's order; what was left out or `None` is not here."""


class FoundCall(Frozen):
    """A call, or what looks like one, at its place in a text."""

    start: int
    end: int
    call: Call | None
    why: str = ""
    """Why there is no call; empty where there is one."""
    stand_in: bool = False
    """There is none because an argument only holds a place."""


class StandInError(UnreadableError):
    """An argument only holds a place."""


def find_calls(text: str, form: CallForm) -> tuple[FoundCall, ...]:
    """Find the calls of the form's function in a text, in order, at most `MAX_CALLS`.

    Spans are positions in `unescape(text)`.
    """
    text = unescape(text)
    name = re.escape(form.function)
    opening = re.compile(
        rf"(?P<call>(?<![\w.])(?:\w{{1,40}}\.)?{name}\s?\()"
        rf"|[\"']{_NAME_KEYS}[\"']\s*:\s*[\"']{name}[\"']|(?P<keyed>\{{\s*[\"']{name}[\"']\s*:\s*)\{{",
        re.IGNORECASE,
    )
    found: list[FoundCall] = []
    position = 0
    while len(found) < MAX_CALLS and (match := opening.search(text, position)) is not None:
        start = match.start()
        if not match["call"] and not match["keyed"]:
            start = max(text.rfind("{", position, start), position)
        offset = match.end() if match["call"] else match.end() - 1 if match["keyed"] else start
        reader = LiteralReader(text[offset : offset + MAX_LENGTH])
        try:
            if match["call"]:
                raw = reader.arguments([parameter.name for parameter in form.parameters])
            else:
                raw = reader.value() if match["keyed"] else _json_arguments(reader.value(), form)
            call, why, stand_in = _to_call(raw, form), "", False
        except UnreadableError as error:
            call, why, stand_in = None, str(error), isinstance(error, StandInError)
        position = max(match.end(), offset + reader.position)
        found.append(FoundCall(start=start, end=position, call=call, why=why, stand_in=stand_in))
    return tuple(found)


def parse_call(text: str, form: CallForm) -> Call | str:
    """Read a text that holds one call of the form's function, or say why it holds none or several.

    What only looks like a call (a signature quoted in prose) does not matter where a call stands beside it; equal
    calls count once.
    """
    found = find_calls(text, form)
    calls = {spell_call(form, each.call.arguments).casefold(): each.call for each in found if each.call is not None}
    if len(calls) > 1:
        return f"{len(calls)} different calls"
    if calls:
        return next(iter(calls.values()))
    return found[-1].why if found else f"no call of {form.function}"


def spell_call(form: CallForm, arguments: Mapping[str, Value]) -> str:
    """Spell a call canonically: keywords in the signature's order, defaults left out, lists sorted.

    Raises:
        ValueError: If an argument is not a parameter, or its value is not of the parameter's type.
    """
    unknown = set(arguments) - {parameter.name for parameter in form.parameters}
    if unknown:
        raise ValueError(f"{form.function}: no parameters {sorted(unknown)!r}")
    spelled: list[str] = []
    for parameter in form.parameters:
        if parameter.name not in arguments:
            continue
        value = to_argument(arguments[parameter.name], parameter)
        default = parameter.default
        omitted = None if parameter.required or default is None else to_argument(default, parameter)
        if omitted is None or fold_value(value) != fold_value(omitted):
            spelled.append(f"{parameter.name}={_spell_value(value)}")
    return f"{form.function}({', '.join(spelled)})"


def to_argument(value: Value, parameter: Parameter) -> Value:
    """Normalise a value to its parameter's type.

    Dates become YYYY-MM-DD, 3.0 becomes 3, an enum takes its option's spelling, a list is sorted, a string loses
    doubled spaces.

    Raises:
        ValueError: If the value is not of that type.
    """
    raw: Raw
    if isinstance(value, bool):
        raw = str(value).lower()
    elif isinstance(value, tuple):
        raw = list(value)
    else:
        raw = str(value)
    return _typed(raw, parameter)


def fold_value(value: Value) -> Value:
    """Return a value as it is compared: strings without case and outer punctuation, lists without order."""
    if isinstance(value, tuple):
        return tuple(sorted(_fold_text(item) for item in value))
    return _fold_text(value) if isinstance(value, str) else value


def _fold_text(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:!'\"").casefold()


def unescape(text: str) -> str:
    """Fold characters and undo markdown's escaped underscores, which would break names."""
    return fold_characters(text).replace("\\_", "_")


def _spell_value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return spell_number(Fraction(str(value)))
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _json_arguments(raw: Raw, form: CallForm) -> Raw:
    if not isinstance(raw, dict):
        raise UnreadableError("no JSON object")
    inner = next((raw[key] for key in _ARGUMENT_KEYS if key in raw), None)
    if isinstance(inner, str):  # arguments as a JSON text in the JSON
        inner = LiteralReader(inner[:MAX_LENGTH]).value()
    if inner is None:
        names = {parameter.name for parameter in form.parameters}
        inner = {key: value for key, value in raw.items() if key in names}
    return inner


def _to_call(raw: Raw, form: CallForm) -> Call:
    if not isinstance(raw, dict):
        raise UnreadableError("arguments are no JSON object")
    by_name = {parameter.name.casefold(): parameter for parameter in form.parameters}
    values: dict[str, Value] = {}
    for key, value in raw.items():
        parameter = by_name.get(key.casefold())
        if parameter is None:
            raise UnreadableError(f"no parameter {key[:80]!r}")
        nothing = value is None or (isinstance(value, Bare) and value.lower() in ("none", "null"))
        if nothing and not parameter.required:
            continue
        if nothing or _holds_place(value, parameter):
            raise StandInError(f"{parameter.name}: {str(value)[:40]!r} holds a place")
        try:
            values[parameter.name] = _typed(value, parameter)
        except ValueError as error:
            raise UnreadableError(f"{parameter.name}: {error}") from error
    if not values and any(parameter.required for parameter in form.parameters):
        raise StandInError("no argument is given")
    ordered = {each.name: values[each.name] for each in form.parameters if each.name in values}
    return Call(function=form.function, arguments=ordered)


def _holds_place(value: Raw, parameter: Parameter) -> bool:
    if isinstance(value, list):
        return any(_holds_place(item, parameter) for item in value)
    if not isinstance(value, str) or value in parameter.options or value == parameter.default:
        return False
    if isinstance(value, Bare) and (value.casefold() == parameter.name.casefold() or value.lower() in _TYPE_NAMES):
        return True
    return _PLACEHOLDER.fullmatch(value.strip()) is not None


def _typed(raw: Raw, parameter: Parameter) -> Value:
    if parameter.type == "list":
        return _to_list(raw)
    if not isinstance(raw, str):
        raise ValueError(f"{parameter.type} expected")
    text = " ".join(raw.split())
    if parameter.type == "string":
        return text
    if parameter.type == "boolean":
        if (word := text.lower()) in _TRUE | _FALSE:
            return word in _TRUE
        raise ValueError(f"{text[:40]!r} is not true or false")
    if parameter.type == "date":
        if (date := parse_date(text)) is None:
            raise ValueError(f"{text[:40]!r} is no date")
        return date
    if parameter.type == "enum":
        options = [option for option in parameter.options if _fold_option(option) == _fold_option(text)]
        if not options:
            raise ValueError(f"{text[:40]!r} is not one of {list(parameter.options)!r}")
        return options[0]
    return _to_number(text, parameter)


def _to_number(text: str, parameter: Parameter) -> int | float:
    if _INTEGER.fullmatch(text):
        return int(text)
    number = parse_number(text, _unit(parameter.description))
    if number is None or (parameter.type == "integer" and number.denominator != 1):
        raise ValueError(f"{text[:40]!r} is no {parameter.type}")
    return number.numerator if number.denominator == 1 else float(number)


@lru_cache(maxsize=512)
def _unit(description: str) -> str:
    """Return the unit that a description names ("in minutes", "percent"), or ""."""
    words = re.findall(r"[a-z%]+", description.lower())
    return next((word for word in reversed(words) if measure_of(word) and len(word) > 2), "")


def _fold_option(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip(" .'\"").casefold()


def _to_list(raw: Raw) -> tuple[str, ...]:
    if isinstance(raw, str):
        raw = [piece for piece in re.split(r",\s*(?:and\s)?|\s+and\s+|;", raw) if piece.strip()]
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise ValueError("a list of texts expected")
    return tuple(sorted((" ".join(str(item).split()) for item in raw), key=lambda item: (item.casefold(), item)))
