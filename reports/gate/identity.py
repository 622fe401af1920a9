"""What has to be equal for two sets of scores to be comparable, from a log's header and its samples' settings."""

from collections.abc import Collection, Mapping
from typing import Any

from inspect_ai.log import EvalLog
from inspect_ai.model import GenerateConfig, ModelConfig

DATA = "data"
"""The fact that holds the hash over all scenarios."""

ARGUMENT = "task argument "
"""How facts begin that only explain why the data differ: an argument may be given or left at its default."""

EXPLAINING = ("max turns", "arms")
"""Facts that may also differ because only some of the same data were run."""

TOLD = ("epochs", "askfirst", "inspect")
"""Facts that may differ: they are told."""

UNSET = "not set"
"""What a fact is that only the other side has."""

PLUMBING = frozenset(
    {
        *("max_retries", "timeout", "attempt_timeout", "stream_idle_timeout", "max_connections"),
        *("adaptive_connections", "batch", "cache", "cache_prompt", "extra_headers"),
        # another seed is what makes a run independent
        "seed",
    }
)
"""Generation settings that do not change what a model would say; headers may hold secrets, too."""

LIMITS = ("message_limit", "token_limit", "turn_limit", "time_limit", "working_limit", "cost_limit")


def facts_of_header(log: EvalLog) -> dict[str, str]:
    """Return the facts that a log's header knows, by name, in words; what was not set is missing."""
    spec = log.eval
    metadata = {name: str(value) for name, value in (spec.metadata or {}).items()}
    return {
        DATA: metadata["data_hash"],
        "task version": str(spec.task_version),
        **{name: metadata[name] for name in ("reader", "matcher", "user") if name in metadata},
        **{f"model as {role}": _describe_models(models) for role, models in sorted((spec.model_roles or {}).items())},
        **{f"sampling {name}": value for name, value in sorted(describe_sampling(log).items())},
        **{name.replace("_", " "): str(limit) for name in LIMITS if (limit := getattr(spec.config, name)) is not None},
        "epochs": str(spec.config.epochs or 1),
        **{ARGUMENT + name: str(value) for name, value in sorted(spec.task_args.items()) if value is not None},
        "askfirst": spec.packages.get("askfirst", UNSET),
        "inspect": spec.packages.get("inspect_ai", UNSET),
    }


def describe_sampling(log: EvalLog) -> dict[str, str]:
    """Return the generation settings that change what a model would say, by name; not the seed."""
    spec = log.eval
    sampling = _sampling(spec.model_generate_config) | _sampling(log.plan.config)
    # a local model samples or not by an argument of the model, not by its temperature
    if "do_sample" in spec.model_args:
        sampling["do_sample"] = str(spec.model_args["do_sample"])
    return sampling


def facts_of_settings(settings: Collection[tuple[tuple[str, str], ...]]) -> dict[str, str]:
    """Return the facts that samples' settings know; a setting that differs between samples has all its values."""
    values: dict[str, set[str]] = {}
    for pairs in settings:
        for name, value in pairs:
            values.setdefault(name, set()).add(value)
    return {name: ", ".join(sorted(found)) for name, found in values.items()}


def may_differ(fact: str, data_differ: bool) -> bool:
    """Say whether a difference in a fact means nothing, given whether the data differ."""
    return not data_differ and (fact in EXPLAINING or fact.startswith(ARGUMENT))


def _sampling(config: GenerateConfig) -> dict[str, str]:
    chosen: Mapping[str, Any] = config.model_dump(exclude_none=True, exclude=set(PLUMBING))
    return {name: str(value) for name, value in chosen.items()}


def _describe_models(models: ModelConfig | list[ModelConfig]) -> str:
    return ", ".join(_describe_model(model) for model in (models if isinstance(models, list) else [models]))


def _describe_model(model: ModelConfig) -> str:
    sampling = ", ".join(f"{name}={value}" for name, value in sorted(_sampling(model.config).items()))
    return f"{model.model} ({sampling})" if sampling else model.model
