"""The argument `-T matcher`: which matcher an evaluation is held with, and what its log says of it."""

import importlib.util

import pytest
from inspect_ai._util.error import PrerequisiteError

from askfirst.benchmark import embedder
from askfirst.benchmark.matcher import MATCHER_IDENTITY
from askfirst.benchmark.record import Dialogue
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate, means

needs_model = pytest.mark.skipif(
    importlib.util.find_spec(embedder.PACKAGE) is None, reason="the extra 'embeddings' is not installed"
)


def test_an_unknown_matcher_is_refused_in_one_line():
    with pytest.raises(PrerequisiteError, match="matcher: 'guess'; expected one of"):
        arithmetic(n=1, matcher="guess")


def test_the_rules_alone_are_the_default():
    assert (arithmetic(n=1).metadata or {})["matcher"] == MATCHER_IDENTITY


def test_the_embedding_matcher_without_its_extra_is_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(embedder, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(PrerequisiteError, match="expected the extra 'embeddings'"):
        arithmetic(n=1, matcher="embedding")


@needs_model
def test_an_evaluation_with_the_embedding_matcher_gives_the_ideal_asker_full_marks_and_names_it(tmp_path):
    task = arithmetic(n=2, matcher="embedding")
    log = evaluate(task, "askfirst/oracle", tmp_path)
    assert "minilm" in (log.eval.metadata or {})["matcher"]
    for sample in log.samples or []:
        assert sample.store_as(Dialogue).matcher == (log.eval.metadata or {})["matcher"]
    assert means(log)["joint_success"] == 1
