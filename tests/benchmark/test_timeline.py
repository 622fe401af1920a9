"""When the first attempt came, and what each question was worth."""

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.measures import mean_gain_share
from askfirst.benchmark.record import AskedQuestion, Turn
from askfirst.benchmark.timeline import MAX_GAINS, attempt_turn, question_gains
from examples import scenario


def turns(*messages: str) -> list[Turn]:
    return list(run_dialogue(scenario(), lambda heard: messages[min(len(heard), len(messages)) - 1]).turns)


def asked(gain: float | None, best: float | None) -> AskedQuestion:
    return AskedQuestion(text="?", kind="targeted", gain_bits=gain, best_bits=best)


def test_the_first_attempt_counts_and_not_the_last() -> None:
    assert attempt_turn(turns("What does one ticket cost?", "ANSWER: 46")) == 2
    assert attempt_turn([Turn(number=1, kind="answer_attempt", attempted=True)] * 2) == 1


def test_without_an_attempt_there_is_no_turn() -> None:
    assert attempt_turn([]) is None
    assert attempt_turn(turns("Hm.")) is None


def test_gains_are_shares_of_the_best_questions_bits_in_the_order_of_asking() -> None:
    played = [
        Turn(number=1, kind="clarification", questions=(asked(1.0, 3.0), asked(None, None))),
        Turn(number=2, kind="clarification", questions=(asked(0.0, 0.0), asked(2.0, 2.0))),
    ]
    assert question_gains(played) == [0.3333, None, None, 1.0]


def test_questions_after_the_first_attempt_are_left_out_and_those_in_it_are_not() -> None:
    played = [
        Turn(number=1, kind="answer_attempt", attempted=True, questions=(asked(1.0, 2.0),)),
        Turn(number=2, kind="clarification", questions=(asked(2.0, 2.0),)),
    ]
    assert question_gains(played) == [0.5]
    assert mean_gain_share(played[0].questions) == 0.5


def test_no_more_questions_are_kept_than_a_summary_holds() -> None:
    many = [Turn(number=1, kind="clarification", questions=(asked(1.0, 2.0),) * (MAX_GAINS + 5))]
    assert len(question_gains(many)) == MAX_GAINS
