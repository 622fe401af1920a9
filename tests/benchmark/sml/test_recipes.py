"""Each recipe on a model of under a million parameters, and what is left when one is stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest
import torch
from inspect_ai import eval as run_eval
from safetensors.torch import load_file

from askfirst.benchmark import cli_train
from askfirst.benchmark.cli import main
from askfirst.benchmark.sml.recipes import RECIPES
from askfirst.benchmark.sml.run_folder import COMPLETE, is_complete, newest_checkpoint, read_lines
from askfirst.benchmark.sml.run_record import read_record
from askfirst.benchmark.sml.settings import RecipeName
from tiny_model import tiny_model, write_tiny_model
from training import write_parrot

SMALL = ["--levels", "1", "-n", "48", "--steps", "2", "--problems", "2", "--group", "4", "--max-tokens", "24"]
SMALL += ["--max-turns", "3", "--batch", "2", "--rows", "2", "--save-steps", "1"]


@pytest.fixture(scope="module")
def parrot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that answers 12 to everything, which is right now and then."""
    return write_parrot(tmp_path_factory.mktemp("parrot"), "It is so.\nANSWER: 12")


def train(recipe: str, model: Path, folder: Path, *more: str) -> int:
    return main(["train", recipe, "--model", str(model), "-o", str(folder), *SMALL, *more])


def test_the_model_of_these_tests_has_under_a_million_parameters() -> None:
    assert sum(each.numel() for each in tiny_model().parameters()) < 1_000_000


@pytest.mark.parametrize("recipe", ["solve", "single_turn", "offline_sml", "sml", "q_priming", "q_priming_sml"])
def test_a_recipe_trains_and_its_folder_is_evaluated(recipe: str, parrot: Path, tmp_path: Path) -> None:
    folder = tmp_path / recipe
    adapters = [] if recipe in ("sml", "solve") else ["--full"]
    # few dialogues of a parrot end right, so they are seen several times
    more = {"single_turn": ["--group", "8"], "offline_sml": ["--passes", "4"], "q_priming": ["--passes", "4"]}
    assert train(recipe, parrot, folder, *adapters, *more.get(recipe, [])) == 0

    record = read_record(folder)
    assert record is not None
    assert record.finished
    assert record.trained_tokens > 0
    card = (folder / "README.md").read_text()
    assert record.data_hash in card
    assert str(tmp_path) not in card
    assert (folder / "curves.svg").stat().st_size > 1000
    rows = [row for path in folder.glob("train/*/progress.jsonl") for row in read_lines(path)]
    assert len(rows) >= 2
    assert all(row.get("leaks", 0) == 0 for row in rows)
    assert not list(folder.glob("train/*/checkpoint-*"))

    [log] = run_eval(
        "askfirst/arithmetic",
        model="hf/local",
        model_args={"model_path": str(folder), "do_sample": False, "device": "cpu"},
        task_args={"n": 1, "level": 1, "hide": 1, "max_turns": 3},
        max_connections=3,  # hf/ waits two seconds for a batch that does not fill
        max_tokens=24,
        log_dir=str(tmp_path / "logs"),
        display="none",
    )
    assert log.status == "success"
    assert log.results is not None
    assert log.results.completed_samples == 3


