"""A scenario as the metadata of its sample, cheap to copy."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, cast

from askfirst.benchmark.problem import Problem
from askfirst.benchmark.scenario import Scenario


class UnchangingDict(dict[str, Any]):
    """A part of the metadata that nobody changes, so that a copy of it is itself.

    Inspect copies a sample's metadata deeply, once for each measure and more often than once an evaluation, and the
    problem is nearly all of it.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "UnchangingDict":
        """Return itself."""
        return self


class UnchangingList(list[Any]):
    """The same, of a list."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "UnchangingList":
        """Return itself."""
        return self


def _dump(problem: Problem) -> UnchangingDict:
    return UnchangingDict(problem.model_dump(mode="json"))


# A problem's arms follow one another, and share it. A frozen model can be hashed, which its type does not say.
_dump_once = cast(Callable[[Problem], UnchangingDict], lru_cache(maxsize=1)(_dump))


def share(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return metadata whose lists and dictionaries are shared by its copies."""
    return {name: _unchanging(value) for name, value in metadata.items()}


def _unchanging(value: Any) -> Any:
    if isinstance(value, UnchangingDict):
        return value
    if isinstance(value, list):
        return UnchangingList(cast(list[Any], value))
    return UnchangingDict(cast(dict[str, Any], value)) if isinstance(value, dict) else value


def to_metadata(scenario: Scenario) -> dict[str, Any]:
    """Return the sample metadata: the scenario, and beside it the keys by which Inspect clusters and groups."""
    problem = scenario.problem
    dumped = {"problem": _dump_once(problem)} | scenario.model_dump(mode="json", exclude={"problem"})
    return share(dumped) | {
        "problem_id": problem.id,
        "template": f"{problem.family}/{problem.template}",
        "family": problem.family,
        "level": problem.level,
        "certificate": problem.certificate_kind,
    }
