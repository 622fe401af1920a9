"""Groups logs into boards: what was run in the same way on the same problems, or on enough of the same."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from askfirst.reports.joined import join_words
from askfirst.reports.leaderboard.board import ALL, HEADLINE
from askfirst.reports.leaderboard.loading import Loaded
from askfirst.reports.leaderboard.problems import Problem
from askfirst.reports.leaderboard.public import last_part

MIN_SHARED = 5
"""Problems that models must share to be compared, over all or within a slice."""

MIN_TEMPLATES = 2
"""Templates that these must be of: the spread of a single one can't be seen."""

MIN_KEPT = 0.25
"""The share of a board's problems that have to remain for logs of other data to join it: a small run among large ones
would otherwise leave nothing to rank them by."""

USUAL = {"persona": "cooperative", "user": "rules", "system message": "neutral", "protocol": "marked", "hide": "some"}
"""Settings that a title does not name."""

ACCURACIES = ("accuracy_under", "accuracy_full", "accuracy_decoy")
"""Measures of which a scored problem has at least one, unless its source has no right answer."""

ProblemKey = tuple[str, str]
"""A problem's id, and the hash of its samples: problems of other seeds have the same ids."""


class Group(NamedTuple):
    """Logs of one board."""

    key: str
    title: str
    settings: Mapping[str, str]
    logs: tuple[Loaded, ...]
    """In order of models and, of one model, newest first."""

    @property
    def newest(self) -> tuple[Loaded, ...]:
        """The newest log of each model and policy."""
        seen: dict[str, Loaded] = {}
        for log in self.logs:
            seen.setdefault(log.name.identity, log)
        return tuple(seen.values())

    @property
    def ranked(self) -> tuple[Loaded, ...]:
        """The newest log of each model."""
        return tuple(log for log in self.newest if not log.name.policy)

    @property
    def answerable(self) -> bool:
        """Whether some problem of the ranked logs has a right answer, or may have one."""
        return any(has_answer(problem) for log in self.ranked for problem in log.problems)


def group_logs(logs: Sequence[Loaded]) -> tuple[Group, ...]:
    """Return boards: those with most models first, then by title and key."""
    by_settings: defaultdict[tuple[tuple[str, str], ...], list[Loaded]] = defaultdict(list)
    for log in logs:
        by_settings[tuple(log.settings.items())].append(log)
    clusters = [(dict(items), cluster) for items, some in by_settings.items() for cluster in cluster_by_data(some)]
    titles = title_boards([settings for settings, _ in clusters], [some[0].data for _, some in clusters])
    groups = [_to_group(settings, some, title) for (settings, some), title in zip(clusters, titles, strict=True)]
    return tuple(sorted(groups, key=lambda group: (-len(group.ranked), group.title, group.key)))


def cluster_by_data(logs: Sequence[Loaded]) -> list[list[Loaded]]:
    """Put logs of the same settings together whose data are the same, or share enough problems."""
    by_data: defaultdict[str, list[Loaded]] = defaultdict(list)
    for log in logs:
        by_data[log.data].append(log)
    # most models first: the board that others have to fit
    ordered = sorted(by_data.values(), key=lambda some: (-len({log.name.identity for log in some}), some[0].data))
    clusters: list[list[Loaded]] = []
    shared: list[dict[ProblemKey, str]] = []
    for some in ordered:
        own = templates_by_key(some[0].problems)
        for place, cluster in enumerate(clusters):
            both = {key: template for key, template in shared[place].items() if key in own}
            enough = len(both) >= max(MIN_SHARED, MIN_KEPT * len(shared[place]))
            if enough and len(set(both.values())) >= MIN_TEMPLATES:
                cluster.extend(some)
                shared[place] = both
                break
        else:
            clusters.append(list(some))
            shared.append(own)
    return clusters


def templates_by_key(problems: Iterable[Problem]) -> dict[ProblemKey, str]:
    """Return the template of each problem, by what tells problems apart."""
    return {key_of(problem): problem.template for problem in problems}


def key_of(problem: Problem) -> ProblemKey:
    """Return what tells a problem from others, over logs."""
    return problem.name, problem.opening


def has_answer(problem: Problem) -> bool:
    """Say whether a problem's source has a right answer; of one whose samples all failed, that is taken for granted."""
    return not problem.values or any(measure in problem.values for measure in (HEADLINE, *ACCURACIES))


