"""The pipeline examples, run as a runner would: their steps as scripts, with a runner's variables."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gate_logs import make_problem, write_log

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    for name, part in (("good", 1.0), ("bad", 0.0)):
        (folder / name).mkdir()
        problems = [
            sample for each in range(72) for sample in make_problem(f"arithmetic/t{each % 12:02}/{each // 12}", part)
        ]
        write_log(folder / name / "log.eval", problems, eval_id=name)
    return folder


def run_step(folder: Path, inputs: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the action's step that checks; the step that installs made its environment's folder."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "check"]
    # a runner replaces expressions in `env` alone: nothing of an input may reach the script itself
    assert "${{" not in step["run"]
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs.get(match[1], ""), value)
        for name, value in step["env"].items()
    }
    binaries = folder / "runner" / "askfirst" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "askfirst").symlink_to(Path(sys.executable).with_name("askfirst"))
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={
            **os.environ,
            **environment,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(folder / "runner"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_OUTPUT": str(folder / "outputs"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(("candidate", "status", "verdict"), [("good", 0, "PASS"), ("bad", 1, "FAIL")])
def test_the_action_gives_a_verdict_a_summary_and_annotations(
    logs: Path, tmp_path: Path, candidate: str, status: int, verdict: str
) -> None:
    inputs = {
        "candidate": f"{logs / candidate}\n\n",
        "baseline": str(logs / "good"),
        "policy": "gate.toml",
        "output": "report folder",
    }
    done = run_step(tmp_path, inputs)
    assert done.returncode == status, done.stderr
    assert f"verdict={verdict}" in (tmp_path / "outputs").read_text()
    assert verdict in (tmp_path / "summary.md").read_text()
    assert ("::error" in done.stdout) == (verdict == "FAIL")
    assert (tmp_path / "report folder" / "gate.xml").is_file()


def test_text_in_an_input_is_never_run(logs: Path, tmp_path: Path) -> None:
    done = run_step(tmp_path, {"candidate": "$(touch owned); `touch owned`", "baseline": str(logs), "output": "out"})
    assert done.returncode == 2
    assert not (tmp_path / "owned").exists()


def test_the_actions_inputs_and_steps_are_those_that_the_page_names() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    page = (ROOT / "docs" / "gate.md").read_text()
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "uses:" in block]
    (step,) = [each for each in yaml.safe_load(example)["jobs"]["gate"]["steps"] if "askfirst@" in each.get("uses", "")]
    assert set(step["with"]) <= set(action["inputs"])
    needed = {name for name, each in action["inputs"].items() if each.get("required")}
    assert needed <= set(step["with"])


def test_the_gitlab_examples_check_writes_the_report_that_it_collects(logs: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "gate.md").read_text()
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "artifacts:" in block]
    job = yaml.safe_load(example)["gate"]
    (command,) = [line for line in job["script"] if line.startswith("askfirst gate check")]
    for name, target in (("logs", logs / "good"), ("baseline.json", logs / "good")):
        (tmp_path / name).symlink_to(target)
    done = subprocess.run(
        ["bash", "-c", f"{Path(sys.executable).parent}/{command}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / job["artifacts"]["reports"]["junit"]).is_file()
