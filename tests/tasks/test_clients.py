"""The same suite through the real openai and anthropic clients, against a scripted server on 127.0.0.1."""

from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import EvalLog
from inspect_ai.model import GenerateConfig, get_model

from askfirst.benchmark.scenario import Scenario
from askfirst.tasks.suite import suite
from evaluations import evaluate, values_by_sample
from policy_server import policy_server
from sandboxed import RUNNABLE

CLIENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "openai": ("/v1", {"responses_api": False}),
    "anthropic": ("", {"streaming": False}),
}


def evaluate_over_http(client: str, policy: str, log_dir: Path) -> EvalLog:
    path, options = CLIENTS[client]
    task = suite(families=RUNNABLE, n=8)
    with policy_server([sample.metadata_as(Scenario) for sample in task.dataset]) as address:
        model = get_model(
            f"{client}/{policy}",
            base_url=address + path,
            api_key="none",
            config=GenerateConfig(max_tokens=512),
            memoize=False,
            **options,
        )
        return evaluate(task, model, log_dir)


@pytest.mark.parametrize(
    ("client", "policy"), [("openai", "oracle"), ("openai", "never_ask"), ("anthropic", "always_ask")]
)
def test_scores_over_http_equal_those_of_the_policy_in_process(client, policy, tmp_path):
    remote = evaluate_over_http(client, policy, tmp_path / "remote")
    local = evaluate(suite(families=RUNNABLE, n=8), f"askfirst/{policy}", tmp_path / "local")
    assert values_by_sample(remote) == values_by_sample(local)
