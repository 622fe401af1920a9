"""The audit of the matcher: known figures, guesses apart, whole messages beside the questions cut from them."""

from askfirst.benchmark.labels import LabelledQuestion, QuestionCase
from askfirst.benchmark.matcher import Match
from askfirst.reports.audit_matcher import MatchedCase, audit_matcher, questions_of
from examples import tickets


def case(text: str, *targets: str, kind: str = "targeted", category: str = "direct") -> QuestionCase:
    question = LabelledQuestion.model_validate(
        {"id": text[:8], "problem": tickets().id, "language": "en", "category": category, "text": text, "kind": kind,
         "targets": targets}
    )  # fmt: skip
    return QuestionCase(question, tickets())


def found(*targets: str, unsure: bool = False) -> Match:
    kind = "targeted" if targets else "unanswerable"
    return Match(kind=kind, targets=targets, confidence=0.5, why="", unsure=unsure)


def test_precision_and_recall_are_over_targets():
    right, wrong, both = found("price"), found("fee"), found("price", "fee")
    matched = [
        MatchedCase(case("What does a ticket cost?", "price"), right, (right,)),
        MatchedCase(case("And how many tickets?", "tickets"), wrong, ()),
        MatchedCase(case("Price and number?", "price", "tickets"), both, (both,)),
    ]
    figures = audit_matcher(matched, "m", "r", "test").figures["en"]
    assert figures.precision.value == 2 / 4
    assert figures.recall.value == 2 / 4
    assert figures.right.value == 1 / 3
    assert figures.read_precision.value == 2 / 3
    assert figures.read_recall.value == 2 / 4


def test_guesses_are_counted_and_left_out_of_sure_precision():
    matched = [
        MatchedCase(case("What does a ticket cost?", "price"), found("price"), ()),
        MatchedCase(case("How much is the thing?", "fee"), found("price", unsure=True), ()),
    ]
    figures = audit_matcher(matched, "m", "r", "test").figures["en"]
    assert figures.precision.value == 0.5
    assert figures.precision_when_sure.value == 1
    assert figures.unsure.value == 0.5


def test_offers_count_only_where_the_reader_takes_them_for_questions():
    offer = case("Shall I explain?", kind="none", category="courtesy")
    matched = [MatchedCase(offer, None, ()), MatchedCase(offer, None, (found(),))]
    figures = audit_matcher(matched, "m", "r", "test").figures["en/courtesy"]
    assert figures.taken_for_questions.value == 0.5
    assert figures.right.value is None


def test_wrong_matches_are_listed_the_most_confident_first():
    sure = found("fee").model_copy(update={"confidence": 0.9})
    matched = [
        MatchedCase(case("a ticket?", "price"), found("fee"), ()),
        MatchedCase(case("tickets?", "tickets"), sure, ()),
        MatchedCase(case("the fee?", "fee"), found("fee"), ()),
    ]
    assert [each.text for each in audit_matcher(matched, "m", "r", "test").worst] == ["tickets?", "a ticket?"]


def test_questions_are_cut_as_in_a_dialogue():
    asked = "Thanks! How many tickets does Mia buy? What does one ticket cost?"
    assert len(questions_of(case(asked, "tickets", "price"))) == 2
