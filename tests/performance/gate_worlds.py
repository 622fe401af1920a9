"""Pairs of models whose truth is known, for the gate's benchmark.

Problems are beta-binomial: each has its own chance of success, drawn about its template's, and is run some epochs. The
candidate's chances are made from the baseline's, so that the true change is known exactly:

- no loss: the same chances; each template moves up or down, by nothing on average; or few problems are repaired and
  all others lose a little, again nothing on average. Any upper bound below 0 counts as false, whatever the margin.
- a loss of exactly the margin: everywhere in proportion; in few problems that break altogether; or in some templates
  much more than in others.

With fewer than ten templates the truth is that of the templates drawn, otherwise that of all templates.
"""

from functools import cache
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.stats import beta

from askfirst.reports.gate.decisions import at_floor
from askfirst.reports.gate.paired import FEW, Intervals, Moments, bound, estimate_moments
from askfirst.reports.gate.verdict import Gain

ALPHA, MARGIN = 0.05, 0.05
WITHIN_TEMPLATE = 0.2
"""Share of the variance of chances that lies between templates."""
STILL, LOSSES = (
    ("same chances", "unlike templates", "few repaired"),
    ("everywhere", "broken problems", "some templates"),
)
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
        """The template of each problem."""
        return np.arange(self.problems) % (self.templates or self.problems)

    @property
    def few(self) -> bool:
        """Whether the interval is about these templates only."""
        return 0 < self.templates < FEW


class World(NamedTuple):
    """A baseline's true chances, (run, problem), and what is true of each problem's template."""

    chances: Chances
    template_mean: Chances
    template_room: Chances
    """Mean of p(1 - p) in the problem's template."""


class Judged(NamedTuple):
    """What became of each run, (run,)."""

    passed: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    """A loss of whatever size is shown."""
    failed: NDArray[np.bool_]


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
    """Return baselines, one a run."""
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


def judge(base: Rates, candidate: Rates, codes: NDArray[np.intp], epochs: int, alpha: float = ALPHA) -> Judged:
    """Judge all runs by the gate's own code."""
    found = bound(estimate_moments(candidate - base, codes), alpha=alpha, epochs=epochs)
    floor = np.array([at_floor(mean, "higher", MARGIN) for mean in base.mean(axis=1).tolist()])
    loss = found.high < 0
    return Judged(passed=(found.low > -MARGIN) & ~floor, lost=loss, failed=loss & (found.low <= -MARGIN))


def limit(runs: int) -> float:
    return ALPHA + 2 * sqrt(ALPHA * (1 - ALPHA) / runs)


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


def say(text: str) -> None:
    CONSOLE.print(text, markup=False, highlight=False, soft_wrap=True)


def table(head: str, rows: list[str]) -> None:
    say(f"\n| {head} |\n|{'---|' * (head.count('|') + 1)}")
    say("\n".join(f"| {row} |" for row in rows))


def three(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def name(templates: int) -> str:
    return f"{templates} templates" if templates else "each its own"
