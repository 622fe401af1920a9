"""How acts that tell no fact may be said, and which parts of a reply state something."""

import re
from collections.abc import Iterator

from askfirst.benchmark.reply_facts import tells
from askfirst.benchmark.reply_plan import ActKind
from askfirst.benchmark.reply_scene import Scene
from askfirst.benchmark.reply_text import Clause, read_segments

_PATTERNS: dict[ActKind, str] = {
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
}
STOCK = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}
"""How the acts that tell no fact may be said."""


def is_stock(clause_text: str, scene: Scene) -> bool:
    """Say whether a piece of text does no more than say an act that tells no fact."""
    return any(STOCK[kind].search(clause_text) for kind in ("dont_know", "does_not_matter") if kind in scene.kinds)


def asserting(text: str, scene: Scene) -> Iterator[Clause]:
    """Yield the clauses that state something: not those of a segment that says "I don't know" where the plan does."""
    for segment in read_segments(text):
        if segment.text.endswith("?"):
            continue
        if not is_stock(segment.text, scene):
            yield from segment.clauses
        elif scene.facts:
            yield from (clause for clause in segment.clauses if any(tells(clause, fact) for fact in scene.facts))
