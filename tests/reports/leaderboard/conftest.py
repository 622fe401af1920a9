"""Small real logs that the tests of the leaderboard share."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from inspect_ai.log import EvalLog

from evaluations import evaluate
from mixed_logs import mix_log, save

ARGUMENTS = {"families": ["arithmetic", "troubleshooting"], "n": 8}
POLICIES = ("oracle", "never_ask", "always_ask")


@pytest.fixture(scope="session")
def policy_logs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, EvalLog]:
    """Return one log a policy, of the same evaluation, samples in order of their ids."""
    folder = tmp_path_factory.mktemp("policies")
    logs: dict[str, EvalLog] = {}
    for policy in POLICIES:
        log = evaluate("askfirst/suite", f"askfirst/{policy}", folder, task_args=ARGUMENTS)
        assert log.samples
        log.samples.sort(key=lambda sample: str(sample.id))
        logs[policy] = log
    return logs


@pytest.fixture(scope="session")
def board_logs(policy_logs: Mapping[str, EvalLog], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with logs of two models and of the policies; one model was run twice."""
    folder = tmp_path_factory.mktemp("board")
    good, bad = {"oracle": 0.8, "never_ask": 0.2}, {"never_ask": 0.5, "always_ask": 0.5}
    save(mix_log(policy_logs, good, "lab/good", tokens=10, cost=0.01), folder, "good")
    save(mix_log(policy_logs, bad, "lab/good", day="2026-01-02", seed=1), folder, "good-old")
    save(mix_log(policy_logs, bad, "hf/local", model_path="/home/me/bad", api_key="sesame"), folder, "bad")
    for policy, log in policy_logs.items():
        save(log, folder, policy)
    return folder
