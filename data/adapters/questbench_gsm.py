"""QuestBench GSM: word problems with one quantity removed, and the equations that prove that it is needed.

The equations are solved anew: with another value of the removed quantity the answer must change, and with another
value of what the source removed beside it, which the goal does not need, it can't. The former is the hidden fragment,
the latter are inert ones. Where an equation holds such a value as a bare number, its variable proves nothing: then it
is told in the goal, whatever is hidden.
"""

import hashlib
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.information import Completions
from askfirst.benchmark.numbers import spell_number
from askfirst.benchmark.problem import Certificate, Fragment, NumberForm, Problem
from askfirst.data.adapters.adapter import Adapter, Loaded
from askfirst.data.adapters.equations import System, parse_system
from askfirst.data.adapters.quantities import describe_quantity, kind_of, nearby, to_value
from askfirst.data.adapters.questions import choose_questions
from askfirst.data.adapters.rows import RowModel
from askfirst.data.adapters.source import Refused, Source, load_problems
from askfirst.data.adapters.targets import read_target

SOURCE = Source("questbench_gsm", "QuestBench GSM", "MIT AND CC-BY-4.0")

_REMOVED = re.compile(r"variable '(?P<name>\w+)' \(value (?P<lines>.*)\), which", re.DOTALL)
_LINE = re.compile(r"(?P<name>\w+) = (?P<value>-?[0-9]*\.?[0-9]+) \[.*\]")
_ABOUT_ITSELF = re.compile(r"\brewritten (?:problem|question)\b|\bvariable '", re.IGNORECASE)


class Row(RowModel):
    """A row of the file."""

    ori_question: str
    """Variables, equations and goal."""
    expected_answer: str
    degraded_question: str
    """The word problem without the removed quantity."""
    degraded_info: str
    """Which variable was removed, and what else with it."""


def load(path: Path | None) -> Loaded:
    """Load the problems from a local copy.

    Raises:
        DataError: If there is no path, or the file can't be read or is of another schema.
    """
    return load_problems(path, SOURCE, Row, to_problem)


def to_problem(row: Row) -> Problem | Refused:
    """Make a row's problem, or say why it gives none."""
    try:
        system = _parse(row.ori_question)
        answer = system.solve()
        needed = system.needed()
    except (DataError, ZeroDivisionError) as error:
        return Refused("the equations can't be solved", str(error))
    if (target := read_target(row.expected_answer)) != answer:
        return Refused("the equations give another answer", f"{answer}; expected {target}")
    removed = _REMOVED.search(row.degraded_info)
    if removed is None or removed["name"] not in needed:
        return Refused("the removed quantity is not needed", row.degraded_info)
    lines = [_LINE.fullmatch(line.strip()) for line in removed["lines"].splitlines()]
    if not all(lines):
        return Refused("more than quantities was removed", row.degraded_info)
    if _ABOUT_ITSELF.search(row.degraded_question):
        return Refused("the text speaks of its own rewriting", row.degraded_question)
    names = [line["name"] for line in lines if line]
    others = [name for name in names if name != removed["name"]]
    if needed & set(others):
        return Refused("several needed quantities were removed", row.degraded_info)
    return _make(row, system, removed["name"], others, answer)


def _make(row: Row, system: System, name: str, others: list[str], answer: Fraction) -> Problem | Refused:
    certificate = _certify(system, name, answer)
    needed = _to_fragment(system, name, certificate)
    if certificate is None or needed is None:
        reason = "no other value changes the answer" if certificate is None else "no sentence tells the quantity"
        return Refused(reason, f"{name}: {system.descriptions.get(name)!r}")
    beside = [fragment for other in others if (fragment := _to_fragment(system, other, None)) is not None]
    doubtful = [fragment for fragment in beside if system.mentions(Fraction(system.values[fragment.id]))]
    told = [needed, *(fragment for fragment in beside if fragment not in doubtful)]
    story = " ".join(row.degraded_question.split())
    problem = Problem(
        id=f"questbench_gsm/{_short(row.ori_question)}/{name}/{_short(story)}",
        family="questbench_gsm",
        template=" ".join(story.split()[:2]),
        level=1,
        split="test",
        goal=" ".join([*(fragment.text for fragment in doubtful), story]),
        fragments=tuple(sorted(told, key=lambda fragment: fragment.id)),
        form=NumberForm(),
        target=spell_number(answer),
        solution=row.ori_question,
    )
    return choose_questions(problem, {fragment.id: (fragment.question,) for fragment in told})


def _certify(system: System, name: str, answer: Fraction) -> Certificate | None:
    for value in nearby(Fraction(system.values[name])):
        other = _answer_with(system, name, value)
        if other is not None and other != answer:
            told = describe_quantity(system.descriptions.get(name, ""), value)
            text = told.text if told else ""
            return Certificate(kind="proved", value=to_value(value), answer=spell_number(other), text=text)
    return None


def _to_fragment(system: System, name: str, certificate: Certificate | None) -> Fragment | None:
    value = Fraction(system.values[name])
    told = describe_quantity(system.descriptions.get(name, ""), value)
    if told is None:
        return None
    return Fragment(
        id=name,
        text=told.text,
        question=told.question,
        aliases=(told.phrase,),
        kind=kind_of(told.phrase),
        value=to_value(value),
        domain=tuple(to_value(each) for each in sorted({value, *_possible(system, name, value)})),
        necessary=certificate is not None,
        certificate=certificate,
    )


def _possible(system: System, name: str, value: Fraction) -> list[Fraction]:
    return [each for each in nearby(value) if _answer_with(system, name, each) is not None]


def _answer_with(system: System, name: str, value: Fraction) -> Fraction | None:
    try:
        return system.solve({name: value})
    except ZeroDivisionError:
        return None


def information(problem: Problem, known: frozenset[str]) -> Completions | None:
    """List the answers under every value of what is unknown; exact, since only one quantity can matter."""
    system = _parse(problem.solution)
    unknown = [fragment for fragment in problem.fragments if fragment.necessary and fragment.id not in known]
    values: Mapping[str, list[Fraction]] = {
        fragment.id: [Fraction(str(value)) for value in fragment.domain] for fragment in unknown
    }
    columns = {name: np.arange(len(domain), dtype=np.int64) for name, domain in values.items()}
    answers = [system.solve({name: value}) for name, domain in values.items() for value in domain] or [system.solve()]
    codes = {answer: code for code, answer in enumerate(dict.fromkeys(answers))}
    return Completions(
        columns=columns, answers=np.array([codes[answer] for answer in answers], dtype=np.int64), exact=True
    )


@lru_cache(maxsize=1024)
def _parse(text: str) -> System:
    return parse_system(text)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


ADAPTER = Adapter("questbench_gsm", load, information=information)
