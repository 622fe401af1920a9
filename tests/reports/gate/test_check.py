"""The check as a whole, on releases made by hand: what passes, what fails, and all that must never pass."""

import datetime
from collections.abc import Mapping

import pytest

from askfirst.reports.gate.check import Circumstances, Contestants, check
from askfirst.reports.gate.parts import part_shares
from askfirst.reports.gate.policy import MetricPolicy, Policy
from askfirst.reports.gate.release import Bounds, Release, ReleaseRow
from askfirst.reports.gate.verdict import Acknowledgement, GateReport, MetricVerdict
from gate_logs import make_release, make_row

TODAY = datetime.date(2026, 3, 1)
PERFECT = {"joint_success": 1.0, "premature_rate": 0.0, "over_ask_rate": 0.0, "accuracy_full": 1.0}
RIGHT, UNASKED = "asked well and right", "with nothing missing: right without asking"


def rows(values: Mapping[str, float], templates: int = 12, each: int = 8, **fields: object) -> list[ReleaseRow]:
    return [
        make_row(f"arithmetic/t{template:02}/{number}", values, **({"parts": part_shares([RIGHT, UNASKED])} | fields))
        for template in range(templates)
        for number in range(each)
    ]


def release(values: Mapping[str, float] = PERFECT, **fields: object) -> Release:
    return make_release(rows(values), **fields)


def gate(
    candidate: Release, baseline: Release | None = None, anchor: Release | None = None, **settings: object
) -> GateReport:
    acks = settings.pop("acknowledgements", ())
    around = Circumstances(Policy(**settings), acks, TODAY, "askfirst gate check ...")  # type: ignore[arg-type]
    return check(Contestants(candidate, baseline or release(), anchor), around)


def by_metric(report: GateReport) -> dict[str, MetricVerdict]:
    return {each.metric: each for each in report.metrics}


def test_an_unchanged_model_passes_on_all_metrics() -> None:
    report = gate(release())
    assert (report.verdict, report.exit_status) == ("PASS", 0)
    assert {each.verdict for each in report.metrics} == {"PASS"}
    assert list(by_metric(report)) == list(PERFECT)
    assert report.sentence == "PASS: no metric lost more than its margin."


@pytest.mark.parametrize(
    ("values", "parts", "failing", "grown"),
    [
        (
            {"joint_success": 0.0, "over_ask_rate": 1.0},
            [RIGHT, "with nothing missing: asked all the same"],
            {"joint_success", "over_ask_rate"},
            "with nothing missing: asked all the same",
        ),
        (
            {"joint_success": 0.0, "premature_rate": 1.0},
            ["answered early without asking", UNASKED],
            {"joint_success", "premature_rate"},
            "answered early without asking",
        ),
        (
            {"joint_success": 0.0, "accuracy_full": 0.0},
            ["asked well, then wrong", "with nothing missing: wrong, or no answer"],
            {"joint_success", "accuracy_full"},
            "asked well, then wrong",
        ),
    ],
)
def test_a_loss_fails_on_its_metrics_and_is_named(
    values: Mapping[str, float], parts: list[str], failing: set[str], grown: str
) -> None:
    report = gate(make_release(rows(PERFECT | values, parts=part_shares(parts))))
    assert (report.verdict, report.exit_status) == ("FAIL", 1)
    assert {each.metric for each in report.metrics if each.verdict == "FAIL"} == failing
    assert grown in report.sentence


def test_a_gain_passes() -> None:
    report = gate(release(), release(PERFECT | {"joint_success": 0.5}))
    assert report.verdict == "PASS"
    assert by_metric(report)["joint_success"].gain.mean == pytest.approx(0.5)


def test_a_small_check_is_inconclusive_and_says_what_would_settle_it() -> None:
    few = make_release(rows(PERFECT, each=2))
    report = gate(few, few)
    assert (report.verdict, report.exit_status) == ("INCONCLUSIVE", 3)
    remedy = report.metrics[0].remedy
    assert remedy
    assert remedy.problems
    assert remedy.problems > 24
    assert remedy.calls
    assert gate(few, few, on_inconclusive="pass").exit_status == 0
    assert gate(few, few, on_inconclusive="fail").exit_status == 1


def test_an_anchor_catches_a_chain_of_small_losses() -> None:
    # each release loses 4 points, less than the margin; the pinned one lost nothing yet
    def lost(share: float) -> Release:
        all_rows = rows(PERFECT, templates=40, each=25)
        worse = int(share * len(all_rows))
        return make_release(
            [
                row.model_copy(
                    update={"values": row.values | {"joint_success": float(number % len(all_rows) >= worse)}}
                )
                for number, row in enumerate(sorted(all_rows, key=lambda row: row.problem.rpartition("/")[2]))
            ]
        )

    assert gate(lost(0.12), lost(0.08), unsure="count").verdict != "FAIL"
    report = gate(lost(0.12), lost(0.08), lost(0.0))
    assert report.verdict == "FAIL"
    assert [(each.metric, each.against) for each in report.metrics if each.verdict == "FAIL"] == [
        ("joint_success", "anchor")
    ]
    assert "against the anchor" in report.sentence
    # what was lost is shown beside the release that it was lost since
    assert {each.against for each in report.worst_problems} == {"anchor"}


