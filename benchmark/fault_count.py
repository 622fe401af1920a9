"""Counts what models did wrong in one dialogue, and gives the dialogue up when it was too much."""

from collections.abc import Sequence

from askfirst.benchmark.errors import UserSimulationError

MAX_FAULTS = 6
"""Faults in one dialogue at which it measures the model user instead of the subject."""


class FaultCount:
    """The faults of one dialogue so far."""

    def __init__(self, most: int = MAX_FAULTS) -> None:
        """Start without a fault.

        Args:
            most: Faults at which the dialogue is given up, at least 1.
        """
        self._most = most
        self._faults: list[str] = []

    def add(self, faults: Sequence[str]) -> None:
        """Count faults.

        Raises:
            UserSimulationError: If there are now too many.
        """
        self._faults.extend(faults)
        if len(self._faults) >= self._most:
            raise UserSimulationError(
                f"model user: {len(self._faults)} faults in one dialogue, the last {self._faults[-1]!r}; "
                f"expected fewer than {self._most}; bind a better model or none"
            )
