"""A matcher that asks sentence vectors where words don't decide: an optional instrument beside the rules.

Whatever the rules are sure of stands. Where they are unsure, or find no target, the question's similarity with each
fragment's question and names, against the next best and against the goal, decides together with the rules' score; or
the match stays unsure. Values and texts of fragments are never compared, so that no value can change a match.
"""

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from askfirst.benchmark.asked import agreement, is_general
from askfirst.benchmark.clauses import asking_clauses
from askfirst.benchmark.embedder import Embed, embedder_identity, load_embedder, similarities
from askfirst.benchmark.fragment_index import FragmentIndex
from askfirst.benchmark.instruments import RULES, Instruments
from askfirst.benchmark.languages.matching import in_english
from askfirst.benchmark.matcher import MATCHER_IDENTITY, Match, match_clause, match_word_for_word, together
from askfirst.benchmark.names import spell
from askfirst.benchmark.problem import Fragment, Problem
from askfirst.benchmark.question_fit import Fit, fit_all
from askfirst.benchmark.question_piece import to_piece, without_purpose
from askfirst.benchmark.spelling import corrected
from askfirst.benchmark.words import MAX_CHARACTERS, clean, stem, words_of

VERSION = 1
"""Goes up whenever a match could change for another reason than the rules or the model."""

TAKEN = 0.5
"""From this probability on a fragment is a target."""
SURE = 0.7
"""From this probability on it is a sure one."""
DOUBTFUL = 0.4
"""From this probability on no target is only the best guess."""
SETTLED = 0.75
"""From this probability by the rules on a target stands."""
LOWEST = -6.0
"""The least log-odds by the rules that count, as of a fragment that holds none of the words."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_NAME = re.compile(r"[^\W\d_]+")


class Nearness(NamedTuple):
    """What is weighed of a question and a fragment."""

    score: float
    """Log-odds by the rules, at least `LOWEST`."""
    wordless: bool
    """The fragment holds none of the question's words, or its kind of value can't be meant."""
    clashes: bool
    """The rules see that the question is about something other."""
    margin: float
    """How much nearer it is than the next fragment."""
    beyond_goal: float
    """How much nearer it is than the goal."""
    agrees: bool
    """A value of its kind answers plainly."""
    contradicts: bool
    """A value of its kind can't answer."""
    general: bool
    """The question asks for information as such."""
    words: int
    """The question's words that can identify something."""


BIAS = -2.43
WEIGHTS = (0.63, 1.25, -4.37, 4.7, 3.83, 0.16, -2.71, -1.06, 0.39)
"""What each sign counts: a logistic regression on questions that the rules leave open."""


def embedding_instruments() -> Instruments:
    """Return the rules' instruments with the embedding matcher in the matcher's place.

    Raises:
        DataError: If the extra `embeddings` is not installed.
    """
    identity = f"{MATCHER_IDENTITY}+embedding/{VERSION}+{embedder_identity()}"
    return RULES._replace(match=partial(match_by_embedding, embed=load_embedder()), matcher=identity)


async def match_by_embedding(
    questions: Sequence[str], problem: Problem, index: FragmentIndex, embed: Embed
) -> list[Match]:
    """Match the questions of one message by the rules, and by vectors where the rules don't decide.

    Args:
        questions: As they were cut from the message.
        problem: The problem.
        index: Its fragments.
        embed: Gives vectors.
    """
    english = [in_english(question[:MAX_CHARACTERS], index) for question in questions]
    clauses = [asking_clauses(question) or [""] for question in english]
    ruled = {clause: match_clause(clause, index) for each in clauses for clause in each}
    open_clauses = [clause for clause, match in ruled.items() if _is_open(match)]
    if open_clauses and problem.fragments:
        near = nearness(open_clauses, problem, index, embed)
        ruled |= {clause: decide(ruled[clause], found, index) for clause, found in zip(open_clauses, near, strict=True)}
    matches = [together([ruled[clause] for clause in each], index) if each[1:] else ruled[each[0]] for each in clauses]
    exact = [match_word_for_word(question, index) for question in english]
    return [found or match for found, match in zip(exact, matches, strict=True)]


