"""Seeded problem sets: equally many problems a family and a template, no two openings equal."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Problem, Split
from askfirst.benchmark.scenario import Scenario, Settings, make_scenarios, render_opening
from askfirst.benchmark.seeding import stream
from askfirst.data.families.family import Family
from askfirst.data.families.template import Template, split_of

MAX_TRIES = 50
"""Seeds tried for one problem before a template counts as unable to give another that differs."""

PROBES = 10
"""Problems looked at to see whether a template has enough to hide; in some families that depends on the values."""


def select_templates(
    family: Family, split: Split = "test", level: int | None = None, path: Path | None = None
) -> tuple[Template, ...]:
    """Return a family's templates of one split and level, in their order.

    Args:
        family: The family.
        split: Which of the public templates; private ones are all `test`, since nothing was trained on them.
        level: One level, or None for all.
        path: A private file or folder instead of the public templates.

    Raises:
        DataError: If none is left.
    """
    templates = family.load(path)
    chosen = tuple(
        template
        for template in templates
        if (path is not None or split_of(family.name, template.id) == split)
        and (level is None or template.level == level)
    )
    if not chosen:
        levels = sorted({template.level for template in templates})
        raise DataError(
            f"{family.name}: no template of split {split!r} and level {level!r}; expected a level of {levels!r}; "
            "choose another level or split"
        )
    return chosen


def problems_of(family: Family, template: Template, seed: int, split: Split) -> Iterator[Problem]:
    """Yield the problems of a template without end; different seeds share none."""
    number = seed * 1_000_000
    while True:
        yield family.make(template, number, split)
        number += 1


def draw_scenarios(
    families: Sequence[Family],
    n: int,
    settings: Settings,
    *,
    seed: int = 0,
    split: Split = "test",
    level: int | None = None,
    templates: Path | None = None,
) -> list[Scenario]:
    """Draw n problems, spread evenly over families and then templates, and put each into its arms.

    A problem that has too few necessary fragments for `settings.hide`, or an opening that was there already, gives way
    to the next seed of its template.

    Args:
        families: Where the problems come from.
        n: How many problems, at least 1; counts over families and over a family's templates differ by at most one.
        settings: Arms, condition and the rest.
        seed: Different seeds share no problem.
        split: Which public templates.
        level: One level, or None for all.
        templates: Private templates instead, of one family.

    Returns:
        The scenarios, the arms of a problem side by side.

    Raises:
        DataError: If n is below 1, or the templates can't give that many different problems.
    """
    if n < 1:
        raise DataError(f"n: {n}; expected at least 1 problem; raise n")
    sources: list[list[Iterator[Problem]]] = []
    for family in families:
        chosen = _with_enough_to_hide(family, select_templates(family, split, level, templates), settings, split)
        # shuffled, so that fewer problems than templates are still a fair sample of levels and themes
        stream("templates", family.name, seed).shuffle(chosen)
        sources.append([problems_of(family, template, seed, split) for template in chosen])
    seen: set[str] = set()
    scenarios: list[Scenario] = []
    for number in range(n):
        of_family = sources[number % len(sources)]
        source = of_family[number // len(sources) % len(of_family)]
        scenarios.extend(_next_new(source, settings, seen))
    return scenarios


def _with_enough_to_hide(
    family: Family, templates: Sequence[Template], settings: Settings, split: Split
) -> list[Template]:
    """Leave out the templates whose problems have fewer necessary fragments than are to be hidden."""
    hide = settings.hide
    if not isinstance(hide, int):
        return list(templates)
    chosen = [
        template
        for template in templates
        if any(len(problem.necessary) >= hide for problem in islice(problems_of(family, template, 0, split), PROBES))
    ]
    if not chosen:
        raise DataError(f"hide: {hide}; expected at most what {family.name} has at this level; hide fewer")
    return chosen


def _next_new(source: Iterator[Problem], settings: Settings, seen: set[str]) -> tuple[Scenario, ...]:
    """Return the scenarios of the source's next problem whose openings are all new, and remember them."""
    problem = None
    for _ in range(MAX_TRIES):
        problem = next(source)
        if isinstance(settings.hide, int) and len(problem.necessary) < settings.hide:
            continue
        scenarios = make_scenarios(problem, settings)
        openings = {render_opening(scenario) for scenario in scenarios}
        if len(openings) == len(scenarios) and not openings & seen:
            seen |= openings
            return scenarios
    where = f"{problem.family}/{problem.template}" if problem else "template"
    raise DataError(
        f"{where}: no new problem in {MAX_TRIES} tries with hide={settings.hide!r}; "
        "expected more variety; lower n or hide, or choose another level"
    )
