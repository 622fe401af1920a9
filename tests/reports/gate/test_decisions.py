from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.decisions import Comparison, at_floor, combine, decide
from askfirst.reports.gate.verdict import Acknowledgement, Gain, Verdict

TODAY = "2026-03-01"


def gain(low: float, mean: float, high: float, p_loss: float | None = None, **changes: Any) -> Gain:
    plain: dict[str, Any] = {
        "standard_error": 0.02,
        "degrees_of_freedom": 99,
        "problems": 100,
        "templates": 20,
        "estimand": "templates like these",
    }
    p = p_loss if p_loss is not None else 0.001 if high < 0 else 0.5
    return Gain(mean=mean, low=low, high=high, p_loss=p, **(plain | changes))


BETTER = gain(-0.02, 0.01, 0.04)
WORSE = gain(-0.19, -0.12, -0.05)
UNCLEAR = gain(-0.10, -0.03, 0.04)


def comparison(measured: Gain = BETTER, **changes: Any) -> Comparison:
    plain: dict[str, Any] = {
        "metric": "joint_success",
        "condition": "ask",
        "against": "baseline",
        "better": "higher",
        "baseline": 0.7,
        "candidate": 0.7 + measured.mean,
        "gain": measured,
        "margin": 0.05,
    }
    return Comparison(**(plain | changes))


def verdicts(*comparisons: Comparison) -> list[Verdict]:
    return [one.verdict for one in decide(comparisons, alpha=0.05, today=TODAY).decided]


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (BETTER, "PASS"),
        (WORSE, "FAIL"),
        (UNCLEAR, "INCONCLUSIVE"),
        (gain(-0.049, -0.03, -0.01), "PASS"),
        (gain(-0.05, 0.0, 0.05), "INCONCLUSIVE"),
        (gain(-0.05, -0.03, -0.01), "FAIL"),
        (gain(-0.1, -0.05, 0.0, p_loss=0.05), "INCONCLUSIVE"),
    ],
    ids=["better", "worse", "unclear", "a loss within the margin", "low at the margin", "loss at it", "high at 0"],
)
def test_one_metric_passes_when_the_margin_is_ruled_out_and_fails_when_no_loss_is(
    measured: Gain, verdict: Verdict
) -> None:
    assert verdicts(comparison(measured)) == [verdict]


def test_reasons_are_plain_sentences() -> None:
    decision = decide(
        [comparison(WORSE), comparison(BETTER), comparison(UNCLEAR, margin=0.06)], alpha=0.05, today=TODAY
    )
    assert [one.reason for one in decision.decided] == [
        "worse by 0.12 [0.05, 0.19]; 0.05 would be accepted",
        "better by 0.01 [-0.02, 0.04]; a loss of 0.05 is ruled out",
        "worse by 0.03 [-0.04, 0.10]; neither a loss of 0.06 nor no loss is ruled out",
    ]


def test_a_reason_says_when_it_is_about_these_templates_only() -> None:
    few = gain(-0.19, -0.12, -0.05, templates=8, estimand="these templates")
    [one] = decide([comparison(few)], alpha=0.05, today=TODAY).decided
    assert one.reason == "worse by 0.12 [0.05, 0.19] on these 8 templates; 0.05 would be accepted"


def test_a_loss_among_many_comparisons_has_to_be_clearer() -> None:
    likely = gain(-0.12, -0.06, -0.005, p_loss=0.03)
    assert verdicts(comparison(likely)) == ["FAIL"]
    several = decide([comparison(likely), comparison(BETTER)], alpha=0.05, today=TODAY)
    assert [one.verdict for one in several.decided] == ["INCONCLUSIVE", "PASS"]
    assert several.decided[0].p_adjusted == pytest.approx(0.06)
    assert "among 2 comparisons it could be chance" in several.decided[0].reason


@pytest.mark.parametrize(
    ("better", "baseline", "near"),
    [("higher", 0.1, True), ("higher", 0.11, False), ("lower", 0.9, True), ("lower", 0.89, False), ("higher", 0, True)],
)
def test_a_baseline_within_two_margins_of_the_worst_value_cannot_pass(better: str, baseline: float, near: bool) -> None:
    assert at_floor(baseline, better, 0.05) is near  # type: ignore[arg-type]
    [one] = decide([comparison(better=better, baseline=baseline)], alpha=0.05, today=TODAY).decided
    assert one.verdict == ("INCONCLUSIVE" if near else "PASS")
    assert ("too little to lose" in one.reason) is near


def test_a_baseline_near_the_worst_value_can_still_fail() -> None:
    assert verdicts(comparison(WORSE, baseline=0.1)) == ["FAIL"]


