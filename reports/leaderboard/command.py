"""The command that runs an evaluation again, from a log's header: without secrets, paths or addresses."""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from inspect_ai.log import EvalLog
from inspect_ai.model import ModelConfig

from askfirst.reports.leaderboard.public import is_address, is_private, public_text, to_public

UNTOLD = frozenset({"extra_headers", "extra_body", "cache", "response_schema", "model_roles"})
"""Generation settings that the command line does not take, or that may hold a secret."""

LIMITS = ("limit", "message_limit", "token_limit", "turn_limit", "time_limit", "working_limit", "cost_limit")


def write_command(header: EvalLog) -> str:
    """Write the `inspect eval` command of a log, quoted for a shell.

    Of a path only the last part stands there, and what may be a secret or an address is left out.
    """
    spec = header.eval
    words = ["inspect", "eval", spec.task_registry_name or spec.task, "--model", _model(spec.model)]
    words += _flags("-M", spec.model_args)
    words += _flags("-T", spec.task_args_passed or spec.task_args)
    for role, models in sorted((spec.model_roles or {}).items()):
        for model in models if isinstance(models, list) else [models]:
            words += ["--model-role", f"{role}={_role(model)}"]
    if (spec.config.epochs or 1) > 1:
        words += ["--epochs", str(spec.config.epochs)]
    limits: dict[str, Any] = {name: getattr(spec.config, name) for name in LIMITS}
    if isinstance(spec.config.limit, tuple):
        limits["limit"] = "{}-{}".format(*spec.config.limit)
    words += _settings(limits)
    words += _settings(spec.model_generate_config.model_dump(exclude_none=True, exclude=set(UNTOLD)))
    return shlex.join(words)


def _model(name: str) -> str:
    provider, slash, rest = name.partition("/")
    return f"{provider}{slash}{public_text(rest)}"


def _role(model: ModelConfig) -> str:
    settings = model.config.model_dump(exclude_none=True, exclude=set(UNTOLD))
    shown = {"model": _model(model.model), **to_public(settings)}
    return _model(model.model) if len(shown) == 1 else json.dumps(shown, ensure_ascii=False)


def _flags(flag: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    for name, value in sorted(arguments.items()):
        if value is None or is_private(name) or is_address(value):
            continue
        yield flag
        yield f"{name}={_write(to_public(value, name))}"


def _settings(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, value in settings.items():
        flag = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        yield flag
        if value is not True:
            yield _write(to_public(value))


def _write(value: Any) -> str:
    """Write a value as the command line takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = cast(Sequence[Any], value)
        if all(isinstance(each, str) for each in parts):
            return ",".join(parts)
    return json.dumps(value, ensure_ascii=False)
