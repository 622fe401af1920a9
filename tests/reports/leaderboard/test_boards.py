import pytest

from askfirst.reports.leaderboard.boards import (
    count_problems,
    describe_left_out,
    group_logs,
    share_problems,
    title_boards,
)
from askfirst.reports.leaderboard.problems import Problem
from board_rows import SETTINGS, loaded, problem

TEN = [problem(number) for number in range(10)]
CALLED = {"a": "a", "b": "b", "c": "c"}


def test_logs_of_other_settings_are_other_boards_and_the_largest_comes_first() -> None:
    logs = [
        loaded("a", TEN, settings={"condition": "concat"}),
        loaded("a", TEN),
        loaded("b", TEN),
    ]
    groups = group_logs(logs)
    assert [(group.title, len(group.ranked)) for group in groups] == [
        ("suite, condition ask", 2),
        ("suite, condition concat", 1),
    ]


def test_the_newest_run_of_a_model_is_ranked_and_policies_are_not() -> None:
    old, new = loaded("a", TEN, day="2026-01-01"), loaded("a", TEN, day="2026-03-01")
    [group] = group_logs([old, new, loaded("oracle", TEN, policy=True)])
    assert group.ranked == (new,)
    assert group.logs[:2] == (new, old)


def test_models_that_lack_families_are_compared_on_what_all_have_and_it_is_said() -> None:
    more = [*TEN, *(problem(number, family="code") for number in range(5))]
    [group] = group_logs([loaded("a", more, data="d1"), loaded("b", more, data="d1"), loaded("c", TEN, data="d2")])
    assert len(share_problems(group.ranked)) == 10
    assert describe_left_out(group, CALLED) == (
        "c was not run on code.",
        "Ranks rest on the 10 of 15 problems that every model has; other figures on each model's own problems.",
    )
    assert group.settings["data"] == "d1 and d2: compared where they are the same"


def test_problems_of_another_seed_are_not_the_same_although_their_ids_are() -> None:
    other = [problem(number, seed=1) for number in range(10)]
    groups = group_logs([loaded("a", TEN, data="d0"), loaded("b", other, data="d1")])
    assert [len(group.ranked) for group in groups] == [1, 1]
    assert sorted(group.title for group in groups) == ["suite, condition ask, data d0", "suite, condition ask, data d1"]


def test_a_small_run_does_not_leave_large_ones_without_problems() -> None:
    many = [problem(number) for number in range(40)]
    groups = group_logs([loaded("a", many), loaded("b", many), loaded("c", many[:9], data="small")])
    assert [len(group.ranked) for group in groups] == [2, 1]
    [joined] = group_logs([loaded("a", many), loaded("b", many), loaded("c", many[:10], data="small")])
    assert len(joined.ranked) == 3


def test_a_problem_without_a_value_is_left_out_for_all_and_it_is_said() -> None:
    gap = [problem(0, values={}), *TEN[1:]]
    [group] = group_logs([loaded("a", TEN), loaded("b", gap)])
    assert len(share_problems(group.ranked)) == 9
    assert describe_left_out(group, CALLED)[0] == "b has no joint_success on 1 of its problems."


def sampled(number: int, *arms: str) -> Problem:
    """Return a problem of which a log has some arms; only one with all has a headline."""
    values = {"joint_success": 1.0} if len(arms) == 3 else {"premature_rate": 0.0, "accuracy_under": 1.0}
    return problem(number, opening="+".join(f"{number}{arm}" for arm in arms), content=f"{number}{arms}", values=values)


@pytest.mark.parametrize("there", [("f", "u"), ("d", "u"), ("d", "f"), ("u",)], ids="+".join)
def test_a_problem_that_one_log_has_only_in_part_is_still_one_problem(there: tuple[str, ...]) -> None:
    whole = [sampled(number, "d", "f", "u") for number in range(10)]
    part = [sampled(0, *there), *whole[1:]]
    [group] = group_logs([loaded("a", whole), loaded("b", part)])
    assert count_problems([*part, *whole]) == 10
    assert describe_left_out(group, CALLED) == (
        "b has no joint_success on 1 of its problems.",
        "Ranks rest on the 9 of 10 problems that every model has; other figures on each model's own problems.",
    )


def test_two_parts_of_a_problem_are_one_where_a_third_log_has_it_whole() -> None:
    assert count_problems([sampled(0, "d"), sampled(0, "u"), sampled(0, "d", "f", "u")]) == 1
    assert count_problems([problem(0), problem(0, seed=1), problem(1)]) == 3


def open_problem(number: int) -> Problem:
    return problem(number, family="open", values={"asking_success": 1.0, "premature_rate": 0.0})


def test_problems_without_a_right_answer_are_not_said_to_lack_a_score() -> None:
    [group] = group_logs([loaded(name, [open_problem(number) for number in range(10)]) for name in "ab"])
    assert not group.answerable
    assert describe_left_out(group, CALLED) == ()
    [mixed] = group_logs([loaded(name, [*TEN, open_problem(10)]) for name in "ab"])
    assert mixed.answerable
    assert describe_left_out(mixed, CALLED) == ("Without a right answer, and so without a part in the ranks: 1.",)


def test_boards_of_one_title_are_named_by_what_they_differ_in() -> None:
    settings = [SETTINGS, {**SETTINGS, "max turns": "4"}]
    assert title_boards(settings, ["d", "d"]) == [
        "suite, condition ask, max turns 10",
        "suite, condition ask, max turns 4",
    ]
