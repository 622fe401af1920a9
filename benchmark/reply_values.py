"""Checks the quantities of a reply: each is one that the plan tells, or was said before of what it is said of now."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from askfirst.benchmark.given_away import is_target
from askfirst.benchmark.reply_facts import Fact, speaks_of
from askfirst.benchmark.reply_scene import Fault, FaultKind, Scene
from askfirst.benchmark.reply_text import Clause, Quantity, read_clauses, read_quantities
from askfirst.benchmark.units import unit_of
from askfirst.benchmark.words import stem

MOST_NUMBERS = 12
"""Numbers of a problem that are tried in sums and products."""


def find_value_faults(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield the faults of a reply's quantities."""
    clauses = read_clauses(text)
    for clause in clauses:
        for quantity in clause.quantities:
            if (kind := judge_quantity(quantity, clause, text, scene)) is not None:
                yield Fault(kind, f"{spell(quantity)} in {clause.text[:60]!r}")
    yield from _swapped(clauses, scene)
    yield from _wrong_units(clauses, scene)


def judge_quantity(quantity: Quantity, clause: Clause, text: str, scene: Scene) -> FaultKind | None:
    """Return what is wrong with one quantity, None where nothing is."""
    if quantity.weak or any(own.meets(quantity) for own in plan_quantities(scene)):
        return None
    if any(own.meets(quantity) for own in read_quantities(scene.problem.goal)):
        return None
    hidden = [fact for fact in scene.hidden if any(own.meets(quantity) for own in fact.quantities)]
    if hidden and (
        any(speaks_of(clause, fact, scene.facts) for fact in hidden) or not _is_missing(quantity, text, scene)
    ):
        return "leaked"
    for fact in scene.known_facts:
        if any(own.meets(quantity) for own in fact.quantities) and speaks_of(clause, fact, scene.facts):
            return None
    return explain(quantity, text, scene)


def plan_quantities(scene: Scene) -> tuple[Quantity, ...]:
    """Return the quantities of the plan's own words."""
    return tuple(own for act in scene.plan.acts for own in read_quantities(act.text))


def explain(quantity: Quantity, text: str, scene: Scene) -> FaultKind:
    """Say where a quantity that the plan does not hold comes from."""
    if quantity.kind == "number" and is_target(quantity.values[0], scene.problem):
        return "given_away"
    if any(own.meets(quantity) for own in read_quantities(scene.message[:6000])):
        return "echo"
    if _is_missing(quantity, text, scene):
        return "contradicted"
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


def _is_missing(quantity: Quantity, text: str, scene: Scene) -> bool:
    """Say whether a quantity stands where one that the plan tells is missing."""
    said = read_quantities(text)
    return any(
        own.kind == quantity.kind and not any(own.meets(one) for one in said)
        for fact in scene.facts
        for own in fact.quantities
    )


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
        yield from (
            Fault("contradicted", f"{spell(one)} is told of something else: {clause.text[:60]!r}")
            for one in clause.quantities
            if _counts_other(one, holders)
        )
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


def _counts_other(quantity: Quantity, holders: Sequence[Fact]) -> bool:
    """Say whether a number counts what another fact counts, and not what its own does."""
    counted = _counted(quantity)
    own = {_counted(one) for fact in holders for one in fact.quantities if one.meets(quantity)}
    others = {_counted(one) for fact in holders for one in fact.quantities if not one.meets(quantity)}
    return bool(counted and own) and counted in others - own and "" not in own


def _counted(quantity: Quantity) -> str:
    return stem(quantity.unit.partition(" ")[0]) if quantity.unit and not quantity.weak else ""


def _wrong_units(clauses: Sequence[Clause], scene: Scene) -> Iterator[Fault]:
    """Yield where a value has another unit of measure."""
    for fact in scene.facts:
        for own in fact.quantities:
            met = [said for clause in clauses for said in clause.quantities if own.meets(said)]
            if met and own.kind == "number" and not any(_may_be_unit(said, own) for said in met):
                yield Fault("contradicted", f"{spell(met[0])} for {spell(own)}")


def _may_be_unit(said: Quantity, own: Quantity) -> bool:
    """Say whether a number has the unit that it was to have, or none that is a unit of measure."""
    unit, other = unit_of(own.unit), unit_of(said.unit)
    return unit is None or other is None or unit == other


def spell(quantity: Quantity) -> str:
    """Write a quantity for people."""
    if quantity.kind == "date":
        year, month, day = (int(part) for part in quantity.values)
        return f"{year:04d}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"
    if quantity.kind == "clock":
        return "{}:{:02d}".format(*divmod(int(quantity.values[0]), 60))
    return f"{float(quantity.values[0]):g} {quantity.unit}".strip()
