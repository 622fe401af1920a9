import re
from itertools import combinations
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, Curve, Entry, Leaderboard, Slice, Timing
from askfirst.reports.leaderboard.cells import format_number
from askfirst.reports.leaderboard.picture_heatmap import SHADES, draw_heatmap, find_shade, letters_on, luminance
from askfirst.reports.leaderboard.picture_labels import Box
from askfirst.reports.leaderboard.picture_slot import PICTURES, Picture
from askfirst.reports.leaderboard.picture_style import DARK, DASHES, FAINT, LINES, MARKERS, PAPER, width_of
from askfirst.reports.leaderboard.picture_tradeoff import Point, find_front
from askfirst.reports.leaderboard.pictures import DRAWERS, draw_pictures
from leaderboards import FAMILIES, HOSTILE, make_leaderboard

SVG = "{http://www.w3.org/2000/svg}"
NONE = Curve(points=())
TWENTY = tuple(f"laboratory-{number}/some-model-{number}-70b-instruct" for number in range(20))


def change(report: Leaderboard, **update: Any) -> Leaderboard:
    """Give every entry of the first board other fields."""
    entries = {key: entry.model_copy(update=update) for key, entry in report.entries.items()}
    return report.model_copy(update={"entries": entries})


def set_measures(entry: Entry, estimates: dict[str, Estimate | None]) -> Entry:
    slices = {
        name: part.model_copy(update={"estimates": {**part.estimates, **estimates}})
        for name, part in entry.slices.items()
    }
    shared = estimates.get("joint_success", entry.shared) if entry.shared else None
    return entry.model_copy(update={"slices": slices, "shared": shared})


def make_estimate(mean: float, reach: float | None = 0.1, most: float = 1) -> Estimate:
    low, high = (None, None) if reach is None else (max(0.0, mean - reach), min(most, mean + reach))
    return Estimate(mean=mean, low=low, high=high, n=40, templates=10)


def make_report(
    models: tuple[str, ...] = TWENTY, families: tuple[str, ...] = FAMILIES, means: tuple[float, ...] = ()
) -> Leaderboard:
    """Make a report whose models differ in everything that is drawn; means may be given, as any in [0, 1] may be."""
    report = make_leaderboard(models=models, families=families, dialogues=0, boards=({},))
    random, entries = Random(1), dict[str, Entry]()

    def draw_mean() -> float:
        return random.choice(means) if means else random.random()

    for key, entry in report.entries.items():
        measures = ("joint_success", "accuracy_under", "premature_rate")
        changed = set_measures(entry, {name: make_estimate(draw_mean()) for name in measures})
        changed = set_measures(changed, {"questions": make_estimate(5 * draw_mean(), 0.5, most=10)})
        timing = tuple(
            Timing(turn=turn, known=level / 4, dialogues=random.randrange(1, 9))
            for turn in (1, 2, 5, 12)
            for level in range(5)
        )
        points = tuple((f"{number}", make_estimate(draw_mean())) for number in range(1, 12))
        curve = Curve(points=points[: random.randrange(1, 12)])
        update = {"timing": timing, "accuracy_by_hidden": Curve(points=points[:4]), "gain_by_question": curve}
        entries[key] = changed.model_copy(update=update)
    return report.model_copy(update={"entries": entries})


@pytest.fixture(scope="module")
def pictures() -> dict[str, Picture]:
    return dict(draw_pictures(make_report()))


def texts_of(picture: Picture) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(picture.light_svg).iter(f"{SVG}text")]


def test_a_full_report_has_every_picture_in_order_and_each_says_what_it_is(pictures: dict[str, Picture]) -> None:
    assert tuple(pictures) == PICTURES
    for picture in pictures.values():
        root = ElementTree.fromstring(picture.light_svg)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title") == picture.title
        assert root.findtext(f"{SVG}desc") == picture.description
        assert picture.dark_svg == ""
        assert len(picture.description) < 2_000


def test_equal_reports_give_equal_bytes_without_a_date() -> None:
    report = make_report(TWENTY[:2], FAMILIES[:1])
    pictures = draw_pictures(report)
    assert draw_pictures(report) == pictures
    assert not any("Matplotlib" in picture.light_svg or "dc:date" in picture.light_svg for picture in pictures.values())


