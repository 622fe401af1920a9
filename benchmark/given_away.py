"""By what a reply gives the answer away, or the way to it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from askfirst.benchmark.problem import CallForm, CallsForm, ChoiceForm, CodeForm, NumberForm, Problem, QueryForm, TextForm
from askfirst.benchmark.reply_scene import Fault, Scene
from askfirst.benchmark.reply_text import words_in

RUN = 5
"""Words in a row that a reply may not share with the answer, unless they were said."""

_STEPS = re.compile(
    r"\b(?:multipl\w+|divid\w+|subtract\w*|take \w+ times|times \w+ away|adds? (?:\w+ )?up|comes? to|work(?:s)? out (?:to|at)|"
    r"add \w+ and|then compare|compare prices|(?:that|which|this) (?:makes|leaves|means|gives|points to)\b|that leaves|"
    r"(?:which|that) makes|(?:is|are) left\b|left over|to go\b|altogether|"
    r"so (?:it's|it is|it must|you|she|he|they|none|the|that's|that is|pick|use|take|book|merge|just|write|add|put|change|replace|"
    r"filter|if|first|return|each|check)\b|hence|therefore|thus|as a result|"
    r"(?:line|rule|statement|point|row|step|option)s? (?:[0-9]+|one|two|three|four|five|six|about)\b|"
    r"(?:first|second|third|fourth|fifth|sixth|last|very first|only) (?:line|rule|statement|true|one that fits)\b|"
    r"(?:fits|applies|apply|is out|is right|fit) ?(?:completely|either)?(?=[,.;:]|$| and )|the one that fits|end up with|"
    r"forget about|you should (?:book|take|use|pick|choose|write)|the (?:answer|cause|solution) is|something like that|for instance|such as|"
    r"leave nothing out|i\.e\.|e\.g\.|group(?:ed)? by|order(?:ed)? by|where clause|your call|the call)",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\b(?:SELECT|WHERE|FROM \w+|GROUP BY|ORDER BY|HAVING|LIMIT|JOIN|COUNT|DISTINCT|MIN|MAX|AVG|SUM)\b(?-i:)|\bdef |\breturn\b(?= [\w\[(])|"
    r"\w+\([^()\s]*\)|\w+\([^()]*[=,\[][^()]*\)|\w+=[\"'\w]|[<>=!]=|\bis None\b|\b\w+\.\w+\(|\[\w*:|\bre\.\w+|\bif \w+ < \w+",
)
_LETTERS = re.compile(r"\b\w(?:-\w){3,}\b")


def find_given_away(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield what of a reply gives the answer or the way there away; what the plan says gives nothing away."""
    lower, said = text.lower(), f"{scene.text} {scene.problem.goal}".lower()
    program = isinstance(scene.problem.form, QueryForm | CodeForm | CallForm | CallsForm)
    patterns = (("a step of the solution", _STEPS), *((("a program", _PROGRAM),) if program else ()))
    for name, pattern in patterns:
        match = next((one for one in pattern.finditer(text) if one[0].strip().lower() not in said), None)
        if match is not None:
            yield Fault("given_away", f"{name}: {match[0].strip()[:40]!r}")
    for answer in answers_of(scene.problem):
        if answer in lower and answer not in said and re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", lower):
            yield Fault("given_away", f"an answer: {answer[:40]!r}")
    shared = runs_of(text) & target_runs(scene.problem)
    if shared - runs_of(said) - runs_of(scene.problem.instructions):
        yield Fault("given_away", "words of the answer")


@lru_cache(maxsize=512)
def answers_of(problem: Problem) -> tuple[str, ...]:
    """Return what no reply names: the options of a choice, the functions of a call or a program."""
    form = problem.form
    if isinstance(form, ChoiceForm):
        return tuple(option.lower() for option in form.options)
    if isinstance(form, CallForm):
        return (form.function.lower(),)
    if isinstance(form, CallsForm):
        return tuple(one.function.lower() for one in form.functions)
    return ()


@lru_cache(maxsize=512)
def target_runs(problem: Problem) -> frozenset[tuple[str, ...]]:
    """Return every run of words of an answer that is a text or a program."""
    if isinstance(problem.form, TextForm | QueryForm | CodeForm):
        return runs_of(problem.target)
    return frozenset()


def is_target(value: object, problem: Problem) -> bool:
    """Say whether a number is the answer."""
    return isinstance(problem.form, NumberForm) and str(value) == problem.target


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return every `RUN` words in a row of a text."""
    words = words_in(text)
    return frozenset(words[start : start + RUN] for start in range(len(words) - RUN + 1))
