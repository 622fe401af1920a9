"""What a run in several looks keeps count of: the share of the runs seen, and what stopping early saved."""

from collections.abc import Sequence

from askfirst.reports.gate.run import PlannedLook
from askfirst.reports.gate.verdict import GateReport, Look, Stopping


class Progress:
    """The looks at a candidate so far."""

    def __init__(self, looks: Sequence[PlannedLook]) -> None:
        """Start before the first look.

        Args:
            looks: The plan.
        """
        self._looks = looks
        self._taken: list[Look] = []

    def fractions(self, taken: int) -> tuple[float, ...]:
        """Return the share of all planned runs that had been seen at each of the first looks; the whole plan is 1."""
        runs = [len(look.problems) * look.epochs for look in self._looks]
        return tuple(sum(runs[: number + 1]) / sum(runs) for number in range(taken))

    def look(self, report: GateReport) -> GateReport:
        """Add a look's report, and return it with what all looks so far took."""
        number = len(self._taken) + 1
        seen = self._looks[:number]
        made = report.candidate.calls if report.candidate else 0
        whole_epochs = len(self._looks) > 1 and self._looks[0].problems == self._looks[1].problems
        self._taken.append(
            Look(
                number=number,
                problems=len({problem for look in seen for problem in look.problems}),
                epochs=sum(look.epochs for look in seen) if whole_epochs else seen[0].epochs,
                calls=made,
                verdict=report.verdict,
            )
        )
        share = self.fractions(number)[-1]
        return report.model_copy(
            update={"stopping": Stopping(looks=tuple(self._taken), planned_calls=round(made / share), made_calls=made)}
        )
