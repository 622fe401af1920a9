"""What a model is called, from a log's header: nothing of the machine that it was run on shows, only folders' names."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple, TypeAlias

from inspect_ai.log import EvalLog

from askfirst.reports.leaderboard.public import PATH, last_part, public_text

POLICY = "askfirst/"
"""How the names of reference policies begin."""

STEP = re.compile(r"(?:^|[-_.])(?:checkpoint|global[-_]?step|step|iter)[-_]?(\d+)$", re.IGNORECASE)
"""How the name of a training run's checkpoint ends."""

NUMBER = re.compile(r"\d+$")
"""The step in the name of a checkpoint."""

TELLING = 40
"""Characters of a setting's value that may stand in a model's name; lists and mappings may not, nor what is longer."""

Settings: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values of what a model was run with that changes what it says, in order of their names."""


class ModelName(NamedTuple):
    """A model, and where it belongs."""

    identity: str
    """What tells it from others; it may hold a path, so it is never shown."""
    model: str
    """Without settings; of one from a folder, the folder's name; of a checkpoint, its run's name before it."""
    policy: bool
    series: str
    """Identity of what it is one point of: itself, or the checkpoints of its training run."""
    step: int | None
    path: str = ""
    """Of one from a folder."""
    settings: Settings = ()


def name_model(header: EvalLog, settings: Settings) -> ModelName:
    """Return what the subject of a log is called.

    Args:
        header: The log's.
        settings: What it was run with.
    """
    name = header.eval.model
    if name.startswith(POLICY):
        return ModelName(name, name.removeprefix(POLICY), policy=True, series=name, step=None)
    provider, _, rest = name.partition("/")
    path = header.eval.model_args.get("model_path") or rest
    if not isinstance(path, str) or not (PATH.match(path) or "model_path" in header.eval.model_args):
        identity = _identify(name, settings)
        return ModelName(identity, name, policy=False, series=identity, step=None, settings=settings)
    return _name_folder(path.rstrip("/\\") or path, (*settings, ("provider", provider)))


def series_of(name: ModelName) -> ModelName:
    """Return the name of what a model is one point of: of a checkpoint its run's, with `*` in place of the step."""
    if name.step is None:
        return name
    return name._replace(
        identity=name.series, model=NUMBER.sub("*", name.model), path=NUMBER.sub("*", name.path), step=None
    )


def tell_apart(names: Sequence[ModelName]) -> dict[str, str]:
    """Return what to call models, by identity.

    Different ones that share a name are told apart by as little of their paths as does, all checkpoints of a run alike;
    then by the settings in which they differ, then by numbers in the order given.
    """
    by_identity = {name.identity: name for name in names}
    by_model: dict[str, list[ModelName]] = {}
    for name in by_identity.values():
        by_model.setdefault(series_of(name).model, []).append(name)
    called: dict[str, str] = {}
    for alike in by_model.values():
        called |= _add_settings(_lengthen(alike), by_identity)
    taken: Counter[str] = Counter()
    for identity in by_identity:
        label = called[identity]
        taken[label] += 1
        called[identity] = label if taken[label] == 1 else f"{label} #{taken[label]}"
    return {identity: called[identity] for identity in by_identity}


def _lengthen(alike: Sequence[ModelName]) -> dict[str, str]:
    """Call models of one name by the last parts of their paths, as many as it takes to tell the paths apart."""
    paths = {_parts(series_of(name).path) for name in alike if name.path}
    if len(paths) < 2:
        return {name.identity: name.model for name in alike}
    longest = max(map(len, paths))
    depth = next(
        (depth for depth in range(1, longest) if len({path[-depth:] for path in paths}) == len(paths)), longest
    )
    return {name.identity: "/".join(_parts(name.path)[-depth:]) if name.path else name.model for name in alike}


def _add_settings(labels: Mapping[str, str], by_identity: Mapping[str, ModelName]) -> dict[str, str]:
    """Add to labels that several models have the settings in which these differ."""
    called: dict[str, str] = {}
    for identity, label in labels.items():
        alike = [dict(by_identity[other].settings) for other, named in labels.items() if named == label]
        shown = [
            f"{name} {value}".removeprefix("provider ")
            for name, value in by_identity[identity].settings
            if len(value) <= TELLING
            and value[:1] not in {"[", "{"}
            and any(other.get(name) != value for other in alike)
        ]
        called[identity] = f"{label} ({', '.join(map(public_text, shown))})" if shown else label
    return called


def _name_folder(path: str, settings: Settings) -> ModelName:
    folder = last_part(path)
    identity, found = _identify(path, settings), STEP.search(folder)
    if found is None:
        return ModelName(identity, folder, policy=False, series=identity, step=None, path=path, settings=settings)
    series = _identify(NUMBER.sub("*", path), settings)
    own = 1 if folder[: found.start()] else 2
    model = "/".join(_parts(path)[-own:])
    return ModelName(identity, model, policy=False, series=series, step=int(found[1]), path=path, settings=settings)


def _parts(path: str) -> tuple[str, ...]:
    pure = PureWindowsPath(path) if "\\" in path else PurePosixPath(path.removeprefix("file://"))
    return tuple(part for part in pure.parts if part != pure.anchor)


def _identify(name: str, settings: Settings) -> str:
    return json.dumps([name, *settings])
