"""The recipes: what each trains on, and in which order."""

from collections.abc import Callable, Mapping

from askfirst.benchmark.sml.priming import prime
from askfirst.benchmark.sml.run import Run
from askfirst.benchmark.sml.settings import RecipeName

Recipe = Callable[[Run], None]


def solve(run: Run) -> None:
    """Fine-tune on worked solutions, in one turn: the basic skill, and the common ancestor of all others."""
    run.fine_tune("solving", run.solutions())


def single_turn(run: Run) -> None:
    """Reinforce right answers in one turn: the control that never meets a teacher."""
    run.reinforce("reinforcing")


def offline_sml(run: Run) -> None:
    """Fine-tune on the student's turns of its own successful dialogues with the teacher."""
    run.fine_tune("tuning", run.successful("dialogues"))


def sml(run: Run) -> None:
    """Reinforce dialogues with the teacher that end right, sooner rather than later."""
    run.reinforce("reinforcing")


def q_priming(run: Run) -> None:
    """Fine-tune on successful dialogues some of whose wrong turns gave way to questions."""
    priming = run.settings.priming
    run.fine_tune("priming", run.successful("primed", prime(run.writer(), priming.base, priming.free_turns)))


def q_priming_sml(run: Run) -> None:
    """Prime with questions, then reinforce dialogues."""
    q_priming(run)
    run.reinforce("reinforcing")


RECIPES: Mapping[RecipeName, Recipe] = {
    "solve": solve,
    "single_turn": single_turn,
    "offline_sml": offline_sml,
    "sml": sml,
    "q_priming": q_priming,
    "q_priming_sml": q_priming_sml,
}
