"""What the documents promise: the example template is one, and every measure is described."""

import os
import re
import shlex
import subprocess
from pathlib import Path

from askfirst.benchmark.cli import build_parser
from askfirst.benchmark.cli_train import RECIPES
from askfirst.benchmark.measures import MEASURES
from askfirst.data.families.arithmetic import FAMILY

ROOT = Path(__file__).parents[1]


def test_the_example_template_of_the_contributing_page_makes_a_problem(tmp_path):
    example = (ROOT / "CONTRIBUTING.md").read_text().split("```toml\n")[1].split("```")[0]
    (tmp_path / "private.toml").write_text(example)
    (template,) = FAMILY.load(tmp_path / "private.toml")
    problem = FAMILY.make(template, 0, "test")
    assert set(problem.necessary) == {"melons", "price"}


def test_every_measure_is_described_with_its_formula():
    page = (ROOT / "docs" / "measures.md").read_text()
    described = set(re.findall(r"`([a-z0-9_]+)`", page))
    missing = [name for name in MEASURES if name not in described and not name.startswith("asking_success_")]
    assert not missing


def test_every_training_command_of_the_documents_is_one():
    text = "\n".join(path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
    lines = re.findall(r"^(?:.*\.cli |askfirst )(train (?:.*\\\n)*.*)$", text, re.MULTILINE)
    commands = [shlex.split(line.replace("\\\n", " ")) for line in lines]
    assert len(commands) >= 4
    for command in commands:
        if "..." not in command:
            build_parser().parse_args(command)


def test_the_experiments_script_trains_every_recipe_and_evaluates_each_checkpoint(tmp_path):
    called = tmp_path / "called"
    for name in ("askfirst", "inspect"):
        stub = tmp_path / name
        stub.write_text(f'#!/bin/sh\necho {name} "$@" >> {called}\n')
        stub.chmod(0o755)
    script = ROOT / "docs" / "training" / "experiment.sh"
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run([script, "some/model", str(tmp_path / "runs")], check=True, env=environment)
    lines = [shlex.split(line) for line in called.read_text().splitlines()]
    trained = [build_parser().parse_args(line[1:]) for line in lines if line[:2] == ["askfirst", "train"]]
    assert {each.recipe for each in trained} == set(RECIPES)
    evaluated = {option for line in lines for option in line if option.startswith("model_path=")}
    assert evaluated == {f"model_path={each.output}" for each in trained} | {"model_path=some/model"}
    assert sum(line[0] == "inspect" for line in lines) == 6 * (len(trained) + 2)
