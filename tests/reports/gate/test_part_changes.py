from askfirst.reports.gate.part_changes import compare_parts
from gate_logs import make_release, make_row

WELL, EARLY = "asked well and right", "answered early without asking"
SAME = "with nothing missing: right without asking"


def release(*parts: dict[str, float]):
    return make_release([make_row(f"arithmetic/t/{number}", {}, parts=each) for number, each in enumerate(parts)])


def test_changes_are_of_shares_over_the_same_problems() -> None:
    # the third problem was not run on the candidate: it says nothing of a change
    baseline = release({WELL: 1.0, EARLY: 0.0}, {WELL: 1.0, EARLY: 0.0}, {WELL: 0.0, EARLY: 1.0})
    candidate = release({WELL: 1.0, EARLY: 0.0}, {WELL: 0.0, EARLY: 1.0})
    found = {part.name: (part.baseline, part.candidate, part.change) for part in compare_parts(candidate, baseline)}
    assert found == {WELL: (1.0, 0.5, -0.5), EARLY: (0.0, 0.5, 0.5)}


def test_a_part_that_one_release_has_no_dialogues_of_is_left_out() -> None:
    found = compare_parts(release({WELL: 1.0, SAME: 1.0}), release({WELL: 1.0}))
    assert [part.name for part in found] == [WELL]
