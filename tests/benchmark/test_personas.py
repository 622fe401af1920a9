"""What each persona of the simulated user says, turn by turn."""

import asyncio
from collections.abc import Sequence

import pytest

from askfirst.benchmark.dialogue import Conversation, run_dialogue
from askfirst.benchmark.errors import DataError
from askfirst.benchmark.matcher import Match
from askfirst.benchmark.measures import outcome_of
from askfirst.benchmark.misstatement import choose_misstated
from askfirst.benchmark.numbers import read_numbers
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.record import Turn
from askfirst.benchmark.reply_plan import speak
from askfirst.benchmark.scenario import LAST_CALL, PERSONAS_BY_CONDITION, Scenario
from askfirst.benchmark.small_talk import SMALL_TALK
from askfirst.benchmark.turn_notes import describe_turn
from askfirst.benchmark.user import (
    ASK_BACK,
    DOES_NOT_MATTER,
    DONT_KNOW,
    GO_ON,
    JUST_ANSWER,
    UNREADABLE,
    Heard,
    plan_reply,
)
from examples import scenario, tickets

TICKETS, PRICE, FEE = (
    "How many tickets does Mia buy?",
    "What does one ticket cost?",
    "How much is the booking fee?",
)
SEATS, LENGTH = "How many seats does the hall have?", "How long does the film last?"
GENERAL = "Can you give me more details?"
ANSWER = "The answer is 46.\nANSWER: 46"
TOLD = {name: tickets().fragment(name).text for name in ("tickets", "price", "fee")}
WRONG = {"tickets": "Mia buys 6 tickets.", "price": "One ticket costs $9.", "fee": "The booking fee is $7."}
QUESTIONS = {"tickets": TICKETS, "price": PRICE, "fee": FEE}


def hold(made: Scenario, messages: Sequence[str]) -> list[Turn]:
    conversation = Conversation(made)
    return [asyncio.run(conversation.take(message)) for message in messages]


def replies(made: Scenario, messages: Sequence[str]) -> list[str]:
    return [turn.reply for turn in hold(made, messages)]


def test_a_forthcoming_user_answers_general_questions_by_the_next_hidden_fact_in_the_problems_order():
    turns = hold(
        scenario(persona="forthcoming"), [f"{GENERAL}\nWhat else do I need to know?", GENERAL, GENERAL, GENERAL]
    )
    assert [turn.revealed for turn in turns] == [("tickets",), ("price",), ("fee",), ()]
    assert TOLD["tickets"] in turns[0].reply
    assert TOLD["price"] not in turns[0].reply, "one a reply"
    assert turns[3].reply == ASK_BACK
    assert not [question.hits for turn in turns for question in turn.questions if question.hits], "a hit needs a target"


def test_a_forthcoming_user_tells_what_was_asked_for_and_then_what_comes_next():
    made = scenario(persona="forthcoming")
    matches = (
        Match(kind="targeted", targets=("tickets",), confidence=1, why=""),
        Match(kind="general", confidence=1, why=""),
    )
    plan = plan_reply(Heard(made, 1, made.opening_known, matches))
    assert plan.revealed == ("tickets", "price")
    assert speak(plan) == f"{TOLD['tickets']} {TOLD['price']}"


def test_a_terse_user_tells_only_the_first_fact_asked_for_and_the_others_when_asked_again():
    turns = hold(scenario(persona="terse"), [f"{FEE}\n{PRICE}\n{TICKETS}", f"{FEE}\n{TICKETS}", f"{FEE}\n{SEATS}"])
    assert [turn.reply for turn in turns] == [TOLD["fee"], TOLD["tickets"], TOLD["fee"]]
    assert [question.hits for question in turns[0].questions] == [("fee",), (), ()]
    assert [turn.revealed for turn in turns] == [("fee",), ("tickets",), ()]


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param([TICKETS, SEATS, FEE, PRICE], id="one by one"),
        pytest.param([f"{TICKETS}\n{SEATS}\n{FEE}\n{PRICE}"], id="all at once"),
        pytest.param([f"{TICKETS}\n{SEATS}", f"{FEE}\n{PRICE}"], id="by two"),
    ],
)
def test_an_impatient_user_answers_three_questions_however_they_are_packed(messages):
    turns = hold(scenario(persona="impatient"), messages)
    assert {name for turn in turns for name in turn.revealed} == {"tickets", "fee"}
    assert turns[-1].reply.endswith(JUST_ANSWER)
    assert sum(JUST_ANSWER in turn.reply for turn in turns) == 1


