import random

import pytest
import torch
from sampled_alone import END, draws, histories, slow

from askfirst.benchmark.local.sampling import sample
from askfirst.benchmark.sml.generation import Generator, Sampling
from tiny_model import tiny_model


@pytest.mark.parametrize("temperature", [0.0, 1.0])
@pytest.mark.parametrize("rows", [3, 64])
def test_a_batch_samples_what_each_dialogue_samples_alone_over_several_turns(temperature: float, rows: int) -> None:
    model, sampling = tiny_model(), Sampling(12, temperature)
    generator = Generator[int](model, sampling, end_ids=END, max_rows=rows)
    batch, alone = draws(range(10)), draws(range(10))
    now = histories(10)
    now[7] = list(now[3])  # word for word alike: read once
    for turn in range(4):
        spoken = generator.speak(now, batch)
        for key, history in now.items():
            ids, logprobs = slow(model, history, sampling, alone[key])
            assert spoken[key].ids == ids
            assert spoken[key].logprobs == pytest.approx(logprobs, abs=1e-4)
            assert spoken[key].ended == (ids[-1] in END)
        now = {key: [*history, *spoken[key].ids, 9, 10 + turn] for key, history in now.items() if key != turn}


def test_a_dialogue_whose_last_turn_was_replaced_is_read_again_from_there() -> None:
    model, sampling = tiny_model(), Sampling(8, 0.0)
    generator = Generator[int](model, sampling, end_ids=END)
    now = histories(4)
    generator.speak(now, draws(now))
    now = {key: [*history, 77, 78, 79] for key, history in now.items()}
    spoken = generator.speak(now, draws(now))
    assert {key: turn.ids for key, turn in spoken.items()} == {
        key: slow(model, history, sampling, random.Random(0))[0] for key, history in now.items()
    }


def test_what_a_dialogue_samples_does_not_depend_on_the_others() -> None:
    model, sampling = tiny_model(), Sampling(10, 1.0)
    now = histories(8)
    together = Generator[int](model, sampling, end_ids=END).speak(now, draws(now))
    some = {key: now[key] for key in (2, 5)}
    apart = Generator[int](model, sampling, end_ids=END).speak(some, draws(some))
    assert [together[key].ids for key in some] == [apart[key].ids for key in some]


def test_sampling_follows_the_distribution() -> None:
    logits = torch.log(torch.tensor([0.5, 0.3, 0.2])).repeat(4000, 1)
    tokens, logprobs = sample(logits, [random.Random(7)] * 4000, 1.0)
    assert [tokens.count(token) / 4000 for token in range(3)] == pytest.approx([0.5, 0.3, 0.2], abs=0.03)
    assert logprobs[0] == pytest.approx(logits[0, tokens[0]].item())


def test_a_lower_temperature_sharpens_and_its_log_probabilities_say_so() -> None:
    logits = torch.tensor([[0.0, 1.0]])
    [token], [logprob] = sample(logits, [random.Random(1)], 0.5)
    assert logprob == pytest.approx(torch.log_softmax(logits / 0.5, -1)[0, token].item())


def test_the_model_is_left_in_the_mode_that_it_was_in() -> None:
    model = tiny_model().train()
    Generator[int](model, Sampling(2, 0.0), end_ids=END).speak({0: [7]}, draws([0]))
    assert model.training
