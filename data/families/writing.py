"""The writing family: the answer is a text from a record of facts, whose requirements the fragments hold.

Right means that every constraint is met. Constraints are exclusive between the values of a fragment
(`constraints.py`), so no text is right under two combinations of values.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from askfirst.benchmark.checking import Verdict
from askfirst.benchmark.problem import Certificate, Problem, Split, TextForm, Value
from askfirst.data.families.certify import certify
from askfirst.data.families.completions import distinct_completions
from askfirst.data.families.constraints import find_fault, frame_of
from askfirst.data.families.family import Family
from askfirst.data.families.fragments import draw_fragments
from askfirst.data.families.page import Page, fold, read_page
from askfirst.data.families.phrases import find_phrase
from askfirst.data.families.template import (
    FragmentTemplate,
    Template,
    draw_goal,
    draw_slots,
    draw_values,
    load_templates,
)
from askfirst.data.families.writer import Plan, write
from askfirst.data.families.writing_template import WritingTemplate

NAME = "writing"
VERSION = 2
TEMPLATES = Path(__file__).parent / "templates" / NAME

Domains = Mapping[str, tuple[Value, ...]]
"""The values that each necessary fragment can have, by its id."""


def load(path: Path | None = None) -> tuple[WritingTemplate, ...]:
    """Load the public templates (None), or a private file or folder of the same form.

    Raises:
        DataError: If the path is missing or a file is not of the form.
    """
    return load_templates(path or TEMPLATES, WritingTemplate)


def make(template: Template, seed: int, split: Split, fixed: Mapping[str, Value] | None = None) -> Problem:
    """Draw, write and certify the problem of a template and a seed.

    Args:
        template: A template that `load` returned.
        seed: Any integer; with the template it decides everything.
        split: The template's split.
        fixed: Values given instead of drawn, by fragment id.

    Raises:
        DataError: If the template's clauses can't meet the constraints.
        ValueError: If the template is another family's, or a fixed value is outside its domain.
    """
    if not isinstance(template, WritingTemplate):
        raise ValueError(f"template {template.id!r}: {type(template).__name__}; expected a WritingTemplate")
    name = f"{NAME}/{template.id}/{seed}"
    words = draw_slots(template, seed)
    values = draw_values(template, seed, fixed)
    plan = template.to_plan(words)
    domains: Domains = {fragment.id: fragment.values for fragment in template.fragments if fragment.necessary}
    needed = {name: values[name] for name in domains}

    @cache
    def write_under(*chosen: Value) -> str:
        return write(plan, dict(zip(domains, chosen, strict=True)))

    def answer(values: Mapping[str, Value]) -> str:
        return write_under(*(values[name] for name in domains))

    def is_right(answer: str, values: Mapping[str, Value]) -> bool:
        return not list_faults(plan, domains, values, read_text(plan, values, answer))

    def certificate(fragment: FragmentTemplate) -> Certificate:
        return certify(fragment, needed, answer, name, is_right)

    return Problem(
        id=name,
        family=NAME,
        template=template.id,
        theme=template.theme,
        level=template.level,
        split=split,
        instructions=template.render_instructions(words),
        goal=draw_goal(template, seed, words),
        fragments=draw_fragments(template, seed, words, values, needed, certificate),
        form=template.to_form(),
        target=answer(needed),
        solution=plan.model_dump_json(),
    )


def solve(problem: Problem, values: Mapping[str, Value]) -> str:
    """Return the text that the writer composes for the values of the necessary fragments.

    Raises:
        KeyError: If a necessary fragment has no value.
        ValueError: If the problem's answer is not a text.
    """
    return write(read_plan(problem), values)


def read_plan(problem: Problem) -> Plan:
    """Read the plan that a problem stores.

    Raises:
        ValueError: If the problem's answer is not a text.
    """
    if not isinstance(problem.form, TextForm):
        raise ValueError(f"{problem.id}: the answer is a {problem.form.kind}; expected a text")
    return _parse_plan(problem.solution)


@lru_cache(maxsize=256)
def _parse_plan(solution: str) -> Plan:
    return Plan.model_validate_json(solution)


async def check(problem: Problem, answer: str) -> Verdict:
    """Judge a text: right when it meets every constraint; the share met stands beside, and what is unmet is noted."""
    needed = {fragment.id: fragment.value for fragment in problem.fragments if fragment.necessary}
    return judge(problem, needed, answer)


def judge(problem: Problem, values: Mapping[str, Value], answer: str) -> Verdict:
    """Judge a text under any values of the necessary fragments.

    Raises:
        ValueError: If the problem's answer is not a text.
    """
    plan = read_plan(problem)
    page = read_text(plan, values, answer)
    if not page.words:
        return Verdict(right=False, share=0.0, note="no text")
    domains: Domains = {fragment.id: fragment.domain for fragment in problem.fragments if fragment.necessary}
    faults = list_faults(plan, domains, values, page)
    if copied := find_copied(problem, page):
        faults["own_words"] = f"repeats {copied!r}"
    count = len(plan.constraints) + len(plan.names) + 2
    note = "; ".join(f"{name}: {fault}" for name, fault in faults.items())
    return Verdict(right=not faults, share=1 - len(faults) / count, note=note)


def read_text(plan: Plan, values: Mapping[str, Value], answer: str) -> Page:
    """Read a text as its constraints see it under these values."""
    frame = [phrase for name, constraint in plan.constraints.items() for phrase in frame_of(constraint, values[name])]
    return read_page(answer, tuple(frame))


def list_faults(plan: Plan, domains: Domains, values: Mapping[str, Value], page: Page) -> dict[str, str]:
    """Return what a text does not meet, by fragment id or, for what every text must meet, by name; empty if nothing."""
    faults = {
        name: fault
        for name, constraint in plan.constraints.items()
        if (fault := find_fault(constraint, values[name], domains[name], page))
    }
    for place, name in enumerate(plan.names, start=1):
        if not find_phrase(name, page.folded):
            faults[f"names_{place}"] = f"lacks {name!r}"
    if page.words > plan.limit:
        faults["limit"] = f"{page.words} words, more than {plan.limit}"
    return faults


def find_copied(problem: Problem, page: Page) -> str:
    """Return the request's sentence that a text repeats instead of following it; empty if it repeats none.

    A requirement that speaks of the text ("The notice should ...") has no place in the text itself.
    """
    noun = problem.form.noun if isinstance(problem.form, TextForm) else ""
    requests = [
        problem.goal,
        *(each.text for each in problem.fragments if each.necessary and noun in each.text.lower()),
    ]
    return next((text for text in requests if fold(text) in page.folded), "")


FAMILY = Family(
    name=NAME, version=VERSION, load=load, make=make, solve=solve, information=distinct_completions, check=check
)
