"""Checks a candidate while it is evaluated, look by look, and counts what stopping early saved."""

from collections.abc import Callable, Sequence
from pathlib import Path

from askfirst.reports.gate.check import Circumstances, Contestants, check, invalid_report
from askfirst.reports.gate.invalid import InvalidReleaseError
from askfirst.reports.gate.logs import load_release
from askfirst.reports.gate.release import Release
from askfirst.reports.gate.run import PlannedLook, keep_plan, run_looks
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


def check_in_looks(
    looks: Sequence[PlannedLook],
    arguments: Sequence[str],
    folder: Path,
    others: tuple[Release, Release | None],
    around: Circumstances,
    tell: Callable[[str], object],
) -> GateReport:
    """Evaluate and check look by look until the verdict is settled, and return the last look's report.

    INCONCLUSIVE goes on to the next look; everything else, INVALID too, settles it.

    Args:
        looks: The plan, at least one look.
        arguments: What `inspect eval` takes beside what a look decides.
        folder: Where looks keep their logs.
        others: The baseline, and the anchor if there is one.
        around: Policy and circumstances.
        tell: Given a line for people after each look.

    Raises:
        GateError: If an evaluation fails, or the folder holds the looks of another plan.
    """
    keep_plan(folder, arguments, looks)
    progress, reports = Progress(looks), list[GateReport]()
    for number, logs in enumerate(run_looks(looks, arguments, folder), start=1):
        try:
            contestants = Contestants(load_release([str(log) for log in logs]), *others)
            report = check(contestants, around, progress.fractions(number), subset=True)
        except InvalidReleaseError as error:
            report = invalid_report(error.differences, around)
        reports.append(progress.look(report))
        tell(f"look {number} of {len(looks)}: {report.sentence}")
        if report.verdict != "INCONCLUSIVE":
            break
    return reports[-1]
