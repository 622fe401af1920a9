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
    is_negated,
    is_said,
    is_together,
    quoted,
    speaks_of,
)
from askfirst.benchmark.reply_plan import ActKind
from askfirst.benchmark.reply_scene import Fault, FaultKind, Scene
from askfirst.benchmark.reply_text import Clause, Segment, read_clauses, read_quantities, read_segments, words_in
from askfirst.benchmark.reply_values import find_value_faults
from askfirst.benchmark.reply_vocabulary import CALENDAR, FREE
from askfirst.benchmark.role_breaks import find_role_breaks
from askfirst.benchmark.units import unit_of

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
    r"|\bconfirm(?:ed)?\b|\bworks for (?:me|us)\b|\bfor (?:me|us)$|^yes$|^yes, (?:that|it|this)\b|\bas well\b|\btoo$",
    re.IGNORECASE,
)
_YES = re.compile(r"^(?:yes|yeah|yep|yup)\b", re.IGNORECASE)
_LEADING_YES_NO = re.compile(r"^(?:yes|no|yeah|nope)\b", re.IGNORECASE)
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
        if segment.text.endswith("?") and "ask_back" in scene.kinds:
            continue
        if not _is_stock(segment.text, scene):
            yield from segment.clauses
        elif scene.facts:
            yield from (clause for clause in segment.clauses if any(_tells(clause, fact) for fact in scene.facts))


def _tells(clause: Clause, fact: Fact) -> bool:
    """Say whether a clause holds the value of a fact."""
    if any(own.meets(said) for own in fact.quantities for said in clause.quantities):
        return True
    return bool(fact.words) and all(is_said(root, clause.stems) for root in fact.words)


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
    if _YES.match(text) and not _yes_is_due(scene):
        yield Fault("echo", "says yes to what the plan does not say")


def _yes_is_due(scene: Scene) -> bool:
    return bool(scene.facts) or "go_on" in scene.kinds


def _contradictions(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply tells a fact otherwise than the plan."""
    clauses = read_clauses(text)
    for fact in scene.facts:
        about = [clause for clause in clauses if speaks_of(clause, fact, scene.facts) or _tells(clause, fact)]
        yield from _other_value(about, fact, scene)
        yield from _turned(about, clauses, fact, scene)
        yield from _other_bounds(text, fact, scene)
        if is_each(fact.text) and not is_together(fact.text) and any(is_together(one.text) for one in about):
            if not any(is_each(one.text) for one in about):
                yield Fault("contradicted", f"{fact.id!r} is told of all together")


def _other_value(about: Sequence[Clause], fact: Fact, scene: Scene) -> Iterator[Fault]:
    safe = scene.told | stem_context(scene)
    for clause in about:
        for other in fact.others:
            apart = other - safe
            if apart and apart <= clause.stems and not is_negated(clause.text):
                yield Fault("contradicted", f"{' '.join(sorted(apart))!r} for {fact.text[:60]!r}")


def stem_context(scene: Scene) -> frozenset[str]:
    """Return the stems of the goal alone: a known fact's words may be another's value."""
    return content_stems(scene.problem.goal)


def _turned(about: Sequence[Clause], clauses: Sequence[Clause], fact: Fact, scene: Scene) -> Iterator[Fault]:
    """Yield where a reply denies what a fact says, or says what it denies."""
    if fact.denies:
        pool = about or [clause for clause in clauses if _LEADING_YES_NO.match(clause.text)]
        if pool and not any(_denies(clause) for clause in (*pool, *clauses[:1])):
            yield Fault("contradicted", f"does not deny: {fact.text[:60]!r}")
        return
    for clause in about:
        strong = speaks_of(clause, fact, scene.facts) + 2 * _tells(clause, fact)
        if _denies(clause) and not _is_stock(clause.text, scene) and (strong > 2 or (fact.yesno and strong)):
            if not any(is_negated(act.text) and speaks_of(clause, other, scene.facts) for act, other in _acts(scene)):
                yield Fault("contradicted", f"denies: {fact.text[:60]!r}")


def _acts(scene: Scene) -> list[tuple[Fact, Fact]]:
    return [(fact, fact) for fact in scene.facts]


def _denies(clause: Clause) -> bool:
    return is_negated(clause.text) or clause.text.lower() in ("no", "nope")


def _other_bounds(text: str, fact: Fact, scene: Scene) -> Iterator[Fault]:
    """Yield where a quantity gets a bound that it does not have, or loses the one that it has."""
    if not fact.quantities:
        return
    own = fact.bounds
    for segment in read_segments(text):
        for clause in _with_values(segment, fact):
            found = bounds_of(clause) - own
            if "most" in found and allows_limit(fact.text):
                found -= {"most"}
            if found:
                yield Fault("contradicted", f"{sorted(found)[0]} for {fact.text[:60]!r}")
    needed = own & {"least", "most"}
    if needed and not needed & bounds_of(text):
        yield Fault("contradicted", f"no {sorted(needed)[0]} for {fact.text[:60]!r}")


def _with_values(segment: Segment, fact: Fact) -> Iterator[str]:
    """Yield the pieces of a segment that hold a fact's quantity, as they stand."""
    for clause in segment.clauses:
        if any(own.meets(said) for own in fact.quantities for said in clause.quantities):
            yield clause.text


def _withheld(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield what the plan says and the reply does not."""
    said = [quantity for clause in read_clauses(text) for quantity in clause.quantities]
    stems = frozenset(root for clause in read_clauses(text) for root in clause.stems)
    words = words_in(text)
    for fact in scene.facts:
        for own in fact.quantities:
            if not own.weak and not any(own.meets(one) for one in said):
                yield Fault("withheld", f"no value: {fact.text[:60]!r}")
        for phrase in fact.phrases:
            if not _holds(words, phrase):
                yield Fault("withheld", f"not word for word: {' '.join(phrase)[:40]!r}")
        kept = sum(is_said(root, stems) for root in fact.words)
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


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(tuple(words[start : start + len(phrase)]) == tuple(phrase) for start in range(len(words)))


def _additions(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield the words of a reply that state what neither the plan nor anything said before holds."""
    for name in _NAME.findall(text):
        if name.lower() not in _known_words(scene) and not _is_free(name):
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
    return [root for root in dict.fromkeys(content_list(clause)) if unit_of(root) is None]


def content_list(clause: Clause) -> list[str]:
    """Return a clause's content stems in order, without number words."""
    counted = _number_words()
    return [root for root in content_stems(clause.text) if root not in counted]


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


def _known_words(scene: Scene) -> frozenset[str]:
    known = " ".join(fact.text for fact in (*scene.facts, *scene.known_facts))
    return frozenset(words_in(f"{scene.text} {scene.problem.goal} {known}"))


def _is_free(name: str) -> bool:
    return content_stems(name) <= FREE


def _was_said(quote: str, scene: Scene) -> bool:
    words = words_in(quote)
    known = " ".join(fact.text for fact in scene.known_facts)
    return not words or _holds(words_in(f"{scene.text} {known} {scene.problem.goal}"), words)


def audited_quantities(text: str) -> int:
    """Return how many quantities a text holds."""
    return len(read_quantities(text))