def test_an_impatient_user_counts_every_question_and_refuses_no_message_without_one():
    made = scenario(persona="impatient")
    found = replies(made, [GENERAL, "Who directed the film?", SEATS, "Let me think.", "ANSWER: a few", PRICE])
    assert found == [ASK_BACK, DONT_KNOW, "The hall has 90 seats.", GO_ON, UNREADABLE, JUST_ANSWER]


def test_an_attempt_after_a_refusal_is_forced_and_one_before_is_not():
    for script, outcome in (
        ([TICKETS, PRICE, FEE, ANSWER], "informed"),
        ([SEATS, PRICE, FEE, TICKETS, ANSWER], "forced"),
    ):
        made = scenario(persona="impatient")
        assert outcome_of(made, hold(made, script)) == outcome


def test_an_unsure_user_does_not_know_what_does_not_matter():
    made = scenario("decoy", persona="unsure")
    assert replies(made, [f"{SEATS}\n{LENGTH}", PRICE]) == [DONT_KNOW, TOLD["price"]]
    assert replies(scenario("decoy"), [SEATS]) == [DOES_NOT_MATTER]


def test_a_chatty_user_adds_one_sentence_to_every_reply_and_never_the_same():
    messages = [TICKETS, "Hm.", SEATS, GENERAL, "Who directed the film?", "Hm.", "Hm.", "Hm."]
    talk: list[str] = []
    for plain, chatty in zip(replies(scenario(), messages), replies(scenario(persona="chatty"), messages), strict=True):
        (said,) = [each for each in SMALL_TALK if each in chatty]
        assert chatty in (f"{said} {plain}", f"{plain} {said}")
        talk.append(said)
    assert len(set(talk)) == len(messages)


def test_a_chatty_user_still_makes_the_last_call_in_a_paragraph_of_its_own():
    reply = replies(scenario(persona="chatty", hide=1, max_turns=3), ["Hm.", "Hm."])[-1]
    assert reply.endswith(f"\n\n{LAST_CALL}")


def test_a_chatty_user_falls_silent_rather_than_say_a_sentence_twice():
    turns = hold(scenario(persona="chatty", max_turns=200), ["Hm."] * (len(SMALL_TALK) + 2))
    said = [turn.reply.replace(GO_ON, "").strip() for turn in turns]
    assert sorted(said[:-2]) == sorted(SMALL_TALK)
    assert said[-2:] == ["", ""]


def test_small_talk_holds_no_number_and_no_question():
    assert len(set(SMALL_TALK)) == len(SMALL_TALK) >= 40
    for sentence in SMALL_TALK:
        assert not read_numbers(sentence), sentence
        assert "?" not in sentence
        assert sentence.endswith(".")


def misleading() -> tuple[Scenario, str]:
    made = scenario(persona="corrects")
    return made, choose_misstated(made)


def test_one_fact_is_told_wrong_and_put_right_in_the_next_reply_without_being_asked():
    made, wrong = misleading()
    turns = hold(made, [QUESTIONS[wrong], "Hm.", "Hm."])
    assert [turn.reply for turn in turns] == [WRONG[wrong], f"Sorry, I got that wrong. {TOLD[wrong]}", GO_ON]
    assert [(turn.misstated, turn.corrected) for turn in turns] == [(wrong, ""), ("", wrong), ("", "")]
    assert turns[0].questions[0].hits == (wrong,)
    assert wrong in turns[1].known


def test_asking_again_gets_the_correction_once_and_other_questions_their_answers():
    made, wrong = misleading()
    other = next(name for name in QUESTIONS if name != wrong)
    turn = hold(made, [QUESTIONS[wrong], f"{QUESTIONS[wrong]}\n{QUESTIONS[other]}"])[1]
    assert turn.reply == f"Sorry, I got that wrong. {TOLD[wrong]} {TOLD[other]}"
    assert turn.questions[0].known == (wrong,)


