"""Reports of the gate made by hand, one of each kind, for tests of what is made from them."""

from typing import Any

from askfirst.reports.gate.verdict import (
    Acknowledgement,
    Difference,
    Gain,
    GateReport,
    Look,
    MetricVerdict,
    Part,
    ReleaseSummary,
    Remedy,
    Spoken,
    SpokenTurn,
    Stopping,
    Verdict,
    WorstProblem,
)

EXIT_STATUSES = {"PASS": 0, "FAIL": 1, "INCONCLUSIVE": 3, "INVALID": 4}


def make_gain(mean: float, half: float = 0.06, **changes) -> Gain:
    return Gain(
        **{
            "mean": mean,
            "low": mean - half,
            "high": mean + half,
            "standard_error": half / 1.7,
            "degrees_of_freedom": 11,
            "p_loss": 0.001 if mean + half < 0 else 0.4,
            "problems": 100,
            "templates": 12,
            "estimand": "templates like these",
            **changes,
        }
    )


def make_metric(name: str, baseline: float, candidate: float, verdict: Verdict, **changes) -> MetricVerdict:
    better = "lower" if name.endswith("_rate") else "higher"
    gain = baseline - candidate if better == "lower" else candidate - baseline
    return MetricVerdict(
        **{
            "metric": name,
            "condition": "ask",
            "against": "baseline",
            "better": better,
            "baseline": baseline,
            "candidate": candidate,
            "gain": make_gain(gain),
            "margin": 0.05,
            "p_adjusted": 0.004 if verdict == "FAIL" else 0.8,
            "verdict": verdict,
            "reason": REASONS[verdict],
            "smallest_detectable_drop": 0.09,
            **changes,
        }
    )


REASONS = {
    "PASS": "a loss of 0.05 or more is ruled out",
    "FAIL": "a loss beyond chance, and larger than the margin",
    "INCONCLUSIVE": "neither a loss of 0.05 nor its absence is shown",
    "INVALID": "the verdict depends on 7 missing samples",
}

PASSED = (
    make_metric("joint_success", 0.61, 0.64, "PASS", gain=make_gain(0.03, 0.05)),
    make_metric("premature_rate", 0.10, 0.09, "PASS", gain=make_gain(0.01, 0.04)),
    make_metric("over_ask_rate", 0.04, 0.05, "PASS", gain=make_gain(-0.01, 0.03)),
    make_metric("accuracy_full", 0.92, 0.93, "PASS", gain=make_gain(0.01, 0.04)),
)
FAILED = (
    make_metric("joint_success", 0.61, 0.47, "FAIL", margin_reason="what a user notices"),
    make_metric("premature_rate", 0.10, 0.25, "FAIL"),
    *PASSED[2:],
)
DOUBTFUL = (
    PASSED[0],
    make_metric(
        "premature_rate",
        0.10,
        0.12,
        "INCONCLUSIVE",
        remedy=Remedy(problems=240, epochs=8, calls=1_200, cost_usd=0.84),
    ),
    *PASSED[2:],
)
PARTS = (
    Part(name="answered early without asking", bad=True, condition="ask", baseline=0.10, candidate=0.25, change=0.15),
    Part(
        name="asked, but not for all that was missing",
        bad=True,
        condition="ask",
        baseline=0.08,
        candidate=0.07,
        change=-0.01,
    ),
    Part(name="asked well, then wrong", bad=True, condition="ask", baseline=0.05, candidate=0.06, change=0.01),
    Part(
        name="with nothing missing: asked all the same",
        bad=True,
        condition="ask",
        baseline=0.04,
        candidate=0.05,
        change=0.01,
    ),
    Part(
        name="with nothing missing: wrong, or no answer",
        bad=True,
        condition="ask",
        baseline=0.12,
        candidate=0.10,
        change=-0.02,
    ),
    Part(name="asked well and right", bad=False, condition="ask", baseline=0.61, candidate=0.47, change=-0.14),
)
OPENING = "How many apples does Mia have?\n\nWhen you give your final answer, end with a line `ANSWER: ...`."
ASKED = Spoken(
    opening=OPENING,
    turns=(
        SpokenTurn(
            said="How many apples did Mia start with?",
            note="clarification; asks for start (hidden, now revealed)",
            reply="Mia starts with 12 apples.",
        ),
        SpokenTurn(said="She has 12 + 3 = 15 apples.\nANSWER: 15", note="answer_attempt; informed", reply=""),
    ),
    outcome="informed, right (15)",
)
GUESSED = Spoken(
    opening=OPENING,
    turns=(SpokenTurn(said="Mia has 3 apples.\nANSWER: 3", note="PREMATURE: answers without start", reply=""),),
    outcome="premature, wrong (3; target 15)",
)
WORST = (
    WorstProblem(
        metric="premature_rate",
        condition="ask",
        against="baseline",
        problem="arithmetic/apples/7",
        arm="under",
        loss=1.0,
        baseline=ASKED,
        candidate=GUESSED,
    ),
    WorstProblem(
        metric="joint_success",
        condition="ask",
        against="baseline",
        problem="troubleshooting/router/2",
        arm="under",
        loss=1.0,
        baseline=None,
        candidate=GUESSED,
    ),
)