def count_problems(problems: Iterable[Problem]) -> int:
    """Count different problems; one of which a log lacks an arm is the one that other logs have whole."""
    samples_by_name: defaultdict[str, list[set[str]]] = defaultdict(list)
    # whole ones first: two parts may share nothing but what each shares with the whole
    for problem in sorted(problems, key=lambda each: -len(each.opening)):
        samples = set(problem.opening.split("+"))
        known = next((some for some in samples_by_name[problem.name] if some & samples), None)
        if known is None:
            samples_by_name[problem.name].append(samples)
        else:
            known |= samples
    return sum(len(some) for some in samples_by_name.values())


def share_problems(logs: Sequence[Loaded], measure: str = HEADLINE) -> tuple[ProblemKey, ...]:
    """Return the problems that every log has a value of, in order; none without a log."""
    keys = [{key_of(problem) for problem in log.problems if measure in problem.values} for log in logs]
    return tuple(sorted(set[ProblemKey].intersection(*keys))) if keys else ()


def title_board(settings: Mapping[str, str]) -> str:
    """Name a board by its task, its condition and what is unusual about it."""
    unusual = [f"{name} {settings[name]}" for name, usual in USUAL.items() if settings[name] != usual]
    return ", ".join((last_part(settings["task"]), f"condition {settings['condition']}", *unusual))


def title_boards(settings: Sequence[Mapping[str, str]], data: Sequence[str]) -> list[str]:
    """Name boards, each by a title of its own: those of one title also by what they differ in."""
    titles = [title_board(each) for each in settings]
    told: list[str] = []
    for title, own, hashed in zip(titles, settings, data, strict=True):
        alike = [other for other, named in zip(settings, titles, strict=True) if named == title]
        differing = [f"{name} {value}" for name, value in own.items() if any(each[name] != value for each in alike)]
        if sum(each == own for each in alike) > 1:
            differing.append(f"data {hashed[:6]}")
        told.append(", ".join((title, *differing)))
    return told


def describe_left_out(group: Group, called: Mapping[str, str]) -> tuple[str, ...]:
    """Say what some ranked models have and others lack, a sentence each.

    Args:
        group: The board.
        called: What to call models, by identity.
    """
    ranked = group.ranked
    if not group.answerable:
        return ()
    answered = {log.eval_id: [each for each in log.problems if has_answer(each)] for log in ranked}
    shared, everything = len(share_problems(ranked)), count_problems(chain(*answered.values()))
    unanswered = count_problems(each for log in ranked for each in log.problems if not has_answer(each))
    lines = [f"Without a right answer, and so without a part in the ranks: {unanswered}."] if unanswered else []
    if shared == everything:
        return tuple(lines)
    families = sorted({problem.family for log in ranked for problem in log.problems})
    for log in ranked:
        name, own = called[log.name.identity], answered[log.eval_id]
        run = {problem.family for problem in log.problems}
        if lacking := [family for family in families if family not in run]:
            lines.append(f"{name} was not run on {join_words(lacking)}.")
        elif len(own) < everything:
            lines.append(f"{name} was run on {len(own)} of {everything} problems.")
        scored = sum(HEADLINE in problem.values for problem in own)
        if scored < len(own):
            lines.append(f"{name} has no {HEADLINE} on {len(own) - scored} of its problems.")
    what = f"the {shared} of {everything} problems that every model has" if shared else "nothing: none is shared"
    return (*lines, f"Ranks rest on {what}; other figures on each model's own problems.")


def slug(text: str) -> str:
    """Return what fits a link: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or ALL


def short_hash(*parts: str) -> str:
    """Return six hexadecimal digits that stand for texts."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:6]


def _to_group(settings: Mapping[str, str], logs: Sequence[Loaded], title: str) -> Group:
    data = sorted({log.data[:12] for log in logs})
    # one board of many data keeps its name when more logs join, if the most common ones stay
    lead = logs[0].data
    told = {**settings, "data": data[0] if len(data) == 1 else f"{join_words(data)}: compared where they are the same"}
    newest_first = sorted(logs, key=lambda log: (log.created, log.eval_id), reverse=True)
    ordered = sorted(newest_first, key=lambda log: (log.name.policy, log.name.model, log.name.identity))
    return Group(
        key=f"{slug(title)}-{short_hash(*settings.values(), lead)}",
        title=title,
        settings=told,
        logs=tuple(ordered),
    )
