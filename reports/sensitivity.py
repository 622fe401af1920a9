"""Which scores and ranks of saved logs change when their dialogues are read again with another reader or matcher."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import BadZipFile

from inspect_ai import score  # pyright: ignore[reportUnknownVariableType] # its Scorer is generic to pyright
from inspect_ai.log import EvalLog, EvalSample, read_eval_log, write_eval_log
from inspect_ai.scorer import Scorer

from askfirst.benchmark.checking import Check
from askfirst.benchmark.errors import AskfirstError, LogError
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.record import Dialogue, Turn
from askfirst.benchmark.rereading import MatchAll, Read, Reread, reread
from askfirst.reports.dialogues import LoggedDialogue, read_dialogue
from askfirst.reports.recovered import with_record
from askfirst.reports.results import find_logs, load_results
from askfirst.reports.table import Column, to_column

SCHEMA_VERSION = 1
RANKED_BY = "joint_success"
MAX_WORST = 30


class ChangedTurn(Frozen):
    """A turn that is read otherwise than recorded, for people."""

    log: str
    sample: str
    turn: int
    recorded: str
    now: str


class LogSensitivity(Frozen):
    """What reading one log again gave."""

    label: str
    log: str
    recorded_reader: str
    recorded_matcher: str
    dialogues: int
    turns: int
    changed_turns: int
    cut: int
    """Dialogues that would have ended earlier."""
    open: int
    """Dialogues that would have gone on after what ended them; they count as they stand."""
    unjudged: int
    """Dialogues with a new answer that can't be judged here: they are left out of both sides' means."""
    before: Column
    after: Column


class Sensitivity(Frozen):
    """Everything that re-reading says."""

    schema_version: int = SCHEMA_VERSION
    reader: str
    matcher: str
    logs: tuple[LogSensitivity, ...]
    order_before: tuple[str, ...]
    """Labels by falling joint_success, equal ones in order of their names."""
    order_after: tuple[str, ...]
    worst: tuple[ChangedTurn, ...]

    @property
    def same_order(self) -> bool:
        """Whether no rank changed."""
        return self.order_before == self.order_after


def measure_sensitivity(
    paths: Sequence[str | Path],
    *,
    read: Read,
    match: MatchAll,
    check: Check,
    scorer: Callable[[], Scorer],
    identities: tuple[str, str],
    track: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> Sensitivity:
    """Read logs again and compare their scores and their order.

    Args:
        paths: Finished logs, or folders of them.
        read: The reader.
        match: The matcher.
        check: Judges answers that a log does not hold; where it can't, the dialogue is left out of both sides.
        scorer: Makes the scorer of all measures.
        identities: The reader's and the matcher's.
        track: Wraps the logs, for progress.

    Raises:
        LogError: If there is no log, or one can't be read or is not of askfirst.
    """
    logs = find_logs(paths)
    labels = [results.label for results in load_results(logs)]
    found: list[LogSensitivity] = []
    worst: list[ChangedTurn] = []
    with TemporaryDirectory(prefix="askfirst-reread-") as folder:
        for label, path in zip(labels, track(logs), strict=True):
            log = _reread_samples(path, read, match, check)
            found.append(_compare(label, path, log, Path(folder), scorer))
            worst.extend(islice(_changed_turns(path, log), MAX_WORST))
    return Sensitivity(
        reader=identities[0],
        matcher=identities[1],
        logs=tuple(found),
        order_before=_order({each.label: each.before for each in found}),
        order_after=_order({each.label: each.after for each in found}),
        worst=tuple(worst[:MAX_WORST]),
    )


class _Log(NamedTuple):
    """A log read again: its samples as they were, as they are now, and what changed."""

    log: EvalLog
    samples: list[EvalSample]
    again: list[EvalSample]
    rereads: list[tuple[LoggedDialogue, Reread]]
    unjudged: int


def _reread_samples(path: Path, read: Read, match: MatchAll, check: Check) -> _Log:
    try:
        log = read_eval_log(str(path))
    except (OSError, ValueError, BadZipFile, KeyError) as error:
        raise LogError(f"{path}: not readable as a log ({error}); expected an .eval file; check the path") from error
    sound = [with_record(sample, str(path)) for sample in log.samples or [] if sample.error is None]
    found = _Log(log, sound, [], [], 0)
    for sample in found.samples:
        logged = read_dialogue(sample, str(path))
        if not logged.turns:
            found.again.append(sample)
            continue
        try:
            again = asyncio.run(reread(logged, read=read, match=match, check=check))
        except AskfirstError:
            found = found._replace(unjudged=found.unjudged + 1)
            continue
        found.rereads.append((logged, again))
        found.again.append(_with_turns(sample, again.turns))
    return found


def _compare(label: str, path: Path, found: _Log, folder: Path, scorer: Callable[[], Scorer]) -> LogSensitivity:
    record = found.samples[0].store_as(Dialogue) if found.samples else Dialogue()
    before, after = _score_both(found, label, folder, scorer)
    return LogSensitivity(
        label=label,
        log=str(path),
        recorded_reader=record.reader,
        recorded_matcher=record.matcher,
        dialogues=len(found.samples),
        turns=sum(len(logged.turns) for logged, _ in found.rereads),
        changed_turns=sum(len(again.changed) for _, again in found.rereads),
        cut=sum(again.cut for _, again in found.rereads),
        open=sum(again.open for _, again in found.rereads),
        unjudged=found.unjudged,
        before=before,
        after=after,
    )


def _changed_turns(path: Path, found: _Log) -> Iterator[ChangedTurn]:
    for logged, again in found.rereads:
        for turn in again.turns:
            if turn.number in again.changed:
                yield ChangedTurn(
                    log=path.name,
                    sample=logged.sample_id,
                    turn=turn.number,
                    recorded=_describe(logged.turns[turn.number - 1]),
                    now=_describe(turn),
                )


def _score_both(found: _Log, label: str, folder: Path, scorer: Callable[[], Scorer]) -> tuple[Column, Column]:
    """Score the dialogues that both sides have, as recorded and as read again."""
    names = {(sample.id, sample.epoch) for sample in found.again}
    recorded = [sample for sample in found.samples if (sample.id, sample.epoch) in names]
    columns: list[Column] = []
    for name, samples in (("before", recorded), ("after", found.again)):
        log = found.log.model_copy(update={"samples": samples})
        scored = score(log, scorer(), model="none", action="overwrite", display="none")
        file = folder / f"{name}.eval"
        write_eval_log(scored, str(file))
        columns.append(to_column(load_results([file])[0]).model_copy(update={"label": label, "log": ""}))
        file.unlink()
    return columns[0], columns[1]


def _with_turns(sample: EvalSample, turns: Sequence[Turn]) -> EvalSample:
    store = {**sample.store, "Dialogue:turns": [turn.model_dump(mode="json") for turn in turns]}
    return sample.model_copy(update={"store": store})


def _describe(turn: Turn) -> str:
    asked = "; ".join(", ".join(question.targets) or question.kind for question in turn.questions)
    return " ".join(filter(None, (turn.kind, turn.answer[:60], f"asks for {asked}" if asked else "")))


def _order(columns: Mapping[str, Column]) -> tuple[str, ...]:
    def rank(label: str) -> tuple[float, str]:
        found = columns[label].estimates.get(RANKED_BY)
        return (-found.mean if found else 1.0, label)

    return tuple(sorted(columns, key=rank))
