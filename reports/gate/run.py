"""Runs a candidate in a few looks, each an `inspect eval` of its own, and stops once the verdict is settled.

A look is a set of whole problems, or of whole epochs, chosen before anything is run, whose log has a folder of its own:
a run that was interrupted keeps its finished looks and samples, and goes on from there, so nothing is paid for twice.
"""

import fcntl
import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from inspect_ai.log import read_eval_log

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.seeding import stream
from askfirst.reports.damage import UNREADABLE
from askfirst.reports.gate.release import Release

LOOKS = 3
"""More looks save little more and cost power."""

By: TypeAlias = Literal["problems", "epochs"]

MOST_ID_CHARACTERS = 100_000
"""What one argument of a command may be long on Linux is 131,072 bytes."""

OWN_OPTIONS = ("--sample-id", "--log-dir", "--limit", "--epochs", "--sample-shuffle")
"""Options of `inspect eval` that decide what a look runs, so that they are not the user's to give."""


class PlannedLook(NamedTuple):
    """What one look evaluates."""

    problems: tuple[str, ...]
    """Ids; all of the plan's problems where looks are epochs."""
    epochs: int


def plan_looks(baseline: Release, by: By, epochs: int, looks: int = LOOKS, seed: int = 0) -> tuple[PlannedLook, ...]:
    """Divide an evaluation into looks: problems in a seeded order that spreads each template evenly, or whole epochs.

    Args:
        baseline: What the candidate will be compared with; its problems are the plan.
        by: What a look is made of.
        epochs: Runs of each sample in the whole evaluation, at least 1.
        looks: At most this many, at least 1.
        seed: Of the order of the problems.

    Raises:
        GateError: If there is nothing to divide.
    """
    template_by_problem = {row.problem: row.template for row in baseline.rows}
    if not template_by_problem:
        raise GateError(f"{baseline.source}: no problems; expected some; promote a baseline from a finished evaluation")
    if by == "epochs":
        sizes = _shares(epochs, min(looks, epochs))
        return tuple(PlannedLook(tuple(sorted(template_by_problem)), size) for size in sizes)
    by_template: dict[str, list[str]] = {}
    for problem, template in sorted(template_by_problem.items()):
        by_template.setdefault(template, []).append(problem)
    for template, problems in by_template.items():
        stream(template, "looks", seed).shuffle(problems)
    parts: list[list[str]] = [[] for _ in range(min(looks, max(map(len, by_template.values()))))]
    for offset, problems in enumerate(by_template.values()):
        start = 0
        # where a template's problems don't divide evenly, templates take turns in which look gets one more
        sizes = _shares(len(problems), len(parts))
        sizes = sizes[-(offset % len(parts)) :] + sizes[: -(offset % len(parts))] if offset % len(parts) else sizes
        for part, size in zip(parts, sizes, strict=True):
            part.extend(problems[start : start + size])
            start += size
    return tuple(PlannedLook(tuple(sorted(part)), epochs) for part in parts if part)


