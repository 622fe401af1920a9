"""Headers of logs that tests share."""

from typing import Any

from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSpec
from inspect_ai.model import GenerateConfig


def header(config: EvalConfig | None = None, sampling: GenerateConfig | None = None, **spec: Any) -> EvalLog:
    """Return a finished log's header; `spec` sets fields of its `eval`."""
    fields: dict[str, Any] = {
        "created": "2026-05-01T12:00:00+00:00",
        "task": "askfirst/suite",
        "task_registry_name": "askfirst/suite",
        "model": "lab/model",
        "dataset": EvalDataset(),
        "config": config or EvalConfig(),
        "model_generate_config": sampling or GenerateConfig(),
    }
    return EvalLog(status="success", eval=EvalSpec(**(fields | spec)))
