"""All measures as one dict-valued scorer, and each as a scorer of its own.

One scorer for all, because a saved log names its scorers without their package, and scoring it again takes one scorer a
call; each alone, for tasks of other people that want just one.
"""

from collections.abc import Callable
from math import isnan
from typing import NamedTuple

from inspect_ai.scorer import Metric, Score, Scorer, Target, grouped, mean, scorer, stderr
from inspect_ai.solver import TaskState

from askfirst.benchmark.dialogue_score import DialogueScore
from askfirst.benchmark.measures import CONTRASTS, JOINT, MEASURES, measure_dialogue
from askfirst.benchmark.record import read_record
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.timeline import attempt_turn, question_gains
from askfirst.scorers.epochs import over_epochs
from askfirst.scorers.problems import (
    incomplete_problems,
    problem_mean,
    problem_mean_by_family,
    problem_stderr,
    problems,
)

CLUSTER = "template"
"""The metadata key by which standard errors are clustered."""

REPEATED = ("accuracy_under", "accuracy_first", "accuracy_any")
"""Measures that also say, over epochs, how good a model can be and how far its runs lie apart."""


def metrics_of(measure: str, by_family: bool = False) -> list[Metric]:
    """Return the metrics that suit a measure: over dialogues, or over problems for what looks at several arms."""
    if measure in JOINT or measure in CONTRASTS:
        over = "joint" if measure in JOINT else "contrast"
        metrics = [problem_mean(over), problem_stderr(over), problems(over), incomplete_problems()]
        return [*metrics, problem_mean_by_family(over)] if by_family else metrics
    metrics = [mean(), stderr(cluster=CLUSTER)]
    if measure in REPEATED:
        metrics.append(over_epochs())
    return [*metrics, grouped(mean(), "family", all=False)] if by_family else metrics


def metrics_by_family() -> dict[str, list[Metric]]:
    """Return the metrics of every measure, each also by family."""
    return {measure: metrics_of(measure, by_family=True) for measure in MEASURES}


class ScoredDialogue(NamedTuple):
    """What scoring one dialogue gives."""

    values: dict[str, float]
    """Every measure by name; NaN where one does not apply."""
    answer: str
    """The last answer, in its form's canonical spelling; empty without one."""
    explanation: str
    """A line for people."""
    attempt_turn: int | None
    """The first attempt's turn, from 1; None without one."""
    gains: list[float | None]
    """Each question's share of the best question's bits, in [0, 1]; None where it has none."""


def score_dialogue(state: TaskState) -> ScoredDialogue:
    """Score a sample from its record."""
    scenario, record = state.metadata_as(Scenario), read_record(state)
    turns = record.turns  # each look at a store's field checks all of it anew
    attempts = [turn for turn in turns if turn.attempted]
    answer = attempts[-1].answer if attempts else ""
    lacking = [name for name in scenario.hidden_necessary if attempts and name not in attempts[0].known]
    explanation = (
        f"{scenario.arm}: {len(turns)} turns, ended by {record.ending or 'a limit'}; "
        f"answer {answer!r}, target {scenario.problem.target!r}" + (f"; lacked {', '.join(lacking)}" if lacking else "")
    )
    return ScoredDialogue(
        measure_dialogue(scenario, turns),
        answer,
        explanation,
        attempt_turn(turns),
        question_gains(turns),
    )


@scorer(metrics={measure: metrics_of(measure) for measure in MEASURES})
def measures() -> Scorer:
    """Score every measure of a dialogue; a measure that does not apply is NaN: unscored, and counted."""

    async def score(state: TaskState, target: Target) -> Score:
        scored = score_dialogue(state)
        return DialogueScore(
            value=dict(scored.values),
            answer=scored.answer,
            explanation=scored.explanation,
            metadata={"epoch": state.epoch, "attempt_turn": scored.attempt_turn, "gains": scored.gains},
        )

    return score


def _single(measure: str) -> Callable[[], Scorer]:
    @scorer(metrics=metrics_of(measure), name=measure)
    def single() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:
            scored = score_dialogue(state)
            value = scored.values[measure]
            if isnan(value):
                return Score.unscored(explanation=f"{measure} does not apply to this dialogue; {scored.explanation}")
            return DialogueScore(
                value=value, answer=scored.answer, explanation=scored.explanation, metadata={"epoch": state.epoch}
            )

        return score

    single.__doc__ = f"Score `{measure}` alone, as docs/measures.md defines it."
    return single


SINGLE = {measure: _single(measure) for measure in MEASURES}
"""One scorer a measure, by name: `askfirst/premature_rate` and its like."""
