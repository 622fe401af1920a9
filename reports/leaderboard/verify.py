"""Recomputes a report's numbers from the logs and compares each with `leaderboard.json`.

The title, the instruments' audits and the gates' verdicts are no numbers of the logs: they are not compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from pathlib import Path
from typing import Any, cast

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.across import measure_across
from askfirst.reports.leaderboard.board import Leaderboard, ShownDialogue
from askfirst.reports.leaderboard.build import Draft, draft_leaderboard, fill_boards
from askfirst.reports.leaderboard.files import CSV_NAME, load_json, render_csv
from askfirst.reports.leaderboard.shown import dialogue_key, show_dialogue

TOLERANCE = 1e-9
"""What two computations of one number may differ by, relative to it: on another machine the last digits may."""

CHOSEN = ("chosen", "beside", "viewer")
"""What of a dialogue is not in its log, but how it is shown."""


def verify(folder: Path, logs: Sequence[str]) -> list[str]:
    """Compare a report with its logs.

    Args:
        folder: The report's.
        logs: Log files or folders of them.

    Returns:
        A line for every value that differs; empty where all are the same.

    Raises:
        LogError: If the report or a log can't be read.
    """
    reported = load_json(folder)
    draft = draft_leaderboard(logs)
    boards, entries = fill_boards(draft)
    again: dict[str, Any] = {
        "boards": [board.model_dump(mode="json") for board in boards],
        "entries": {key: entry.model_dump(mode="json") for key, entry in entries.items()},
        "across": [each.model_dump(mode="json") for each in measure_across(draft.groups, draft.called, draft.keys)],
    }
    written = reported.model_dump(mode="json")
    lines = [line for name, value in again.items() for line in differences(name, written[name], value)]
    lines += [line for dialogue in reported.dialogues for line in _check_dialogue(dialogue, draft)]
    return lines + _check_csv(folder, reported)


def differences(where: str, written: Any, computed: Any) -> Iterator[str]:
    """Yield a line for every value below `where` that differs between a report and what the logs give."""
    if isinstance(written, Mapping) and isinstance(computed, Mapping):
        left, right = cast(Mapping[str, Any], written), cast(Mapping[str, Any], computed)
        for name in dict.fromkeys((*left, *right)):
            if name not in left or name not in right:
                yield f"{where}.{name}: only in the {'report' if name in left else 'logs'}"
            else:
                yield from differences(f"{where}.{name}", left[name], right[name])
    elif isinstance(written, list) and isinstance(computed, list):
        one, other = cast(list[Any], written), cast(list[Any], computed)
        if len(one) != len(other):
            yield f"{where}: {len(one)} in the report, {len(other)} from the logs"
        for place, (first, second) in enumerate(zip(one, other, strict=False)):
            yield from differences(f"{where}.{place}", first, second)
    elif not _same(written, computed):
        yield f"{where}: {written!r} in the report, {computed!r} from the logs"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(one) is type(other) and one == other


def _check_dialogue(dialogue: ShownDialogue, draft: Draft) -> Iterator[str]:
    where = f"dialogues.{dialogue.key}"
    log = next((log for log in draft.logs if draft.keys[log.eval_id] == dialogue.entry), None)
    candidate = next(
        (each for each in (log.candidates if log else ()) if dialogue_key(dialogue.entry, each) == dialogue.key), None
    )
    if log is None or candidate is None:
        yield f"{where}: not in the logs"
        return
    again = show_dialogue(log, candidate, dialogue.entry, dialogue.chosen, "")
    left, right = (each.model_dump(mode="json", exclude=set(CHOSEN)) for each in (dialogue, again))
    yield from differences(where, left, right)


def _check_csv(folder: Path, reported: Leaderboard) -> list[str]:
    path = folder / CSV_NAME
    try:
        written = path.read_bytes()
    except OSError as error:
        raise LogError(f"{path}: not readable ({error.strerror}); expected a report; name the folder of one") from error
    return [] if written == render_csv(reported).encode() else [f"{CSV_NAME}: does not say what leaderboard.json says"]
