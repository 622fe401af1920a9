"""How many bits of the answer a question can remove, from a table of completions of the unknown fragments.

A family lists (or samples) the completions of what is unknown, with the answer that each gives; everything here is
counting on that table, so it is exact wherever the table lists the whole joint domain.
"""

from collections.abc import Callable, Collection, Mapping
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from askfirst.benchmark.problem import Frozen, Problem

Codes: TypeAlias = npt.NDArray[np.int64]

FEW = 8
"""Codes a completion up to which they are counted in a table."""


class Completions(Frozen):
    """Completions of the unknown fragments, uniform over the joint domain, with their answers.

    A fragment that can't change the answer under any values of the others has no column: asking for it gains 0 bits.
    """

    model_config = Frozen.model_config | {"arbitrary_types_allowed": True}

    columns: Mapping[str, Codes]
    """Value codes by fragment id, each of shape (completion,); codes are positions in the fragment's domain."""
    answers: Codes
    """Answer codes, shape (completion,); equal codes mean equal answers."""
    exact: bool
    """True when every completion is listed once; False for a seeded sample."""


class Gain(Frozen):
    """What one question removed, in expectation over the unknown values."""

    bits: float
    """Expected reduction of the answer's entropy, at least 0."""
    best_bits: float
    """The most that any question about as many unknown fragments could have removed."""
    exact: bool


Information: TypeAlias = Callable[[Problem, frozenset[str]], Completions | None]
"""Completions of a problem given the ids of the known fragments; None where the source has no solver."""


def entropy(codes: Codes) -> float:
    """Return the Shannon entropy of a sample of codes in bits, at least 0; 0 when empty."""
    if codes.size == 0:
        return 0.0
    # counting is several times quicker than sorting, where the codes are few; both count in the order of the codes
    most = int(codes.max())
    counts = np.bincount(codes) if most < FEW * codes.size else np.unique(codes, return_counts=True)[1]
    counts = counts[counts > 0]
    shares = counts / codes.size
    return float(max(0.0, -(shares * np.log2(shares)).sum()))


def conditional_entropy(answers: Codes, given: Codes) -> float:
    """Return the entropy of `answers` once `given` is known, in bits: H(A, G) - H(G)."""
    if answers.size == 0:
        return 0.0
    joint = given * (int(answers.max()) + 1) + answers
    return max(0.0, entropy(joint) - entropy(given))


def expected_gain(completions: Completions, targets: Collection[str]) -> float:
    """Return the bits of the answer's entropy that learning the targets removes, in expectation, at least 0."""
    return _gain(completions, targets, entropy(completions.answers))


def _gain(completions: Completions, targets: Collection[str], before: float) -> float:
    unknown = [name for name in sorted(targets) if name in completions.columns]
    if not unknown:
        return 0.0
    given = np.zeros_like(completions.answers)
    for name in unknown:
        column = completions.columns[name]
        given = given * (int(column.max()) + 1) + column
    return max(0.0, before - conditional_entropy(completions.answers, given))


def question_gain(completions: Completions, targets: Collection[str]) -> Gain:
    """Compare a question's expected gain with the best question about as many unknown fragments.

    Args:
        completions: What is still possible before the question.
        targets: Ids of the fragments that the question targets, at least one. Known and inert ones gain nothing but
            count towards the size of the comparison question.
    """
    size = min(max(1, len(set(targets))), len(completions.columns))
    before = entropy(completions.answers)
    best = max((_gain(completions, some, before) for some in combinations(completions.columns, size)), default=0.0)
    bits = _gain(completions, targets, before)
    return Gain(bits=round(bits, 9), best_bits=round(max(best, bits), 9), exact=completions.exact)
