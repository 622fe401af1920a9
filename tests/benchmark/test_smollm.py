import json
from pathlib import Path
from typing import Any

import pytest

gguf: Any = pytest.importorskip("gguf", reason="the extra `local` is not installed")
numpy: Any = pytest.importorskip("numpy")

from askfirst.benchmark.smollm import convert_smollm  # noqa: E402 - only with the extra

TEMPLATE = "{% for message in messages %}<|im_start|>{{ message['content'] }}<|im_end|>{% endfor %}"


def byte_letters() -> list[str]:
    """Return the letter by which byte-level tokenizers write each byte."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + position) for position, _ in enumerate(others)]


def write_tiny_gguf(path: Path) -> None:
    """Write a model of the checkpoint's architecture with two layers and random quantized weights."""
    tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *byte_letters(), "ĊĊ"]
    width, hidden, heads = 64, 128, 2
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(256)
    writer.add_block_count(2)
    writer.add_embedding_length(width)
    writer.add_feed_forward_length(hidden)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads)
    writer.add_rope_freq_base(100000.0)
    writer.add_rope_dimension_count(width // heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3, 3] + [1] * (len(tokens) - 3))
    writer.add_token_merges(["Ċ Ċ"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(2)
    writer.add_chat_template(TEMPLATE)
    random = numpy.random.default_rng(0)

    def add(name: str, rows: int, columns: int) -> None:
        values = random.normal(size=(rows, columns)).astype(numpy.float32)
        kind = gguf.GGMLQuantizationType.Q4_1
        writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)

    add("token_embd.weight", len(tokens), width)
    writer.add_tensor("output_norm.weight", numpy.ones(width, dtype=numpy.float32))
    for layer in range(2):
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"blk.{layer}.{name}.weight", width, width)
        add(f"blk.{layer}.ffn_gate.weight", hidden, width)
        add(f"blk.{layer}.ffn_up.weight", hidden, width)
        add(f"blk.{layer}.ffn_down.weight", width, hidden)
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", numpy.ones(width, dtype=numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def test_a_gguf_file_becomes_a_folder_that_transformers_loads_as_it_is(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    source, folder = tmp_path / "tiny.gguf", tmp_path / "folder"
    write_tiny_gguf(source)
    folder.mkdir()
    convert_smollm(source, folder)

    assert "quantization_config" not in json.loads((folder / "config.json").read_text())
    model: Any = AutoModelForCausalLM.from_pretrained(folder)
    assert model.dtype == torch.bfloat16
    packed = next(tensor for tensor in gguf.GGUFReader(source).tensors if tensor.name == "blk.1.ffn_down.weight")
    plain = torch.tensor(gguf.dequantize(packed.data, packed.tensor_type)).bfloat16()
    assert torch.equal(model.model.layers[1].mlp.down_proj.weight, plain)

    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    chat = tokenizer.apply_chat_template([{"role": "user", "content": "Hi"}], tokenize=False)
    assert chat == "<|im_start|>Hi<|im_end|>"
    # an empty line is one token before a number too, and digits stand alone
    assert tokenizer.tokenize("a\n\n12") == ["a", "ĊĊ", "1", "2"]
    assert tokenizer.model_max_length == 256
