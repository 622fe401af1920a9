"""Templates of the sql family: tables, and a query with slots for what the necessary fragments say.

A slot `{value:status}` takes the value of fragment `status` as an SQL literal; `{sql:status}` takes the piece of SQL
that the fragment's table `sql` lists for the value. A fragment is necessary exactly when the query has a slot for it.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from itertools import chain
from typing import Any, cast

from pydantic import Field, model_validator

from askfirst.benchmark.problem import Frozen, QueryForm, Value
from askfirst.data.families.action_template import speak
from askfirst.data.families.database import Column, Table, check_references
from askfirst.data.families.database_text import to_literal, write_schema
from askfirst.data.families.template import FragmentTemplate, Template, spell
from askfirst.data.query_runner import QueryLimits
from askfirst.data.query_worker import Meter, QueryFaultError, open_database, read_rows

_SLOT = re.compile(r"\{(value|sql):([a-z][a-z0-9_]*)\}")


class ReferenceQuery(Frozen):
    """A query with slots, which the values of the necessary fragments fill."""

    text: str
    pieces: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """By fragment id and str(value), the SQL that stands for the value."""

    @property
    def slots(self) -> frozenset[str]:
        """Ids of the fragments that the query needs."""
        return frozenset(name for _, name in _SLOT.findall(self.text))

    def fill(self, values: Mapping[str, Value]) -> str:
        """Write the query under values of its fragments.

        Raises:
            KeyError: If a fragment has no value, or a value no SQL.
        """

        def replace(slot: re.Match[str]) -> str:
            value = values[slot[2]]
            return to_literal(value) if slot[1] == "value" else self.pieces[slot[2]][_key(value)]

        return _SLOT.sub(replace, self.text)


def _key(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class SqlFragment(FragmentTemplate):
    """A fragment that fills a slot of the query, or an inert one. Dates and lists are spoken as prose."""

    sql: Mapping[str, str] = Field(default_factory=dict)
    """The SQL that stands for each value, by str(value), where that is more than the value itself."""

    @model_validator(mode="after")
    def _check_sql(self) -> "SqlFragment":
        keys = [_key(value) for value in self.values]
        if self.sql and sorted(self.sql) != sorted(keys):
            raise ValueError(f"fragment {self.id!r}: sql for {sorted(self.sql)!r}; expected one for each of {keys!r}")
        if len(set(self.sql.values())) < len(self.sql):
            raise ValueError(f"fragment {self.id!r}: two values have the same sql")
        for text in self.texts:
            if text.count("{value}") != 1:
                raise ValueError(f"fragment {self.id!r}: text {text!r} must hold {{value}} once")
        return self


class SqlTemplate(Template):
    """A request for one query."""

    tables: tuple[Table, ...] = Field(min_length=1)
    query: str
    """The solver: one SELECT with a slot for each necessary fragment."""
    ordered: bool = False
    """Whether the request says how the rows are ordered; then the query's order is a total one."""
    fragments: tuple[SqlFragment, ...]  # pyright: ignore[reportIncompatibleVariableOverride] # frozen

    @model_validator(mode="before")
    @classmethod
    def _derive(cls, data: Any) -> Any:
        """Say which fragments are necessary, and how dates and lists are spoken."""
        if not isinstance(data, dict):
            return data
        template = cast(dict[str, Any], data)
        slots = {name for _, name in _SLOT.findall(str(template.get("query", "")))}
        fragments = template.get("fragments", [])
        if not isinstance(fragments, list):
            return template
        derived = [_derive_fragment(each, slots) for each in cast(list[Any], fragments)]
        return {**template, "fragments": derived}

    @model_validator(mode="after")
    def _check_query(self) -> "SqlTemplate":
        check_references(self.database)
        fragments = {fragment.id: fragment for fragment in self.fragments}
        if unknown := self.reference.slots - set(fragments):
            raise ValueError(f"query: slots {sorted(unknown)!r} name no fragment; expected {sorted(fragments)!r}")
        for kind, name in _SLOT.findall(self.query):
            if (kind == "sql") != bool(fragments[name].sql):
                raise ValueError(f"query: slot {{{kind}:{name}}}; expected {{sql:{name}}} where the fragment has sql")
        for fragment in self.fragments:
            self._check_leaks(fragment)
        self._try_query()
        return self

    def _check_leaks(self, fragment: SqlFragment) -> None:
        for value in fragment.values:
            if isinstance(value, bool):
                continue  # the words of a yes or no say nothing without the rest of their sentence
            said = re.compile(rf"(?<!\w){re.escape(spell(fragment, value))}(?!\w)", re.IGNORECASE)
            for words in (*self.goals, fragment.question, *fragment.aliases):
                if said.search(words):
                    raise ValueError(f"{words!r} gives the value {value!r} of fragment {fragment.id!r} away")

    def _try_query(self) -> None:
        limits = QueryLimits().to_worker()
        try:
            connection = open_database(write_schema(self.database))
        except sqlite3.Error as error:
            raise ValueError(f"tables: {error}") from error
        with closing(connection):
            for values in self._each_value_once():
                query = self.reference.fill(values)
                try:
                    read_rows(connection, query, limits, Meter(limits, trusted=True))
                except QueryFaultError as fault:
                    raise ValueError(f"query: {fault.note}, in {query!r}") from fault

    def _each_value_once(self) -> Iterator[dict[str, Value]]:
        necessary = [fragment for fragment in self.fragments if fragment.necessary]
        first: dict[str, Value] = {fragment.id: fragment.values[0] for fragment in necessary}
        return chain([first], ({**first, each.id: value} for each in necessary for value in each.values[1:]))

    @cached_property
    def database(self) -> tuple[Table, ...]:
        """The tables, with the values in place of the fragments that columns name as their `edges`."""
        domains = {fragment.id: fragment.values for fragment in self.fragments}
        return tuple(
            table.model_copy(update={"columns": tuple(_fill_edges(column, domains) for column in table.columns)})
            for table in self.tables
        )

    @property
    def reference(self) -> ReferenceQuery:
        """The query and its pieces."""
        pieces = {fragment.id: fragment.sql for fragment in self.fragments if fragment.sql}
        return ReferenceQuery(text=self.query.strip(), pieces=pieces)

    def to_form(self) -> QueryForm:
        """Return the answer form of its problems."""
        return QueryForm(ordered=self.ordered)


def _fill_edges(column: Column, domains: Mapping[str, tuple[Value, ...]]) -> Column:
    if not isinstance(column.edges, str):
        return column
    if column.edges not in domains:
        raise ValueError(
            f"column {column.name!r}: edges {column.edges!r} name no fragment; expected {sorted(domains)!r}"
        )
    return Column.model_validate({**column.model_dump(), "edges": domains[column.edges]})


def _derive_fragment(fragment: Any, slots: set[str]) -> Any:
    if not isinstance(fragment, dict):
        return fragment
    table = cast(dict[str, Any], fragment)
    values: Any = table.get("values", ())
    prose: dict[str, str] = {}
    for value in cast(list[Any], values) if isinstance(values, list) else []:
        one: Any = tuple(cast(list[Any], value)) if isinstance(value, list) else value
        if words := speak(one, table.get("kind") == "money"):
            prose[str(one)] = words
    spoken = table.get("spoken", {})
    words = {**prose, **cast(dict[str, str], spoken)} if isinstance(spoken, dict) else spoken
    return {"necessary": table.get("id") in slots, **table, "spoken": words}
