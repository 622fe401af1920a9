"""The policy of a gate: what a release is held to, from the file `gate.toml`.

Everything has a default, so that a gate works without a file. An unknown name is an error: a misspelt margin that is
silently ignored would pass what it was meant to stop.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import Field, ValidationError, field_validator

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.scenario import Condition
from askfirst.reports.gate.comparability import MAX_ERROR_SHARE
from askfirst.reports.gate.metrics import GATE_METRICS

DEFAULT_METRICS = ("joint_success", "premature_rate", "over_ask_rate", "accuracy_full")
"""Asking too little and asking too much both fail, and guessing earns nothing."""

DEFAULT_MARGIN = 0.05

OnInconclusive: TypeAlias = Literal["pass", "fail", "inconclusive"]
"""What a check does to a build when chance leaves both open: `inconclusive` has an exit status of its own."""

Unsure: TypeAlias = Literal["count", "bounds"]
"""What a dialogue is worth in which the matcher only guessed: what it guessed, or anything in the metric's range."""


ON_INCONCLUSIVE_IN_WORDS: Mapping[OnInconclusive, str] = {
    "pass": "the build passes",
    "fail": "the build fails",
    "inconclusive": "an exit status of its own",
}

UNSURE_IN_WORDS: Mapping[Unsure, str] = {"count": "count as they are", "bounds": "could have had any value"}


class MetricPolicy(Frozen):
    """What is asked of one metric."""

    margin: float = Field(default=DEFAULT_MARGIN, gt=0, lt=1)
    """The loss that would still be accepted, in the metric's own unit."""
    reason: str = ""
    """Why this margin."""


class Policy(Frozen):
    """What a release is held to."""

    metrics: Mapping[str, MetricPolicy] = Field(
        default={metric: MetricPolicy() for metric in DEFAULT_METRICS}, min_length=1
    )
    """By name, in the order in which they are shown; a file that names any names all."""
    alpha: float = Field(default=0.05, gt=0, lt=0.5)
    """One-sided chance of a wrong FAIL of the whole, and of a wrong PASS of each metric."""
    conditions: tuple[Condition, ...] = ()
    """Those that count; empty: all that were evaluated."""
    families: tuple[str, ...] = ()
    """Those that count; empty: all that were evaluated."""
    epochs: int | Literal["equal"] | None = None
    """How often each sample has to be run: a number, as often in both, or (None) as anyone likes."""
    on_inconclusive: OnInconclusive = "inconclusive"
    unsure: Unsure = "count"
    baseline: str = ""
    """Logs or a baseline file; a relative path counts from the policy file."""
    anchor: str = ""
    """The pinned release that keeps small losses from adding up; as `baseline`."""
    max_error_share: float = Field(default=MAX_ERROR_SHARE, gt=0, le=1)
    """Largest share of errored or unscored samples in either release."""

    @field_validator("metrics")
    @classmethod
    def _known(cls, metrics: Mapping[str, MetricPolicy]) -> Mapping[str, MetricPolicy]:
        if unknown := [name for name in metrics if name not in GATE_METRICS]:
            raise ValueError(f"unknown metric {unknown[0]!r}; expected some of {', '.join(GATE_METRICS)}")
        return metrics

    @field_validator("epochs")
    @classmethod
    def _at_least_one(cls, epochs: int | str | None) -> int | str | None:
        if isinstance(epochs, int) and epochs < 1:
            raise ValueError("expected at least 1, or 'equal'")
        return epochs


def load_policy(path: Path | None) -> Policy:
    """Load a policy file; None gives the defaults.

    Raises:
        GateError: If there is no such file, or something in it is unknown or not what it must be; the message names the
            key, what was found and what is allowed.
    """
    if path is None:
        return Policy()
    table = read_toml(path)
    try:
        policy = Policy.model_validate(table)
    except ValidationError as error:
        raise GateError(f"{path}: {_describe(error, table)}; correct it") from error
    places = {name: _resolve(path, getattr(policy, name)) for name in ("baseline", "anchor")}
    return policy.model_copy(update=places)


def policy_in_words(policy: Policy) -> dict[str, str]:
    """Return the settings that decide, by name, in words for people."""
    return {
        "metrics": "; ".join(_metric_in_words(name, metric) for name, metric in policy.metrics.items()),
        "alpha": f"{policy.alpha:g}, one-sided",
        "conditions": ", ".join(policy.conditions) or "all that were evaluated",
        "families": ", ".join(policy.families) or "all that were evaluated",
        "epochs": _epochs_in_words(policy.epochs),
        "when inconclusive": ON_INCONCLUSIVE_IN_WORDS[policy.on_inconclusive],
        "guessed matches": UNSURE_IN_WORDS[policy.unsure],
        "samples without scores": f"at most {100 * policy.max_error_share:g}%",
        "baseline": policy.baseline or "named in the command",
        "anchor": policy.anchor or "none",
    }


def _metric_in_words(name: str, metric: MetricPolicy) -> str:
    said = f"{name} within {metric.margin:g}"
    return f"{said} ({metric.reason})" if metric.reason else said


def _epochs_in_words(epochs: int | str | None) -> str:
    if epochs is None:
        return "any number"
    return "as many in both" if epochs == "equal" else str(epochs)


def _resolve(policy: Path, place: str) -> str:
    return place if not place or "://" in place else str(policy.parent / place)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        GateError: If it is not there, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GateError(f"{path}: not readable ({error.strerror}); expected a TOML file; check the path") from error
    except (ValueError, RecursionError) as error:
        raise GateError(f"{path}: not TOML ({error}); expected keys and values; correct it") from error


def _describe(error: ValidationError, table: Mapping[str, Any]) -> str:
    """Say in `key: found; expected` what is wrong first."""
    first = error.errors()[0]
    # of a union the place also names the member
    place = [str(step) for step in first["loc"] if step != "int" and not str(step).startswith("literal[")]
    key = ".".join(place)
    if first["type"] == "extra_forbidden":
        allowed = MetricPolicy.model_fields if place[0] == "metrics" else Policy.model_fields
        return f"{key}: unknown key; expected one of {', '.join(allowed)}"
    found: Any = table
    for step in place:
        # a list's items have numbers
        found = found[int(step) if step.isdigit() else step]
    said = first["msg"].removeprefix("Value error, ")
    return said if said.startswith("unknown") else f"{key}: {found!r}; {said[0].lower()}{said[1:]}"
