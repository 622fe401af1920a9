"""A disk that fills or a folder that can't be written: nothing finished is lost, and nothing is paid for in vain."""

import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from inspect_ai.log import list_eval_logs, read_eval_log

from askfirst.benchmark.cli import main
from askfirst.benchmark.scenario import Scenario
from askfirst.reports.rescore import rescore_log
from askfirst.scorers.measures import measures
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate, values_by_sample
from policy_server import policy_server
from stopped_runs import environment, eval_command, newest_log, only_log, retry_command, run

FULL = os.environ.get("ASKFIRST_FAULTS") == "full"
PROBLEMS = 8
SAMPLES_AT_ONCE = 4
SIZES = ("30k", "45k", "60k", "75k", "90k") if FULL else ("60k",)
"""Of disks that hold the beginning of a log of 24 samples, which takes 130 kB."""


def can_mount() -> bool:
    with TemporaryDirectory() as folder:
        try:
            mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        except OSError:
            return False
        if mounted.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return mounted.returncode == 0


MOUNTS = sys.platform == "linux" and os.geteuid() == 0 and can_mount()
needs_mount = pytest.mark.skipif(not MOUNTS, reason="needs a small disk of its own: root, and the right to mount")


@contextmanager
def disk(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def scenarios() -> list[Scenario]:
    return [one.metadata_as(Scenario) for one in arithmetic(n=PROBLEMS, level=1).dataset]


@needs_mount
@pytest.mark.parametrize("size", SIZES)
def test_a_run_whose_disk_fills_keeps_what_was_finished_and_goes_on_once_there_is_room(size, tmp_path):
    logs, asked = tmp_path / "logs", Counter[tuple[str, int]]()
    env = environment(tmp_path, INSPECT_DISPLAY="plain")
    with policy_server(scenarios(), 0.02, asked) as address, disk(logs, f"size={size}"):
        filled = run(
            eval_command(address, logs, PROBLEMS, "--max-samples", str(SAMPLES_AT_ONCE), "--display", "plain"), env
        )
        assert "No space left on device" in " ".join((filled.stdout + filled.stderr).split())
        assert "Traceback" not in filled.stdout + filled.stderr
        log = only_log(logs)
        assert read_eval_log(log, header_only=True).status == "started"
        before = asked.copy()
        subprocess.run(["mount", "-o", "remount,size=50m", str(logs)], check=True)
        went_on = run(retry_command(log, logs), env)
        assert went_on.returncode == 0, went_on.stderr
        finished = newest_log(logs)
        assert finished.status == "success"
        assert not rescore_log(Path(finished.location.removeprefix("file://")), measures()).changed
    undisturbed = evaluate(arithmetic(n=PROBLEMS, level=1), "askfirst/oracle", tmp_path / "undisturbed")
    assert values_by_sample(finished) == values_by_sample(undisturbed)
    assert before
    assert asked.total() - len(asked) <= 2 * SAMPLES_AT_ONCE


@needs_mount
def test_a_folder_that_can_t_be_written_is_refused_before_any_call(tmp_path):
    logs, asked = tmp_path / "logs", Counter[tuple[str, int]]()
    with policy_server(scenarios(), 0, asked) as address, disk(logs, "ro"):
        refused = run(
            eval_command(address, logs, PROBLEMS, "--display", "plain"), environment(tmp_path, INSPECT_DISPLAY="plain")
        )
        assert refused.returncode == 1
        assert "do not have write permission" in " ".join(refused.stdout.split())
        assert not list_eval_logs(str(logs))
    assert not asked


@needs_mount
# the temporary file that Inspect leaves to the collector when it can't write a log
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")
def test_what_reads_logs_says_in_one_line_that_its_output_can_t_be_written(tmp_path, capsys):
    log = evaluate(arithmetic(n=1), "askfirst/oracle", tmp_path / "logs").location
    with disk(tmp_path / "full", "size=4k"):
        (tmp_path / "full" / "filler").write_bytes(b"x" * 4096)
        for command in (
            ["rescore", log, "-o", str(tmp_path / "full")],
            ["report", log, "-o", str(tmp_path / "full" / "report")],
        ):
            assert main(command) == 1
            assert capsys.readouterr().err.splitlines()[-1].startswith("askfirst: ")
            gc.collect()
        assert [path.name for path in (tmp_path / "full").iterdir() if path.is_file()] == ["filler"]