def test_missing_samples_that_could_turn_the_verdict_make_it_invalid() -> None:
    some = rows(PERFECT)
    lacking = [
        row.model_copy(update={"bounds": {"joint_success": Bounds(0.0, 1.0)}}) if number < 8 else row
        for number, row in enumerate(some)
    ]
    report = gate(make_release(lacking, missing={"errored": 8, "unscored": 0, "unsure": 0}))
    joint = by_metric(report)["joint_success"]
    assert (report.verdict, report.exit_status, joint.verdict) == ("INVALID", 4, "INVALID")
    assert joint.missing == 8
    assert joint.worst
    assert joint.worst[0] != "PASS"


def test_guesses_count_unless_the_policy_says_otherwise_and_are_told() -> None:
    guessed = [
        row.model_copy(update={"unsure_bounds": {"joint_success": Bounds(0.0, 1.0)}}) if number % 3 == 0 else row
        for number, row in enumerate(rows(PERFECT))
    ]
    told = gate(make_release(guessed))
    assert told.verdict == "PASS"
    assert any("the matcher guessed in 32 problems" in warning for warning in told.warnings)
    assert gate(make_release(guessed), unsure="bounds").verdict == "INVALID"


@pytest.mark.parametrize(
    ("candidate", "what"),
    [
        (release(facts={"data": "other"}), "data"),
        (release(facts={"task version": "5"}), "task version"),
        (release(facts={"persona": "terse"}), "persona"),
        (make_release([row for row in rows(PERFECT) if "t00" not in row.template]), "problems"),
        (release({"premature_rate": 0.0}), "joint_success"),
        (make_release(rows(PERFECT)[:1]), "problems"),
        (release(missing={"errored": 100, "unscored": 0, "unsure": 0}), "samples without scores"),
    ],
    ids=["data", "version", "persona", "fewer problems", "metric missing", "one problem", "errors"],
)
def test_what_cannot_be_compared_is_invalid_and_named(candidate: Release, what: str) -> None:
    report = gate(candidate)
    assert (report.verdict, report.exit_status) == ("INVALID", 4)
    assert any(what in difference.what for difference in report.differences if difference.fatal)
    assert what in report.sentence


def test_a_baseline_near_its_floor_never_passes() -> None:
    low = release(PERFECT | {"joint_success": 0.1})
    report = gate(release(PERFECT | {"joint_success": 0.1}), low)
    assert report.verdict == "INCONCLUSIVE"
    assert by_metric(report)["joint_success"].verdict == "INCONCLUSIVE"


def test_an_accepted_loss_passes_until_it_expires() -> None:
    bad = release(PERFECT | {"over_ask_rate": 1.0})
    entry = Acknowledgement(metric="over_ask_rate", expires="2026-03-01", reason="new prompt")
    report = gate(bad, acknowledgements=(entry,))
    assert report.verdict == "PASS"
    assert by_metric(report)["over_ask_rate"].acknowledged == entry
    assert "accepted" in report.sentence
    late = entry.model_copy(update={"expires": "2026-02-28"})
    expired = gate(bad, acknowledgements=(late,))
    assert expired.verdict == "FAIL"
    assert by_metric(expired)["over_ask_rate"].acknowledged is None
    assert expired.acknowledgements == (late,)


def test_a_policy_chooses_metrics_margins_and_families() -> None:
    metrics = {"accuracy_full": MetricPolicy(margin=0.2, reason="noisy")}
    report = gate(release(PERFECT | {"joint_success": 0.0}), metrics=metrics)
    assert report.verdict == "PASS"
    assert [(each.metric, each.margin, each.margin_reason) for each in report.metrics] == [
        ("accuracy_full", 0.2, "noisy")
    ]
    nothing = gate(release(), families=("sql",))
    assert nothing.verdict == "INVALID"


def test_few_templates_speak_of_themselves_and_greedy_models_are_told() -> None:
    few = make_release(rows(PERFECT, templates=4, each=30), facts={"sampling do_sample": "False"})
    report = gate(few, few)
    assert {each.gain.estimand for each in report.metrics} == {"these templates"}
    assert any("4 templates" in warning for warning in report.warnings)
    assert any("word for word" in warning for warning in report.warnings)


def test_the_same_releases_give_the_same_report() -> None:
    assert gate(release()).model_dump_json() == gate(release()).model_dump_json()
