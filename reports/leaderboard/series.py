"""Entries that are one thing over time: several runs of a model, or the checkpoints of a training run."""

from collections.abc import Iterable, Sequence

from askfirst.reports.leaderboard.board import Entry


def group_series(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return each series' entries, first to last, by name in order of appearance; reference policies have none."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.policy:
            by_name.setdefault(entry.series, []).append(entry)
    return {name: sorted(some, key=place_in_series) for name, some in by_name.items()}


def place_in_series(entry: Entry) -> tuple[int, str, str]:
    """Return what orders a series from the first entry on: the step, then when it was run."""
    return (-1 if entry.step is None else entry.step, entry.created, entry.key)


def label_dates(entries: Sequence[Entry]) -> list[str]:
    """Return each entry's day, and with it the time (UTC) where several are of one day."""
    days = [entry.date for entry in entries]
    return [
        f"{entry.date} {entry.created[11:16]}".rstrip() if days.count(entry.date) > 1 else entry.date
        for entry in entries
    ]
