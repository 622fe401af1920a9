import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.benchmark.numbers import Number, parse_number, read_numbers, spell_number

VALUES = {
    "integer": ("12", "", "12"),
    "trailing stop": ("12.", "", "12"),
    "thousands with cents": ("$1,250.00", "dollars", "1250"),
    "decimals are not stripped": ("18.00", "", "18"),
    "a hundred dollars": ("$100.00", "dollars", "100"),
    "fraction": ("1/2", "", "1/2"),
    "mixed fraction": ("1 1/2", "", "3/2"),
    "scientific": ("1.5e3", "", "1500"),
    "scientific with a power": ("1.5 \u00d7 10^3", "", "1500"),
    "negative exponent": ("5e-1", "", "1/2"),
    "word": ("twelve", "", "12"),
    "hyphenated words": ("twenty-four", "", "24"),
    "long words": ("one hundred and five", "", "105"),
    "thousands in words": ("two thousand three hundred and forty-one", "", "2341"),
    "a dozen": ("a dozen", "", "12"),
    "two dozen": ("2 dozen", "", "24"),
    "two and a half": ("two and a half", "", "5/2"),
    "one third": ("one third", "", "1/3"),
    "count of": ("24 of 30", "", "24"),
    "count out of": ("24 out of 30", "", "24"),
    "negative": ("-3", "", "-3"),
    "minus in words": ("minus 3", "", "-3"),
    "unicode minus": ("\u22123", "", "-3"),
    "negative money": ("-$5", "dollars", "-5"),
    "money before the sign": ("$-5", "dollars", "-5"),
    "hours to minutes": ("3 h 20 min", "minutes", "200"),
    "minutes to hours": ("3 h 20 min", "hours", "10/3"),
    "hours and minutes": ("1 hour and 5 minutes", "minutes", "65"),
    "minutes from hours": ("2 hours", "minutes", "120"),
    "glued hours": ("3h", "minutes", "180"),
    "feet and inches": ("5 feet 3 inches", "inches", "63"),
    "dollars and cents": ("2 dollars and 50 cents", "dollars", "5/2"),
    "cents in dollars": ("75\u00a2", "dollars", "3/4"),
    "percent of percent": ("50%", "percent", "50"),
    "percent of nothing": ("50%", "", "1/2"),
    "percent in words": ("50 percent", "percent", "50"),
    "escaped percent": (r"50\%", "percent", "50"),
    "european": ("1.250,00 \u20ac", "euros", "1250"),
    "european millions": ("1.250.000", "", "1250000"),
    "comma groups": ("1,250", "", "1250"),
    "comma decimal": ("1,5", "", "3/2"),
    "comma after zero": ("0,125", "", "1/8"),
    "dot decimal with three digits": ("1.250", "", "5/4"),
    "swiss": ("1'250", "", "1250"),
    "spaced": ("1 250", "", "1250"),
    "thin space": ("1\u2009250", "", "1250"),
    "full width": ("\uff11\uff12", "", "12"),
    "leading dot": (".5", "", "1/2"),
    "half sign": ("1\u00bd", "", "3/2"),
    "million": ("3 million", "", "3000000"),
    "k": ("5k", "", "5000"),
    "latex box": (r"\boxed{12}", "", "12"),
    "latex fraction": (r"\frac{1}{2}", "", "1/2"),
    "latex dollars": ("$12$", "", "12"),
    "latex text": (r"12 \text{ km}", "km", "12"),
    "bold": ("**12**", "", "12"),
    "equation": ("7 + 5 = 12", "", "12"),
    "variable equals": ("x = 12", "", "12"),
    "about": ("about 12 apples", "apples", "12"),
    "sentence": ("Mia has 12 apples.", "apples", "12"),
    "aside": ("12 (7 + 5)", "", "12"),
    "same twice": ("2 hours, or 120 minutes", "minutes", "120"),
    "rate": ("60 km/h", "", "60"),
    "degree": ("82\u00b0", "", "82"),
}

