"""How often the gate errs, by simulation of models whose truth is known; prints tables of docs/gate_statistics.md.

Run: .venv/bin/python tests/performance/bench_gate_errors.py [runs a cell, 4000 by default]

What is judged is what `estimate_moments`, `bound` and `decide` return: the code that decides. A cell above its limit,
.05 and two standard errors, is drawn again with four times the runs, and that figure decides: of many hundred cells
with a rate of exactly .05 one in forty is above its limit by chance.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
from gate_wholes import show_wholes
from gate_worlds import (
    ALPHA,
    LOSSES,
    MARGIN,
    STILL,
    Cell,
    Chances,
    Rates,
    World,
    change,
    draw_world,
    judge,
    limit,
    name,
    run,
    say,
    table,
    three,
    typical_gain,
)
from numpy.typing import NDArray
from scipy.stats import t as student

from askfirst.reports.gate.looks import nominal_alpha
from askfirst.reports.gate.paired import bound, estimate_moments
from askfirst.reports.gate.power import chance_to_pass, smallest_detectable_drop, unchanged

PROBLEMS, EPOCHS = (30, 100, 300, 1000), (1, 3, 10)
TEMPLATES = (0, 8, 12, 40)
"""0: each problem its own."""
MEANS = (0.05, 0.2, 0.5, 0.8, 0.95, 0.98)
ALIKE = (0.5, 3.0)
"""Concentrations of problems' chances about their template's mean: below 1 most are near 0 or 1."""
REDRAW = 4
"""Times the runs of a cell that is drawn again."""


def cells() -> Iterator[Cell]:
    for problems in PROBLEMS:
        for templates in TEMPLATES:
            if templates <= problems:
                for epochs in EPOCHS:
                    for mean in MEANS:
                        for alike in ALIKE:
                            yield Cell(problems, templates, epochs, mean, alike)


class Counts(NamedTuple):
    """Of some runs: how many were wrong, passed and failed."""

    wrong: int
    passed: int
    failed: int


def count_verdicts(cell: Cell, kind: str, world: World, base: Chances, random: np.random.Generator) -> Counts:
    """Judge fresh candidates; wrong is a loss shown where there is none, or a pass at a loss of the margin."""
    candidate = run(change(world, cell, kind, MARGIN, random), cell.epochs, random)
    judged = judge(base.astype(float), candidate.astype(float), cell.codes, cell.epochs)
    wrong = judged.lost if kind in STILL else judged.passed
    return Counts(int(wrong.sum()), int(judged.passed.sum()), int(judged.failed.sum()))


def rates(cell: Cell, kinds: Sequence[str], runs: int, random: np.random.Generator) -> dict[str, list[float]]:
    """Return the shares of `Counts` by kind of change, over as many runs at a time as stay in a processor's cache."""
    counts, left = {kind: np.zeros(3) for kind in kinds}, runs
    while left:
        some = min(left, max(100, 100_000 // cell.problems))
        left -= some
        world = draw_world(cell, some, random)
        base = run(world.chances, cell.epochs, random)
        for kind in kinds:
            counts[kind] += count_verdicts(cell, kind, world, base, random)
    return {kind: (count / runs).tolist() for kind, count in counts.items()}


class Outcome(NamedTuple):
    """Error rates of one cell."""

    cell: Cell
    kind: str
    rate: float
    passed: float
    failed: float
    again: float | None
    """The rate drawn again, where the first was above the limit."""


def simulate(runs: int, random: np.random.Generator) -> list[Outcome]:
    """Return all cells' error rates."""
    outcomes: list[Outcome] = []
    for cell in cells():
        kinds = [*STILL, *(kind for kind in LOSSES if cell.templates or kind != "some templates")]
        for kind, (rate, passed, failed) in rates(cell, kinds, runs, random).items():
            again = rates(cell, [kind], REDRAW * runs, random)[kind][0] if rate > limit(runs) else None
            outcomes.append(Outcome(cell, kind, rate, passed, failed, again))
    return outcomes


def show_errors(outcomes: list[Outcome], runs: int) -> None:
    rows: list[str] = []
    for kind in (*STILL, *LOSSES):
        for templates in TEMPLATES:
            here = [one for one in outcomes if one.kind == kind and one.cell.templates == templates]
            if here:
                worst = max(here, key=lambda one: one.rate)
                above = [one for one in here if one.again is not None]
                left = [one for one in above if one.again is not None and one.again > limit(REDRAW * runs)]
                w = worst.cell
                rows.append(
                    f"{kind} | {name(templates)} | {len(here)} | {three(np.mean([o.rate for o in here]))} | "
                    f"{three(worst.rate)} (n {w.problems}, K {w.epochs}, mean {w.mean}) | {len(above)} | "
                    f"{len(left)} | {three(max(o.failed for o in here)) if kind in STILL else '-'}"
                )
    table(
        "change | templates | cells | mean rate | worst rate | above the limit | still above, drawn again | "
        "worst false FAIL",
        rows,
    )
    again = [one for one in outcomes if one.again is not None]
    table(
        "change | n | templates | K | mean | alike | first | drawn again | FAIL",
        [
            f"{o.kind} | {o.cell.problems} | {name(o.cell.templates)} | {o.cell.epochs} | {o.cell.mean} | "
            f"{o.cell.alike} | {three(o.rate)} | {three(o.again or 0)}"
            + (" (above)" if (o.again or 0) > limit(REDRAW * runs) else "")
            + f" | {three(o.failed) if o.kind in STILL else '-'}"
            for o in again
        ],
    )
    floor = [one for one in outcomes if one.cell.mean <= 0.05]
    say(
        "\nPasses where the baseline's true mean is .05, largest share of a cell's runs: "
        + "; ".join(
            f"{name(templates)} {three(max(o.passed for o in floor if o.cell.templates == templates))}"
            for templates in TEMPLATES
        )
    )


class Naive(NamedTuple):
    """A rule that others use: which runs fail (a loss is claimed), and which pass, (run,) each."""

    rule: str
    failed: NDArray[np.bool_]
    passed: NDArray[np.bool_]


def pairs(base: Chances, candidate: Chances, epochs: int, random: np.random.Generator) -> tuple[Rates, Rates]:
    """Return means over epochs, (run, problem), and the sum of squared differences over all pairs, (run,)."""
    total, squares = np.zeros(base.shape), np.zeros(len(base))
    for _ in range(epochs):
        difference = run(candidate, 1, random).astype(float) - run(base, 1, random)
        total += difference
        squares += (difference**2).sum(axis=1)
    return total / epochs, squares


def naive_rules(cell: Cell, base: Chances, candidate: Chances, random: np.random.Generator) -> list[Naive]:
    differences, squares = pairs(base, candidate, cell.epochs, random)
    mean, count = differences.mean(axis=1), cell.problems * cell.epochs
    found = bound(estimate_moments(differences, cell.codes), alpha=ALPHA, epochs=cell.epochs)

    def by_t(error: Rates, freedom: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        reach = student.isf(ALPHA, freedom) * error
        return mean + reach < 0, mean - reach > -MARGIN

    problem_error = differences.std(axis=1, ddof=1) / sqrt(cell.problems)
    pair_error = np.sqrt((squares / count - mean**2) / (count - 1))
    moments = estimate_moments(differences, cell.codes)
    return [
        Naive("drop of more than 2 points fails", mean < -0.02, mean >= -0.02),
        Naive("t, epochs as independent pairs", *by_t(pair_error, count - 1)),
        Naive("t over problems, templates ignored", *by_t(problem_error, cell.problems - 1)),
        Naive("t, clustered by template", *by_t(np.sqrt(moments.variance), float(moments.degrees_of_freedom[0]))),
        Naive("the gate", found.high < 0, found.low > -MARGIN),
    ]


def show_naive(runs: int, random: np.random.Generator) -> None:
    """False claims of a loss, and false passes at a loss of the margin, rule by rule."""
    rows: list[str] = []
    for cell in (Cell(100, 0, 10, 0.8, 3.0), Cell(30, 0, 3, 0.95, 0.5), Cell(300, 12, 3, 0.8, 3.0)):
        counts: dict[str, list[float]] = {}
        for kind in (*STILL, *LOSSES[:2]):
            world = draw_world(cell, runs, random)
            for rule in naive_rules(cell, world.chances, change(world, cell, kind, MARGIN, random), random):
                wrong = rule.failed if kind in STILL else rule.passed
                counts.setdefault(rule.rule, []).append(float(wrong.mean()))
        setting = f"{cell.problems} | {name(cell.templates)} | {cell.epochs} | {cell.mean}"
        rows += [f"{setting} | {rule} | {' | '.join(map(three, rates))}" for rule, rates in counts.items()]
    table(f"n | templates | K | mean | rule | {' | '.join((*STILL, *LOSSES[:2]))}", rows)


def show_power(runs: int, random: np.random.Generator) -> None:
    """Simulated chances beside the formulas'."""
    rows: list[str] = []
    for cell in (
        Cell(100, 0, 3, 0.8, 0.5),
        Cell(100, 0, 10, 0.5, 3.0),
        Cell(300, 0, 1, 0.9, 0.5),
        Cell(296, 8, 3, 0.8, 0.5),
        Cell(300, 12, 3, 0.8, 0.5),
        Cell(320, 40, 3, 0.8, 0.5),
        Cell(1000, 40, 1, 0.8, 3.0),
    ):
        world = draw_world(cell, runs, random)
        base, again = (run(world.chances, cell.epochs, random).astype(float) for _ in range(2))
        size = {"problems": cell.problems, "templates": cell.templates or cell.problems, "epochs": cell.epochs}
        told = np.mean(
            [
                chance_to_pass(
                    unchanged(values, cell.codes.astype(str).tolist(), cell.epochs), **size, margin=MARGIN, alpha=ALPHA
                )
                for values in base[:100].tolist()
            ]
        )
        passed = judge(base, again, cell.codes, cell.epochs).passed
        moments = estimate_moments(again - base, cell.codes)
        found = bound(moments, alpha=ALPHA, epochs=cell.epochs)
        # the loss itself adds to the spread: a few rounds find the drop that a check would report when it is there
        for _ in range(3):
            drop = smallest_detectable_drop(
                typical_gain(moments, found, templates=cell.templates or cell.problems), epochs=cell.epochs, alpha=ALPHA
            )
            worse = run(change(world, cell, "everywhere", drop, random), cell.epochs, random)
            moments = estimate_moments(worse - base, cell.codes)
            found = bound(moments, alpha=ALPHA, epochs=cell.epochs)
        seen = found.high < 0
        rows.append(
            f"{cell.problems} | {name(cell.templates)} | {cell.epochs} | {cell.mean} | {three(passed.mean())} | "
            f"{three(float(told))} | {three(drop)} | {three(seen.mean())}"
        )
    table(
        "n | templates | K | mean | PASS, unchanged | formula | smallest detectable drop | found (formula: .800)", rows
    )


FRACTIONS = (1 / 3, 2 / 3, 1.0)
LOOKED = tuple(
    Cell(problems, templates, 3, mean, 0.5)
    for problems, templates in ((288, 8), (288, 12), (300, 20), (360, 40))
    for mean in (0.8, 0.95)
)


class Looked(NamedTuple):
    """What three looks and one look at the end make of the same runs."""

    crossed_pass: float
    """At any look, whether or not an earlier one had stopped the evaluation."""
    crossed_loss: float
    verdict: float
    """PASS where nothing changed, FAIL at a drop."""
    verdict_at_once: float
    saved: float


def look(cell: Cell, kind: str, loss: float, runs: int, random: np.random.Generator) -> Looked:
    world = draw_world(cell, runs, random)
    base = run(world.chances, cell.epochs, random).astype(float)
    candidate = run(change(world, cell, kind, loss, random), cell.epochs, random).astype(float)
    passes, fails, losses = (np.zeros((3, runs), bool) for _ in range(3))
    for index, fraction in enumerate(FRACTIONS):
        seen = round(fraction * cell.problems)
        alpha = nominal_alpha(FRACTIONS[: index + 1], ALPHA)
        old, new, codes = base[:, :seen], candidate[:, :seen], cell.codes[:seen]
        passes[index], losses[index], fails[index] = judge(old, new, codes, cell.epochs, alpha)
    settled = passes | fails
    stop = np.where(settled.any(axis=0), settled.argmax(axis=0), 2)
    at_once = judge(base, candidate, cell.codes, cell.epochs)
    wanted, once = (passes, at_once.passed) if kind in STILL else (fails, at_once.failed)
    return Looked(
        crossed_pass=float(passes.any(axis=0).mean()),
        crossed_loss=float(losses.any(axis=0).mean()),
        verdict=float(wanted[stop, np.arange(runs)].mean()),
        verdict_at_once=float(once.mean()),
        saved=1 - float(np.array(FRACTIONS)[stop].mean()),
    )


def show_looks(runs: int, random: np.random.Generator) -> None:
    """Errors, power and savings of three looks."""
    rows: list[str] = []
    for cell in LOOKED:
        still, *others = (look(cell, kind, MARGIN, runs, random) for kind in STILL)
        worst = max((look(cell, kind, MARGIN, runs, random).crossed_pass, kind) for kind in LOSSES)
        drop = look(cell, "everywhere", 0.1, runs, random)
        false_loss = max(one.crossed_loss for one in (still, *others))
        rows.append(
            f"{cell.problems} | {cell.templates} | {cell.mean} | {three(false_loss)} | "
            f"{three(worst[0])} ({worst[1]}) | {three(still.verdict)} / {three(still.verdict_at_once)} | "
            f"{still.saved:.0%} | {three(drop.verdict)} / {three(drop.verdict_at_once)} | {drop.saved:.0%}"
        )
    table(
        "n | templates | mean | false loss, any look | false PASS, any look, worst kind | "
        "PASS, unchanged: looks / at once | calls saved | FAIL, 10-point drop: looks / at once | calls saved",
        rows,
    )


def main() -> None:
    """Print all tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    random, began = np.random.default_rng(20), time.process_time()
    say(f"{runs} runs a cell; limit {three(limit(runs))}, drawn again {three(limit(REDRAW * runs))}")
    for show in (show_naive, show_power, show_wholes, show_looks):
        show(runs, random)
    show_errors(simulate(runs, np.random.default_rng(20)), runs)
    say(f"\n{time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main()
