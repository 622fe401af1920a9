"""The problems on which a candidate lost most, with both releases' dialogues where their logs are at hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from inspect_ai.log import EvalSampleSummary, read_eval_log_sample, read_eval_log_sample_summaries

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.measures import outcome_of
from askfirst.benchmark.record import Turn
from askfirst.benchmark.scenario import ARMS
from askfirst.reports.dialogues import LoggedDialogue, read_dialogue
from askfirst.reports.gate.release import Release, RowKey
from askfirst.reports.gate.verdict import Against, Better, MetricVerdict, Spoken, SpokenTurn, WorstProblem
from askfirst.reports.results import SCORE

MOST = 3
"""Problems that are shown: enough to see what happened, few enough to be read."""


class Loss(NamedTuple):
    """What one problem lost in one metric."""

    key: RowKey
    loss: float
    """In [0, 1], above 0."""


def pick_metric(metrics: Sequence[MetricVerdict]) -> MetricVerdict | None:
    """Return the metric whose losses are worth a look: the first that failed, else the one that lost most, if any."""
    failed = [each for each in metrics if each.verdict == "FAIL"]
    if failed:
        return failed[0]
    lost = [each for each in metrics if each.against == "baseline" and each.gain.mean < 0]
    return min(lost, key=lambda each: each.gain.mean, default=None)


def largest_losses(
    candidate: Release, baseline: Release, metric: str, condition: str, better: Better, most: int = MOST
) -> list[Loss]:
    """Return the problems with the largest losses, largest first, at most one a template; equal ones by id."""
    before = {row.key: row for row in baseline.rows}
    losses: list[tuple[Loss, str]] = []
    for row in candidate.rows:
        other = before.get(row.key)
        if row.condition == condition and other and metric in row.values and metric in other.values:
            change = row.values[metric] - other.values[metric]
            loss = -change if better == "higher" else change
            if loss > 0:
                losses.append((Loss(row.key, loss), row.template))
    losses.sort(key=lambda each: (-each[0].loss, each[0].key))
    return list(_one_a_template(losses))[:most]


def _one_a_template(losses: Sequence[tuple[Loss, str]]) -> Iterator[Loss]:
    seen: set[str] = set()
    for loss, template in losses:
        if template not in seen:
            seen.add(template)
            yield loss


def find_worst(
    candidate: Release,
    others: Mapping[Against, Release | None],
    metrics: Sequence[MetricVerdict],
    most: int = MOST,
) -> tuple[WorstProblem, ...]:
    """Return the worst problems of the metric that is most worth a look, with dialogues; empty where nothing lost.

    Args:
        candidate: The release in question.
        others: What it was compared with.
        metrics: All verdicts.
        most: Problems to return at most.
    """
    metric = pick_metric(metrics)
    other = None if metric is None else others[metric.against]
    if metric is None or other is None:
        return ()
    losses = largest_losses(candidate, other, metric.metric, metric.condition, metric.better, most)
    keys = [loss.key for loss in losses]
    new, old = (find_samples(release, keys) for release in (candidate, other))
    return tuple(_compare(metric, loss, new.get(loss.key, []), old.get(loss.key, [])) for loss in losses)


class Located(NamedTuple):
    """One sample, and the log that holds it."""

    log: str
    summary: EvalSampleSummary


def find_samples(release: Release, keys: Sequence[RowKey]) -> dict[RowKey, list[Located]]:
    """Find the samples of some problems in a release's logs; those that errored, or that no log holds, are missing."""
    conditions = {row.key: row for row in release.rows}
    wanted = {key.problem for key in keys}
    found: dict[RowKey, list[Located]] = {}
    for log in release.logs:
        samples = [
            each for each in read_eval_log_sample_summaries(log) if str(each.metadata.get("problem_id")) in wanted
        ]
        condition = next((each.metadata["condition"] for each in samples if each.metadata["arm"] == "under"), "ask")
        for sample in samples:
            key = RowKey(condition, str(sample.metadata["problem_id"]))
            if key in conditions and sample.error is None:
                found.setdefault(key, []).append(Located(log, sample))
    return found