def test_twenty_models_and_eight_families_stay_small(pictures: dict[str, Picture]) -> None:
    sizes = {name: len(picture.light_svg.encode()) for name, picture in pictures.items()}
    assert sum(sizes.values()) < 250_000, sizes


def test_texts_do_not_touch(pictures: dict[str, Picture]) -> None:
    for name, picture in pictures.items():
        boxes = read_boxes(picture)
        assert len(boxes) > 8
        for (one, first), (other, second) in combinations(boxes, 2):
            assert first.covers(second) < 1, f"{name}: {one!r} and {other!r}"


def read_boxes(picture: Picture) -> list[tuple[str, Box]]:
    """Return every text that isn't turned and about what it covers."""
    root = ElementTree.fromstring(picture.light_svg)
    rules = dict(re.findall(r"\.(s\d+)\{([^}]*)\}", root.findtext(f"{SVG}style") or ""))
    boxes: list[tuple[str, Box]] = []
    for element in root.iter(f"{SVG}text"):
        rule, place = rules[element.get("class", "")], re.findall(r"-?[\d.]+", element.get("transform") or "")
        if "rotate" in (element.get("transform") or ""):
            continue
        x, y = (float(element.get(name, at)) for name, at in zip("xy", place or "00", strict=False))
        size = float(re.findall(r"font-size:([\d.]+)", rule)[0])
        width = 0.9 * width_of(element.text or "", size)  # few letters are as wide as the widest font's
        shift = {"middle": 0.5, "end": 1.0}.get("".join(re.findall(r"text-anchor:(\w+)", rule)), 0.0)
        boxes.append((element.text or "", Box(x - shift * width, y - 0.7 * size, width, 0.7 * size)))
    return boxes


def test_every_number_in_the_words_is_the_reports() -> None:
    models = ("alpha", "beta", "gamma")
    report = make_report(models, FAMILIES[:3], means=(0.13, 0.37, 0.61, 0.88))
    known = {format_number(number) for entry in report.entries.values() for number in numbers_of(entry)}
    pictures = draw_pictures(report)
    assert tuple(pictures) == PICTURES
    for name, picture in pictures.items():
        said = re.findall(r"\d+\.\d\d", picture.description)
        assert said
        assert set(said) <= known, name
    assert len(known) < 60  # of some two hundred: a wrong number would hardly be among them


def numbers_of(entry: Entry) -> list[float]:
    drawn = ("joint_success", "accuracy_under", "premature_rate", "questions")
    found = [part.estimates[name] for at, part in entry.slices.items() for name in drawn if "template" not in at]
    found += [estimate for curve in (entry.accuracy_by_hidden, entry.gain_by_question) for _, estimate in curve.points]
    numbers = [number for each in found if each for number in (each.mean, each.low, each.high) if number is not None]
    total = sum(cell.dialogues for cell in entry.timing)
    late = {
        level: sum(cell.dialogues for cell in entry.timing if cell.turn >= 10 and cell.known == level)
        for level in (0, 0.25, 0.5, 0.75, 1)
    }
    early = sum(cell.dialogues for cell in entry.timing if cell.known < 1)
    return [*numbers, *(count / total for count in (early, *late.values(), *(cell.dialogues for cell in entry.timing)))]


def test_the_forest_says_each_mean_interval_and_rank() -> None:
    report = make_leaderboard(models=("gamma-12b", "beta-7b"), policies=("oracle",), boards=({},))
    entry = report.entries["b0-m1"].slices[ALL]
    mean, rank = entry.estimates["joint_success"], entry.rank
    assert mean is not None
    assert mean.low is not None
    assert mean.high is not None
    assert rank is not None
    forest = draw_pictures(report)["forest"]
    assert (
        f"beta-7b {mean.mean:.2f} [{mean.low:.2f}, {mean.high:.2f}], rank {rank.best}\N{EN DASH}{rank.worst}"
        in forest.description
    )
    assert {"gamma-12b", "beta-7b", "oracle", f"{mean.mean:.2f}", f"{rank.best}\N{EN DASH}{rank.worst}"} <= set(
        texts_of(forest)
    )


