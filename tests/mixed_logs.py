"""Logs of models that were never run: each dialogue is some reference policy's, so that a leaderboard has an order."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inspect_ai.log import EvalLog, EvalSample, write_eval_log
from inspect_ai.model import ModelUsage


def mix_log(
    logs: Mapping[str, EvalLog],
    weights: Mapping[str, float],
    model: str,
    *,
    day: str = "2026-05-01",
    seed: int = 0,
    tokens: int = 0,
    cost: float | None = None,
    **model_args: Any,
) -> EvalLog:
    """Return the log of a model that plays each dialogue like one policy, drawn with the weights.

    Args:
        logs: One log a policy, of the same evaluation.
        weights: By policy, above 0.
        model: The new log's model.
        day: On which it was made.
        seed: Of the draws, and of the ids.
        tokens: Output tokens of each message; 0 for a model that does not say.
        cost: Dollars a message; None for a model that has no price.
        model_args: The new log's arguments of the model.
    """
    draw = random.Random(f"{seed} {model}")
    first = logs[next(iter(weights))]
    samples: list[EvalSample] = []
    for place, sample in enumerate(first.samples or []):
        policy = draw.choices(list(weights), list(weights.values()))[0]
        samples.append(
            _disguise(
                (logs[policy].samples or [])[place],
                sample,
                model,
                f"{first.eval.eval_id}-{day}-{seed}-{place}",
                tokens,
                cost,
            )
        )
    spec = first.eval.model_copy(
        update={
            "model": model,
            "model_args": model_args,
            "created": f"{day}T12:00:00+00:00",
            "eval_id": f"{model}-{day}-{seed}-{first.eval.eval_id}",
            "run_id": f"{model}-{day}-{seed}",
        }
    )
    return first.model_copy(update={"eval": spec, "samples": samples, "location": ""})


def save(log: EvalLog, folder: Path, name: str) -> Path:
    """Write a log and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.eval"
    write_eval_log(log, str(path))
    return path


def _disguise(
    sample: EvalSample, expected: EvalSample, model: str, seed: str, tokens: int, cost: float | None
) -> EvalSample:
    assert (sample.id, sample.epoch) == (expected.id, expected.epoch), "policies' samples come in another order"
    calls = sum(message.role == "assistant" for message in sample.messages)
    usage = ModelUsage(
        input_tokens=40 * tokens * calls,
        output_tokens=tokens * calls,
        total_tokens=41 * tokens * calls,
        total_cost=None if cost is None else cost * calls,
    )
    return sample.model_copy(
        update={"uuid": f"{model}-{seed}", "model_usage": {model: usage} if tokens else {}, "role_usage": {}}
    )
