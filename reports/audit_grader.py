"""How far a grader can be believed: its verdicts beside people's labels, and what its mean becomes when corrected.

Nothing is asked here: verdicts come in, a report goes out.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from inspect_ai.scorer import SampleScore, Score, krippendorff_alpha

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.grading import CRITERIA, GRADER_IDENTITY, Criterion, Graded, Reason
from askfirst.benchmark.labels import LabelledQuestion
from askfirst.benchmark.prediction_powered import MIN_CLUSTERS, CorrectedMean, correct_mean
from askfirst.benchmark.problem import CANARY, Frozen
from askfirst.reports.intervals import Estimate, estimate
from askfirst.reports.logged_grades import LoggedGrades

SCHEMA_VERSION = 1
"""Goes up whenever a field of the report changes its meaning."""

MAX_WORST = 5
"""Disagreements that a report shows of a criterion."""


class Confusion(Frozen):
    """Counts of labelled questions with a verdict: what people say first, what the grader says second."""

    yes_yes: int
    yes_no: int
    no_yes: int
    no_no: int


class Disagreement(Frozen):
    """One question that people and the grader judge differently."""

    id: str
    text: str
    label: bool
    verdict: bool


class CriterionAudit(Frozen):
    """What the labels say of the grader by one criterion."""

    criterion: Criterion
    meaning: str
    """What "yes" means."""
    labelled: int
    """Questions with a label."""
    unscored: dict[Reason, int]
    """Of these, questions without a verdict, by reason."""
    agreement: Estimate | None
    """Share of verdicts that agree with the label, in [0, 1], higher is better; None without a verdict."""
    alpha: float | None
    """Krippendorff's alpha (nominal) of labels and verdicts, at most 1, 0 is chance; None where all say the same."""
    confusion: Confusion
    error_of_yes: Estimate | None
    """Share of the questions that people call "yes" which the grader calls "no", in [0, 1], lower is better."""
    error_of_no: Estimate | None
    """Share of the questions that people call "no" which the grader calls "yes", in [0, 1], lower is better."""
    worst: tuple[Disagreement, ...]
    """Some disagreements, those of the class with the higher error first."""
    logged: int
    """Verdicts in the logs."""
    logged_unscored: dict[Reason, int]
    logged_mean: float | None
    """Share of "yes" among the logs' verdicts, uncorrected; None without one."""
    corrected: CorrectedMean | None
    """The same, corrected by the labelled questions' error; None where either side has too few templates."""


class GraderAudit(Frozen):
    """What `askfirst audit grader` found."""

    schema_version: int = SCHEMA_VERSION
    canary: str = CANARY
    grader: str
    """The model, as Inspect names it."""
    grading: str = GRADER_IDENTITY
    """Version and hash of the prompt."""
    questions: int
    """Labelled questions that the grader was asked about."""
    calls: int
    """Requests to the model, retries included."""
    cached: int
    """Replies that were kept from before and cost nothing."""
    logs: tuple[str, ...]
    criteria: tuple[CriterionAudit, ...]


class _Row(Frozen):
    question: LabelledQuestion
    label: bool
    verdict: bool


def audit_grader(
    rows: Sequence[LabelledQuestion],
    predictions: Mapping[str, Graded],
    *,
    grader: str,
    calls: int = 0,
    cached: int = 0,
    logged: LoggedGrades | None = None,
) -> GraderAudit:
    """Compare a grader's verdicts with people's labels.

    Problems of one template are a cluster in every interval. The correction of the logs' mean takes for granted that
    the grader errs on the logs' questions as it does on the labelled ones.

    Args:
        rows: Labelled questions; those of kind `none` are left out.
        predictions: The grader's outcomes by the question's id.
        grader: The model's name.
        calls: Requests that the predictions took.
        cached: Replies that were kept from before.
        logged: The same grader's outcomes for other questions, which have no labels.

    Raises:
        DataError: If there is no row to compare, or one has no prediction.
    """
    asked = to_asked(rows)
    if missing := [row.id for row in asked if row.id not in predictions]:
        raise DataError(f"predictions: none for {missing[:3]!r}; expected one a labelled question; grade them all")
    if not asked:
        raise DataError("labelled questions: none that asks for anything; expected some; choose another file")
    return GraderAudit(
        grader=grader,
        questions=len(asked),
        calls=calls,
        cached=cached,
        logs=logged.logs if logged else (),
        criteria=tuple(_audit(name, asked, predictions, logged) for name in CRITERIA),
    )


