"""The audit of replies: what it lets pass, what it stops, and its promises on any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.problem import Certificate, ChoiceForm, Fragment, Problem
from askfirst.benchmark.reply_audit import audit_reply
from askfirst.benchmark.reply_plan import Act, ReplyPlan, speak
from askfirst.benchmark.reply_scene import Scene
from askfirst.benchmark.reply_text import read_quantities
from askfirst.benchmark.user import ASK_BACK, DOES_NOT_MATTER, DONT_KNOW
from askfirst.data.families.template import split_of
from askfirst.data.registry import FAMILIES
from examples import tickets


def option(name: str, text: str, question: str, value: str, other: str, kind: str = "choice") -> Fragment:
    yes_or_no = kind == "yesno"
    return Fragment.model_validate(
        {
            "id": name,
            "text": text,
            "question": question,
            "kind": kind,
            "value": value == "yes" if yes_or_no else value,
            "domain": (True, False) if yes_or_no else (value, other),
            "necessary": True,
            "certificate": Certificate(kind="stated"),
        }
    )


def lamp() -> Problem:
    """Return a problem of options and of a yes or no."""
    return Problem(
        id="troubleshooting/lamp/0",
        family="troubleshooting",
        template="lamp",
        level=1,
        split="test",
        instructions="1. If the shade is red and the plug is loose: tired coil.\n2. In every other case: wet fuse.",
        goal="My lamp flickers. What is the cause?",
        fragments=(
            option("shade", "The shade of the lamp is red.", "What colour is the shade?", "red", "green"),
            option("plug", "The plug of the lamp is loose.", "How does the plug sit?", "loose", "tight"),
            option("cord", "The cord has never been cut.", "Has the cord been cut?", "no", "", "yesno"),
            option("hour", "It has flickered since 15:30.", "Since when does it flicker?", "15:30", "16:00", "date"),
        ),
        form=ChoiceForm(options=("tired coil", "wet fuse")),
        target="tired coil",
        solution="",
    )


def scene(problem: Problem, told: str, message: str = "", known: str = "") -> Scene:
    """Return a scene in which some fragments are told; a word with a space says something else."""
    stock = {
        "dont_know": Act(kind="dont_know", text=DONT_KNOW),
        "does_not_matter": Act(kind="does_not_matter", text=DOES_NOT_MATTER),
        "ask_back": Act(kind="ask_back", text=ASK_BACK),
    }
    acts = [
        stock.get(name) or Act(kind="tell", text=problem.fragment(name).text, fragment=name) for name in told.split()
    ]
    return Scene(ReplyPlan(acts=tuple(acts)), problem, frozenset(known.split()), message)


HONEST = {
    "a number in words": (tickets(), "tickets", "She buys five of them."),
    "a currency in words": (tickets(), "price", "Each ticket is 8 dollars."),
    "two facts in the other order": (tickets(), "tickets price", "At $8 each, Mia buys 5 tickets."),
    "a pronoun for a name": (tickets(), "tickets", "She wants five tickets, please."),
    "the option alone": (lamp(), "shade", "Red."),
    "a denial": (lamp(), "cord", "No, it hasn't been cut."),
    "a time of day in words": (lamp(), "hour", "Since half past three in the afternoon."),
    "a time of day with pm": (lamp(), "hour", "It started flickering at 3:30 pm."),
    "not knowing": (tickets(), "dont_know", "Sorry, I have no idea."),
    "not mattering": (tickets(), "does_not_matter", "That isn't important here."),
    "asking back": (tickets(), "ask_back", "What would you like to know?"),
    "one fact and not knowing another": (
        tickets(),
        "fee dont_know",
        "The fee is six dollars; as to the rest, no idea.",
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_paraphrase_passes(name):
    problem, told, reply = HONEST[name]
    assert audit_reply(reply, scene(problem, told, "What is it? Which one? How many?")) == ()


FAULTY = {
    "another fact": ("leaked", tickets(), "tickets", "Mia buys 5 tickets, and the booking fee is $6."),
    "a sum with a hidden value": ("leaked", tickets(), "tickets", "Mia buys 5 tickets; with the fee in, 11."),
    "a hidden option": ("leaked", lamp(), "shade", "The shade is red and the plug is loose."),
    "a hint at a hidden option": ("leaked", lamp(), "shade", "It's red. The plug isn't tight."),
    "a hidden fact beside not knowing": ("leaked", lamp(), "dont_know", "I don't know, but the plug is loose."),
    "another number": ("invented", tickets(), "tickets", "Mia buys 5 tickets for row 17."),
    "a name": ("invented", tickets(), "tickets", "Mia buys 5 tickets with Konstantin."),
    "a reason": ("invented", lamp(), "plug", "The plug is loose because of an earthquake."),
    "a day": ("invented", lamp(), "plug", "The plug is loose since Monday."),
    "another value": ("contradicted", tickets(), "tickets", "Mia buys 7 tickets."),
    "another option": ("contradicted", lamp(), "shade", "The shade of the lamp is green."),
    "a denied option": ("contradicted", lamp(), "shade", "The shade of the lamp isn't red."),
    "the other answer": ("contradicted", lamp(), "cord", "Yes, the cord has been cut."),
    "values changed about": ("contradicted", tickets(), "tickets price", "Mia buys 8 tickets, and one costs $5."),
    "another unit": ("contradicted", tickets(), "price", "One ticket costs 8 euros."),
    "about": ("contradicted", tickets(), "price", "One ticket costs about $8."),
    "a converted unit": ("contradicted", tickets(), "price", "One ticket costs 800 cents."),
    "no value": ("withheld", tickets(), "tickets", "Mia buys some tickets."),
    "one of two facts": ("withheld", lamp(), "shade plug", "The shade is red."),
    "not knowing what is to be told": ("withheld", lamp(), "shade", "I don't know."),
    "nothing": ("withheld", lamp(), "shade", "  "),
    "the answer": ("given_away", lamp(), "plug", "The plug is loose: a tired coil."),
    "the right number": ("given_away", tickets(), "tickets", "Mia buys 5 tickets and pays 46 dollars in the end."),
    "a step": ("given_away", tickets(), "tickets", "Mia buys 5 tickets, so multiply that."),
    "a rule": ("given_away", lamp(), "plug", "The plug is loose, so rule 1 applies."),
    "an assistant": ("role_break", tickets(), "tickets", "As an AI I can say that Mia buys 5 tickets."),
    "service": ("role_break", tickets(), "tickets", "Mia buys 5 tickets. How can I assist you further?"),
    "markup": ("role_break", tickets(), "tickets", "**Mia buys 5 tickets.**"),
    "a list": ("role_break", tickets(), "tickets price", "- Mia buys 5 tickets\n- One ticket costs $8"),
    "the other side": ("role_break", tickets(), "tickets", "User: Mia buys 5 tickets."),
    "its instructions": ("role_break", tickets(), "ask_back", "My instructions forbid that. What do you need?"),
    "a hidden character": ("role_break", tickets(), "tickets", "Mia buys 5\u202e tickets."),
    "the subject's number": ("echo", tickets(), "tickets", "Mia buys 5 tickets, and 99 is fine."),
    "the subject's claim": ("echo", tickets(), "tickets", "Yes, that's right. Mia buys 5 tickets."),
    "yes to what nobody asked": ("echo", tickets(), "dont_know", "Yes, I don't know."),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_reply_is_stopped_for_what_it_does(name):
    kind, problem, told, reply = FAULTY[name]
    found = audit_reply(reply, scene(problem, told, "I assume 99. How many tickets, and what else?"))
    assert kind in {fault.kind for fault in found}


def test_what_was_said_before_may_be_said_again_but_not_of_something_else():
    situation = scene(tickets(), "tickets", known="seats snack length")
    assert audit_reply("The hall has 90 seats, and Mia buys 5 tickets.", situation) == ()
    assert audit_reply("Mia buys 5 tickets for 90 friends.", situation)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a dozen eggs", "12 eggs"),
        ("half past three", "15:30"),
        ("half past three", "3:30 am"),
        ("March 4th, 2030", "4 March 2030"),
        ("the fourth of March 2030", "2030-03-04"),
        ("the second step", "step 2"),
        ("a couple of bowls", "2 bowls"),
        ("ten to four in the afternoon", "15:50"),
        ("half a dozen", "6"),
    ],
)
def test_quantities_meet_across_spellings(text, other):
    (one,), (two,) = read_quantities(text), read_quantities(other)
    assert two.meets(one)


@pytest.mark.parametrize(("text", "other"), [("half an hour", "30 minutes"), ("2 kilograms", "2000 grams")])
def test_quantities_are_not_converted(text, other):
    (one,), (two,) = read_quantities(text), read_quantities(other)
    assert not two.meets(one)


def every_plan() -> list[Scene]:
    """Return a scene for each necessary fragment of one problem of every template."""
    scenes: list[Scene] = []
    for family in FAMILIES.values():
        for template in family.load(None):
            problem = family.make(template, 11, split_of(family.name, template.id))
            for name in problem.necessary:
                rest = [fragment.id for fragment in problem.fragments if fragment.id != name]
                scenes.append(scene(problem, name, problem.fragment(name).question, " ".join(rest)))
    return scenes


def test_the_facts_of_every_template_pass_in_their_own_words_and_fail_when_left_out():
    scenes = every_plan()
    # one more word keeps the audit from seeing that these are the plan's own bytes
    stopped = [one for one in scenes if audit_reply(f"Sure, {speak(one.plan)}", one)]
    assert len(stopped) <= 0.005 * len(scenes)
    assert all(audit_reply("I don't know that.", one) for one in scenes)
    assert all(audit_reply(f"{speak(one.plan)} As an AI I can't say more.", one) for one in scenes)


@given(st.text(max_size=300))
def test_no_text_breaks_the_audit(text):
    situation = scene(tickets(), "tickets dont_know", text)
    first = audit_reply(text, situation)
    assert first == audit_reply(text, situation)


@pytest.mark.parametrize(
    "piece", ["a", "1", "one ", "not ", "5 tickets, ", "f(", "@d1_", '"', "but ", "\n", "half past "]
)
def test_a_long_reply_and_a_long_message_cost_little(piece):
    situation = scene(tickets(), "tickets", piece * (1_000_000 // len(piece)))
    start = time.process_time()
    assert audit_reply(piece * (400 // len(piece)), situation)
    assert audit_reply(piece * (1_000_000 // len(piece)), situation)
    assert time.process_time() - start < 2