NO_VALUES = {
    "empty": "",
    "words": "many apples",
    "two values": "12 or 13",
    "range": "10-15",
    "between": "between 10 and 15",
    "list": "1,2,3",
    "sum": "3 + 4",
    "variable": "5x",
    "formula": "x+3",
    "ordinal": "5th",
    "clock": "10:30",
    "date": "2031-05-04",
    "slashed date": "1/2/2024",
    "by zero": "1/0",
    "latex by zero": r"\frac{1}{0}",
    "huge exponent": "1e999999",
    "million digits": "9" * 10**6,
    "too many digits": "9" * 41,
    "version": "1.2.3",
    "broken groups": "1,25.3",
    "name": "A4",
    "surrogate": "\ud800",
}


@pytest.mark.parametrize("case", VALUES)
def test_a_value_is_read_by_its_rule(case: str):
    text, unit, value = VALUES[case]
    assert parse_number(text, unit) == Fraction(value)


@pytest.mark.parametrize("case", NO_VALUES)
def test_what_is_not_one_value_is_not_read(case: str):
    assert parse_number(NO_VALUES[case]) is None


def test_numbers_of_a_sentence_come_in_order_with_unit_span_and_rule():
    text = "So 3 tickets at $5.50 each cost \u2212$16.50, or 50% less."
    numbers = read_numbers(text)
    assert [(number.value, number.unit, number.rule) for number in numbers] == [
        (3, "tickets", "plain"),
        (Fraction(11, 2), "dollars", "decimal"),
        (Fraction(-33, 2), "dollars", "decimal"),
        (50, "percent", "percent"),
    ]
    assert [text[number.start : number.end] for number in numbers] == ["3", "$5.50", "\u2212$16.50", "50%"]


def test_a_subtraction_is_no_negative_number():
    assert [number.value for number in read_numbers("12 - 5 = 7 and 12-5")] == [12, 5, 7, 12, 5]


def test_an_empty_text_has_no_numbers():
    assert read_numbers("") == ()


SPELLED = {
    "12": Fraction(12),
    "-3": Fraction(-3),
    "12.5": Fraction(25, 2),
    "0.05": Fraction(1, 20),
    "10/3": Fraction(10, 3),
    "-1.25": Fraction(-5, 4),
    "0": Fraction(0),
    "-1/3": Fraction(-1, 3),
}


@pytest.mark.parametrize("spelling", SPELLED)
def test_a_number_is_spelled_canonically(spelling: str):
    assert spell_number(SPELLED[spelling]) == spelling


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6))
def test_a_canonical_number_reads_back_as_itself(value: Fraction):
    assert parse_number(spell_number(value)) == value


@given(st.integers(0, 10**12))
def test_grouping_never_changes_an_integer(value: int):
    assert parse_number(f"{value:,}") == value
    assert parse_number(f"${value:,}.00", "dollars") == value


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(text: str):
    numbers = read_numbers(text)
    assert all(isinstance(number, Number) and 0 <= number.start < number.end for number in numbers)
    parse_number(text)


HUGE = {
    "digits": "9" * 10**6,
    "grouped": "1," * 500_000,
    "words": "one " * 250_000,
    "signs": "-" * 10**6,
    "money": "$" * 10**6,
    "fractions": "1/" * 500_000,
    "latex": "\\frac{" * 100_000,
    "tens": "twenty-" * 100_000,
    "and": "a " * 500_000,
}


@pytest.mark.parametrize("case", HUGE)
def test_the_time_for_a_huge_text_grows_with_its_length_not_its_square(case: str):
    def seconds(text: str) -> float:
        started = time.process_time()
        read_numbers(text)
        assert parse_number(text) is None
        return time.process_time() - started

    text = HUGE[case]
    # four times the length: 4 if linear, 16 if quadratic; the tenth of a second is for what does not depend on it
    assert seconds(text) < 9 * seconds(text[: len(text) // 4]) + 0.1
