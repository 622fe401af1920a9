"""The rule-based simulated user: the matcher chose the fragments, rules here decide what of them is said.

What a reply says is a plan: the cooperative one, altered by the persona, with the last call before the last turn.
`speak` says it word for word. Same inputs, same bytes.
"""

from askfirst.benchmark.cooperative import (
    ASK_BACK,
    DOES_NOT_MATTER,
    DONT_KNOW,
    GO_ON,
    NOTHING_LEFT,
    UNREADABLE,
    cooperate,
)
from askfirst.benchmark.heard import Heard
from askfirst.benchmark.personas import JUST_ANSWER, PERSONAS
from askfirst.benchmark.reply_plan import Act, ReplyPlan
from askfirst.benchmark.scenario import LAST_CALL

__all__ = [
    "ASK_BACK", "DOES_NOT_MATTER", "DONT_KNOW", "GO_ON", "JUST_ANSWER", "NOTHING_LEFT", "UNREADABLE", "USER_IDENTITY",
    "Heard", "plan_reply",
]  # fmt: skip

USER_IDENTITY = "rules-2"
"""Goes up whenever a reply could change; the persona stands in the scenario."""


def plan_reply(heard: Heard) -> ReplyPlan:
    """Decide what the user says. Same inputs, same plan."""
    plan = PERSONAS[heard.scenario.persona](cooperate(heard), heard)
    if heard.number + 1 < heard.scenario.max_turns:
        return plan
    return ReplyPlan(acts=(*plan.acts, Act(kind="last_call", text=LAST_CALL)), revealed=plan.revealed)
