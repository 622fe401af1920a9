"""What problems are made from: templates in TOML, their fragments, their split, and seeded draws.

A template file is data, so a private file (`-T templates=PATH`) is as safe to load as a public one; programs in code
templates are run, but held to a part of Python that can do no harm (`code_program.py`). Every choice has a random
stream of its own, named for what is chosen: changing one fragment's value can't shift another's wording, so an
opening's bytes never depend on what it hides.
"""

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar, cast

from pydantic import Field, ValidationError, field_validator, model_validator

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Frozen, Split, Value, ValueKind
from askfirst.benchmark.seeding import stream

NAMES: tuple[str, ...] = (
    "Mia", "Omar", "Lena", "Tariq", "Ines", "Yuki", "Noah", "Priya", "Felix", "Amara", "Jonas", "Sofia",
    "Kofi", "Elif", "Marek", "Dalia", "Hugo", "Anika", "Pavel", "Zara", "Liam", "Nadia", "Oskar", "Thandi",
)  # fmt: skip
"""Values of the slots `{name}`, `{name2}`, `{name3}`: one person each, always different people."""

SPLIT_SHARES: tuple[tuple[Split, float], ...] = (("train", 0.34), ("dev", 0.5))
"""Cumulative shares of the hash below which a template is train or dev; the rest is test."""

_NUMBER_RANGE = re.compile(r"^(-?\d+)\.\.(-?\d+)(?: step (\d+))?$")


PEOPLE = ("name", "name2", "name3")
"""The slots that every template has."""


class FragmentTemplate(Frozen):
    """One fragment of a template: its values and the words for them."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    necessary: bool
    kind: ValueKind
    values: tuple[Value, ...] = Field(min_length=2)
    """The domain. In TOML also `"3..9"` or `"10..60 step 5"`."""
    texts: tuple[str, ...] = Field(min_length=1)
    """Wordings of the whole fact, each a sentence that can be read alone; `{value}` stands for the value."""
    question: str
    aliases: tuple[str, ...] = ()
    spoken: Mapping[str, str] = Field(default_factory=dict)
    """How `{value}` is written, by str(value), where that isn't the value itself ({"true": "on", "false": "off"})."""

    @field_validator("values", mode="before")
    @classmethod
    def _expand(cls, values: Any) -> Any:
        if isinstance(values, str):
            match = _NUMBER_RANGE.match(values)
            if match is None:
                raise ValueError(f"values: {values!r}; expected a list, '3..9' or '10..60 step 5'")
            return tuple(range(int(match[1]), int(match[2]) + 1, int(match[3] or 1)))
        return values

    @model_validator(mode="after")
    def _check(self) -> "FragmentTemplate":
        if len(set(self.values)) != len(self.values):
            raise ValueError(f"fragment {self.id!r}: values must be unique, got {self.values!r}")
        for text in self.texts:
            if "{value}" not in text:
                raise ValueError(f"fragment {self.id!r}: text {text!r} lacks {{value}}")
        for words in (self.question, *self.aliases):
            if "{value}" in words:
                raise ValueError(f"fragment {self.id!r}: {words!r} gives the value away; remove {{value}}")
        return self


class Template(Frozen):
    """What every family's template has; families add what their solver reads."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    theme: str
    level: int = Field(ge=1, le=4)
    goals: tuple[str, ...] = Field(min_length=1)
    """Wordings of the request; none holds a value."""
    slots: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words that vary and don't matter, by slot; `{name}`, `{name2}` and `{name3}` are always there."""
    fragments: tuple[FragmentTemplate, ...]

    @model_validator(mode="after")
    def _check(self) -> "Template":
        ids = [fragment.id for fragment in self.fragments]
        if len(set(ids)) != len(ids):
            raise ValueError(f"template {self.id!r}: fragment ids must be unique, got {ids!r}")
        self._check_counts()
        self._check_slots()
        return self

    def _check_slots(self) -> None:
        slots = {*PEOPLE, *self.slots}
        for text in self.goals:
            check_slots(text, slots)
        for fragment in self.fragments:
            for text in (fragment.question, *fragment.aliases):
                check_slots(text, slots)
            for text in fragment.texts:
                check_slots(text, slots | {"value"})

    def _check_counts(self) -> None:
        """Refuse too few inert fragments; a family whose values decide which fragments are necessary replaces this."""
        necessary = sum(fragment.necessary for fragment in self.fragments)
        if not 1 <= necessary <= len(self.fragments) - necessary:
            raise ValueError(
                f"template {self.id!r}: {necessary} necessary and {len(self.fragments) - necessary} inert fragments; "
                "expected at least one necessary and at least as many inert"
            )


AnyTemplate = TypeVar("AnyTemplate", bound=Template)


