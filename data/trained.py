"""Checkpoints that this project trained: adapters that come with it, made ready above the checkpoint that they change.

How they were trained and what they show is told in docs/experiment.md; each has its card beside it.
"""

import json
import os
import shutil
from pathlib import Path

FOLDER = Path(__file__).parent / "checkpoints"
BASE = "smollm2-135m"
"""What all of them were trained from."""
TRAINED = tuple(f"{BASE}-{name}" for name in ("solve", "single-turn", "sml", "q-priming-sml"))

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
CHAT = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja")


def prepare_trained(name: str, base: Path) -> Path:
    """Return the folder of a trained checkpoint, beside the one that it changes; write it if need be.

    Args:
        name: One of `TRAINED`.
        base: The folder of `BASE`.

    Raises:
        OSError: If the folder can't be written.
    """
    source, folder = FOLDER / name, base.parent / name
    config = json.loads((source / CONFIG).read_bytes()) | {"base_model_name_or_path": str(base)}
    text = json.dumps(config, indent=2) + "\n"
    if _is_whole(folder, source, text):
        return folder
    partial = base.parent / f".{name}.{os.getpid()}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        for path in (source / WEIGHTS, source / "README.md", *(base / each for each in CHAT)):
            shutil.copyfile(path, partial / path.name)
        (partial / CONFIG).write_text(text, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _is_whole(folder: Path, source: Path, config: str) -> bool:
    try:
        return (
            (folder / CONFIG).read_text(encoding="utf-8") == config
            and (folder / WEIGHTS).read_bytes() == (source / WEIGHTS).read_bytes()
            and all((folder / name).is_file() for name in CHAT)
        )
    except OSError:
        return False
