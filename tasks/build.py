"""Builds the Inspect task of some families: the composition that every task file of the procedural families shares."""

import hashlib
import logging
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from inspect_ai import Epochs, Task
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Metric
from inspect_ai.util import SandboxEnvironmentSpec
from rich.markup import escape

from askfirst.benchmark.checking import Check
from askfirst.benchmark.dialogue import dialogue
from askfirst.benchmark.embedding_matcher import embedding_instruments
from askfirst.benchmark.errors import AskfirstError, DataError
from askfirst.benchmark.information import Information
from askfirst.benchmark.instruments import RULES, Instruments
from askfirst.benchmark.misstatement import choose_misstated
from askfirst.benchmark.problem import CANARY, CodeForm, Problem
from askfirst.benchmark.reader import READER_IDENTITY
from askfirst.benchmark.sample_metadata import to_metadata
from askfirst.benchmark.sandboxes import find_sandbox, to_inspect
from askfirst.benchmark.scenario import Scenario, Settings, render_opening
from askfirst.data.adapters.adapter import Adapter, Drawn, draw_adapted
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import family_check, family_information, find_family
from askfirst.scorers.epochs import mean_over_epochs
from askfirst.scorers.grader import grader_bound, metrics_of_grades, question_grades
from askfirst.scorers.measures import measures, metrics_by_family
from askfirst.tasks.arguments import (
    AdapterArguments,
    SettingArguments,
    TaskArguments,
    parse_adapter_arguments,
    parse_arguments,
    parse_matcher,
)
from askfirst.tasks.shards import Shard, parse_shard, take_shard

logger = logging.getLogger(__name__)

TASK_VERSION = 6
"""Goes up whenever a score could change."""


def build_task(families: Sequence[str], arguments: TaskArguments) -> Task:
    """Build the task that evaluates some families.

    Raises:
        PrerequisiteError: If an argument is not what it must be: Inspect prints its one line and exits non-zero.
    """
    with one_line_errors():
        instruments, several = choose_instruments(arguments), len(families) > 1
        scenarios, shard = _draw(families, arguments), parse_shard(arguments.get("shard"))
        name = "+".join(families)
        return assemble_task(name, scenarios, family_information, family_check, several, instruments, shard)


def build_adapter_task(adapter: Adapter, arguments: AdapterArguments) -> Task:
    """Build the task that evaluates a public data set.

    Raises:
        PrerequisiteError: If an argument is not what it must be, or the data can't be loaded.
    """
    with one_line_errors():
        row_set, settings = parse_adapter_arguments(arguments, adapter.settings)
        instruments = choose_instruments(arguments)
        drawn = draw_adapted(
            adapter, adapter.load(row_set.path), settings, row_set.n, row_set.seed, turns=row_set.max_turns
        )
        check_misstatements(adapter.name, drawn.scenarios)
        for line in describe_drawn(adapter.name, drawn, settings):
            logger.warning(line)
        task = assemble_task(
            adapter.name,
            drawn.scenarios,
            adapter.information,
            adapter.check,
            instruments=instruments,
            shard=parse_shard(arguments.get("shard")),
        )
    task.metadata = {**(task.metadata or {}), "source": summarise(drawn)}
    return task


@contextmanager
def one_line_errors() -> Generator[None]:
    """Turn our errors into Inspect's: one line, and a non-zero exit."""
    try:
        yield
    except AskfirstError as error:
        # rich would take a list of allowed values for markup
        raise PrerequisiteError(escape(str(error))) from error


def check_misstatements(name: str, scenarios: Sequence[Scenario]) -> None:
    """Refuse a source of which the persona `corrects` could tell nothing wrong: it would be the cooperative one.

    Raises:
        DataError: If no problem has a hidden fact with a wrong value to tell.
    """
    under = [scenario for scenario in scenarios if scenario.arm == "under" and scenario.persona == "corrects"]
    if under and not any(choose_misstated(scenario) for scenario in under):
        raise DataError(
            f"persona: 'corrects' with {name}, whose facts have no other value to tell; expected another persona; "
            "choose one"
        )


