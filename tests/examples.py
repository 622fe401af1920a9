"""Small problems and scenarios that tests share."""

from typing import Any

from askfirst.benchmark.problem import Certificate, Fragment, NumberForm, Problem
from askfirst.benchmark.scenario import Arm, Scenario, Settings, make_scenarios


def tickets() -> Problem:
    """Return a problem of three necessary and three inert fragments: 5 x 8 + 6 = 46 dollars."""
    return Problem(
        id="arithmetic/tickets/0",
        family="arithmetic",
        template="tickets",
        level=2,
        split="test",
        goal="How much does Mia pay for the tickets and the booking fee together?",
        fragments=(
            fragment("seats", "The hall has 90 seats.", "How many seats does the hall have?", 90),
            fragment("tickets", "Mia buys 5 tickets.", "How many tickets does Mia buy?", 5, "54"),
            fragment("price", "One ticket costs $8.", "What does one ticket cost?", 8, "51", "money"),
            fragment("snack", "A bag of popcorn costs $3.", "What does a bag of popcorn cost?", 3, kind="money"),
            fragment("fee", "The booking fee is $6.", "How much is the booking fee?", 6, "47", "money"),
            fragment("length", "The film lasts 110 minutes.", "How long does the film last?", 110, kind="duration"),
        ),
        form=NumberForm(unit="dollars"),
        target="46",
        solution="tickets * price + fee",
    )


def fragment(name: str, text: str, question: str, value: int, other: str = "", kind: Any = "count") -> Fragment:
    """Return a fragment that is necessary exactly when another answer is given: the one under `value + 1`."""
    wrong = text.replace(str(value), str(value + 1))
    certificate = Certificate(kind="proved", value=value + 1, answer=other, text=wrong)
    return Fragment(
        id=name,
        text=text,
        question=question,
        kind=kind,
        value=value,
        domain=(value, value + 1),
        necessary=bool(other),
        certificate=certificate if other else None,
    )


def scenario(arm: Arm = "under", **settings: Any) -> Scenario:
    """Return the tickets problem in one arm, with everything necessary hidden unless `hide` says otherwise."""
    scenarios = make_scenarios(tickets(), Settings(**({"hide": "all"} | settings)))
    return next(scenario for scenario in scenarios if scenario.arm == arm)