def test_a_finished_run_is_not_run_again(parrot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "run"
    assert train("solve", parrot, folder, "--full") == 0
    before = (folder / "model.safetensors").read_bytes()
    started = time.monotonic()
    assert train("solve", parrot, folder, "--full") == 0
    assert time.monotonic() - started < 60
    assert (folder / "model.safetensors").read_bytes() == before


def test_another_run_in_the_same_folder_is_refused(
    parrot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    assert train("solve", parrot, folder, "--full") == 0
    capsys.readouterr()
    assert train("solve", parrot, folder, "--full", "--seed", "5") == 1
    said = capsys.readouterr().err
    assert "holds a run of another settings (seed 0, now 5)" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("recipe", ["solve", "sml"])
def test_a_run_that_is_killed_goes_on_from_its_newest_whole_checkpoint(
    recipe: str, parrot: Path, tmp_path: Path
) -> None:
    """kill -9 in the middle: the same command again ends with the same weights as an undisturbed run."""
    steps = ["--steps", "6", "--batch", "8", "-n", "48"]
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert train(recipe, parrot, whole, "--full", *steps) == 0

    code = "import sys; from askfirst.benchmark.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "train", recipe, "--model", str(parrot), "-o", str(killed)]
    process = subprocess.Popen([*command, *SMALL, "--full", *steps], stderr=subprocess.DEVNULL)
    phase = killed / "train" / ("solving" if recipe == "solve" else "reinforcing")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if any(is_complete(path) for path in phase.glob("checkpoint-*")):
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (killed / "model.safetensors").exists(), "it was done before it could be killed"
    newest = newest_checkpoint(phase)
    assert newest is not None
    reached = int(newest.name.rpartition("-")[2])
    before = [row for row in read_lines(phase / "progress.jsonl") if row["step"] <= reached]
    # as if the kill had come while the newest checkpoint was written
    half = phase / "checkpoint-99"
    half.mkdir()
    (half / "trainer_state.json").write_text("{")

    assert train(recipe, parrot, killed, "--full", *steps) == 0
    assert not half.exists()
    one, other = load_file(whole / "model.safetensors"), load_file(killed / "model.safetensors")
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)
    # the lines up to the checkpoint are the old ones, down to the seconds that they took: nothing was done twice
    assert before == list(read_lines(phase / "progress.jsonl"))[:reached]
    lines = [list(read_lines(folder / phase.relative_to(killed) / "progress.jsonl")) for folder in (whole, killed)]
    assert [row["step"] for row in lines[1]] == [row["step"] for row in lines[0]] == [1, 2, 3, 4, 5, 6]
    assert [row["loss"] for row in lines[1]] == pytest.approx([row["loss"] for row in lines[0]], abs=1e-4)


def test_a_checkpoint_that_lost_a_byte_is_not_whole(tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint-3"
    checkpoint.mkdir()
    (checkpoint / "weights").write_bytes(b"1234")
    (checkpoint / COMPLETE).write_text(json.dumps({"weights": 4}))
    assert newest_checkpoint(tmp_path) == checkpoint
    (checkpoint / "weights").write_bytes(b"123")
    assert newest_checkpoint(tmp_path) is None
    assert not checkpoint.exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--model", "/nowhere/at/all"], "--model: no folder '/nowhere/at/all'"),
        (["--levels", "9"], "no template of split 'train' and level 9"),
        (["--families", "alchemy"], "family: 'alchemy'"),
        (["--discount", "3"], "reinforcing.discount: 3.0; expected"),
        (["--teacher", "nobody/knows"], "--teacher: 'nobody/knows'"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = write_tiny_model(tmp_path / "model")
    capsys.readouterr()
    values = ["train", "sml", "--model", str(model), "-o", str(tmp_path / "run"), "-n", "4", *arguments]
    assert main(values) == 1
    said = capsys.readouterr().err
    assert expected in said
    assert said.strip().count("\n") == 0


def test_a_model_that_cant_be_loaded_leaves_no_run_in_the_way_of_the_right_one(parrot: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert train("solve", tmp_path / "nowhere", folder, "--full") == 1
    assert not folder.exists()
    assert train("solve", parrot, folder, "--full") == 0


def test_the_command_line_knows_every_recipe() -> None:
    assert set(cli_train.RECIPES) == set(get_args(RecipeName)) == set(RECIPES)


def test_a_loss_that_is_no_number_stops_the_run_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tiny_model()
    with torch.no_grad():
        model.model.norm.weight.fill_(float("nan"))
    folder = write_tiny_model(tmp_path / "model")
    model.save_pretrained(folder)
    assert train("solve", folder, tmp_path / "run", "--full") == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "the loss is nan; expected a number" in said


def test_dialogues_none_of_which_ends_right_teach_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = write_parrot(tmp_path / "model", "I wonder.")
    assert train("offline_sml", model, tmp_path / "run", "--full") == 1
    assert "none of 48 dialogues ended right" in capsys.readouterr().err


def test_settings_of_the_environment_do_not_leak_into_other_tests() -> None:
    assert os.environ.get("WORLD_SIZE") is None
