import random
from collections.abc import Sequence
from functools import lru_cache

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM

from askfirst.benchmark.local.engine import Engine, Limits, Request
from askfirst.benchmark.local.ragged import NAME, can_read_ragged
from askfirst.benchmark.local.sampling import Drawing
from tiny_model import tiny_model

END = frozenset({5})
GREEDY = Drawing(0.0)


def prompts(count: int, seed: int = 0, longest: int = 60) -> list[list[int]]:
    draw = random.Random(seed)
    return [[draw.randrange(6, 250) for _ in range(draw.randrange(3, longest))] for _ in range(count)]


def request(prompt: Sequence[int], max_tokens: int = 10, drawing: Drawing = GREEDY, seed: int = 0) -> Request:
    return Request(list(prompt), random.Random(f"{seed} {prompt}"), max_tokens, drawing)


def engine(window: bool = False, **limits: int) -> Engine:
    return Engine(windowed_model() if window else tiny_model(), END, Limits(**{"context": 2048, **limits}))


def windowed_model() -> MistralForCausalLM:
    """A model whose layers look back four tokens only."""
    torch.manual_seed(0)
    config = MistralConfig(
        vocab_size=272,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        sliding_window=4,
        initializer_range=0.4,
    )
    return MistralForCausalLM(config).eval()


def run(some: Engine, requests: Sequence[Request]) -> list[Request]:
    """Submit requests and let them all end."""
    for each in requests:
        some.submit(each)
    ended: list[Request] = []
    while not some.idle:
        ended += some.step()
    return ended


def generate(prompt: Sequence[int], max_tokens: int = 10, window: bool = False) -> list[int]:
    """What transformers says, greedily, of one prompt alone."""
    return generate_tokens(tuple(prompt), max_tokens, window)


@lru_cache
def generate_tokens(prompt: tuple[int, ...], max_tokens: int, window: bool) -> list[int]:
    model = windowed_model() if window else tiny_model()
    ids = torch.tensor([list(prompt)])
    found = model.generate(  # type: ignore[operator]
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=max_tokens,
        do_sample=False,
        eos_token_id=list(END),
        pad_token_id=0,
    )
    said = found[0, len(prompt) :].tolist()
    return said[:-1] if said[-1] in END else said


@pytest.mark.parametrize(
    "limits",
    [{"max_rows": 64}, {"max_rows": 3}, {"max_rows": 3, "step_tokens": 20}, {"max_rows": 5, "kept_bytes": 0}],
    ids=["all at once", "few rows", "prompts in pieces", "nothing kept"],
)
def test_every_turn_is_what_generate_says_whoever_else_is_in_the_batch(limits: dict[str, int]) -> None:
    some = engine(**limits)
    assert some.remembers
    now = prompts(8)
    now[7] = [*now[3], 9, 9, 9]
    for turn in range(2):
        requests = [request(prompt) for prompt in now]
        assert {id(each) for each in run(some, requests)} == {id(each) for each in requests}
        assert [each.said for each in requests] == [generate(prompt) for prompt in now]
        now = [[*each.prompt, *each.said, 5, 9, 10 + turn] for each in requests]


def test_a_request_that_comes_late_joins_the_running_batch_and_changes_nothing() -> None:
    some = engine()
    first, second = (request(prompt, 12) for prompt in prompts(2, seed=3))
    some.submit(first)
    for _ in range(4):
        some.step()
    some.submit(second)
    some.step()
    assert len(some.rows) == 2
    while not some.idle:
        some.step()
    assert [first.said, second.said] == [generate(first.prompt, 12), generate(second.prompt, 12)]


def test_a_next_turn_reads_only_what_is_new() -> None:
    some = engine()
    first = request(prompts(1, longest=61, seed=5)[0] + [7] * 40)
    run(some, [first])
    following = request([*first.prompt, *first.said, 5, 9, 8])
    run(some, [following])
    # the last token that was sampled had not been read
    assert following.reused >= len(first.prompt) + len(first.said) - 1
    assert following.said == generate(following.prompt)


