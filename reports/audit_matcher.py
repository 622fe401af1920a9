"""How well the question matcher finds the fragments that labelled questions ask for."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from askfirst.benchmark.labels import QuestionCase
from askfirst.benchmark.matcher import Match
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.reader import read_turn
from askfirst.reports.rates import Counts, Figure, resampled, share

SCHEMA_VERSION = 1
MAX_WORST = 40
"""Wrongly matched questions that a report lists."""


class MatchedCase(NamedTuple):
    """A labelled question, what the matcher made of it whole, and of the questions that the reader cut from it."""

    case: QuestionCase
    whole: Match | None
    """None for a message that asks nothing: the matcher is never asked about one."""
    cut: tuple[Match, ...]


class Mismatch(Frozen):
    """One question that was matched otherwise than labelled, for people."""

    id: str
    category: str
    language: str
    text: str
    labelled: str
    found: str
    confidence: float
    unsure: bool


class MatcherFigures(Frozen):
    """The figures of one set of questions; precision and recall are over targets, guesses included."""

    questions: int
    precision: Figure
    recall: Figure
    precision_when_sure: Figure
    """Of targets that the matcher did not call guesses."""
    right: Figure
    """Questions whose kind and targets are both right."""
    unsure: Figure
    """Questions of which the matcher only guesses."""
    read_precision: Figure
    """Targets as a dialogue finds them: the reader cuts the questions from the message first."""
    read_recall: Figure
    taken_for_questions: Figure
    """Of offers and courtesies: the share that the reader takes for questions."""


class MatcherAudit(Frozen):
    """Everything that an audit of the matcher says."""

    schema_version: int = SCHEMA_VERSION
    instrument: str = "matcher"
    identity: str
    reader: str
    half: str
    figures: Mapping[str, MatcherFigures]
    """By set: each language; and of English each category (`en/direct`) and family (`en/sql`)."""
    worst: tuple[Mismatch, ...]


def questions_of(case: QuestionCase) -> tuple[str, ...]:
    """Return the atomic questions that the reader cuts from a labelled message."""
    return read_turn(case.question.text, case.problem.form, said=case.problem.goal).questions


def audit_matcher(matched: Sequence[MatchedCase], identity: str, reader: str, half: str) -> MatcherAudit:
    """Compare matches with labels.

    Args:
        matched: Labelled questions and their matches, at least one.
        identity: The matcher's.
        reader: The reader's.
        half: Which half the questions are, for the report.
    """
    sets: dict[str, list[MatchedCase]] = {}
    for each in matched:
        question, problem = each.case
        names = [question.language]
        if question.language == "en":
            names += [f"en/{question.category}", f"en/{problem.family}"]
        for name in names:
            sets.setdefault(name, []).append(each)
    ordered = sorted(sets, key=lambda name: ("/" in name, name != "en", name))
    wrong = [each for each in matched if each.whole is not None and not is_right(each.case, each.whole)]
    wrong.sort(key=lambda each: (each.case.question.language != "en", -(each.whole.confidence if each.whole else 0)))
    return MatcherAudit(
        identity=identity,
        reader=reader,
        half=half,
        figures={name: figure_out(sets[name]) for name in ordered},
        worst=tuple(_mismatch(each.case, each.whole) for each in wrong[:MAX_WORST] if each.whole is not None),
    )


def is_right(case: QuestionCase, match: Match) -> bool:
    """Say whether a match has the labelled kind and exactly the labelled targets."""
    return match.kind == case.question.kind and set(match.targets) == set(case.question.targets)


def figure_out(matched: Sequence[MatchedCase]) -> MatcherFigures:
    """Return the figures of some questions."""
    asked = [(each.case, each.whole) for each in matched if each.whole is not None]
    silent = [each for each in matched if each.whole is None]
    templates = [f"{each.case.problem.family}/{each.case.problem.template}" for each in matched]
    whole = _by_template(
        [_count(each.case, () if each.whole is None else (each.whole,)) for each in matched], templates
    )
    sure = _by_template(
        [_count(each.case, () if each.whole is None or each.whole.unsure else (each.whole,)) for each in matched],
        templates,
    )
    cut = _by_template([_count(each.case, each.cut) for each in matched], templates)
    return MatcherFigures(
        questions=len(matched),
        precision=resampled(whole, _precision),
        recall=resampled(whole, _recall),
        precision_when_sure=resampled(sure, _precision),
        right=share(sum(is_right(case, match) for case, match in asked), len(asked)),
        unsure=share(sum(match.unsure for _, match in asked), len(asked)),
        read_precision=resampled(cut, _precision),
        read_recall=resampled(cut, _recall),
        taken_for_questions=share(sum(bool(each.cut) for each in silent), len(silent)),
    )


def _count(case: QuestionCase, matches: Sequence[Match]) -> list[float]:
    """Return how many targets are labelled, were found, and both."""
    labelled, found = set(case.question.targets), {name for match in matches for name in match.targets}
    return [len(labelled), len(found), len(labelled & found)]


def _by_template(counts: Sequence[Sequence[float]], templates: Sequence[str]) -> Counts:
    """Sum counts, (question, column), over each template's questions: (template, column)."""
    names = sorted(set(templates))
    summed = np.zeros((len(names), 3))
    for row, template in zip(counts, templates, strict=True):
        summed[names.index(template)] += row
    return summed


def _precision(counts: Counts) -> Counts:
    with np.errstate(invalid="ignore"):
        return counts[..., 2] / counts[..., 1]


def _recall(counts: Counts) -> Counts:
    with np.errstate(invalid="ignore"):
        return counts[..., 2] / counts[..., 0]


def _mismatch(case: QuestionCase, match: Match) -> Mismatch:
    question = case.question
    return Mismatch(
        id=question.id,
        category=question.category,
        language=question.language,
        text=question.text,
        labelled=", ".join(question.targets) or question.kind,
        found=", ".join(match.targets) or match.kind,
        confidence=match.confidence,
        unsure=match.unsure,
    )
