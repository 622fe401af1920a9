"""Which fragments a question targets: deterministic, from words and kinds of values alone.

A message is cut into the clauses that ask (`clauses.py`), slips are put right (`spelling.py`), `question_fit.py` says
how well each fragment fits a clause, and `choosing.py` chooses.
"""

import hashlib
from collections.abc import Sequence
from math import exp
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, model_validator

from askfirst.benchmark.asked import is_general
from askfirst.benchmark.choosing import choose
from askfirst.benchmark.clauses import asking_clauses
from askfirst.benchmark.fragment_index import FragmentIndex, index_fragments
from askfirst.benchmark.languages.matching import data_files, in_english
from askfirst.benchmark.problem import Frozen
from askfirst.benchmark.question_fit import Fit
from askfirst.benchmark.question_piece import to_piece, without_purpose
from askfirst.benchmark.spelling import corrected
from askfirst.benchmark.words import MAX_CHARACTERS, clean, naming, words_of

__all__ = ["MATCHER_IDENTITY", "FragmentIndex", "Match", "index_fragments", "match_question"]

VERSION = 2
"""Goes up whenever matches change on purpose."""

SURE = 0.6
"""From this probability on a target is sure; below it is only the best guess."""
DOUBTFUL = 0.45
"""From this probability on the best fragment may have been targeted, though it was not chosen."""

DECIDING = (
    "asked", "choosing", "clashes", "clauses", "counted", "fragment_index", "kinds_of_things", "matcher", "names",
    "question_fit", "question_piece", "question_score", "spelling", "thesaurus", "vocabulary", "words",
)  # fmt: skip
"""The modules that a match depends on."""

Decider: TypeAlias = Literal["rules", "embedding", "model"]
"""What made a match."""


class Match(Frozen):
    """What a question targets, and why."""

    kind: Literal["targeted", "general", "unanswerable"]
    """`general` asks for information as such; `unanswerable` for something that no fragment holds."""
    targets: tuple[str, ...] = ()
    """Fragment ids in the problem's order; non-empty exactly when `kind` is `targeted`."""
    confidence: float = Field(ge=0, le=1)
    """Probability that the match is right, in [0, 1], as far as the weights say that were fitted to labelled questions:
    of the weakest target, or of there being none. 1 is word for word."""
    why: str
    """For people: the words that met and the value kind that agreed ("price, ticket; asks money")."""
    unsure: bool = False
    """Whether this is only the best guess: a target that is likely but not sure, or no target where the best fragment
    may have been meant. Counted and shown, and given to a model where one is bound to decide."""
    decided_by: Decider = "rules"

    @model_validator(mode="after")
    def _check(self) -> "Match":
        if bool(self.targets) != (self.kind == "targeted"):
            raise ValueError(f"targets {self.targets!r} don't fit kind {self.kind!r}")
        return self


def match_question(question: str, index: FragmentIndex) -> Match:
    """Say which fragments a question targets.

    Fragments that fit equally well ("the price", where there are two) are all targeted. A question without any word
    for what it asks ("How many are there?") is unanswerable. What comes after the first `MAX_CHARACTERS` characters is
    not read.

    Args:
        question: The question as it was cut from a message; a noun phrase will do ("number of boxes"), and so will a
            message of several sentences.
        index: The problem's fragments.
    """
    english = in_english(question[:MAX_CHARACTERS], index)
    if (found := match_word_for_word(english, index)) is not None:
        return found
    clauses = asking_clauses(english)
    if len(clauses) < 2:
        found = match_clause(clauses[0] if clauses else "", index)
        if found.kind == "unanswerable" and is_general(clean(english)):  # "tell me more", of which "more" is left
            return found.model_copy(update={"kind": "general", "why": "asks for information as such"})
        return found
    return together([match_clause(clause, index) for clause in clauses], index)


