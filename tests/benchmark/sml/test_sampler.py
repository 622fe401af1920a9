"""The copy that is sampled from has the student's weights, with adapters and without, and follows them."""

import peft
import pytest
import torch

from askfirst.benchmark.sml.sampler import Sampler
from tiny_model import tiny_model

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:transformers")

IDS = torch.tensor([[7, 9, 30, 81, 14]])


def logits(model: torch.nn.Module) -> torch.Tensor:
    with torch.no_grad():
        return model(IDS).logits


def student(kind: str) -> torch.nn.Module:
    model = tiny_model()
    if kind == "whole":
        return model
    adapted = peft.get_peft_model(
        model, peft.LoraConfig(r=3, lora_alpha=5, target_modules="all-linear", task_type="CAUSAL_LM")
    ).eval()
    change(adapted, 1)
    return adapted


def change(model: torch.nn.Module, seed: int) -> None:
    torch.manual_seed(seed)
    with torch.no_grad():
        for weights in model.parameters():
            if weights.requires_grad:
                weights.add_(0.1 * torch.randn_like(weights))


@pytest.mark.parametrize("kind", ["whole", "adapters"])
def test_the_copy_computes_what_the_student_computes_also_after_it_has_learnt(kind: str) -> None:
    model = student(kind)
    sampler = Sampler(model, copied=True)
    before = logits(model)
    assert torch.allclose(logits(sampler.model), before, atol=1e-5)
    change(model, 2)
    assert not torch.allclose(logits(model), before, atol=1e-2)
    assert torch.allclose(logits(sampler.model), before, atol=1e-5)
    sampler.catch_up()
    assert torch.allclose(logits(sampler.model), logits(model), atol=1e-5)


@pytest.mark.parametrize("kind", ["whole", "adapters"])
def test_the_copy_is_plain_and_the_student_stays_as_it_is(kind: str) -> None:
    model = student(kind)
    names = set(model.state_dict())
    trained = [name for name, weights in model.named_parameters() if weights.requires_grad]
    before = logits(model)
    sampler = Sampler(model, copied=True)
    assert not [name for name in sampler.model.state_dict() if "lora" in name]
    assert not any(weights.requires_grad for weights in sampler.model.parameters())
    with torch.no_grad():
        for weights in sampler.model.parameters():
            weights.zero_()
    assert set(model.state_dict()) == names
    assert [name for name, weights in model.named_parameters() if weights.requires_grad] == trained
    assert torch.equal(logits(model), before)


@pytest.mark.parametrize("kind", ["whole", "adapters"])
def test_on_a_processor_the_student_itself_is_sampled_from(kind: str) -> None:
    model = student(kind)
    assert Sampler(model).model is model
