"""Runs one evaluation as several processes at once, and merges their logs.

One event loop is one core: where the model answers quickly, or many dialogues run at once, a second process is worth a
second core. The same command goes on with what was interrupted, so nothing is paid for twice.
"""

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4
from zipfile import ZipFile

from askfirst.benchmark.errors import LogError
from askfirst.reports.damage import UNREADABLE
from askfirst.reports.merge import merge_logs
from askfirst.reports.resuming import hold, inspect_command, resume_command, statuses

OWN_OPTIONS = ("--log-dir", "--sample-id", "--limit", "--sample-shuffle", "--display", "--log-format")
"""Options of `inspect eval` that decide what a shard runs and where, so that they are not the user's to give."""

SHOWN = ("--display", "plain", "--no-score-display")
"""Metrics over the samples so far, which Inspect computes again and again, take a tenth of the core to show nobody."""

LOOK_S = 1.0
"""Seconds between two looks at the shards' logs."""

LINES = 12
"""Last lines of a failed shard's output that an error repeats."""

Advance = Callable[[int], None]
"""Shows progress: samples that are written."""


class Merged(NamedTuple):
    """What a sharded run wrote."""

    log: Path
    samples: int


def check_arguments(arguments: Sequence[str]) -> None:
    """Check what is passed on to `inspect eval`.

    Raises:
        LogError: If there is no task, or an option decides what sharding decides.
    """
    if not arguments or arguments[0].startswith("-"):
        raise LogError("run: no task; expected it first; write `askfirst run askfirst/suite --shards 2 --model MODEL`")
    for argument in arguments:
        if argument.partition("=")[0] in OWN_OPTIONS or argument.startswith("shard="):
            raise LogError(f"run: {argument!r}; expected none of {', '.join(OWN_OPTIONS)}, -T shard; leave it out")


def run_shards(arguments: Sequence[str], shards: int, log_dir: Path, advance: Advance) -> Merged:
    """Evaluate in several processes, or go on with the same evaluation, and write one merged log.

    Args:
        arguments: What `inspect eval` takes: the task, the model, and anything but `OWN_OPTIONS`.
        shards: Processes, at least 1.
        log_dir: Where the merged log goes; while it is missing, the shards' logs stand beside it in `<name>.shards`.
        advance: Told how many samples are written, of all shards.

    Raises:
        LogError: If a shard fails, or another process still writes there; what is finished stays.
        KeyboardInterrupt: When interrupted, once all processes have ended.
    """
    check_arguments(arguments)
    folder = _find(arguments, shards, log_dir)
    output = folder.with_suffix(".eval")
    with hold(folder) as held:
        parts = [folder / str(number + 1) for number in range(shards)]
        _run(parts, arguments, held, advance)
        logs = [_finished(part) for part in parts]
        merged = merge_logs(logs, output)
    shutil.rmtree(folder)
    return Merged(output, merged.results.total_samples if merged.results else 0)


def _find(arguments: Sequence[str], shards: int, log_dir: Path) -> Path:
    """Return the folder of the same evaluation that was interrupted, or a new one."""
    plan = json.dumps({"arguments": list(arguments), "shards": shards}, indent=1) + "\n"
    for found in sorted(log_dir.glob("*.shards/plan.json")):
        if found.read_text(encoding="utf-8") == plan and not found.parent.with_suffix(".eval").exists():
            return found.parent
    task = arguments[0].partition("/")[2] or arguments[0]
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S+00-00")
    folder = log_dir / f"{stamp}_{task.replace('/', '-')}_{uuid4().hex[:12]}.shards"
    try:
        folder.mkdir(parents=True)
        (folder / "plan.json").write_text(plan, encoding="utf-8")
    except OSError as error:
        raise LogError(
            f"{log_dir}: {error.strerror}; expected a folder to write to; choose another --log-dir"
        ) from error
    return folder


def _run(parts: Sequence[Path], arguments: Sequence[str], held: int, advance: Advance) -> None:
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for number, part in enumerate(parts, start=1):
            if "success" in statuses(part).values():
                continue
            part.mkdir(exist_ok=True)
            shard = ["-T", f"shard={number}/{len(parts)}", "--log-dir", str(part)]
            command = resume_command(part) or [inspect_command(), "eval", *arguments, *shard]
            with (part / "output.txt").open("ab") as output:
                # a group of its own: an interrupt in the terminal comes from here alone, and once
                processes.append(
                    subprocess.Popen(
                        [*command, *SHOWN],
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=output,
                        pass_fds=(held,),
                        process_group=0,
                    )
                )
        while any(process.poll() is None for process in processes):
            time.sleep(LOOK_S)
            advance(sum(_written(part) for part in parts))
    finally:
        # those that still run were interrupted with us: they write what they have, and end
        for process in processes:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in processes:
            process.wait()
    advance(sum(_written(part) for part in parts))


def _written(part: Path) -> int:
    """Return how many samples a shard's newest log holds so far."""
    logs = sorted(part.glob("*.eval"))
    try:
        with ZipFile(logs[-1]) as archive:
            return sum(name.startswith("samples/") for name in archive.namelist())
    except IndexError:
        # it has only started
        return 0
    except UNREADABLE:
        # it is being written at this moment
        return 0


def _finished(part: Path) -> Path:
    finished = [log for log, status in statuses(part).items() if status == "success"]
    if not finished:
        text = (part / "output.txt").read_text(encoding="utf-8", errors="replace").splitlines()
        said = " | ".join(line.strip() for line in text[-LINES:] if line.strip())
        raise LogError(
            f"run: shard {part.name} did not finish ({said:.800}); expected a finished log; mend it and run the same "
            "command again: what is finished stays"
        )
    return finished[-1]