def load_templates(path: Path, template_type: type[AnyTemplate]) -> tuple[AnyTemplate, ...]:
    """Load the `[[template]]` tables of one TOML file, or of every `*.toml` of a folder, in order of file and place.

    A key `theme` at the top of a file goes into each of its templates.

    Raises:
        DataError: If the path is missing or empty, or a file or template is not of the form, or an id stands twice.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise DataError(f"{path}: no template file; expected a .toml file or a folder of them; check the path")
    templates = [template for file in files for template in _load_file(file, template_type)]
    if not templates:
        raise DataError(f"{path}: found no [[template]] table; expected at least one; add one")
    ids = [template.id for template in templates]
    twice = sorted({template_id for template_id in ids if ids.count(template_id) > 1})
    if twice:
        raise DataError(f"{path}: template ids stand twice: {twice!r}; expected unique ids; rename one")
    return tuple(templates)


def _load_file(file: Path, template_type: type[AnyTemplate]) -> Iterator[AnyTemplate]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{file}: not readable as TOML ({error}); expected [[template]] tables; mend it") from error
    tables: Any = content.get("template", [])
    if not isinstance(tables, list):
        raise DataError(f"{file}: 'template' is no list of tables; expected [[template]]; double the brackets")
    shared: dict[str, Any] = {"theme": content["theme"]} if "theme" in content else {}
    for number, table in enumerate(cast(list[Any], tables), start=1):
        if not isinstance(table, dict):
            raise DataError(f"{file}: template number {number} is {table!r}; expected a [[template]] table; mend it")
        fields = shared | cast(dict[str, Any], table)
        try:
            yield template_type.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "-"
            name = fields.get("id", f"number {number}")
            fault = " ".join(first["msg"].split())  # may quote a template's text of several lines
            raise DataError(f"{file}: template {name!r}, field {where!r}: {fault}; mend it") from error


def split_of(family: str, template_id: str) -> Split:
    """Return the split of a public template, by a hash of its names: it never changes as templates are added."""
    share = int.from_bytes(hashlib.sha256(f"{family}/{template_id}".encode()).digest()[:8]) / 2**64
    for split, limit in SPLIT_SHARES:
        if share < limit:
            return split
    return "test"


def draw_slots(template: Template, seed: int) -> dict[str, str]:
    """Choose the words of a template's slots, people included."""
    people = stream(template.id, seed, "people").sample(NAMES, 3)
    words: dict[str, str] = dict(zip(PEOPLE, people, strict=True))
    for slot, choices in template.slots.items():
        words[slot] = stream(template.id, seed, "slot", slot).choice(choices)
    return words


def draw_values(template: Template, seed: int, fixed: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """Choose every fragment's value from its domain.

    Args:
        template: What to draw for.
        seed: The problem's seed.
        fixed: Values that are given instead of drawn, by fragment id.

    Raises:
        ValueError: If a fixed value is not in its fragment's domain, or belongs to no fragment.
    """
    fixed = fixed or {}
    values: dict[str, Value] = {}
    for fragment in template.fragments:
        drawn = stream(template.id, seed, "value", fragment.id).choice(fragment.values)
        values[fragment.id] = fixed.get(fragment.id, drawn)
        if values[fragment.id] not in fragment.values:
            raise ValueError(f"{template.id}.{fragment.id}: {values[fragment.id]!r} is not one of {fragment.values!r}")
    if unknown := set(fixed) - set(values):
        raise ValueError(f"{template.id}: no fragments {sorted(unknown)!r}")
    return values


def spell(fragment: FragmentTemplate, value: Value) -> str:
    """Write a value as its fragment's texts do."""
    key = str(value).lower() if isinstance(value, bool) else str(value)
    if key in fragment.spoken:
        return fragment.spoken[key]
    return ", ".join(value) if isinstance(value, tuple) else key


def draw_text(template: Template, fragment: FragmentTemplate, seed: int, words: Mapping[str, str], value: Value) -> str:
    """Choose a wording of a fact (whichever its value is) and fill it in."""
    wording = stream(template.id, seed, "text", fragment.id).choice(fragment.texts)
    return fill(wording, {**words, "value": spell(fragment, value)})


def draw_goal(template: Template, seed: int, words: Mapping[str, str]) -> str:
    """Choose a wording of the goal and fill it in."""
    return fill(stream(template.id, seed, "goal").choice(template.goals), words)


def draw_order(template: Template, seed: int) -> Sequence[FragmentTemplate]:
    """Return the fragments in the order in which this problem shows them."""
    order = list(template.fragments)
    stream(template.id, seed, "order").shuffle(order)
    return order


def fill(text: str, words: Mapping[str, str]) -> str:
    """Put words into a text's slots.

    Raises:
        DataError: If the text names a slot that has no words.
    """
    try:
        return text.format_map(words)
    except (KeyError, IndexError, ValueError) as error:
        raise DataError(
            f"text {text!r}: slot {error} has no words; expected one of {sorted(words)!r}; add it"
        ) from error


def check_slots(text: str, slots: Collection[str]) -> None:
    """Check that a text names no slot beside these.

    Raises:
        ValueError: If it does, or its braces are odd.
    """
    named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    if not named <= set(slots):
        raise ValueError(
            f"text {text!r}: slots {sorted(named - set(slots))!r} are not there; expected {sorted(slots)!r}"
        )
