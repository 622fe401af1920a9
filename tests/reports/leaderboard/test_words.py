import pytest

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, Slice
from askfirst.reports.leaderboard.words import MAX_SENTENCES, describe_entry, percent


def estimate(mean: float, half: float = 0.05) -> Estimate:
    return Estimate(mean=mean, low=max(0.0, mean - half), high=min(1.0, mean + half), n=50, templates=10)


def whole(**means: float) -> dict[str, Slice]:
    base = {"joint_success": 0.5, "premature_rate": 0.2, "over_ask_rate": 0.0} | means
    return {ALL: Slice(problems=50, estimates={name: estimate(mean) for name, mean in base.items()}, rank=None)}


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ({"premature_rate": 0.8, "known_at_attempt": 0.25}, "Most often it answers before it can know the answer: 80%"),
        (
            {"joint_success": 0.0},
            "There is no problem in which it asks for what it lacks, and only then, and is right.",
        ),
        ({"premature_rate": 0.3}, "It answers before it can know the answer: 30%"),
        ({"premature_rate": 0.0}, "It seldom answers before it can know: 0%"),
        ({"over_ask_rate": 0.6}, "With nothing missing it asks all the same in 60% of dialogues."),
        ({"over_ask_rate": 0.01}, "With nothing missing it asks nothing in 99% of dialogues."),
        (
            {"redundancy": 0.4, "inert_rate": 0.2},
            "It asks for what it was told already (40% of questions);",
        ),
        ({"compound_rate": 0.9}, "It puts several questions into one message (90% of questions)."),
        ({"ask_recall": 0.8, "ask_precision": 0.9}, "Its questions are good: they get 80% of what is missing"),
        ({"lucky_rate": 0.2, "accuracy_under": 0.4}, "50% of its right answers with something missing were luck"),
    ],
)
def test_a_sentence_follows_from_the_numbers(means: dict[str, float], said: str) -> None:
    assert any(said in sentence for sentence in describe_entry(whole(**means), {}))


def test_what_the_interval_leaves_open_is_not_said() -> None:
    slices = whole(premature_rate=0.12)
    assert not any("before it can" in sentence for sentence in describe_entry(slices, {}))


def test_asking_well_and_losing_it_is_named() -> None:
    slices = whole(informed_rate=0.7)
    parts = {"asked well, then wrong": 0.4, "asked, but not for all that was missing": 0.2}
    said = describe_entry(slices, {name: estimate(share) for name, share in parts.items()})
    told = "it asked for what was missing, got it, and then answered wrong"
    assert f"In 40% of dialogues with something missing {told}." in said


def test_a_failure_whose_share_may_be_small_is_not_named() -> None:
    slices = whole(informed_rate=0.7)
    for half, named in ((0.05, True), (0.15, False)):
        said = describe_entry(slices, {"asked well, then wrong": estimate(0.2, half)})
        assert any("then answered wrong" in sentence for sentence in said) == named


def test_right_answers_are_luck_only_where_the_first_answer_is_the_last() -> None:
    slices = whole(lucky_rate=0.2, accuracy_under=0.4)
    assert any("were luck" in sentence for sentence in describe_entry(slices, {}, "ask", "end"))
    assert not any("were luck" in sentence for sentence in describe_entry(slices, {}, "drip", "continue"))


def test_who_never_answers_is_not_said_to_answer() -> None:
    said = " ".join(describe_entry(whole(unanswered_rate=1.0, over_ask_rate=0.0), {}))
    assert "With nothing missing it asks nothing in 100% of dialogues." in said
    assert "answers without a question" not in said


@pytest.mark.parametrize(("weakest", "named"), [(0.1, True), (0.75, False)])
def test_strongest_and_weakest_family_are_named_only_where_that_is_certain(weakest: float, named: bool) -> None:
    slices = whole()
    for family, mean in {"sql": 0.8, "code": weakest}.items():
        slices[f"family:{family}"] = Slice(problems=20, estimates={"joint_success": estimate(mean)}, rank=None)
    said = " ".join(describe_entry(slices, {}))
    assert ("strongest in sql (80%) and weakest in code (10%)" in said) == named


def test_few_problems_say_little() -> None:
    slices = {ALL: Slice(problems=1, estimates={"joint_success": estimate(1.0)}, rank=None)}
    assert describe_entry(slices, {}) == ("Only 1 problems: too few to say what it does well or badly.",)


def test_no_more_than_six_sentences() -> None:
    slices = whole(premature_rate=0.8, over_ask_rate=0.6, redundancy=0.4, lucky_rate=0.2, accuracy_under=0.4)
    assert len(describe_entry(slices, {"asked well, then wrong": estimate(0.4)})) <= MAX_SENTENCES


def test_in_closed_nothing_is_said_of_asking() -> None:
    said = describe_entry(whole(accuracy_under=0.2), {}, "closed")
    assert said[0] == "Without what is missing it is right in 20% of dialogues."


@pytest.mark.parametrize(
    ("share", "written"), [(0, "0%"), (1, "100%"), (0.001, "less than 1%"), (0.999, "more than 99%"), (0.125, "12%")]
)
def test_shares_are_never_rounded_to_none_or_all(share: float, written: str) -> None:
    assert percent(share) == written
