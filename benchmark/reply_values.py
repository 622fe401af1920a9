"""Checks the quantities of a reply: each has to be one that the plan tells, or one that was said before of what it is
said of now."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from askfirst.benchmark.given_away import is_target
from askfirst.benchmark.reply_facts import Fact, speaks_of
from askfirst.benchmark.reply_scene import Fault, FaultKind, Scene
from askfirst.benchmark.reply_text import Clause, Quantity, read_clauses, read_quantities
from askfirst.benchmark.units import unit_of

MOST_NUMBERS = 12
"""Numbers of a problem that are tried in sums and products."""


def find_value_faults(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield the faults of a reply's quantities."""
    clauses = read_clauses(text)
    for clause in clauses:
        for quantity in clause.quantities:
            if (kind := judge_quantity(quantity, clause, scene)) is not None:
                yield Fault(kind, f"{spell(quantity)} in {clause.text[:60]!r}")
    yield from _swapped(clauses, scene)
    yield from _wrong_units(clauses, scene)


def judge_quantity(quantity: Quantity, clause: Clause, scene: Scene) -> FaultKind | None:
    """Return what is wrong with one quantity, None where nothing is."""
    if quantity.weak or any(own.meets(quantity) for own in plan_quantities(scene)):
        return None
    if any(own.meets(quantity) for own in read_quantities(scene.problem.goal)):
        return None
    if any(own.meets(quantity) for fact in scene.hidden for own in fact.quantities):
        return "leaked"
    for fact in scene.known_facts:
        if any(own.meets(quantity) for own in fact.quantities) and speaks_of(clause, fact, scene.facts):
            return None
    return explain(quantity, scene)


def plan_quantities(scene: Scene) -> tuple[Quantity, ...]:
    """Return the quantities of the plan's own words."""
    return tuple(own for act in scene.plan.acts for own in read_quantities(act.text))


def explain(quantity: Quantity, scene: Scene) -> FaultKind:
    """Say where a quantity that the plan does not hold comes from."""
    if quantity.kind == "number" and is_target(quantity.values[0], scene.problem):
        return "given_away"
    if any(own.meets(quantity) for own in read_quantities(scene.message[:6000])):
        return "echo"
    if quantity.kind == "number":
        hidden = [own.values[0] for fact in scene.hidden for own in fact.quantities if own.kind == "number"]
        told = [
            own.values[0]
            for fact in (*scene.facts, *scene.known_facts)
            for own in fact.quantities
            if own.kind == "number"
        ]
        if is_result(quantity.values[0], told, told):
            return "given_away"
        if is_result(quantity.values[0], hidden, [*told, *hidden]):
            return "leaked"
    return "invented"


def is_result(value: Fraction, left: Sequence[Fraction], right: Sequence[Fraction]) -> bool:
    """Say whether a value is the sum, difference, product or quotient of two of the numbers."""
    for one, other in product(left[:MOST_NUMBERS], right[:MOST_NUMBERS]):
        if one is other or 1 in (one, other) or 0 in (one, other):
            continue
        if value in (one + other, one - other, other - one, one * other, one / other, other / one):
            return True
    return False


def _swapped(clauses: Sequence[Clause], scene: Scene) -> Iterator[Fault]:
    """Yield where the value of one fact is told of another."""
    holders = [fact for fact in scene.facts if fact.quantities]
    for clause in clauses:
        strong = [one for one in clause.quantities if not one.weak]
        if len(strong) != 1:
            continue
        own = [fact for fact in holders if any(each.meets(strong[0]) for each in fact.quantities)]
        if not own or len(own) == len(holders):
            continue
        best = max(speaks_of(clause, fact, holders) for fact in own)
        other = max(speaks_of(clause, fact, holders) for fact in holders if fact not in own)
        if other > best:
            yield Fault("contradicted", f"{spell(strong[0])} is told of something else: {clause.text[:60]!r}")


def _wrong_units(clauses: Sequence[Clause], scene: Scene) -> Iterator[Fault]:
    """Yield where a value has another unit of measure."""
    for fact in scene.facts:
        for own, said in _pairs(fact, clauses):
            unit, other = unit_of(own.unit), unit_of(said.unit)
            if unit and other and unit != other:
                yield Fault("contradicted", f"{spell(said)} for {spell(own)}")


def _pairs(fact: Fact, clauses: Sequence[Clause]) -> Iterator[tuple[Quantity, Quantity]]:
    for own in fact.quantities:
        for clause in clauses:
            yield from ((own, said) for said in clause.quantities if own.kind == "number" and own.meets(said))


def spell(quantity: Quantity) -> str:
    """Write a quantity for people."""
    if quantity.kind == "date":
        year, month, day = (int(part) for part in quantity.values)
        return f"{year:04d}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"
    if quantity.kind == "clock":
        return "{}:{:02d}".format(*divmod(int(quantity.values[0]), 60))
    return f"{float(quantity.values[0]):g} {quantity.unit}".strip()
