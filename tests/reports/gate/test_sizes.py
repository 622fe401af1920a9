"""How large a check has to be."""

import pytest

from askfirst.reports.gate.power import Split, chance_to_pass
from askfirst.reports.gate.sizes import Sample, plan, remedy

ALPHA = 0.05


def split(template: float = 0.0, problem: float = 0.0, epoch: float = 0.2) -> Split:
    return Split(template=template, problem=problem, epoch=epoch)


def chance(parts: Split, *, problems: int, templates: int, epochs: int) -> float:
    return chance_to_pass(parts, problems=problems, templates=templates, epochs=epochs, margin=0.05, alpha=ALPHA)


def sample(mean: float, metric: str = "joint_success", *, own: bool = True, better: str = "higher") -> Sample:
    values = (mean - 0.1, mean + 0.1) * 30
    templates = tuple(str(n) if own else str(n % 12) for n in range(60))
    return Sample(
        metric=metric, condition="ask", better=better, values=values, templates=templates, epochs=5, margin=0.05
    )  # type: ignore[arg-type]


def test_a_plan_names_the_fewest_problems_for_each_number_of_epochs_the_cheapest_first() -> None:
    made = plan([sample(0.8), sample(0.6, "accuracy_full")], alpha=ALPHA, calls_per_run=6)
    assert made.warnings == ()
    assert [size.calls for size in made.sizes] == sorted(size.calls for size in made.sizes)
    by_epochs = {size.epochs: size for size in made.sizes}
    assert by_epochs[1].problems > by_epochs[3].problems > by_epochs[10].problems
    for size in made.sizes:
        assert size.chance >= 0.8
        assert size.calls == size.problems * size.epochs * 6


def test_a_plan_adds_problems_template_by_template() -> None:
    made = plan([sample(0.8, own=False)], alpha=ALPHA, calls_per_run=1)
    assert made.sizes
    assert all(size.problems % 12 == 0 for size in made.sizes)


def test_more_metrics_and_churn_need_more() -> None:
    def problems(*samples: Sample, churn: float = 0.0) -> int:
        made = plan(samples, alpha=ALPHA, calls_per_run=1, problem_churn=churn)
        return {size.epochs: size.problems for size in made.sizes}[3]

    assert problems(sample(0.8)) < problems(sample(0.8), sample(0.8, "accuracy_full"))
    assert problems(sample(0.8)) < problems(sample(0.8), churn=0.05)


@pytest.mark.parametrize(("mean", "better"), [(0.1, "higher"), (0.9, "lower")])
def test_a_plan_warns_of_a_metric_that_cannot_pass(mean: float, better: str) -> None:
    made = plan([sample(mean, better=better)], alpha=ALPHA, calls_per_run=1)
    assert made.sizes == ()
    assert made.warnings[0].startswith("joint_success (ask) can't pass: the baseline, ")


def test_a_plan_without_a_metric_or_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one metric"):
        plan([], alpha=ALPHA, calls_per_run=1)
    with pytest.raises(ValueError, match="at least one metric"):
        plan([sample(0.8).model_copy(update={"values": ()})], alpha=ALPHA, calls_per_run=1)


def test_a_remedy_gives_both_ways_and_the_calls_of_the_cheaper_one() -> None:
    found = remedy(split(), problems=50, templates=50, epochs=1, margin=0.05, alpha=ALPHA, calls_per_run=4)
    assert found.problems is not None
    assert found.epochs is not None
    assert found.calls == 4 * min(found.problems - 50, (found.epochs - 1) * 50)
    assert chance(split(), problems=found.problems, templates=found.problems, epochs=1) >= 0.8
    assert chance(split(), problems=found.problems - 1, templates=found.problems - 1, epochs=1) < 0.8
    assert chance(split(), problems=50, templates=50, epochs=found.epochs) >= 0.8


def test_no_number_of_epochs_mends_what_problems_or_templates_do() -> None:
    numbers = {"problems": 60, "epochs": 3, "margin": 0.05, "alpha": ALPHA, "calls_per_run": 1.0}
    changed = remedy(split(problem=0.2), templates=60, **numbers)  # type: ignore[arg-type]
    assert changed.epochs is None
    assert changed.problems is not None
    unlike = remedy(split(template=0.1), templates=12, **numbers)  # type: ignore[arg-type]
    assert (unlike.problems, unlike.epochs, unlike.calls) == (None, None, None)
    hopeless = remedy(split(), templates=60, hopeless=True, **numbers)  # type: ignore[arg-type]
    assert (hopeless.problems, hopeless.epochs, hopeless.calls) == (None, None, None)
