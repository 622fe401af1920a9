"""Templates of the logic family: facts about somebody or something, and invented rules that chain to a conclusion.

A template states each rule once, formally; `logic_wording.py` writes it in English. Which facts are necessary depends
on the values that are drawn: `LogicTemplate.answers` lists the values that make a problem with proof.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, cast

import numpy as np
from pydantic import Field, ValidationInfo, field_validator, model_validator

from askfirst.benchmark.problem import Frozen
from askfirst.data.families.answer_table import AnswerTable
from askfirst.data.families.decision_table import DecisionTable, Rule, find_necessary, find_proved
from askfirst.data.families.logic_fact import LogicFact, LogicWhen, compile_when, wrap_when
from askfirst.data.families.rule_base import Definition, RuleBase, count_steps, order_definitions, tabulate_rules
from askfirst.data.families.template import PEOPLE, Template, check_slots

NECESSARY_BY_LEVEL = {1: (1, 2), 2: (2, 3), 3: (3, 4), 4: (4, 6)}
"""Fewest and most necessary facts of a level's problems."""

STEPS_BY_LEVEL = {1: 1, 2: 2, 3: 3, 4: 4}
"""Rules that the longest chain from a necessary fact to the answer has at least, on the fact's shortest way."""

MOST_COMBINATIONS = 50_000
"""Largest joint domain of the facts that rules read: everything is exact by enumeration, which must stay quick."""

FEWEST_OPTIONS, MOST_OPTIONS = 3, 8

LEAST_UNREAD = 2
"""Facts that no rule reads."""

_NOUN = r"^an? [a-z][a-z' -]*$"
"""With its article: "an early guest"."""


class LogicDefinition(Frozen):
    """A class that rules define ("an early guest"); who fits none of its ways is outside."""

    name: str = Field(pattern=_NOUN)
    """With its article; the id by which rules read it is the rest with underscores (`early_guest`)."""
    when: tuple[LogicWhen, ...] = Field(min_length=1)
    """Ways to belong to it; in TOML a single one may stand without brackets."""

    @field_validator("when", mode="before")
    @classmethod
    def _wrap(cls, when: object) -> object:
        if isinstance(when, Mapping):
            return (wrap_when(cast(object, when)),)
        return [wrap_when(way) for way in cast(list[object], when)] if isinstance(when, list | tuple) else when

    @property
    def id(self) -> str:
        """The name by which rules read it."""
        return re.sub(r"[ -]+", "_", self.name.split(" ", 1)[1].replace("'", ""))


class LogicOutcome(Frozen):
    """A line of the list that decides: whoever fits gets this answer, unless an earlier line fits."""

    when: LogicWhen
    answer: str = Field(min_length=1)

    @field_validator("when", mode="before")
    @classmethod
    def _wrap(cls, when: object) -> object:
        return wrap_when(when)


