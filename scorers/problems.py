"""Metrics over problems: the arms of a problem belong together, and problems of one template are a cluster."""

from collections.abc import Callable, Mapping, Sequence
from math import nan
from typing import Any, NamedTuple, cast

from inspect_ai.scorer import Metric, SampleScore, Score, metric, stderr

from askfirst.benchmark.measures import COMBINE, product_over_arms


class ProblemValue(NamedTuple):
    """One problem's value of a measure that looks at several arms."""

    template: str
    value: float


def values_by_arm(scores: Sequence[SampleScore]) -> dict[str, tuple[SampleScore, dict[str, list[float]]]]:
    """Group scores by problem, each with one of its scores and its values by arm (one an epoch)."""
    grouped: dict[str, tuple[SampleScore, dict[str, list[float]]]] = {}
    for score in scores:
        metadata = _metadata(score)
        _, by_arm = grouped.setdefault(metadata["problem_id"], (score, {}))
        by_arm.setdefault(metadata["arm"], []).append(score.score.as_float())
    return grouped


def problem_values(
    scores: Sequence[SampleScore], combine: Callable[[Mapping[str, float]], float]
) -> tuple[list[ProblemValue], int]:
    """Return a value for each problem all of whose arms are there, and how many problems lack one.

    Args:
        scores: Scores of single dialogues.
        combine: Maps the means over epochs by arm to the problem's value.
    """
    complete: list[ProblemValue] = []
    incomplete = 0
    for score, by_arm in values_by_arm(scores).values():
        metadata = _metadata(score)
        if set(by_arm) != set(metadata["arms"]):
            incomplete += 1
            continue
        means = {arm: sum(values) / len(values) for arm, values in by_arm.items()}
        complete.append(ProblemValue(metadata["template"], combine(means)))
    return complete, incomplete


def _scored(scores: Sequence[SampleScore], over: str) -> list[ProblemValue]:
    values, _ = problem_values(scores, COMBINE[over])
    return [value for value in values if value.value == value.value]  # NaN is unscored


@metric(scores="unreduced")
def problem_mean(over: str = "joint") -> Metric:
    """Mean over problems whose arms are all there; NaN without one."""

    def compute(scores: list[SampleScore]) -> float:
        values = _scored(scores, over)
        return sum(value.value for value in values) / len(values) if values else nan

    return compute


@metric(scores="unreduced")
def problem_mean_by_family(over: str = "joint") -> Metric:
    """`problem_mean` of each family, by name; NaN for a family without a complete problem."""

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        families = sorted({str(_metadata(score)["family"]) for score in scores})
        values = {
            family: _scored([score for score in scores if _metadata(score)["family"] == family], over)
            for family in families
        }
        return {
            family: sum(value.value for value in rows) / len(rows) if rows else nan for family, rows in values.items()
        }

    return compute


@metric(scores="unreduced")
def problem_stderr(over: str = "joint") -> Metric:
    """Standard error of `problem_mean`, clustered by template; NaN without a problem, 0 with one template."""
    clustered = cast(Callable[[list[SampleScore]], float], stderr(cluster="template"))

    def compute(scores: list[SampleScore]) -> float:
        values = _scored(scores, over)
        rows = [
            SampleScore(score=Score(value=value.value), sample_metadata={"template": value.template})
            for value in values
        ]
        return clustered(rows) if rows else nan

    return compute


@metric(scores="unreduced")
def problems(over: str = "joint") -> Metric:
    """Count the problems in `problem_mean`."""

    def compute(scores: list[SampleScore]) -> float:
        return float(len(_scored(scores, over)))

    return compute


@metric(scores="unreduced")
def incomplete_problems() -> Metric:
    """Count the problems that lack an arm, so that a joint measure had to leave them out."""

    def compute(scores: list[SampleScore]) -> float:
        return float(problem_values(scores, product_over_arms)[1])

    return compute


def _metadata(score: SampleScore) -> dict[str, Any]:
    if score.sample_metadata is None:
        raise ValueError(f"sample {score.sample_id!r} has no metadata; expected a scenario")
    return score.sample_metadata