def describe_drawn(name: str, drawn: Drawn, settings: Settings) -> list[str]:
    """Say what of a source is not in the evaluation, for people: rows left out, and arms that it can't give."""
    lines: list[str] = []
    if drawn.left_out:
        reasons = ", ".join(f"{count} {reason}" for reason, count in drawn.left_out_by_reason.items())
        lines.append(f"{name}: {len(drawn.left_out)} of {drawn.read} rows left out: {reasons}")
    for arm in settings.arms:
        if (count := drawn.count_by_arm.get(arm, 0)) < drawn.problems:
            lines.append(f"{name}: {count} of {drawn.problems} problems have the arm {arm!r}")
    return lines


def summarise(drawn: Drawn) -> dict[str, Any]:
    """Return what a log keeps of a source: rows read, left out by reason, problems by arm and by certificate."""
    problems = {scenario.problem.id: scenario.problem for scenario in drawn.scenarios}
    return {
        "rows_read": drawn.read,
        "rows_left_out": dict(drawn.left_out_by_reason),
        "problems": drawn.problems,
        "problems_by_arm": dict(drawn.count_by_arm),
        "certificates": dict(Counter(problem.certificate_kind for problem in problems.values())),
        "licences": sorted({problem.licence for problem in problems.values()}),
    }


def assemble_task(
    name: str,
    scenarios: Sequence[Scenario],
    information: Information,
    check: Check,
    by_family: bool = False,
    instruments: Instruments = RULES,
    shard: Shard | None = None,
) -> Task:
    """Build the Inspect task of some scenarios; their questions are graded too where the role `grader` is bound.

    Args:
        name: The data set's name.
        scenarios: All of the evaluation's, of which a shard takes its part.
        information: Lists the completions of what is unknown.
        check: Judges answers.
        by_family: Whether metrics are also given by family.
        instruments: Those where no model role stands in for them.
        shard: Which part is evaluated; None for all.

    Raises:
        SandboxError: If a scenario's answers are programs and there is no sandbox to run them in.
        DataError: If there are fewer problems than shards.
    """
    evaluated = take_shard(scenarios, shard)
    runs_code = any(needs_sandbox(scenario.problem) for scenario in evaluated)
    sandbox = to_inspect(find_sandbox()) if runs_code else None
    graded = grader_bound()
    return Task(
        dataset=MemoryDataset([to_sample(scenario, sandbox) for scenario in evaluated], name=name),
        solver=dialogue(information, check, instruments),
        scorer=[measures(), question_grades()] if graded else measures(),
        metrics=_metrics_by_family(graded) if by_family else None,
        epochs=Epochs(1, mean_over_epochs()),
        version=TASK_VERSION,
        metadata={
            # of the whole evaluation, so that shards can be told to belong together
            "data_hash": hash_scenarios(scenarios),
            "reader": READER_IDENTITY,
            "matcher": instruments.matcher,
            "user": instruments.user,
            "canary": CANARY,
        },
    )


def _metrics_by_family(graded: bool) -> dict[str, list[Metric]]:
    # one mapping for all scorers: of it, Inspect gives each those that its values have the names of
    return metrics_by_family() | (metrics_of_grades(by_family=True) if graded else {})


def choose_instruments(arguments: SettingArguments) -> Instruments:
    """Return the instruments that the arguments ask for.

    Raises:
        DataError: If there is no such matcher, or its extra is not installed.
    """
    return embedding_instruments() if parse_matcher(arguments) == "embedding" else RULES


def needs_sandbox(problem: Problem) -> bool:
    """Say whether judging an answer means to run a program that the subject wrote."""
    return isinstance(problem.form, CodeForm)


def _draw(families: Sequence[str], arguments: TaskArguments) -> list[Scenario]:
    problem_set, settings = parse_arguments(arguments)
    if not families or len(set(families)) != len(families):
        raise DataError(f"families: {list(families)!r}; expected at least one, each once; correct it")
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


def to_sample(scenario: Scenario, sandbox: SandboxEnvironmentSpec | None = None) -> Sample:
    """Return the Inspect sample of a scenario; only one whose answers are programs gets the sandbox."""
    return Sample(
        id=scenario.id,
        input=render_opening(scenario),
        target=scenario.problem.target,
        metadata=to_metadata(scenario),
        sandbox=sandbox if needs_sandbox(scenario.problem) else None,
    )


def hash_scenarios(scenarios: Sequence[Scenario]) -> str:
    """Return the SHA-256 of the scenarios: equal for equal samples, whatever the order of their making."""
    digest = hashlib.sha256()
    for line in sorted(scenario.model_dump_json() for scenario in scenarios):
        digest.update(line.encode())
    return digest.hexdigest()
