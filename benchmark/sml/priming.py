"""Q-priming: wrong turns give way to questions, less often the longer a dialogue lasts."""

import random
from collections.abc import Callable, Sequence

from askfirst.benchmark.sml.dialogues import Rewrite
from askfirst.benchmark.sml.turns import Moment

Writer = Callable[[Sequence[Moment]], Sequence[str | None]]
"""Writes the questions that the students of some moments had better asked."""


def prime(writer: Writer, base: float, free_turns: int) -> Rewrite:
    """Return what replaces wrong turns by questions, turn t with probability `base ** max(0, t - free_turns)`.

    Args:
        writer: Writes the questions.
        base: In (0, 1].
        free_turns: Turns, counted from 1, that are replaced for sure. The source does not say whether its exponent
            starts at 0 (then this is 1) or at 1 (then it is 0).

    Source: social meta-learning (arXiv 2602.16488), with base 0.75.
    """

    def rewrite(moments: Sequence[Moment], draws: Sequence[random.Random]) -> Sequence[str | None]:
        chosen = [
            number
            for number, (moment, draw) in enumerate(zip(moments, draws, strict=True))
            if draw.random() < base ** max(0, len(moment.turns) - free_turns)
        ]
        texts: list[str | None] = [None] * len(moments)
        for number, text in zip(chosen, writer([moments[number] for number in chosen]), strict=True):
            texts[number] = text
        return texts

    return rewrite
