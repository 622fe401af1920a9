"""From gains to verdicts: one for each metric, condition and release, and one overall.

PASS has to be shown (a loss as large as the margin is ruled out), and so has FAIL (no loss at all is ruled out);
everything else is INCONCLUSIVE. PASS needs every metric, so its chance of error needs no correction; FAIL needs any, so
its p values are Holm's over all that is compared.
"""

from collections.abc import Sequence
from typing import Literal

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.verdict import Acknowledgement, Against, Gain, Verdict
from askfirst.reports.holm import adjust_holm

SEVERITY: tuple[Verdict, ...] = ("PASS", "INCONCLUSIVE", "FAIL", "INVALID")
"""From what lets a release through to what says that nothing is known."""
FLOOR_MARGINS = 2
"""A baseline closer than so many margins to the worst value has nothing to lose, and can't pass."""


class Comparison(Frozen):
    """One metric in [0, 1] under one condition against one release, ready to be judged."""

    metric: str
    condition: str
    against: Against
    better: Literal["higher", "lower"]
    baseline: float
    candidate: float
    """Means as measured, in [0, 1]."""
    gain: Gain
    margin: float
    """The loss that would still be accepted, above 0."""
    worst: Gain | None = None
    """Had every missing sample gone against the candidate; None where none is missing."""
    best: Gain | None = None
    unsure_worst: Gain | None = None
    """Had every guess of the matcher been wrong in the worst way, too; None where it made none."""
    acknowledged: Acknowledgement | None = None


class Decided(Frozen):
    """What became of one comparison."""

    verdict: Verdict
    counts_as: Verdict
    """What it brings into the overall verdict: PASS for a loss that someone has accepted."""
    p_adjusted: float
    reason: str
    """One plain sentence."""
    worst: tuple[Verdict, Gain] | None
    best: tuple[Verdict, Gain] | None
    unsure_worst: tuple[Verdict, Gain] | None


class Decision(Frozen):
    """All verdicts of a check."""

    overall: Verdict
    decided: tuple[Decided, ...]
    """In the order of the comparisons."""


def judge(gain: Gain, *, margin: float, p_adjusted: float, alpha: float, at_floor: bool) -> Verdict:
    """Return the verdict on one gain, bounds aside.

    Args:
        gain: With one-sided bounds, and `p_loss` as large as the chance of error it stands for.
        margin: The accepted loss, above 0.
        p_adjusted: Of the claim that the candidate is no worse, corrected for all comparisons.
        alpha: The chance of error of the whole check, in (0, .5).
        at_floor: Whether the baseline is too near to the worst value to pass.
    """
    if p_adjusted <= alpha and gain.high < 0 and gain.low <= -margin:
        return "FAIL"
    return "PASS" if gain.low > -margin and not at_floor else "INCONCLUSIVE"


def at_floor(baseline: float, better: Literal["higher", "lower"], margin: float) -> bool:
    """Return whether a baseline is within two margins of the worst value: 0, or 1 where lower is better."""
    room = baseline if better == "higher" else 1 - baseline
    return room <= FLOOR_MARGINS * margin + 1e-9


