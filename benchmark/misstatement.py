"""Facts that a user first tells with a wrong value.

The wrong value is the one of the fragment's certificate, in the text that the problem's source would have written for
it: no words are replaced here, so what is said is a sound sentence; and what follows from it is wrong for certain,
since the certificate proves another answer.
"""

from collections.abc import Sequence

from askfirst.benchmark.problem import Fragment
from askfirst.benchmark.reply_plan import ReplyPlan
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.seeding import stream


def misstatement(fragment: Fragment) -> str:
    """Return the fragment's text with a wrong value; empty where none is known, or one text stands in the other."""
    wrong = fragment.certificate.text if fragment.certificate else ""
    return "" if wrong in fragment.text or fragment.text in wrong else wrong


def choose_misstated(scenario: Scenario) -> str:
    """Return the id of the hidden necessary fragment that is told wrong first; empty where none can be."""
    names = [name for name in scenario.hidden_necessary if misstatement(scenario.problem.fragment(name))]
    return stream(scenario.problem.id, "misstated").choice(names) if names else ""


def owed_correction(plans: Sequence[ReplyPlan]) -> str:
    """Return the id of the fragment that the user's replies misstated and have not put right yet; empty without one."""
    corrected = {plan.about("correct") for plan in plans}
    return next((name for plan in plans if (name := plan.about("misstate")) and name not in corrected), "")
