"""How large a check has to be, from a baseline and a policy."""

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.comparability import restrict
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.gate.policy import Policy
from askfirst.reports.gate.release import Release
from askfirst.reports.gate.sizes import Plan, Sample, plan


def plan_check(baseline: Release, policy: Policy, power: float) -> Plan:
    """Return how many problems and epochs let an unchanged model pass on everything with this chance.

    Args:
        baseline: The release that candidates will be compared with.
        policy: What they are held to.
        power: The chance, in (0, 1).

    Raises:
        GateError: If the chance is out of range, or the baseline has no value of a metric.
    """
    if not 0 < power < 1:
        raise GateError(f"--power: {power!r}; expected a chance between 0 and 1, such as .8; correct it")
    counted = restrict(baseline, policy.conditions, policy.families)
    samples = list(_samples(counted, policy))
    runs = sum(row.epochs for row in baseline.rows)
    return plan(
        samples,
        alpha=policy.alpha,
        # one problem in one epoch is one run a condition
        calls_per_run=len({row.condition for row in counted.rows}) * baseline.usage.calls / runs,
        power=power,
    )


def _samples(baseline: Release, policy: Policy) -> Iterator[Sample]:
    for metric, asked in policy.metrics.items():
        for condition in sorted({row.condition for row in baseline.rows}):
            rows = [row for row in baseline.rows if row.condition == condition and metric in row.values]
            if not rows:
                raise GateError(
                    f"{baseline.source}: no problem has {metric} under condition {condition}; expected some; "
                    "take another metric or baseline"
                )
            yield Sample(
                metric=metric,
                condition=condition,
                better=GATE_METRICS[metric],
                values=tuple(row.values[metric] for row in rows),
                templates=tuple(row.template for row in rows),
                epochs=min(row.epochs for row in rows),
                margin=asked.margin,
            )
    if not baseline.rows:
        raise GateError(f"{baseline.source}: nothing that the policy counts; expected its conditions and families")


def render_plan(found: Plan) -> RenderableType:
    """Lay a plan out for the terminal: the cheapest size first, then what can't pass."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for name in ("problems", "epochs", "calls", "chance to pass"):
        table.add_column(name, justify="right")
    for size in found.sizes:
        table.add_row(str(size.problems), str(size.epochs), f"{size.calls:,}", f"{size.chance:.2f}")
    parts: list[RenderableType] = [table] if found.sizes else []
    if found.sizes:
        best = found.sizes[0]
        epochs = "1 epoch" if best.epochs == 1 else f"{best.epochs} epochs"
        what = f"Cheapest: {best.problems} problems and {epochs}"
        parts.append(Text(f"{what} let an unchanged model pass with a chance of {best.chance:.2f}."))
    elif not found.warnings:
        parts.append(Text("No size that can be run lets an unchanged model pass; accept wider margins."))
    parts += [Text(f"warning: {warning}", style="yellow") for warning in found.warnings]
    return Group(*parts)
