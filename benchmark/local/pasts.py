"""What was read of dialogues and is kept, so that nothing is computed twice: keys and values, by the tokens read.

A prompt is looked up by hashes of its beginnings, one every `BLOCK` tokens: a look-up costs one pass over the prompt,
however much is kept. What is found is compared token by token, so equal hashes of different tokens do no harm.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

import torch

BLOCK = 16
"""Tokens from one hashed beginning to the next; less than that in common is not found."""

Item = TypeVar("Item")


class Past(NamedTuple):
    """What was read of one dialogue."""

    ids: tuple[int, ...]
    """The tokens whose keys and values are kept."""
    states: tuple[torch.Tensor, ...]
    """Keys and values by turns, two a layer, each (head, position, dimension)."""

    def cut(self, length: int) -> "Past":
        """Return the beginning, which shares memory with the whole."""
        return Past(self.ids[:length], tuple(state[:, :length] for state in self.states))

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(state.numel() * state.element_size() for state in self.states)


def common_length(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many tokens two sequences begin with in common."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def hash_beginnings(ids: Sequence[int]) -> list[int]:
    """Return one hash for every `BLOCK` tokens, each of all tokens up to there; what is left over has none."""
    hashes: list[int] = []
    last = 0
    for end in range(BLOCK, len(ids) + 1, BLOCK):
        last = hash((last, tuple(ids[end - BLOCK : end])))
        hashes.append(last)
    return hashes


class Beginnings(Generic[Item]):
    """Finds which of many sequences a prompt goes on from."""

    def __init__(self) -> None:
        """Start empty."""
        self._item_by_hash: dict[int, tuple[Sequence[int], Item]] = {}

    def add(self, ids: Sequence[int], hashes: Sequence[int], item: Item) -> None:
        """Make a sequence known; where several begin alike, the latest is found."""
        self._item_by_hash |= dict.fromkeys(hashes, (ids, item))

    def remove(self, hashes: Sequence[int], item: Item) -> None:
        """Forget a sequence."""
        for each in hashes:
            if each in self._item_by_hash and self._item_by_hash[each][1] is item:
                del self._item_by_hash[each]

    def find(self, ids: Sequence[int], hashes: Sequence[int]) -> tuple[Item, int] | None:
        """Return the sequence that has most in common with a prompt's beginning, and how many tokens that are."""
        for each in reversed(hashes):
            if found := self._item_by_hash.get(each):
                return found[1], common_length(found[0], ids)
        return None


class Kept(NamedTuple):
    """A past in the store."""

    past: Past
    hashes: list[int]
    prompt: int
    """How many of its tokens were its last prompt; what follows was the model's own."""


class Pasts:
    """The pasts that were used last, within a bound of memory."""

    def __init__(self, most_bytes: int) -> None:
        """Start empty.

        Args:
            most_bytes: Of all keys and values together; 0 keeps nothing.
        """
        self.most_bytes, self.bytes = most_bytes, 0
        self._beginnings = Beginnings[Kept]()
        self._kept: OrderedDict[int, Kept] = OrderedDict()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kept)

    def find(self, ids: Sequence[int], hashes: Sequence[int]) -> tuple[Kept, int] | None:
        """Return the past that has most in common with a prompt, and how many tokens that are."""
        found = self._beginnings.find(ids, hashes)
        if found:
            self._kept.move_to_end(id(found[0]))
        return found

    def add(self, past: Past, prompt: int) -> None:
        """Keep a past, and drop those that were not used for longest until all fit."""
        if past.size > self.most_bytes:
            return
        kept = Kept(past, hash_beginnings(past.ids), prompt)
        self._kept[id(kept)] = kept
        self._beginnings.add(past.ids, kept.hashes, kept)
        self.bytes += past.size
        while self.bytes > self.most_bytes:
            self.drop(next(iter(self._kept.values())))

    def drop(self, kept: Kept) -> None:
        """Drop a past, if it is still there."""
        if self._kept.pop(id(kept), None) is not None:
            self._beginnings.remove(kept.hashes, kept)
            self.bytes -= kept.past.size

    def clear(self) -> None:
        """Drop everything."""
        for kept in list(self._kept.values()):
            self.drop(kept)
