from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from askfirst.reports.gate.terminal import render_terminal
from askfirst.reports.gate.verdict import GateReport, Spoken, SpokenTurn
from gate_reports import ALL, EXPIRED, WORST, acknowledged, anchored, failing, invalid, missing, passing, stopped

ORDER = [
    "Metrics",
    "Why",
    "What would settle it",
    "Which part changed",
    "Worst problems",
    "Comparability",
    "Warnings",
    "Acknowledgements",
    "Early stopping",
    "Who was compared",
    "Settings and versions",
    "To reproduce",
]


def shown(report: GateReport, width: int = 120, color: bool = False, dialogues: int = 3) -> str:
    out = StringIO()
    console = Console(file=out, width=width, color_system="standard" if color else None, force_terminal=color)
    console.print(render_terminal(report, width, dialogues))
    return out.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line in ORDER]


@pytest.mark.parametrize("width", [120, 80])
@pytest.mark.parametrize("name", ALL)
def test_sections_stand_in_order_and_within_the_width(name: str, width: int):
    text = shown(ALL[name], width)
    found = headings(text)
    expected = ORDER if ALL[name].metrics else ["Comparability", *ORDER]
    assert found == [
        title for position, title in enumerate(expected) if title in found and title not in expected[:position]
    ]
    assert found[0] == ("Metrics" if ALL[name].metrics else "Comparability")
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert text.startswith({"PASS": "✓", "FAIL": "✗", "INCONCLUSIVE": "?", "INVALID": "!"}[ALL[name].verdict])


@pytest.mark.parametrize(("width", "means"), [(120, "0.10 0.25"), (80, "0.10 → 0.25")])
def test_a_metric_is_one_line_of_the_table(width: int, means: str):
    assert f"premature_rate ↓ {means} -0.15 [-0.21, -0.09] 0.05 ✗ FAIL 0.09" in flat(shown(failing(), width))


def test_a_loss_is_said_in_words():
    assert "premature_rate ↓: FAIL (condition ask, against the baseline): " in flat(shown(failing()))


def test_the_part_that_grew_most_is_named():
    assert 'What grew most: "answered early without asking" (condition ask), from 0.10 to 0.25' in flat(
        shown(failing())
    )


def test_what_would_settle_it_names_ways_calls_and_cost():
    text = flat(shown(ALL["inconclusive"]))
    assert "240 problems with the epochs of now or 8 epochs of the problems of now" in text
    assert "the cheaper way takes 1,200 more calls for about 0.84 USD" in text


def test_dialogues_stand_side_by_side():
    lines = shown(failing()).splitlines()
    assert any("How many apples did Mia start with?" in line and "Mia has 3 apples." in line for line in lines)
    assert any("(its log is not at hand)" in line for line in lines)


def test_fatal_differences_come_first_and_at_once_where_nothing_was_compared():
    text = shown(invalid())
    assert text.index("not asked the same problems") < text.index("data hash") < text.index("askfirst version")
    assert text.index("askfirst version") < text.index("Who was compared")


def test_bounds_and_a_fixed_suite_are_told():
    text = flat(shown(missing()))
    assert "had all gone against the candidate, FAIL (worse by 0.12 [0.06, 0.18])" in text
    assert "Only 6 templates were run: the verdict speaks of these templates" in text


def test_acknowledgements_say_what_they_do():
    text = flat(shown(acknowledged()))
    assert "in force: joint_success until 2026-07-01, by Ada: the new tokenizer costs us this; fixed in v4." in text
    assert "EXPIRED, the loss counts: premature_rate (condition ask) until 2026-05-31: known since v2." in text
    assert "not needed: premature_rate" in flat(shown(passing(acknowledgements=(EXPIRED,))))


def test_looks_say_what_they_saved():
    assert "541 of 812 planned calls were made: 271 saved (33%)." in flat(shown(stopped()))


def test_the_anchor_has_a_table_of_its_own():
    text = flat(shown(anchored()))
    assert "Condition ask, against the anchor apple-7b-v1 (2026-01-15): metric anchor candidate" in text


def test_colour_adds_nothing_but_colour():
    import re

    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown(failing(), color=True))
    assert plain == shown(failing())


def hostile(text: str) -> GateReport:
    """A report in which every text that others wrote is hostile."""
    spoken = Spoken(opening=text, turns=(SpokenTurn(said=text, note=text, reply=text),), outcome=text)
    worst = WORST[0].model_copy(update={"problem": text, "baseline": spoken, "candidate": spoken})
    return failing(sentence=text, warnings=(text,), command=text, worst_problems=(worst,), policy={text: text})


@settings(max_examples=25)
@given(st.text(st.sampled_from("\x1b[31m\u202e\x9b::error##[vso]\n\r\t x\x00界"), min_size=1))
def test_nothing_that_others_wrote_drives_a_terminal_or_a_runner(text: str):
    out = shown(hostile(text), 80)
    assert not set(out) & set("\x1b\u202e\x9b\x00\r\t")
    assert all(not line.lstrip().startswith("::") for line in out.splitlines())
    assert "##[" not in out
    assert "##vso[" not in out


def test_giant_texts_are_cut():
    out = shown(hostile("x" * 1_000_000))
    assert "(998,000 more characters)" in flat(out.replace("│", ""))
    assert len(out) < 100_000


def test_more_dialogues_than_are_read_are_counted():
    assert "(6 more in gate.json)" in shown(failing(worst_problems=WORST[:1] * 9))
