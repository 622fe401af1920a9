"""Verdicts that a grader gave in saved logs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from inspect_ai.log import read_eval_log_samples

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.grading import CRITERIA, GRADER_IDENTITY, Criterion, Reason
from askfirst.benchmark.problem import Frozen
from askfirst.reports.results import find_logs

SCORE = "question_grades"
"""The score that holds them."""


class LoggedVerdict(Frozen):
    """What a grader said of one question by one criterion."""

    value: bool
    template: str
    """With its family: the unit of clustering."""


class LoggedGrades(Frozen):
    """What one grader said in some logs."""

    logs: tuple[str, ...]
    verdicts: dict[Criterion, tuple[LoggedVerdict, ...]]
    unscored: dict[Criterion, dict[Reason, int]]
    """Questions without a verdict, by reason."""


def load_logged_grades(paths: Sequence[str | Path], grader: str) -> LoggedGrades:
    """Load a grader's verdicts from logs.

    Args:
        paths: Log files, or folders of them.
        grader: The model whose verdicts they have to be, as Inspect names it.

    Raises:
        LogError: If a log can't be read, holds no grades, or those of another grader or prompt.
    """
    verdicts: defaultdict[Criterion, list[LoggedVerdict]] = defaultdict(list)
    unscored: defaultdict[Criterion, Counter[Reason]] = defaultdict(Counter)
    logs = find_logs(paths)
    for log in logs:
        for template, question in _read_questions(log, grader):
            for criterion in CRITERIA:
                if criterion in question["verdicts"]:
                    verdict = LoggedVerdict(value=question["verdicts"][criterion], template=template)
                    verdicts[criterion].append(verdict)
                else:
                    unscored[criterion][question["unscored"][criterion]] += 1
    return LoggedGrades(
        logs=tuple(map(str, logs)),
        verdicts={criterion: tuple(verdicts[criterion]) for criterion in CRITERIA},
        unscored={criterion: dict(unscored[criterion]) for criterion in CRITERIA},
    )


def _read_questions(log: Path, grader: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        samples = list(
            read_eval_log_samples(str(log), all_samples_required=False, exclude_fields={"messages", "events"})
        )
    except (OSError, ValueError, BadZipFile, KeyError) as error:
        raise LogError(f"{log}: not readable as a log ({error}); expected an .eval file; check the path") from error
    for sample in samples:
        if sample.error:
            continue
        score = (sample.scores or {}).get(SCORE)
        if score is None or score.metadata is None:
            raise LogError(
                f"{log}: sample {sample.id!r} has no grades; expected the score {SCORE!r}; "
                f"add it with `inspect score {log} --scorer askfirst/{SCORE} --model-role grader=MODEL`"
            )
        found = (score.metadata["grader"], score.metadata["grading"])
        if found != (grader, GRADER_IDENTITY):
            raise LogError(
                f"{log}: graded by {found!r}; expected {(grader, GRADER_IDENTITY)!r}; grade it with that grader"
            )
        for question in score.metadata["questions"]:
            yield str(sample.metadata["template"]), question
