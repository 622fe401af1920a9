"""Dialogues and boards of a source whose problems have no right answer: only asking can be judged."""

import re

import pytest

from adapter_rows import ROWS, write_rows
from askfirst.reports.leaderboard.board import ALL, Leaderboard
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.exchange import name_verdict, to_exchanges
from askfirst.reports.leaderboard.page import render_page
from askfirst.reports.leaderboard.profile import to_profiles
from askfirst.reports.leaderboard.sentences import NO_ANSWERS
from askfirst.tasks.in3 import in3
from evaluations import evaluate
from mixed_logs import mix_log, save


@pytest.fixture(scope="module")
def unanswerable(tmp_path_factory: pytest.TempPathFactory) -> Leaderboard:
    """Return the leaderboard of two models, one of which asks and one of which doesn't."""
    folder, logs = tmp_path_factory.mktemp("in3"), tmp_path_factory.mktemp("logs")
    rows = str(write_rows(folder, ROWS["in3"]))
    for policy in ("never_ask", "oracle"):
        log = evaluate(in3(path=rows), f"askfirst/{policy}", folder)
        save(mix_log({policy: log}, {policy: 1.0}, f"lab/{policy}"), logs, policy)
    return build_leaderboard([str(logs)])


def test_a_board_without_right_answers_says_so_and_ranks_nobody(unanswerable: Leaderboard) -> None:
    [board] = unanswerable.boards
    assert board.sentence == NO_ANSWERS
    assert board.left_out == ()
    assert [unanswerable.entries[key].model for key in board.order] == ["lab/oracle", "lab/never_ask"]
    assert not any(entry.slices[ALL].rank or entry.shared for entry in unanswerable.entries.values())


def test_an_answer_that_nothing_can_be_compared_with_is_neither_right_nor_wrong(unanswerable: Leaderboard) -> None:
    assert {dialogue.right for dialogue in unanswerable.dialogues} == {None}
    assert {turn.right for dialogue in unanswerable.dialogues for turn in dialogue.turns} == {None}
    assert {dialogue.target for dialogue in unanswerable.dialogues} == {""}
    headlines = [each.headline for each in to_exchanges(unanswerable).values()]
    assert headlines
    assert all(each.endswith(", no right answer to compare with") for each in headlines)
    assert [name_verdict(right) for right in (True, False)] == ["right", "wrong"]


def test_the_page_calls_nothing_right_or_wrong_where_there_is_no_right_answer(unanswerable: Leaderboard) -> None:
    page = render_page(unanswerable, {}, dictionary=(), json_text="{}", csv_text="")
    assert "no right answer to compare with" in page
    assert not re.search(r">\s*(right|wrong)</(p|span)>", page)
    parts = {segment.name for each in to_profiles(unanswerable, {}) for segment in (*each.under, *each.twins)}
    assert {"asked well", "answered without asking"} <= parts
    assert not any("right" in name or "wrong" in name for name in parts)