def combine(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the severest verdict: INVALID, then FAIL, INCONCLUSIVE, PASS.

    Raises:
        GateError: If there is none: a check that compared nothing must not pass.
    """
    if not verdicts:
        raise GateError("comparisons: found none; expected at least one metric; compare logs of the same problems")
    return max(verdicts, key=SEVERITY.index)


def decide(comparisons: Sequence[Comparison], *, alpha: float, today: str) -> Decision:
    """Return a verdict and its reason for each comparison, and the overall verdict.

    A verdict that hangs on missing samples is INVALID. So is a PASS that hangs on the matcher's guesses; a loss that is
    seen, or a doubt that remains, is not undone by them.

    Args:
        comparisons: All that are judged together: Holm's correction runs over them.
        alpha: The one-sided chance of error, in (0, .5).
        today: The day on which acknowledgements have to hold, YYYY-MM-DD.

    Raises:
        GateError: If there is nothing to judge, or a margin is not above 0.
        ValueError: If alpha is out of range.
    """
    if not 0 < alpha < 0.5:
        raise ValueError(f"alpha: found {alpha!r}; expected a number in (0, .5)")
    for one in comparisons:
        if not one.margin > 0:
            raise GateError(
                f"margin of {one.metric}: found {one.margin!r}; expected a number above 0; without one nothing can pass"
            )
    if not comparisons:
        raise GateError("comparisons: found none; expected at least one metric; compare logs of the same problems")
    gains = [one.gain for one in comparisons]
    under = [
        gains,
        [one.worst or one.gain for one in comparisons],
        [one.best or one.gain for one in comparisons],
        [one.unsure_worst or one.worst or one.gain for one in comparisons],
    ]
    measured, adjusted = _judge_all(comparisons, gains, alpha)
    _, worst, best, unsure = (measured if each == gains else _judge_all(comparisons, each, alpha)[0] for each in under)
    decided = tuple(
        _decide_one(one, _Verdicts(measured=m, worst=w, best=b, unsure=u), p, len(comparisons), today)
        for one, m, w, b, u, p in zip(comparisons, measured, worst, best, unsure, adjusted, strict=True)
    )
    return Decision(overall=combine([one.counts_as for one in decided]), decided=decided)


class _Verdicts(Frozen):
    """Of one comparison: as measured, and under its bounds."""

    measured: Verdict
    worst: Verdict
    best: Verdict
    unsure: Verdict


def _judge_all(
    comparisons: Sequence[Comparison], gains: Sequence[Gain], alpha: float
) -> tuple[list[Verdict], tuple[float, ...]]:
    adjusted = tuple(adjust_holm([gain.p_loss for gain in gains]).tolist())
    verdicts: list[Verdict] = [
        judge(
            gain,
            margin=one.margin,
            p_adjusted=p,
            alpha=alpha,
            at_floor=at_floor(one.baseline, one.better, one.margin),
        )
        for one, gain, p in zip(comparisons, gains, adjusted, strict=True)
    ]
    return verdicts, adjusted


def _decide_one(one: Comparison, verdicts: _Verdicts, p_adjusted: float, tests: int, today: str) -> Decided:
    verdict, reason = _settle(one, verdicts, tests)
    counts_as = verdict
    if one.acknowledged is not None and verdict in ("FAIL", "INCONCLUSIVE"):
        accepted = today <= one.acknowledged.expires
        counts_as = "PASS" if accepted else verdict
        reason += (
            f"; accepted until {one.acknowledged.expires}: {one.acknowledged.reason}"
            if accepted
            else f"; what accepted it expired on {one.acknowledged.expires}"
        )
    return Decided(
        verdict=verdict,
        counts_as=counts_as,
        p_adjusted=p_adjusted,
        reason=reason,
        worst=None if one.worst is None else (verdicts.worst, one.worst),
        best=None if one.best is None else (verdicts.best, one.best),
        unsure_worst=None if one.unsure_worst is None else (verdicts.unsure, one.unsure_worst),
    )


def _settle(one: Comparison, verdicts: _Verdicts, tests: int) -> tuple[Verdict, str]:
    if not verdicts.measured == verdicts.worst == verdicts.best:
        return "INVALID", (
            f"{verdicts.measured} without the missing samples, {verdicts.worst} had they gone against the candidate, "
            f"{verdicts.best} had they gone for it; run them again"
        )
    if verdicts.measured == "PASS" and verdicts.unsure != "PASS":
        return (
            "INVALID",
            f"PASS as matched, {verdicts.unsure} had the matcher's guesses been wrong; bind a model as user",
        )
    return verdicts.measured, _reason(one, verdicts.measured, tests)


def _reason(one: Comparison, verdict: Verdict, tests: int) -> str:
    gain, margin = one.gain, f"{one.margin:.2g}"
    where = "" if gain.estimand == "templates like these" else f" on these {_templates(gain.templates)}"
    change = _change(gain) + where
    if verdict == "FAIL":
        return f"{change}; {margin} would be accepted"
    if verdict == "PASS":
        return f"{change}; a loss of {margin} is ruled out"
    if at_floor(one.baseline, one.better, one.margin) and gain.low > -one.margin:
        return (
            f"{change}; but the baseline, {one.baseline:.2f}, is within {FLOOR_MARGINS * one.margin:.2g} of the worst "
            "value and has too little to lose; use problems that it solves more often"
        )
    if gain.high < 0:
        return f"{change}; a loss is likely, but among {tests} comparisons it could be chance"
    return f"{change}; neither a loss of {margin} nor no loss is ruled out"


def _templates(count: int) -> str:
    return "1 template" if count == 1 else f"{count} templates"


def _change(gain: Gain) -> str:
    if round(gain.mean, 2) == 0:
        return f"no different [{_signed(gain.low)}, {_signed(gain.high)}]"
    if gain.mean < 0:
        return f"worse by {-gain.mean:.2f} [{_signed(-gain.high)}, {_signed(-gain.low)}]"
    return f"better by {gain.mean:.2f} [{_signed(gain.low)}, {_signed(gain.high)}]"


def _signed(value: float) -> str:
    # adding 0 turns -0.00 into 0.00
    return f"{round(value, 2) + 0.0:.2f}"
