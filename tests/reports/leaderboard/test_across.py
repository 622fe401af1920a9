from collections.abc import Mapping, Sequence
from statistics import mean

import pytest
from inspect_ai.log import EvalLog

from askfirst.reports.leaderboard.across import Owner, measure_across, recovery, use_gap
from askfirst.reports.leaderboard.board import Across, Leaderboard
from askfirst.reports.leaderboard.boards import group_logs
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.entries import key_entries
from askfirst.reports.leaderboard.loading import Loaded
from askfirst.reports.leaderboard.problems import Problem
from askfirst.reports.leaderboard.profile import to_profiles
from askfirst.reports.leaderboard.view import main_table
from board_rows import loaded, problem
from evaluations import evaluate
from mixed_logs import mix_log, save

OWNER = Owner("a-1", "a")


def rows(under: list[float], full: float = 1.0, known: float = 1.0) -> list[Problem]:
    return [
        problem(number, values={"accuracy_under": value, "accuracy_full": full, "known_at_attempt": known})
        for number, value in enumerate(under)
    ]


@pytest.mark.parametrize(("ask", "expected"), [(1.0, 1.0), (0.0, 0.0), (0.5, 0.5)])
def test_recovery_is_the_share_of_what_was_lost_that_asking_makes_up_for(ask: float, expected: float) -> None:
    found = recovery(OWNER, rows([ask] * 10), rows([0.0] * 10))
    assert (found.value, found.n, found.reason) == (expected, 10, "")
    assert (found.low, found.high) == pytest.approx((expected, expected))


def test_recovery_has_the_delta_methods_interval() -> None:
    ask, closed = [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    found = recovery(OWNER, rows(ask), rows(closed))
    numerator = [one - other for one, other in zip(ask, closed, strict=True)]
    denominator = [1 - other for other in closed]
    ratio = sum(numerator) / sum(denominator)
    squares = sum((x - ratio * y) ** 2 for x, y in zip(numerator, denominator, strict=True))
    error = (squares * 8 / 7) ** 0.5 / 8 / (sum(denominator) / 8)
    assert found.value == pytest.approx(ratio)
    assert found.low == pytest.approx(ratio - 2.3646 * error, abs=1e-4)


def test_recovery_is_unscored_where_hiding_costs_next_to_nothing() -> None:
    found = recovery(OWNER, rows([1.0] * 10), rows([1.0] * 9 + [0.0]))
    assert found.value is None
    assert "standard errors" in found.reason
    assert recovery(OWNER, rows([1.0] * 10), rows([1.0] * 10)).value is None


def test_use_gap_looks_only_at_problems_whose_facts_were_all_known() -> None:
    told, asked = rows([1.0] * 40), [*rows([1.0] * 30), *rows([0.0] * 40, known=0.5)[30:]]
    found = use_gap(OWNER, asked, told)
    assert (found.value, found.n) == (0.0, 30)


def test_use_gap_is_above_0_where_facts_are_used_worse_when_they_come_one_by_one() -> None:
    found = use_gap(OWNER, rows([0.0, 1.0] * 20), rows([1.0] * 40))
    assert found.value == 0.5


def test_use_gap_is_unscored_under_30_problems() -> None:
    found = use_gap(OWNER, rows([1.0] * 29), rows([1.0] * 29))
    assert (found.value, found.n) == (None, 29)
    assert "at least 30" in found.reason


def test_problems_of_another_seed_are_not_compared() -> None:
    other = [each._replace(content="other") for each in rows([0.0] * 10)]
    assert recovery(OWNER, rows([1.0] * 10), other).n == 0


def measure(logs: Sequence[Loaded]) -> tuple[dict[str, str], list[Across]]:
    """Return the key of each log's entry by evaluation id, and the measures over several logs."""
    groups, called = group_logs(logs), {log.name.identity: log.name.model for log in logs}
    keys = {name: key for group in groups for name, key in key_entries(group).items()}
    return keys, list(measure_across(groups, called, keys))


CLOSED = {"condition": "closed", "max turns": "1"}


def test_conditions_are_compared_model_by_model_and_settings_by_settings() -> None:
    logs = [
        loaded("a", rows([1.0] * 10)),
        loaded("a", rows([0.0] * 10), settings=CLOSED),
        loaded("b", rows([0.0] * 10), settings=CLOSED),
        loaded("a", rows([0.0] * 10), settings={"condition": "concat", "system message": "invite"}),
    ]
    keys, found = measure(logs)
    assert [(each.measure, each.entry, each.model) for each in found] == [("recovery", keys[logs[0].eval_id], "a")]


def test_entries_of_other_data_have_each_its_own_recovery() -> None:
    first, second = rows([1.0] * 10), [each._replace(opening="o", content=f"{each.name} 1") for each in rows([0.5] * 8)]
    logs = [
        loaded("a", first, data="d0"),
        loaded("a", second, data="d1", day="2026-05-02"),
        loaded("a", [each._replace(values={"accuracy_under": 0.0}) for each in first], data="d0", settings=CLOSED),
        loaded("a", [each._replace(values={"accuracy_under": 0.0}) for each in second], data="d1", settings=CLOSED),
    ]
    keys, found = measure(logs)
    assert {each.entry: (each.value, each.n) for each in found} == {
        keys[logs[0].eval_id]: (1.0, 10),
        keys[logs[1].eval_id]: (0.5, 8),
    }


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, EvalLog]:
    """Return a model's log by condition: in `ask` it gets all that it lacks, and often answers wrong all the same."""
    folder = tmp_path_factory.mktemp("conditions")

    def play(policy: str, condition: str) -> EvalLog:
        arguments = {"level": 1, "n": 32, "arms": ["under", "full"], "condition": condition}
        log = evaluate("askfirst/arithmetic", f"askfirst/{policy}", folder, task_args=arguments)
        assert log.samples
        log.samples.sort(key=lambda sample: str(sample.id))
        return log

    logs = {condition: {"oracle": play("oracle", condition)} for condition in ("ask", "closed", "concat")}
    logs["ask"]["forgetful"] = play("forgetful", "ask")
    weights = {"oracle": 0.7, "forgetful": 0.3}
    made = {
        condition: mix_log(some, {policy: weights[policy] for policy in some}, "lab/asker")
        for condition, some in logs.items()
    }
    return made | {"older": mix_log(logs["ask"], {"forgetful": 1.0}, "lab/asker", day="2026-04-01", seed=1)}


