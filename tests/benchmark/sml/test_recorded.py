"""Sampling by recorded steps gives what each dialogue samples alone; here the same steps run without a recording."""

import random

import pytest
import torch
from sampled_alone import END, draws, histories, slow

from askfirst.benchmark.sml.generation import Generator, Sampling
from askfirst.benchmark.sml.recorded import RecordedSpeaker, can_record
from tiny_model import tiny_model


def speaker(sampling: Sampling, rows: int = 64, *, recorded: bool = False) -> RecordedSpeaker:
    model = tiny_model().to("cuda" if recorded else "cpu")
    assert can_record(model)
    return RecordedSpeaker(model, sampling, end_ids=END, max_rows=rows, recorded=recorded)


@pytest.mark.parametrize("recorded", [False, True])
@pytest.mark.parametrize("temperature", [0.0, 1.0])
@pytest.mark.parametrize("rows", [3, 64])
def test_it_samples_what_each_dialogue_samples_alone_over_several_turns(
    temperature: float, rows: int, recorded: bool
) -> None:
    if recorded and not torch.cuda.is_available():
        pytest.skip("recordings need a GPU")
    model, sampling = tiny_model(), Sampling(12, temperature)
    some = speaker(sampling, rows, recorded=recorded)
    batch, alone = draws(range(40)), draws(range(40))
    now = histories(40)
    now[5] = [9]
    for turn in range(3):
        spoken = some.speak(now, batch)
        for key, history in now.items():
            ids, logprobs = slow(model, history, sampling, alone[key])
            assert spoken[key].ids == ids
            assert spoken[key].logprobs == pytest.approx(logprobs, abs=1e-4)
            assert spoken[key].ended == (ids[-1] in END)
        # fewer and longer ones, as dialogues end and go on
        now = {key: [*history, *spoken[key].ids, 9, 10 + turn] for key, history in now.items() if key % 3 != turn}


def test_it_follows_weights_that_change_in_place() -> None:
    sampling = Sampling(6, 0.0)
    some, now = speaker(sampling), histories(4)
    some.speak(now, draws(now))
    with torch.no_grad():
        for weights, others in zip(some.model.parameters(), tiny_model(seed=1).parameters(), strict=True):
            weights.copy_(others)
    spoken = some.speak(now, draws(now))
    other = tiny_model(seed=1)
    assert {key: turn.ids for key, turn in spoken.items()} == {
        key: slow(other, history, sampling, random.Random(0))[0] for key, history in now.items()
    }


def test_a_model_that_attends_otherwise_is_left_as_it_is() -> None:
    model = tiny_model()
    own = model.config._attn_implementation
    model._supports_attention_backend = False
    assert not can_record(model)
    assert model.config._attn_implementation == own


def test_both_ways_draw_alike() -> None:
    sampling, now = Sampling(10, 1.0), histories(8)
    one = Generator[int](tiny_model(), sampling, end_ids=END).speak(now, draws(now))
    other = speaker(sampling).speak(now, draws(now))
    assert {key: turn.ids for key, turn in one.items()} == {key: turn.ids for key, turn in other.items()}
