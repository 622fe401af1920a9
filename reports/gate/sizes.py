"""How large a check has to be: problems and epochs, by the chances in `power.py`."""

from collections.abc import Callable, Sequence

from askfirst.benchmark.problem import Frozen
from askfirst.reports.gate.decisions import at_floor
from askfirst.reports.gate.power import POWER, Split, chance_to_pass, unchanged
from askfirst.reports.gate.verdict import Better, Remedy

MOST_PROBLEMS, MOST_EPOCHS = 20_000, 100
"""Beyond these no number is said to do."""
EPOCHS = (1, 2, 3, 5, 10)
"""What a plan tries."""


class Sample(Frozen):
    """What a baseline's rows say of one metric in [0, 1] under one condition."""

    metric: str
    condition: str
    better: Better
    values: tuple[float, ...]
    """One a problem, epochs collapsed, in [0, 1]."""
    templates: tuple[str, ...]
    """Of each problem, in the same order."""
    epochs: int
    """Runs behind each value."""
    margin: float


class Size(Frozen):
    """One way to run a check."""

    problems: int
    epochs: int
    calls: int
    """Messages of the subject."""
    chance: float
    """That an unchanged model passes on all metrics, at least."""


class Plan(Frozen):
    """How large a check has to be."""

    sizes: tuple[Size, ...]
    """The fewest problems for each number of epochs that does, fewest calls first; empty where none does."""
    warnings: tuple[str, ...]


def plan(
    samples: Sequence[Sample],
    *,
    alpha: float,
    calls_per_run: float,
    power: float = POWER,
    problem_churn: float = 0.0,
) -> Plan:
    """Return how many problems and epochs let an unchanged model pass on all metrics with this chance.

    More problems are more of the same templates, or each of its own where the baseline's are. The chance that all pass
    is at least one less the chances that each does not, whatever they have in common.

    Args:
        samples: What the baseline says of each metric and condition.
        alpha: One-sided.
        calls_per_run: Messages of the subject for one problem in one epoch, all arms and conditions.
        power: Wanted chance, in (0, 1).
        problem_churn: Variance between problems of true differences that even out, where the next release is expected
            to be as good but not the same; 0 for the same model.

    Raises:
        ValueError: If there is no sample, or one has no value.
    """
    if not samples or any(not sample.values for sample in samples):
        raise ValueError("a plan needs at least one metric, and a value of each")
    warnings = tuple(_warn(sample) for sample in samples if _hopeless(sample))
    hopeful = [sample for sample in samples if not _hopeless(sample)]
    splits = [
        unchanged(sample.values, sample.templates, sample.epochs).model_copy(update={"problem": problem_churn})
        for sample in hopeful
    ]
    templates = min(len(set(sample.templates)) for sample in samples)
    own = all(len(sample.values) == len(set(sample.templates)) for sample in samples)

    def chance(problems: int, epochs: int) -> float:
        misses = (
            1
            - chance_to_pass(
                split,
                problems=problems,
                templates=problems if own else templates,
                epochs=epochs,
                margin=sample.margin,
                alpha=alpha,
            )
            for sample, split in zip(hopeful, splits, strict=True)
        )
        return 1 - sum(misses)

    sizes: list[Size] = []
    step = 1 if own else templates
    for epochs in EPOCHS if hopeful else ():
        found = _least(
            lambda count, e=epochs: chance(count * step, e) >= power, max(1, 2 // step), MOST_PROBLEMS // step
        )
        if found is not None:
            problems = found * step
            calls = round(problems * epochs * calls_per_run)
            sizes.append(Size(problems=problems, epochs=epochs, calls=calls, chance=chance(problems, epochs)))
    return Plan(sizes=tuple(sorted(sizes, key=lambda size: (size.calls, size.problems))), warnings=warnings)


def remedy(
    split: Split,
    *,
    problems: int,
    templates: int,
    epochs: int,
    margin: float,
    alpha: float,
    calls_per_run: float,
    hopeless: bool = False,
    power: float = POWER,
) -> Remedy:
    """Return what would let the candidate pass with this chance, were it no worse.

    Args:
        split: Why the differences of this check vary.
        problems: In this check.
        templates: In this check; as many as problems where each has its own.
        epochs: In this check.
        margin: Accepted loss, above 0.
        alpha: One-sided.
        calls_per_run: Messages of the subject for one problem in one epoch, of whatever has to be run more.
        hopeless: Whether the baseline is too near to the worst value to pass: then nothing would do.
        power: Wanted chance, in (0, 1).
    """
    own = templates == problems

    def does(count: int, runs: int) -> bool:
        spread = count if own else templates
        return chance_to_pass(split, problems=count, templates=spread, epochs=runs, margin=margin, alpha=alpha) >= power

    if hopeless:
        return Remedy(problems=None, epochs=None, calls=None)
    more_problems = _least(lambda count: does(count, epochs), problems, max(MOST_PROBLEMS, problems))
    more_epochs = _least(lambda count: does(problems, count), epochs, max(MOST_EPOCHS, epochs))
    runs = [
        *([] if more_problems is None else [(more_problems - problems) * epochs]),
        *([] if more_epochs is None else [(more_epochs - epochs) * problems]),
    ]
    return Remedy(problems=more_problems, epochs=more_epochs, calls=round(min(runs) * calls_per_run) if runs else None)


def _hopeless(sample: Sample) -> bool:
    return at_floor(sum(sample.values) / len(sample.values), sample.better, sample.margin)


def _warn(sample: Sample) -> str:
    mean = sum(sample.values) / len(sample.values)
    return (
        f"{sample.metric} ({sample.condition}) can't pass: the baseline, {mean:.2f}, is within {2 * sample.margin:.2g} "
        f"of the worst value; use problems that it solves more often, or a smaller margin"
    )


def _least(does: Callable[[int], bool], low: int, high: int) -> int | None:
    """Return the least number from low to high that does, where more is never worse; None where high does not."""
    if not does(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle + 1, high)
    return low
