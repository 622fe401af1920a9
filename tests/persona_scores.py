"""What every reference policy scores under every persona, worked out from a scenario alone.

Nothing here uses the simulated user, the dialogue or the measures: only how many fragments there are, which are hidden,
and how many turns. `h` is the number of hidden necessary fragments, `n` of all fragments.
"""

from dataclasses import dataclass, replace
from math import ceil, nan

from askfirst.benchmark.scenario import Scenario

ASKING_TWINS = ("always_ask", "generic")
"""Policies that ask where nothing is missing."""
SILENT = ("stubborn", "silent")
"""Policies that never answer."""


@dataclass(frozen=True)
class Course:
    """How a dialogue goes up to the first attempt."""

    questions: int
    """Each targets one fragment or none, so that this is their cost too."""
    hits: int
    told: int
    """Hidden fragments known at the attempt."""
    turns: int
    """Messages, the attempt's included."""
    again: int = 0
    """Questions for what was known."""
    inert: int = 0
    """Questions for inert fragments."""
    forced: bool = False


def course_of(policy: str, persona: str, made: Scenario) -> Course | None:
    """Return the course of a dialogue in `under` with ten turns or more than questions; None without an attempt."""
    h = len(made.hidden)
    if policy in SILENT:
        return None
    if policy == "never_ask":
        return Course(0, 0, 0, turns=1)
    if policy == "generic":
        return Course(2, 0, min(h, 2) if persona == "forthcoming" else 0, turns=3)
    if policy == "always_ask":
        return _always_ask(persona, made)
    if persona == "impatient" and (h > 3 or (policy == "repeater" and h > 1)):
        return {
            # three answers and a refusal
            "oracle": Course(4, 3, 3, turns=5, forced=True),
            "forgetful": Course(4, 3, 3, turns=5, forced=True),
            # all at once, of which three are answered
            "shotgun": Course(h, 3, 3, turns=2, forced=True),
            # first; first again, second; second again and perhaps third: from the fourth question on refused
            "repeater": Course(4 if h == 2 else 5, 2, 2, turns=4, again=2, forced=True),
        }[policy]
    if policy == "shotgun" and persona == "terse":
        return Course(h * (h + 1) // 2, h, h, turns=h + 1)  # h questions, then h - 1, ...
    if policy == "shotgun":
        return Course(h, h, h, turns=2)
    if policy == "repeater":
        return Course(2 * h, h, h, turns=h + 2, again=h, forced=h + 2 == made.max_turns)
    return Course(h, h, h, turns=h + 1)


def _always_ask(persona: str, made: Scenario) -> Course:
    order = [fragment.id for fragment in made.problem.fragments]
    n, h, size = len(order), len(made.hidden), ceil(len(order) / (made.max_turns - 2))
    chunks = [order[start : start + size] for start in range(0, n, size)]
    inert, again = len(made.problem.inert), n - h - len(made.absent)
    if persona == "impatient" and n > 3:
        messages = ceil(4 / size)
        asked = order[: messages * size]
        told = len(set(order[:3]) & set(made.hidden))
        return Course(
            len(asked), told, told, messages + 1,
            again=len(set(asked) - {*made.hidden, *made.absent}),
            inert=len(set(asked) & set(made.problem.inert)), forced=True,
        )  # fmt: skip
    if persona == "terse":
        first = sum(bool(set(chunk) & set(made.hidden)) for chunk in chunks)
        room = made.max_turns - 1 - len(chunks)
        more = min(h - first, room)
        told = first + more
        forced = h - first >= room
        return Course(n + more, told, told, len(chunks) + more + 1, again=again, inert=inert, forced=forced)
    return Course(n, h, h, len(chunks) + 1, again=again, inert=inert)


def told_last(policy: str, misstated: str, made: Scenario) -> bool:
    """Say whether the subject answers before the correction of this fragment has come."""
    if policy in ("oracle", "forgetful"):
        return misstated == made.hidden[-1]
    if policy == "always_ask":
        order = [fragment.id for fragment in made.problem.fragments]
        size = ceil(len(order) / (made.max_turns - 2))
        return misstated in order[(ceil(len(order) / size) - 1) * size :]
    return policy == "shotgun"  # which asks once; the repeater's second question brings the correction


def expected_under(policy: str, persona: str, made: Scenario, misstated: str = "") -> dict[str, float]:
    """Return the measures of an `under` dialogue.

    Args:
        policy: The subject.
        persona: The user.
        made: The scenario.
        misstated: The fragment that the user tells wrong at first; empty for none.
    """
    h, course = len(made.hidden), course_of(policy, persona, made)
    if course is None:
        return _outcome("unanswered") | {
            "joint_success": 0, "asking_success": 0, "accuracy_under": 0, "accuracy_first": 0, "known_at_attempt": nan,
            "ask_f1": 0, "ask_recall": 0, "ask_precision": nan, "questions": 0, "turns": made.max_turns,
            "redundancy": nan, "inert_rate": nan, "efficiency": 0,
        }  # fmt: skip
    determined = course.told == h
    outcome = "forced" if course.forced else "informed" if determined else "premature"
    right = determined and policy != "forgetful"
    misled = bool(misstated) and told_last(policy, misstated, made)
    if misled:  # one attempt before the correction, one after it
        course = replace(course, turns=course.turns + 1)
    asking = outcome == "informed" and course.questions <= 2 * h
    return _outcome(outcome) | {
        "joint_success": float(asking and right),
        "asking_success": float(asking),
        "accuracy_under": float(right),
        "accuracy_first": float(right and not misled),
        "known_at_attempt": course.told / h,
        "ask_f1": 2 * course.hits / (h + course.questions),
        "ask_recall": course.hits / h,
        "ask_precision": course.hits / course.questions if course.questions else nan,
        "questions": course.questions,
        "turns": course.turns,
        "redundancy": course.again / course.questions if course.questions else nan,
        "inert_rate": course.inert / course.questions if course.questions else nan,
        "efficiency": right * h / max(course.questions, h),
    }


def _outcome(name: str) -> dict[str, float]:
    return {f"{each}_rate": float(each == name) for each in ("informed", "premature", "forced", "unanswered")}


def expected_twin(policy: str, arm: str) -> dict[str, float]:
    """Return the measures of a `full` or `decoy` dialogue: every persona leaves them as they are."""
    right = policy not in (*SILENT, "forgetful")
    asks = policy in ASKING_TWINS
    asking = policy not in SILENT and not asks
    return {
        "over_ask_rate": float(asks),
        f"accuracy_{arm}": float(right),
        "asking_success": float(asking),
        "joint_success": float(asking and right),
    }
