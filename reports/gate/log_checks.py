"""What makes logs unusable, one by one and as one release."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from askfirst.benchmark.errors import LogError
from askfirst.reports.gate.collapsing import is_whole
from askfirst.reports.gate.identity import DATA, TOLD, UNSET, facts_of_settings, may_differ
from askfirst.reports.gate.invalid import Side, unusable
from askfirst.reports.gate.log_files import LogHead
from askfirst.reports.gate.runs import Run
from askfirst.reports.gate.verdict import Difference


class LoadedLog(NamedTuple):
    """One log, as far as the gate reads it."""

    head: LogHead
    runs: tuple[Run, ...]

    @property
    def condition(self) -> str:
        """That of its `under` arm: the other arms always run as in `ask`."""
        return next((run.condition for run in self.runs if run.arm == "under"), "ask")

    @property
    def facts(self) -> Mapping[str, str]:
        """What has to be equal, by name, in words."""
        of_under = {run.settings for run in self.runs if run.arm == "under"}
        return {**self.head.facts, **facts_of_settings(of_under or {run.settings for run in self.runs})}

    @property
    def planned(self) -> frozenset[str]:
        """Ids of the samples that were to be run; those that are there where the header does not say."""
        return frozenset(self.head.planned or (run.sample for run in self.runs))


def check_log(log: LoadedLog, path_by_uuid: dict[str, str]) -> None:
    """Check one log against itself and against those before it.

    Args:
        log: The log.
        path_by_uuid: Every run that was seen before, by the id that Inspect gave it; the log's own are added.

    Raises:
        LogError: If it holds no samples or only errors, a run twice, one that another log holds too, or nothing at all
            of a problem that it was to run.
    """
    if not log.runs:
        raise LogError("holds no samples; expected some; run the evaluation with samples logged")
    _check_epochs(log)
    known = {run.problem for run in log.runs}
    if gone := sorted(sample for sample in log.planned if problem_of(sample) not in known):
        raise LogError(
            f"lacks {len(gone)} planned samples such as {gone[0]!r}; expected all; finish it with `inspect eval-retry`"
        )
    if not any(is_whole(run) for run in log.runs):
        errored = sum(run.errored for run in log.runs)
        raise LogError(
            f"{errored} of {len(log.runs)} samples errored, the others have no scores; expected some that have; "
            "find out why and run it again"
        )
    if not any(run.values for run in log.runs):
        raise LogError("every score is NaN; expected values; find out why and run it again")
    for run in log.runs:
        if run.uuid and (other := path_by_uuid.setdefault(run.uuid, log.head.path)) != log.head.path:
            raise LogError(f"holds runs that {other} holds too; expected independent ones; leave one of the two out")


def _check_epochs(log: LoadedLog) -> None:
    for (sample, epoch), count in Counter((run.sample, run.epoch) for run in log.runs).items():
        if count > 1:
            raise LogError(f"holds epoch {epoch} of sample {sample!r} {count} times; expected each once; run it again")
        if not 1 <= epoch <= log.head.epochs:
            raise LogError(f"holds epoch {epoch} of {log.head.epochs} planned ones; expected no other; run it again")


def problem_of(sample: str) -> str:
    """Return the id of a sample's problem."""
    return sample.rpartition("/")[0]


def find_repeated_logs(heads: Sequence[LogHead], side: Side) -> list[Difference]:
    """Return a difference for each log that is the same evaluation as one before it."""
    first: dict[str, str] = {}
    return [
        unusable(
            f"log {head.path}",
            f"is evaluation {head.eval_id!r}, as is {first[head.eval_id]}; expected each once; leave one out",
            side,
        )
        for head in heads
        if first.setdefault(head.eval_id, head.path) != head.path
    ]


def find_several_models(heads: Sequence[LogHead], side: Side) -> list[Difference]:
    """Return a difference if logs are not all of one model."""
    models = sorted({head.model for head in heads})
    if len(models) < 2:
        return []
    return [unusable("model", f"{', '.join(models)}; expected one; name the logs of one model", side)]


def find_mixed_facts(logs: Sequence[LoadedLog], side: Side) -> list[Difference]:
    """Return a difference for each fact in which a log of one task and condition differs from the first one."""
    first, *others = logs
    own = first.facts
    wrong: list[Difference] = []
    for log in others:
        facts = log.facts
        for fact in sorted({*own, *facts} - set(TOLD)):
            expected, found = own.get(fact, UNSET), facts.get(fact, UNSET)
            if found != expected and not may_differ(fact, facts[DATA] != own[DATA]):
                said = (
                    f"{fact} is {found!r}, but {expected!r} in {first.head.path}; expected one; leave one of them out"
                )
                wrong.append(unusable(f"log {log.head.path}", said, side))
    return wrong
