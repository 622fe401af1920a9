"""The matcher that compares sentences: it decides only what words leave open, the same way every time."""

import asyncio
from importlib.util import find_spec

import pytest

from askfirst.benchmark.embedder import PACKAGE
from askfirst.benchmark.embedding_matcher import embedding_instruments
from askfirst.benchmark.fragment_index import index_fragments
from askfirst.benchmark.instruments import RULES
from askfirst.benchmark.matcher import Match
from examples import tickets

pytestmark = pytest.mark.skipif(find_spec(PACKAGE) is None, reason="the extra `embeddings` is not installed")

PROBLEM = tickets()
PLAIN = [fragment.question for fragment in PROBLEM.fragments]


def match(*questions: str) -> list[Match]:
    return asyncio.run(embedding_instruments().match(questions, PROBLEM, index_fragments(PROBLEM)))


def test_what_words_decide_stays_as_it_is():
    assert match(*PLAIN) == asyncio.run(RULES.match(PLAIN, PROBLEM, index_fragments(PROBLEM)))


def test_a_paraphrase_without_the_facts_words_is_found_and_says_so():
    [found] = match("When will the movie be over?")
    assert found.targets == ("length",)
    assert found.decided_by == "embedding"


def test_what_no_fragment_holds_targets_nothing():
    assert match("What is the name of the director's dog?")[0].targets == ()


def test_a_batch_gives_what_each_question_gives_alone():
    questions = ["What is the running time of the movie?", "What is the seating capacity?", *PLAIN]
    assert match(*questions) == [match(question)[0] for question in questions]


def test_its_identity_names_the_rules_and_the_model():
    identity = embedding_instruments().matcher
    assert identity.startswith(RULES.matcher)
    assert "minilm" in identity
