from time import perf_counter

import numpy as np
import pytest

from askfirst.benchmark.information import entropy, question_gain
from askfirst.benchmark.problem import Certificate, Fragment, NumberForm, Problem, Value
from askfirst.data.families.completions import LISTED, list_completions


def a_fragment(name: str, domain: tuple[Value, ...], necessary: bool = True) -> Fragment:
    return Fragment(
        id=name,
        text=f"The {name} is here.",
        question=f"What is the {name}?",
        kind="count",
        value=domain[0],
        domain=domain,
        necessary=necessary,
        certificate=Certificate(kind="proved", value=domain[1], answer="?") if necessary else None,
    )


def a_problem(*fragments: Fragment, name: str = "made/up/1") -> Problem:
    return Problem(
        id=name,
        family="made",
        template="up",
        level=1,
        split="test",
        goal="How many?",
        fragments=fragments,
        form=NumberForm(),
        target="0",
        solution="",
    )


SMALL = a_problem(a_fragment("a", (1, 2, 3)), a_fragment("b", (10, 20)), a_fragment("idle", (5, 6), necessary=False))
LARGE = a_problem(*(a_fragment(name, tuple(range(20))) for name in "abcd"))


def total(values):
    return np.asarray(sum(np.asarray(values[name]) for name in sorted(values)))


def test_every_combination_of_the_unknown_values_is_listed_once():
    completions = list_completions(SMALL, frozenset(), total)
    rows = list(zip(completions.columns["a"].tolist(), completions.columns["b"].tolist(), strict=True))
    assert completions.exact
    assert sorted(rows) == [(a, b) for a in range(3) for b in range(2)]


def test_inert_fragments_have_no_column_and_known_ones_keep_their_value():
    completions = list_completions(SMALL, {"b", "idle", "nothing"}, total)
    assert list(completions.columns) == ["a"]
    assert completions.answers.tolist() == [0, 1, 2]


def test_what_is_fully_known_has_one_completion_and_no_entropy():
    completions = list_completions(SMALL, {"a", "b"}, total)
    assert completions.columns == {}
    assert completions.answers.tolist() == [0]
    assert entropy(completions.answers) == 0


def test_equal_answers_share_a_code_whatever_floating_point_adds():
    problem = a_problem(a_fragment("a", (0.1, 0.3)), a_fragment("b", (0.2, 0.0)))
    answers = list_completions(problem, (), total).answers
    assert answers.tolist() == [1, 0, 2, 1]


def test_a_known_fragment_that_masks_the_unknown_ones_gives_one_answer():
    completions = list_completions(SMALL, {"b"}, lambda values: np.asarray(values["b"]))
    assert completions.answers.tolist() == [0, 0, 0]


def test_text_list_and_yesno_values_reach_the_solver():
    problem = a_problem(
        a_fragment("word", ("x", "y")), a_fragment("list", (("p",), ("p", "q"))), a_fragment("on", (True, False))
    )

    def answers(values):
        sizes = np.array([len(value) for value in values["list"]])
        return np.where(values["on"], sizes, 0) + np.where(values["word"] == "y", 10, 0)

    completions = list_completions(problem, (), answers)
    assert len(set(completions.answers.tolist())) == 6
    assert completions.answers.size == 8


def test_a_large_joint_domain_is_drawn_evenly_and_says_so():
    completions = list_completions(LARGE, (), total)
    assert not completions.exact
    assert completions.answers.shape == (LISTED,)
    for column in completions.columns.values():
        counts = np.bincount(column, minlength=20)
        assert column.min() == 0
        assert column.max() == 19
        assert counts.min() > LISTED / 20 / 2
        assert counts.max() < LISTED / 20 * 2


def test_draws_are_the_same_each_time_and_differ_between_problems_and_fragments():
    first, again = (list_completions(LARGE, (), total) for _ in range(2))
    other = list_completions(LARGE.model_copy(update={"id": "made/up/2"}), (), total)
    assert all(np.array_equal(first.columns[name], again.columns[name]) for name in "abcd")
    assert not np.array_equal(first.columns["a"], other.columns["a"])
    assert not np.array_equal(first.columns["a"], first.columns["b"])


def test_the_draws_of_a_fragment_do_not_depend_on_what_else_is_known():
    wide = a_problem(*(a_fragment(name, tuple(range(20))) for name in "abcde"))
    assert np.array_equal(
        list_completions(wide, (), total).columns["a"], list_completions(wide, {"b"}, total).columns["a"]
    )


@pytest.mark.parametrize(("sizes", "exact"), [((64, 64), True), ((64, 65), False)], ids=["at the limit", "above it"])
def test_the_limit_decides_between_listing_and_drawing(sizes, exact):
    problem = a_problem(*(a_fragment(f"f{place}", tuple(range(size))) for place, size in enumerate(sizes)))
    assert list_completions(problem, (), total).exact is exact


def test_gain_on_listed_completions_is_exact():
    problem = a_problem(a_fragment("a", (0, 1)), a_fragment("b", (0, 2)))
    gain = question_gain(list_completions(problem, (), total), ("a",))
    assert (gain.bits, gain.best_bits, gain.exact) == (1.0, 1.0, True)


def test_listing_takes_about_a_millisecond():
    problem = a_problem(*(a_fragment(name, tuple(range(8))) for name in "abcd"))
    times: list[float] = []
    for _ in range(20):
        start = perf_counter()
        list_completions(problem, (), total)
        times.append(perf_counter() - start)
    assert min(times) < 0.005
