"""Whatever was done to a log, each command that reads it ends with a result or with one line."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from askfirst.benchmark.errors import AskfirstError
from askfirst.reports.dialogues import read_dialogues
from askfirst.reports.gate.logs import load_release
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.rescore import rescore_log
from askfirst.reports.results import load_results
from askfirst.scorers.measures import measures
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate

READERS: Mapping[str, Callable[[Path], object]] = {
    "results": lambda path: load_results([path]),
    "show": lambda path: list(read_dialogues(path)),
    "rescore": lambda path: rescore_log(path, measures()),
    "gate": lambda path: load_release([str(path)]),
    "leaderboard": lambda path: build_leaderboard([str(path)]),
}
VALUES: tuple[Any, ...] = (None, 0, -1, 1e308, "", [], {}, "x" * 50, True, "../../x", [None], {"a": 1})
TRIES = 12


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    return Path(evaluate(arithmetic(n=1), "askfirst/oracle", folder).location.removeprefix("file://")).read_bytes()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield from places(inner, (*path, key))


def with_member(log: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return the log with its members changed; None drops one."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(log)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            if (content := change(name, before.read(name))) is not None:
                after.writestr(name, content)
    return out.getvalue()


def members(log: bytes) -> list[str]:
    with ZipFile(io.BytesIO(log)) as archive:
        return archive.namelist()


def read(reader: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.eval"
    path.write_bytes(content)
    said = ""
    try:
        READERS[reader](path)
    except AskfirstError as error:
        said = str(error)
    # the leaderboard lists the logs that it can't use, a line each
    assert len(said.splitlines()) <= (2 if said.startswith("logs: 1 of 1") else 1), said


@pytest.mark.parametrize("reader", READERS)
def test_bytes_that_were_changed_or_lost(reader: str, log: bytes, tmp_path: Path):
    for seed in range(TRIES):
        draw = Random(f"{reader} {seed}")
        if draw.random() < 0.5:
            content = log[: draw.randint(0, len(log))]
        else:
            content = bytearray(log)
            for _ in range(draw.randint(1, 20)):
                content[draw.randrange(len(log))] ^= draw.randint(1, 255)
        read(reader, bytes(content), tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_values_that_were_changed_or_lost(reader: str, log: bytes, tmp_path: Path):
    for seed in range(TRIES):
        draw = Random(f"{reader} {seed}")
        name = draw.choice(members(log))

        def change(member: str, content: bytes, name: str = name, draw: Random = draw) -> bytes | None:
            if member != name:
                return content
            value = json.loads(content)
            *path, last = draw.choice(list(places(value)) or [("x",)])
            at = value
            for key in path:
                at = at[key]
            if draw.random() < 0.5:
                del at[last]
            else:
                at[last] = draw.choice(VALUES)
            return json.dumps(value).encode()

        read(reader, with_member(log, change), tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_members_that_are_missing_or_cut(reader: str, log: bytes, tmp_path: Path):
    for name in members(log):
        read(reader, with_member(log, lambda member, content, name=name: None if member == name else content), tmp_path)
        half = with_member(
            log, lambda member, content, name=name: content[: -(len(content) // 2)] if member == name else content
        )
        read(reader, half, tmp_path)
