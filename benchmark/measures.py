"""The formulas: every measure of one dialogue, from its scenario and its record.

Values are floats; NaN means unscored: the measure does not apply to this dialogue (a ratio without a denominator, an
arm that it does not look at), so that it leaves the mean and is counted. docs/measures.md lists the same formulas.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from math import isnan, nan, prod

from askfirst.benchmark.problem import OpenForm
from askfirst.benchmark.record import AskedQuestion, Turn
from askfirst.benchmark.scenario import Scenario

PATIENCE: Mapping[str, float] = {"1x": 1.0, "1_5x": 1.5, "2x": 2.0, "3x": 3.0, "any": float("inf")}
"""How many questions a patient user stands, in multiples of m*; `2x` is asking_success itself."""

JOINT = ("joint_success", "asking_success", *(f"asking_success_{name}" for name in PATIENCE if name != "2x"))
"""Measures whose value of one dialogue is only its arm's part: a problem's value is the product over its arms."""

CONTRASTS = ("discrimination",)
"""Measures whose value of one dialogue is an indicator: a problem's is `under` minus the mean of the other arms."""


OUTCOMES = ("informed", "premature", "forced", "unanswered")
"""What an `under` dialogue comes to; each is exactly one of these."""

MEASURES = (
    "joint_success",
    "asking_success",
    "premature_rate",
    "informed_rate",
    "forced_rate",
    "unanswered_rate",
    "known_at_attempt",
    "accuracy_under",
    "accuracy_full",
    "accuracy_decoy",
    "accuracy_first",
    "accuracy_any",
    "share_met",
    "lucky_rate",
    "over_ask_rate",
    "discrimination",
    "ask_recall",
    "weighted_recall",
    "ask_precision",
    "ask_f1",
    "efficiency",
    "redundancy",
    "compound_rate",
    "generic_rate",
    "unanswerable_rate",
    "inert_rate",
    "unsure_rate",
    "user_fault_rate",
    "specificity",
    "information_gain",
    "information_share",
    "turns",
    "questions",
    "asking_success_1x",
    "asking_success_1_5x",
    "asking_success_3x",
    "asking_success_any",
)
"""Every measure, in the order in which they are shown."""


def measure_dialogue(scenario: Scenario, turns: Sequence[Turn]) -> dict[str, float]:
    """Return every measure of a dialogue by name; NaN where one does not apply.

    The keys and their order are the same for every dialogue.
    """
    under = scenario.arm == "under"
    window = until_first_attempt(turns)
    questions = [question for turn in window for question in turn.questions]
    elicited = {name for question in questions for name in question.hits}
    hits = len(elicited)
    cost = sum(question.cost for question in questions)
    needed = len(scenario.hidden_necessary)
    right = is_right(turns) if has_target(scenario) else nan
    outcome = outcome_of(scenario, turns)

    values = {f"{name}_rate": _only(under, outcome == name) for name in OUTCOMES}
    values |= {
        "known_at_attempt": _only(under, known_at_attempt(scenario, turns)),
        "accuracy_under": _only(under, right),
        "accuracy_full": _only(scenario.arm == "full", right),
        "accuracy_decoy": _only(scenario.arm == "decoy", right),
        "accuracy_first": _only(under, right if isnan(right) else bool(window) and window[-1].right),
        "accuracy_any": _only(under, right if isnan(right) else any(turn.right for turn in turns)),
        "share_met": share_met(turns),
        "lucky_rate": _only(under, right * (outcome == "premature")),
        "over_ask_rate": _only(not under, any(turn.questions for turn in turns)),
        "discrimination": float(hits > 0) if under else float(any(turn.questions for turn in turns)),
        "ask_recall": _only(under, recall(hits, needed)),
        "weighted_recall": _only(under, weighted_recall(elicited, scenario)),
        "ask_precision": _only(under, precision(hits, cost)),
        "ask_f1": _only(under, f1(hits, needed, cost)),
        "efficiency": _only(under, efficiency(right, needed, cost)),
    }
    values |= {name: _only(under, value) for name, value in question_shares(window, scenario).items()}
    values |= {
        "user_fault_rate": user_fault_rate(turns),
        "information_gain": _only(under, mean_gain(questions)),
        "information_share": _only(under, mean_gain_share(questions)),
        "turns": _only(under, float(len(turns))),
        "questions": _only(under, float(len(questions))),
    }
    for name, patience in PATIENCE.items():
        key = "asking_success" if name == "2x" else f"asking_success_{name}"
        if under:
            values[key] = float(outcome == "informed" and cost <= patience * needed)
        else:
            values[key] = float(any(turn.attempted for turn in turns) and not questions)
    values["joint_success"] = values["asking_success"] * right
    return {name: values[name] for name in MEASURES}


def until_first_attempt(turns: Sequence[Turn]) -> Sequence[Turn]:
    """Return the turns up to the first attempt and with it; all of them when there is none."""
    for position, turn in enumerate(turns):
        if turn.attempted:
            return turns[: position + 1]
    return turns


def outcome_of(scenario: Scenario, turns: Sequence[Turn]) -> str:
    """Return which of `OUTCOMES` a dialogue came to, by its first attempt."""
    window = until_first_attempt(turns)
    if not window or not window[-1].attempted:
        return "unanswered"
    first = window[-1]
    if first.after_last_call:
        return "forced"
    return "informed" if scenario.problem.determined(first.known) else "premature"


