"""Recomputes a report from the logs, and its files from `leaderboard.json`, and says what differs.

Not in the logs, and so not compared: the title, the instruments' audits, the exploit ceiling, the gates' verdicts, the
versions and the command that made the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from pathlib import Path
from typing import Any, cast

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.across import measure_across
from askfirst.reports.leaderboard.board import Leaderboard
from askfirst.reports.leaderboard.build import (
    draft_leaderboard,
    fill_boards,
    name_versions,
    show_chosen,
    write_warnings,
)
from askfirst.reports.leaderboard.files import JSON_NAME, load_json
from askfirst.reports.leaderboard.report import NAMES, find_formats, render_report

TOLERANCE = 1e-9
"""What two computations of one number may differ by, relative to it: on another machine the last digits may."""


def verify(folder: Path, logs: Sequence[str]) -> list[str]:
    """Compare a report with its logs.

    Args:
        folder: The report's.
        logs: Log files or folders of them.

    Returns:
        A line for every value and every file that differs; empty where all are the same.

    Raises:
        LogError: If the report or a log can't be read.
    """
    reported = load_json(folder)
    written, again = reported.model_dump(mode="json"), _compute(reported, logs)
    written["dialogues"] = {dialogue["key"]: dialogue for dialogue in written["dialogues"]}
    written["shown"] = list(written["dialogues"])
    lines = [line for name, value in again.items() for line in differences(name, written[name], value)]
    return lines + _check_files(folder, reported)


def _compute(reported: Leaderboard, logs: Sequence[str]) -> dict[str, Any]:
    """Return what the logs give for all that a report takes from them, as JSON has it."""
    draft = draft_leaderboard(logs)
    boards, entries = fill_boards(draft)
    dialogues = show_chosen(draft, reported.dialogues_per_model, reported.seed, reported.viewer)
    return {
        "boards": [board.model_dump(mode="json") for board in boards],
        "entries": {key: entry.model_dump(mode="json") for key, entry in entries.items()},
        "across": [each.model_dump(mode="json") for each in measure_across(draft.groups, draft.called, draft.keys)],
        "dialogues": {each.key: each.model_dump(mode="json") for each in dialogues},
        "shown": [each.key for each in dialogues],
        "warnings": list(write_warnings(draft, boards, entries, reported.instruments, reported.exploit_ceiling)),
    }


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


def _check_files(folder: Path, reported: Leaderboard) -> list[str]:
    """Compare what stands beside `leaderboard.json` with what is made of it."""
    forms = find_formats(folder)
    if not forms:
        return [f"{' or '.join(NAMES.values())}: expected one of them, made from {JSON_NAME}; neither is there"]
    differing: dict[str, None] = {}
    for form in forms:
        for name, content in render_report(reported, form).items():
            if name != JSON_NAME and _read(folder / name) != content:
                differing[name] = None
    now = name_versions()
    made = {name: value for name, value in reported.versions.items() if now.get(name) != value}
    why = f" (made with {', '.join(f'{name} {value}' for name, value in made.items())})" if made else ""
    return [f"{name}: does not say what {JSON_NAME} says{why}" for name in differing]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LogError(f"{path}: not readable ({error.strerror}); expected a report; name the folder of one") from error
