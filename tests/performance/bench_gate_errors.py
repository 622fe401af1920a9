"""How often the gate errs, by simulation of models whose truth is known; prints the tables of docs/gate_statistics.md.

Run: .venv/bin/python tests/performance/bench_gate_errors.py [runs a cell, 4000 by default]

Problems are beta-binomial: each has its own chance of success, drawn about its template's, and is run some epochs. The
candidate's chances are made from the baseline's, so that the true change is known exactly:

- no loss: the same chances; each template moves up or down, by nothing on average; or few problems are repaired and
  all others lose a little, again nothing on average. Any upper bound below 0 counts as false, whatever the margin.
- a loss of exactly the margin: everywhere in proportion; in few problems that break altogether; or in some templates
  much more than in others.

With fewer than ten templates the truth is that of the templates drawn, otherwise that of all templates. What is judged
is what `estimate_moments` and `bound` return: the code that decides. A cell above its limit, .05 and two standard
errors, is drawn again with four times the runs, and that figure decides: of many hundred cells with a rate of exactly
.05 one in forty is above its limit by chance.
"""

import sys
import time
from collections.abc import Iterator
from functools import cache
from math import sqrt
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.stats import beta
from scipy.stats import t as student

from askfirst.reports.gate.decisions import Comparison, at_floor, decide
from askfirst.reports.gate.looks import nominal_alpha
from askfirst.reports.gate.paired import FEW, Intervals, Moments, bound, estimate_moments
from askfirst.reports.gate.power import chance_to_pass, smallest_detectable_drop, unchanged
from askfirst.reports.gate.verdict import Against, Gain

ALPHA, MARGIN = 0.05, 0.05
PROBLEMS, EPOCHS = (30, 100, 300, 1000), (1, 3, 10)
TEMPLATES = (0, 8, 12, 40)
"""0: each problem its own."""
MEANS = (0.05, 0.2, 0.5, 0.8, 0.95, 0.98)
ALIKE = (0.5, 3.0)
"""Concentrations of problems' chances about their template's mean: below 1 most are near 0 or 1."""
WITHIN_TEMPLATE = 0.2
"""Share of the variance of chances that lies between templates."""
STILL, LOSSES = (
    ("same chances", "unlike templates", "few repaired"),
    ("everywhere", "broken problems", "some templates"),
)
REDRAW = 4
TINY = 0.001
"""A margin that excuses nothing."""
REPAIRED = 0.05
"""Share of problems that the candidate always solves while it loses a little in all others."""

CONSOLE = Console()

Chances = NDArray[np.float32]
Rates = NDArray[np.float64]


class Cell(NamedTuple):
    """One setting of the simulation."""

    problems: int
    templates: int
    epochs: int
    mean: float
    alike: float

    @property
    def codes(self) -> NDArray[np.intp]:
        return np.arange(self.problems) % (self.templates or self.problems)

    @property
    def few(self) -> bool:
        return 0 < self.templates < FEW


class World(NamedTuple):
    """A baseline's true chances, (run, problem), and what is true of each problem's template."""

    chances: Chances
    template_mean: Chances
    template_room: Chances
    """Mean of p(1 - p) in the problem's template."""


@cache
def chance_table(mean: float, alike: float, own: bool) -> NDArray[np.float32]:
    """Return equally likely chances of problems, (level of template, problem)."""
    levels = np.array([mean])
    if not own:
        total = 1 / WITHIN_TEMPLATE - 1
        levels = np.clip(beta.ppf((np.arange(32) + 0.5) / 32, mean * total, (1 - mean) * total), 1e-4, 1 - 1e-4)
    steps = (np.arange(512) + 0.5) / 512
    return np.clip(beta.ppf(steps, levels[:, None] * alike, (1 - levels[:, None]) * alike), 0, 1).astype(np.float32)


def draw_world(cell: Cell, runs: int, random: np.random.Generator) -> World:
    table = chance_table(cell.mean, cell.alike, cell.templates == 0)
    levels = random.integers(0, len(table), (runs, cell.templates or 1))[:, cell.codes if cell.templates else [0]]
    chances = table[levels, random.integers(0, table.shape[1], (runs, cell.problems))]
    return World(chances, table.mean(axis=1)[levels], (table * (1 - table)).mean(axis=1)[levels])


def run(chances: Chances, epochs: int, random: np.random.Generator) -> Chances:
    """Return each problem's share of successes."""
    successes, below = np.zeros(chances.shape, np.uint8), (chances * 65536).clip(0, 65535).astype(np.uint16)
    for _ in range(epochs):
        successes += random.integers(0, 65536, chances.shape, dtype=np.uint16) < below
    return successes / np.float32(epochs)


