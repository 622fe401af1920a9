"""Templates of the writing family: a record of facts, what every text must hold, and fragments that add constraints.

What makes a withheld requirement fair to miss is made here: the instructions name every point about which the user has
a wish, by the first alias of its fragment.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

from pydantic import Field, TypeAdapter, model_validator

from askfirst.benchmark.problem import TextForm
from askfirst.benchmark.scenario import stems_in
from askfirst.data.families.constraints import Closes, Constraint, Opens
from askfirst.data.families.exclusivity import check_domain
from askfirst.data.families.template import PEOPLE, FragmentTemplate, Template, check_slots, fill, spell
from askfirst.data.families.writer import Clause, Plan, keys_of

ALIASES: Mapping[str, tuple[str, ...]] = {
    "words": ("length", "number of words", "word count", "word limit", "required length"),
    "sentences": ("number of sentences", "sentence count"),
    "paragraphs": ("number of paragraphs", "paragraph count"),
    "layout": ("layout", "format", "format of the list", "how the list should be formatted"),
    "order": ("order", "order of the list", "sorting", "how to sort them"),
    "place/first": ("order of the facts", "fact to mention first", "what should be mentioned first"),
    "place/last": ("order of the facts", "fact to mention last", "what should be mentioned last"),
    "opens": (
        "beginning",
        "opening",
        "opening words",
        "first words",
        "first line",
        "greeting",
        "title",
        "how it should begin",
    ),
    "closes": (
        "ending",
        "last words",
        "last line",
        "closing words",
        "sign-off",
        "signature",
        "how it should be signed",
    ),
    "leaves_out": ("fact to leave out", "fact to omit", "what should not be mentioned", "what to leave out"),
    "headline_words": ("length of the headline",),
    "case": ("upper or lower case", "capitalisation"),
}
"""What people call a wish of a kind, whatever the text: aliases beside those that a template gives."""

_CLAUSE_WORDS = ("whether", "how", "which", "what", "who", "when", "where")
_CONSTRAINT: TypeAdapter[Constraint] = TypeAdapter(Constraint)


class WritingFragment(FragmentTemplate):
    """A fragment whose value a constraint takes, or an inert one without. `necessary` follows from the constraint."""

    constraint: Constraint | None = None
    written: Mapping[str, str] = Field(default_factory=dict)
    """How clauses write the value, by str(value), where that is neither the constraint's phrase nor how it is said."""

    @model_validator(mode="before")
    @classmethod
    def _derive(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        table = cast(dict[str, Any], data)
        aliases = [*table.get("aliases", ()), *_common_aliases(table.get("constraint"))]
        return {"necessary": "constraint" in table, **table, "aliases": tuple(dict.fromkeys(aliases))}

    @model_validator(mode="after")
    def _check_constraint(self) -> "WritingFragment":
        if self.necessary != (self.constraint is not None):
            raise ValueError(f"fragment {self.id!r}: necessary and constraint belong together; give both or neither")
        if self.constraint is not None:
            try:
                check_domain(self.constraint, self.values)
            except ValueError as error:
                raise ValueError(f"fragment {self.id!r}: {error}") from error
            if not self.aliases:
                raise ValueError(f"fragment {self.id!r}: no alias; expected one, by which the instructions name it")
        return self

    def to_written(self) -> dict[str, str]:
        """Return how clauses write each value."""
        constraint = self.constraint
        phrases = constraint.phrases if isinstance(constraint, Opens | Closes) else dict[str, str]()
        return {
            str(value): self.written.get(str(value), phrases.get(str(value), spell(self, value)))
            for value in self.values
        }


class WritingTemplate(Template):
    """A text to write from a record."""

    noun: str = Field(min_length=1)
    """What sort of text: "notice", "email"."""
    record: str = Field(min_length=1)
    """The facts, one a line; they may name slots."""
    rule: str = Field(min_length=1)
    """A sentence that says what `names` checks."""
    names: tuple[str, ...] = Field(min_length=1)
    """Phrases that every text must hold, alternatives between " | "."""
    limit: int = Field(default=120, ge=10)
    """Words that no text may exceed."""
    clauses: tuple[Clause, ...] = Field(min_length=1)
    fillers: tuple[str, ...] = Field(default=(), max_length=10)
    fragments: tuple[WritingFragment, ...]  # pyright: ignore[reportIncompatibleVariableOverride] # frozen

    @model_validator(mode="after")
    def _check_texts(self) -> "WritingTemplate":
        slots = {*PEOPLE, *self.slots}
        for text in (self.record, self.rule, *self.names, *self.fillers):
            check_slots(text, slots)
        needed = {fragment.id: fragment for fragment in self.fragments if fragment.necessary}
        if clashing := slots & needed.keys():
            raise ValueError(f"{self.id}: {sorted(clashing)!r} are slots and fragments; rename one of each")
        keys = {key for each in needed.values() if each.constraint for key in keys_of(each.constraint, each.values[0])}
        if strange := {clause.key for clause in self.clauses} - keys - {""}:
            raise ValueError(
                f"{self.id}: clause keys {sorted(strange)!r} are in no order or place, of {sorted(keys)!r}"
            )
        for clause in self.clauses:
            check_slots(clause.text, slots | needed.keys())
            for name, wanted in clause.when.items():
                if name not in needed or not set(wanted) <= set(map(str, needed[name].values)):
                    raise ValueError(f"{self.id}: clause {clause.text!r}: no fragment {name!r} with values {wanted!r}")
        for goal in self.goals:
            if self.noun not in goal.lower():
                raise ValueError(f"{self.id}: goal {goal!r} does not name the {self.noun!r} that it asks for")
        for fragment in self.fragments:
            self._check_leaks(fragment)
        return self

    def _check_leaks(self, fragment: WritingFragment) -> None:
        asking = (fragment.question, *fragment.aliases)
        # a number in a goal ("three stalls") is about something else, and says nothing without its noun
        numeric = any(isinstance(value, int) for value in fragment.values)
        for words in asking if numeric else (*self.goals, self.rule, *asking):
            said = [value for value in fragment.values if _says(words, spell(fragment, value))]
            # words that hold every value give none away
            if 0 < len(said) < len(fragment.values):
                raise ValueError(f"{self.id}: {words!r} gives the value {said[0]!r} of {fragment.id!r} away")

    def to_form(self) -> TextForm:
        """Return the answer form of its problems."""
        return TextForm(noun=self.noun)

    def render_instructions(self, words: Mapping[str, str]) -> str:
        """Write the record, what every text holds, and the points on which the user has a wish; no value is in it."""
        points = [fill(point, words) for point in self.points]
        return "\n\n".join(
            [
                f"Write the {self.noun} that the user asks for, from these facts:",
                fill(self.record, words).strip(),
                f"{fill(self.rule, words)} It has at most {self.limit} words. {self._introduce(len(points))}: "
                f"{'; '.join(map(_with_article, points))}.",
            ]
        )

    @property
    def points(self) -> tuple[str, ...]:
        """What the instructions call each necessary fragment: its first alias that shares no word with its texts.

        Who only looks for the point's words among the facts would find out what is missing without having understood
        any. A fragment whose aliases all share a word goes by the first that is free.
        """
        chosen: list[str] = []
        for fragment in self.fragments:
            if fragment.necessary:
                said = stems_in("\n".join(text.replace("{value}", "") for text in fragment.texts))
                free = [alias for alias in fragment.aliases if alias not in chosen] or [fragment.aliases[0]]
                chosen.append(next((alias for alias in free if not stems_in(alias) & said), free[0]))
        return tuple(chosen)

    def _introduce(self, points: int) -> str:
        if points == 1:
            return f"The user has a wish about one point, which the {self.noun} has to follow"
        return f"The user has wishes about {points} points, all of which the {self.noun} has to follow"

    def to_plan(self, words: Mapping[str, str]) -> Plan:
        """Return what its texts have to be and can be made from, with these words in its slots."""
        needed = [fragment for fragment in self.fragments if fragment.constraint is not None]
        # a clause's value comes later, so its slot stays
        kept = {**words, **{fragment.id: f"{{{fragment.id}}}" for fragment in needed}}
        return Plan(
            constraints={fragment.id: fill_constraint(fragment, words) for fragment in needed},
            names=tuple(fill(name, words) for name in self.names),
            limit=self.limit,
            written={
                fragment.id: {value: fill(said, words) for value, said in fragment.to_written().items()}
                for fragment in needed
            },
            clauses=tuple(
                clause.model_copy(update={"text": fill(clause.text, kept), "key": fill(clause.key, words)})
                for clause in self.clauses
            ),
            fillers=tuple(fill(filler, words) for filler in self.fillers),
        )


def _common_aliases(constraint: Any) -> tuple[str, ...]:
    """Return the aliases of a raw constraint's kind."""
    if not isinstance(constraint, dict):
        return ()
    table = cast(dict[str, Any], constraint)
    place = table.get("place")
    return ALIASES.get(f"{table.get('kind')}/{place}" if place else str(table.get("kind")), ())


def fill_constraint(fragment: WritingFragment, words: Mapping[str, str]) -> Constraint:
    """Put words into the slots of a constraint's phrases."""
    constraint = fragment.constraint
    if constraint is None:
        raise ValueError(f"fragment {fragment.id!r} is inert; expected one with a constraint")
    fields: dict[str, Any] = constraint.model_dump(mode="json")
    return _CONSTRAINT.validate_python(_fill_all(fields, words)) if "{" in str(constraint) else constraint


def _fill_all(part: Any, words: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return fill(part, words)
    if isinstance(part, dict):
        table = cast(dict[str, Any], part)
        return {fill(key, words): _fill_all(value, words) for key, value in table.items()}
    return [_fill_all(each, words) for each in cast(list[Any], part)] if isinstance(part, list) else part


def _says(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE) is not None


def _with_article(point: str) -> str:
    return point if point.split()[0] in _CLAUSE_WORDS else f"the {point}"
