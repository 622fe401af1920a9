"""Where a reply tells a fact otherwise than the plan: another option, a denial, other bounds, all for each."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from askfirst.benchmark.reply_facts import (
    Fact,
    allows_limit,
    bounds_of,
    content_stems,
    is_each,
    is_negated,
    is_of_all,
    is_together,
    negations_in,
    rates_of,
    speaks_of,
    tells,
)
from askfirst.benchmark.reply_scene import Fault, Scene
from askfirst.benchmark.reply_stock import is_stock
from askfirst.benchmark.reply_text import Clause, Quantity, read_clauses, read_segments, words_in
from askfirst.benchmark.reply_vocabulary import FUNCTION_STEMS, OPPOSITES, PREPOSITIONS

_LATER = re.compile(r"\b(?:first|begin\w*|start\w*|since)\b", re.IGNORECASE)
"""What may be said as "from ... on", and the other way round."""


def find_contradictions(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply tells a fact otherwise than the plan."""
    clauses = read_clauses(text)
    for fact in scene.facts:
        about = [clause for clause in clauses if speaks_of(clause, fact, scene.facts) or tells(clause, fact)]
        about = list(clauses) if len(scene.facts) == 1 else about
        yield from _other_value(about, fact, scene)
        yield from _turned(text, fact, scene)
        yield from _opposites(about, fact, text)
        yield from _other_bounds(text, fact, scene)
        yield from _other_scope(about, fact, scene)
        if rates_of(fact.text) and (other := _rates(about, fact, scene) - rates_of(scene.text)):
            yield Fault("contradicted", f"by the {sorted(other)[0]}: {fact.text[:60]!r}")


def _other_value(about: Sequence[Clause], fact: Fact, scene: Scene) -> Iterator[Fault]:
    safe = scene.told | _goal_stems(scene)
    for clause in about:
        for other in fact.others:
            apart = other - safe
            if apart and apart <= clause.stems and not is_negated(clause.text):
                yield Fault("contradicted", f"{' '.join(sorted(apart))!r} for {fact.text[:60]!r}")


def _goal_stems(scene: Scene) -> frozenset[str]:
    """Return the stems of the goal alone: a known fact's words may be another's value."""
    return content_stems(scene.problem.goal)


def _opposites(about: Sequence[Clause], fact: Fact, text: str) -> Iterator[Fault]:
    """Yield where a reply says "last" for "first" and the like."""
    own = frozenset(words_in(fact.text))
    said = frozenset(word for clause in about for word in clause.words)
    for word, other in OPPOSITES:
        turned = word in own and other not in own and other in said and word not in said
        if turned and (word not in PREPOSITIONS or _beside(word, fact.text) & _beside(other, text)):
            yield Fault("contradicted", f"{other!r} for {word!r}")
        elif {word, other} <= own & frozenset(said) and _order(word, other, fact.text) != _order(word, other, text):
            yield Fault("contradicted", f"{word!r} and {other!r} the other way round")


def _beside(word: str, text: str) -> frozenset[str]:
    """Return the words that stand next after a word, articles apart."""
    words = [one for one in words_in(text) if one not in ("a", "an", "the", "its", "their")]
    return frozenset(after for one, after in pairwise(words) if one == word)


def _order(word: str, other: str, text: str) -> bool:
    words = words_in(text)
    return words.index(word) < words.index(other)


def _turned(text: str, fact: Fact, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply denies what a fact says, or says what it denies."""
    if fact.neutral:
        limit = max(1, negations_in(fact.text))
        if any(negations_in(one.text) > limit and _is_nearest(one, fact, scene) for one in read_clauses(text)):
            yield Fault("contradicted", f"denies: {fact.text[:60]!r}")
        return
    sentences: dict[int, list[Clause]] = {}
    for segment in read_segments(text):
        sentences.setdefault(segment.sentence, []).extend(segment.clauses)
    for clauses in sentences.values():
        about = [one for one in clauses if speaks_of(one, fact, scene.facts) or tells(one, fact)]
        first = read_clauses(text)[0]
        if fact.denies and about and not any(_denies(one) or _excludes(one) for one in (*clauses, first)):
            yield Fault("contradicted", f"does not deny: {fact.text[:60]!r}")
        told = any(tells(one, fact) and not _denies(one) for one in clauses)
        if not fact.denies and any(_is_denied(one, fact, scene, told) for one in about):
            yield Fault("contradicted", f"denies: {fact.text[:60]!r}")


def _is_denied(clause: Clause, fact: Fact, scene: Scene, told: bool) -> bool:
    """Say whether a clause denies a fact: its value and another word of it, or three words where it is not `told`."""
    if not _denies(clause) or is_stock(clause.text, scene) or bounds_of(clause.text) & {"most", "least"}:
        return False
    if not _is_nearest(clause, fact, scene) or any(
        other.denies and speaks_of(clause, other, scene.facts) for other in scene.facts
    ):
        return False
    beside = len((clause.stems & fact.own) - fact.words - FUNCTION_STEMS)
    return (tells(clause, fact) and beside > 0) or (fact.yesno and beside > 0) or (beside > 2 and not told)


def _is_nearest(clause: Clause, fact: Fact, scene: Scene) -> bool:
    """Say whether a clause shares as many words with a fact as with any other."""
    return all(len(clause.stems & other.own) <= len(clause.stems & fact.own) for other in scene.facts)


def _denies(clause: Clause) -> bool:
    return is_negated(clause.text) or clause.text.lower() in ("no", "nope")


def _excludes(clause: Clause) -> bool:
    return not {"only", "alone", "problem"}.isdisjoint(clause.words)


def _other_bounds(text: str, fact: Fact, scene: Scene) -> Iterator[Fault]:
    """Yield where a quantity gets a bound that it does not have, or loses the one that it has."""
    if not fact.quantities:
        return
    own = fact.bounds
    allowed = set(own)
    if allows_limit(fact.text):
        allowed.add("most")
    if _LATER.search(fact.text) or "until" in fact.text:
        allowed.add("least")
    for clause in read_clauses(text):
        if any(_meets(clause, each) for each in fact.quantities) and _is_nearest(clause, fact, scene):
            for bound in sorted(bounds_of(clause.text) - allowed):
                yield Fault("contradicted", f"{bound} for {fact.text[:60]!r}")
    needed = own & {"least", "most"}
    if needed and not needed & bounds_of(text) and not ("least" in needed and _LATER.search(text)):
        yield Fault("contradicted", f"no {sorted(needed)[0]} for {fact.text[:60]!r}")


def _rates(about: Sequence[Clause], fact: Fact, scene: Scene) -> frozenset[str]:
    """Return how often a reply says that a fact happens."""
    nearest = [
        one for one in about if any(_meets(one, own) for own in fact.quantities) and _is_nearest(one, fact, scene)
    ]
    return frozenset(rate for clause in nearest for rate in rates_of(clause.text))


def _other_scope(about: Sequence[Clause], fact: Fact, scene: Scene) -> Iterator[Fault]:
    """Yield where what each of several things has is told of all together, or the other way round."""
    text = " ".join(clause.text for clause in about if any(_meets(clause, own) for own in fact.quantities))
    for own, other in ((is_each, is_together), (is_of_all, is_each)):
        if own(fact.text) and not other(scene.text) and other(text) and not own(text):
            yield Fault("contradicted", f"each for together, or together for each: {fact.text[:60]!r}")


def _meets(clause: Clause, own: Quantity) -> bool:
    return any(own.meets(said) for said in clause.quantities)
