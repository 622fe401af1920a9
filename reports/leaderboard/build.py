"""Builds the leaderboard from logs: the one entry point of the data side."""

import platform
import shlex
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import NamedTuple

from askfirst.benchmark.problem import CANARY
from askfirst.reports.joined import join_words
from askfirst.reports.leaderboard.across import measure_across
from askfirst.reports.leaderboard.board import (
    ALL,
    HEADLINE,
    Board,
    Ceiling,
    Entry,
    InstrumentError,
    Leaderboard,
    ShownDialogue,
)
from askfirst.reports.leaderboard.boards import Group, describe_left_out, group_logs
from askfirst.reports.leaderboard.choose import choose_dialogues
from askfirst.reports.leaderboard.entries import Ranked, compare_on, key_entries, rank_group, to_entry
from askfirst.reports.leaderboard.loading import Loaded, load_logs
from askfirst.reports.leaderboard.naming import series_of, tell_apart
from askfirst.reports.leaderboard.public import check_viewer
from askfirst.reports.leaderboard.sentences import NO_ANSWERS, to_pairs, write_sentence
from askfirst.reports.leaderboard.shown import BUDGET_BYTES, show_dialogues
from askfirst.reports.leaderboard.trust import check_ceiling, check_identities, load_audits, load_gates

TITLE = "Who asks first?"

DIALOGUES_PER_MODEL = 2
"""Of each reason to show one: worst, typical, best, disagreement."""

INSTRUMENTS = ("reader", "matcher", "user")
"""Identities that should be the same all over a board."""


class Draft(NamedTuple):
    """Logs, grouped and named."""

    logs: tuple[Loaded, ...]
    warnings: tuple[str, ...]
    called: Mapping[str, str]
    """What to call models and series, by identity."""
    groups: tuple[Group, ...]
    keys: Mapping[str, str]
    """Of entries, by evaluation id."""


def build_leaderboard(
    paths: Sequence[str],
    *,
    title: str = TITLE,
    audits: Sequence[str] = (),
    published: Sequence[str] = (),
    gates: Sequence[str] = (),
    seed: int = 0,
    dialogues_per_model: int = DIALOGUES_PER_MODEL,
    viewer: str = "",
) -> Leaderboard:
    """Build the leaderboard of logs.

    Args:
        paths: Log files or folders of them.
        title: Of the report.
        audits: JSON files of the instruments' audits and of exploits, or folders of them.
        published: What takes their place where none is named.
        gates: JSON files of gates, or folders of them.
        seed: Of the choice of dialogues.
        dialogues_per_model: Dialogues to show of a model and reason at most, from 0; a budget of bytes holds as well.
        viewer: Address of a bundle of Inspect's viewer that holds these logs; empty without one.

    Raises:
        LogError: If there is no log, a log, audit or gate file can't be used, or the viewer's address can't be linked.
    """
    check_viewer(viewer)
    trusted, verdicts = load_audits(audits or published), load_gates(gates)
    draft = draft_leaderboard(paths)
    boards, entries = fill_boards(draft)
    return Leaderboard(
        title=title,
        boards=boards,
        entries=entries,
        across=measure_across(draft.groups, draft.called, draft.keys),
        dialogues=show_chosen(draft, dialogues_per_model, seed, viewer),
        instruments=trusted.instruments,
        exploit_ceiling=trusted.exploit_ceiling,
        gates=verdicts,
        warnings=write_warnings(draft, boards, entries, trusted.instruments, trusted.exploit_ceiling),
        seed=seed,
        dialogues_per_model=dialogues_per_model,
        viewer=viewer,
        versions=name_versions(),
        command=_command(title, audits, gates, seed, dialogues_per_model, viewer),
        canary=CANARY,
    )


def name_versions() -> dict[str, str]:
    """Return the versions of what makes a report and its pictures, by name."""
    packages = {name: version(name) for name in ("askfirst", "inspect-ai", "matplotlib")}
    return {**packages, "python": platform.python_version()}


def draft_leaderboard(paths: Sequence[str]) -> Draft:
    """Load logs, group and name them.

    Raises:
        LogError: If there is no log, or any can't be used.
    """
    logs, warnings = load_logs(paths)
    ordered = sorted(logs, key=lambda log: (log.created, log.eval_id))
    called = tell_apart([name for log in ordered for name in (log.name, series_of(log.name))])
    groups = group_logs(ordered)
    keys = {name: key for group in groups for name, key in key_entries(group).items()}
    return Draft(tuple(ordered), warnings, called, groups, keys)