def _is_open(match: Match) -> bool:
    """Say whether the rules leave a clause open: no target, or one that is not quite sure; but not the goal itself."""
    if match.targets:
        return len(match.targets) == 1 and match.confidence < SETTLED
    return match.confidence < 1 or match.kind == "general" or not match.why.startswith("asks for the goal")


def nearness(clauses: Sequence[str], problem: Problem, index: FragmentIndex, embed: Embed) -> list[list[Nearness]]:
    """Return what is weighed of each clause and each fragment, in the problem's order.

    Args:
        clauses: What is asked.
        problem: The problem, with at least one fragment.
        index: Its fragments.
        embed: Gives vectors.
    """
    texts = [without_purpose(corrected(clean(clause), index.words, index.holders)) for clause in clauses]
    names = [[_plain(name, index) for name in _names(fragment)] for fragment in problem.fragments]
    names.append([_plain(sentence, index) for sentence in _SENTENCE.split(problem.goal)])
    asked = embed([_plain(text, index) for text in texts])
    flat = similarities(asked, embed([name for each in names for name in each]))
    starts = np.cumsum([0, *(len(each) for each in names)])
    nearest = np.stack([flat[:, a:b].max(axis=1) for a, b in pairwise(starts)], axis=1)
    return [_weighed(text, row, index) for text, row in zip(texts, nearest, strict=True)]


def _weighed(text: str, nearest: NDArray[np.float64], index: FragmentIndex) -> list[Nearness]:
    piece = to_piece(words_of(text))
    fits: dict[int, Fit] = {fit.place: fit for fit in fit_all(piece, (), index)}
    found: list[Nearness] = []
    for place, entry in enumerate(index.entries[: index.size]):
        others = np.delete(nearest[: index.size], place)
        fit, agrees = fits.get(place), agreement(piece.asked, entry.kind, entry.asked)
        found.append(
            Nearness(
                score=max(LOWEST, fit.score) if fit else LOWEST,
                wordless=fit is None,
                clashes=fit is not None and fit.signs.clashes,
                margin=float(nearest[place] - (others.max() if len(others) else 0.0)),
                beyond_goal=float(nearest[place] - nearest[index.size]),
                agrees=agrees > 0,
                contradicts=agrees <= -1,
                general=is_general(text),
                words=len(piece.content),
            )
        )
    return found


def likelihood(near: Nearness) -> float:
    """Return the probability that a question targets a fragment, in [0, 1), to three digits."""
    if near.clashes:
        return 0.0
    odds = BIAS + sum(weight * float(value) for weight, value in zip(WEIGHTS, near, strict=True))
    return round(1 / (1 + exp(-odds)), 3)


def decide(ruled: Match, near: Sequence[Nearness], index: FragmentIndex) -> Match:
    """Decide a clause that the rules left open.

    Args:
        ruled: What the rules say.
        near: Each fragment's nearness, in the problem's order.
        index: The problem's fragments.
    """
    likely = [likelihood(one) for one in near]
    place = max(range(len(likely)), key=lambda one: (likely[one], near[one].score, -one))
    best = likely[place]
    if best >= TAKEN:
        name = index.entries[place].id
        why = f"nearest in meaning ({near[place].margin:+.2f} to the next, {near[place].beyond_goal:+.2f} to the goal)"
        return Match(
            kind="targeted", targets=(name,), confidence=best, why=why, unsure=best < SURE, decided_by="embedding"
        )
    kind = "general" if near[place].general else "unanswerable"
    why = ruled.why if not ruled.targets else "no fragment is near enough in meaning"
    return Match(kind=kind, confidence=1 - best, why=why, unsure=best >= DOUBTFUL, decided_by="embedding")


def _names(fragment: Fragment) -> list[str]:
    options = [spell(value) for value in fragment.domain if isinstance(value, str)]
    listed = [f"{fragment.question} {', '.join(options)}"] if options else []
    return [fragment.question, *fragment.aliases, *listed]


def _plain(text: str, index: FragmentIndex) -> str:
    """Return a text without names: people become "they", and what all is about is left out."""

    def plain(found: re.Match[str]) -> str:
        word = found[0].lower()
        return "they" if word in index.people else "" if stem(word) in index.topic else found[0]

    return " ".join(_NAME.sub(plain, text).split())
