"""The measures that a gate can hold: those with a range and a direction, and what their values rest on."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from askfirst.benchmark.measures import CONTRASTS
from askfirst.reports.gate.release import Bounds

Better: TypeAlias = Literal["higher", "lower"]

GATE_METRICS: Mapping[str, Better] = {
    "joint_success": "higher",
    "asking_success": "higher",
    "premature_rate": "lower",
    "informed_rate": "higher",
    "forced_rate": "lower",
    "unanswered_rate": "lower",
    "known_at_attempt": "higher",
    "accuracy_under": "higher",
    "accuracy_full": "higher",
    "accuracy_decoy": "higher",
    "accuracy_first": "higher",
    "accuracy_any": "higher",
    "share_met": "higher",
    "lucky_rate": "lower",
    "over_ask_rate": "lower",
    "discrimination": "higher",
    "ask_recall": "higher",
    "weighted_recall": "higher",
    "ask_precision": "higher",
    "ask_f1": "higher",
    "efficiency": "higher",
    "redundancy": "lower",
    "compound_rate": "lower",
    "generic_rate": "lower",
    "unanswerable_rate": "lower",
    "inert_rate": "lower",
    "specificity": "higher",
    "information_share": "higher",
    "asking_success_1x": "higher",
    "asking_success_1_5x": "higher",
    "asking_success_3x": "higher",
    "asking_success_any": "higher",
}
"""By name, in the order in which measures are shown, which values are better.

Left out: what has no upper end (`turns`, `questions`, `information_gain`), and what speaks of the instruments
(`unsure_rate`, `user_fault_rate`).
"""

UNMATCHED = frozenset(
    {
        "accuracy_under",
        "accuracy_full",
        "accuracy_decoy",
        "accuracy_first",
        "accuracy_any",
        "share_met",
        "forced_rate",
        "unanswered_rate",
        "compound_rate",
        "over_ask_rate",
    }
)
"""Metrics of a dialogue that do not depend on what the matcher took its questions to ask for."""


def range_of(metric: str) -> Bounds:
    """Return the least and the largest value that a problem can have."""
    return Bounds(-1.0, 1.0) if metric in CONTRASTS else Bounds(0.0, 1.0)
