"""The check: two or three releases in, one report out. Pure: what is read before and written after is others' work."""

import datetime
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import NamedTuple

from askfirst.reports.gate.comparability import compare, restrict
from askfirst.reports.gate.comparisons import WHOLE, Compared, Terms, compare_metrics
from askfirst.reports.gate.decisions import Decided, Decision, at_floor, decide
from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.part_changes import compare_parts
from askfirst.reports.gate.policy import Policy, policy_in_words
from askfirst.reports.gate.power import luck, smallest_detectable_drop, split_variance
from askfirst.reports.gate.release import Release
from askfirst.reports.gate.sizes import remedy
from askfirst.reports.gate.summary import say, warn
from askfirst.reports.gate.verdict import (
    Acknowledgement,
    Against,
    Difference,
    Gain,
    GateReport,
    MetricVerdict,
    ReleaseSummary,
    Remedy,
    Verdict,
)
from askfirst.reports.gate.worst import find_worst

EXIT_STATUS: Mapping[Verdict, int] = {"PASS": 0, "FAIL": 1, "INCONCLUSIVE": 3, "INVALID": 4}


class Contestants(NamedTuple):
    """Who is compared."""

    candidate: Release
    baseline: Release
    anchor: Release | None = None


class Circumstances(NamedTuple):
    """What else a report says."""

    policy: Policy
    acknowledgements: tuple[Acknowledgement, ...]
    today: datetime.date
    command: str
    """What reproduces the check."""


def check(
    contestants: Contestants, around: Circumstances, fractions: Sequence[float] = WHOLE, *, subset: bool = False
) -> GateReport:
    """Compare a candidate with its baseline, and with the anchor if there is one.

    Args:
        contestants: The releases.
        around: Policy and circumstances.
        fractions: The share of all planned runs seen at each look so far; the plan's end is 1.
        subset: Whether the candidate may have been run on some of the problems only.
    """
    policy = around.policy
    whole = contestants.candidate
    candidate, baseline = (_restrict(each, policy) for each in (whole, contestants.baseline))
    anchor = None if contestants.anchor is None else _restrict(contestants.anchor, policy)
    differences = _compare_all(candidate, baseline, anchor, policy, subset)
    if any(each.fatal for each in differences):
        return invalid_report(differences, around, contestants)
    terms = Terms(policy, around.acknowledgements, fractions)
    try:
        compared = compare_metrics(candidate, baseline, "baseline", terms)
        if anchor is not None:
            compared += compare_metrics(candidate, anchor, "anchor", terms)
    except InvalidReleaseError as error:
        return invalid_report([*differences, *error.differences], around, contestants)
    compared.sort(key=lambda each: list(policy.metrics).index(each.comparison.metric))
    decision = decide([each.comparison for each in compared], alpha=policy.alpha, today=around.today.isoformat())
    metrics = _to_verdicts(compared, decision, policy, whole, around.today)
    parts = compare_parts(candidate, baseline)
    return GateReport(
        verdict=decision.overall,
        sentence=say(decision.overall, metrics, decision.decided, parts),
        exit_status=exit_status(decision.overall, policy),
        alpha=policy.alpha,
        metrics=metrics,
        parts=parts,
        worst_problems=find_worst(candidate, {"baseline": baseline, "anchor": anchor}, metrics),
        differences=tuple(differences),
        warnings=tuple(warn(whole, metrics)),
        candidate=summarise(whole),
        baseline=summarise(contestants.baseline),
        anchor=None if contestants.anchor is None else summarise(contestants.anchor),
        acknowledgements=around.acknowledgements,
        policy=policy_in_words(policy),
        command=around.command,
        versions=versions(),
    )


def invalid_report(
    differences: Sequence[Difference], around: Circumstances, contestants: Contestants | None = None
) -> GateReport:
    """Return the report of a comparison that can't be made; it names why.

    Args:
        differences: What stands in the way, at least one of them fatal, and what else differs.
        around: Policy and circumstances.
        contestants: The releases, where they could be loaded.
    """
    fatal = [each for each in differences if each.fatal]
    first, more = fatal[0], f" (and {len(fatal) - 1} more differences)" if len(fatal) > 1 else ""
    sides = [f"{name} {side}" for name, side in (("baseline", first.baseline), ("candidate", first.candidate)) if side]
    return GateReport(
        verdict="INVALID",
        sentence=f"INVALID: {first.what}: {'; '.join(sides)}{more}.",
        exit_status=exit_status("INVALID", around.policy),
        alpha=around.policy.alpha,
        metrics=(),
        parts=(),
        worst_problems=(),
        differences=tuple(differences),
        warnings=(),
        candidate=summarise(contestants.candidate) if contestants else None,
        baseline=summarise(contestants.baseline) if contestants else None,
        anchor=summarise(contestants.anchor) if contestants and contestants.anchor else None,
        acknowledgements=around.acknowledgements,
        policy=policy_in_words(around.policy),
        command=around.command,
        versions=versions(),
    )


