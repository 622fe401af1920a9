"""The model that is trained: loading it from a folder or the hub, with or without adapters, and saving it."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from askfirst.benchmark.errors import TrainingError
from askfirst.benchmark.local.chat import Chat

if TYPE_CHECKING:
    from transformers import PreTrainedModel

ADAPTER_CONFIG = "adapter_config.json"


@dataclass(frozen=True)
class Adapter:
    """Low-rank adapters (LoRA) in place of all weights."""

    rank: int
    alpha: float
    """The update counts `alpha / rank`."""
    targets: str | Sequence[str] = "all-linear"
    """Names of the layers that get one."""


@dataclass(frozen=True)
class Student:
    """A model to be trained, with its chat template."""

    model: "PreTrainedModel"
    chat: Chat
    adapter: Adapter | None
    base: str
    """Path or hub id of the weights below the adapters; of all weights where there are none."""


def load_student(path: str, adapter: Adapter | None) -> Student:
    """Load a model for training.

    A folder that holds adapters goes on with those; its settings of them come before `adapter`.

    Args:
        path: A folder or hub id, of a whole model or of adapters.
        adapter: Adapters to put on a whole model, or None to train all weights.

    Raises:
        TrainingError: If there is no such model, it is no causal language model with a chat template, or a package is
            missing.
    """
    folder = Path(path)
    if folder.is_absolute() and not folder.is_dir():
        raise TrainingError(f"--model: no folder {path!r}; expected a checkpoint or a hub id; correct the path")
    try:
        tokenizer = cast(Any, AutoTokenizer).from_pretrained(path)
        config = folder / ADAPTER_CONFIG
        if config.is_file():
            base = str(json.loads(config.read_text(encoding="utf-8"))["base_model_name_or_path"])
            model = _peft().PeftModel.from_pretrained(_load(base, trained=False), path, is_trainable=True)
            held = next(iter(model.peft_config.values()))
            return Student(model, Chat(tokenizer), Adapter(held.r, held.lora_alpha, held.target_modules), base)
        model = _load(path, trained=adapter is None)
    except (OSError, ValueError, KeyError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise TrainingError(
            f"--model: {path!r} can't be loaded ({reason}); expected a causal language model with a tokenizer; "
            "check the path"
        ) from error
    if adapter is not None:
        peft = _peft()
        targets = adapter.targets if isinstance(adapter.targets, str) else list(adapter.targets)
        settings = peft.LoraConfig(
            r=adapter.rank, lora_alpha=adapter.alpha, target_modules=targets, task_type="CAUSAL_LM"
        )
        model = peft.get_peft_model(model, settings)
    return Student(model, Chat(tokenizer), adapter, path)


def _load(path: str, *, trained: bool) -> Any:
    """Load weights onto this process's device.

    In single precision where they are trained, since small steps are lost in half precision, and on processors, many of
    which emulate half precision (55 to 90 times slower, measured on one with AVX2 only).
    """
    device = torch.device(f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if torch.cuda.is_available() else "cpu")
    half = device.type == "cuda" and not trained and torch.cuda.is_bf16_supported()
    model = cast(Any, AutoModelForCausalLM).from_pretrained(path, dtype=torch.bfloat16 if half else torch.float32)
    # weights that came from a quantized file are whole numbers no longer, and `save_pretrained` would refuse them
    if getattr(model.config, "quantization_config", None) is not None:
        del model.config.quantization_config
    return model.to(device)


def _peft() -> Any:
    try:
        import peft
    except ModuleNotFoundError as error:
        raise TrainingError("adapters need peft; install askfirst[train]") from error
    return peft
