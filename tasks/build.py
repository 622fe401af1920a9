"""Builds the Inspect task of some families: the composition that every task file of the procedural families shares."""

import hashlib
from collections.abc import Sequence

from inspect_ai import Task
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.dataset import MemoryDataset, Sample
from rich.markup import escape

from askfirst.benchmark.dialogue import dialogue
from askfirst.benchmark.errors import AskfirstError, DataError
from askfirst.benchmark.matcher import MATCHER_IDENTITY
from askfirst.benchmark.problem import CANARY
from askfirst.benchmark.reader import READER_IDENTITY
from askfirst.benchmark.scenario import Scenario, render_opening, to_metadata
from askfirst.benchmark.user import USER_IDENTITY
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import family_information, find_family
from askfirst.scorers.measures import measures, metrics_by_family
from askfirst.tasks.arguments import TaskArguments, parse_arguments

TASK_VERSION = 1
"""Goes up whenever a score could change."""


def build_task(families: Sequence[str], arguments: TaskArguments) -> Task:
    """Build the task that evaluates some families.

    Raises:
        PrerequisiteError: If an argument is not what it must be: Inspect prints its one line and exits non-zero.
    """
    try:
        scenarios = _draw(families, arguments)
    except AskfirstError as error:
        # rich would take a list of allowed values for markup
        raise PrerequisiteError(escape(str(error))) from error
    return Task(
        dataset=MemoryDataset([to_sample(scenario) for scenario in scenarios], name="+".join(families)),
        solver=dialogue(family_information),
        scorer=measures(),
        metrics=metrics_by_family() if len(families) > 1 else None,
        version=TASK_VERSION,
        metadata={
            "data_hash": hash_scenarios(scenarios),
            "reader": READER_IDENTITY,
            "matcher": MATCHER_IDENTITY,
            "user": USER_IDENTITY,
            "canary": CANARY,
        },
    )


def _draw(families: Sequence[str], arguments: TaskArguments) -> list[Scenario]:
    problem_set, settings = parse_arguments(arguments)
    if problem_set.templates is not None and len(families) > 1:
        raise DataError("templates: given for several families; expected one; evaluate that family's task")
    return draw_scenarios(
        [find_family(name) for name in families],
        problem_set.n,
        settings,
        seed=problem_set.seed,
        split=problem_set.split,
        level=problem_set.level,
        templates=problem_set.templates,
    )


def to_sample(scenario: Scenario) -> Sample:
    """Return the Inspect sample of a scenario."""
    return Sample(
        id=scenario.id,
        input=render_opening(scenario),
        target=scenario.problem.target,
        metadata=to_metadata(scenario),
    )


def hash_scenarios(scenarios: Sequence[Scenario]) -> str:
    """Return the SHA-256 of the scenarios: equal for equal samples, whatever the order of their making."""
    digest = hashlib.sha256()
    for line in sorted(scenario.model_dump_json() for scenario in scenarios):
        digest.update(line.encode())
    return digest.hexdigest()