@pytest.mark.parametrize(
    ("all_verdicts", "overall"),
    [
        (["PASS", "PASS"], "PASS"),
        (["PASS", "INCONCLUSIVE"], "INCONCLUSIVE"),
        (["FAIL", "INCONCLUSIVE"], "FAIL"),
        (["FAIL", "INVALID", "PASS"], "INVALID"),
    ],
)
def test_the_severest_verdict_is_the_overall_one(all_verdicts: list[Verdict], overall: Verdict) -> None:
    assert combine(all_verdicts) == overall


def test_nothing_compared_is_an_error_never_a_pass() -> None:
    with pytest.raises(GateError, match="found none"):
        decide([], alpha=0.05, today=TODAY)
    with pytest.raises(GateError, match="found none"):
        combine([])


@pytest.mark.parametrize("margin", [0.0, -0.1, float("nan")])
def test_a_margin_that_is_not_above_zero_is_an_error(margin: float) -> None:
    with pytest.raises(GateError, match="margin of joint_success"):
        decide([comparison(margin=margin)], alpha=0.05, today=TODAY)


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0])
def test_an_alpha_out_of_range_is_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match="alpha"):
        decide([comparison()], alpha=alpha, today=TODAY)


def test_a_verdict_that_hangs_on_missing_samples_is_invalid_and_says_how() -> None:
    decision = decide([comparison(BETTER, worst=WORSE, best=BETTER)], alpha=0.05, today=TODAY)
    [one] = decision.decided
    assert decision.overall == one.verdict == "INVALID"
    assert one.reason.startswith("PASS without the missing samples, FAIL had they gone against the candidate, PASS had")
    assert one.worst == ("FAIL", WORSE)
    assert one.best == ("PASS", BETTER)


def test_missing_samples_that_change_no_verdict_are_only_told() -> None:
    worst = gain(-0.04, -0.01, 0.02)
    [one] = decide([comparison(BETTER, worst=worst, best=BETTER)], alpha=0.05, today=TODAY).decided
    assert (one.verdict, one.worst) == ("PASS", ("PASS", worst))


def test_a_pass_that_hangs_on_the_matchers_guesses_is_invalid_but_a_fail_stays() -> None:
    assert verdicts(comparison(BETTER, unsure_worst=UNCLEAR)) == ["INVALID"]
    assert verdicts(comparison(BETTER, unsure_worst=BETTER)) == ["PASS"]
    assert verdicts(comparison(UNCLEAR, unsure_worst=WORSE)) == ["INCONCLUSIVE"]
    assert verdicts(comparison(WORSE, unsure_worst=WORSE)) == ["FAIL"]


ACCEPTED = Acknowledgement(metric="joint_success", expires="2026-03-01", reason="new tokenizer")


@pytest.mark.parametrize("measured", [WORSE, UNCLEAR], ids=["FAIL", "INCONCLUSIVE"])
def test_an_accepted_loss_keeps_its_verdict_and_counts_as_a_pass_through_its_last_day(measured: Gain) -> None:
    decision = decide([comparison(measured, acknowledged=ACCEPTED), comparison()], alpha=0.05, today=TODAY)
    assert decision.overall == "PASS"
    assert decision.decided[0].verdict != "PASS"
    assert decision.decided[0].reason.endswith("; accepted until 2026-03-01: new tokenizer")


def test_what_has_expired_has_no_effect_and_is_told() -> None:
    decision = decide([comparison(WORSE, acknowledged=ACCEPTED)], alpha=0.05, today="2026-03-02")
    assert decision.overall == "FAIL"
    assert decision.decided[0].reason.endswith("; what accepted it expired on 2026-03-01")


def test_nobody_can_accept_what_is_invalid() -> None:
    one = comparison(BETTER, worst=WORSE, best=BETTER, acknowledged=ACCEPTED)
    assert decide([one], alpha=0.05, today=TODAY).overall == "INVALID"


BOUNDS = st.tuples(st.floats(-0.3, 0.3), st.floats(0.001, 0.2), st.floats(0.0001, 0.9))


@given(st.lists(BOUNDS, min_size=1, max_size=6), st.floats(-0.1, 0.0))
def test_a_larger_loss_never_gives_a_milder_verdict(rows: list[tuple[float, float, float]], worse: float) -> None:
    def judged(shift: float) -> int:
        gains = [gain(m - w, m, m + w, p if m + w >= 0 else p / 50) for m, w, p in rows]
        first = gains[0]
        high = first.high + shift
        moved = first.model_copy(
            update={
                "mean": first.mean + shift,
                "low": first.low + shift,
                "high": high,
                "p_loss": min(first.p_loss, 1e-6) if high < 0 else first.p_loss,
            }
        )
        [one, *_] = verdicts(*(comparison(each) for each in [moved, *gains[1:]]))
        return ["PASS", "INCONCLUSIVE", "FAIL"].index(one)

    assert judged(worse) >= judged(0.0)
