"""Solutions in steps, and how problems are put to the student."""

import pytest

from askfirst.benchmark.scenario import Settings, make_scenarios
from askfirst.benchmark.sml.diagnosis import diagnose, mentions
from askfirst.benchmark.sml.lesson import state, write_solution
from askfirst.benchmark.sml.task import render_task
from askfirst.benchmark.sml.turns import read_student
from askfirst.data.families.expression import parse_expression
from askfirst.data.lessons import to_lesson
from askfirst.data.registry import FAMILIES
from training import judge, lessons


@pytest.mark.parametrize("family", FAMILIES)
def test_a_written_solution_is_read_as_the_right_answer(family: str) -> None:
    for lesson in lessons(40, family, level=None):
        turn = read_student(write_solution(lesson), lesson, render_task(lesson.scenario), lambda lesson, answer: True)
        assert turn.reading.attempted, write_solution(lesson)
        if family not in ("sql", "code", "writing"):
            assert judge(lesson, turn.reading.answer)
        else:
            assert turn.reading.answer.strip() == lesson.problem.target.strip()


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_steps_of_arithmetic_are_true_use_every_fact_once_and_end_with_the_answer(level: int) -> None:
    for lesson in lessons(60, level=level):
        assert lesson.steps[-1].result == lesson.problem.target
        used = [name for step in lesson.steps for name in step.facts]
        assert sorted(used) == sorted(lesson.problem.necessary)
        for step in lesson.steps:
            work, _, result = step.work.rpartition(" = ")
            assert parse_expression(work).evaluate({}) == parse_expression(result).evaluate({})


def test_a_scenario_that_hides_something_makes_no_lesson() -> None:
    [scenario] = make_scenarios(lessons(1)[0].problem, Settings(arms=("under",)))
    with pytest.raises(ValueError, match="expected a fully specified problem"):
        to_lesson(scenario)


@pytest.mark.parametrize("family", ["arithmetic", "troubleshooting", "actions", "scheduling", "logic"])
def test_a_turn_that_misread_one_fact_is_traced_to_it(family: str) -> None:
    found = total = 0
    for lesson in lessons(60, family, level=None):
        problem = lesson.problem
        for name in problem.necessary:
            certificate = problem.fragment(name).certificate
            assert certificate is not None
            facts = " ".join(
                certificate.text if each == name else problem.fragment(each).text for each in problem.necessary
            )
            if mentions(facts, problem.fragment(name)):
                continue
            turn = read_student(f"{facts}\n{state(problem, certificate.answer)}", lesson, "", judge)
            total += 1
            found += diagnose(lesson, turn).fact == name
    assert total > 40
    assert found >= 0.9 * total
