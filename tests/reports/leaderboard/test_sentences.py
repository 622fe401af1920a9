from collections.abc import Mapping

from askfirst.reports.leaderboard.board import ALL, Leaderboard
from askfirst.reports.leaderboard.boards import group_logs
from askfirst.reports.leaderboard.build import Draft, fill_boards
from askfirst.reports.leaderboard.entries import key_entries
from askfirst.reports.leaderboard.loading import Loaded
from askfirst.reports.leaderboard.overview import to_glance
from askfirst.reports.leaderboard.picture_forest import draw_forest
from askfirst.reports.leaderboard.problems import Problem
from askfirst.reports.leaderboard.sentences import write_sentence
from askfirst.reports.leaderboard.view import main_caption
from board_rows import loaded, problem
from leaderboards import make_leaderboard


def rows(right: int, of: int, start: int = 0) -> list[Problem]:
    return [problem(start + number, values={"joint_success": float(number < right)}) for number in range(of)]


def report(*logs: Loaded) -> Leaderboard:
    groups, called = group_logs(logs), {log.name.identity: log.name.model for log in logs}
    keys: Mapping[str, str] = {name: key for group in groups for name, key in key_entries(group).items()}
    boards, entries = fill_boards(Draft(tuple(logs), (), called, groups, keys))
    update = {"boards": boards, "entries": entries, "dialogues": (), "across": ()}
    return make_leaderboard().model_copy(update=update)


SHARED = report(
    # on the ten that both have .8 and .5; on all of its own the first has .4
    loaded("most", [*rows(8, 10), *rows(0, 10, start=10)], data="d0"),
    loaded("other", rows(5, 10), data="d1"),
)


def test_the_sentence_and_the_glance_give_the_means_that_rank() -> None:
    [board] = SHARED.boards
    assert board.sentence.startswith(
        "most asks for what it lacks, and only then, and is right in 80% of the 10 problems that all have"
    )
    glance = to_glance(SHARED, {})
    assert glance is not None
    assert (glance.best.model, glance.headline.text) == ("most", "0.80")
    assert glance.over == " on the 10 problems that all have"
    own = glance.best.slices[ALL].estimates["joint_success"]
    assert own is not None
    assert own.mean == 0.4


def test_the_forest_shows_the_means_that_rank() -> None:
    forest = draw_forest(SHARED, SHARED.boards[0])
    assert forest is not None
    assert "most 0.80" in forest.description


def test_the_caption_says_over_which_problems_figures_and_ranks_are() -> None:
    assert main_caption(SHARED, SHARED.boards[0]) == (
        "Ranks rest on the 10 problems that every ranked model has; "
        "means, with 95% intervals, are over each model's own"
    )
    alike = report(loaded("a", rows(8, 10)), loaded("b", rows(5, 10)))
    assert main_caption(alike, alike.boards[0]).startswith("10 problems, the same for every ranked model;")
    assert "that all have" not in alike.boards[0].sentence
    policies = report(loaded("oracle", rows(10, 10), policy=True))
    assert main_caption(policies, policies.boards[0]).endswith("none is ranked")


def test_in_closed_the_sentence_says_that_nothing_can_be_asked() -> None:
    closed = {"condition": "closed", "max turns": "1"}
    [board] = report(*(loaded(name, rows(0, 10), settings=closed) for name in "ab")).boards
    assert board.sentence.startswith("Nothing can be asked here")


def test_where_no_model_succeeds_the_sentence_names_none() -> None:
    ranges = {"a": make_leaderboard().entries["b0-m0"].slices[ALL].rank}
    said = write_sentence({"a": "a"}, {"a": 0.0}, {key: rank for key, rank in ranges.items() if rank}, (), ())
    assert said == "No model asks for what it lacks, and only then, and is right in any problem."
