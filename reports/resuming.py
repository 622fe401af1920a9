"""Evaluations as processes of their own, each with a folder for its logs, that can be killed and gone on with."""

import fcntl
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from inspect_ai.log import read_eval_log

from askfirst.benchmark.errors import LogError
from askfirst.reports.damage import UNREADABLE


def inspect_command() -> str:
    """Return Inspect's command, of this environment."""
    return str(Path(sys.executable).with_name("inspect"))


@contextmanager
def hold(folder: Path) -> Generator[int]:
    """Keep other runs out of a folder, and yield the open file by which it is held.

    An evaluation that inherits the file holds the folder too: it goes on when the process that started it is killed,
    and nobody may retry a log that it still writes.

    Raises:
        LogError: If another run, or what it left, still works there.
    """
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LogError(
                f"{folder}: an evaluation still writes here; expected none; wait until it has ended (one goes on when "
                "what started it is killed), then run this again"
            ) from error
        yield file.fileno()


def statuses(folder: Path) -> Mapping[Path, str]:
    """Return the status of each log of a folder, oldest first; a log that was cut off while it was written has none."""
    found: dict[Path, str] = {}
    for log in sorted(folder.glob("*.eval")):
        try:
            found[log] = read_eval_log(str(log), header_only=True).status
        except UNREADABLE:
            continue
    return found


def resume_command(folder: Path) -> list[str] | None:
    """Return the command that finishes what an interrupted evaluation began; None where it began nothing.

    The newest log is the one to go on from: each retry begins with the samples of the log before. Samples that a
    killed process had not written yet wait in a buffer, where `eval-retry` finds them itself, or does without.
    """
    begun = statuses(folder)
    return [inspect_command(), "eval-retry", str(list(begun)[-1]), "--log-dir", str(folder)] if begun else None
