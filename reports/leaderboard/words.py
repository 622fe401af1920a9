"""What an entry does well and badly, in sentences that follow from its numbers by rules.

A sentence stands only where the interval's bound, not the mean, is past its threshold: few problems say little.
"""

from collections.abc import Mapping

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Slice

MUCH = 0.5
"""A share that is most of it, when its lower bound is above."""

SOME = 0.1
"""A share that is worth a sentence, when its lower bound is above."""

LITTLE = 0.1
"""A share that is next to nothing, when its upper bound is below."""

MIN_PROBLEMS = 5
"""Below it, an entry gets no sentences but that it has too few problems."""

MAX_SENTENCES = 6

SUCCESS: Mapping[str, str] = {
    "ask": "asks for what it lacks, and only then, and is right",
    "drip": "waits for what it lacks, asks for little else, and is right",
    "recap": "waits for what it lacks, asks for little else, and is right",
    "snowball": "waits for what it lacks, asks for little else, and is right",
    "concat": "answers without a question, and right,",
}
"""What joint_success means, by condition; in `closed` nothing can be asked, and it is 0 for all."""

ASKS_BADLY = {
    "redundancy": "asks for what it was told already",
    "inert_rate": "asks for what does not matter",
    "generic_rate": "asks in general, not for a fact",
    "unanswerable_rate": "asks for what no fact answers",
}
"""What shares of questions say, by measure."""

PARTS_IN_WORDS = {
    "asked well, then wrong": "asked for what was missing, got it, and then answered wrong",
    "asked for more than twice what was missing": "asked more than twice as much as was missing",
    "asked, but not for all that was missing": "asked, but stopped before it had everything",
    "neither asked nor answered": "neither asked nor answered",
}
"""Failures with something missing that no measure names."""


def describe_entry(
    slices: Mapping[str, Slice], parts: Mapping[str, Estimate], condition: str = "ask", on_attempt: str = "end"
) -> tuple[str, ...]:
    """Return up to six sentences: what it comes to, how it fails, how it asks, where it is weak.

    Args:
        slices: The entry's, by name.
        parts: Shares of dialogues with something missing, by what they came to.
        condition: Of the `under` arm.
        on_attempt: `end` where a dialogue ends with its first answer, `continue` where facts may follow it.
    """
    whole = slices[ALL]
    if whole.problems < MIN_PROBLEMS:
        return (f"Only {whole.problems} problems: too few to say what it does well or badly.",)
    found = [
        _come_to(whole.estimates, condition),
        _answer_early(whole.estimates),
        _over_ask(whole.estimates),
        _ask_badly(whole.estimates),
        _lose(parts),
        _lucky(whole.estimates) if on_attempt == "end" else "",
        _families(slices),
    ]
    return tuple(sentence for sentence in found if sentence)[:MAX_SENTENCES]


def percent(share: float) -> str:
    """Write a share as a whole percentage; what is neither none nor all is never rounded to it."""
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "less than 1%"
    if rounded == 100 and share < 1:
        return "more than 99%"
    return f"{rounded}%"


def _come_to(estimates: Mapping[str, Estimate | None], condition: str) -> str:
    if condition not in SUCCESS:
        right = estimates.get("accuracy_under")
        return f"Without what is missing it is right in {percent(right.mean)} of dialogues." if right else ""
    success = SUCCESS[condition]
    if estimates.get("over_ask_rate") is None:
        success = success.replace(", and only then,", "")
    if (joint := estimates.get(HEADLINE)) is not None:
        if joint.mean == 0:
            return f"There is no problem in which it {success.removesuffix(',')}."
        return f"It {success} in {percent(joint.mean)} of problems."
    if (asking := estimates.get("asking_success")) is not None:
        return f"It {success.removesuffix(',').removesuffix(', and is right')} in {percent(asking.mean)} of problems."
    return ""


def _answer_early(estimates: Mapping[str, Estimate | None]) -> str:
    early, known = estimates.get("premature_rate"), estimates.get("known_at_attempt")
    if early is None:
        return ""
    if _above(early, SOME):
        knowing = f", knowing {percent(known.mean)} of what was missing on average" if known else ""
        often = "Most often it answers" if _above(early, MUCH) else "It answers"
        share = f"{percent(early.mean)} of dialogues with something missing"
        return f"{often} before it can know the answer: {share}{knowing}."
    if _below(early, LITTLE):
        return f"It seldom answers before it can know: {percent(early.mean)} of dialogues with something missing."
    return ""


def _over_ask(estimates: Mapping[str, Estimate | None]) -> str:
    over = estimates.get("over_ask_rate")
    if over is None:
        return ""
    if _above(over, SOME):
        return f"With nothing missing it asks all the same in {percent(over.mean)} of dialogues."
    if _below(over, LITTLE):
        return f"With nothing missing it asks nothing in {percent(1 - over.mean)} of dialogues."
    return ""


def _ask_badly(estimates: Mapping[str, Estimate | None]) -> str:
    found = {name: one for name in ASKS_BADLY if (one := estimates.get(name)) is not None and _above(one, SOME)}
    compound = estimates.get("compound_rate")
    told = [
        f"{ASKS_BADLY[name]} ({percent(one.mean)} of questions)"
        for name, one in sorted(found.items(), key=lambda pair: -pair[1].mean)
    ]
    if compound is not None and _above(compound, MUCH):
        told.append(f"puts several questions into one message ({percent(compound.mean)} of questions)")
    if told:
        return f"It {'; it '.join(told[:3])}."
    recall, precision = estimates.get("ask_recall"), estimates.get("ask_precision")
    if recall and precision and _above(recall, MUCH) and _above(precision, MUCH):
        return (
            f"Its questions are good: they get {percent(recall.mean)} of what is missing, "
            f"and {percent(precision.mean)} of what they ask for was missing."
        )
    return ""


def _lose(parts: Mapping[str, Estimate]) -> str:
    lost = {name: parts[name] for name in PARTS_IN_WORDS if name in parts and _above(parts[name], SOME)}
    if not lost:
        return ""
    worst = max(lost, key=lambda name: lost[name].mean)
    return f"In {percent(lost[worst].mean)} of dialogues with something missing it {PARTS_IN_WORDS[worst]}."


def _lucky(estimates: Mapping[str, Estimate | None]) -> str:
    lucky, right = estimates.get("lucky_rate"), estimates.get("accuracy_under")
    if lucky is None or right is None or not right.mean or lucky.mean < right.mean * SOME or not _above(lucky, 0.02):
        return ""
    return (
        f"{percent(lucky.mean / right.mean)} of its right answers with something missing were luck: it could not know."
    )


def _families(slices: Mapping[str, Slice]) -> str:
    families = {
        name.removeprefix("family:"): one
        for name, each in slices.items()
        if name.startswith("family:") and (one := each.estimates.get(HEADLINE)) is not None
    }
    if len(families) < 2:
        return ""
    best = max(families, key=lambda name: (families[name].mean, name))
    worst = min(families, key=lambda name: (families[name].mean, name))
    low, high = families[best].low, families[worst].high
    if low is None or high is None or low <= high:
        return ""
    return (
        f"It is strongest in {best} ({percent(families[best].mean)}) and weakest in {worst} "
        f"({percent(families[worst].mean)}): more than chance explains."
    )


def _above(one: Estimate, threshold: float) -> bool:
    return one.low is not None and one.low > threshold


def _below(one: Estimate, threshold: float) -> bool:
    return one.high is not None and one.high < threshold