def test_hostile_names_are_shown_as_text_and_cut() -> None:
    models = ("$\\frac{a$", "x" * 1_000_000, "漢字 שלום \ud800 Z̸̢a", "]]>--><a href='javascript:1'>", "")
    report = make_leaderboard(models, ("<b>&$x^2$", "f" * 300), 0, boards=({},), says=HOSTILE)
    pictures = draw_pictures(report)
    assert tuple(pictures) == PICTURES
    for picture in pictures.values():
        root = ElementTree.fromstring(picture.light_svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "style", "defs", "path", "use", "text"}
        names = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118
        assert not any(name.startswith("on") for name in names)
        assert all(re.fullmatch(r"#m\d+", element.get("href", "#m0")) for element in root.iter())
        assert "owned" not in (root.findtext(f"{SVG}style") or "")
        assert all(text.isprintable() for text in (*texts_of(picture), picture.description))
        assert len(picture.light_svg) < 40_000
    plain = make_leaderboard(("$\\frac{a$",), ("x$^2$",), 0, boards=({},))
    assert "$\\frac{a$" in texts_of(draw_pictures(plain)["forest"])
    assert "x$^2$" in texts_of(draw_pictures(plain)["heatmap"])


def test_one_model_of_one_family_without_intervals_or_policies_is_drawn() -> None:
    report = make_leaderboard(("alpha",), FAMILIES[:1], 0, boards=({},), policies=(), older=False)
    bare = {
        key: set_measures(entry, dict.fromkeys(entry.slices[ALL].estimates, make_estimate(0.5, None)))
        for key, entry in report.entries.items()
    }
    report = change(
        report.model_copy(update={"entries": bare}), gain_by_question=Curve(points=(("1", make_estimate(1, None)),))
    )
    assert tuple(draw_pictures(report)) == PICTURES[:-1]


@pytest.mark.parametrize(
    ("name", "update"),
    [
        ("timing", {"timing": ()}),
        ("timing", {"timing": (Timing(turn=1, known=0, dialogues=0),)}),
        ("hidden", {"accuracy_by_hidden": NONE}),
        ("gain", {"gain_by_question": NONE}),
        ("curves", {"created": "2026-02-01T12:00:00+00:00"}),
        ("curves", {"created": "some day"}),
        ("curves", {"step": 100}),
    ],
)
def test_a_picture_without_data_is_left_out(name: str, update: dict[str, Any]) -> None:
    whole = make_leaderboard(("alpha",), FAMILIES[:1], 0, boards=({},))
    lacking = change(whole, **update)
    assert DRAWERS[name](whole, whole.boards[0]) is not None
    assert DRAWERS[name](lacking, lacking.boards[0]) is None


def test_a_report_without_boards_models_or_values_has_no_pictures() -> None:
    report = make_leaderboard(("alpha", "beta"), boards=({},))
    assert draw_pictures(report.model_copy(update={"boards": (), "entries": {}})) == {}
    policies = change(report, policy=True)
    assert draw_pictures(policies) == {}
    empty = change(report, slices={}, timing=(), accuracy_by_hidden=NONE, gain_by_question=NONE)
    assert draw_pictures(empty) == {}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_sparse_data_leaves_pictures_out_but_never_fails(data: st.DataObject) -> None:
    report = make_leaderboard(
        ("alpha", "beta", "gamma"), FAMILIES[:2], 0, templates=1, boards=({},), policies=("oracle",)
    )
    values = st.one_of(
        st.none(), st.builds(make_estimate, st.sampled_from((0.0, 0.5, 1.0)), st.sampled_from((None, 0.2)))
    )
    entries: dict[str, Entry] = {}
    for key, entry in report.entries.items():
        slices: dict[str, Slice] = {}
        for name, part in entry.slices.items():
            if data.draw(st.booleans()):
                drawn = ("joint_success", "premature_rate", "accuracy_under", "questions")
                known = data.draw(st.dictionaries(st.sampled_from(drawn), values))
                slices[name] = part.model_copy(update={"estimates": known})
        points = data.draw(
            st.lists(st.tuples(st.sampled_from(("1", "2", "more")), st.builds(make_estimate, st.just(0.5))), max_size=2)
        )
        curve = Curve(points=tuple(dict(points).items()))
        step = data.draw(st.sampled_from((None, 1, 2)))
        update = {
            "slices": slices,
            "accuracy_by_hidden": curve,
            "gain_by_question": curve,
            "series": "one",
            "step": step,
        }
        entries[key] = entry.model_copy(update=update)
    for picture in draw_pictures(report.model_copy(update={"entries": entries})).values():
        ElementTree.fromstring(picture.light_svg)