def change(world: World, cell: Cell, kind: str, loss: float, random: np.random.Generator) -> Chances:
    """Return the candidate's chances; their true mean is lower by the loss."""
    p, codes, runs = world.chances, cell.codes, len(world.chances)
    groups = cell.templates or cell.problems
    if kind == "same chances":
        return p
    if kind == "unlike templates":
        shift = random.uniform(-1, 1, (runs, groups)).astype(np.float32)[:, codes]
        if cell.few:
            room = world.template_room
            shift -= (shift * room).sum(axis=1, keepdims=True) / np.maximum(room.sum(axis=1, keepdims=True), 1e-9)
            shift /= np.maximum(1, np.abs(shift).max(axis=1, keepdims=True))
        return p + shift * p * (1 - p)
    table = chance_table(cell.mean, cell.alike, cell.templates == 0)
    if kind == "few repaired":
        truth = world.template_mean.mean(axis=1, keepdims=True) if cell.few else np.float32(table.mean())
        share = np.minimum(REPAIRED, truth / 2)
        lost = share * (1 - truth) / ((1 - share) * truth)
        return np.where(random.random(p.shape, dtype=np.float32) < share, 1, p * (1 - lost)).astype(np.float32)
    weight: Chances | float = 1.0
    if kind == "some templates":
        weight = random.uniform(0, 2, (runs, groups)).astype(np.float32)[:, codes]
    truth = np.float32(table.mean())
    if cell.few:
        truth = (world.template_mean * weight).mean(axis=1, keepdims=True)
    share = np.minimum(loss / truth, 1) * weight
    if kind == "broken problems":
        return p * (random.random(p.shape, dtype=np.float32) >= share)
    return p * np.maximum(1 - share, 0)


def judge(base: Rates, candidate: Rates, codes: NDArray[np.intp], epochs: int, alpha: float = ALPHA):
    """Return which runs pass, which show a loss of whatever size, and which fail, (run,) each, by the gate's code."""
    found = bound(estimate_moments(candidate - base, codes), alpha=alpha, epochs=epochs)
    floor = np.array([at_floor(mean, "higher", MARGIN) for mean in base.mean(axis=1).tolist()])
    return (found.low > -MARGIN) & ~floor, found.high < 0, (found.high < 0) & (found.low <= -MARGIN)


def limit(runs: int) -> float:
    return ALPHA + 2 * sqrt(ALPHA * (1 - ALPHA) / runs)


def cells() -> Iterator[Cell]:
    for problems in PROBLEMS:
        for templates in TEMPLATES:
            if templates <= problems:
                for epochs in EPOCHS:
                    for mean in MEANS:
                        for alike in ALIKE:
                            yield Cell(problems, templates, epochs, mean, alike)


