"""Audits one reply of a model user: does it say what the plan says, all of it, and nothing else?

Pure and deterministic. It stands on reply_text.py (clauses and quantities), reply_facts.py (what has to be kept of each
act), reply_values.py, role_breaks.py and given_away.py. Whatever states a fact takes a number or a word; so each number
must be one that the plan tells, and each word one of the plan, of what was said before, or one of the everyday words
that state nothing alone (reply_vocabulary.py).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from askfirst.benchmark import reply_vocabulary
from askfirst.benchmark.given_away import find_given_away
from askfirst.benchmark.reply_facts import (
    Fact,
    allows_limit,
    bounds_of,
    content_stems,
    is_each,
    is_kept,
    is_negated,
    is_of_all,
    is_said,
    is_together,
    negations_in,
    quoted,
    speaks_of,
)
from askfirst.benchmark.reply_plan import ActKind, speak
from askfirst.benchmark.reply_scene import Fault, FaultKind, Scene
from askfirst.benchmark.reply_text import Clause, Quantity, Segment, read_clauses, read_segments, stems_of, words_in
from askfirst.benchmark.reply_values import find_value_faults
from askfirst.benchmark.reply_vocabulary import CALENDAR, FREE, FUNCTION_STEMS, FUNCTION_WORDS, OPPOSITES
from askfirst.benchmark.role_breaks import find_role_breaks
from askfirst.benchmark.units import unit_of
from askfirst.benchmark.words import stem

VERSION = 1
"""Goes up whenever a verdict could change for another reason than a word list."""

AUDIT_IDENTITY = f"audit-{VERSION}+{hashlib.sha256(Path(reply_vocabulary.__file__).read_bytes()).hexdigest()[:12]}"
"""Version and a hash of the word lists, for logs: equal identities, equal verdicts."""

_STOCK: dict[ActKind, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "dont_know": r"\b(?:do not|don't|did not|can't|cannot|can not|couldn't|could not|not really) (?:really )?"
        r"(?:know|say|tell|remember|have)|no (?:idea|clue)|\b(?:not|un)[ -]?sure|no knowledge|\bwish i knew",
        "does_not_matter": r"\b(?:matters?|important|importance|relevant|irrelevant|unimportant|never mind|no role"
        r"|need not|makes no difference|not needed|of no concern)\b",
        "ask_back": r"\?|\b(?:tell me|let me know|ask)\b",
        "go_on": r"\b(?:go on|go ahead|carry on|continue|proceed|keep going|please do)\b",
        "unreadable": r"\b(?:can't|cannot|can not|couldn't|could not|unable|not|n't)\b.*"
        r"\b(?:read|make out|make sense|understand|parse|see|recogni[sz]e|find)\b",
        "nothing_left": r"\b(?:all|everything|nothing|no more|that's it|that is it)\b",
        "just_answer": r"\banswer",
    }.items()
}
"""How the acts that tell no fact may be said."""

_CONFIRMS = re.compile(
    r"^(?:right|correct|exactly|true|indeed|precisely|agreed|confirmed|absolutely)\b[,.!]"
    r"|\b(?:you're|you are|you were|that's|that is|that would be|is|are|was|sounds?|works?|looks?) (?:also |too |quite |all |about |a )*"
    r"(?:right|correct|fine|ok|okay|good|true|ideal|perfect|for (?:me|us)|fair|reasonable)\b"
    r"|\b(?:as|like|just as) (?:you|expected)\b|\byou (?:assumed?|read|guess(?:ed)?|say|said|thought|suggest\w*|propose\w*)\b"
    r"|\bconfirm(?:ed)?\b|\bworks for (?:me|us)\b|\bfor (?:me|us)$|^yes$|^yes, (?:that|it|this)\b",
    re.IGNORECASE,
)
_YES = re.compile(r"^(?:yes|yeah|yep|yup)\b", re.IGNORECASE)
_LEADING_YES_NO = re.compile(r"^(?:yes|no|yeah|nope)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:until|first|begin\w*|start\w*|since)\b", re.IGNORECASE)
"""What may be said as "from ... on"."""
_NAME = re.compile(r"(?<=[\w,;] )(?:[A-Z][a-z\u00e0-\u00ff]+)\b")


def audit_reply(text: str, scene: Scene) -> tuple[Fault, ...]:
    """Return what is wrong with a reply, the plainest first; empty for a reply that may be given.

    Args:
        text: The reply, without the acts that stand apart, which are never worded by a model.
        scene: What it was to say, and what surrounds it.
    """
    text = text.strip()
    if not text:
        return (Fault("withheld", "an empty reply"),)
    if text == speak(scene.plan):
        return ()
    checks = (
        find_role_breaks,
        find_given_away,
        find_value_faults,
        _leaks,
        _confirmations,
        _contradictions,
        _withheld,
        _additions,
    )
    return tuple(dict.fromkeys(fault for check in checks for fault in check(text, scene)))


def _is_stock(clause_text: str, scene: Scene) -> bool:
    """Say whether a piece of text does no more than say an act that tells no fact."""
    return any(
        _STOCK[kind].search(clause_text) for kind in ("dont_know", "does_not_matter") if kind in scene.kinds
    )


def _asserting(text: str, scene: Scene) -> Iterator[Clause]:
    """Yield the clauses that state something: not those of a segment that says "I don't know" where the plan does."""
    for segment in read_segments(text):
        if segment.text.endswith("?"):
            continue
        if not _is_stock(segment.text, scene):
            yield from segment.clauses
        elif scene.facts:
            yield from (clause for clause in segment.clauses if any(_tells(clause, fact) for fact in scene.facts))


def _tells(clause: Clause, fact: Fact) -> bool:
    """Say whether a clause holds the value of a fact."""
    if any(own.meets(said) for own in fact.quantities for said in clause.quantities):
        return True
    return bool(fact.words) and all(is_kept(root, clause.stems) for root in fact.words)


def _leaks(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply speaks of a fact that is neither known nor to be told."""
    safe = scene.told | scene.context | FREE
    for clause in _asserting(text, scene):
        for fact in scene.hidden:
            if found := (fact.words - scene.told - scene.context) & clause.stems - FREE or (fact.own - safe) & clause.stems:
                yield Fault("leaked", f"{sorted(found)[0]!r} speaks of {fact.id!r}: {clause.text[:60]!r}")


