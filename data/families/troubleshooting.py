"""The troubleshooting family: which cause does the service manual of an invented device name?

The manual is shown whatever is withheld, so that a careful reader can tell which missing fact matters. Values are
drawn from the combinations that make a problem with proof, each cause equally likely: no cause is a good guess.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.information import Completions
from askfirst.benchmark.problem import Certificate, ChoiceForm, Problem, Split, Value
from askfirst.benchmark.seeding import stream
from askfirst.data.families.certify import certify
from askfirst.data.families.decision_table import parse_table, tabulate
from askfirst.data.families.device_template import NECESSARY_BY_LEVEL, DeviceTemplate
from askfirst.data.families.family import Family
from askfirst.data.families.fragments import draw_fragments
from askfirst.data.families.template import (
    FragmentTemplate,
    Template,
    draw_goal,
    draw_slots,
    fill,
    load_templates,
)

NAME = "troubleshooting"
VERSION = 1
TEMPLATES = Path(__file__).parent / "templates" / NAME


def load(path: Path | None = None) -> tuple[DeviceTemplate, ...]:
    """Load the public devices, or those of a private file or folder.

    Raises:
        DataError: If the path is missing or empty, or a template is not of the form.
    """
    return load_templates(path or TEMPLATES, DeviceTemplate)


def make(template: Template, seed: int, split: Split, fixed: Mapping[str, Value] | None = None) -> Problem:
    """Draw, solve, certify and admit the problem of a device and a seed.

    Args:
        template: A device.
        seed: With the template it decides everything.
        split: The template's split, written into the problem.
        fixed: Values that replace those of the seed's own problem, by fragment id; all others stay.

    Raises:
        DataError: If the template is no device, no values make a problem, or the fixed ones don't.
    """
    if not isinstance(template, DeviceTemplate):
        raise DataError(f"{NAME}: template {template.id!r} is no device; expected a DeviceTemplate; load it with load")
    name = f"{NAME}/{template.id}/{seed}"
    values = _draw_admitted(template, seed, name)
    if fixed:
        values = _replace(template, values, fixed, name)
    necessary = _necessary(template, values)
    words = draw_slots(template, seed)

    def certificate(fragment: FragmentTemplate) -> Certificate:
        return certify(fragment, values, template.table.cause, name)

    opening = fill(stream(template.id, seed, "manual").choice(template.manuals), words)
    return Problem(
        id=name,
        family=NAME,
        template=template.id,
        theme=template.theme,
        level=template.level,
        split=split,
        instructions=f"{opening}\n{template.render_rules()}",
        goal=draw_goal(template, seed, words),
        fragments=draw_fragments(template, seed, words, values, necessary, certificate),
        form=ChoiceForm(options=template.table.causes),
        target=template.table.cause(values),
        solution=template.table.to_json(),
    )


def solve(problem: Problem, values: Mapping[str, Value]) -> str:
    """Return the cause under these values; facts without one keep the problem's own."""
    own = {fragment.id: fragment.value for fragment in problem.fragments}
    return parse_table(problem.solution).cause({**own, **values})


def information(problem: Problem, known: frozenset[str]) -> Completions:
    """List every completion of the unknown facts that the manual reads, uniform over their joint domain.

    Facts that the manual never reads have no column: they can't change the answer under any values.
    """
    table = parse_table(problem.solution)
    fragments = {fact: problem.fragment(fact) for fact in table.facts}
    codes = tabulate(table, {fact: fragment.domain for fact, fragment in fragments.items()})
    places = tuple(
        fragment.domain.index(fragment.value) if fact in known else slice(None) for fact, fragment in fragments.items()
    )
    answers = np.asarray(codes[places])
    unknown = [fact for fact in fragments if fact not in known]
    columns = np.indices(answers.shape).reshape(len(unknown), answers.size)
    return Completions(columns=dict(zip(unknown, columns, strict=True)), answers=answers.reshape(-1), exact=True)


def _draw_admitted(template: DeviceTemplate, seed: int, name: str) -> dict[str, Value]:
    if not template.admitted_by_cause:
        fewest, most = NECESSARY_BY_LEVEL[template.level]
        raise DataError(
            f"{name}: no combination of values has {fewest} to {most} necessary facts that suffice and as many inert "
            f"ones; expected some at level {template.level}; change the rules or add facts"
        )
    draws = stream(template.id, seed, "values")
    place = draws.choice(draws.choice(template.admitted_by_cause))
    indices = dict(zip(template.table.facts, np.unravel_index(place, template.codes.shape), strict=True))
    return {
        fact.id: fact.values[int(indices[fact.id])]
        if fact.id in indices
        else stream(template.id, seed, "value", fact.id).choice(fact.values)
        for fact in template.fragments
    }


def _replace(
    template: DeviceTemplate, values: Mapping[str, Value], fixed: Mapping[str, Value], name: str
) -> dict[str, Value]:
    domains = {fact.id: fact.values for fact in template.fragments}
    for fact, value in fixed.items():
        if value not in domains.get(fact, ()):
            raise DataError(
                f"{name}: {fact!r} fixed at {value!r}; expected a fragment and one of its values, "
                f"{domains.get(fact, sorted(domains))!r}; mend it"
            )
    replaced = {**values, **fixed}
    if not template.admitted[_place(template, replaced)]:
        raise DataError(
            f"{name}: the fixed values {dict(fixed)!r} make no problem of level {template.level}; "
            "expected values whose necessary facts suffice; fix others"
        )
    return replaced


def _necessary(template: DeviceTemplate, values: Mapping[str, Value]) -> frozenset[str]:
    here = template.necessary_facts[(slice(None), *_place(template, values))]
    return frozenset(fact for fact, needed in zip(template.table.facts, here, strict=True) if needed)


def _place(template: DeviceTemplate, values: Mapping[str, Value]) -> tuple[int, ...]:
    domains = {fact.id: fact.values for fact in template.fragments}
    return tuple(domains[fact].index(values[fact]) for fact in template.table.facts)


FAMILY = Family(name=NAME, version=VERSION, load=load, make=make, solve=solve, information=information)