class LogicTemplate(Template):
    """Rules that decide about one sort of person or thing, and facts about one of them."""

    fragments: tuple[LogicFact, ...]  # pyright: ignore[reportIncompatibleVariableOverride] # frozen
    subject: str = Field(pattern=_NOUN)
    """Whom rules are about, with its article: "a visitor", "an old boat"."""
    relative: Literal["who", "that"] = "who"
    style: Literal["counts", "means", "glossary"] = "counts"
    """How definitions are worded."""
    openings: tuple[str, ...] = Field(min_length=1)
    """Wordings of the head of the rules."""
    orders: tuple[str, ...] = Field(min_length=1)
    """Wordings of the head of the list that decides, which say that the first line that fits does."""
    verdict: str
    """How a line of that list ends: "uses the {answer}"."""
    otherwise: str = Field(min_length=1)
    """The answer when no line fits."""
    definitions: tuple[LogicDefinition, ...] = ()
    outcomes: tuple[LogicOutcome, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _mark_read(cls, data: Any) -> Any:
        """Derive what a fragment template must state: a fact can be necessary where a rule reads it."""
        if not isinstance(data, dict):
            return data
        table = cast(dict[str, Any], data)
        raw = table.get("fragments")
        if not isinstance(raw, list):
            return table
        read = set(_names_read([table.get("definitions"), table.get("outcomes")]))
        facts = [_mark(fact, read) for fact in cast(list[Any], raw)]
        return {**table, "fragments": facts}

    @field_validator("verdict")
    @classmethod
    def _check_verdict(cls, verdict: str) -> str:
        if verdict.count("{answer}") != 1:
            raise ValueError(f"{verdict!r}; expected {{answer}} once")
        return verdict

    @field_validator("definitions")
    @classmethod
    def _check_definitions(
        cls, definitions: tuple[LogicDefinition, ...], info: ValidationInfo
    ) -> tuple[LogicDefinition, ...]:
        if "fragments" not in info.data:
            return definitions  # that field is at fault, and that is what the message has to say
        facts = _by_id(cast(tuple[LogicFact, ...], info.data["fragments"]))
        ids = [definition.id for definition in definitions]
        if len(set(ids)) != len(ids) or set(ids) & set(facts):
            raise ValueError(f"names {ids!r}; expected each once, and no fact's id; rename one")
        order_definitions(_compile_definitions(definitions, facts))
        return definitions

    @field_validator("outcomes")
    @classmethod
    def _check_outcomes(cls, outcomes: tuple[LogicOutcome, ...], info: ValidationInfo) -> tuple[LogicOutcome, ...]:
        if not {"fragments", "otherwise", "definitions"} <= set(info.data):
            return outcomes
        facts = _by_id(cast(tuple[LogicFact, ...], info.data["fragments"]))
        definitions = cast(tuple[LogicDefinition, ...], info.data["definitions"])
        base = _compile(definitions, outcomes, cast(str, info.data["otherwise"]), facts)
        _check_base(base, facts)
        return outcomes

    @model_validator(mode="after")
    def _check_words(self) -> "LogicTemplate":
        slots = {*PEOPLE, *self.slots}
        for text in (*self.openings, *self.orders):
            check_slots(text, slots)
        check_slots(self.verdict, slots | {"answer"})
        for fact in self.fragments:
            check_slots(fact.holds, slots | {"value"})
            check_slots(fact.lacks, slots | {"value"})
        return self

    def _check_counts(self) -> None:
        """Leave counts to admission: the values decide how many facts are necessary."""

    @cached_property
    def facts(self) -> Mapping[str, LogicFact]:
        """The facts by id."""
        return _by_id(self.fragments)

    @cached_property
    def base(self) -> RuleBase:
        """The rules as they are solved."""
        return _compile(self.definitions, self.outcomes, self.otherwise, self.facts)

    @cached_property
    def stored_base(self) -> str:
        """The rules as a problem stores them."""
        return self.base.model_dump_json()

    @cached_property
    def answers(self) -> AnswerTable:
        """The answer of every combination of values, and which combinations make a problem.

        The necessary facts suffice, are as many as the level asks for and at most half of all, and one of them is as
        many steps from the answer as the level asks for.
        """
        domains = {name: self.facts[name].values for name in self.base.facts}
        codes = tabulate_rules(self.base, domains)
        fewest, most = NECESSARY_BY_LEVEL[self.level]
        proved = find_proved(codes, fewest, min(most, len(self.fragments) // 2))
        steps = count_steps(self.base)
        far = [axis for axis, name in enumerate(domains) if steps.get(name, 0) >= STEPS_BY_LEVEL[self.level]]
        chained = np.asarray(find_necessary(codes)[far].any(axis=0))
        return AnswerTable(domains, self.base.table.causes, codes, proved & chained)


def _by_id(facts: Sequence[LogicFact]) -> dict[str, LogicFact]:
    return {fact.id: fact for fact in facts}


def _mark(fact: Any, read: set[str]) -> Any:
    if not isinstance(fact, dict):
        return fact
    table = cast(dict[str, Any], fact)
    name = table.get("id")
    return {"necessary": isinstance(name, str) and name in read, **table}


def _names_read(rules: Any) -> list[str]:
    """Return the keys of every `when`, however deep, of tables that nothing has checked yet."""
    if isinstance(rules, list):
        return [name for rule in cast(list[Any], rules) for name in _names_read(rule)]
    if not isinstance(rules, dict):
        return []
    when: Any = cast(dict[str, Any], rules).get("when", rules)
    return _names_read(when) if isinstance(when, list) else list(cast(dict[str, Any], when))


def _compile_definitions(
    definitions: Sequence[LogicDefinition], facts: Mapping[str, LogicFact]
) -> tuple[Definition, ...]:
    defined = {definition.id for definition in definitions}
    return tuple(
        Definition(
            id=definition.id,
            ways=tuple(compile_when(way, facts, defined, definition.id) for way in definition.when),
        )
        for definition in definitions
    )


def _compile(
    definitions: Sequence[LogicDefinition],
    outcomes: Sequence[LogicOutcome],
    otherwise: str,
    facts: Mapping[str, LogicFact],
) -> RuleBase:
    defined = {definition.id for definition in definitions}
    rules = tuple(
        Rule(when=compile_when(outcome.when, facts, defined, f"line {number}"), cause=outcome.answer)
        for number, outcome in enumerate(outcomes, start=1)
    )
    return RuleBase(
        definitions=order_definitions(_compile_definitions(definitions, facts)),
        table=DecisionTable(rules=rules, otherwise=otherwise),
    )


def _check_base(base: RuleBase, facts: Mapping[str, LogicFact]) -> None:
    options, steps = base.table.causes, count_steps(base)
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise ValueError(f"options {options!r}; expected {FEWEST_OPTIONS} to {MOST_OPTIONS}")
    if idle := [definition.id for definition in base.definitions if definition.id not in steps]:
        raise ValueError(f"the answer never rests on {idle!r}; expected each definition to lead to it")
    if (size := math.prod(len(facts[name].values) for name in base.facts)) > MOST_COMBINATIONS:
        raise ValueError(f"the facts that rules read combine in {size} ways; expected {MOST_COMBINATIONS} at most")
    if (unread := len(facts) - len(base.facts)) < LEAST_UNREAD:
        raise ValueError(f"facts that no rule reads: {unread}; expected at least {LEAST_UNREAD}; add facts")
    codes = tabulate_rules(base, {name: facts[name].values for name in base.facts})
    reached = set(map(int, np.unique(codes)))
    if never := [option for code, option in enumerate(options) if code not in reached]:
        raise ValueError(f"no values lead to {never!r}; expected each answer within reach")