def match_word_for_word(question: str, index: FragmentIndex) -> Match | None:
    """Match a whole question that is a fragment's own, or the goal's, word for word; None where it is neither.

    First, since a fragment's own question may hold what elsewhere is a frame ("Can you show me some examples?").
    """
    return _match_words(words_of(clean(question)), index)


def _match_words(words: Sequence[str], index: FragmentIndex) -> Match | None:
    places = index.exact.get(naming(words))
    if places is None:
        return None
    if places:
        return _targeted(index, places, 1.0, "word for word")
    return Match(kind="unanswerable", confidence=1.0, why="asks for the goal")


def together(matches: Sequence[Match], index: FragmentIndex) -> Match:
    """Return what a message of several clauses targets: what any of them does.

    Args:
        matches: Each clause's, at least one.
        index: The problem's fragments.
    """
    targeted = [match for match in matches if match.targets]
    unsure = any(match.unsure for match in matches)
    if not targeted:
        first = next((match for match in matches if match.kind == "general"), matches[0])
        return first.model_copy(update={"unsure": unsure})
    named = {target for match in targeted for target in match.targets}
    return Match(
        kind="targeted",
        targets=tuple(entry.id for entry in index.entries if entry.id in named),
        confidence=min(match.confidence for match in targeted),
        why="; ".join(dict.fromkeys(match.why for match in targeted)),
        unsure=unsure,
        decided_by=last_decider(matches),
    )


def last_decider(matches: Sequence[Match]) -> Decider:
    """Return who decided any of some matches, if not the rules alone."""
    for match in matches:
        if match.decided_by != "rules":
            return match.decided_by
    return "rules"


def match_clause(clause: str, index: FragmentIndex) -> Match:
    """Match one clause that asks."""
    text = corrected(clean(clause), index.words, index.holders)
    words = words_of(text)
    whole = to_piece(words)
    for said in (words, whole.words) if len(whole.words) < len(words) else (words,):
        if (found := _match_words(said, index)) is not None:
            return found
    asking = without_purpose(text)
    choice = choose(asking, whole if asking == text else to_piece(words_of(asking)), index)
    if choice.chosen:
        likely = min(probability(one) for one in choice.chosen)
        return _targeted(index, [one.place for one in choice.chosen], likely, _reason(choice.chosen, index))
    likely = probability(choice.best) if choice.best and not choice.ruled_out else 0.0
    unsure = likely >= DOUBTFUL
    if choice.general:
        return Match(kind="general", confidence=1 - likely, why="asks for information as such", unsure=unsure)
    unmet = ", ".join(word for word, _ in choice.whole.content[:12]) or "no words"
    why = f"no fragment holds what it asks for: {unmet}"
    return Match(kind="unanswerable", confidence=1 - likely, why=why, unsure=unsure)


def probability(fit: Fit) -> float:
    """Return the probability that a fit is a target's, in (0, 1), to three digits."""
    return round(1 / (1 + exp(-fit.score)), 3)


def _targeted(index: FragmentIndex, places: Sequence[int], confidence: float, why: str) -> Match:
    targets = tuple(index.entries[place].id for place in sorted(places))
    return Match(kind="targeted", targets=targets, confidence=confidence, why=why, unsure=confidence < SURE)


def _reason(chosen: Sequence[Fit], index: FragmentIndex) -> str:
    words = ", ".join(dict.fromkeys(word for one in chosen for word in one.met)) or "what the request leaves open"
    kinds = dict.fromkeys(index.entries[one.place].kind for one in chosen if one.agreed)
    return "; ".join([words, *(f"asks {kind}" for kind in kinds)])


def _identity() -> str:
    """Hash what decides: the modules' word lists, weights and rules, and the lexicons of other languages."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for name in DECIDING:
        digest.update((folder / f"{name}.py").read_bytes() + b"\0")
    for path in data_files():
        digest.update(path.read_bytes() + b"\0")
    return f"askfirst-words/{VERSION}+{digest.hexdigest()[:12]}"


MATCHER_IDENTITY = _identity()
"""Name, version and a hash of what decides, for logs: equal identities, equal matches."""
