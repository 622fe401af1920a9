"""What a check says: the content of `gate.json`, from which every other output is made.

Differences are turned so that positive is better, whatever the metric's direction; means are as measured.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from askfirst.benchmark.problem import Frozen

SCHEMA_VERSION = 1
"""Goes up whenever a field changes its meaning or goes away."""

Verdict: TypeAlias = Literal["PASS", "FAIL", "INCONCLUSIVE", "INVALID"]

Against: TypeAlias = Literal["baseline", "anchor"]
"""What the candidate is compared with: the last release, or the pinned one that keeps small losses from adding up."""

Better: TypeAlias = Literal["higher", "lower"]

Estimand: TypeAlias = Literal["templates like these", "these templates"]
"""What the interval is about: other templates of the same kind (at least 10 were seen), or only those that were run."""


class Gain(Frozen):
    """A mean difference over problems, positive where the candidate is better, and what chance leaves open."""

    mean: float
    low: float
    """One-sided 1 - alpha lower bound."""
    high: float
    """One-sided 1 - alpha upper bound."""
    standard_error: float
    degrees_of_freedom: float
    p_loss: float
    """One-sided p value of "the candidate is no worse": small means a loss."""
    problems: int
    templates: int
    estimand: Estimand


class Acknowledgement(Frozen):
    """A loss that someone has accepted for a while."""

    metric: str
    condition: str = ""
    """Empty: any."""
    expires: str
    """The last day on which it counts, YYYY-MM-DD."""
    reason: str
    by: str = ""


class Remedy(Frozen):
    """What would settle a metric, were the candidate no worse: the cheaper way first."""

    problems: int | None
    """Problems that would be needed with the epochs of now; None where no number would do."""
    epochs: int | None
    """Epochs that would be needed with the problems of now; None where no number would do."""
    calls: int | None
    """Messages of the subject that the cheaper way takes beyond those made."""
    cost_usd: float | None = None


class MetricVerdict(Frozen):
    """One metric under one condition against one release."""

    metric: str
    condition: str
    against: Against
    better: Better
    baseline: float
    candidate: float
    """Means over the problems that are compared, as measured."""
    gain: Gain
    margin: float
    """The loss that would still be accepted."""
    margin_reason: str = ""
    p_adjusted: float
    """`gain.p_loss` after Holm's correction over all metrics, conditions and releases."""
    verdict: Verdict
    reason: str
    """Why, in a sentence for people."""
    smallest_detectable_drop: float
    """The true loss that a check of this size finds with a chance of .8."""
    remedy: Remedy | None = None
    """Only where the verdict is INCONCLUSIVE."""
    worst: tuple[Verdict, Gain] | None = None
    """Verdict and gain, had every missing sample gone against the candidate; None where none is missing."""
    best: tuple[Verdict, Gain] | None = None
    missing: int = 0
    """Problems in which a sample of either release is missing."""
    unsure: int = 0
    """Problems in which the matcher only guessed, in either release."""
    unsure_worst: tuple[Verdict, Gain] | None = None
    """Had every guess been wrong in the worst way, too."""
    acknowledged: Acknowledgement | None = None


class Difference(Frozen):
    """One thing that two releases' evaluations do not have in common, or a log that can't be used."""

    what: str
    baseline: str
    candidate: str
    fatal: bool = True
    """Whether it makes the comparison INVALID; otherwise it is only told."""


class Part(Frozen):
    """One thing that dialogues come to, as a share of those of its arms: which part of asking got better or worse."""

    name: str
    """A name of `parts.PARTS`."""
    bad: bool
    """Whether more of it is worse."""
    condition: str
    baseline: float
    candidate: float
    change: float
    """Candidate minus baseline: positive is more of it."""


class SpokenTurn(Frozen):
    """One turn of a dialogue, for people."""

    said: str
    note: str
    """What the instruments made of it."""
    reply: str


class Spoken(Frozen):
    """A dialogue, for people."""

    opening: str
    turns: tuple[SpokenTurn, ...]
    outcome: str


class WorstProblem(Frozen):
    """A problem on which the candidate lost most, with both dialogues where their logs are at hand."""

    metric: str
    condition: str
    against: Against
    problem: str
    arm: str
    loss: float
    """In (0, 1]."""
    baseline: Spoken | None
    """Of the release that it is compared with; None where its logs are not at hand."""
    candidate: Spoken | None


class Look(Frozen):
    """One look at the candidate before all of it was run."""

    number: int
    problems: int
    epochs: int
    calls: int
    verdict: Verdict
    """PASS or FAIL settle it."""


class Stopping(Frozen):
    """How an evaluation in several looks went."""

    looks: tuple[Look, ...]
    planned_calls: int
    made_calls: int


class ReleaseSummary(Frozen):
    """Who was compared."""

    name: str
    date: str
    source: str
    samples: int
    missing: Mapping[str, int]
    calls: int
    cost_usd: float | None


class GateReport(Frozen):
    """The whole check."""

    schema_version: int = SCHEMA_VERSION
    verdict: Verdict
    sentence: str
    """The verdict and its reason, in one sentence for people."""
    exit_status: int
    alpha: float
    metrics: tuple[MetricVerdict, ...]
    """In the policy's order, by condition, the baseline before the anchor; empty where nothing could be compared."""
    parts: tuple[Part, ...]
    worst_problems: tuple[WorstProblem, ...]
    differences: tuple[Difference, ...]
    """What made it INVALID, and what is only told."""
    warnings: tuple[str, ...]
    """Such as "temperature 0: noise between runs is unseen"."""
    candidate: ReleaseSummary | None
    baseline: ReleaseSummary | None
    anchor: ReleaseSummary | None = None
    acknowledgements: tuple[Acknowledgement, ...] = ()
    """All that the policy holds, expired ones too."""
    stopping: Stopping | None = None
    policy: Mapping[str, str]
    """The settings that decided, in words."""
    command: str
    """What reproduces this check."""
    versions: Mapping[str, str]