def _compare(
    metric: MetricVerdict, loss: Loss, candidate: Sequence[Located], baseline: Sequence[Located]
) -> WorstProblem:
    arm = _telling_arm(metric, candidate, baseline)
    sign = 1.0 if metric.better == "higher" else -1.0
    # of a candidate's runs the worst, of a baseline's the best: the pair that shows the loss
    new = sorted(_of_arm(candidate, arm), key=lambda each: (sign * _value(each, metric.metric), each.summary.epoch))
    old = sorted(_of_arm(baseline, arm), key=lambda each: (-sign * _value(each, metric.metric), each.summary.epoch))
    return WorstProblem(
        metric=metric.metric,
        condition=metric.condition,
        against=metric.against,
        problem=loss.key.problem,
        arm=arm,
        loss=loss.loss,
        baseline=_speak(old[0]) if old else None,
        candidate=_speak(new[0]) if new else None,
    )


def _telling_arm(metric: MetricVerdict, candidate: Sequence[Located], baseline: Sequence[Located]) -> str:
    """Return the arm in which the candidate's values lie furthest below the baseline's."""
    sign = 1.0 if metric.better == "higher" else -1.0

    def loss(arm: str) -> float:
        before, after = (
            [value for each in _of_arm(side, arm) if (value := _value(each, metric.metric)) == value]
            for side in (baseline, candidate)
        )
        return sign * (sum(before) / len(before) - sum(after) / len(after)) if before and after else -1.0

    present = [arm for arm in ARMS if _of_arm(candidate, arm) or _of_arm(baseline, arm)]
    return max(present, key=loss, default="under")


def _of_arm(samples: Sequence[Located], arm: str) -> list[Located]:
    return [each for each in samples if each.summary.metadata["arm"] == arm]


def _value(located: Located, metric: str) -> float:
    score = (located.summary.scores or {}).get(SCORE)
    value = cast(Mapping[str, object], score.value).get(metric) if score and isinstance(score.value, Mapping) else None
    return float(value) if isinstance(value, int | float) else float("nan")


def _speak(located: Located) -> Spoken | None:
    sample = read_eval_log_sample(located.log, located.summary.id, located.summary.epoch)
    try:
        return speak(read_dialogue(sample, located.log))
    except LogError:
        return None  # the verdict rests on scores: a record that can't be shown does not change it


def speak(logged: LoggedDialogue) -> Spoken:
    """Return a dialogue for people: what was said, and beside each message what the instruments made of it."""
    scenario, turns = logged.scenario, logged.turns
    return Spoken(
        opening=logged.opening,
        turns=tuple(
            SpokenTurn(said=said, note=_note(logged, turn), reply=turn.reply)
            for said, turn in zip(logged.said, turns, strict=False)
        ),
        outcome=_outcome(logged, outcome_of(scenario, turns) if scenario.arm == "under" else ""),
    )


def _note(logged: LoggedDialogue, turn: Turn) -> str:
    notes: list[str] = []
    if turn.questions:
        asked = ", ".join(name for question in turn.questions for name in (question.targets or (question.kind,)))
        notes.append(f"asks for {asked}")
    if turn.attempted:
        lacking = [name for name in logged.scenario.hidden_necessary if name not in turn.known]
        early = f" without {', '.join(lacking)}" if lacking else ""
        notes.append(f"answers {turn.answer!r}{early}: {'right' if turn.right else 'wrong'}")
    return "; ".join(notes) or turn.kind


def _outcome(logged: LoggedDialogue, outcome: str) -> str:
    attempts = [turn for turn in logged.turns if turn.attempted]
    answered = "no answer" if not attempts else "right" if attempts[-1].right else "wrong"
    return f"{outcome}, {answered}" if outcome else answered
