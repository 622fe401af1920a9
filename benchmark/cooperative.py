"""The cooperative user: it tells what is asked for, all of it and no more. Personas alter what it says."""

from collections.abc import Collection

from askfirst.benchmark.heard import Heard
from askfirst.benchmark.reply_plan import Act, ReplyPlan
from askfirst.benchmark.scenario import DRIPPING, Scenario, bullet_list

ASK_BACK = "What do you need to know?"
DONT_KNOW = "I don't know."
DOES_NOT_MATTER = "That does not matter here."
GO_ON = "Please go on."
UNREADABLE = "I can't read that as an answer. Please go on."
NOTHING_LEFT = "That is all I know. Please go on."


def cooperate(heard: Heard) -> ReplyPlan:
    """Decide what a cooperative user says, but for the last call."""
    scenario = heard.scenario
    due = _due_fragments(heard)
    acts = [] if heard.attempted else _answers(heard, due)
    if scenario.condition in DRIPPING:
        acts = _dripping(heard, due, acts)
    if not acts:
        acts = [Act(kind="unreadable", text=UNREADABLE) if heard.malformed else Act(kind="go_on", text=GO_ON)]
    return ReplyPlan(acts=tuple(acts), revealed=due)


def _dripping(heard: Heard, due: Collection[str], acts: list[Act]) -> list[Act]:
    """Add what comes whether it was asked for or not, and what the condition says again."""
    scenario = heard.scenario
    told = {act.fragment for act in acts}
    acts = [*acts, *(_tell(scenario, name) for name in due if name not in told)]
    left = [name for name in scenario.hidden if name not in heard.known]
    if not left and scenario.condition == "recap" and not heard.recapped:
        return [Act(kind="restate", text=f"Here is everything again:\n{bullet_list(tuple(heard.said))}")]
    if not left and not acts:
        return [Act(kind="nothing_left", text=NOTHING_LEFT)]
    if scenario.condition == "snowball":
        again = f"What I have said so far:\n{bullet_list(tuple(heard.said))}"
        return [Act(kind="restate", text=again), *acts]
    return acts


def _due_fragments(heard: Heard) -> tuple[str, ...]:
    """Return the hidden fragments that this reply reveals, in the order in which they were asked for."""
    matches = () if heard.attempted else heard.matches
    left = [name for name in heard.scenario.hidden_necessary if name not in heard.known]
    asked = list(dict.fromkeys(name for match in matches for name in match.targets if name in left))
    if heard.scenario.condition in DRIPPING:
        return tuple((asked or left)[:1])
    return tuple(asked)


def _answers(heard: Heard, due: Collection[str]) -> list[Act]:
    """Return one act for each thing that the questions ask, in their order, none twice."""
    acts: list[Act] = []
    for match in heard.matches:
        if match.kind == "general":
            acts.append(Act(kind="ask_back", text=ASK_BACK))
        elif match.kind == "unanswerable":
            acts.append(Act(kind="dont_know", text=DONT_KNOW))
        for name in match.targets:
            if name in due:
                acts.append(_tell(heard.scenario, name))
            elif name in heard.known:
                acts.append(Act(kind="repeat", text=heard.scenario.problem.fragment(name).text, fragment=name))
            elif not heard.scenario.problem.fragment(name).necessary:
                acts.append(Act(kind="does_not_matter", text=DOES_NOT_MATTER))
            # what is left is hidden, necessary and not due: in a dripping condition its turn comes later
    return list(dict.fromkeys(acts))


def _tell(scenario: Scenario, name: str) -> Act:
    return Act(kind="tell", text=scenario.problem.fragment(name).text, fragment=name)