def error_rate(cell: Cell, kind: str, runs: int, random: np.random.Generator) -> float:
    """Return the share of false verdicts over fresh worlds, a thousand runs at a time."""
    wrong = 0
    for _ in range(runs // 1000):
        world = draw_world(cell, 1000, random)
        base = run(world.chances, cell.epochs, random)
        wrong += wrong_verdicts(cell, kind, world, base, random)[0]
    return wrong / (runs // 1000 * 1000)


def wrong_verdicts(cell: Cell, kind: str, world: World, base: Chances, random: np.random.Generator) -> tuple[int, int]:
    """Return the number of wrong verdicts, and of passes."""
    candidate = run(change(world, cell, kind, MARGIN, random), cell.epochs, random)
    passed, failed, _ = judge(base.astype(float), candidate.astype(float), cell.codes, cell.epochs)
    return int(failed.sum() if kind in STILL else passed.sum()), int(passed.sum())


class Outcome(NamedTuple):
    cell: Cell
    kind: str
    rate: float
    passed: float
    again: float | None


def simulate(runs: int, random: np.random.Generator) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for cell in cells():
        kinds = [*STILL, *(kind for kind in LOSSES if cell.templates or kind != "some templates")]
        counts = {kind: np.zeros(2, int) for kind in kinds}
        for _ in range(runs // 1000):
            world = draw_world(cell, 1000, random)
            base = run(world.chances, cell.epochs, random)
            for kind in kinds:
                counts[kind] += wrong_verdicts(cell, kind, world, base, random)
        for kind in kinds:
            rate, passed = (counts[kind] / (runs // 1000 * 1000)).tolist()
            again = error_rate(cell, kind, REDRAW * runs, random) if rate > limit(runs) else None
            outcomes.append(Outcome(cell, kind, rate, passed, again))
    return outcomes


def say(text: str) -> None:
    CONSOLE.print(text, markup=False, highlight=False, soft_wrap=True)


def table(head: str, rows: list[str]) -> None:
    say(f"\n| {head} |\n|{'---|' * (head.count('|') + 1)}")
    say("\n".join(f"| {row} |" for row in rows))


def three(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def name(templates: int) -> str:
    return f"{templates} templates" if templates else "each its own"


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
                    f"{three(worst.rate)} (n {w.problems}, K {w.epochs}, mean {w.mean}) | {len(above)} | {len(left)}"
                )
    table("change | templates | cells | mean rate | worst rate | above the limit | still above, drawn again", rows)
    again = [one for one in outcomes if one.again is not None]
    table(
        "change | n | templates | K | mean | alike | first | drawn again",
        [
            f"{o.kind} | {o.cell.problems} | {name(o.cell.templates)} | {o.cell.epochs} | {o.cell.mean} | "
            f"{o.cell.alike} | {three(o.rate)} | {three(o.again or 0)}{' (above)' if (o.again or 0) > limit(REDRAW * runs) else ''}"
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


def typical_gain(moments: Moments, found: Intervals, index: int | None = None, templates: int = 0) -> Gain:
    """Return one run's gain, or one of the runs' mean standard error and degrees of freedom."""

    def pick(values: Rates) -> float:
        return float(values.mean() if index is None else values[index])

    return Gain(
        mean=pick(moments.mean),
        low=pick(found.low),
        high=pick(found.high),
        standard_error=pick(found.standard_error),
        degrees_of_freedom=pick(moments.degrees_of_freedom),
        p_loss=pick(found.p_loss),
        problems=moments.problems,
        templates=templates,
        estimand="templates like these",
    )


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
        passed, _, _ = judge(base, again, cell.codes, cell.epochs)
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


class Whole(NamedTuple):
    """A check of all four metrics."""

    problems: int
    templates: int
    epochs: int
    premature: float
    over_ask: float
    right: float


AGAINST: tuple[Against, ...] = ("baseline", "anchor")
METRICS: dict[str, Literal["higher", "lower"]] = {
    "joint_success": "higher",
    "premature_rate": "lower",
    "over_ask_rate": "lower",
    "accuracy_full": "higher",
}
WHOLES = (
    Whole(30, 0, 1, 0.3, 0.1, 0.9),
    Whole(100, 0, 1, 0.3, 0.1, 0.9),
    Whole(100, 0, 10, 0.1, 0.05, 0.95),
    Whole(296, 8, 3, 0.2, 0.1, 0.9),
    Whole(300, 12, 3, 0.2, 0.1, 0.9),
    Whole(300, 12, 10, 0.2, 0.1, 0.9),
    Whole(320, 40, 3, 0.2, 0.1, 0.9),
    Whole(1000, 40, 3, 0.5, 0.3, 0.8),
)


def draw_wholes(whole: Whole, runs: int, random: np.random.Generator) -> tuple[Chances, ...]:
    """Return chances of a premature answer, a needless question and a right answer, related in seven of ten problems."""
    shape, ranks = (runs, whole.problems), random.integers(0, 512, (runs, whole.problems))
    drawn: list[Chances] = []
    for mean in (whole.premature, whole.over_ask, whole.right):
        table_ = chance_table(mean, 0.5, whole.templates == 0)
        levels = random.integers(0, len(table_), (runs, whole.templates or 1))
        codes = np.arange(whole.problems) % (whole.templates or 1)
        own = np.where(random.random(shape) < 0.7, ranks, random.integers(0, 512, shape))
        drawn.append(table_[levels[:, codes], own])
    return tuple(drawn)


def run_whole(chances: tuple[Chances, ...], epochs: int, random: np.random.Generator) -> dict[str, Rates]:
    """Return each metric's value a problem, (run, problem), from three arms a problem and epoch."""
    premature, over_ask, right = chances
    under, full, decoy, early, asked, known = (np.zeros(right.shape) for _ in range(6))
    for _ in range(epochs):
        hasty, needless, again = (run(c, 1, random) for c in (premature, over_ask, over_ask))
        right_under, right_full, right_decoy = (run(right, 1, random) for _ in range(3))
        under += (1 - hasty) * right_under
        full += (1 - needless) * right_full
        decoy += (1 - again) * right_decoy
        early += hasty
        asked += (needless + again) / 2
        known += right_full
    joint = under * full * decoy / epochs**3
    return dict(zip(METRICS, (joint, early / epochs, asked / epochs, known / epochs), strict=True))


def judge_wholes(
    candidate: dict[str, Rates], olds: list[dict[str, Rates]], codes: NDArray[np.intp], epochs: int, margin: float
) -> list[str]:
    """Return the overall verdict of each run that has any p value up to alpha, over four metrics against two releases.

    The others can't fail: Holm's correction only raises p values.
    """
    parts: list[tuple[str, Literal["higher", "lower"], Against, Moments, Intervals, Rates]] = []
    for metric, better in METRICS.items():
        sign = 1 if better == "higher" else -1
        for against, old in zip(AGAINST, olds, strict=True):
            moments = estimate_moments(sign * (candidate[metric] - old[metric]), codes)
            parts.append((metric, better, against, moments, bound(moments, alpha=ALPHA, epochs=epochs), old[metric]))
    suspects = np.flatnonzero(np.min([part[4].p_loss for part in parts], axis=0) <= ALPHA)
    verdicts: list[str] = []
    for index in suspects.tolist():
        comparisons = [
            Comparison(
                metric=metric,
                condition="ask",
                against=against,
                better=better,
                baseline=old[index].mean(),
                candidate=candidate[metric][index].mean(),
                gain=typical_gain(moments, found, index, int(codes.max()) + 1),
                margin=margin,
            )
            for metric, better, against, moments, found, old in parts
        ]
        verdicts.append(decide(comparisons, alpha=ALPHA, today="2026-01-01").overall)
    return verdicts


def show_wholes(runs: int, random: np.random.Generator) -> None:
    """False FAIL of the whole check, and how often it passes against a baseline alone beside the plan's promise."""
    rows: list[str] = []
    for whole in WHOLES:
        codes = np.arange(whole.problems) % (whole.templates or whole.problems)
        wrong, strict, told, alone = list[int](), list[int](), list[float](), 0
        for _ in range(runs // 500):
            chances = draw_wholes(whole, 500, random)
            candidate, baseline, anchor = (run_whole(chances, whole.epochs, random) for _ in range(3))
            for margin, count in ((MARGIN, wrong), (TINY, strict)):
                count.append(judge_wholes(candidate, [baseline, anchor], codes, whole.epochs, margin).count("FAIL"))
            passed = np.ones(500, bool)
            for metric, better in METRICS.items():
                sign = 1 if better == "higher" else -1
                found = bound(
                    estimate_moments(sign * (candidate[metric] - baseline[metric]), codes),
                    alpha=ALPHA,
                    epochs=whole.epochs,
                )
                floor = np.array([at_floor(mean, better, MARGIN) for mean in baseline[metric].mean(axis=1).tolist()])
                passed &= (found.low > -MARGIN) & ~floor
            alone += int(passed.sum())
            size = {"problems": whole.problems, "templates": whole.templates or whole.problems, "epochs": whole.epochs}
            for index in range(10 if not told else 0):
                misses = [
                    1
                    - chance_to_pass(
                        unchanged(values[index].tolist(), codes.astype(str).tolist(), whole.epochs),
                        **size,
                        margin=MARGIN,
                        alpha=ALPHA,
                    )
                    for values in baseline.values()
                ]
                told.append(max(0.0, 1 - sum(misses)))
        made = runs // 500 * 500
        rows.append(
            f"{whole.problems} | {name(whole.templates)} | {whole.epochs} | {three(sum(wrong) / made)} | "
            f"{three(sum(strict) / made)} | {three(alone / made)} | {three(float(np.mean(told)))}"
        )
    table(f"n | templates | K | false FAIL | false FAIL, margin {TINY} | PASS on all | plan: at least", rows)


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
    wanted, once = (passes, at_once[0]) if kind in STILL else (fails, at_once[2])
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
            f"{cell.problems} | {cell.templates} | {cell.mean} | {three(false_loss)} | {three(worst[0])} ({worst[1]}) | "
            f"{three(still.verdict)} / {three(still.verdict_at_once)} | {still.saved:.0%} | "
            f"{three(drop.verdict)} / {three(drop.verdict_at_once)} | {drop.saved:.0%}"
        )
    table(
        "n | templates | mean | false loss, any look | false PASS, any look, worst kind | PASS, unchanged: looks / at once "
        "| calls saved | FAIL, 10-point drop: looks / at once | calls saved",
        rows,
    )


def main() -> None:
    """Print all tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    random, began = np.random.default_rng(20), time.process_time()
    say(f"{runs} runs a cell; limit {three(limit(runs))}, drawn again {three(limit(REDRAW * runs))}")
    for show in (show_naive, show_power, show_wholes, show_looks):
        show(runs, random)
    show_errors(simulate(runs, random), runs)
    say(f"\n{time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main()
