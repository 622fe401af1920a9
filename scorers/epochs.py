"""Repeated runs, for Inspect: the reducer that takes their mean, and means over problems of what they say."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from math import isnan, nan

from inspect_ai.scorer import Metric, SampleScore, Score, ScoreReducer, mean_score, metric, score_reducer

from askfirst.benchmark import epochs
from askfirst.benchmark.dialogue_score import DialogueScore


def values_by_sample(scores: Sequence[SampleScore]) -> dict[str, list[float]]:
    """Return the values of every sample, one an epoch, without the unscored ones."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for score in scores:
        if not isnan(value := score.score.as_float()):
            values[str(score.sample_id)].append(value)
    return values


def mean_over_samples(scores: Sequence[SampleScore], of_epochs: Callable[[Sequence[float]], float]) -> float:
    """Return the mean of what `of_epochs` says of each sample's values; NaN where it says nothing of any."""
    found = [of_epochs(values) for values in values_by_sample(scores).values()]
    known = [value for value in found if not isnan(value)]
    return sum(known) / len(known) if known else nan


@metric(name="epochs", scores="unreduced")
def over_epochs() -> Metric:
    """What repeated runs say: `aptitude`, `unreliability`, and pass^k as `pass_hat_<k>` for k = 1, 2, 4 ... and all.

    Nothing with one epoch, so that no empty numbers stand before the real ones in a viewer. k never exceeds the fewest
    runs that a problem has: one whose runs partly failed lowers it for all.
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        samples = list(values_by_sample(scores).values())
        if max((len(values) for values in samples), default=0) < epochs.MIN_EPOCHS:
            return {}
        found = {
            "aptitude": mean_over_samples(scores, epochs.aptitude),
            "unreliability": mean_over_samples(scores, epochs.unreliability),
        }
        for k in epochs.powers_of_two(min(len(values) for values in samples)):
            found[f"pass_hat_{k}"] = sum(epochs.pass_hat(values, k) for values in samples) / len(samples)
        return found

    return compute


@score_reducer
def mean_over_epochs() -> ScoreReducer:
    """Inspect's `mean`, which is its default, in scores that are cheap to copy."""
    mean = mean_score()

    def reduce(scores: list[Score]) -> Score:
        first = scores[0]
        if len(scores) == 1 and isinstance(first, DialogueScore):
            return first  # its values are numbers already
        return DialogueScore(**dict(mean(scores)))

    return reduce
