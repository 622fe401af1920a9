import re

from askfirst.reports.leaderboard.markdown import render_markdown
from leaderboards import HOSTILE, make_leaderboard

BOARD = make_leaderboard()


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_the_table_has_the_main_board_in_order() -> None:
    head, ruler, *body = rows(render_markdown(BOARD))
    assert head[:5] == ["Rank", "Model", "Joint success ↑", "Asking success ↑", "Premature ↓"]
    assert set(ruler) == {"---:", "---"}
    assert [row[0].replace("\N{EN DASH}", "-") for row in body] == ["1-2", "1-3", "2-4", "3-4", *"---", "older"]
    assert [row[1] for row in body][3:5] == ["`delta-1b`", "`oracle` (reference)"]
    estimate = BOARD.entries["b0-m0"].slices["all"].estimates["joint_success"]
    assert estimate is not None
    assert body[0][2] == f"{estimate.mean:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def test_other_boards_are_there_when_named() -> None:
    assert render_markdown(BOARD, ["b1"]).startswith("### condition drip\n")
    assert render_markdown(BOARD).startswith("### Asking on the suite\n")


def test_hostile_text_stays_within_its_cell_and_is_no_markup() -> None:
    text = render_markdown(make_leaderboard(says=HOSTILE))
    table = rows(text)
    assert {len(row) for row in table} == {11}
    names = [row[1] for row in table[2:]]
    assert all(re.fullmatch(r"(`+) ?[^`].*[^`] ?\1( \([^)]*\))?", name) for name in names)
    [sentence] = [line for line in text.splitlines() if "asks best" in line]
    assert "&#60;script&#62;" in sentence
    assert not set("<>[]`*|@") & set(sentence)
    assert not re.search(r"http://", sentence)
    assert not set("\x00\x1b\u202e") & set(text)


def test_a_name_of_backticks_is_still_code() -> None:
    text = render_markdown(make_leaderboard(models=("``x`",), boards=({},)))
    assert "``` ``x` ```" in text
