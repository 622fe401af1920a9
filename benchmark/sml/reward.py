"""What a dialogue is worth: 1 for a right answer, less for each turn that it took; nothing without one."""


def discounted_reward(right_turn: int | None, discount: float, free_turns: int) -> float:
    """Return the reward of a dialogue, in [0, 1], higher is better.

    Args:
        right_turn: The student's turn that held the right answer, counted from 1; None where none did.
        discount: Factor a turn, in (0, 1].
        free_turns: Turns that cost nothing. With 1 an answer in the first turn is worth 1; with 0 it is worth one
            discount. Within a group of dialogues the two differ by a factor, which normalised advantages don't see.

    Source: social meta-learning (arXiv 2602.16488) discounts by 0.7 a turn; from which turn on is not said.
    """
    if right_turn is None:
        return 0.0
    return discount ** max(0, right_turn - free_turns)
