"""What a model is called, from a log's header: nothing of the machine that it was run on shows, only folders' names."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple

from inspect_ai.log import EvalLog

POLICY = "askfirst/"
"""How the names of reference policies begin."""

STEP = re.compile(r"(?:^|[-_.])(?:checkpoint|global[-_]?step|step|iter)[-_]?(\d+)$", re.IGNORECASE)
"""How the name of a training run's checkpoint ends."""

PATH = re.compile(r"(?:/|~|\.{1,2}/|[A-Za-z]:[\\/]|\\\\|file://)")
"""How a path begins."""


class ModelName(NamedTuple):
    """A model, and where it belongs."""

    identity: str
    """What tells it from others; it may hold a path, so it is never shown."""
    model: str
    """Without settings; of one from a folder, the folder's name; of a checkpoint, its run's name before it."""
    policy: bool
    series: str
    """The model, or the folder of a training run's checkpoints."""
    step: int | None


def name_model(header: EvalLog) -> ModelName:
    """Return what the subject of a log is called."""
    name = header.eval.model
    if name.startswith(POLICY):
        short = name.removeprefix(POLICY)
        return ModelName(name, short, policy=True, series=short, step=None)
    path = header.eval.model_args.get("model_path") or name.partition("/")[2]
    if not isinstance(path, str) or not (PATH.match(path) or "model_path" in header.eval.model_args):
        return ModelName(name, name, policy=False, series=name, step=None)
    return _name_folder(path)


def tell_apart(names: Sequence[ModelName]) -> dict[str, str]:
    """Return what to call models, by identity; different ones that share a name are numbered in the order given."""
    called: dict[str, str] = {}
    identities_by_model: dict[str, list[str]] = {}
    for name in names:
        alike = identities_by_model.setdefault(name.model, [])
        if name.identity not in alike:
            alike.append(name.identity)
        place = alike.index(name.identity) + 1
        called[name.identity] = name.model if place == 1 else f"{name.model} #{place}"
    return called


def last_part(path: str) -> str:
    """Return the name of a file or folder, whatever the system that wrote the path."""
    pure = PureWindowsPath(path) if "\\" in path else PurePosixPath(path.removeprefix("file://"))
    return pure.name or "model"


def _name_folder(path: str) -> ModelName:
    folder = last_part(path)
    found = STEP.search(folder)
    if found is None:
        return ModelName(path, folder, policy=False, series=folder, step=None)
    run = folder[: found.start()]
    if run:
        return ModelName(path, folder, policy=False, series=run, step=int(found[1]))
    parent = last_part(path.rstrip("/\\")[: -len(folder)].rstrip("/\\") or "/")
    return ModelName(path, f"{parent}/{folder}", policy=False, series=parent, step=int(found[1]))
