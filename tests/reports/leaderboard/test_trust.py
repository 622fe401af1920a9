from pathlib import Path
from typing import Any

import pytest

from askfirst.benchmark.errors import LogError
from askfirst.reports.audit_matcher import MatcherAudit, MatcherFigures
from askfirst.reports.audit_user import UserAudit, UserFigures
from askfirst.reports.exploits import Adversary, ExploitReport, Measured
from askfirst.reports.gate.outputs import to_json
from askfirst.reports.gate.verdict import GateReport, ReleaseSummary
from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.trust import check_ceiling, check_identities, load_audits, load_gates
from askfirst.reports.rates import Figure
from leaderboards import make_leaderboard

HALF = Figure(value=0.5, low=0.4, high=0.6, n=10)


def matcher_audit() -> MatcherAudit:
    fields = {name: HALF for name in MatcherFigures.model_fields if name != "questions"}
    figures = MatcherFigures.model_validate({"questions": 10, **fields})
    by_set = {"en": figures, "en/sql": figures}
    return MatcherAudit(identity="words-2", reader="r", half="test", figures=by_set, worst=())


def user_audit() -> UserAudit:
    figures = UserFigures(replies=10, caught=HALF, false_alarms=Figure(value=None), kind_right=HALF)
    return UserAudit(
        identity="audit-1",
        half="test",
        figures=figures,
        by_kind={},
        kinds_found={},
        by_family={},
        milliseconds=1,
        worst=(),
    )


def exploits() -> ExploitReport:
    joint = Estimate(mean=0.2, low=0.1, high=0.3, n=40, templates=10)
    best = Measured(policy="p", looks_at="habit", dev_joint_success=0.2, estimates={})
    adversary = Adversary(description="", overall={"joint_success": joint}, by_family={"sql": best, "arithmetic": best})
    return ExploitReport(
        reader="r",
        matcher="words-2",
        user="u",
        data_hash="",
        n=40,
        seed=0,
        policies=3,
        adversaries={"ceiling": adversary},
        hindsight={},
        joint_success_by_policy={},
    )


def save(folder: Path, **reports: Any) -> str:
    for name, report in reports.items():
        (folder / f"{name}.json").write_text(report.model_dump_json(), encoding="utf-8")
    return str(folder)


def test_audits_become_rows_and_the_exploit_ceiling(tmp_path: Path) -> None:
    found = load_audits([save(tmp_path, matcher=matcher_audit(), user=user_audit(), exploits=exploits())])
    assert [(each.instrument, each.figure) for each in found.instruments] == [
        ("matcher", "precision, en"),
        ("matcher", "recall, en"),
        ("matcher", "unsure, en"),
        ("user", "faults caught"),
    ]
    first = found.instruments[0]
    assert (first.value, first.low, first.high, first.n, first.identity) == (0.5, 0.4, 0.6, 10, "words-2")
    assert found.exploit_ceiling is not None
    assert found.exploit_ceiling.joint_success.mean == 0.2
    assert found.exploit_ceiling.families == ("arithmetic", "sql")


def test_without_audits_there_is_nothing() -> None:
    assert load_audits([]) == ((), None)


def test_an_audit_of_another_instrument_is_told(tmp_path: Path) -> None:
    found = load_audits([save(tmp_path, matcher=matcher_audit())])
    assert check_identities(*found, [{"matcher": "words-2"}]) == ()
    assert check_identities(*found, [{"matcher": "words-2"}, {"matcher": "words-1"}]) == (
        "The audit of the matcher is of words-2; the logs were made with words-1, words-2.",
    )


def test_the_audit_of_replies_is_a_part_of_a_model_users_identity(tmp_path: Path) -> None:
    found = load_audits([save(tmp_path, user=user_audit())])
    assert check_identities(*found, [{"user": "rules-2"}, {"user": "model/m+wording-1+audit-1+rules-2"}]) == ()
    [line] = check_identities(*found, [{"user": "model/m+wording-1+audit-9+rules-2"}])
    assert line.startswith("The audit of the user is of audit-1;")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nothing", "not readable as JSON"),
        ("[1]", "holds no JSON object"),
        ("{}", "not an audit"),
        ('{"instrument": "user", "identity": "u"}', "expected a report of this version"),
        ('{"instrument": ["user"]}', "not an audit"),
        ('{"instrument": {}, "criteria": 3}', "expected a report of this version"),
        ("[" * 100_000, "not readable as JSON"),
    ],
)
def test_a_file_that_is_no_audit_is_an_error(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "x.json").write_text(content)
    with pytest.raises(LogError, match=said):
        load_audits([str(tmp_path / "x.json")])


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"NaN"', "1e999"])
def test_an_audit_with_a_number_that_no_json_holds_is_an_error(tmp_path: Path, value: str) -> None:
    (tmp_path / "x.json").write_text(exploits().model_dump_json().replace("0.2", value))
    with pytest.raises(LogError, match="not finite"):
        load_audits([str(tmp_path / "x.json")])


