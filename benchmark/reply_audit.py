"""Audits one reply of a model user: does it say what the plan says, all of it, and nothing else?

Pure and deterministic. Whatever states a fact takes a number or a word; so each number must be one that the plan tells,
and each word one of the plan, of what was said before, or one of the everyday words that state nothing alone. It stands
on reply_text.py (clauses and quantities), reply_facts.py (what has to be kept of each act), reply_scene.py (what is
allowed), reply_stock.py, reply_vocabulary.py, and on the checks: reply_values.py, reply_contradictions.py,
reply_additions.py, role_breaks.py and given_away.py.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from askfirst.benchmark import reply_vocabulary
from askfirst.benchmark.given_away import find_given_away
from askfirst.benchmark.reply_additions import find_additions, find_confirmations, find_leaks
from askfirst.benchmark.reply_contradictions import find_contradictions
from askfirst.benchmark.reply_facts import Fact, is_kept, speaks_of
from askfirst.benchmark.reply_plan import speak
from askfirst.benchmark.reply_scene import Fault, Scene
from askfirst.benchmark.reply_stock import STOCK
from askfirst.benchmark.reply_text import read_clauses
from askfirst.benchmark.reply_values import find_value_faults
from askfirst.benchmark.role_breaks import find_role_breaks

VERSION = 1
"""Goes up whenever a verdict could change for another reason than a word list."""

AUDIT_IDENTITY = f"audit-{VERSION}+{hashlib.sha256(Path(reply_vocabulary.__file__).read_bytes()).hexdigest()[:12]}"
"""Version and a hash of the word lists, for logs: equal identities, equal verdicts."""

MOST_LENGTHS, MORE_CHARACTERS = 4, 400
"""How much longer than its plan a reply may be to be read at all."""

LEAST_SAID = 1 / 3
"""The least share of its words by which a fact without a value of its own counts as said."""

_NOT_KNOWING = re.compile(
    r"\b(?:do not|don't|did not|didn't|wouldn't|would not) (?:really )?(?:know|remember)\b|\bno (?:idea|clue)\b"
    r"|\bnot (?:really )?sure\b|\b(?:can't|cannot|can not|couldn't|could not) (?:really )?(?:say|tell|remember)\b",
    re.IGNORECASE,
)
_LEADING_YES_NO = re.compile(r"^(?:yes|no|yeah|nope)\b", re.IGNORECASE)


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
    if len(text) > (most := MOST_LENGTHS * len(scene.text) + MORE_CHARACTERS):
        return (Fault("role_break", f"{len(text)} characters; expected at most {most}"),)
    checks = (
        find_role_breaks,
        find_given_away,
        find_value_faults,
        find_leaks,
        find_confirmations,
        find_contradictions,
        find_withheld,
        find_additions,
    )
    return tuple(dict.fromkeys(fault for check in checks for fault in check(text, scene)))


def find_withheld(text: str, scene: Scene) -> Iterator[Fault]:
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
        valueless = not (fact.yesno or fact.quantities or fact.words or fact.phrases)
        if valueless and not _is_mostly_said(fact, stems):
            yield Fault("withheld", f"not said: {fact.text[:60]!r}")
    if "dont_know" not in scene.kinds and _NOT_KNOWING.search(text) and not _NOT_KNOWING.search(scene.text):
        yield Fault("withheld", "says that it does not know")
    for kind in scene.kinds & set(STOCK):
        if not STOCK[kind].search(text):
            yield Fault("withheld", f"does not say {kind!r}")


def _is_mostly_said(fact: Fact, stems: frozenset[str]) -> bool:
    """Say whether a reply holds enough of a fact that no single word is the value of."""
    return sum(is_kept(root, stems) for root in fact.stems) >= LEAST_SAID * len(fact.stems)


def _is_answered(text: str, fact: Fact, scene: Scene) -> bool:
    """Say whether a reply speaks of a fact that is told by yes or no."""
    clauses = read_clauses(text)
    return any(speaks_of(one, fact, scene.facts) or _LEADING_YES_NO.match(one.text) for one in clauses)


def _quotes(text: str, phrase: str) -> bool:
    """Say whether a text holds a phrase as it is, apart from case and the signs at its end."""
    plain = r"\s+".join(re.escape(part) for part in phrase.strip(" .,!?").split())
    return re.search(rf"(?<!\w){plain}(?!\w)", text, re.IGNORECASE) is not None
