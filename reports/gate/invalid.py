"""The error of what can't be compared at all: the check turns it into the verdict INVALID instead of stopping."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.verdict import Difference

Side: TypeAlias = Literal["baseline", "candidate"]
"""Which of the two releases something is loaded as; an anchor is a baseline."""


class InvalidReleaseError(GateError):
    """A release's logs or its baseline file are there, but can't be trusted."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        """Say the first of the differences, and how many more there are.

        Args:
            differences: What is wrong, each of them fatal; at least one.
        """
        first = differences[0]
        more = f" (and {len(differences) - 1} more)" if len(differences) > 1 else ""
        super().__init__(f"{first.what}: {first.candidate or first.baseline}{more}")
        self.differences = tuple(differences)


def unusable(what: str, found: str, side: Side) -> Difference:
    """Return the fatal difference that says why something of one release can't be used.

    Args:
        what: A log or a file, as people would name it.
        found: What was found, what was expected and what to do.
        side: The release that it belongs to.
    """
    return Difference(
        what=what,
        baseline=found if side == "baseline" else "",
        candidate=found if side == "candidate" else "",
    )