def test_an_attempt_before_the_correction_does_not_end_the_dialogue_and_the_next_one_does():
    made, wrong = misleading()
    script = ["\n".join(QUESTIONS.values()), "ANSWER: 54", ANSWER]
    conversation = run_dialogue(made, lambda heard: script[len(heard) - 1])
    first, last = conversation.turns[1:]
    assert (first.attempted, first.right, first.corrected) == (True, False, wrong)
    assert (last.attempted, last.right) == (True, True)
    assert conversation.ending == "attempt"
    assert outcome_of(made, conversation.turns) == "informed", "the told fact counts as known"


def test_nothing_is_told_wrong_where_no_turn_would_be_left_after_the_correction():
    made, wrong = misleading()
    late = made.model_copy(update={"max_turns": 5})
    turns = hold(late, ["Hm.", "Hm.", "Hm.", QUESTIONS[wrong]])
    assert TOLD[wrong] in turns[-1].reply
    early = hold(late, ["Hm.", "Hm.", QUESTIONS[wrong], "ANSWER: 54", ANSWER])
    assert (early[2].misstated, early[3].corrected) == (wrong, wrong)
    assert LAST_CALL in early[3].reply
    assert early[-1].right


def test_in_drip_the_wrong_fact_is_put_right_beside_the_next_one():
    made = scenario(persona="corrects", condition="drip")
    turns = hold(made, ["Hm.", "Hm.", "Hm.", "Hm."])
    assert [turn.revealed for turn in turns] == [("tickets",), ("price",), ("fee",), ()]
    place = next(number for number, turn in enumerate(turns) if turn.misstated)
    assert turns[place + 1].corrected == turns[place].misstated == choose_misstated(made)


def test_which_fact_is_told_wrong_is_drawn_by_the_problem():
    drawn = set[str]()
    for number in range(30):
        made, _ = misleading()
        problem = made.problem.model_copy(update={"id": f"arithmetic/tickets/{number}"})
        drawn.add(choose_misstated(made.model_copy(update={"problem": problem})))
    assert drawn == set(QUESTIONS)


def test_the_viewer_says_what_was_told_wrong_and_put_right():
    made, wrong = misleading()
    told, corrected = hold(made, [QUESTIONS[wrong], "Hm."])
    assert f"told with a wrong value: {wrong}" in describe_turn(told, made)
    assert f"put right: {wrong}" in describe_turn(corrected, made)


@pytest.mark.parametrize("persona", PERSONAS_BY_CONDITION["ask"])
def test_a_persona_says_the_same_to_the_same_messages(persona):
    made = scenario(persona=persona)
    messages = [f"{PRICE}\n{SEATS}", GENERAL, FEE, "Hm.", TICKETS, "ANSWER: a few"]
    assert replies(made, messages) == replies(made, messages)


@pytest.mark.parametrize("persona", PERSONAS_BY_CONDITION["ask"])
def test_personas_say_nothing_new_where_nothing_is_missing(persona):
    made = scenario("full", persona=persona)
    for policy in ("oracle", "never_ask"):
        turns = run_dialogue(made, lambda heard, name=policy: POLICIES[name](made, heard)).turns
        assert len(turns) == 1
        assert turns[0].right


@pytest.mark.parametrize(
    ("condition", "persona"),
    [("drip", "terse"), ("drip", "forthcoming"), ("drip", "impatient"), ("recap", "corrects"), ("snowball", "corrects"),
     ("concat", "chatty"), ("closed", "chatty")],
)  # fmt: skip
def test_a_persona_that_makes_no_sense_in_a_condition_is_refused_in_one_line(condition, persona):
    with pytest.raises(DataError) as caught:
        scenario(condition=condition, persona=persona)
    assert f"persona: {persona!r} in condition {condition!r}; expected one of ['cooperative'" in str(caught.value)
    assert "\n" not in str(caught.value)
