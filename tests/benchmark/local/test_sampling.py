import random

import pytest
import torch

from askfirst.benchmark.local.sampling import Drawing, draw_tokens

SHARES = [0.4, 0.3, 0.2, 0.1]


def counts(drawing: Drawing, size: int = 4) -> list[float]:
    logits = torch.log(torch.tensor([*SHARES, *[1e-9] * (size - 4)])).repeat(1500, 1)
    tokens = draw_tokens(logits, [drawing] * 1500, [random.Random(7)] * 1500)
    return [tokens.count(token) / 1500 for token in range(4)]


@pytest.mark.parametrize("size", [4, 3000], ids=["small", "larger than the candidates"])
@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (Drawing(0.0), [1, 0, 0, 0]),
        (Drawing(1.0), SHARES),
        (Drawing(0.5), [16 / 30, 9 / 30, 4 / 30, 1 / 30]),
        (Drawing(1.0, top_k=2), [4 / 7, 3 / 7, 0, 0]),
        (Drawing(1.0, top_p=0.65), [4 / 7, 3 / 7, 0, 0]),
        (Drawing(1.0, top_p=0.75), [4 / 9, 3 / 9, 2 / 9, 0]),
        (Drawing(1.0, top_p=0.5, top_k=2), [1, 0, 0, 0]),
        (Drawing(1.0, top_p=0.01), [1, 0, 0, 0]),
    ],
    ids=str,
)
def test_tokens_come_in_their_shares(drawing: Drawing, expected: list[float], size: int) -> None:
    assert counts(drawing, size) == pytest.approx(expected, abs=0.045)


def test_top_p_looks_beyond_the_likeliest_candidates_where_they_do_not_reach_it() -> None:
    flat = torch.zeros(2000, 3000)
    tokens = draw_tokens(flat, [Drawing(1.0, top_p=0.9)] * 2000, [random.Random(1)] * 2000)
    assert len(set(tokens)) > 1200


def test_rows_of_one_batch_are_drawn_each_in_its_own_way() -> None:
    logits = torch.tensor([[0.0, 5.0, 1.0]]).repeat(3, 1)
    drawings = [Drawing(0.0), Drawing(100.0), Drawing(100.0, top_k=1)]
    draws = [random.Random(3) for _ in drawings]
    draws[1].random = lambda: 0.999  # type: ignore[method-assign]
    assert draw_tokens(logits, drawings, draws) == [1, 2, 1]
