from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from askfirst.reports.leaderboard.picture_labels import Box, place_beside, spread
from askfirst.reports.leaderboard.picture_style import count_columns, shorten

WITHIN = Box(0, 0, 300, 180)


@given(st.lists(st.floats(0, 180), max_size=12), st.floats(1, 15))
def test_labels_of_a_column_keep_their_order_and_do_not_touch(wanted: list[float], gap: float) -> None:
    places = spread(wanted, gap, 0, 180)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    assert all(places[after] - places[before] >= gap - 1e-6 for before, after in pairwise(order))
    assert all(-1e-6 <= place <= 180 + 1e-6 for place in places)


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([90, 10, 50], 13, 0, 180) == [90, 10, 50]


def test_labels_of_points_that_lie_together_cover_neither_points_nor_each_other() -> None:
    points = [(60.0 + 3 * number, 60.0 + 2 * number) for number in range(8)]
    labels = [Box.around(x, y, 12, 9) for x, y in place_beside(points, [12.0] * 8, 9, WITHIN)]
    markers = [Box.around(x, y, 8, 8) for x, y in points]
    assert all(one.covers(other) == 0 for one, other in combinations(labels, 2))
    assert all(label.covers(marker) == 0 for label in labels for marker in markers)


def test_the_label_of_a_point_in_a_corner_stays_within() -> None:
    (place,) = place_beside([(300, 180)], [20], 9, WITHIN)
    assert Box.around(*place, 20, 9).covers(WITHIN) == 180


def test_a_label_keeps_off_what_it_should_avoid() -> None:
    bar = Box(0, 89.5, 300, 1)
    (place,) = place_beside([(150, 90)], [12], 9, WITHIN, [bar])
    assert Box.around(*place, 12, 9).covers(bar) == 0


@given(st.text("ab/ -漢🤖ש\u202e\u0301\x00\x1b\n\t\ud800"), st.integers(3, 60))
def test_a_shortened_name_is_one_line_that_prints_and_fits(name: str, columns: int) -> None:
    short = shorten(name, columns)
    assert short.isprintable()
    assert 0 < count_columns(short) <= max(columns, len("(no name)"))


def test_a_shortened_name_keeps_what_tells_releases_apart() -> None:
    assert shorten("sml-135m/checkpoint-300", 23) == "sml-135m/checkpoint-300"
    assert shorten("meta-llama/Llama-3.3-70B-Instruct", 22) == "meta-llama\N{HORIZONTAL ELLIPSIS}0B-Instruct"
    assert shorten("漢字" * 20, 9) == "漢字\N{HORIZONTAL ELLIPSIS}漢字"
