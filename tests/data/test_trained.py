"""The checkpoints that come with the project are small, documented, and made ready above their base."""

import json
from pathlib import Path

import pytest
from safetensors.torch import load_file

from askfirst.data.trained import CHAT, CONFIG, FOLDER, TRAINED, WEIGHTS, prepare_trained


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "smollm2-135m"
    folder.mkdir()
    for name in CHAT:
        (folder / name).write_text(name)
    return folder


def test_all_together_have_at_most_ten_megabytes_of_weights() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(TRAINED)
    assert sum((FOLDER / name / WEIGHTS).stat().st_size for name in TRAINED) <= 10_000_000


@pytest.mark.parametrize("name", TRAINED)
def test_each_is_ready_beside_its_base_with_its_card(name: str, base: Path) -> None:
    folder = prepare_trained(name, base)
    assert folder == base.parent / name
    assert json.loads((folder / CONFIG).read_text())["base_model_name_or_path"] == str(base)
    assert (folder / WEIGHTS).read_bytes() == (FOLDER / name / WEIGHTS).read_bytes()
    card = (folder / "README.md").read_text()
    assert "tokens trained on" in card
    assert "/" not in card.split("started from | ")[1].split("|")[0]
    weights = load_file(str(folder / WEIGHTS))
    assert len(weights) == 420  # seven layers of each of thirty blocks, two matrices each
    assert all(bool(each.isfinite().all()) for each in weights.values())
    assert any(float(each.abs().max()) > 0 for each_name, each in weights.items() if "lora_B" in each_name)


def test_one_that_is_whole_is_left_alone_and_one_that_is_not_is_written_again(base: Path) -> None:
    folder = prepare_trained(TRAINED[0], base)
    written = (folder / WEIGHTS).stat().st_mtime_ns
    assert prepare_trained(TRAINED[0], base) == folder
    assert (folder / WEIGHTS).stat().st_mtime_ns == written
    (folder / WEIGHTS).write_bytes(b"cut short")
    prepare_trained(TRAINED[0], base)
    assert (folder / WEIGHTS).read_bytes() == (FOLDER / TRAINED[0] / WEIGHTS).read_bytes()
    assert not list(base.parent.glob("*.partial"))


def test_no_two_are_the_same() -> None:
    assert len({(FOLDER / name / WEIGHTS).read_bytes() for name in TRAINED}) == len(TRAINED)
