"""The arithmetic family: everyday sums, whose answer is an expression over the necessary fragments."""

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import field_validator, model_validator

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.information import Completions
from askfirst.benchmark.problem import Certificate, NumberForm, Problem, Split, Value
from askfirst.data.families.certify import certify
from askfirst.data.families.completions import list_completions
from askfirst.data.families.expression import parse_expression, spell_decimal
from askfirst.data.families.family import Family
from askfirst.data.families.fragments import draw_fragments
from askfirst.data.families.template import (
    FragmentTemplate,
    Template,
    draw_goal,
    draw_slots,
    draw_values,
    load_templates,
)

NAME = "arithmetic"
VERSION = 1
TEMPLATES = Path(__file__).parent / "templates" / NAME


class ArithmeticTemplate(Template):
    """A template whose answer is a number."""

    answer: str
    """The solver: an expression over the ids of the necessary fragments, each at least once, and nothing else."""
    unit: str
    """What the answer counts, in the plural: "dollars", "minutes"; empty for a bare number."""

    @field_validator("answer")
    @classmethod
    def _parse(cls, answer: str) -> str:
        parse_expression(answer)
        return answer

    @model_validator(mode="after")
    def _check_answer(self) -> "ArithmeticTemplate":
        necessary = frozenset(fragment.id for fragment in self.fragments if fragment.necessary)
        names = parse_expression(self.answer).names
        if names != necessary:
            raise ValueError(
                f"answer {self.answer!r} names {sorted(names)!r}; "
                f"expected exactly the necessary fragments {sorted(necessary)!r}"
            )
        for fragment in self.fragments:
            wrong = [value for value in fragment.values if not _is_number(value)]
            if fragment.necessary and wrong:
                raise ValueError(f"fragment {fragment.id!r}: values {wrong!r}; expected finite numbers")
        return self


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def load(path: Path | None = None) -> tuple[ArithmeticTemplate, ...]:
    """Load the public templates (None; read once a process), or a private file or folder of the same form.

    Raises:
        DataError: If the path is missing or a file is not of the form.
    """
    return _load_public() if path is None else load_templates(path, ArithmeticTemplate)


@lru_cache(maxsize=1)
def _load_public() -> tuple[ArithmeticTemplate, ...]:
    return load_templates(TEMPLATES, ArithmeticTemplate)


def make(template: Template, seed: int, split: Split, fixed: Mapping[str, Value] | None = None) -> Problem:
    """Draw, solve and certify the problem of a template and a seed.

    Args:
        template: A template that `load` returned.
        seed: Any integer; with the template it decides everything.
        split: The template's split, written into the problem.
        fixed: Values given instead of drawn, by fragment id.

    Raises:
        DataError: If the answer has no end as a decimal, or some necessary fragment can't change it.
        ValueError: If the template is another family's, or a fixed value is outside its domain.
    """
    if not isinstance(template, ArithmeticTemplate):
        raise ValueError(f"template {template.id!r}: {type(template).__name__}; expected an ArithmeticTemplate")
    name = f"{NAME}/{template.id}/{seed}"
    words = draw_slots(template, seed)
    values = draw_values(template, seed, fixed)
    needed = {fragment.id: values[fragment.id] for fragment in template.fragments if fragment.necessary}

    def answer(values: Mapping[str, Value]) -> str:
        return _answer(name, template.answer, values)

    def certificate(fragment: FragmentTemplate) -> Certificate:
        return certify(fragment, needed, answer, name)

    return Problem(
        id=name,
        family=NAME,
        template=template.id,
        theme=template.theme,
        level=template.level,
        split=split,
        goal=draw_goal(template, seed, words),
        fragments=draw_fragments(template, seed, words, values, needed, certificate),
        form=NumberForm(unit=template.unit),
        target=answer(needed),
        solution=template.answer,
    )


def solve(problem: Problem, values: Mapping[str, Value]) -> str:
    """Return the answer under values of the necessary fragments, as a whole number or the shortest decimal.

    Raises:
        DataError: If the answer has no end as a decimal, or divides by zero.
        KeyError: If a necessary fragment has no value.
    """
    return _answer(problem.id, problem.solution, values)


def _answer(name: str, expression: str, values: Mapping[str, Value]) -> str:
    try:
        return spell_decimal(parse_expression(expression).evaluate(values))
    except (ValueError, ZeroDivisionError) as error:
        raise DataError(
            f"{name}: the answer {expression!r} under {dict(values)!r} fails ({error}); "
            "expected a decimal with an end; change the template's values"
        ) from error


def information(problem: Problem, known: frozenset[str]) -> Completions:
    """List, or draw from, the completions of the unknown necessary fragments with their answers."""
    return list_completions(problem, known, parse_expression(problem.solution).evaluate_arrays)


FAMILY = Family(name=NAME, version=VERSION, load=load, make=make, solve=solve, information=information)