def make_release(name: str, date: str, **changes) -> ReleaseSummary:
    return ReleaseSummary(
        **{
            "name": name,
            "date": date,
            "source": f"logs/{name}",
            "samples": 300,
            "missing": {"errored": 0, "unscored": 0, "unsure": 0},
            "calls": 812,
            "cost_usd": 0.42,
            **changes,
        }
    )


def make_report(verdict: Verdict, metrics: tuple[MetricVerdict, ...], changes: dict[str, Any]) -> GateReport:
    return GateReport(
        **{
            "verdict": verdict,
            "sentence": f"{verdict}: {REASONS[verdict]}.",
            "exit_status": EXIT_STATUSES[verdict],
            "alpha": 0.05,
            "metrics": metrics,
            "parts": PARTS if metrics else (),
            "worst_problems": (),
            "differences": (),
            "warnings": (),
            "candidate": make_release("apple-7b-v3", "2026-06-02"),
            "baseline": make_release("apple-7b-v2", "2026-05-01"),
            "policy": {"conditions": "ask", "alpha": "0.05", "when inconclusive": "exit 3"},
            "command": "askfirst gate check logs/apple-7b-v3 --baseline baseline.json",
            "versions": {"askfirst": "0.1.0", "scipy": "1.18.0"},
            **changes,
        }
    )


def passing(**changes) -> GateReport:
    return make_report("PASS", PASSED, changes)


def failing(**changes) -> GateReport:
    told = {
        "sentence": "FAIL: joint_success fell by 0.14 and premature_rate rose by 0.15; 0.05 would be accepted.",
        "worst_problems": WORST,
        "warnings": ("temperature 0: noise between runs is unseen",),
        "differences": (Difference(what="askfirst version", baseline="0.1.0", candidate="0.1.1", fatal=False),),
    }
    return make_report("FAIL", FAILED, {**told, **changes})


def inconclusive(**changes) -> GateReport:
    return make_report("INCONCLUSIVE", DOUBTFUL, changes)


def invalid(**changes) -> GateReport:
    told = {
        "sentence": "INVALID: the two releases were not asked the same problems.",
        "differences": (
            Difference(what="askfirst version", baseline="0.1.0", candidate="0.1.1", fatal=False),
            Difference(what="data hash", baseline="5f0c1d", candidate="77ab90"),
        ),
    }
    return make_report("INVALID", (), {**told, **changes})


ACCEPTED = Acknowledgement(
    metric="joint_success", expires="2026-07-01", reason="the new tokenizer costs us this; fixed in v4", by="Ada"
)
EXPIRED = Acknowledgement(metric="premature_rate", condition="ask", expires="2026-05-31", reason="known since v2")


def acknowledged(**changes) -> GateReport:
    metrics = (FAILED[0].model_copy(update={"acknowledged": ACCEPTED}), *FAILED[1:])
    return make_report("FAIL", metrics, {"acknowledgements": (ACCEPTED, EXPIRED), **changes})


def stopped(**changes) -> GateReport:
    looks = (
        Look(number=1, problems=34, epochs=1, calls=270, verdict="INCONCLUSIVE"),
        Look(number=2, problems=67, epochs=1, calls=541, verdict="PASS"),
    )
    return passing(**{"stopping": Stopping(looks=looks, planned_calls=812, made_calls=541), **changes})


def anchored(**changes) -> GateReport:
    """Small losses that add up: fine against the last release, not against the pinned one."""
    against_anchor = tuple(
        metric.model_copy(update={"against": "anchor", "baseline": metric.baseline}) for metric in FAILED
    )
    both = tuple(metric for pair in zip(PASSED, against_anchor, strict=True) for metric in pair)
    return make_report("FAIL", both, {"anchor": make_release("apple-7b-v1", "2026-01-15"), **changes})


def missing(**changes) -> GateReport:
    """The verdict hangs on samples that errored."""
    metric = make_metric(
        "joint_success",
        0.61,
        0.56,
        "INVALID",
        worst=("FAIL", make_gain(-0.12)),
        best=("INCONCLUSIVE", make_gain(-0.02)),
        missing=7,
        gain=make_gain(-0.05, templates=6, estimand="these templates"),
    )
    return make_report("INVALID", (metric, *PASSED[1:]), changes)


ALL = {
    "pass": passing(),
    "fail": failing(),
    "inconclusive": inconclusive(),
    "invalid": invalid(),
    "acknowledged": acknowledged(),
    "stopped": stopped(),
    "anchored": anchored(),
    "missing": missing(),
}
