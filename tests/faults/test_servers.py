"""Servers, proxies and networks that fail: nothing lost, nothing counted twice, no fault taken for the subject's word.

`ASKFIRST_FAULTS=full pytest tests/faults/test_servers.py` holds 300 conversations at each rate for each fault.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import EvalLog
from inspect_ai.model import GenerateConfig, get_model

from askfirst.benchmark.scenario import Scenario
from askfirst.reports.dialogues import read_dialogue
from askfirst.tasks.suite import suite
from evaluations import evaluate, values_by_sample
from faulty_server import FAULTS, Faults, faulty_server

FULL = os.environ.get("ASKFIRST_FAULTS") == "full"
RATES = (0.01, 0.1, 0.3) if FULL else (0.3,)
CLIENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "openai": ("/v1", {"responses_api": False}),
    "anthropic": ("", {"streaming": False}),
}
SILENT = ("hang", "drip")
"""Faults that only a time limit ends."""
ATTEMPT_TIMEOUT_S = 3
LEGAL = {"anthropic": ("empty choices",)}
"""What is no fault in a client's protocol: a message of no blocks, for which tokens were generated, is the model's."""


def faults_of(client: str) -> list[str]:
    return [name for name in FAULTS if name not in (*SILENT, *LEGAL.get(client, ()))]


def task(conversations: int):
    return suite(families=["arithmetic", "logic"], n=conversations // 3, max_turns=6)


def run(client: str, policy: str, conversations: int, faults: Faults, log_dir: Path, **config: Any) -> EvalLog:
    path, options = CLIENTS[client]
    sound: Counter[tuple[str, int]] = Counter()
    disturbed = task(conversations)
    with faulty_server([one.metadata_as(Scenario) for one in disturbed.dataset], faults, asked=sound) as address:
        model = get_model(
            f"{client}/{policy}",
            base_url=address + path,
            api_key="none",
            config=GenerateConfig(max_tokens=512, max_connections=50, **config),
            memoize=False,
            **options,
        )
        log = evaluate(disturbed, model, log_dir)
    if not config:
        # without a time limit, no sound reply was thrown away: none was paid for twice
        assert set(sound.values()) == {1}
    return log


def check(log: EvalLog, policy: str, conversations: int, log_dir: Path) -> int:
    """Hold a log against an undisturbed run in process, and return the calls that it says were made again."""
    undisturbed = evaluate(task(conversations), f"askfirst/{policy}", log_dir)
    assert values_by_sample(log) == values_by_sample(undisturbed)
    logged, expected = (
        {(one.id, one.epoch): read_dialogue(one, "log") for one in each.samples or []} for each in (log, undisturbed)
    )
    assert len(logged) == len(log.samples or [])
    assert {name: one.said for name, one in logged.items()} == {name: one.said for name, one in expected.items()}
    return sum(one.calls_again for one in logged.values())


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(
    ("client", "policy", "conversations", "kind"),
    [(client, "oracle", 300, kind) for client in CLIENTS for kind in ("all", *faults_of(client))]
    if FULL
    else [("openai", "oracle", 42, "all"), ("anthropic", "silent", 12, "all")],
)
def test_an_evaluation_on_a_failing_server_gives_the_scores_of_a_sound_one(
    client, policy, conversations, kind, rate, tmp_path
):
    faults = Faults(rate, faults_of(client) if kind == "all" else [kind])
    log = run(client, policy, conversations, faults, tmp_path / "disturbed")
    assert faults.made
    # every fault stands in the log, whoever made the call again
    assert check(log, policy, conversations, tmp_path / "undisturbed") == faults.made.total()


@pytest.mark.skipif(not FULL, reason="waits for half a minute; ASKFIRST_FAULTS=full")
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_server_that_hangs_or_drips_is_left_after_the_time_limit_of_an_attempt(client, rate, tmp_path):
    conversations = 300
    faults = Faults(rate, SILENT, seed=1, most=2)
    log = run(client, "oracle", conversations, faults, tmp_path / "disturbed", attempt_timeout=ATTEMPT_TIMEOUT_S)
    assert faults.made
    # a loaded machine may take a sound reply's time for a hang
    assert check(log, "oracle", conversations, tmp_path / "undisturbed") >= faults.made.total()


def test_an_empty_reply_that_was_cached_is_asked_for_again(tmp_path, monkeypatch):
    monkeypatch.setenv("INSPECT_CACHE_DIR", str(tmp_path / "cache"))
    path, options = CLIENTS["openai"]
    disturbed, faults, sound = task(3), Faults(0.5, ["no token"], most=1), Counter[tuple[str, int]]()
    logs: list[EvalLog] = []
    with faulty_server([one.metadata_as(Scenario) for one in disturbed.dataset], faults, asked=sound) as address:
        for name in ("first", "second"):
            config = GenerateConfig(max_tokens=512, cache=True)
            model = get_model(
                "openai/oracle", base_url=address + path, api_key="none", memoize=False, config=config, **options
            )
            logs.append(evaluate(task(3), model, tmp_path / name, epochs=2))
    assert faults.made
    assert values_by_sample(logs[0]) == values_by_sample(logs[1])
    # a sound reply to a first try came from the cache the second time, and never from another epoch
    assert min(sound.values()) == 2
