"""Grades of the subject's questions by the model in the role `grader`: is each clear, answerable and polite.

A part of a task's scores exactly when the role is bound; on saved logs it runs as `askfirst/question_grades`.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from math import nan
from typing import Any

from inspect_ai._util.error import PrerequisiteError
from inspect_ai.model import Model, get_model, model_roles
from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, grouped, mean, metric, scorer, stderr
from inspect_ai.solver import TaskState

from askfirst.benchmark.dialogue_score import DialogueScore
from askfirst.benchmark.grader import CONFIG, ROLE, Grader, count_calls, start_count
from askfirst.benchmark.grading import CRITERIA, GRADER_IDENTITY, REASONS, Criterion, Graded
from askfirst.benchmark.record import AskedQuestion, Turn, read_record
from askfirst.benchmark.scenario import Scenario
from askfirst.scorers.measures import CLUSTER

MAX_QUESTIONS = 10
"""Questions of a dialogue that are graded: its first. The score's metadata says how many were left out."""

UNSCORED = "question_unscored"
"""The share of verdicts that the grader owed and didn't give, in [0, 1]; lower is better."""

NAMES: dict[Criterion, str] = {criterion: f"question_{criterion}" for criterion in CRITERIA}
"""The share of a dialogue's graded questions that meet a criterion, in [0, 1]; higher is better."""


@metric(name="counts", scores="unreduced")
def verdict_counts() -> Metric:
    """How many questions, verdicts and model calls a grading took, and how many verdicts are missing, by reason.

    A question has one verdict a criterion. `calls` are requests to the model, retries included; `cached` are answers
    that cost nothing.
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        counts = Counter[str](dict.fromkeys(("questions", "left_out", "verdicts", "calls", "cached"), 0))
        for score in scores:
            counts.update((score.score.metadata or {}).get("counts", {}))
        return {name: float(count) for name, count in counts.items()}

    return compute


def metrics_of_grades(by_family: bool = False) -> dict[str, list[Metric]]:
    """Return the metrics of every value of the score."""
    values: dict[str, list[Metric]] = {name: [mean(), stderr(cluster=CLUSTER)] for name in (*NAMES.values(), UNSCORED)}
    if by_family:
        for metrics in values.values():
            metrics.append(grouped(mean(), "family", all=False))
    values[UNSCORED].append(verdict_counts())
    return values


def grader_bound() -> bool:
    """Say whether the role has a model; while a task is being built as well as when it runs."""
    return ROLE in model_roles()


@scorer(metrics=metrics_of_grades())
def question_grades() -> Scorer:
    """Score a dialogue's questions by the grader; a dialogue without a verdict is NaN: unscored, and counted."""
    grader = Grader()

    async def score(state: TaskState, target: Target) -> Score:
        model = _find_model()
        scenario, record = state.metadata_as(Scenario), read_record(state)
        asked = [(turn, question) for turn in record.turns for question in turn.questions]
        before = start_count()
        grades = await asyncio.gather(
            *(grader.grade(model, scenario.problem, question.text) for _, question in asked[:MAX_QUESTIONS])
        )
        counts = _count(grades, len(asked)) | count_calls(before)
        return DialogueScore(
            value=to_values(grades),
            explanation=_explain(counts),
            metadata={
                "epoch": state.epoch,
                "grader": str(model),
                "grading": GRADER_IDENTITY,
                "counts": counts,
                "questions": [
                    _describe(turn, question, graded)
                    for (turn, question), graded in zip(asked[:MAX_QUESTIONS], grades, strict=True)
                ],
            },
        )

    return score


def to_values(grades: Sequence[Graded]) -> dict[str, float]:
    """Return a dialogue's values: the share of yes among the verdicts by criterion, and the share without a verdict.

    Each is in [0, 1], or NaN where there is nothing to take a share of.
    """
    values: dict[str, float] = {}
    missing = 0
    for criterion, name in NAMES.items():
        outcomes = [graded[criterion].value for graded in grades]
        verdicts = [value for value in outcomes if value is not None]
        missing += len(outcomes) - len(verdicts)
        values[name] = sum(verdicts) / len(verdicts) if verdicts else nan
    values[UNSCORED] = missing / (len(NAMES) * len(grades)) if grades else nan
    return values


def _find_model() -> Model:
    if not grader_bound():
        raise PrerequisiteError(f"{ROLE}: no model in this role; expected one; add --model-role {ROLE}=MODEL")
    return get_model(role=ROLE, config=CONFIG)


def _count(grades: Sequence[Graded], asked: int) -> dict[str, int]:
    outcomes = [outcome for graded in grades for outcome in graded.values()]
    reasons = Counter(outcome.reason for outcome in outcomes)
    return {
        "questions": len(grades),
        "left_out": asked - len(grades),
        "verdicts": reasons[None],
        **{reason: reasons[reason] for reason in REASONS if reasons[reason]},
    }


def _describe(turn: Turn, question: AskedQuestion, graded: Graded) -> dict[str, Any]:
    # no value is None: Inspect drops those when it saves a log
    return {
        "turn": turn.number,
        "text": question.text,
        "verdicts": {name: outcome.value for name, outcome in graded.items() if outcome.value is not None},
        "unscored": {name: outcome.reason for name, outcome in graded.items() if outcome.reason is not None},
    }


def _explain(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()) or "no question"
