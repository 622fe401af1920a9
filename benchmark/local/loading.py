"""Loads a checkpoint for sampling: a folder or a hub id, of a whole model or of adapters."""

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from askfirst.benchmark.errors import CheckpointError
from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.local.sampling import Drawing

if TYPE_CHECKING:
    from transformers import PreTrainedModel

ADAPTER_CONFIG = "adapter_config.json"

DTYPES = ("float32", "bfloat16", "float16")

UNHEARD = ("repetition_penalty", "no_repeat_ngram_size", "min_p", "typical_p", "bad_words_ids", "suppress_tokens")
"""Settings in a checkpoint's own `generation_config.json` that are not followed."""


@dataclass(frozen=True)
class Loaded:
    """A model ready to sample from."""

    model: "PreTrainedModel"
    chat: Chat
    end_ids: frozenset[int]
    """Tokens that end a turn: the template's and the checkpoint's own."""
    context: int
    """Tokens that it takes."""
    drawing: Drawing
    """How the checkpoint says that it is sampled, where nobody says otherwise."""
    unheard: dict[str, Any]
    """Further settings by which it would be sampled, but is not."""


def load_model(path: str, tokenizer_path: str | None, dtype: str | None, device: str | None) -> Loaded:
    """Load a checkpoint, adapters merged into the weights below them.

    Args:
        path: A folder or hub id.
        tokenizer_path: The same of the tokenizer, where it lies elsewhere.
        dtype: One of `DTYPES`. By default single precision on a processor, many of which emulate half precision (55 to
            90 times slower, measured on one with AVX2 only), and the checkpoint's own elsewhere.
        device: As torch names it; by default a GPU where there is one.

    Raises:
        CheckpointError: If there is no such model, it is no causal language model with a chat template, or a package is
            missing.
    """
    if dtype is not None and dtype not in DTYPES:
        raise CheckpointError(f"-M dtype: {dtype!r}; expected one of {list(DTYPES)!r}; correct it")
    try:
        where = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        tokenizer = _load(AutoTokenizer, tokenizer_path or path)
        chosen = getattr(torch, dtype) if dtype else torch.float32 if where.type == "cpu" else "auto"
        model = _load_weights(path, chosen).to(where).eval()
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CheckpointError(
            f"{path}: can't be loaded ({reason}); expected a causal language model with a tokenizer; check the path"
        ) from error
    chat, settings = Chat(tokenizer), model.generation_config
    own = settings.eos_token_id
    ends = chat.end_ids | ({own} if isinstance(own, int) else set(own or ()))
    unheard = {name: value for name in UNHEARD if (value := getattr(settings, name, None)) not in (None, 0, 1, 1.0)}
    drawing = Drawing(
        1.0 if settings.temperature is None else settings.temperature, settings.top_p or 1.0, settings.top_k or 0
    )
    return Loaded(model, chat, ends, _find_context(model, tokenizer), drawing, unheard)


def _load_weights(path: str, dtype: Any) -> Any:
    config = Path(path) / ADAPTER_CONFIG
    if not config.is_file():
        return _load(AutoModelForCausalLM, path, dtype=dtype)
    try:
        import peft
    except ModuleNotFoundError as error:
        raise CheckpointError(
            f"{path}: holds adapters, which need peft; expected the extra `train`; run pip install 'askfirst[train]'"
        ) from error
    base = str(json.loads(config.read_text(encoding="utf-8"))["base_model_name_or_path"])
    with warnings.catch_warnings():
        # peft calls what transformers is about to rename, which is not the user's affair
        warnings.simplefilter("ignore", FutureWarning)
        model = cast(Any, peft).PeftModel.from_pretrained(_load(AutoModelForCausalLM, base, dtype=dtype), path)
        return model.merge_and_unload()


def _load(kind: Any, path: str, **settings: Any) -> Any:
    # of a folder nothing is asked at the hub; what looks like a path is none of the hub's either
    here = Path(path).expanduser()
    if here.is_dir():
        return kind.from_pretrained(str(here), local_files_only=True, **settings)
    if here.is_absolute() or path.startswith((".", "~")):
        raise FileNotFoundError("no such folder")
    return kind.from_pretrained(path, **settings)


def _find_context(model: Any, tokenizer: Any) -> int:
    context = getattr(model.config.get_text_config(), "max_position_embeddings", None)
    # a tokenizer that knows no bound says a very large number
    return int(context or min(tokenizer.model_max_length, 1 << 20))
