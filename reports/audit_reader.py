"""How well the turn reader reads labelled turns: attempts, kinds, answers, questions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, get_args

import numpy as np
from scipy.stats import binomtest

from askfirst.benchmark.answers import parse_answer
from askfirst.benchmark.labels import LabelledTurn, TurnCase
from askfirst.benchmark.problem import (
    AnswerForm,
    CallForm,
    CallsForm,
    CodeForm,
    Frozen,
    NumberForm,
    QueryForm,
    TextForm,
)
from askfirst.benchmark.reader import READER_IDENTITY, Reading, TurnKind, read_turn
from askfirst.reports.rates import Counts, Figure, f1, resampled, share

SCHEMA_VERSION = 1
KINDS: tuple[TurnKind, ...] = get_args(TurnKind)
MAX_WORST = 30
"""Misread turns that a report lists."""
MAX_SHOWN = 300
"""Characters of a misread turn that are shown."""


class ReadCase(NamedTuple):
    """A labelled turn and what the reader made of it."""

    case: TurnCase
    reading: Reading


class Misread(Frozen):
    """One turn that was read otherwise than labelled, for people."""

    id: str
    source: str
    labelled: str
    read: str
    rule: str
    message: str


class ReaderFigures(Frozen):
    """The figures of one set of turns."""

    turns: int
    attempt_precision: Figure
    attempt_recall: Figure
    attempt_f1: Figure
    kinds_macro_f1: Figure
    """Over the kinds that occur."""
    kind_f1: Mapping[str, Figure]
    confusion: Mapping[str, Mapping[str, int]]
    """Turns by labelled kind, then by the kind that was read; zeros are left out."""
    answers: Figure
    """Of attempts that are labelled with an answer and were read as attempts: the share whose answer is the same."""
    question_precision: Figure
    question_recall: Figure


class Rivalry(Frozen):
    """The reader beside the labels that came with the source, on the same turns."""

    turns: int
    only_reader_right: int
    only_rival_right: int
    p_value: float
    """Exact McNemar test, two-sided: how likely a difference this large is if both are equally good."""


class ReaderAudit(Frozen):
    """Everything that an audit of the reader says."""

    schema_version: int = SCHEMA_VERSION
    instrument: str = "reader"
    identity: str
    half: str
    left_out: Mapping[str, int]
    figures: Mapping[str, ReaderFigures]
    """By set: `all`, `real` (written by models), `public` (by those whose text stays outside) and each source."""
    rivalry: Rivalry | None
    worst: tuple[Misread, ...]


def audit_reader(cases: Sequence[TurnCase], half: str, left_out: Mapping[str, int]) -> ReaderAudit:
    """Read labelled turns and compare.

    Args:
        cases: The turns, at least one.
        half: Which half they are, for the report.
        left_out: Turns that can't be read here, by reason.
    """
    read = [ReadCase(case, read_turn(case.turn.message, case.form, said=case.turn.said)) for case in cases]
    sets = {"all": read, "real": [each for each in read if each.case.real]}
    sets["public"] = [each for each in read if each.case.rival]
    for source in sorted({case.turn.source for case in cases}):
        sets[source] = [each for each in read if each.case.turn.source == source]
    return ReaderAudit(
        identity=READER_IDENTITY,
        half=half,
        left_out=left_out,
        figures={name: figure_out(some) for name, some in sets.items() if some},
        rivalry=compare_rival(read),
        worst=tuple(_misread(each) for each in read if _is_misread(each))[:MAX_WORST],
    )


def figure_out(read: Sequence[ReadCase]) -> ReaderFigures:
    """Return the figures of some turns."""
    counts = count_kinds(read)
    attempts = [each for each in read if each.case.turn.kind == "answer_attempt"]
    taken = [each for each in read if each.reading.attempted]
    both = [each for each in attempts if each.reading.attempted]
    with_answer = [each for each in both if each.case.turn.answer]
    confusion: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for each in read:
        confusion[each.case.turn.kind][each.reading.kind] += 1
    labelled, found, hits = _count_questions(read)
    return ReaderFigures(
        turns=len(read),
        attempt_precision=share(len(both), len(taken)),
        attempt_recall=share(len(both), len(attempts)),
        attempt_f1=resampled(counts[:, KINDS.index("answer_attempt")], f1),
        kinds_macro_f1=resampled(counts.reshape(len(read), -1), macro_f1),
        kind_f1={kind: resampled(counts[:, place], f1) for place, kind in enumerate(KINDS)},
        confusion={kind: dict(row) for kind, row in confusion.items() if row},
        answers=share(sum(is_same_answer(each) for each in with_answer), len(with_answer)),
        question_precision=share(hits, found),
        question_recall=share(hits, labelled),
    )


def count_kinds(read: Sequence[ReadCase]) -> Counts:
    """Return counts, (turn, kind, 3): whether a turn is labelled as the kind, was read as it, and both."""
    labelled = np.array([[each.case.turn.kind == kind for kind in KINDS] for each in read], dtype=float)
    found = np.array([[each.reading.kind == kind for kind in KINDS] for each in read], dtype=float)
    return np.stack([labelled, found, labelled * found], axis=-1)


def macro_f1(counts: Counts) -> Counts:
    """Return the mean F1 over the kinds that occur among the labels, from counts (..., 3 a kind)."""
    by_kind = counts.reshape(*counts.shape[:-1], len(KINDS), 3)
    values = np.where(by_kind[..., 0] > 0, f1(by_kind), np.nan)
    return np.nanmean(values, axis=-1)


def is_same_answer(each: ReadCase) -> bool:
    """Say whether the answer that was read is the labelled one, in the form's own terms."""
    return same_answer(each.case.turn.answer, each.reading, each.case.form)