def _confirmations(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply confirms what the plan does not say."""
    said = scene.text.lower()
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


def _contradictions(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply tells a fact otherwise than the plan."""
    clauses = read_clauses(text)
    for fact in scene.facts:
        about = [clause for clause in clauses if speaks_of(clause, fact, scene.facts) or _tells(clause, fact)]
        about = list(clauses) if len(scene.facts) == 1 else about
        yield from _other_value(about, fact, scene)
        yield from _turned(text, fact, scene)
        yield from _opposites(about, fact, text)
        yield from _other_bounds(text, fact, scene)
        yield from _other_scope(about, fact)


def _other_scope(about: Sequence[Clause], fact: Fact) -> Iterator[Fault]:
    """Yield where what each of several things has is told of all together, or the other way round."""
    text = " ".join(clause.text for clause in about if any(_meets(clause, own) for own in fact.quantities))
    for own, other in ((is_each, is_together), (is_of_all, is_each)):
        if own(fact.text) and not other(fact.text) and other(text) and not own(text):
            yield Fault("contradicted", f"each for together, or together for each: {fact.text[:60]!r}")


def _meets(clause: Clause, own: Quantity) -> bool:
    return any(own.meets(said) for said in clause.quantities)


def _other_value(about: Sequence[Clause], fact: Fact, scene: Scene) -> Iterator[Fault]:
    safe = scene.told | stem_context(scene)
    for clause in about:
        for other in fact.others:
            apart = other - safe
            if apart and apart <= clause.stems and not is_negated(clause.text):
                yield Fault("contradicted", f"{' '.join(sorted(apart))!r} for {fact.text[:60]!r}")


def _opposites(about: Sequence[Clause], fact: Fact, text: str) -> Iterator[Fault]:
    """Yield where a reply says "last" for "first" and the like."""
    own = frozenset(words_in(fact.text))
    said = frozenset(word for clause in about for word in clause.words)
    for word, other in OPPOSITES:
        if word in own and other not in own and other in said and word not in said:
            yield Fault("contradicted", f"{other!r} for {word!r}")
        elif {word, other} <= own & frozenset(said) and _order(word, other, fact.text) != _order(word, other, text):
            yield Fault("contradicted", f"{word!r} and {other!r} the other way round")


def _order(word: str, other: str, text: str) -> bool:
    words = words_in(text)
    return words.index(word) < words.index(other)


def stem_context(scene: Scene) -> frozenset[str]:
    """Return the stems of the goal alone: a known fact's words may be another's value."""
    return content_stems(scene.problem.goal)


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
        about = [one for one in clauses if speaks_of(one, fact, scene.facts) or _tells(one, fact)]
        first = read_clauses(text)[0]
        if fact.denies and about and not any(_denies(one) or _excludes(one) for one in (*clauses, first)):
            yield Fault("contradicted", f"does not deny: {fact.text[:60]!r}")
        told = any(_tells(one, fact) and not _denies(one) for one in clauses)
        if not fact.denies and any(_is_denied(one, fact, scene, told) for one in about):
            yield Fault("contradicted", f"denies: {fact.text[:60]!r}")


def _is_denied(clause: Clause, fact: Fact, scene: Scene, told: bool) -> bool:
    """Say whether a clause denies a fact: its value and another word of it, or three words where it is not `told`."""
    if not _denies(clause) or _is_stock(clause.text, scene) or bounds_of(clause.text) & {"most", "least"}:
        return False
    if not _is_nearest(clause, fact, scene) or any(
        other.denies and speaks_of(clause, other, scene.facts) for other in scene.facts
    ):
        return False
    beside = len((clause.stems & fact.own) - fact.words - FUNCTION_STEMS)
    return (_tells(clause, fact) and beside > 0) or (fact.yesno and beside > 0) or (beside > 2 and not told)


def _excludes(clause: Clause) -> bool:
    return not {"only", "alone", "problem"}.isdisjoint(clause.words)


def _is_nearest(clause: Clause, fact: Fact, scene: Scene) -> bool:
    """Say whether a clause shares as many words with a fact as with any other."""
    return all(len(clause.stems & other.own) <= len(clause.stems & fact.own) for other in scene.facts)


def _denies(clause: Clause) -> bool:
    return is_negated(clause.text) or clause.text.lower() in ("no", "nope")


def _other_bounds(text: str, fact: Fact, scene: Scene) -> Iterator[Fault]:
    """Yield where a quantity gets a bound that it does not have, or loses the one that it has."""
    if not fact.quantities:
        return
    own = fact.bounds
    for segment in read_segments(text):
        for clause in _with_values(segment, fact):
            found = bounds_of(clause.text) - own if _is_nearest(clause, fact, scene) else frozenset[str]()
            if "most" in found and allows_limit(fact.text):
                found -= {"most"}
            if _LATER.search(fact.text):
                found -= {"least"}
            if found:
                yield Fault("contradicted", f"{sorted(found)[0]} for {fact.text[:60]!r}")
    needed = own & {"least", "most"}
    if needed and not needed & bounds_of(text) and not ("least" in needed and _LATER.search(text)):
        yield Fault("contradicted", f"no {sorted(needed)[0]} for {fact.text[:60]!r}")


def _with_values(segment: Segment, fact: Fact) -> Iterator[Clause]:
    """Yield the clauses of a segment that hold a fact's quantity."""
    for clause in segment.clauses:
        if any(own.meets(said) for own in fact.quantities for said in clause.quantities):
            yield clause


def _withheld(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield what the plan says and the reply does not."""
    said = [quantity for clause in read_clauses(text) for quantity in clause.quantities]
    stems = frozenset(root for clause in read_clauses(text) for root in clause.stems)
    for fact in scene.facts:
        for own in fact.quantities:
            if not any(own.meets(one) for one in said):
                yield Fault("withheld", f"no value: {fact.text[:60]!r}")
        for phrase in fact.phrases:
            if not _quotes(text, phrase):
                yield Fault("withheld", f"not word for word: {phrase[:40]!r}")
        kept = sum(is_kept(root, stems) for root in fact.words)
        if kept < fact.share * len(fact.words):
            yield Fault("withheld", f"no {', '.join(sorted(fact.words - stems))[:40]!r}: {fact.text[:60]!r}")
        if fact.yesno and not _is_answered(text, fact, scene):
            yield Fault("withheld", f"no answer: {fact.text[:60]!r}")
    for kind in scene.kinds & set(_STOCK):
        if not _STOCK[kind].search(text):
            yield Fault("withheld", f"does not say {kind!r}")


def _is_answered(text: str, fact: Fact, scene: Scene) -> bool:
    """Say whether a reply speaks of a fact that is told by yes or no."""
    clauses = read_clauses(text)
    return any(speaks_of(one, fact, scene.facts) or _LEADING_YES_NO.match(one.text) for one in clauses)


def _quotes(text: str, phrase: str) -> bool:
    """Say whether a text holds a phrase as it is, apart from case and the signs at its end."""
    plain = r"\s+".join(re.escape(part) for part in phrase.strip(" .,!?").split())
    return re.search(rf"(?<!\w){plain}(?!\w)", text, re.IGNORECASE) is not None


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(tuple(words[start : start + len(phrase)]) == tuple(phrase) for start in range(len(words)))


def _additions(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield the words of a reply that state what neither the plan nor anything said before holds."""
    for name in (name for segment in read_segments(text) for name in _NAME.findall(segment.text)):
        if stem(name.lower()) not in _known_stems(scene) and not _is_free(name):
            yield Fault("invented", f"a name: {name!r}")
    for quote in quoted(text):
        if not _was_said(quote, scene):
            yield Fault("invented", f"a quotation: {quote[:40]!r}")
    stating = set(_asserting(text, scene))
    for clause in read_clauses(text):
        allowed = scene.told | scene.context | FREE | (scene.asked if clause not in stating or scene.facts else frozenset())
        allowed = allowed if clause in stating else allowed | scene.heard
        new = [root for root in _content(clause) if not is_said(root, allowed)]
        if new:
            yield Fault(_origin(new, scene), f"{', '.join(new)[:60]!r} in {clause.text[:60]!r}")
        elif (dated := clause.stems & CALENDAR - scene.told - scene.context):
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
    counted = _number_words()
    words = (word for word in clause.words if unit_of(word) is None)
    roots = dict.fromkeys(stem(word) for word in words if word not in FUNCTION_WORDS and len(word) > 1)
    return [root for root in roots if root not in counted]


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    words = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen couple"
        " pair half third quarter twice thrice percent"
        " dollar euro cent buck gram kilogram kilo meter centimeter millimeter kilometer minute hour day week month year"
        " degree liter pound km cm mm kg"
    )
    return content_stems(words)


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

