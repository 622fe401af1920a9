"""Pairs of models with all four primary metrics, related as three arms make them; for the gate's benchmark."""

from typing import Literal, NamedTuple

import numpy as np
from gate_worlds import ALPHA, MARGIN, Chances, Rates, chance_table, name, run, table, three, typical_gain
from numpy.typing import NDArray

from askfirst.reports.gate.decisions import Comparison, at_floor, decide
from askfirst.reports.gate.paired import Intervals, Moments, bound, estimate_moments
from askfirst.reports.gate.power import chance_to_pass, unchanged
from askfirst.reports.gate.verdict import Against

TINY = 0.001
"""A margin that excuses nothing."""


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
    """Return chances of a premature, a needless and a right message, related in seven of ten problems."""
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
