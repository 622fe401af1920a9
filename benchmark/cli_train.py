"""The command `askfirst train`: comparison checkpoints. A part of the composition root."""

import argparse
import asyncio
import importlib.util
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askfirst.benchmark.errors import DataError, TrainingError

if TYPE_CHECKING:
    from askfirst.benchmark.sml.lesson import Lesson
    from askfirst.benchmark.sml.settings import Settings
    from askfirst.benchmark.sml.turns import Judge, Teacher

RECIPES = ("solve", "single_turn", "offline_sml", "sml", "q_priming", "q_priming_sml")
REINFORCED = ("single_turn", "sml", "q_priming_sml")
"""Recipes whose last phase reinforces; that of the others fine-tunes."""
NEEDED = ("torch", "transformers", "trl", "peft", "psutil")


def add_train(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare `train`.

    Args:
        commands: The parser's commands.
        common: What every command takes.
    """
    command = commands.add_parser("train", parents=[common], help="train a comparison checkpoint (askfirst[train])")
    command.add_argument("recipe", choices=RECIPES, metavar="RECIPE", help=", ".join(RECIPES))
    command.add_argument("--model", required=True, metavar="PATH", help="what to start from: a folder or a hub id")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the run's folder")
    command.add_argument("--families", nargs="+", metavar="NAME", help="families of problems (default: arithmetic)")
    command.add_argument("--levels", nargs="+", type=int, metavar="N", help="levels of difficulty (default: 1 2)")
    command.add_argument("-n", type=int, metavar="N", help="training problems (default: 1000)")
    command.add_argument("--seed", type=int, metavar="N", help="decides everything that is drawn (default: 0)")
    command.add_argument("--teacher", metavar="WHO", help="rules (default), retry, or a model as Inspect names it")
    command.add_argument("--lora-rank", type=int, metavar="N", help="rank of the adapters (default: 8)")
    command.add_argument("--full", action="store_true", help="train all weights instead of adapters")
    command.add_argument("--save-steps", type=int, metavar="N", help="steps between checkpoints (default: 10)")
    command.add_argument("--max-rows", type=int, metavar="N", help="dialogues sampled at once (default: 64)")
    command.add_argument("--vllm", action="store_true", help="sample with vLLM, in the same process")
    tuning = command.add_argument_group("fine-tuning")
    tuning.add_argument("--learning-rate", type=float, metavar="X", help="of the last phase (default: by recipe)")
    tuning.add_argument("--passes", type=float, metavar="X", help="how often each transcript is seen (default: 1)")
    tuning.add_argument("--batch", type=int, metavar="N", help="transcripts a step (default: 16)")
    tuning.add_argument("--rows", type=int, metavar="N", help="rows whose gradients are computed at once (default: 8)")
    talking = command.add_argument_group("dialogues")
    talking.add_argument("--max-turns", type=int, metavar="N", help="turns of the student (default: 4)")
    talking.add_argument("--max-tokens", type=int, metavar="N", help="tokens of a turn (default: 96)")
    talking.add_argument("--temperature", type=float, metavar="X", help="of sampling (default: 1)")
    rewards = command.add_argument_group("reinforcement")
    rewards.add_argument("--steps", type=int, metavar="N", help="steps (default: 36)")
    rewards.add_argument("--problems", type=int, metavar="N", help="problems a step (default: 4)")
    rewards.add_argument("--group", type=int, metavar="N", help="dialogues a problem (default: 8; single_turn: 32)")
    rewards.add_argument("--discount", type=float, metavar="X", help="factor a turn (default: 0.7)")
    rewards.add_argument("--free-turns", type=int, metavar="N", help="turns without discount (default: 1)")
    priming = command.add_argument_group("priming")
    priming.add_argument("--base", type=float, metavar="X", help="of the probability of a question (default: 0.75)")
    priming.add_argument("--prime-free", type=int, metavar="N", help="turns replaced for sure (default: 0)")
    priming.add_argument("--writer", choices=("rules", "student"), help="who writes the questions (default: rules)")
    command.add_argument("--json", action="store_true", help="print the run's record as JSON")
    command.set_defaults(run=train)


def train(arguments: argparse.Namespace) -> None:
    """Train, or go on with a run that was stopped, and write the checkpoint with its card and curves."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise TrainingError(
            f"train: {', '.join(missing)} not installed; expected the extra; pip install askfirst[train]"
        )
    # a folder that is all here needs no hub, and warnings of libraries are not the user's
    os.environ |= {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    warnings.filterwarnings("ignore", category=FutureWarning, module=r"transformers\..*")
    settings = to_settings(arguments)
    lessons = draw_lessons(settings)
    from rich.console import Console
    from transformers.utils import logging

    from askfirst.benchmark.sml.card import write_card
    from askfirst.benchmark.sml.curves import write_curves
    from askfirst.benchmark.sml.recipes import RECIPES as FUNCTIONS
    from askfirst.benchmark.sml.run import Run
    from askfirst.benchmark.train_progress import show_progress

    logging.disable_progress_bar()
    with show_progress(Console(stderr=True)) as show:
        run = Run(
            str(Path(arguments.model).absolute()) if Path(arguments.model).is_dir() else arguments.model,
            arguments.output,
            settings,
            lessons,
            find_teacher(settings.teacher),
            make_judge(),
            show,
        )
        if not run.record.finished:
            FUNCTIONS[settings.recipe](run)
            run.finish()
    if os.environ.get("RANK", "0") != "0":
        return
    write_card(arguments.output, run.record)
    write_curves(arguments.output)
    if arguments.json:
        sys.stdout.write(run.record.model_dump_json() + "\n")
        return
    sys.stdout.write(
        f"{arguments.output}: {settings.recipe} checkpoint, card in README.md, curves in curves.svg\n"
        f"evaluate it: inspect eval askfirst/arithmetic --model batched/local -M model_path={arguments.output}\n"
    )


def to_settings(arguments: argparse.Namespace) -> "Settings":
    """Return the recipe's settings with what the command line changes.

    Raises:
        TrainingError: If a value is out of its range.
    """
    from pydantic import ValidationError

    from askfirst.benchmark.sml.settings import Settings, with_defaults

    values = with_defaults(arguments.recipe).model_dump()
    rate = arguments.learning_rate

    def change(part: dict[str, Any], **changes: Any) -> None:
        part |= {name: value for name, value in changes.items() if value is not None}

    change(
        values,
        families=arguments.families,
        levels=arguments.levels,
        n=arguments.n,
        seed=arguments.seed,
        teacher=arguments.teacher,
        lora_rank=arguments.lora_rank,
        save_steps=arguments.save_steps,
        max_rows=arguments.max_rows,
        vllm=arguments.vllm or None,
    )
    if arguments.full:
        values["lora_rank"] = None
        change(values["tuning"], learning_rate=FULL_TUNING)
        change(values["reinforcing"], learning_rate=FULL_REINFORCING)
    last = "reinforcing" if arguments.recipe in REINFORCED else "tuning"
    change(values[last], learning_rate=rate)
    change(values["tuning"], passes=arguments.passes, batch=arguments.batch, rows=arguments.rows)
    change(
        values["talking"],
        max_turns=arguments.max_turns,
        max_tokens=arguments.max_tokens,
        temperature=arguments.temperature,
    )
    change(
        values["reinforcing"],
        steps=arguments.steps,
        problems=arguments.problems,
        group=arguments.group,
        rows=arguments.rows,
        discount=arguments.discount,
        free_turns=arguments.free_turns,
    )
    change(values["priming"], base=arguments.base, free_turns=arguments.prime_free, writer=arguments.writer)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise TrainingError(
            f"train: {where}: {first['input']!r}; expected: {first['msg']}; change the option"
        ) from error


FULL_TUNING, FULL_REINFORCING = 2e-5, 1e-6
"""Learning rates where all weights are trained."""


def draw_lessons(settings: "Settings") -> "list[Lesson]":
    """Draw the training problems: fully specified, of train templates, equally many from each level.

    Raises:
        DataError: If a family or level does not exist.
    """
    from askfirst.benchmark.scenario import Settings as Scenarios
    from askfirst.data.lessons import to_lesson
    from askfirst.data.problems import draw_scenarios
    from askfirst.data.registry import find_family

    families = [find_family(name) for name in settings.families]
    lessons: list[Lesson] = []
    for number, level in enumerate(settings.levels):
        count = (settings.n + number) // len(settings.levels)
        if not count:
            raise DataError(f"n: {settings.n}; expected at least one problem a level; raise -n")
        scenarios = draw_scenarios(
            families, count, Scenarios(arms=("full",)), seed=settings.seed, split="train", level=level
        )
        lessons.extend(to_lesson(scenario) for scenario in scenarios)
    return lessons


def make_judge() -> "Judge":
    """Return what tells right answers, by the family's own check."""
    from askfirst.data.registry import family_check

    def judge(lesson: "Lesson", answer: str) -> bool:
        return asyncio.run(family_check(lesson.problem, answer)).right

    return judge


def find_teacher(name: str) -> "Teacher":
    """Return a teacher by its name: `rules`, `retry`, or a model.

    Raises:
        TrainingError: If there is no such model.
    """
    from askfirst.benchmark.sml.teacher import retry_teacher, rule_teacher

    if name in ("rules", "retry"):
        return rule_teacher if name == "rules" else retry_teacher
    from inspect_ai.model import get_model

    from askfirst.benchmark.sml.model_teacher import model_teacher

    try:
        return model_teacher(get_model(name))
    except (ValueError, ImportError) as error:
        raise TrainingError(
            f"--teacher: {name!r} ({str(error).strip().splitlines()[0]}); expected rules, retry or a model as Inspect "
            "names it; correct the name"
        ) from error
