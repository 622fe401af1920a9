"""This gate's own error rates on a user's logs: what it says of models whose true loss is known.

Pairs of releases are drawn from one model's logs, problem by problem and arm by arm, as whole runs with replacement. So
all that makes these problems, this model and these metrics special is in it, and nothing is assumed of distributions.
Drawing from K runs understates the luck of a run by 1/K: with two epochs rates look somewhat better than they are.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.measures import JOINT
from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.comparisons import gain_between
from askfirst.reports.gate.decisions import Comparison, combine, decide
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.outcomes import Numbers, Outcomes
from askfirst.reports.gate.paired import estimate_gain
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.verdict import Better, Verdict

SCHEMA_VERSION = 1

LOSSES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
"""True losses that are tried, in margins."""


class Rates(Frozen):
    """What the gate said at one true loss in one metric, all others unchanged."""

    metric: str
    condition: str
    loss: float
    """True, in the metric's unit."""
    passed: float
    """Share of the simulated checks."""
    failed: float
    inconclusive: float


class Calibration(Frozen):
    """The gate's error rates on some logs."""

    schema_version: int = SCHEMA_VERSION
    logs: tuple[str, ...]
    problems: int
    templates: int
    epochs: int
    runs: int
    """Simulated checks behind each figure."""
    false_fail: float
    """Share of checks of an unchanged model that FAIL, all metrics together."""
    passed: float
    """Share of them that PASS."""
    flipped: float
    """Share of pairs of checks of an unchanged model, with one baseline, whose verdicts differ."""
    rates: tuple[Rates, ...]
    """By metric, condition and loss; false PASS is `passed` at a loss of one margin."""


