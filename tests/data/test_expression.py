from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.data.families.expression import MAX_CHARACTERS, parse_expression, spell_decimal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", Fraction(11)),
        ("(a + b) * 2", Fraction(16)),
        ("a - b - 1", Fraction(1)),
        ("-a + 10", Fraction(5)),
        ("a / b", Fraction(5, 3)),
        ("a * 0.1", Fraction(1, 2)),
        ("min(a, b, 4)", Fraction(3)),
        ("max(a - b, b - a)", Fraction(2)),
        ("price * 3 + a - b", Fraction(19, 2)),
        (" a + b ", Fraction(8)),
    ],
)
def test_an_expression_is_computed_exactly(text, expected):
    values = {"a": 5, "b": 3, "price": 2.5, "unused": "text"}
    assert parse_expression(text).evaluate(values) == expected
    assert parse_expression(text).evaluate_arrays(values) == pytest.approx(float(expected))


def test_decimals_count_as_they_are_written():
    assert parse_expression("a + b").evaluate({"a": 0.1, "b": 0.2}) == Fraction(3, 10)


def test_names_are_those_that_stand_in_the_expression():
    assert parse_expression("max(a, 2) + b_2 * a").names == {"a", "b_2"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "a b",
        "a ** 2",
        "a // b",
        "a % b",
        "+a",
        "~a",
        "not a",
        "a and b",
        "a < b",
        "a if b else 1",
        "a.real",
        "a[0]",
        "[a, b]",
        "(a, b)",
        "lambda: a",
        "(a := 2)",
        "'a'",
        "True",
        "None",
        "2j",
        "1e999",
        "...",
        "abs(a)",
        "__import__('os')",
        "min(a)",
        "min()",
        "min(a, key=b)",
        "min(*a, b)",
        "a.min(b, 2)",
        "min(a, b)(a, b)",
        "f'{a}'",
        "[b for b in a]",
        "a\nb",
        "a; b",
        "a\x00",
        "\ud800",
        "import os",
        "(" * 90 + "a",
        "a + " * MAX_CHARACTERS + "a",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_anything_else_is_refused_in_one_line(text):
    with pytest.raises(ValueError, match="expected") as caught:
        parse_expression(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["-" * (MAX_CHARACTERS - 1) + "a", "a" + "+a" * ((MAX_CHARACTERS - 1) // 2), "(" * 99 + "a" + ")" * 99]
)
def test_the_deepest_expression_that_is_read_is_also_computed(text):
    assert parse_expression(text).evaluate({"a": 0}) == 0


@pytest.mark.parametrize("value", [True, "3", None, float("nan"), float("inf"), (1,)], ids=repr)
def test_a_value_that_is_no_finite_number_is_an_error(value):
    with pytest.raises(ValueError, match="not a finite number"):
        parse_expression("a + 1").evaluate({"a": value})


def test_division_by_zero_is_an_error():
    with pytest.raises(ZeroDivisionError):
        parse_expression("a / (a - 2)").evaluate({"a": 2})


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (Fraction(12), "12"),
        (Fraction(0), "0"),
        (Fraction(-7), "-7"),
        (Fraction(25, 2), "12.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 25), "-0.04"),
        (Fraction(1000), "1000"),
        (Fraction(10**20 + 1, 10), "10000000000000000000.1"),
        (Fraction(3, 80), "0.0375"),
    ],
    ids=str,
)
def test_numbers_are_written_as_the_shortest_decimal(number, spelled):
    assert spell_decimal(number) == spelled


@pytest.mark.parametrize("number", [Fraction(1, 3), Fraction(-22, 7)], ids=str)
def test_a_decimal_without_an_end_is_an_error(number):
    with pytest.raises(ValueError, match="no end"):
        spell_decimal(number)


@given(st.integers(), st.integers(0, 12), st.integers(0, 12))
def test_a_spelled_decimal_reads_back_as_the_same_number(top, twos, fives):
    number = Fraction(top, 2**twos * 5**fives)
    assert Fraction(spell_decimal(number)) == number


NUMBERS = st.one_of(st.integers(0, 500), st.decimals(0, 500, places=2, allow_nan=False)).map(str)
LEAVES = st.one_of(NUMBERS, st.sampled_from(["a", "b", "c"]))
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, st.integers(1, 9)).map(lambda parts: f"({parts[0]} / {parts[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
        inner.map(lambda part: f"(-{part})"),
    ),
    max_leaves=6,
)


@given(
    EXPRESSIONS.filter(lambda text: len(text) <= MAX_CHARACTERS),
    st.lists(
        st.tuples(*[st.one_of(st.integers(0, 99), st.sampled_from([0.25, 1.5, 7.1]))] * 3), min_size=1, max_size=5
    ),
)
def test_exact_and_vectorised_evaluation_agree(text, rows):
    expression = parse_expression(text)
    exact = [float(expression.evaluate(dict(zip("abc", row, strict=True)))) for row in rows]
    columns = {name: np.array(column) for name, column in zip("abc", zip(*rows, strict=True), strict=True)}
    approximate = np.broadcast_to(expression.evaluate_arrays(columns), len(rows))
    assert approximate == pytest.approx(exact, rel=1e-9, abs=1e-6)
