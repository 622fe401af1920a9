from pathlib import Path

import pytest

from askfirst.benchmark.errors import GateError
from askfirst.benchmark.measures import MEASURES
from askfirst.reports.gate.metrics import GATE_METRICS, UNMATCHED
from askfirst.reports.gate.policy import MetricPolicy, Policy, load_policy, policy_in_words

WHOLE = """
alpha = 0.1
conditions = ["ask", "drip"]
families = ["arithmetic"]
epochs = 4
on_inconclusive = "fail"
unsure = "bounds"
baseline = "releases/baseline.json"
anchor = "s3://bucket/anchor"
max_error_share = 0.02

[metrics.over_ask_rate]
margin = 0.1
reason = "users forgive a question"

[metrics.ask_f1]
"""


def load(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return load_policy(path)


def test_without_a_file_asking_too_little_and_too_much_both_count() -> None:
    policy = load_policy(None)
    assert list(policy.metrics) == ["joint_success", "premature_rate", "over_ask_rate", "accuracy_full"]
    assert {metric.margin for metric in policy.metrics.values()} == {0.05}
    assert (policy.alpha, policy.on_inconclusive, policy.unsure) == (0.05, "inconclusive", "count")


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Policy()


def test_a_file_overrides_everything(tmp_path: Path) -> None:
    policy = load(tmp_path, WHOLE)
    assert policy.metrics == {
        "over_ask_rate": MetricPolicy(margin=0.1, reason="users forgive a question"),
        "ask_f1": MetricPolicy(margin=0.05),
    }
    assert list(policy.metrics) == ["over_ask_rate", "ask_f1"]
    assert (policy.alpha, policy.epochs, policy.max_error_share) == (0.1, 4, 0.02)
    assert (policy.conditions, policy.families) == (("ask", "drip"), ("arithmetic",))
    assert (policy.on_inconclusive, policy.unsure) == ("fail", "bounds")


def test_relative_paths_count_from_the_policy_file(tmp_path: Path) -> None:
    policy = load(tmp_path, WHOLE)
    assert policy.baseline == str(tmp_path / "releases/baseline.json")
    assert policy.anchor == "s3://bucket/anchor"
    assert load(tmp_path, 'anchor = "/elsewhere/anchor.json"').anchor == "/elsewhere/anchor.json"
    assert load(tmp_path, "").anchor == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[metrics.joint_sucess]", "unknown metric 'joint_sucess'; expected some of joint_success,"),
        ("[metrics.turns]", "unknown metric 'turns'; expected some of joint_success,"),
        ("[metrics]", "metrics: {}; "),
        ("metrics = 3", "metrics: 3; "),
        ("[metrics.joint_success]\nmargin = 0", "metrics.joint_success.margin: 0; input should be greater than 0"),
        ("[metrics.joint_success]\nmargin = -0.1", "metrics.joint_success.margin: -0.1; input should be greater"),
        ("[metrics.joint_success]\nmargin = 1", "metrics.joint_success.margin: 1; input should be less than 1"),
        ("[metrics.joint_success]\nmargin = nan", "metrics.joint_success.margin: nan; "),
        ("[metrics.joint_success]\nmargin = 'wide'", "metrics.joint_success.margin: 'wide'; "),
        ("[metrics.joint_success]\nmargn = 0.1", "metrics.joint_success.margn: unknown key; expected one of margin,"),
        ("[metrics.joint_success]\nreason = 3", "metrics.joint_success.reason: 3; "),
        ("alpha = 0", "alpha: 0; input should be greater than 0"),
        ("alpha = 0.5", "alpha: 0.5; input should be less than 0.5"),
        ("alhpa = 0.05", "alhpa: unknown key; expected one of metrics, alpha,"),
        ("conditions = ['ask', 'dripp']", "conditions.1: 'dripp'; input should be 'ask', 'drip'"),
        ("epochs = 0", "epochs: 0; expected at least 1, or 'equal'"),
        ("epochs = 'same'", "epochs: 'same'; "),
        ("on_inconclusive = 'ignore'", "on_inconclusive: 'ignore'; input should be 'pass', 'fail' or 'inconclusive'"),
        ("unsure = 'drop'", "unsure: 'drop'; input should be 'count' or 'bounds'"),
        ("max_error_share = 0", "max_error_share: 0; input should be greater than 0"),
        ("max_error_share = 1.5", "max_error_share: 1.5; input should be less than or equal to 1"),
        ("alpha = ", "not TOML"),
        ("alpha = 0.05\nalpha = 0.1", "not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_what_was_found_and_what_is_allowed(
    tmp_path: Path, text: str, expected: str
) -> None:
    with pytest.raises(GateError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'gate.toml'}: {expected}")
    assert "\n" not in str(caught.value)


def test_a_policy_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="not readable"):
        load_policy(tmp_path / "none.toml")


def test_a_policy_is_said_in_words(tmp_path: Path) -> None:
    words = policy_in_words(load(tmp_path, WHOLE))
    assert words["metrics"] == "over_ask_rate within 0.1 (users forgive a question); ask_f1 within 0.05"
    assert words["alpha"] == "0.1, one-sided"
    assert words["epochs"] == "4"
    assert words["samples without scores"] == "at most 2%"
    assert all(policy_in_words(Policy()).values())


def test_metrics_of_the_gate_are_measures() -> None:
    assert set(MEASURES) - set(GATE_METRICS) == {
        "unsure_rate", "user_fault_rate", "information_gain", "turns", "questions"
    }  # fmt: skip
    assert set(GATE_METRICS) <= set(MEASURES)
    assert set(GATE_METRICS) >= UNMATCHED
