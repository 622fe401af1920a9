"""Templates of the actions family: a function, and fragments that each set one of its parameters.

What makes a withheld argument fair to miss is checked here, at load: it belongs to a required parameter, or the goal
says that the user has a wish about it.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from pydantic import Field, field_validator, model_validator

from askfirst.benchmark.problem import CallForm, Frozen, Parameter, Value
from askfirst.data.families.template import FragmentTemplate, Template, spell

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Not `calendar.month_name`: that one follows the machine's language."""

_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class ActionFunction(Frozen):
    """The function that the subject may call."""

    name: str = Field(pattern=_NAME.pattern)
    description: str = Field(min_length=1)
    """One sentence: what a call does."""
    parameters: tuple[Parameter, ...] = Field(min_length=1)

    @field_validator("parameters")
    @classmethod
    def _check_parameters(cls, parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        names = [parameter.name for parameter in parameters]
        if len(set(names)) != len(names):
            raise ValueError(f"parameter names must be unique, got {names!r}")
        for parameter in parameters:
            where = f"parameter {parameter.name!r}"
            if not _NAME.match(parameter.name):
                raise ValueError(f"{where}: expected lower-case letters, digits and underscores")
            if (parameter.type == "enum") != (len(parameter.options) >= 2):
                raise ValueError(f"{where}: {parameter.type} with options {parameter.options!r}; only an enum has some")
            if parameter.default is not None and (parameter.required or not fits(parameter, parameter.default)):
                raise ValueError(
                    f"{where}: default {parameter.default!r}; expected one that fits an optional {parameter.type}"
                )
        return parameters


class ActionFragment(FragmentTemplate):
    """A fragment that sets the parameter `argument`, or an inert one without.

    `necessary` follows from `argument`, and so does the id unless given. Dates, lists and sums of money are spoken as
    prose ("4 May 2031", "a, b and c", "24.50") unless `spoken` says otherwise.
    """

    argument: str = ""

    @model_validator(mode="before")
    @classmethod
    def _derive(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        table = cast(dict[str, Any], data)
        argument = table.get("argument", "")
        derived: dict[str, Any] = {"necessary": bool(argument), "id": argument, **table}
        spoken = table.get("spoken", {})
        if isinstance(spoken, dict):
            money = table.get("kind") == "money"
            prose = {str(value): words for value in _values(table) if (words := speak(value, money))}
            derived["spoken"] = {**prose, **cast(dict[str, Any], spoken)}
        return derived

    @model_validator(mode="after")
    def _check_words(self) -> "ActionFragment":
        if self.necessary != bool(self.argument):
            raise ValueError(f"fragment {self.id!r}: necessary and argument belong together; give both or neither")
        for text in self.texts:
            if text.count("{value}") != 1:
                raise ValueError(f"fragment {self.id!r}: text {text!r} must hold {{value}} once")
        lists = [tuple(sorted(value)) for value in self.values if isinstance(value, tuple)]
        if len(set(lists)) != len(lists):
            raise ValueError(f"fragment {self.id!r}: values are equal but for their order, got {self.values!r}")
        return self


class ActionTemplate(Template):
    """A request that one function call fulfils."""

    function: ActionFunction
    constants: Mapping[str, str] = Field(default_factory=dict)
    """Texts that every goal holds, by the string parameter that they set; they may name slots ("{name}")."""
    fragments: tuple[ActionFragment, ...]  # pyright: ignore[reportIncompatibleVariableOverride] # frozen

    @model_validator(mode="after")
    def _check_call(self) -> "ActionTemplate":
        parameters = {parameter.name: parameter for parameter in self.function.parameters}
        setters = [*self.constants, *self.argument_by_fragment.values()]
        for name in (*setters, *parameters):
            count = setters.count(name)
            if name not in parameters:
                raise ValueError(f"{self.id}: no parameter {name!r}; expected one of {sorted(parameters)!r}")
            if count > 1 or (parameters[name].required and not count):
                raise ValueError(f"{self.id}: parameter {name!r} is set {count} times; expected once")
        for name, text in self.constants.items():
            if parameters[name].type != "string" or any(text not in goal for goal in self.goals):
                raise ValueError(f"{self.id}: constant {name!r}: {text!r}; expected a string that every goal holds")
        for fragment in self.fragments:
            if fragment.argument:
                self._check_argument(fragment, parameters[fragment.argument])
            self._check_leaks(fragment)
        return self

    def _check_argument(self, fragment: ActionFragment, parameter: Parameter) -> None:
        where = f"{self.id}: fragment {fragment.id!r}"
        for value in fragment.values:
            if not fits(parameter, value):
                raise ValueError(f"{where}: value {value!r} does not fit the {parameter.type} {parameter.name!r}")
        if parameter.required:
            return
        if parameter.default in fragment.values:
            raise ValueError(f"{where}: values hold the default {parameter.default!r}; remove it")
        for goal in self.goals:
            if not any(alias.lower() in goal.lower() for alias in fragment.aliases):
                raise ValueError(
                    f"{where}: goal {goal!r} does not mention the optional {parameter.name!r}; "
                    f"expected one of the aliases {fragment.aliases!r}, as nobody can miss what is not mentioned"
                )

    def _check_leaks(self, fragment: ActionFragment) -> None:
        for value in fragment.values:
            # a yes or no is spoken in common words ("want"), which say nothing without the rest of their sentence
            if isinstance(value, bool):
                continue
            said = re.compile(rf"(?<!\w){re.escape(spell(fragment, value))}(?!\w)", re.IGNORECASE)
            for words in (*self.goals, fragment.question, *fragment.aliases):
                if said.search(words):
                    raise ValueError(f"{self.id}: {words!r} gives the value {value!r} of {fragment.id!r} away")

    @property
    def argument_by_fragment(self) -> dict[str, str]:
        """Parameters by the id of the necessary fragment that sets them."""
        return {fragment.id: fragment.argument for fragment in self.fragments if fragment.argument}

    def to_form(self) -> CallForm:
        """Return the answer form of its problems."""
        return CallForm(
            function=self.function.name,
            description=self.function.description,
            parameters=self.function.parameters,
        )


def fits(parameter: Parameter, value: Value) -> bool:
    """Say whether a parameter takes a value."""
    match parameter.type:
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, str) and parse_date(value) is not None
        case "enum":
            return value in parameter.options
        case "list":
            return isinstance(value, tuple)


def parse_date(text: str) -> date | None:
    """Return the day that `YYYY-MM-DD` names, or None for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # other ISO forms, like 20310504, are not ours


def speak(value: object, money: bool) -> str:
    """Return the prose form of a date, a list or a broken sum of money, and "" for any other value."""
    if isinstance(value, float) and money:
        return f"{value:.2f}"
    if isinstance(value, str) and (day := parse_date(value)):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if isinstance(value, tuple):
        items = [str(item) for item in cast(tuple[object, ...], value)]
        return " and ".join(part for part in (", ".join(items[:-1]), items[-1]) if part) if items else ""
    return ""


def _values(table: Mapping[str, Any]) -> list[object]:
    """Return a raw fragment's values with lists as tuples, whose str() is the key of `spoken`."""
    values = table.get("values", [])
    if not isinstance(values, (list, tuple)):
        return []
    found = cast("list[object] | tuple[object, ...]", values)
    return [tuple(cast(list[object], value)) if isinstance(value, list) else value for value in found]
