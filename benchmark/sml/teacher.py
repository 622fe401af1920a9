"""Teachers: each knows the solution, and guides without giving the answer.

The rule-based one answers questions with the fact that they are about, and points a wrong turn to its first error: at
first to the fact, then to what has to be done with it. Nothing here is shared with the simulated user, the question
matcher or the question writer, so that a student can't be rewarded for the words of an instrument.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from askfirst.benchmark.problem import Fragment
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.diagnosis import Diagnosis, diagnose
from askfirst.benchmark.sml.leaks import find_leak
from askfirst.benchmark.sml.lesson import Lesson, Operation
from askfirst.benchmark.sml.turns import Moment, Reply, ReplyKind

FACT = (
    "Good that you check: {fact}",
    "Here it is: {fact}",
    "It says this: {fact}",
    "This is the part you mean: {fact}",
)
NOT_NEEDED = (
    "You can do without that.",
    "The result is the same whatever that is.",
    "Leave that aside, it changes nothing.",
)
START = (
    "Begin with this: {fact}",
    "Everything is there. This is where to begin: {fact}",
    "Read on from here: {fact}",
)
CHECK = (
    "Not yet. Read this once more: {fact}",
    "Almost, but you passed over something: {fact}",
    "That is not it. What follows from this? {fact}",
    "Compare your work with this: {fact}",
)
OPERATION = (
    "Not yet. You found the facts, but at one point you have to {doing}.",
    "The facts are right. What is left is to {doing}.",
    "Look at what you do with the facts: {doing}.",
)
CALCULATION = (
    "Not yet. Do that calculation once more, slowly.",
    "One of your calculations is off. Go over each of them.",
    "Your plan is fine, the arithmetic is not. Work it out anew.",
)
ANSWER_DUE = (
    "Go on, and end with your result on the line that was asked for.",
    "I see no result yet. Put it on its line at the end.",
    "Take it to the end: the last line has to hold your result.",
)
RETRY = ("That is wrong. Try again.", "No. Have another try.", "Not right, please try once more.")
SAFE = (
    "Not yet. Go through the facts one by one.",
    "That is not it. Ask yourself what each fact is good for.",
    "Take the facts in turn and see which of them you used.",
)
"""Said where any hint would give the answer away."""

DOING: dict[Operation, str] = {
    "add": "put two amounts together",
    "subtract": "take one amount away from another",
    "multiply": "take one amount several times over",
    "divide": "share one amount out equally",
    "compare": "choose between amounts",
    "decide": "apply every rule in its order to all of the facts",
}

_WORD = re.compile(r"[a-z]+")
STEM = 5
"""Letters of a word that are compared: enough to meet its plural and its past."""
SHORT = 4
"""Letters of the shortest word that counts: below are "the", "has", "of"."""
EMPTY = frozenset(
    {
        "what",
        "which",
        "does",
        "many",
        "much",
        "have",
        "this",
        "that",
        "there",
        "with",
        "from",
        "need",
        "tell",
        "more",
        "could",
        "please",
        "know",
        "about",
    }
)


class _Draft(NamedTuple):
    text: str
    kind: ReplyKind


def rule_teacher(moments: Sequence[Moment]) -> list[Reply]:
    """Reply by the rules; the same moment always gets the same words."""
    return [_reply(moment) for moment in moments]


def retry_teacher(moments: Sequence[Moment]) -> list[Reply]:
    """Say nothing but that it was wrong: the control for what guidance adds."""
    return [Reply(_choose(RETRY, moment, "retry"), "retry") for moment in moments]


def _reply(moment: Moment) -> Reply:
    turn = moment.turns[-1]
    if turn.asks:
        draft = _answer(moment, turn.reading.questions)
    elif not turn.reading.attempted:
        draft = _Draft(_choose(ANSWER_DUE, moment, "answer due"), "answer due")
    else:
        draft = _guide(moment, diagnose(moment.lesson, turn))
    return guarded(draft.text, draft.kind, moment)


def guarded(text: str, kind: ReplyKind, moment: Moment) -> Reply:
    """Return a reply, in other words if these give the answer away."""
    if find_leak(text, moment.lesson.problem) is None:
        return Reply(text, kind)
    return Reply(_choose(SAFE, moment, "safe"), "check", leaked=True)


def _answer(moment: Moment, questions: Sequence[str]) -> _Draft:
    found = [fact for question in questions if (fact := find_fact(question, moment.lesson)) is not None]
    needed = list(dict.fromkeys(fact.text for fact in found if fact.necessary))
    if needed:
        return _Draft(_choose(FACT, moment, "fact").format(fact=" ".join(needed)), "fact")
    if found:
        return _Draft(_choose(NOT_NEEDED, moment, "not needed"), "not needed")
    first = moment.lesson.problem.fragment(moment.lesson.steps[0].facts[0])
    return _Draft(_choose(START, moment, "start").format(fact=first.text), "start")


def _guide(moment: Moment, diagnosis: Diagnosis) -> _Draft:
    problem = moment.lesson.problem
    if diagnosis.fact is not None:
        fact = problem.fragment(diagnosis.fact).text
        return _Draft(_choose(CHECK, moment, "check").format(fact=fact), "check")
    hinted = sum(reply.kind == "operation" for reply in moment.replies)
    if hinted:
        return _Draft(_choose(CALCULATION, moment, "calculation"), "calculation")
    doing = DOING[diagnosis.step.operation]
    return _Draft(_choose(OPERATION, moment, "operation").format(doing=doing), "operation")


def find_fact(question: str, lesson: Lesson) -> Fragment | None:
    """Return the fact that a question is about, by the words that they share; None where they share too few.

    Much simpler than the evaluation's matcher, on purpose: a student that learned to please that one would be measured
    by what it was trained on.
    """
    problem = lesson.problem
    asked = _stems(question)
    goal = _stems(problem.goal)
    best: tuple[float, Fragment] | None = None
    for fact in problem.fragments:
        shared = asked & _stems(fact.text)
        # words of the goal are in most questions, so they tell facts apart only a little
        score = len(shared - goal) + 0.4 * len(shared & goal)
        if score >= 1 and (best is None or score > best[0]):
            best = (score, fact)
    return best[1] if best else None


def _stems(text: str) -> frozenset[str]:
    words = [word for word in _WORD.findall(text.lower()) if len(word) >= SHORT and word not in EMPTY]
    return frozenset(word[:STEM] for word in words)


def _choose(phrases: Sequence[str], moment: Moment, purpose: str) -> str:
    return stream(moment.lesson.problem.id, "teacher", purpose, len(moment.turns)).choice(phrases)
