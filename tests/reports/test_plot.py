from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from askfirst.benchmark.errors import LogError
from askfirst.reports.intervals import Estimate
from askfirst.reports.plot import LINE, place_labels, to_points, write_plot
from askfirst.reports.table import TABLE_MEASURES, Column


def make_column(model: str, premature: float | None, accuracy: float = 0.5, interval: bool = True) -> Column:
    def around(mean: float) -> Estimate:
        low, high = (max(0.0, mean - 0.1), min(1.0, mean + 0.1)) if interval else (None, None)
        return Estimate(mean=mean, low=low, high=high, n=30, templates=10)

    estimates = dict.fromkeys(TABLE_MEASURES)
    placed = {} if premature is None else {"premature_rate": around(premature), "accuracy_under": around(accuracy)}
    return Column(
        label=model,
        model=model,
        task="askfirst/suite",
        log="log.eval",
        problems=30,
        errored=0,
        incomplete=0,
        estimates={**estimates, **placed},
        unscored={},
    )


COLUMNS = [
    make_column("askfirst/oracle", 0, 1),
    make_column("askfirst/always_ask", 0, 1),
    make_column("askfirst/never_ask", 1, 0),
    make_column("smollm2-135m", 0.98, 0.03),
]


def test_equal_results_give_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first = [path.read_bytes() for path in write_plot(COLUMNS, tmp_path)]
    again = [path.read_bytes() for path in write_plot(COLUMNS, tmp_path / "again")]
    assert first == again
    assert first[0].startswith(b"\x89PNG")


def test_the_svg_says_in_words_what_it_shows(tmp_path: Path) -> None:
    _, svg = write_plot(COLUMNS, tmp_path)
    root = ElementTree.parse(svg).getroot()
    texts = {"".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"smollm2-135m", "always_ask, oracle (policies)", "never_ask (policy)"} <= texts
    described = "".join(root.itertext())
    assert "smollm2-135m: premature 0.98, accuracy 0.03" in described


def test_labels_of_near_points_do_not_touch() -> None:
    columns = [make_column(f"model-{number}", 0.9, number / 20) for number in range(5)]
    heights = sorted(label.text_y for label in place_labels(to_points(columns)))
    assert all(high - low >= LINE - 1e-9 for low, high in pairwise(heights))


def test_long_names_at_one_place_stand_below_each_other_within_the_picture(tmp_path: Path) -> None:
    names = [f"a-checkpoint-with-a-name-{number}" for number in range(3)]
    columns = [make_column(name, 0.9, 0) for name in names] + [make_column("other", 0.9, 0.1)]
    first, second = place_labels(to_points(columns))
    assert first.text == ",\n".join(names)
    assert second.text_y - first.text_y >= LINE * (first.lines + second.lines) / 2 - 1e-9
    # the whole figure, as matplotlib lays it out: a label that needs more room than there is warns, which fails here
    write_plot(columns, tmp_path)


def test_labels_that_grow_towards_each_other_in_one_row_do_not_touch() -> None:
    left, right = place_labels(to_points([make_column("model", 0.39, 0), make_column("askfirst/never_ask", 1, 0)]))
    assert abs(left.text_y - right.text_y) >= LINE - 1e-9


def test_a_model_and_a_policy_at_one_place_have_labels_of_their_own() -> None:
    labels = place_labels(to_points([make_column("askfirst/never_ask", 1, 0), make_column("model", 1, 0)]))
    assert [label.text for label in labels] == ["never_ask (policy)", "model"]


def test_a_model_without_an_interval_is_drawn(tmp_path: Path) -> None:
    write_plot([make_column("model", 0.5, 0.5, interval=False)], tmp_path)


def test_models_without_the_under_arm_are_left_out(tmp_path: Path) -> None:
    assert to_points([make_column("model", None)]) == []
    with pytest.raises(LogError, match="evaluate with arms=all"):
        write_plot([make_column("model", None)], tmp_path)
