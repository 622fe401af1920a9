"""Shards: an evaluation parted into disjoint sets of whole problems, for several processes or machines."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.scenario import Scenario

_SHARD = re.compile(r"([1-9]\d{0,5})/([1-9]\d{0,5})")


class Shard(NamedTuple):
    """One part of several."""

    number: int
    """From 1."""
    of: int


def parse_shard(text: object) -> Shard | None:
    """Read a shard as people type it, `2/8`; None (the whole) from None.

    Raises:
        DataError: If it is none.
    """
    if text is None:
        return None
    match = _SHARD.fullmatch(text) if isinstance(text, str) else None
    if match is None or int(match[1]) > int(match[2]):
        raise DataError(f"shard: {text!r}; expected a part of several, such as '2/8'; correct it")
    return Shard(int(match[1]), int(match[2]))


def take_shard(scenarios: Sequence[Scenario], shard: Shard | None) -> list[Scenario]:
    """Return the scenarios of a shard's problems: every `of`-th problem, with all of its arms.

    Problems are dealt out in turn, so that every shard gets about as much of each family and template.

    Raises:
        DataError: If there are fewer problems than shards.
    """
    if shard is None:
        return list(scenarios)
    places = {name: place for place, name in enumerate(dict.fromkeys(each.problem.id for each in scenarios))}
    if len(places) < shard.of:
        raise DataError(
            f"shard: {len(places)} problems in {shard.of} shards; expected at least one each; take fewer shards"
        )
    return [each for each in scenarios if places[each.problem.id] % shard.of == shard.number - 1]