def calibrate_gate(
    loaded: tuple[Sequence[str], Sequence[Outcomes]],
    policy: Policy,
    *,
    runs: int,
    seed: int,
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> Calibration:
    """Simulate checks of an unchanged model, and of models that lost a known amount in one metric.

    Args:
        loaded: The logs' names and what `load_outcomes` read from them.
        policy: What decides.
        runs: Simulated checks, at least 1; each takes one baseline, two unchanged candidates and the worse ones.
        seed: Of the draws.
        advance: Told how many checks are done, and of how many.

    Raises:
        GateError: If there are fewer than two problems, or `runs` is below 1.
    """
    if runs < 1:
        raise GateError(f"--runs: {runs}; expected at least 1; correct it")
    logs, outcomes = loaded
    random = np.random.default_rng(seed)
    unchanged: list[tuple[Verdict, Verdict]] = []
    said: dict[tuple[str, str, float], list[Verdict]] = {}
    for done in range(runs):
        before, one, other = ([_draw(each, random) for each in outcomes] for _ in range(3))
        first = _compare(before, one, policy)
        unchanged.append((_overall(first, policy), _overall(_compare(before, other, policy), policy)))
        for place, comparison in enumerate(first):
            drawn = next(each for each in one if each.condition == comparison.condition)
            for margins in LOSSES:
                loss = margins * comparison.margin
                worse = _worsen(drawn, comparison, loss, random)
                if worse is not None:
                    base = next(each for each in before if each.condition == comparison.condition)
                    changed = [*first]
                    changed[place] = _compare_one(base, worse, comparison.metric, comparison.margin, policy.alpha)
                    decided = decide(changed, alpha=policy.alpha, today="")
                    key = (comparison.metric, comparison.condition, loss)
                    said.setdefault(key, []).append(decided.decided[place].verdict)
        advance(done + 1, runs)
    return Calibration(
        logs=tuple(Path(log).name for log in logs),
        problems=sum(len(each.templates) for each in outcomes),
        templates=len({template for each in outcomes for template in each.templates}),
        epochs=min(table.shape[1] for each in outcomes for arms in each.values.values() for table in arms.values()),
        runs=runs,
        false_fail=_share([each == "FAIL" for each, _ in unchanged]),
        passed=_share([each == "PASS" for each, _ in unchanged]),
        flipped=_share([each != other for each, other in unchanged]),
        rates=tuple(
            Rates(
                metric=metric,
                condition=condition,
                loss=loss,
                passed=_share([verdict == "PASS" for verdict in verdicts]),
                failed=_share([verdict == "FAIL" for verdict in verdicts]),
                inconclusive=_share([verdict == "INCONCLUSIVE" for verdict in verdicts]),
            )
            for (metric, condition, loss), verdicts in said.items()
        ),
    )


class _Drawn(NamedTuple):
    """One simulated release under one condition."""

    condition: str
    templates: tuple[str, ...]
    epochs: int
    values: Mapping[str, Numbers]
    """By metric, (problem,); NaN where it does not apply."""


def _draw(outcomes: Outcomes, random: np.random.Generator) -> _Drawn:
    """Draw whole runs with replacement, so that what metrics have in common stays."""
    some = next(iter(next(iter(outcomes.values.values())).values()))
    problems, epochs = some.shape
    arms = sorted({arm for by_arm in outcomes.values.values() for arm in by_arm})
    picks = {arm: random.integers(0, epochs, size=(problems, epochs)) for arm in arms}
    return _Drawn(
        outcomes.condition,
        outcomes.templates,
        epochs,
        {
            metric: _collapse(metric, {arm: np.take_along_axis(table, picks[arm], 1) for arm, table in by_arm.items()})
            for metric, by_arm in outcomes.values.items()
        },
    )


def _collapse(metric: str, by_arm: Mapping[str, Numbers]) -> Numbers:
    if metric in JOINT:
        return np.prod([_mean(table) for table in by_arm.values()], axis=0)
    return _mean(np.concatenate(list(by_arm.values()), axis=1))


def _mean(table: Numbers) -> Numbers:
    known = ~np.isnan(table)
    counts = known.sum(axis=1)
    return np.where(counts > 0, np.where(known, table, 0).sum(axis=1) / np.maximum(counts, 1), np.nan)


def _worsen(drawn: _Drawn, comparison: Comparison, loss: float, random: np.random.Generator) -> _Drawn | None:
    """Return the release with this loss in one metric: runs that would have done well do badly, at random.

    None where the release has less than that to lose.
    """
    values = drawn.values[comparison.metric]
    worst = 0.0 if comparison.better == "higher" else 1.0
    room = float(np.nanmean(np.abs(values - worst)))
    if loss > room:
        return None
    # each of a problem's runs fails by itself, so that a loss is as noisy as what is lost
    kept = 1 - random.binomial(drawn.epochs, loss / room, size=values.shape) / drawn.epochs if room else 1.0
    return drawn._replace(values={**drawn.values, comparison.metric: worst + (values - worst) * kept})


def _compare(before: Sequence[_Drawn], after: Sequence[_Drawn], policy: Policy) -> list[Comparison]:
    return [
        _compare_one(old, new, metric, asked.margin, policy.alpha)
        for metric, asked in policy.metrics.items()
        for old, new in zip(before, after, strict=True)
    ]


def _compare_one(old: _Drawn, new: _Drawn, metric: str, margin: float, alpha: float) -> Comparison:
    better: Better = GATE_METRICS[metric]
    pairs = [
        (float(one), float(other), template)
        for one, other, template in zip(new.values[metric], old.values[metric], new.templates, strict=True)
        if one == one and other == other
    ]
    gains = [gain_between(one, other, better) for one, other, _ in pairs]
    return Comparison(
        metric=metric,
        condition=new.condition,
        against="baseline",
        better=better,
        baseline=sum(other for _, other, _ in pairs) / len(pairs),
        candidate=sum(one for one, _, _ in pairs) / len(pairs),
        gain=estimate_gain(gains, [template for *_, template in pairs], alpha=alpha, epochs=new.epochs),
        margin=margin,
    )


def _overall(comparisons: Sequence[Comparison], policy: Policy) -> Verdict:
    return combine([each.verdict for each in decide(comparisons, alpha=policy.alpha, today="").decided])


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / len(claims)