def same_answer(labelled: str, reading: Reading, form: AnswerForm) -> bool:
    """Compare a labelled answer with a reading: numbers by value, calls and options as parsed, blocks by words."""
    if labelled == "several" or reading.ambiguous:
        return labelled == "several" and reading.ambiguous
    if isinstance(form, QueryForm | CodeForm | TextForm):
        return labelled.split() == reading.answer.split()
    wanted = parse_answer(labelled, form)
    if isinstance(form, NumberForm) and wanted and reading.answer:
        return Fraction(wanted) == Fraction(reading.answer)
    if isinstance(form, CallForm | CallsForm) and wanted:
        return wanted.casefold() == reading.answer.casefold()
    return wanted == reading.answer


def _count_questions(read: Sequence[ReadCase]) -> tuple[int, int, int]:
    """Return how many questions are labelled, how many were read, and how many of these lie in a labelled one."""
    labelled = found = hits = 0
    for each in read:
        turn, free = each.case.turn, set(each.case.turn.questions)
        asked = each.reading.questions if turn.questions or not turn.general else ()
        labelled, found = labelled + len(free), found + len(asked)
        for question in asked:
            if (place := _span_of(question, turn, free)) is not None:
                free.discard(place)
                hits += 1
    return labelled, found, hits


def _span_of(question: str, turn: LabelledTurn, free: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the labelled span that shares most words with a question, if it is more than half of either."""
    words = set(question.lower().split())
    best, most = None, 0.5
    for start, end in sorted(free):
        own = set(turn.message[start:end].lower().split())
        shared = len(words & own) / max(1, min(len(words), len(own)))
        if shared > most:
            best, most = (start, end), shared
    return best


def compare_rival(read: Sequence[ReadCase]) -> Rivalry | None:
    """Compare kinds with the labels that came with the source; None where no turn has one."""
    rivals = [each for each in read if each.case.rival]
    if not rivals:
        return None
    own = [each.reading.kind == each.case.turn.kind for each in rivals]
    other = [each.case.rival == each.case.turn.kind for each in rivals]
    better = sum(mine and not theirs for mine, theirs in zip(own, other, strict=True))
    worse = sum(theirs and not mine for mine, theirs in zip(own, other, strict=True))
    p_value = float(binomtest(better, better + worse).pvalue) if better + worse else 1.0
    return Rivalry(turns=len(rivals), only_reader_right=better, only_rival_right=worse, p_value=p_value)


def _is_misread(each: ReadCase) -> bool:
    wrong_answer = each.reading.attempted and bool(each.case.turn.answer) and not is_same_answer(each)
    return each.reading.kind != each.case.turn.kind or wrong_answer


def _misread(each: ReadCase) -> Misread:
    turn, reading = each.case.turn, each.reading
    return Misread(
        id=turn.id,
        source=turn.source,
        labelled=" ".join(filter(None, (turn.kind, turn.answer[:MAX_SHOWN]))),
        read=" ".join(filter(None, (reading.kind, reading.answer[:MAX_SHOWN]))),
        rule=reading.why,
        # the text of public turns is another project's: a report that may be published names them by id alone
        message=turn.message[:MAX_SHOWN] if turn.problem and not each.case.rival else "",
    )
