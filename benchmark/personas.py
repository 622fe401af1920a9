"""Personas of the simulated user: each is a pure function that alters what a cooperative user would say.

What a persona draws by lot comes from streams named for the problem and the turn, so that the same dialogue always gets
the same replies. docs/personas.md says what each does to scores.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from askfirst.benchmark.cooperative import DONT_KNOW, cooperate
from askfirst.benchmark.heard import Heard
from askfirst.benchmark.matcher import Match
from askfirst.benchmark.misstatement import choose_misstated, misstatement, owed_correction
from askfirst.benchmark.reply_plan import Act, ReplyPlan
from askfirst.benchmark.scenario import Persona
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.small_talk import SMALL_TALK

Alter: TypeAlias = Callable[[ReplyPlan, Heard], ReplyPlan]
"""Maps the cooperative plan of a reply, and what it reacts to, to the persona's."""

PATIENCE = 3
"""What an impatient user answers in a dialogue, in the cost of questions."""
JUST_ANSWER = "Just answer, please."
SORRY = "Sorry, I got that wrong."
TURNS_TO_CORRECT = 2
"""A reply that misstates is followed by a message, the correction and one more message."""


def cooperative(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Tell what is asked for, all of it and no more."""
    return plan


def forthcoming(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Answer a general question by the next hidden necessary fragment, in the problem's order, one a reply."""
    left = [name for name in heard.scenario.hidden_necessary if name not in {*heard.known, *plan.revealed}]
    place = next((place for place, act in enumerate(plan.acts) if act.kind == "ask_back"), None)
    if place is None or not left:
        return plan
    tell = Act(kind="tell", text=heard.scenario.problem.fragment(left[0]).text, fragment=left[0])
    return ReplyPlan(
        acts=(*plan.acts[:place], tell, *plan.acts[place + 1 :]),
        revealed=(*plan.revealed, left[0]),
    )


def terse(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Say one thing a reply: the first new fragment that was asked for, else the first thing there is to say."""
    told = [act for act in plan.acts if act.kind == "tell"]
    return ReplyPlan(acts=tuple(told or plan.acts)[:1], revealed=plan.revealed[:1])


def impatient(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Answer questions up to a cost of `PATIENCE` in a dialogue, and refuse the rest.

    Cost is counted, not messages: the same facts come whether they are asked for one by one or all at once.
    """
    within = _within_patience(heard)
    if heard.attempted or within == list(heard.matches):
        return plan
    answered = cooperate(replace(heard, matches=within))
    acts = [act for act in answered.acts if act.kind != "go_on"]
    return ReplyPlan(acts=(*acts, Act(kind="just_answer", text=JUST_ANSWER)), revealed=answered.revealed)


def _within_patience(heard: Heard) -> Sequence[Match]:
    """Return the questions that patience is left for; of the last one perhaps only some targets."""
    left, within = PATIENCE - heard.asked, list[Match]()
    for match in heard.matches:
        if left > 0:
            within.append(match.model_copy(update={"targets": match.targets[:left]}))
        left -= max(1, len(match.targets))
    return within


def unsure(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Not know the inert fragments that the opening withholds."""
    dont_know = Act(kind="dont_know", text=DONT_KNOW)
    acts = [dont_know if act.kind == "does_not_matter" else act for act in plan.acts]
    return ReplyPlan(acts=tuple(dict.fromkeys(acts)), revealed=plan.revealed)


def chatty(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Add a sentence that has nothing to do with the problem, before or after, never the same one twice."""
    problem, order = heard.scenario.problem.id, list(SMALL_TALK)
    stream(problem, "small talk").shuffle(order)
    if heard.number > len(order):
        return plan
    talk = Act(kind="small_talk", text=order[heard.number - 1])
    first = stream(problem, "small talk", heard.number).random() < 0.5
    return ReplyPlan(acts=(talk, *plan.acts) if first else (*plan.acts, talk), revealed=plan.revealed)


def corrects(plan: ReplyPlan, heard: Heard) -> ReplyPlan:
    """Tell one fragment with a wrong value, and put it right in the next reply, asked or not."""
    scenario = heard.scenario
    acts, wrong = plan.acts, choose_misstated(scenario)
    if wrong in plan.revealed and heard.number + TURNS_TO_CORRECT <= scenario.max_turns:
        false = Act(kind="misstate", text=misstatement(scenario.problem.fragment(wrong)), fragment=wrong)
        acts = tuple(false if act.fragment == wrong else act for act in acts)
    if owed := owed_correction(heard.plans):
        right = Act(kind="correct", text=f"{SORRY} {scenario.problem.fragment(owed).text}", fragment=owed)
        acts = (right, *(act for act in acts if act.fragment != owed and act.kind != "go_on"))
    return ReplyPlan(acts=acts, revealed=plan.revealed)


PERSONAS: Mapping[Persona, Alter] = {
    "cooperative": cooperative,
    "forthcoming": forthcoming,
    "terse": terse,
    "impatient": impatient,
    "unsure": unsure,
    "chatty": chatty,
    "corrects": corrects,
}
"""The personas, by the name that `-T persona=` takes."""
