"""A plain copy of the student to sample from, where that is faster than sampling from what is trained.

On a GPU a small model's decoding is bound by launching kernels: adapters double them, and mixed precision casts every
weight anew for every token. The copy has neither.
"""

import copy
from typing import TYPE_CHECKING, Any, cast

import torch

if TYPE_CHECKING:
    from transformers import PreTrainedModel

COPIED_BELOW = 1_000_000_000
"""Weights of the largest model that is copied: a larger one's kernels take longer than their launch, and memory is short."""


class Sampler:
    """Keeps the copy; `catch_up` whenever the student has learnt."""

    def __init__(self, model: Any, *, copied: bool | None = None) -> None:
        """Make the copy, where there is to be one.

        Args:
            model: What is trained, with or without adapters; it is not changed.
            copied: Whether to sample from a copy; by default for small models on a GPU.
        """
        self._base = model.get_base_model() if hasattr(model, "get_base_model") else model
        weights = sum(each.numel() for each in self._base.parameters())
        self._copied = self._base.device.type == "cuda" and weights < COPIED_BELOW if copied is None else copied
        self.model: PreTrainedModel = self._base
        """What to sample from."""
        if self._copied:
            with torch.device(self._base.device):
                plain = type(self._base)(copy.deepcopy(self._base.config))
            # in single precision: adapters' small changes would be lost in half
            self.model = plain.float().eval().requires_grad_(False)
            self.catch_up()
        elif hasattr(model, "get_base_model"):
            self.model = model

    def catch_up(self) -> None:
        """Take over the student's weights as they are now."""
        if not self._copied:
            return
        with torch.no_grad():
            for name, weights in self.model.named_parameters():
                weights.copy_(self._weights(name))

    def _weights(self, name: str) -> torch.Tensor:
        place, _, leaf = name.rpartition(".")
        module: Any = self._base.get_submodule(place)
        if not hasattr(module, "get_delta_weight"):
            return cast(torch.Tensor, getattr(module, leaf))
        weights = getattr(module.get_base_layer(), leaf).float()
        if leaf == "weight":
            for adapter in module.active_adapters:
                weights = weights + module.get_delta_weight(adapter).float()
        return weights
