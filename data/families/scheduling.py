"""The scheduling family: which slot, room or route of a table meets everything that the user needs?

The table is shown whatever is withheld; every combination of values has exactly one answer, because the user's order
of preference is strict and a fixed way out remains when nothing fits.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.information import Completions
from askfirst.benchmark.problem import Certificate, ChoiceForm, Problem, Split, Value
from askfirst.benchmark.seeding import stream
from askfirst.data.families.answer_grid import Answers, tabulate
from askfirst.data.families.booking_draw import Table, draw_table, draw_values, to_catalogue
from askfirst.data.families.booking_template import BookingTemplate
from askfirst.data.families.catalogue import parse_catalogue
from askfirst.data.families.certify import certify
from askfirst.data.families.family import Family
from askfirst.data.families.fragments import draw_fragments
from askfirst.data.families.template import FragmentTemplate, Template, draw_goal, draw_slots, fill, load_templates

NAME = "scheduling"
VERSION = 1
TEMPLATES = Path(__file__).parent / "templates" / NAME


def load(path: Path | None = None) -> tuple[BookingTemplate, ...]:
    """Load the public templates, or those of a private file or folder.

    Raises:
        DataError: If the path is missing or empty, or a template is not of the form.
    """
    return load_templates(path or TEMPLATES, BookingTemplate)


def make(template: Template, seed: int, split: Split, fixed: Mapping[str, Value] | None = None) -> Problem:
    """Draw, solve, certify and admit the problem of a template and a seed.

    Args:
        template: A table of candidates and its facts.
        seed: With the template it decides everything.
        split: The template's split, written into the problem.
        fixed: Values that replace those of the seed's own problem, by fragment id; all others and the table stay.

    Raises:
        DataError: If the template is of another family, no table will do, or under the fixed values some necessary
            fragment can't change the answer.
    """
    if not isinstance(template, BookingTemplate):
        raise DataError(f"{NAME}: template {template.id!r} has no table; expected a BookingTemplate; load it with load")
    name = f"{NAME}/{template.id}/{seed}"
    table = draw_table(template, seed, name)
    values = draw_values(template, table, seed)
    if fixed:
        values = _replace(template, values, fixed, name)
    rows = _spell_rows(template, table)
    labels = [template.label.format_map(row) for row in rows]
    catalogue = to_catalogue(template, table, labels)

    def certificate(fragment: FragmentTemplate) -> Certificate:
        return certify(fragment, values, catalogue.choose, name)

    words = draw_slots(template, seed)
    intro = fill(stream(template.id, seed, "intro").choice(template.intros), words)
    lines = [template.line.format_map({**row, "label": label}) for row, label in zip(rows, labels, strict=True)]
    return Problem(
        id=name,
        family=NAME,
        template=template.id,
        theme=template.theme,
        level=template.level,
        split=split,
        instructions="\n".join([intro, *(f"- {line}" for line in lines)]),
        goal=draw_goal(template, seed, words),
        fragments=draw_fragments(template, seed, words, values, template.facts, certificate),
        form=ChoiceForm(options=catalogue.options),
        target=catalogue.choose(values),
        solution=catalogue.to_json(),
    )


def solve(problem: Problem, values: Mapping[str, Value]) -> str:
    """Return the answer under the values of (at least) the necessary fragments."""
    return parse_catalogue(problem.solution).choose(values)


def information(problem: Problem, known: frozenset[str]) -> Completions:
    """List every completion of the unknown necessary fragments, uniform over their joint domain."""
    fragments = {fact: problem.fragment(fact) for fact in parse_catalogue(problem.solution).facts}
    codes = _answers(problem.solution, tuple(fragment.domain for fragment in fragments.values()))
    places = tuple(
        fragment.domain.index(fragment.value) if fact in known else slice(None) for fact, fragment in fragments.items()
    )
    answers = np.asarray(codes[places], dtype=np.int64)
    unknown = [fact for fact in fragments if fact not in known]
    columns = np.indices(answers.shape).reshape(len(unknown), answers.size)
    return Completions(columns=dict(zip(unknown, columns, strict=True)), answers=answers.reshape(-1), exact=True)


@lru_cache(maxsize=64)
def _answers(solution: str, domains: tuple[tuple[Value, ...], ...]) -> Answers:
    """Return the answers to the whole joint domain; remembered, since every question of a dialogue asks for them."""
    catalogue = parse_catalogue(solution)
    return tabulate(catalogue, dict(zip(catalogue.facts, domains, strict=True)))


def _spell_rows(template: BookingTemplate, table: Table) -> list[dict[str, str]]:
    columns = {
        column.id: [column.spell(cell) for cell in table.cells(template, column.id)] for column in template.columns
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _replace(
    template: BookingTemplate, values: Mapping[str, Value], fixed: Mapping[str, Value], name: str
) -> dict[str, Value]:
    domains = template.values_by_fact
    for fact, value in fixed.items():
        if value not in domains.get(fact, ()):
            raise DataError(
                f"{name}: {fact!r} fixed at {value!r}; expected a fragment and one of its values, "
                f"{domains.get(fact, sorted(domains))!r}; mend it"
            )
    return {**values, **fixed}


FAMILY = Family(name=NAME, version=VERSION, load=load, make=make, solve=solve, information=information)
