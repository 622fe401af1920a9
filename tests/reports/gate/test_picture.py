from math import inf
from xml.etree import ElementTree

import pytest

from askfirst.reports.gate.picture import SHAPES, render_picture, to_rows
from askfirst.reports.gate.verdict import GateReport
from gate_reports import ALL, PASSED, anchored, failing, invalid, make_gain, make_metric, passing

SVG = "{http://www.w3.org/2000/svg}"


def texts_of(report: GateReport) -> set[str]:
    root = ElementTree.fromstring(render_picture(report))
    return {"".join(element.itertext()).strip() for element in root.iter(f"{SVG}text")}


@pytest.mark.parametrize("name", ["fail", "invalid"])
def test_equal_reports_give_equal_bytes(name: str):
    picture = render_picture(ALL[name])
    assert picture == render_picture(GateReport.model_validate(ALL[name].model_dump()))
    assert b"<dc:date>" not in picture


def test_texts_say_what_colours_and_shapes_do():
    expected = {"joint_success ↑", "0.10 → 0.25", "-0.15 [-0.21, -0.09]", "✗ FAIL", "✓ PASS", "FAIL", "PASS"}
    assert expected <= texts_of(failing())


def test_each_verdict_has_a_shape_of_its_own():
    assert len(set(SHAPES.values())) == 4


def test_those_who_can_not_see_it_are_told_what_it_shows():
    root = ElementTree.fromstring(render_picture(failing()))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "title desc"
    assert root.find(f"{SVG}title").text.startswith("askfirst gate: FAIL: joint_success fell by 0.14")
    assert "premature_rate ↓ 0.10 → 0.25, worse by 0.15" in root.find(f"{SVG}desc").text


def test_each_comparison_has_its_lines():
    titles = [row.title for row in to_rows(anchored().metrics) if row.metric is None]
    assert titles == ["Condition ask, against the baseline", "Condition ask, against the anchor"]
    assert len(to_rows(anchored().metrics)) == 10


def test_without_metrics_the_picture_says_so():
    assert {"! INVALID", "Nothing could be compared."} <= texts_of(invalid())


def test_a_range_without_an_end_is_drawn():
    metric = make_metric("joint_success", 0.6, 0.5, "INCONCLUSIVE", gain=make_gain(-0.1, low=-inf, high=inf))
    assert "-0.10 [-∞, +∞]" in texts_of(passing(metrics=(metric,)))


@pytest.mark.parametrize(
    "text", ["$x$ and $y", "<script>&\"'</script>", "\x00\x1b\ufffe]]>", "界 \ud800 \u202e", "{}%s\\n", "x" * 100_000]
)
def test_hostile_names_stay_text(text: str):
    metric = PASSED[0].model_copy(update={"metric": text, "condition": text})
    picture = render_picture(passing(sentence=text, metrics=(metric,)))
    root = ElementTree.fromstring(picture)
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert len(picture) < 300_000
