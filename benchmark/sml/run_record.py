"""What a run is, written into its folder: what it started from, its settings, its data, and how it went."""

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch
from pydantic import Field, ValidationError

from askfirst.benchmark.errors import TrainingError
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.sml.lesson import Lesson
from askfirst.benchmark.sml.run_folder import write_atomically
from askfirst.benchmark.sml.settings import Settings
from askfirst.benchmark.sml.task import render_task

RECORD = "askfirst-train.json"
PACKAGES = ("askfirst", "torch", "transformers", "trl", "peft", "accelerate")


class RunRecord(Frozen):
    """What a run is, and once it is done, how it went."""

    model: str
    """What it started from: a path or hub id."""
    settings: Settings
    data_hash: str
    """Of the training problems, as the student reads them."""
    versions: dict[str, str]
    """Of packages and of Python, by name."""
    hardware: str
    finished: bool = False
    seconds: float = 0.0
    """Of all its parts together, up to the newest checkpoint of each."""
    student_tokens: int = 0
    """Tokens that the student sampled."""
    trained_tokens: int = 0
    """Tokens that a loss was on."""
    final: dict[str, float] = Field(default_factory=dict[str, float])
    """The newest value of each figure of the training log."""


def read_record(folder: Path) -> RunRecord | None:
    """Return what a folder's run is, None where there is none.

    Raises:
        TrainingError: If the record can't be read.
    """
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise TrainingError(
            f"{path}: {'.'.join(map(str, first['loc'])) or 'content'}: {first['msg']}; expected a training run's "
            "record; choose another folder"
        ) from error


def write_record(folder: Path, record: RunRecord) -> None:
    """Write a folder's record."""
    write_atomically(folder / RECORD, record.model_dump_json(indent=2) + "\n")


def check_same(there: RunRecord, wanted: RunRecord, folder: Path) -> None:
    """Check that the run in a folder is the one that is wanted.

    Raises:
        TrainingError: If it is another one.
    """
    for name, found, expected in (
        ("model", there.model, wanted.model),
        ("settings", there.settings, wanted.settings),
        ("data", there.data_hash, wanted.data_hash),
    ):
        if found != expected:
            raise TrainingError(
                f"{folder}: holds a run of another {name} ({_difference(found, expected)}); expected the same run, to "
                "go on with; choose another folder"
            )


def new_record(model: str, settings: Settings, lessons: Sequence[Lesson]) -> RunRecord:
    """Return the record of a run that begins."""
    return RunRecord(
        model=model, settings=settings, data_hash=hash_lessons(lessons), versions=versions(), hardware=hardware()
    )


def _difference(found: object, expected: object) -> str:
    if isinstance(found, Settings) and isinstance(expected, Settings):
        one, other = found.model_dump(), expected.model_dump()
        name = next(name for name in one if one[name] != other[name])
        return f"{name} {one[name]!r}, now {other[name]!r}"
    return f"{found!r}, now {expected!r}"


def hash_lessons(lessons: Iterable[Lesson]) -> str:
    """Return a hash of training problems, as the student reads them, with their answers."""
    digest = hashlib.sha256()
    for lesson in lessons:
        digest.update(json.dumps([lesson.problem.id, render_task(lesson.scenario), lesson.problem.target]).encode())
    return digest.hexdigest()[:16]


def versions() -> dict[str, str]:
    """Return the versions that a result depends on, by name."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def hardware() -> str:
    """Say what computes."""
    if torch.cuda.is_available():
        return f"{torch.cuda.device_count()} x {torch.cuda.get_device_name()}"
    return f"{platform.machine()} processor, {torch.get_num_threads()} threads"
