"""Turns SmolLM2's GGUF file into a plain transformers folder."""

import errno
from collections.abc import Generator
from contextlib import contextmanager, redirect_stderr
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any


def convert_smollm(gguf: Path, folder: Path) -> None:
    """Write bfloat16 safetensors, tokenizer, chat template and configuration into an existing folder.

    bfloat16, because the file's four-bit weights lose nothing that matters, and a processor generates 1.7 times as fast
    as in float32.

    Raises:
        OSError: If the folder can't be written.
    """
    # the extra `local`, which only this needs: imported late, and without complete types
    torch: Any = import_module("torch")
    transformers: Any = import_module("transformers")
    pre_tokenizers: Any = import_module("tokenizers.pre_tokenizers")
    safetensors: Any = import_module("safetensors")

    where = {"pretrained_model_name_or_path": str(gguf.parent), "gguf_file": gguf.name}
    with _quiet(transformers.utils.logging):
        # without `dequantize`, an installed package `kernels` would keep the weights packed
        packed = transformers.GgufConfig(dequantize=True)
        model = transformers.AutoModelForCausalLM.from_pretrained(
            **where, dtype=torch.float32, quantization_config=packed
        )
        tokenizer = transformers.AutoTokenizer.from_pretrained(**where)
        _forget_quantization(model)
        # The file names its pre-tokenizer ("smollm": digits one by one, then bytes), but transformers reads only the
        # second step: a number after an empty line would be cut otherwise than in training.
        tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
        tokenizer.model_max_length = model.config.max_position_embeddings
        try:
            model.to(torch.bfloat16).save_pretrained(folder)
        except safetensors.SafetensorError as error:
            # its only word on why is the operating system's, in a text
            full = f"os error {errno.ENOSPC}" in str(error)
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error), str(folder)) from error
        tokenizer.save_pretrained(folder)


def _forget_quantization(model: Any) -> None:
    # the weights are plain by now; these marks alone make save_pretrained refuse
    for owner, marks in (
        (model, ("hf_quantizer", "is_quantized", "quantization_method")),
        (model.config, ("quantization_config",)),
    ):
        for mark in marks:
            if hasattr(owner, mark):
                delattr(owner, mark)


@contextmanager
def _quiet(logging: Any) -> Generator[None]:
    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        # the GGUF reader draws a bar of its own that no setting turns off
        with redirect_stderr(StringIO()):
            yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()