def test_lines_say_where_they_start_and_end() -> None:
    curve = Curve(points=(("1", make_estimate(0.25)), ("10", make_estimate(0.5)), ("2", make_estimate(0.75))))
    report = change(
        make_leaderboard(("alpha",), FAMILIES[:1], 0, boards=({},)), accuracy_by_hidden=curve, gain_by_question=curve
    )
    pictures = draw_pictures(report)
    assert "alpha: 0.25 with 1 hidden, 0.75 with 2 hidden." in pictures["hidden"].description
    assert "alpha: 0.25 in question 1, 0.75 in question 2." in pictures["gain"].description


def test_missing_cells_are_hatched_and_said() -> None:
    report = make_leaderboard(("alpha", "beta"), FAMILIES[:2], boards=({},), older=False)
    whole = draw_heatmap(report, report.boards[0])
    beta = report.entries["b0-m1"]
    slices = {name: part for name, part in beta.slices.items() if name != f"family:{FAMILIES[1]}"}
    lacking = report.entries | {"b0-m1": beta.model_copy(update={"slices": slices})}
    holed = draw_heatmap(report.model_copy(update={"entries": lacking}), report.boards[0])
    assert whole is not None
    assert holed is not None
    assert f"Hatched, without a value: beta ({FAMILIES[1]})." in holed.description
    assert "\N{EN DASH}" in texts_of(holed)
    assert "no value" in texts_of(holed)
    assert "atched" not in whole.description
    assert "no value" not in texts_of(whole)


def make_point(x: float, y: float) -> Point:
    entry = make_leaderboard(("alpha",), boards=({},)).entries["b0-m0"]
    return Point("1", entry, make_estimate(x), make_estimate(y))


def test_the_front_has_who_is_beaten_by_none() -> None:
    points = [make_point(x, y) for x, y in ((0.1, 0.2), (0.1, 0.1), (0.2, 0.2), (0.3, 0.9), (0.3, 0.9), (0.9, 0.8))]
    assert [(point.x.mean, point.y.mean) for point in find_front(points)] == [(0.1, 0.2), (0.3, 0.9), (0.3, 0.9)]


def test_series_over_steps_and_dates_say_where_they_start_and_end() -> None:
    report = make_leaderboard(("alpha", "run/step-1", "run/step-2"), FAMILIES[:1], 0, boards=({},), policies=())
    entries = dict(report.entries)
    for key, step, mean in (("b0-m1", 10, 0.25), ("b0-m2", 200, 0.75)):
        entry = set_measures(
            entries[key], {"joint_success": make_estimate(mean), "premature_rate": make_estimate(1 - mean)}
        )
        entries[key] = entry.model_copy(update={"series": "run", "step": step})
    curves = draw_pictures(report.model_copy(update={"entries": entries}))["curves"]
    says = "run, step 10 to step 200 (2 points): joint_success 0.25 to 0.75, premature_rate 0.75 to 0.25"
    assert says in curves.description
    assert "alpha, 2025-11-02 to 2026-02-01 (2 points)" in curves.description
    assert {"run", "10", "200", "2025-11-02", "2026-02-01"} <= set(texts_of(curves))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_texts_and_lines_stand_out_in_light_and_dark() -> None:
    inks = [color for color in DARK if color not in {PAPER, FAINT}]
    assert min(contrast(color, PAPER) for color in inks) >= 4.5
    assert min(contrast(DARK[color], DARK[PAPER]) for color in inks) >= 4.5
    shades = [find_shade(step / SHADES) for step in range(SHADES + 1)]
    assert min(contrast(shade, letters_on(shade)) for shade in shades) >= 4.5
    assert [luminance(shade) for shade in shades] == sorted(luminance(shade) for shade in shades)


def test_lines_differ_in_more_than_colour() -> None:
    assert len(LINES) == len(set(MARKERS)) == len(set(DASHES))


def test_every_colour_but_the_shades_adapts(pictures: dict[str, Picture]) -> None:
    for name, picture in pictures.items():
        style = re.sub(r"^.*?\}\}", "", ElementTree.fromstring(picture.light_svg).findtext(f"{SVG}style") or "")
        fixed = set(re.findall("#[0-9a-f]{6}", style))
        assert bool(fixed) == (name == "heatmap")
        assert "prefers-color-scheme:dark" in picture.light_svg