def _shares(total: int, parts: int) -> list[int]:
    return [total // parts + (position < total % parts) for position in range(parts)]


def check_arguments(arguments: Sequence[str]) -> None:
    """Check what is passed on to `inspect eval`.

    Raises:
        GateError: If there is no task, or an option decides what the looks decide.
    """
    if not arguments or arguments[0].startswith("-"):
        raise GateError(
            "gate run: no task after `--`; expected what `inspect eval` takes; "
            "write `gate run ... -- askfirst/suite --model MODEL`"
        )
    for argument in arguments:
        if argument.partition("=")[0] in OWN_OPTIONS:
            raise GateError(
                f"gate run: {argument!r} after `--`; expected none of {', '.join(OWN_OPTIONS)}: looks decide those; "
                "leave it out (--epochs may stand before `--`)"
            )


def eval_command(arguments: Sequence[str], look: PlannedLook, log_dir: Path) -> list[str]:
    """Return the command that evaluates one look.

    Raises:
        GateError: If the look has more problems than a command can name.
    """
    # every arm of a problem: ids end in the arm
    ids = ",".join(f"{problem}/*" for problem in look.problems)
    if len(ids) > MOST_ID_CHARACTERS:
        raise GateError(
            f"gate run: {len(look.problems)} problems a look; expected ids of at most {MOST_ID_CHARACTERS} characters; "
            "take more looks or --by epochs"
        )
    options = ["--sample-id", ids, "--epochs", str(look.epochs), "--log-dir", str(log_dir)]
    return [_inspect(), "eval", *arguments, *options]


def keep_plan(folder: Path, arguments: Sequence[str], looks: Sequence[PlannedLook]) -> None:
    """Write down what a folder's looks are of; a folder that holds those of another plan is refused.

    Raises:
        GateError: If the folder's plan is another, or it can't be written.
    """
    plan = {"arguments": list(arguments), "looks": [look._asdict() for look in looks]}
    text = json.dumps(plan, indent=1) + "\n"
    file = folder / "plan.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.read_text(encoding="utf-8") != text:
            raise GateError(
                f"{file}: the looks of another evaluation; expected this one's, to go on with it; choose another -o"
            )
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GateError(f"{folder}: {error.strerror}; expected a folder to write to; choose another -o") from error


@contextmanager
def hold(folder: Path) -> Generator[int]:
    """Keep other runs out of a folder of looks, and yield the open file by which it is held.

    An evaluation that inherits the file holds the folder too: it goes on when the process that started it is killed,
    and nobody may retry a log that it still writes.

    Raises:
        GateError: If another run, or what it left, still works there.
    """
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise GateError(
                f"{folder}: an evaluation still writes here; expected none; wait until it has ended (one goes on when "
                "the gate that started it is killed), then run this again"
            ) from error
        yield file.fileno()


def run_looks(
    looks: Sequence[PlannedLook],
    arguments: Sequence[str],
    folder: Path,
    execute: Callable[[Sequence[str]], int] | None = None,
) -> Iterator[tuple[Path, ...]]:
    """Run looks in order, and yield all logs so far after each; whoever has seen enough stops asking for more.

    A look that is finished is not run again, and one that was interrupted goes on where it was.

    Args:
        looks: What to run.
        arguments: What `inspect eval` takes beside what a look decides.
        folder: Where looks keep their logs.
        execute: Runs a command and returns its exit status; as a process that holds the folder by default.

    Raises:
        GateError: If an evaluation fails, or another one still writes into the folder.
    """
    logs: list[Path] = []
    for number, look in enumerate(looks, start=1):
        done, doing = folder / f"look-{number}", folder / f"look-{number}.partial"
        if not done.exists():
            with hold(folder) as held:
                command = _resume(doing) or eval_command(arguments, look, doing)
                status = (execute or partial(_execute, held=held))(command)
                _tidy(doing, command, status)
                doing.replace(done)
        logs += sorted(done.glob("*.eval"))
        yield tuple(logs)


def _execute(command: Sequence[str], held: int) -> int:
    return subprocess.run(command, check=False, pass_fds=(held,)).returncode


def _resume(folder: Path) -> list[str] | None:
    """Return the command that finishes what an interrupted look began; None where it began nothing.

    The newest log is the one to go on from: each retry begins with the samples of the log before. Samples that a
    killed process had not written yet wait in a buffer, where `eval-retry` finds them itself, or does without.
    """
    begun = _statuses(folder)
    return [_inspect(), "eval-retry", str(list(begun)[-1]), "--log-dir", str(folder)] if begun else None


def _statuses(folder: Path) -> Mapping[Path, str]:
    """Return the status of each log of a folder, oldest first; a log that was cut off while it was written has none."""
    found: dict[Path, str] = {}
    for log in sorted(folder.glob("*.eval")):
        try:
            found[log] = read_eval_log(str(log), header_only=True).status
        except UNREADABLE:
            continue
    return found


def _inspect() -> str:
    return str(Path(sys.executable).with_name("inspect"))


def _tidy(folder: Path, command: Sequence[str], status: int) -> None:
    """Keep a look's finished log, and drop those that it goes on from.

    Raises:
        GateError: If no log is finished.
    """
    finished = [log for log, found in _statuses(folder).items() if found == "success"]
    if status or not finished:
        raise GateError(
            f"gate run: `{' '.join([Path(command[0]).name, *command[1:3]])} ...` ended with status {status} and "
            f"{len(finished)} finished logs in {folder}; expected one; see its messages, mend it and run this again"
        )
    for log in folder.glob("*.eval"):
        if log != finished[-1]:
            log.unlink()
