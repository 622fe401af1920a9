"""When a dialogue's first attempt came, and what each question before it was worth: what pictures need of a dialogue.

No measures: they stand beside the scores, in the metadata of a score, so that a log's summaries carry them.
"""

from collections.abc import Sequence

from askfirst.benchmark.measures import until_first_attempt
from askfirst.benchmark.record import Turn

MAX_GAINS = 20
"""Questions that a timeline keeps: Inspect leaves metadata of more than 1,000 characters out of its summaries."""

DIGITS = 4
"""To which shares are rounded."""


def attempt_turn(turns: Sequence[Turn]) -> int | None:
    """Return the number of the first attempt's turn, from 1; None without an attempt."""
    return next((turn.number for turn in turns if turn.attempted), None)


def question_gains(turns: Sequence[Turn]) -> list[float | None]:
    """Return each question's share of the best question's bits, in [0, 1], in the order of asking.

    The questions are those up to the first attempt, its own message included, at most 20. None stands where the source
    has no solver, or no question could have removed any bits.
    """
    questions = [question for turn in until_first_attempt(turns) for question in turn.questions]
    return [
        None if each.gain_bits is None or not each.best_bits else round(each.gain_bits / each.best_bits, DIGITS)
        for each in questions[:MAX_GAINS]
    ]
