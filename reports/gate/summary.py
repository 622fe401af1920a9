"""What a check says in a sentence, and what it warns of."""

from collections.abc import Mapping, Sequence

from askfirst.reports.gate.decisions import Decided
from askfirst.reports.gate.release import Release
from askfirst.reports.gate.verdict import MetricVerdict, Part, Verdict

NO_LUCK = ("sampling temperature", "sampling do_sample")
"""Facts that say whether a model repeats itself word for word."""

UNSETTLED: Mapping[Verdict, str] = {
    "INCONCLUSIVE": "neither a loss of the margin nor no loss is ruled out",
    "INVALID": "the verdict hangs on samples that are missing or on guesses",
}
"""What a verdict that shows nothing means, for people."""


def say(verdict: Verdict, metrics: Sequence[MetricVerdict], decided: Sequence[Decided], parts: Sequence[Part]) -> str:
    """Return the verdict and its reason in a sentence or two for people; each metric's own reason says more."""
    told = [each for each, one in zip(metrics, decided, strict=True) if one.counts_as == verdict]
    if verdict == "PASS":
        accepted = sum(each.verdict != "PASS" for each in metrics)
        rest = f"; {accepted} losses are accepted for a while" if accepted else ""
        return f"PASS: no metric lost more than its margin{rest}."
    by_place: dict[str, list[str]] = {}
    for each in told:
        lost = f" worse by {-each.gain.mean:.2f}" if verdict == "FAIL" else ""
        by_place.setdefault(_place(each), []).append(f"{each.metric}{lost}")
    found = "; ".join(f"{', '.join(names)} {place}" for place, names in by_place.items())
    if verdict != "FAIL":
        return f"{verdict}: {found}: {UNSETTLED[verdict]}."
    grown = max((part for part in parts if part.bad), key=lambda part: part.change, default=None)
    if grown is None or grown.change <= 0:
        return f"FAIL: {found}."
    return f"FAIL: {found}. What grew most: {grown.name} ({grown.baseline:.2f} to {grown.candidate:.2f})."


def _place(metric: MetricVerdict) -> str:
    condition = "" if metric.condition == "ask" else f"under {metric.condition} "
    return f"{condition}against the {metric.against}"


def _name(metric: MetricVerdict) -> str:
    condition = "" if metric.condition == "ask" else f" under {metric.condition}"
    return f"{metric.metric}{condition}" + ("" if metric.against == "baseline" else " against the anchor")


def warn(candidate: Release, metrics: Sequence[MetricVerdict]) -> list[str]:
    """Return what a reader has to know beside the verdicts, a line each."""
    warnings: list[str] = []
    facts = [identity.facts for identity in candidate.identities]
    if any(each.get(name) in ("0.0", "0", "False") for each in facts for name in NO_LUCK):
        warnings.append(
            "the candidate repeats itself word for word (temperature 0 or no sampling): noise between runs is unseen, "
            "so this speaks of these very outputs"
        )
    fixed = sorted({each.gain.templates for each in metrics if each.gain.estimand == "these templates"})
    if fixed:
        warnings.append(
            f"{fixed[0]} templates: the intervals are about these templates only, not about others like them "
            "(that takes at least 10)"
        )
    for each in metrics:
        if each.unsure_worst and each.unsure_worst[0] != each.verdict:
            warnings.append(
                f"{_name(each)}: the matcher guessed in {each.unsure} problems; had all guesses been wrong in the "
                f"worst way it would be {each.unsure_worst[0]}"
            )
    return warnings
