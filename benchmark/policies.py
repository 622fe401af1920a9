"""Reference policies: subjects with scores known beforehand, which prove the whole instrument.

A policy is a pure function of the scenario and of what the user has said, so that the same policy answers in process
(model API `askfirst`), behind a scripted server, and in tests. Each says everything as a model under test would: in
plain text that the reader and the matcher have to read.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import TypeAlias

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.misstatement import misstatement
from askfirst.benchmark.numbers import spell_number
from askfirst.benchmark.personas import JUST_ANSWER
from askfirst.benchmark.problem import (
    CallForm,
    CallsForm,
    ChoiceForm,
    CodeForm,
    Fragment,
    NumberForm,
    OpenForm,
    Problem,
    QueryForm,
    TextForm,
)
from askfirst.benchmark.scenario import Scenario

Policy: TypeAlias = Callable[[Scenario, Sequence[str]], str]
"""Maps a scenario and the user's messages so far (the opening first) to the subject's next message."""

GENERAL_QUESTION = "Can you give me more details?"
REFUSAL = "I cannot answer that."


def known_fragments(scenario: Scenario, heard: Sequence[str]) -> frozenset[str]:
    """Return the ids of the fragments that the user's messages hold, word for word."""
    problem = scenario.problem
    said = {fragment.id for fragment in problem.fragments if any(fragment.text in message for message in heard)}
    return scenario.opening_known | said


def misled_about(scenario: Scenario, heard: Sequence[str]) -> Fragment | None:
    """Return the fragment that the user told with a wrong value and has not put right, if there is one."""
    known = known_fragments(scenario, heard)
    lacking = [scenario.problem.fragment(name) for name in scenario.hidden_necessary if name not in known]
    return next((each for each in lacking if (text := misstatement(each)) and text in "\n".join(heard[1:])), None)


def state_answer(scenario: Scenario, answer: str) -> str:
    """Commit to an answer in the way that the scenario's protocol asks for."""
    form = scenario.problem.form
    if isinstance(form, QueryForm | CodeForm | TextForm):
        return f"ANSWER:\n{answer}" if scenario.protocol == "marked" else f"```\n{answer}\n```"
    sentence = answer if isinstance(form, CallForm | CallsForm | OpenForm) else f"The answer is {answer}."
    return f"{sentence}\nANSWER: {answer}" if scenario.protocol == "marked" else sentence


def wrong_answer(scenario: Scenario) -> str:
    """Return a wrong answer: where a certificate has one, the other answer of a fragment that is unknown."""
    problem = scenario.problem
    for name in scenario.hidden_necessary or problem.necessary:
        certificate = problem.fragment(name).certificate
        if certificate is not None and certificate.answer:
            return certificate.answer
    return other_answer(problem)


def other_answer(problem: Problem) -> str:
    """Return an answer of the problem's form that is not its target, for sources without other answers."""
    form = problem.form
    if isinstance(form, NumberForm):
        return spell_number(Fraction(problem.target) + ceil(form.tolerance) + 1)
    if isinstance(form, ChoiceForm):
        return next(option for option in form.options if option != problem.target)
    if isinstance(form, CodeForm):
        return f"def {form.function}(*arguments, **options):\n    raise NotImplementedError"
    if isinstance(form, OpenForm):
        return "I will do what seems best to me."
    raise DataError(f"{problem.id}: no certificate has another answer; expected one for a {form.kind}")


def best_guess(scenario: Scenario, heard: Sequence[str]) -> str:
    """Return the answer that follows from what was told, right or not; a wrong one if none does."""
    problem, known = scenario.problem, known_fragments(scenario, heard)
    if problem.determined(known):
        return problem.target
    misled = misled_about(scenario, heard)
    if misled and misled.certificate and problem.determined({*known, misled.id}):
        return misled.certificate.answer
    return wrong_answer(scenario)


def missing(scenario: Scenario, heard: Sequence[str]) -> list[Fragment]:
    """Return the hidden necessary fragments that the subject still lacks; one told with a wrong value is none."""
    known, misled = known_fragments(scenario, heard), misled_about(scenario, heard)
    hidden = [scenario.problem.fragment(name) for name in scenario.hidden_necessary if name not in known]
    return [fragment for fragment in hidden if fragment != misled]


def must_answer(scenario: Scenario, heard: Sequence[str]) -> bool:
    """Say whether the user's newest message made the last call, or refused to say more."""
    return len(heard) == scenario.max_turns or JUST_ANSWER in heard[-1]


def oracle(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask for exactly what is missing, one fragment a turn, then answer right."""
    lacking = missing(scenario, heard)
    if lacking and not must_answer(scenario, heard):
        return lacking[0].question
    return state_answer(scenario, best_guess(scenario, heard))


def never_ask(scenario: Scenario, heard: Sequence[str]) -> str:
    """Answer at once: right where everything needed was shown, else with a certificate's other answer."""
    return state_answer(scenario, best_guess(scenario, heard))


def always_ask(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask for every fragment, known or not, spread over the turns there are, again for what is missing, then answer."""
    fragments = scenario.problem.fragments
    rounds = max(1, scenario.max_turns - 2)
    size = -(-len(fragments) // rounds)
    asked = (len(heard) - 1) * size
    if asked < len(fragments) and not must_answer(scenario, heard):
        return "\n".join(fragment.question for fragment in fragments[asked : asked + size])
    lacking = missing(scenario, heard)
    if lacking and not must_answer(scenario, heard):
        return lacking[0].question
    return state_answer(scenario, best_guess(scenario, heard))


def shotgun(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask for exactly what is missing, all in one turn, then answer right."""
    lacking = missing(scenario, heard)
    if lacking and not must_answer(scenario, heard):
        return "\n".join(fragment.question for fragment in lacking)
    return state_answer(scenario, best_guess(scenario, heard))


def generic(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask for details in general, twice, then guess."""
    if len(heard) <= 2 and not must_answer(scenario, heard):
        return GENERAL_QUESTION
    return state_answer(scenario, best_guess(scenario, heard))


def repeater(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask for each missing fragment, and once more in the turn after it was told, then answer right."""
    hidden = [scenario.problem.fragment(name) for name in scenario.hidden_necessary]
    turn = len(heard)
    if turn > len(hidden) + 1 or not hidden or must_answer(scenario, heard):
        return state_answer(scenario, best_guess(scenario, heard))
    return "\n".join(fragment.question for fragment in hidden[max(0, turn - 2) : turn])


def forgetful(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask like the oracle, then answer wrong."""
    lacking = missing(scenario, heard)
    if lacking and not must_answer(scenario, heard):
        return lacking[0].question
    return state_answer(scenario, wrong_answer(scenario))


def stubborn(scenario: Scenario, heard: Sequence[str]) -> str:
    """Neither ask nor answer."""
    return REFUSAL


def silent(scenario: Scenario, heard: Sequence[str]) -> str:
    """Send empty messages."""
    return ""


POLICIES: Mapping[str, Policy] = {
    policy.__name__: policy
    for policy in (
        oracle, never_ask, always_ask, shotgun, generic, repeater, forgetful, stubborn, silent,
    )
}  # fmt: skip
