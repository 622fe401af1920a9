"""A release as the gate sees it: one row a problem and condition, and all that has to be equal to compare two."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from pydantic import Field

from askfirst.benchmark.problem import Frozen


class Bounds(NamedTuple):
    """What a problem's value could be, had every sample given one."""

    low: float
    high: float


class RowKey(NamedTuple):
    """Which problem, and how its user treated what was withheld."""

    condition: str
    problem: str


class ReleaseRow(Frozen):
    """One problem under one condition, epochs collapsed: a joint measure is the product of its arms' means."""

    condition: str
    problem: str
    template: str
    """With its family: the cluster."""
    family: str
    level: int
    epochs: int = Field(ge=1)
    """Planned runs of each sample."""
    values: Mapping[str, float]
    """By metric, from the samples that have a value; a metric that no sample has a value of is missing."""
    bounds: Mapping[str, Bounds] = {}
    """By metric, where samples errored or went unscored: those could have had any value in the metric's range."""
    parts: Mapping[str, float] = {}
    """What the problem's dialogues came to, by name in `parts.PARTS`, as a share of those of the part's arms."""
    unsure_bounds: Mapping[str, Bounds] = {}
    """By metric, where the matcher only guessed: `bounds` widened by what those samples could have been."""

    @property
    def key(self) -> RowKey:
        """The row's name within a release."""
        return RowKey(self.condition, self.problem)


class Identity(Frozen):
    """What must be equal for two sets of scores to be comparable; one a task and condition."""

    task: str
    condition: str
    facts: Mapping[str, str]
    """By name, in words: data hash, task version, reader, matcher, user, grader, sampling, limits, epochs ..."""


class Usage(Frozen):
    """What an evaluation cost the subject's side."""

    calls: int
    """Messages of the subject."""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    """None where the logs know no price."""


Missing: TypeAlias = Literal["errored", "unscored", "unsure"]


class Release(Frozen):
    """Everything that a gate needs of one release, from its logs or from a committed baseline."""

    name: str
    """The model's."""
    date: str
    """Day of the newest log, YYYY-MM-DD."""
    source: str
    """Where it comes from, as the user named it: logs or a baseline file."""
    rows: tuple[ReleaseRow, ...]
    """In order of condition and problem; no key twice."""
    identities: tuple[Identity, ...]
    """In order of task and condition."""
    samples: int
    missing: Mapping[Missing, int]
    """Samples by what they lack; unsure ones have values."""
    usage: Usage
    logs: tuple[str, ...] = ()
    """Log files, where they are at hand."""