def exit_status(verdict: Verdict, policy: Policy) -> int:
    """Return what a build gets: 0 PASS, 1 FAIL, 3 INCONCLUSIVE unless the policy says otherwise, 4 INVALID."""
    if verdict == "INCONCLUSIVE" and policy.on_inconclusive != "inconclusive":
        return EXIT_STATUS["PASS" if policy.on_inconclusive == "pass" else "FAIL"]
    return EXIT_STATUS[verdict]


def versions() -> dict[str, str]:
    """Return the versions that decide."""
    return {name: version(name) for name in ("askfirst", "inspect-ai", "numpy", "scipy")}


def summarise(release: Release) -> ReleaseSummary:
    """Return who a release is and what it took."""
    return ReleaseSummary(
        name=release.name,
        date=release.date,
        source=release.source,
        samples=release.samples,
        missing={str(name): count for name, count in release.missing.items()},
        calls=release.usage.calls,
        cost_usd=release.usage.cost_usd,
    )


def _restrict(release: Release, policy: Policy) -> Release:
    return restrict(release, policy.conditions, policy.families)


def _compare_all(
    candidate: Release, baseline: Release, anchor: Release | None, policy: Policy, subset: bool
) -> list[Difference]:
    found: list[Difference] = []
    others: list[tuple[Against, Release | None]] = [("baseline", baseline), ("anchor", anchor)]
    for against, other in others:
        if other is None:
            continue
        differences = compare(
            candidate, other, subset=subset, epochs=policy.epochs, max_error_share=policy.max_error_share
        )
        prefix = "" if against == "baseline" else "anchor: "
        found += [each.model_copy(update={"what": prefix + each.what}) for each in differences]
    return found


def _to_verdicts(
    compared: Sequence[Compared], decision: Decision, policy: Policy, candidate: Release, today: datetime.date
) -> tuple[MetricVerdict, ...]:
    # what the verdicts would be had every guess been wrong, missing samples aside
    guessed = decide(
        [
            each.comparison.model_copy(
                update={"gain": each.unsure_worst or each.comparison.gain, "worst": None, "best": None}
            )
            for each in compared
        ],
        alpha=policy.alpha,
        today=today.isoformat(),
    )
    return tuple(
        _to_verdict(
            each,
            decided,
            (unsure.verdict, each.unsure_worst) if each.unsure_worst else None,
            policy,
            candidate,
            len(compared),
        )
        for each, decided, unsure in zip(compared, decision.decided, guessed.decided, strict=True)
    )


def _to_verdict(
    each: Compared,
    decided: Decided,
    unsure: tuple[Verdict, Gain] | None,
    policy: Policy,
    candidate: Release,
    comparisons: int,
) -> MetricVerdict:
    one, gain = each.comparison, each.comparison.gain
    return MetricVerdict(
        metric=one.metric,
        condition=one.condition,
        against=one.against,
        better=one.better,
        baseline=one.baseline,
        candidate=one.candidate,
        gain=gain,
        margin=one.margin,
        margin_reason=policy.metrics[one.metric].reason,
        p_adjusted=decided.p_adjusted,
        verdict=decided.verdict,
        reason=decided.reason,
        smallest_detectable_drop=smallest_detectable_drop(gain, epochs=each.epochs, alpha=policy.alpha / comparisons),
        remedy=_remedy(each, policy, candidate) if decided.verdict == "INCONCLUSIVE" else None,
        worst=decided.worst,
        best=decided.best,
        missing=each.paired.missing,
        unsure=each.paired.unsure,
        unsure_worst=unsure,
        acknowledged=one.acknowledged if decided.counts_as != decided.verdict else None,
    )


def _remedy(each: Compared, policy: Policy, candidate: Release) -> Remedy:
    one, measured = each.comparison, each.paired.measured
    templates, after, before = zip(*measured, strict=True)
    differences = [new - old for new, old in zip(after, before, strict=True)]
    runs = sum(row.epochs for row in candidate.rows)
    found = remedy(
        split_variance(
            differences, templates, epoch=luck(before, each.epochs) + luck(after, each.epochs), epochs=each.epochs
        ),
        problems=len(measured),
        templates=len(set(templates)),
        epochs=each.epochs,
        margin=one.margin,
        alpha=policy.alpha,
        calls_per_run=candidate.usage.calls / runs,
        hopeless=at_floor(one.baseline, one.better, one.margin),
    )
    cost = candidate.usage.cost_usd
    if cost is None or found.calls is None or not candidate.usage.calls:
        return found
    return found.model_copy(update={"cost_usd": cost * found.calls / candidate.usage.calls})
