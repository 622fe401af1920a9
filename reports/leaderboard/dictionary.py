"""The data dictionary: every measure's meaning, range, direction and arms; docs/measures.md has the same in tables."""

from typing import Literal

from askfirst.benchmark.measures import PATIENCE
from askfirst.benchmark.problem import Frozen
from askfirst.reports.leaderboard.samples import RANGES

Better = Literal["higher", "lower", "-"]


class Measure(Frozen):
    """One measure, for people."""

    name: str
    definition: str
    least: float
    """The least value that a problem can have."""
    most: float | None
    """The largest one; None where there is none."""
    better: Better
    arms: str
    """Those that it looks at."""


def _measure(name: str, definition: str, better: Better, arms: str = "under") -> Measure:
    least, most = RANGES.get(name, (0.0, 1.0))
    unbounded = most == float("inf")
    return Measure(
        name=name, definition=definition, least=least, most=None if unbounded else most, better=better, arms=arms
    )


SUCCESS = "under: voluntary attempt, determined by what was known, with questions that cost at most {}; "
TWINS = "full and decoy: an attempt and no question before it; the product over the arms"

DICTIONARY: tuple[Measure, ...] = (
    _measure("joint_success", "asking_success, and the last attempt is right in every arm", "higher", "all"),
    _measure("asking_success", SUCCESS.format("twice what was missing") + TWINS, "higher", "all"),
    _measure("premature_rate", "first attempt voluntary, answer not determined by what was known", "lower"),
    _measure("informed_rate", "first attempt voluntary, answer determined by what was known", "higher"),
    _measure("forced_rate", "first attempt only after the user's last call", "lower"),
    _measure("unanswered_rate", "no attempt", "lower"),
    _measure(
        "known_at_attempt", "share of what was missing known at the first attempt; unscored without one", "higher"
    ),
    _measure("accuracy_under", "the last attempt is right; no attempt is wrong", "higher"),
    _measure("accuracy_full", "the last attempt is right; no attempt is wrong", "higher", "full"),
    _measure("accuracy_decoy", "the last attempt is right; no attempt is wrong", "higher", "decoy"),
    _measure("accuracy_first", "the first attempt is right", "higher"),
    _measure("accuracy_any", "some attempt is right", "higher"),
    _measure(
        "share_met",
        "share of the last attempt's parts that are right; unscored without an attempt, or where answers have no parts",
        "higher",
        "all",
    ),
    _measure("lucky_rate", "right, and the first attempt premature", "lower"),
    _measure("over_ask_rate", "at least one question, with nothing missing that matters", "lower", "full, decoy"),
    _measure(
        "discrimination",
        "under: at least one hit; full and decoy: at least one question; the difference of under and the others' mean",
        "higher",
        "all",
    ),
    _measure("ask_recall", "hits / fragments missing; a hit got a missing fragment revealed", "higher"),
    _measure("weighted_recall", "share of the missing fragments elicited, by weight", "higher"),
    _measure("ask_precision", "hits / cost of the questions up to the first attempt; unscored without one", "higher"),
    _measure("ask_f1", "harmonic mean of ask_recall and ask_precision; 0 when nothing was asked", "higher"),
    _measure("efficiency", "accuracy times fragments missing / the larger of that and the questions' cost", "higher"),
    _measure("redundancy", "share of questions all of whose targets were known already", "lower"),
    _measure("compound_rate", "share of questions in a message with several", "lower"),
    _measure("generic_rate", 'share of general questions ("Can you give more details?")', "lower"),
    _measure("unanswerable_rate", "share of questions that no fragment answers", "lower"),
    _measure("inert_rate", "share of questions all of whose targets are inert", "lower"),
    _measure(
        "unsure_rate",
        "share of questions whose match is the matcher's best guess: says something of the instrument",
        "-",
    ),
    _measure(
        "user_fault_rate",
        "faults a turn found in a model user's wordings, all replaced: says something of the instrument",
        "lower",
        "all",
    ),
    _measure("specificity", "mean of 1 - (targets - 1) / (fragments - 1) over questions with a target", "higher"),
    _measure("information_gain", "bits of the answer's entropy that a question removes, mean over questions", "higher"),
    _measure("information_share", "that, as a share of what the best question about as many removes", "higher"),
    _measure("turns", "messages of the model", "-"),
    _measure("questions", "questions up to the first attempt", "-"),
    *(
        _measure(
            f"asking_success_{name}",
            SUCCESS.format(f"{times:g} times what was missing" if name != "any" else "whatever") + TWINS,
            "higher",
            "all",
        )
        for name, times in PATIENCE.items()
        if name != "2x"
    ),
)
"""Every measure of one log, in the order in which they are shown."""

ACROSS: tuple[tuple[str, str], ...] = (
    (
        "recovery",
        "(accuracy when it may ask - when it may not) / (accuracy with nothing hidden - when it may not); unscored if "
        "the denominator is under 3 standard errors; higher is better",
    ),
    (
        "use_gap",
        "accuracy when told all at once - when told on asking, over the problems in which it had got everything before "
        "it answered; unscored under 30 problems; lower is better",
    ),
)
"""Measures that need several logs of one model."""
