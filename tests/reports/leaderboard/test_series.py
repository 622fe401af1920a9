from askfirst.reports.leaderboard.board import Board, Entry, Leaderboard
from askfirst.reports.leaderboard.build import order_entries
from askfirst.reports.leaderboard.overview import to_series
from askfirst.reports.leaderboard.picture_curves import find_series
from askfirst.reports.leaderboard.profile import to_profiles
from askfirst.reports.leaderboard.series import group_series, label_dates
from leaderboards import make_leaderboard

BOARD = make_leaderboard(("alpha",), ("sql",), 0, boards=({},), policies=())
TIMES = ("2026-02-01T18:30", "2026-02-01T09:05", "2026-02-01T07:00", "2025-12-31T23:00")
"""Newest first; three runs of one day."""


def runs() -> list[Entry]:
    """Return entries of one model, newest first, whose keys are in no order of time."""
    unranked = BOARD.entries["b0-m0-older"]
    return [
        unranked.model_copy(
            update={"key": key, "created": f"{time}:00+00:00", "date": time[:10], "newest": time == TIMES[0]}
        )
        for key, time in zip(("k2", "k3", "k1", "k4"), TIMES, strict=True)
    ]


def report() -> tuple[Leaderboard, Board]:
    entries = runs()
    board = BOARD.boards[0].model_copy(update={"order": order_entries(entries[::-1]), "pairs": ()})
    return BOARD.model_copy(update={"entries": {each.key: each for each in entries}, "boards": (board,)}), board


def test_older_runs_stand_by_their_time_the_newer_first() -> None:
    assert order_entries(runs()[::-1]) == ("k2", "k3", "k1", "k4")


def test_a_series_goes_from_the_first_run_to_the_last_within_a_day_too() -> None:
    [series] = group_series(runs()).values()
    assert [each.key for each in series] == ["k4", "k1", "k3", "k2"]
    whole, board = report()
    [told] = to_series(whole)
    assert [step.entry.key for step in told.steps] == ["k4", "k1", "k3", "k2"]
    [drawn] = find_series([whole.entries[key] for key in board.order])
    assert [step.place for step in drawn.steps] == sorted({step.place for step in drawn.steps})
    labels = ["2025-12-31", "2026-02-01 07:00", "2026-02-01 09:05", "2026-02-01 18:30"]
    assert [step.label for step in drawn.steps] == [step.label for step in told.steps] == labels


def test_steps_order_checkpoints_whenever_they_were_run() -> None:
    entries = [each.model_copy(update={"step": step}) for each, step in zip(runs(), (5, 20, 100, 3), strict=True)]
    [series] = group_series(entries).values()
    assert [each.step for each in series] == [3, 5, 20, 100]


def test_runs_of_one_day_are_told_apart_by_the_time() -> None:
    assert label_dates(runs()[2:]) == ["2026-02-01", "2025-12-31"]
    assert label_dates(runs()[:2]) == ["2026-02-01 18:30", "2026-02-01 09:05"]
    whole, _ = report()
    [profile] = [each for each in to_profiles(whole, {}) if each.entry.key == "k2"]
    assert [line.label for line in profile.elsewhere] == ["2026-02-01 09:05", "2026-02-01 07:00", "2025-12-31"]
