"""Which part of asking got better or worse: what two releases' dialogues came to, on the same problems."""

from collections.abc import Collection

from askfirst.reports.gate.parts import PARTS
from askfirst.reports.gate.release import Release, RowKey
from askfirst.reports.gate.verdict import Part


def compare_parts(candidate: Release, baseline: Release) -> tuple[Part, ...]:
    """Return the change of every part by condition, over the problems of which both releases have dialogues.

    A part of arms that one release has no dialogue of is left out.
    """
    shared = {row.key for row in candidate.rows} & {row.key for row in baseline.rows}
    found: list[Part] = []
    for condition in sorted({key.condition for key in shared}):
        keys = {key for key in shared if key.condition == condition}
        after, before = (_shares(release, keys) for release in (candidate, baseline))
        found += [
            Part(
                name=name,
                bad=bad,
                condition=condition,
                baseline=before[name],
                candidate=after[name],
                change=after[name] - before[name],
            )
            for name, bad in PARTS.items()
            if name in before and name in after
        ]
    return tuple(found)


def _shares(release: Release, keys: Collection[RowKey]) -> dict[str, float]:
    """Return each part's mean share over the problems that have dialogues of its arms."""
    rows = [row.parts for row in release.rows if row.key in keys]
    shares = {name: [parts[name] for parts in rows if name in parts] for name in PARTS}
    return {name: sum(values) / len(values) for name, values in shares.items() if values}
