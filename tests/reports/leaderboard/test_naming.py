import pytest

from askfirst.reports.leaderboard.naming import ModelName, name_model, tell_apart
from headers import header


@pytest.mark.parametrize(
    ("model", "arguments", "expected"),
    [
        ("openai/gpt-9", {}, ("openai/gpt-9", False, "openai/gpt-9", None)),
        ("askfirst/oracle", {}, ("oracle", True, "oracle", None)),
        ("hf/local", {"model_path": "/home/me/models/smol"}, ("smol", False, "smol", None)),
        ("hf//home/me/models/smol/", {}, ("smol", False, "smol", None)),
        ("hf/local", {"model_path": "runs/sml/checkpoint-200"}, ("sml/checkpoint-200", False, "sml", 200)),
        ("hf/local", {"model_path": "C:\\runs\\sml\\checkpoint-200"}, ("sml/checkpoint-200", False, "sml", 200)),
        ("hf/local", {"model_path": "/x/sml-step-30"}, ("sml-step-30", False, "sml", 30)),
        ("lab/model-checkpoint-7", {}, ("lab/model-checkpoint-7", False, "lab/model-checkpoint-7", None)),
    ],
)
def test_a_model_is_called_by_its_name_or_its_folders(model: str, arguments: dict[str, str], expected: object) -> None:
    assert name_model(header(model=model, model_args=arguments))[1:] == expected


def test_models_of_different_folders_with_one_name_are_told_apart() -> None:
    names = [ModelName(f"/{place}/final", "final", False, "final", None) for place in "aba"]
    assert tell_apart(names) == {"/a/final": "final", "/b/final": "final #2"}
