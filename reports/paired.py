"""Paired differences: two models on the same problems."""

from collections.abc import Callable, Sequence
from typing import cast

from inspect_ai.scorer import SampleScore, Score, stderr
from scipy.stats import t

from askfirst.benchmark.problem import Frozen
from askfirst.reports.intervals import LEVEL


class Difference(Frozen):
    """A mean difference over problems and its interval."""

    mean: float
    """In [-1, 1]; above 0 where the first model has the higher value."""
    low: float | None
    """Lower bound; None when all problems are of one template, whose spread can't be seen."""
    high: float | None
    n: int
    """Problems that both have a value of; 0 where there is none, and the mean is 0."""

    @property
    def certain(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def paired_difference(differences: Sequence[float], templates: Sequence[str]) -> Difference:
    """Return the mean of differences in [-1, 1] with its 95% interval.

    The interval is Student's on the standard error clustered by template, with one degree of freedom less than there
    are templates. Where all differences are equal it has no width.

    Args:
        differences: One a problem.
        templates: The template of each problem, in the same order.
    """
    scores = [
        SampleScore(score=Score(value=value), sample_metadata={"template": template})
        for value, template in zip(differences, templates, strict=True)
    ]
    if not scores:
        return Difference(mean=0.0, low=None, high=None, n=0)
    mean, clusters = sum(differences) / len(differences), len(set(templates))
    if clusters == 1:
        return Difference(mean=mean, low=None, high=None, n=len(scores))
    error = cast(Callable[[list[SampleScore]], float], stderr(cluster="template"))(scores)
    margin = float(t.ppf((1 + LEVEL) / 2, clusters - 1)) * error
    return Difference(mean=mean, low=max(-1.0, mean - margin), high=min(1.0, mean + margin), n=len(scores))