def show_chosen(draft: Draft, count: int, seed: int, viewer: str) -> tuple[ShownDialogue, ...]:
    """Choose and load the dialogues of all boards; `build_leaderboard` says what the arguments are.

    Raises:
        LogError: If a dialogue can't be read.
    """
    choices = [choose_dialogues(group, count, seed) for group in draft.groups]
    shown = [show_dialogues(some, draft.keys, viewer, BUDGET_BYTES // len(choices)) for some in choices]
    return tuple(each for some in shown for each in some)


def write_warnings(
    draft: Draft,
    boards: Sequence[Board],
    entries: Mapping[str, Entry],
    instruments: Sequence[InstrumentError],
    ceiling: Ceiling | None,
) -> tuple[str, ...]:
    """Say what a reader should know of how logs fit together, and audits to logs, a line each."""
    return (
        *draft.warnings,
        *warn_of_logs(draft),
        *check_identities(instruments, ceiling, [log.identities for log in draft.logs]),
        *check_ceiling(ceiling, boards, entries),
    )


def fill_boards(draft: Draft) -> tuple[tuple[Board, ...], dict[str, Entry]]:
    """Return boards, and all their entries by key in the order of the boards."""
    boards: list[Board] = []
    entries: dict[str, Entry] = {}
    for group in draft.groups:
        ranked = rank_group(group, draft.keys)
        made = {draft.keys[log.eval_id]: to_entry(log, group, draft.keys, draft.called, ranked) for log in group.logs}
        order = order_entries(list(made.values()))
        entries |= {key: made[key] for key in order}
        boards.append(_to_board(draft, group, ranked, [made[key] for key in order]))
    return tuple(boards), entries


def order_entries(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return keys: ranked models best first, then reference policies, then older entries, the newer first."""

    def order(entry: Entry) -> tuple[bool, int, float, str, str]:
        whole = entry.slices[ALL]
        means = [whole.estimates.get(measure) for measure in (HEADLINE, "asking_success")]
        mean = next((one.mean for one in means if one is not None), -1.0)
        place = whole.rank.place if whole.rank else len(entries)
        return (entry.policy, place, -mean, entry.model, entry.key)

    newest = sorted((entry for entry in entries if entry.newest), key=order)
    older = [entry for entry in entries if not entry.newest]
    older.sort(key=lambda entry: (entry.created, entry.key), reverse=True)
    return tuple(entry.key for entry in (*newest, *older))


def _to_board(draft: Draft, group: Group, ranked: Ranked, entries: Sequence[Entry]) -> Board:
    names = {entry.key: entry.model for entry in entries if entry.newest and not entry.policy}
    ranges = ranked.ranges.get(ALL, {})
    differ = any(len(log.problems) > ranked.problems for log in group.ranked)
    return Board(
        key=group.key,
        title=group.title,
        settings=group.settings,
        problems=ranked.problems,
        left_out=describe_left_out(group, draft.called),
        sentence=write_sentence(
            names,
            {key: one.mean for key, one in ranked.headlines.items()},
            ranges,
            compare_on(group, draft.keys, "questions"),
            compare_on(group, draft.keys, "accuracy_under"),
            group.settings["condition"],
            ranked.problems if differ else 0,
        )
        if group.answerable or not names
        else NO_ANSWERS,
        order=tuple(entry.key for entry in entries),
        pairs=to_pairs(ranked.compared),
    )


def warn_of_logs(draft: Draft) -> tuple[str, ...]:
    """Say what a reader should know of how logs fit together, a line each."""
    lines: list[str] = []
    for group in draft.groups:
        for log in group.newest:
            runs = [other for other in group.logs if other.name.identity == log.name.identity]
            if len(runs) > 1:
                older = join_words([run.created[:10] for run in runs[1:]])
                lines.append(
                    f"{draft.called[log.name.identity]} was run {len(runs)} times ({group.title}): the run of "
                    f"{log.created[:10]} is ranked, older ones ({older}) are listed below."
                )
        for name in INSTRUMENTS:
            used = sorted({log.identities[name] for log in group.newest if name in log.identities})
            if len(used) > 1:
                lines.append(
                    f"Logs were made with different versions of the {name} ({group.title}): {join_words(used)}."
                )
    for log in draft.logs:
        if log.errored:
            lines.append(
                f"{draft.called[log.name.identity]}: {log.errored} of {log.samples} samples failed or have no scores."
            )
    return tuple(lines)


def _command(title: str, audits: Sequence[str], gates: Sequence[str], seed: int, dialogues: int, viewer: str) -> str:
    words = ["askfirst", "report", "LOGS", "-o", "DIR", "--title", title, "--seed", str(seed)]
    words += ["--dialogues", str(dialogues)] if dialogues != DIALOGUES_PER_MODEL else []
    words += ["--audits", "AUDITS"] if audits else []
    words += ["--gates", "GATES"] if gates else []
    words += ["--viewer", viewer] if viewer else []
    return shlex.join(words)
