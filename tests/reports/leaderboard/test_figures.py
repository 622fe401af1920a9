import re
from pathlib import Path

import pytest

from askfirst.benchmark.measures import MEASURES
from askfirst.reports.gate.metrics import GATE_METRICS
from askfirst.reports.leaderboard.dictionary import DICTIONARY
from askfirst.reports.leaderboard.figures import (
    TEMPLATE_MEASURES,
    count_unscored,
    draw_accuracy_by_hidden,
    draw_gain_by_question,
    draw_patience,
    estimate_measure,
    estimate_parts,
    estimate_slice,
    slice_problems,
)
from board_rows import problem


def test_slices_are_all_then_families_levels_and_templates() -> None:
    problems = [problem(1, family="sql"), problem(0, family="code", level=10), problem(1, family="sql", level=2)]
    slices = slice_problems(problems)
    assert list(slices) == [
        *("all", "family:code", "family:sql", "level:1", "level:2", "level:10"),
        *("template:code/t0", "template:sql/t1"),
    ]
    assert len(slices["template:sql/t1"]) == 2


def test_counts_and_contrasts_have_intervals_too() -> None:
    problems = [problem(number, values={"turns": 3.0 + number, "discrimination": -0.5}) for number in range(4)]
    turns, contrast = (estimate_measure(measure, problems) for measure in ("turns", "discrimination"))
    assert turns is not None
    assert turns.low is not None
    assert turns.mean == 4.5
    assert turns.low < 4.5
    assert contrast is not None
    assert (contrast.mean, contrast.low, contrast.high) == (-0.5, -0.5, -0.5)


def test_shares_of_parts_are_over_problems_and_look_only_at_what_had_something_missing() -> None:
    lost, twin = "asked well, then wrong", "with nothing missing: right without asking"
    problems = [problem(number, parts=(lost, twin) if number < 2 else ("asked well and right",)) for number in range(8)]
    shares = estimate_parts([*problems, problem(8, parts=(twin,))])
    assert (shares[lost].mean, shares[lost].n) == (0.25, 8)
    assert shares[lost].low is not None
    assert 0 < shares[lost].low < 0.25
    assert twin not in shares


def test_a_measure_without_a_value_is_none_and_counted() -> None:
    problems = [problem(0), problem(1, values={})]
    assert estimate_measure("ask_f1", problems) is None
    counts = count_unscored(problems)
    assert (counts["joint_success"], counts["ask_f1"]) == (1, 2)
    one = estimate_slice("all", problems)["joint_success"]
    assert one is not None
    assert one.n == 1


def test_single_templates_have_few_measures() -> None:
    assert tuple(estimate_slice("template:x", [problem(0)])) == TEMPLATE_MEASURES
    assert tuple(estimate_slice("family:x", [problem(0)])) == MEASURES


def test_curves_go_along_patience_hidden_fragments_and_questions() -> None:
    patience = {f"asking_success_{name}": 0.5 for name in ("1x", "1_5x", "3x", "any")}
    values = {"accuracy_under": 1.0, "asking_success": 0.5} | patience
    problems = [problem(number, hidden=number % 2 + 1, values=values, gains=(0.5, None, 1.0)) for number in range(6)]
    assert [label for label, _ in draw_patience(problems).points] == ["1", "1.5", "2", "3", "any"]
    assert [(label, one.n) for label, one in draw_accuracy_by_hidden(problems).points] == [("1", 3), ("2", 3)]
    assert [(label, one.mean) for label, one in draw_gain_by_question(problems).points] == [("1", 0.5), ("3", 1.0)]
    assert draw_gain_by_question(problems[:4]).points == ()


def test_the_dictionary_has_every_measure_with_the_gates_direction() -> None:
    assert tuple(each.name for each in DICTIONARY) == MEASURES
    assert {each.name: each.better for each in DICTIONARY if each.name in GATE_METRICS} == dict(GATE_METRICS)


@pytest.mark.parametrize("measure", DICTIONARY, ids=lambda measure: measure.name)
def test_the_dictionary_says_what_the_docs_say_of_range_and_direction(measure) -> None:  # type: ignore[no-untyped-def]
    docs = (Path(__file__).parents[3] / "docs" / "measures.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in docs.splitlines() if line.startswith("| `")]
    names = {name: row for row in rows for name in re.findall(r"`([\w]+)`", row[0])}
    stem = "asking_success_1x" if measure.name.startswith("asking_success_") else measure.name
    row = [cell.strip() for cell in names[stem]]
    spans = {"0..1": (0, 1), "≥ 0": (0, None), "\N{MINUS SIGN}1..1": (-1, 1)}
    range_at = next(place for place, cell in enumerate(row) if cell in spans)
    assert (measure.least, measure.most) == spans[row[range_at]]
    assert measure.better == row[range_at + 1]
