"""What a reply says beyond its plan: hidden facts, confirmations, and words that state what nobody said."""

import re
from collections.abc import Iterator, Sequence

from askfirst.benchmark.reply_facts import content_stems, is_said, quoted
from askfirst.benchmark.reply_scene import Fault, FaultKind, Scene
from askfirst.benchmark.reply_stock import asserting
from askfirst.benchmark.reply_text import Clause, read_clauses, read_segments, stems_of, words_in
from askfirst.benchmark.reply_vocabulary import CALENDAR, DAY_PARTS, FREE, FUNCTION_WORDS, NUMBER_STEMS
from askfirst.benchmark.units import unit_of
from askfirst.benchmark.words import stem

_AGREES = re.compile(
    r"^(?:right|correct|exactly|true|indeed|precisely|agreed|confirmed|absolutely)\b[,.!]", re.IGNORECASE
)
_CONFIRMS = re.compile(
    r"\b(?:you're|you are|you were|that's|that is|that would be|is|are|was|sounds?|works?|looks?) "
    r"(?:also |too |quite |all |about |a )*"
    r"(?:right|correct|fine|ok|okay|good|true|ideal|perfect|for (?:me|us)|fair|reasonable)\b"
    r"|\b(?:as|like|just as) (?:you|expected)\b"
    r"|\byou (?:assumed?|read|guess(?:ed)?|say|said|thought|suggest\w*|propose\w*)\b"
    r"|\bconfirm(?:ed)?\b|\bworks for (?:me|us)\b|\bfor (?:me|us)$|^yes$|^yes, (?:that|it|this)\b",
    re.IGNORECASE,
)
_YES = re.compile(r"^(?:yes|yeah|yep|yup)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;] )(?:[A-Z][a-z\u00e0-\u00ff]+)\b")


def find_leaks(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply speaks of a fact that is neither known nor to be told."""
    safe = scene.told | scene.context | FREE
    for clause in asserting(text, scene):
        for fact in scene.hidden:
            if (
                found := (fact.words - scene.told - scene.context) & clause.stems - FREE
                or (fact.own - safe) & clause.stems
            ):
                yield Fault("leaked", f"{sorted(found)[0]!r} speaks of {fact.id!r}: {clause.text[:60]!r}")


def find_confirmations(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply confirms what the plan does not say."""
    said = scene.text.lower()
    for segment in read_segments(text):
        if _AGREES.search(segment.text):
            yield Fault("echo", f"confirms: {segment.text[:60]!r}")
    for clause in read_clauses(text):
        match = _CONFIRMS.search(clause.text)
        if match and match[0].lower() not in said and not (_YES.match(match[0]) and _yes_is_due(scene)):
            yield Fault("echo", f"confirms: {clause.text[:60]!r}")
    if _YES.match(text) and not (_yes_is_due(scene) and _follows_up(text, scene)):
        yield Fault("echo", "says yes to what the plan does not say")


def _follows_up(text: str, scene: Scene) -> bool:
    """Say whether the first thing that follows a "yes" is something that the plan says."""
    for clause in read_clauses(text):
        if clause.stems - FREE or clause.quantities:
            return not clause.stems.isdisjoint(scene.told - FREE) or bool(clause.quantities)
    return True


def _yes_is_due(scene: Scene) -> bool:
    return bool(scene.facts) or "go_on" in scene.kinds


def find_additions(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield the words of a reply that state what neither the plan nor anything said before holds."""
    for name in (name for segment in read_segments(text) for name in _NAME.findall(segment.text)):
        if stem(name.lower()) not in _known_stems(scene) and not _is_free(name):
            yield Fault("invented", f"a name: {name!r}")
    for quote in quoted(text):
        if not _was_said(quote, scene):
            yield Fault("invented", f"a quotation: {quote[:40]!r}")
    stating = set(asserting(text, scene))
    for clause in read_clauses(text):
        allowed = scene.told | scene.context | FREE
        if clause not in stating:
            allowed |= scene.heard
        elif scene.facts:
            allowed |= scene.asked
        new = [root for root in _content(clause) if not is_said(root, allowed)]
        if new:
            yield Fault(_origin(new, scene), f"{', '.join(new)[:60]!r} in {clause.text[:60]!r}")
        elif dated := clause.stems & CALENDAR - scene.told - scene.context:
            yield Fault("invented", f"{sorted(dated)[0]!r} in {clause.text[:60]!r}")
        elif clause in stating and (away := _unanchored(clause, scene)):
            yield Fault("echo", f"{away!r} in {clause.text[:60]!r}")


def _unanchored(clause: Clause, scene: Scene) -> str:
    """Return a word that a clause takes from the message's questions while it says nothing of the plan, or ""."""
    if clause.stems & (scene.told - FREE) or clause.quantities:
        return ""
    return next(iter(sorted((clause.stems & scene.heard) - FREE - scene.context)), "")


def _content(clause: Clause) -> list[str]:
    """Return the stems of a clause that could state something."""
    words = (word for word in clause.words if unit_of(word) is None)
    roots = dict.fromkeys(stem(word) for word in words if word not in FUNCTION_WORDS and len(word) > 1)
    timed = any(quantity.kind == "clock" for quantity in clause.quantities)
    return [root for root in roots if root not in NUMBER_STEMS and not (timed and root in DAY_PARTS)]


def _origin(new: Sequence[str], scene: Scene) -> FaultKind:
    """Say where words come from that neither the plan nor anything said before holds."""
    if any(root in scene.heard for root in new):
        return "echo"
    return "given_away" if any(root in _solution_words(scene) for root in new) else "invented"


def _solution_words(scene: Scene) -> frozenset[str]:
    return content_stems(scene.problem.instructions) | content_stems(scene.problem.target)


def _known_stems(scene: Scene) -> frozenset[str]:
    known = " ".join(fact.text for fact in (*scene.facts, *scene.known_facts))
    return stems_of(f"{scene.text} {scene.problem.goal} {known}")


def _is_free(name: str) -> bool:
    return content_stems(name) <= FREE


def _was_said(quote: str, scene: Scene) -> bool:
    words = words_in(quote)
    known = " ".join(fact.text for fact in scene.known_facts)
    return not words or _holds(words_in(f"{scene.text} {known} {scene.problem.goal}"), words)


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(tuple(words[start : start + len(phrase)]) == tuple(phrase) for start in range(len(words)))
