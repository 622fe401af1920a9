"""By what a reply gives the answer away, or the way to it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from askfirst.benchmark.problem import (
    CallForm,
    CallsForm,
    ChoiceForm,
    CodeForm,
    NumberForm,
    Problem,
    QueryForm,
    TextForm,
)
from askfirst.benchmark.reply_scene import MAX_MESSAGE, Fault, Scene
from askfirst.benchmark.reply_text import words_in
from askfirst.benchmark.reply_vocabulary import FUNCTION_WORDS
from askfirst.benchmark.words import stem

RUN = 5
"""Words in a row that a reply may not share with the answer, unless they were said."""

_STEPS = re.compile(
    r"\b(?:multipl\w+|divid\w+|subtract\w*|take \w+ times|times \w+ away|adds? up|works? out (?:to|at)|"
    r"then compare|compare prices|(?:that|which|this) (?:makes|leaves|means|gives|points to)\b|"
    r"so (?:it must|none|pick|use|take|book|merge|just|write|add|put|change|replace|filter|first|return|the call)\b|"
    r"hence|therefore|thus|as a result|end up with|you should (?:book|take|use|pick|choose|write)|"
    r"the (?:answer|cause|solution) is|something like that|leave nothing out|i\.e\.|e\.g\.|"
    r"group(?:ed)? by|where clause|your call)",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"\b(?:(?:line|rule|statement|point|row|step|option)s? (?:[0-9]+|one|two|three|four|five|six|about)\b|"
    r"(?:first|second|third|fourth|fifth|sixth|last|only) (?:line|rule|statement|true|one that fits)\b|"
    r"the one that fits|"
    r"(?:fits|applies|apply|fit) ?(?:completely|either)?(?=[,.;:]|$| and )|forget about)",
    re.IGNORECASE,
)
"""Talk about the rules or the list in a problem's instructions, where the answer is one of several options."""
_PROGRAM = re.compile(
    r"\b(?:SELECT|WHERE|FROM \w+|GROUP BY|ORDER BY|HAVING|LIMIT|JOIN|COUNT|DISTINCT|MIN|MAX|AVG|SUM)\b|\bdef |"
    r"\breturn\b(?= [\w\[(])|\b\w+\([^()\s]*\)|\b\w+\([^()]*[=,\[][^()]*\)|\b\w+=[\"'\w]|[<>=!]=|\bis None\b|"
    r"\b\w+\.\w+\(|\[\w*:|\bre\.\w+|\bif \w+ < \w+",
)


def find_given_away(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield what of a reply gives the answer or the way there away; what the plan says gives nothing away."""
    lower, said = text.lower(), f"{scene.text} {scene.problem.goal}".lower()
    form = scene.problem.form
    patterns = {"a step of the solution": _STEPS}
    if isinstance(form, ChoiceForm):
        patterns["talk about the rules"] = _RULES
    elif isinstance(form, QueryForm | CodeForm | CallForm | CallsForm):
        patterns["a program"] = _PROGRAM
    for name, pattern in patterns.items():
        match = next((one for one in pattern.finditer(text) if one[0].strip().lower() not in said), None)
        if match is not None:
            yield Fault("given_away", f"{name}: {match[0].strip()[:40]!r}")
    for answer in answers_of(scene.problem):
        if answer in lower and answer not in said and re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", lower):
            yield Fault("given_away", f"an answer: {answer[:40]!r}")
    if isinstance(form, ChoiceForm) and (terms := rule_terms(text, scene)):
        yield Fault("given_away", f"words of the rules: {' '.join(terms[0])!r}")
    shared = runs_of(text) & target_runs(scene.problem)
    if shared - runs_of(said) - runs_of(scene.problem.instructions):
        yield Fault("given_away", "words of the answer")


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


def target_runs(problem: Problem) -> frozenset[tuple[str, ...]]:
    """Return every run of words of an answer that is a text or a program."""
    if isinstance(problem.form, TextForm | QueryForm | CodeForm):
        return runs_of(problem.target)
    return frozenset()


def is_target(value: object, problem: Problem) -> bool:
    """Say whether a number is the answer."""
    return isinstance(problem.form, NumberForm) and str(value) == problem.target


def rule_terms(text: str, scene: Scene) -> list[tuple[str, str]]:
    """Return the pairs of words that only the instructions hold, such as the names of what they define."""
    pairs = pairs_of(text) & pairs_of(scene.problem.instructions) - said_pairs(scene)
    return sorted(pair for pair in pairs if not {stem(word) for word in pair} <= scene.told | scene.context)


def said_pairs(scene: Scene) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that the plan, the goal, a known fact or the message holds."""
    known = " ".join(f"{fact.text}" for fact in scene.known_facts)
    asked = " ".join(scene.problem.fragment(fact.id).question for fact in scene.facts)
    return pairs_of(f"{scene.text} {asked} {scene.problem.goal} {known}") | pairs_of(scene.message[:MAX_MESSAGE])


@lru_cache(maxsize=1024)
def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """Return every two words of a text that stand side by side and are no function words."""
    words = words_in(text)
    return frozenset(pair for pair in pairwise(words) if FUNCTION_WORDS.isdisjoint(pair))


@lru_cache(maxsize=1024)
def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return every `RUN` words in a row of a text."""
    words = words_in(text)
    return frozenset(words[start : start + RUN] for start in range(len(words) - RUN + 1))