def test_an_exploit_report_without_the_ceiling_is_an_error(tmp_path: Path) -> None:
    report = exploits().model_copy(update={"adversaries": {}})
    with pytest.raises(LogError, match="expected 'ceiling' among them"):
        load_audits([save(tmp_path, exploits=report)])


def test_a_path_too_long_for_a_file_is_an_error() -> None:
    with pytest.raises(LogError, match="expected a JSON file"):
        load_audits(["a" * 300])


def test_a_ceiling_that_was_measured_on_the_boards_problems_is_not_warned_of() -> None:
    board = make_leaderboard(families=("arithmetic", "sql"), boards=({},))
    assert check_ceiling(board.exploit_ceiling, board.boards, board.entries) == ()
    assert check_ceiling(None, board.boards, board.entries) == ()


def test_a_ceiling_that_was_measured_on_other_problems_or_with_another_user_is_told() -> None:
    made = make_leaderboard(families=("arithmetic", "sql"), boards=({}, {"condition": "drip", "persona": "terse"}))
    assert made.exploit_ceiling
    other = made.exploit_ceiling.model_copy(update={"families": ("arithmetic", "code", "logic")})
    first, second = check_ceiling(other, made.boards, made.entries)
    assert first == (
        "The exploit ceiling does not fit Asking on the suite: it was measured without sql; on code and logic as well."
    )
    assert second.endswith("; under condition ask, not drip; under persona cooperative, not terse.")


def test_nothing_private_comes_in_by_an_audit_or_a_gate(tmp_path: Path) -> None:
    audit = matcher_audit().model_copy(update={"identity": "words-2 from https://inside/?token=sesame"})
    ceiling = exploits().model_copy(update={"user": "model//home/me/user"})
    found = load_audits([save(tmp_path, matcher=audit, exploits=ceiling)])
    save_gate(tmp_path / "gate", "INVALID", "2026-01-01", "INVALID: templates '/home/me/a.toml', token=sesame")
    said = f"{found} {load_gates([str(tmp_path / 'gate')])}"
    assert "a.toml" in said
    assert not any(word in said for word in ("sesame", "inside", "/home/me"))


def test_two_exploit_reports_and_paths_that_are_not_there_are_errors(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="2 exploit reports"):
        load_audits([save(tmp_path, one=exploits(), two=exploits())])
    with pytest.raises(LogError, match="not there"):
        load_audits([str(tmp_path / "nowhere")])


def save_gate(folder: Path, verdict: str, day: str, sentence: str) -> None:
    release = ReleaseSummary(name="m", date=day, source="", samples=1, missing={}, calls=1, cost_usd=None)
    report = GateReport.model_validate(
        {
            **{"verdict": verdict, "sentence": sentence, "exit_status": 0, "alpha": 0.05, "metrics": []},
            **{"parts": [], "worst_problems": [], "differences": [], "warnings": [], "policy": {}, "versions": {}},
            **{"candidate": release, "baseline": None, "command": ""},
        }
    )
    folder.mkdir(exist_ok=True)
    (folder / f"{verdict}.json").write_bytes(to_json(report))


def test_gates_are_told_oldest_first(tmp_path: Path) -> None:
    for day, verdict in (("2026-02-01", "FAIL"), ("2026-01-01", "PASS")):
        save_gate(tmp_path, verdict, day, f"{verdict}: so")
    assert [(gate["verdict"], gate["date"], gate["baseline"]) for gate in load_gates([str(tmp_path)])] == [
        ("PASS", "2026-01-01", ""),
        ("FAIL", "2026-02-01", ""),
    ]
