import shlex

from inspect_ai.log import EvalConfig
from inspect_ai.model import GenerateConfig, ModelConfig

from askfirst.reports.leaderboard.command import write_command
from headers import header


def test_a_command_repeats_arguments_sampling_epochs_and_roles() -> None:
    log = header(
        EvalConfig(epochs=4, message_limit=30, limit=(1, 9)),
        GenerateConfig(temperature=0.0, max_tokens=96),
        task_args_passed={"families": ["sql", "code"], "n": 20, "system": None},
        model_roles={"user": ModelConfig(model="lab/user", config=GenerateConfig(temperature=0.5))},
    )
    assert shlex.split(write_command(log)) == [
        *("inspect", "eval", "askfirst/suite", "--model", "lab/model"),
        *("-T", "families=sql,code", "-T", "n=20"),
        *("--model-role", 'user={"model": "lab/user", "temperature": 0.5}'),
        *("--epochs", "4", "--limit", "1-9", "--message-limit", "30"),
        *("--max-tokens", "96", "--temperature", "0.0"),
    ]


def test_neither_secrets_nor_addresses_nor_paths_are_told() -> None:
    log = header(
        model="hf//home/me/smol",
        model_args={
            "api_key": "sesame",
            "base_url": "http://inside:8000",
            "server": "http://inside:8000",
            "client_args": {"auth_token": "sesame", "retries": 2, "home": "/home/me/x"},
            "model_path": "/home/me/smol",
            "tokenizer_path": "runs/me/smol",
            "device": "cuda",
        },
        task_args_passed={"templates": "/home/me/private.toml"},
        model_generate_config=GenerateConfig(extra_headers={"x": "sesame"}, extra_body={"key": "sesame"}),
    )
    told = write_command(log)
    assert not any(word in told for word in ("sesame", "inside", "/home", "runs/me"))
    assert shlex.split(told)[3:] == [
        *("--model", "hf/smol", "-M", 'client_args={"retries": 2, "home": "x"}', "-M", "device=cuda"),
        *("-M", "model_path=smol", "-M", "tokenizer_path=smol", "-T", "templates=private.toml"),
    ]


def test_an_argument_that_a_shell_would_run_is_quoted() -> None:
    assert "'-T' 'x=$(rm -rf ~)'".replace("'-T'", "-T") in write_command(header(task_args_passed={"x": "$(rm -rf ~)"}))


def test_nothing_private_is_told_however_deep_an_argument_hides_it() -> None:
    log = header(
        model_args={"client": {"pool": [{"server": "https://inside/?sig=sesame", "api_key": "sesame"}]}},
        task_args_passed={"spec": "file=/home/me/x.toml", "places": ["https://inside/", "/home/me/y"]},
    )
    told = write_command(log)
    assert not any(word in told for word in ("sesame", "inside", "/home"))
    assert shlex.split(told)[5:] == [
        *("-M", 'client={"pool": [{"server": "[address]"}]}'),
        *("-T", "places=[address],y", "-T", "spec=file=x.toml"),
    ]