def to_asked(rows: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """Return the rows that ask for something: a grader is asked about no others."""
    return [row for row in rows if row.kind != "none"]


def label_of(row: LabelledQuestion, criterion: Criterion) -> bool | None:
    """Return what people say of a question by a criterion; None where they don't say."""
    labels: dict[Criterion, bool | None] = {
        "clear": row.clear,
        "answerable": row.kind == "targeted",
        "polite": row.polite,
    }
    return labels[criterion]


def _audit(
    criterion: Criterion,
    questions: Sequence[LabelledQuestion],
    predictions: Mapping[str, Graded],
    logged: LoggedGrades | None,
) -> CriterionAudit:
    outcomes = [
        (question, label, predictions[question.id][criterion])
        for question in questions
        if (label := label_of(question, criterion)) is not None
    ]
    rows = [
        _Row(question=question, label=label, verdict=outcome.value)
        for question, label, outcome in outcomes
        if outcome.value is not None
    ]
    of_yes, of_no = (_error([row for row in rows if row.label is label]) for label in (True, False))
    elsewhere = logged.verdicts[criterion] if logged else ()
    return CriterionAudit(
        criterion=criterion,
        meaning=CRITERIA[criterion],
        labelled=len(outcomes),
        unscored=dict(Counter(outcome.reason for _, _, outcome in outcomes if outcome.reason is not None)),
        agreement=estimate([float(row.label is row.verdict) for row in rows], [_template(row) for row in rows]),
        alpha=_alpha(rows),
        confusion=_confusion(rows),
        error_of_yes=of_yes,
        error_of_no=of_no,
        worst=_worst(rows, yes_first=(of_yes.mean if of_yes else 0.0) > (of_no.mean if of_no else 0.0)),
        logged=len(elsewhere),
        logged_unscored=logged.unscored[criterion] if logged else {},
        logged_mean=sum(one.value for one in elsewhere) / len(elsewhere) if elsewhere else None,
        corrected=_correct(rows, logged, criterion) if logged else None,
    )


def _template(row: _Row) -> str:
    return row.question.problem.rpartition("/")[0]


def _error(rows: Sequence[_Row]) -> Estimate | None:
    return estimate([float(row.label is not row.verdict) for row in rows], [_template(row) for row in rows])


def _alpha(rows: Sequence[_Row]) -> float | None:
    if len({said for row in rows for said in (row.label, row.verdict)}) < 2:
        return None  # by Inspect's convention it would be 1, but agreement that can't fail shows nothing
    compute = cast(Callable[[list[SampleScore]], float], krippendorff_alpha())
    return compute([SampleScore(score=Score(value=[row.label, row.verdict])) for row in rows])


def _confusion(rows: Sequence[_Row]) -> Confusion:
    counts = Counter((row.label, row.verdict) for row in rows)
    return Confusion(
        yes_yes=counts[True, True], yes_no=counts[True, False], no_yes=counts[False, True], no_no=counts[False, False]
    )


def _worst(rows: Sequence[_Row], *, yes_first: bool) -> tuple[Disagreement, ...]:
    differing = sorted(
        (row for row in rows if row.label is not row.verdict), key=lambda row: row.label is not yes_first
    )
    return tuple(
        Disagreement(id=row.question.id, text=row.question.text, label=row.label, verdict=row.verdict)
        for row in differing[:MAX_WORST]
    )


def _correct(rows: Sequence[_Row], logged: LoggedGrades, criterion: Criterion) -> CorrectedMean | None:
    verdicts = logged.verdicts[criterion]
    clusters, others = [_template(row) for row in rows], [one.template for one in verdicts]
    if len(set(clusters)) < MIN_CLUSTERS or len(set(others)) < MIN_CLUSTERS:
        return None
    # full weight: the labelled questions are others' than the logs', so their own mean must not stand in for these
    return correct_mean(
        [float(row.label) for row in rows],
        [float(row.verdict) for row in rows],
        [float(one.value) for one in verdicts],
        weight=1.0,
        clusters=clusters,
        unlabelled_clusters=others,
    )
