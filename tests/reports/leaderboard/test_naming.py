from typing import Any

import pytest
from inspect_ai.model import GenerateConfig

from askfirst.reports.leaderboard.model_settings import settings_of
from askfirst.reports.leaderboard.naming import ModelName, name_model, series_of, tell_apart
from headers import header


@pytest.mark.parametrize(
    ("model", "arguments", "expected"),
    [
        ("openai/gpt-9", {}, ("openai/gpt-9", False, "openai/gpt-9", None)),
        ("askfirst/oracle", {}, ("oracle", True, "oracle", None)),
        ("hf/local", {"model_path": "/home/me/models/smol"}, ("smol", False, "smol", None)),
        ("hf//home/me/models/smol/", {}, ("smol", False, "smol", None)),
        ("hf/local", {"model_path": "runs/sml/checkpoint-200"}, ("sml/checkpoint-200", False, "sml/checkpoint-*", 200)),
        (
            "hf/local",
            {"model_path": "C:\\runs\\sml\\checkpoint-200"},
            ("sml/checkpoint-200", False, "sml/checkpoint-*", 200),
        ),
        ("hf/local", {"model_path": "/x/sml-step-30"}, ("sml-step-30", False, "sml-step-*", 30)),
        ("lab/model-checkpoint-7", {}, ("lab/model-checkpoint-7", False, "lab/model-checkpoint-7", None)),
    ],
)
def test_a_model_is_called_by_its_name_or_its_folders(model: str, arguments: dict[str, str], expected: object) -> None:
    [name] = names((model, arguments, {}))
    assert (name.model, name.policy, series_of(name).model, name.step) == expected


def names(*made: tuple[str, dict[str, Any], dict[str, Any]]) -> list[ModelName]:
    """Return what models are called, each from its name, its arguments and its sampling."""
    headers = [
        header(model=model, model_args=args, sampling=GenerateConfig(**sampling)) for model, args, sampling in made
    ]
    return [name_model(each, settings_of(each)) for each in headers]


def called(*made: tuple[str, dict[str, Any], dict[str, Any]]) -> list[str]:
    """Return what models are called beside each other, in the order given."""
    found = names(*made)
    by_identity = tell_apart(found)
    return [by_identity[name.identity] for name in found]


def at(path: str, provider: str = "hf", **arguments: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
    return f"{provider}/local", {"model_path": path, **arguments}, {}


API = "openai/gpt-9"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            [(API, {}, {"temperature": 0.0}), (API, {}, {"temperature": 1.0})],
            ["(temperature 0.0)", "(temperature 1.0)"],
        ),
        ([(API, {}, {"effort": "low"}), (API, {}, {})], ["(effort low)", ""]),
        (
            [(API, {}, {"top_p": 0.5, "max_tokens": 9}), (API, {}, {"max_tokens": 9})],
            ["(top_p 0.5)", ""],
        ),
        ([at("/m/smol"), at("/m/smol", "vllm")], ["(hf)", "(vllm)"]),
        ([at("/m/smol", dtype="float16"), at("/m/smol", dtype="bfloat16")], ["(dtype float16)", "(dtype bfloat16)"]),
        ([at("/m/smol", do_sample=False), at("/m/smol")], ["(do_sample False)", ""]),
        ([(API, {}, {"extra_body": {"k": "sesame"}}), (API, {}, {"extra_body": {"k": "open"}})], ["", "#2"]),
        ([(API, {}, {"system_message": "x" * 99}), (API, {}, {})], ["", "#2"]),
    ],
    ids=[
        "temperature",
        "effort",
        "only what differs",
        "provider",
        "dtype",
        "greedy",
        "what may be secret",
        "what is long",
    ],
)
def test_runs_of_one_model_that_differ_in_settings_have_names_that_tell_them_apart(
    made: list[tuple[str, dict[str, Any], dict[str, Any]]], expected: list[str]
) -> None:
    short = names(made[0])[0].model
    assert called(*made) == [f"{short} {each}".rstrip() for each in expected]


def test_seeds_machines_and_secrets_make_no_other_model() -> None:
    first, second = {"seed": 1, "max_connections": 4}, {"seed": 2, "max_retries": 3}
    found = names(
        ("hf/local", {"model_path": "/m/smol", "device": "cuda:0", "api_key": "sesame"}, first),
        ("hf/local", {"model_path": "/m/smol/", "device": "cpu", "batch_size": 8}, second),
    )
    assert found[0].identity == found[1].identity
    assert "sesame" not in found[0].identity


def test_models_of_different_folders_with_one_name_are_told_apart_by_as_little_of_the_path_as_does() -> None:
    assert called(at("/home/me/a/final"), at("/home/me/b/final"), at("/home/me/a/final")) == [
        *("a/final", "b/final", "a/final"),
    ]
    assert called(at("/home/a/x/final"), at("/home/b/x/final")) == ["a/x/final", "b/x/final"]
    assert called(at("final"), at("/final"), at("other")) == ["final", "final #2", "other"]


def test_checkpoints_of_two_runs_are_two_series_each_named_by_its_run() -> None:
    paths = ("/exp1/out/checkpoint-1", "/exp1/out/checkpoint-2", "/exp2/out/checkpoint-1")
    found = names(*map(at, paths))
    by_identity = tell_apart([each for name in found for each in (name, series_of(name))])
    assert [by_identity[name.identity] for name in found] == [
        *("exp1/out/checkpoint-1", "exp1/out/checkpoint-2", "exp2/out/checkpoint-1"),
    ]
    series = ["exp1/out/checkpoint-*", "exp1/out/checkpoint-*", "exp2/out/checkpoint-*"]
    assert [by_identity[name.series] for name in found] == series


def test_a_runs_final_model_is_no_checkpoint_of_it() -> None:
    final, checkpoint = names(at("/x/out"), at("/x/out/checkpoint-1"))
    assert final.series != checkpoint.series