@pytest.fixture(scope="module")
def across_board(mixed: Mapping[str, EvalLog], tmp_path_factory: pytest.TempPathFactory) -> Leaderboard:
    folder = tmp_path_factory.mktemp("across")
    for name, log in mixed.items():
        save(log, folder, name)
    return build_leaderboard([str(folder)], dialogues_per_model=0)


def accuracies(log: EvalLog, arm: str) -> list[float]:
    return [
        (sample.scores or {})["measures"].as_dict()[f"accuracy_{arm}"]  # type: ignore[misc]
        for sample in log.samples or []
        if sample.metadata["arm"] == arm
    ]


def test_recovery_and_use_gap_of_real_logs_are_those_of_their_samples(
    across_board: Leaderboard, mixed: Mapping[str, EvalLog]
) -> None:
    ask, closed, concat = (accuracies(mixed[condition], "under") for condition in ("ask", "closed", "concat"))
    found = {each.measure: each for each in across_board.across}
    lost = mean(accuracies(mixed["ask"], "full")) - mean(closed)
    assert found["recovery"].value == pytest.approx((mean(ask) - mean(closed)) / lost)
    assert found["use_gap"].value == pytest.approx(mean(concat) - mean(ask))
    assert [found[name].n for name in ("recovery", "use_gap")] == [32, 32]


def test_only_the_newest_entry_in_ask_shows_what_several_logs_say_together(across_board: Leaderboard) -> None:
    [asking] = {each.entry for each in across_board.across}
    entry = across_board.entries[asking]
    [board] = [each for each in across_board.boards if each.key == entry.board]
    assert (board.settings["condition"], entry.newest) == ("ask", True)
    table = main_table(across_board, board)
    place = [column.name for column in table.columns].index("recovery")
    shown = {row.kind: row.cells[place].text for row in table.rows}
    assert shown["older"] == "not run"
    assert shown["model"] not in {"not run", "unscored"}
    others = [each for each in across_board.boards if each.key != entry.board]
    assert len(others) == 2
    assert not any(column.name == "recovery" for each in others for column in main_table(across_board, each).columns)
    profiles = to_profiles(across_board, {})
    named = {each.entry.key for each in profiles if any(name == "recovery" for name, _, _ in each.measures)}
    assert named == {asking}