def test_what_many_begin_with_is_read_once_even_if_all_come_at_once() -> None:
    shared = [11] * 64
    some = engine()
    requests = [request([*shared, *prompt]) for prompt in prompts(6)]
    run(some, requests)
    assert [each.reused >= 64 for each in requests] == [False, *[True] * 5]
    assert [each.said for each in requests] == [generate(each.prompt) for each in requests]


def test_the_bound_of_what_is_kept_holds_and_what_was_used_last_stays() -> None:
    some = engine(kept_bytes=100_000)
    old, new = (request([number] * 80) for number in (21, 22))
    run(some, [old])
    one = some.pasts.bytes
    for number in range(23, 30):
        run(some, [request([number] * 80)])
    run(some, [new])
    assert one < some.pasts.bytes <= 100_000
    again = [request([*each.prompt, *each.said, 9]) for each in (old, new)]
    run(some, again)
    assert again[0].reused == 0
    assert again[1].reused >= 80


def test_a_model_with_a_sliding_window_is_read_as_transformers_reads_it() -> None:
    some = engine(window=True, max_rows=3)
    assert not some.remembers
    requests = [request(prompt) for prompt in prompts(7)]
    run(some, requests)
    assert [each.said for each in requests] == [generate(each.prompt, window=True) for each in requests]
    assert {each.reused for each in requests} == {0}


def test_a_model_that_the_attention_does_not_fit_keeps_its_own() -> None:
    class Scaled(LlamaForCausalLM):
        """Takes more from its mask than our attention knows of."""

        def forward(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]
            output = super().forward(*args, **kwargs)  # type: ignore[arg-type]
            if self.config._attn_implementation == NAME:
                output.logits = output.logits * 1.1
            return output

    config = LlamaConfig(
        vocab_size=64, hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2
    )
    model = Scaled(config).eval()
    before = model.config._attn_implementation
    assert not can_read_ragged(model)
    assert model.config._attn_implementation == before


def test_reasons_say_what_ended_a_turn() -> None:
    stopped, cut, full, over = (request([8, 9, number], 6) for number in range(4))
    stopped.stops = lambda said: len(said) == 2
    some = engine()
    run(some, [stopped, cut])
    assert (stopped.reason, len(stopped.said)) == ("stop", 2)
    assert (cut.reason, len(cut.said)) == ("max_tokens", 6)
    small = engine(context=5)
    over.prompt = [8] * 5
    run(small, [full, over])
    assert (full.reason, len(full.said)) == ("model_length", 2)
    assert (over.reason, over.said) == ("model_length", [])


def test_a_turn_that_the_model_ends_is_a_stop_and_its_end_counts_as_sampled() -> None:
    prompt = prompts(1)[0]
    end = generate(prompt)[3]
    some = Engine(tiny_model(), frozenset({end}), Limits(2048))
    wanted = request(prompt)
    run(some, [wanted])
    assert wanted.reason == "stop"
    assert end not in wanted.said
    assert wanted.sampled == len(wanted.said) + 1


def test_a_sampled_turn_depends_on_its_own_stream_only() -> None:
    def wanted() -> list[Request]:
        return [request(prompt, 12, Drawing(1.0, 0.9, 40), seed=4) for prompt in prompts(6)]

    together, apart = wanted(), wanted()
    run(engine(), together)
    for each in apart:
        run(engine(), [each])
    assert [each.said for each in together] == [each.said for each in apart]
    other = request(prompts(6)[0], 12, Drawing(1.0), seed=5)
    run(engine(), [other])
    assert other.said != together[0].said


def test_a_request_that_is_withdrawn_leaves_the_others_as_they_were() -> None:
    some = engine(max_rows=3)
    requests = [request(prompt, 12) for prompt in prompts(5, seed=2)]
    for each in requests:
        some.submit(each)
    for _ in range(3):
        some.step()
    some.withdraw([requests[0], requests[4]])
    while not some.idle:
        some.step()
    assert [each.said for each in requests[1:4]] == [generate(each.prompt, 12) for each in requests[1:4]]
    assert requests[0].reason is None
    assert requests[4].said == []
