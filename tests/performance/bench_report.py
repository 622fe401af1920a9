"""Processor seconds and memory that a report takes of 100 logs of 1,000 samples: mixtures of three policies.

`python bench_report.py [LOGS [FOLDER]]`: the logs go to FOLDER, and are kept there; by default they go when it ends.
"""

import json
import random
import resource
import shutil
import subprocess
import sys
import time
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from inspect_ai.log import EvalLog, EvalSample, write_eval_log
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from evaluations import evaluate

POLICIES = ("oracle", "never_ask", "always_ask")
FAMILIES = ["arithmetic", "troubleshooting", "actions"]
PROBLEMS, COPIES = 24, 14
"""Each problem is there in copies, of templates of their own: 1,008 samples a log."""
MAX_SECONDS, MAX_GIB = 90.0, 1.5

WRITE = """
import sys
from pathlib import Path
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.report import write_report
folder = Path(sys.argv[2])
page = write_report(build_leaderboard([sys.argv[1]]), folder).read_text(encoding="utf-8")
sizes = [f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in sorted(folder.iterdir())]
print(", ".join([*sizes, f"{page.count('<figure id=')} pictures"]))
"""
"""What `askfirst report` does: the numbers, the pictures, the page and its data."""


def copy_samples(log: EvalLog) -> EvalLog:
    """Return a log with copies of its samples."""
    samples = [_rename(sample, copy) for sample in log.samples or [] for copy in range(COPIES)]
    samples.sort(key=lambda sample: str(sample.id))
    dataset = log.eval.dataset.model_copy(
        update={"samples": len(samples), "sample_ids": [sample.id for sample in samples]}
    )
    return log.model_copy(
        update={"samples": samples, "eval": log.eval.model_copy(update={"dataset": dataset}), "location": ""}
    )


def _rename(sample: EvalSample, copy: int) -> EvalSample:
    problem, _, arm = str(sample.id).rpartition("/")
    # half of the copies are further problems of a template, half are templates of their own
    template = f"{sample.metadata['template']}-{copy // 2}"
    metadata = {**sample.metadata, "problem_id": f"{problem}{copy}", "template": template}
    return sample.model_copy(update={"id": f"{problem}{copy}/{arm}", "metadata": metadata})


def write_logs(folder: Path, count: int) -> None:
    """Write logs: the first policy's, with another header and other summaries appended, which readers find first."""
    with TemporaryDirectory() as work:
        bases: list[Path] = []
        for policy in POLICIES:
            arguments = {"families": FAMILIES, "n": PROBLEMS}
            log = evaluate("askfirst/suite", f"askfirst/{policy}", Path(work), task_args=arguments)
            bases.append(Path(work) / f"{policy}.eval")
            write_eval_log(copy_samples(log), str(bases[-1]))
        contents = [[_read(base, name) for base in bases] for name in ("header.json", "summaries.json")]
        for number in range(count):
            path = folder / f"{number:03}.eval"
            shutil.copy(bases[0], path)
            header, summaries = _disguise(number, contents[0][0], contents[1])
            with ZipFile(path, "a", compression=ZIP_DEFLATED) as archive:
                _append(archive, "header.json", header)
                _append(archive, "summaries.json", summaries)


def _disguise(number: int, header: Any, summaries: list[list[Any]]) -> tuple[Any, list[Any]]:
    draw, name = random.Random(number), f"lab/model-{number:03}"
    weights = [1 + number % 10, 1 + number % 7, 1 + number % 3]
    rows = [draw.choices(rows, weights)[0] for rows in zip(*summaries, strict=True)]
    named = [{**row, "uuid": f"{number}-{place}"} for place, row in enumerate(rows)]
    return {**header, "eval": {**header["eval"], "model": name, "eval_id": name, "run_id": name}}, named


def _read(path: Path, name: str) -> Any:
    with ZipFile(path) as archive:
        return json.loads(archive.read(name))


def _append(archive: ZipFile, name: str, content: Any) -> None:
    # a second member of the same name: Python warns of it, and finds the later one
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, json.dumps(content))


def measure(folder: Path) -> tuple[float, float, float]:
    """Return the processor seconds, the wall-clock seconds and the GiB that a report takes, in a process of its own."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with TemporaryDirectory() as report:
        subprocess.run([sys.executable, "-c", WRITE, str(folder), report], check=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor, wall, after.ru_maxrss / 2**20


def main(count: int, folder: Path) -> None:
    """Print what it took; fail where it is too much."""
    if not any(folder.glob("*.eval")):
        write_logs(folder, count)
    seconds, wall, gib = measure(folder)
    samples = PROBLEMS * 3 * COPIES
    Console(highlight=False).print(
        f"{count} logs of {samples:,} samples: {seconds:.1f} processor seconds, {wall:.1f} s, {gib:.2f} GiB"
    )
    if seconds > MAX_SECONDS or gib > MAX_GIB:
        sys.exit(f"expected at most {MAX_SECONDS:g} processor seconds and {MAX_GIB} GiB")


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    if len(sys.argv) > 2:
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        main(number, Path(sys.argv[2]))
    else:
        with TemporaryDirectory() as temporary:
            main(number, Path(temporary))
