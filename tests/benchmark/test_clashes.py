"""Questions that are about something like a fragment, but other."""

import pytest

from askfirst.benchmark.clashes import Telling, clash, dimensions_of, modifiers_of, read_cues
from askfirst.benchmark.problem import ValueKind
from askfirst.benchmark.words import clean, content, words_of

PEOPLE = frozenset({"mia", "omar"})


def clashes(question: str, text: str, wording: str, kind: ValueKind = "count", people: frozenset[str] = PEOPLE) -> bool:
    said, words, asked = (words_of(clean(one)) for one in (text, question, wording))
    fragment = Telling(
        kind=kind,
        people=people & set(said),
        days=frozenset({"monday"} & set(said)),
        times=frozenset({"past"} if "yesterday" in said else ()),
        own=frozenset(root for _, root in content([*said, *asked])),
        modifiers=modifiers_of([said, asked], people),
        dimensions=dimensions_of(said),
        wording=tuple(asked),
    )
    held = {root for _, root in content([*said, *asked])}
    met = {word for word, root in content(words) if root in held}
    return clash(read_cues(words, [root for _, root in content(words)], people), met, fragment)


@pytest.mark.parametrize(
    ("question", "text", "wording", "kind"),
    [
        pytest.param("How many pens does Omar buy?", "Mia buys 4 pens.", "How many pens?", "count", id="a person"),
        pytest.param("How many pens does Mia's sister buy?", "Mia buys 4 pens.", "How many?", "count", id="a relation"),
        pytest.param("How many pens on Tuesday?", "On Monday Mia buys 4 pens.", "How many pens?", "count", id="a day"),
        pytest.param("How many pens last week?", "Mia buys 4 pens.", "How many pens?", "count", id="the past"),
        pytest.param("What does a paper bag weigh?", "A linen bag weighs 90 grams.", "", "measure", id="another kind"),
        pytest.param(
            "How many pen boxes are there?", "There are 4 pens.", "How many pens?", "count", id="a part of it"
        ),
        pytest.param("How many chairs outside?", "Inside are 4 chairs.", "How many chairs?", "count", id="an opposite"),
        pytest.param("What do the pens cost in total?", "Each pen costs $4.", "What is a pen?", "money", id="a sum"),
        pytest.param("How long is it in metres?", "It has 50 words.", "How long is it?", "measure", id="another unit"),
        pytest.param(
            "How often has your cousin beaten you?",
            "I won.",
            "How often have you beaten your cousin?",
            "count",
            id="turned round",
        ),
    ],
)
def test_a_question_about_something_other_clashes(question: str, text: str, wording: str, kind: ValueKind) -> None:
    assert clashes(question, text, wording, kind)


@pytest.mark.parametrize(
    ("question", "text", "wording", "kind"),
    [
        pytest.param("How many pens does Mia buy?", "Mia buys 4 pens.", "How many pens?", "count", id="the person"),
        pytest.param("How many pens yesterday?", "Yesterday, 4 pens broke.", "How many pens?", "count", id="the past"),
        pytest.param("What does each linen bag weigh?", "A linen bag weighs 90 grams.", "", "measure", id="the same"),
        pytest.param(
            "How many full boxes?", "There are 4 boxes.", "How many boxes?", "count", id="any box may be full"
        ),
        pytest.param(
            "Does the crane lift it?", "The crane lifts 4.", "What does it lift?", "count", id="a verb behind"
        ),
        pytest.param("Is it open?", "It is shut.", "Is it shut?", "choice", id="an option"),
        pytest.param("How many kilograms?", "It weighs 90 grams.", "", "measure", id="the same dimension"),
        pytest.param(
            "How often have you beaten your cousin?",
            "I won.",
            "How often have you beaten your cousin?",
            "count",
            id="not turned",
        ),
    ],
)
def test_a_question_about_the_thing_itself_does_not(question: str, text: str, wording: str, kind: ValueKind) -> None:
    assert not clashes(question, text, wording, kind)