def is_right(turns: Sequence[Turn]) -> float:
    """Return 1 if the last attempt is right, else 0; no attempt is wrong."""
    attempts = [turn for turn in turns if turn.attempted]
    return float(bool(attempts) and attempts[-1].right)


def has_target(scenario: Scenario) -> bool:
    """Say whether the source has a right answer; without one every accuracy is unscored."""
    return not isinstance(scenario.problem.form, OpenForm)


def share_met(turns: Sequence[Turn]) -> float:
    """Return the share of the last attempt's parts that are right, in [0, 1]; NaN where answers have no parts.

    Without an attempt it is NaN too: which parts there would have been is known of answers only.
    """
    attempts = [turn for turn in turns if turn.attempted]
    return nan if not attempts or attempts[-1].share is None else attempts[-1].share


def known_at_attempt(scenario: Scenario, turns: Sequence[Turn]) -> float:
    """Return the share of the hidden necessary fragments known at the first attempt, in [0, 1]; NaN without one."""
    window = until_first_attempt(turns)
    if not window or not window[-1].attempted or not scenario.hidden_necessary:
        return nan
    hidden = set(scenario.hidden_necessary)
    return len(hidden & set(window[-1].known)) / len(hidden)


def recall(hits: int, needed: int) -> float:
    """Return hits / |H|, in [0, 1]; NaN when nothing was hidden."""
    return hits / needed if needed else nan


def weighted_recall(elicited: Collection[str], scenario: Scenario) -> float:
    """Return the elicited share of H by the fragments' weights, in [0, 1]; NaN when nothing was hidden."""
    weights = {name: scenario.problem.fragment(name).weight for name in scenario.hidden_necessary}
    return sum(weights[name] for name in elicited if name in weights) / sum(weights.values()) if weights else nan


def precision(hits: int, cost: int) -> float:
    """Return hits / C, in [0, 1]; NaN when nothing was asked."""
    return hits / cost if cost else nan


def f1(hits: int, needed: int, cost: int) -> float:
    """Return the harmonic mean of recall and precision, in [0, 1]; 0 when nothing was asked, NaN if nothing hidden."""
    # 2rp / (r + p) with r = hits / needed and p = hits / cost
    return 2 * hits / (needed + cost) if needed else nan


def efficiency(right: float, needed: int, cost: int) -> float:
    """Return accuracy x m* / max(C, m*), in [0, 1]; NaN when nothing was hidden."""
    return right * needed / max(cost, needed) if needed else nan


def question_shares(turns: Sequence[Turn], scenario: Scenario) -> dict[str, float]:
    """Return the shares of the turns' questions that are of each poor kind, in [0, 1], and their mean specificity.

    NaN without a question; `specificity` NaN without a question that has a target.
    """
    inert, total = set(scenario.problem.inert), len(scenario.problem.fragments)
    asked = [(question, len(turn.questions)) for turn in turns for question in turn.questions]
    targeted = [question for question, _ in asked if question.targets]
    return {
        "redundancy": _mean([float(bool(q.targets) and set(q.known) == set(q.targets)) for q, _ in asked]),
        "compound_rate": _mean([float(in_turn > 1) for _, in_turn in asked]),
        "generic_rate": _mean([float(q.kind == "general") for q, _ in asked]),
        "unanswerable_rate": _mean([float(q.kind == "unanswerable") for q, _ in asked]),
        "inert_rate": _mean([float(bool(q.targets) and set(q.targets) <= inert) for q, _ in asked]),
        "unsure_rate": _mean([float(q.unsure) for q, _ in asked]),
        "specificity": _mean([1 - (len(q.targets) - 1) / (total - 1) for q in targeted]) if total > 1 else nan,
    }


def user_fault_rate(turns: Sequence[Turn]) -> float:
    """Return the faults that an audit found in a model user's wordings and choices, a turn, at least 0.

    It says something of the instrument, not of the subject: each faulty wording was replaced. 0 for the rules.
    """
    return _mean([float(len(turn.user_faults)) for turn in turns])


def mean_gain(questions: Sequence[AskedQuestion]) -> float:
    """Return the expected bits of the answer's entropy that a question removed, at least 0; NaN without a question."""
    return _mean([question.gain_bits for question in questions if question.gain_bits is not None])


def mean_gain_share(questions: Sequence[AskedQuestion]) -> float:
    """Return the mean share of the best question's bits, in [0, 1]; NaN where no question could have removed any."""
    return _mean([q.gain_bits / q.best_bits for q in questions if q.gain_bits is not None and q.best_bits])


def product_over_arms(means: Mapping[str, float]) -> float:
    """Return the product of the arms' means: 1 only for a subject that is right to ask, and right not to."""
    return prod(means.values())


def under_minus_twins(means: Mapping[str, float]) -> float:
    """Return `under` minus the mean of the other arms, in [-1, 1]; NaN where one side was not run."""
    twins = [mean for arm, mean in means.items() if arm != "under"]
    if "under" not in means or not twins:
        return nan
    return means["under"] - sum(twins) / len(twins)


COMBINE: Mapping[str, Callable[[Mapping[str, float]], float]] = {
    "joint": product_over_arms,
    "contrast": under_minus_twins,
}
"""How a problem's value comes from its arms, by the name that a metric's `over` takes."""


def _only(applies: bool, value: float) -> float:
    return float(value) if applies else nan


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else nan
