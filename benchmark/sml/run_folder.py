"""A run's folder: whole checkpoints only, whatever kills the run while one is written.

```
DIR/                    the finished model (or its adapters), its tokenizer, its card; made last
DIR/askfirst-train.json what the run is: recipe, settings, data, versions
DIR/train/PHASE/        checkpoints, kept dialogues, progress.jsonl, dialogues.jsonl
```
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COMPLETE = "complete.json"
"""Written into a checkpoint after everything else: its files and their sizes."""


def write_atomically(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def mark_complete(checkpoint: Path) -> None:
    """Say that a checkpoint is whole; call it once everything else is written."""
    sizes = {str(path.relative_to(checkpoint)): path.stat().st_size for path in _files(checkpoint)}
    write_atomically(checkpoint / COMPLETE, json.dumps(sizes, sort_keys=True))


def newest_checkpoint(phase: Path) -> Path | None:
    """Return the newest whole checkpoint of a phase, None where there is none; half-written ones are removed."""
    whole: list[tuple[int, Path]] = []
    for checkpoint in phase.glob("checkpoint-*"):
        if is_complete(checkpoint):
            whole.append((int(checkpoint.name.rpartition("-")[2]), checkpoint))
        else:
            shutil.rmtree(checkpoint, ignore_errors=True)
    return max(whole)[1] if whole else None


def is_complete(checkpoint: Path) -> bool:
    """Say whether every file of a checkpoint is there, in the size that it was written with."""
    try:
        sizes: dict[str, int] = json.loads((checkpoint / COMPLETE).read_bytes())
        return all((checkpoint / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def publish(partial: Path, folder: Path) -> None:
    """Move a finished model's files into their folder, those by which a model is recognised last."""
    files = sorted(_files(partial), key=lambda path: (path.name in ("config.json", "adapter_config.json"), path.name))
    for path in files:
        target = folder / path.relative_to(partial)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    shutil.rmtree(partial)


def append_line(path: Path, row: dict[str, Any]) -> None:
    """Add one line of JSON to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file of JSON lines; one that was cut short is left out."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def cut_after(path: Path, step: int) -> None:
    """Drop the lines after a step, which a resumed run writes again."""
    if path.is_file():
        kept = [row for row in read_lines(path) if row["step"] <= step]
        write_atomically(path, "".join(json.dumps(row) + "\n" for row in kept))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != COMPLETE]
