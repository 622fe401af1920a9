"""The labelled sets are whole, divided for good, and can be loaded without what lies outside."""

import os
from collections import Counter
from pathlib import Path

import pytest

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.labels import half_of
from askfirst.data.labelled_sets import EXTERNAL_FILE, load_labelled_problems, load_questions, load_turns, template_of
from askfirst.data.registry import FAMILIES

QUESTIONS = load_questions()


def test_there_are_at_least_800_english_questions_and_60_of_each_other_language_over_all_families():
    languages = Counter(case.question.language for case in QUESTIONS)
    assert languages["en"] >= 800
    assert min(languages[name] for name in ("de", "es", "zh")) >= 60
    assert {case.problem.family for case in QUESTIONS} == set(FAMILIES)


def test_every_question_is_labelled_with_fragments_of_its_problem_exactly_where_it_targets_some():
    for question, problem in QUESTIONS:
        assert set(question.targets) <= {fragment.id for fragment in problem.fragments}, question.id
        assert bool(question.targets) == (question.kind == "targeted"), question.id
        assert (question.clear is None) == (question.polite is None) == (question.kind == "none"), question.id


def test_ids_are_unique_and_no_question_stands_twice():
    assert len({case.question.id for case in QUESTIONS}) == len(QUESTIONS)
    assert len({(case.problem.id, case.question.text) for case in QUESTIONS}) == len(QUESTIONS)


def test_no_template_lies_in_both_halves():
    halves = [{template_of(case.problem) for case in load_questions(half)} for half in ("dev", "test")]
    assert not halves[0] & halves[1]
    assert len(load_questions("dev")) + len(load_questions("test")) == len(QUESTIONS)


def test_halves_never_change():
    assert [half_of(name) for name in ("turn-0000", "turn-0001", "sql/dish-margins", "sql/museum-days")] == [
        "test", "test", "dev", "test",
    ]  # fmt: skip


def test_without_the_outside_text_our_own_turns_are_left_and_the_others_counted():
    turns = load_turns()
    assert {case.turn.id.partition("-")[0] for case in turns.cases} <= {"written", "smollm2"}
    assert sum(turns.left_out.values()) == 500
    for case in turns.cases:
        assert case.turn.problem in load_labelled_problems()
        for start, end in (*case.turn.questions, *case.turn.general):
            assert case.turn.message[start:end].strip() == case.turn.message[start:end] != ""


def test_an_outside_folder_without_the_file_is_named(tmp_path):
    with pytest.raises(DataError, match=f"{EXTERNAL_FILE}: not there; expected the text"):
        load_turns(tmp_path)


def test_an_outside_file_of_another_schema_is_named(tmp_path):
    (tmp_path / EXTERNAL_FILE).write_text('{"id": "turn-0000"}\n')
    with pytest.raises(DataError, match="not the labelled turns' file"):
        load_turns(tmp_path)


@pytest.mark.skipif("ASKFIRST_EXTERNAL_DATA" not in os.environ, reason="ASKFIRST_EXTERNAL_DATA names no folder")
def test_with_the_outside_text_at_least_600_turns_most_of_them_real():
    turns = load_turns(Path(os.environ["ASKFIRST_EXTERNAL_DATA"]))
    assert len(turns.cases) >= 600
    assert sum(case.real for case in turns.cases) >= len(turns.cases) / 2
