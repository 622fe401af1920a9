"""A plain copy of the student to sample from, where that is faster than sampling from what is trained.

On a GPU a small model's decoding is bound by launching kernels: adapters double them, and mixed precision casts every
weight anew for every token. The copy has neither.
"""

import copy
from typing import TYPE_CHECKING, Any, cast

import torch

from askfirst.benchmark.sml.dialogues import Speaker
from askfirst.benchmark.sml.generation import Generator, Sampling
from askfirst.benchmark.sml.recorded import RecordedSpeaker, can_record

if TYPE_CHECKING:
    from transformers import PreTrainedModel

COPIED_BELOW = 1_000_000_000
"""Weights of the largest model that is copied: a larger one's kernels take longer than their launch."""


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
        self._can_record: bool | None = None if self._copied else False
        self._recorded: RecordedSpeaker | None = None
        if self._copied:
            with torch.device(self._base.device):
                plain = type(self._base)(copy.deepcopy(self._base.config))
            # in single precision: adapters' small changes would be lost in half
            self.model = plain.float().eval().requires_grad_(False)
            self.catch_up()
        elif hasattr(model, "get_base_model"):
            self.model = model

    def speaker(self, sampling: Sampling, *, end_ids: frozenset[int], max_rows: int) -> Speaker:
        """Return what samples turns, for as long as the student does not learn.

        Args:
            sampling: How turns are sampled; the same at each call.
            end_ids: Tokens that end a turn, at least one.
            max_rows: Dialogues that are computed together: bounds the memory.
        """
        if self._can_record is None:
            self._can_record = can_record(self.model)
        if not self._can_record:
            return Generator[int](self.model, sampling, end_ids=end_ids, max_rows=max_rows)
        if self._recorded is None:
            on_gpu = self._base.device.type == "cuda"
            self._recorded = RecordedSpeaker(self.model, sampling, end_ids=end_ids, max_rows=max_rows, recorded=on_gpu)
        return self._recorded

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
