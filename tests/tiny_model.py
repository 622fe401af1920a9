"""A randomly initialised model of under a million parameters, with a tokenizer of bytes and a chat template."""

from functools import lru_cache
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
LLAMA = (
    "{{ '<s>' }}{% for message in messages %}{{ '<|start|>' + message['role'] + '<|end|>\n\n' + message['content'] "
    "+ '<|eot|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|start|>assistant<|end|>\n\n' }}{% endif %}"
)
GEMMA = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}{{ '<s>' }}"
    "{% for message in messages %}{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else "
    "message['role']) + '\n' + message['content'] + '<end_of_turn>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}"
)
MISTRAL = (
    "{{ '<s>' }}{% for message in messages %}{% if message['role'] == 'system' %}{{ raise_exception('none') }}"
    "{% elif message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}"
    "{% else %}{{ ' ' + message['content'] + '</s>' }}{% endif %}{% endfor %}"
)
TEMPLATES = {"chatml": CHATML, "llama": LLAMA, "gemma": GEMMA, "mistral": MISTRAL}
SPECIALS = {
    "chatml": ("<|im_start|>", "<|im_end|>"),
    "llama": ("<s>", "<|start|>", "<|end|>", "<|eot|>"),
    "gemma": ("<s>", "<start_of_turn>", "<end_of_turn>"),
    "mistral": ("<s>", "[INST]", "[/INST]", "</s>"),
}
ENDS = {"chatml": "<|im_end|>", "llama": "<|eot|>", "gemma": "<end_of_turn>", "mistral": "</s>"}


@lru_cache
def tiny_tokenizer(kind: str = "chatml") -> PreTrainedTokenizerFast:
    """Return a tokenizer whose tokens are bytes and a chat template's marks."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: number for number, letter in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([*SPECIALS[kind], "<pad>"])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=ENDS[kind], pad_token="<pad>", chat_template=TEMPLATES[kind]
    )


def tiny_model(seed: int = 0) -> LlamaForCausalLM:
    """Return a model of two layers, in evaluation mode, for sequences of up to 2,048 tokens."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=272,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        initializer_range=0.4,
        eos_token_id=tiny_tokenizer().eos_token_id,
        pad_token_id=tiny_tokenizer().pad_token_id,
        bos_token_id=None,
    )
    return LlamaForCausalLM(config).eval()


def write_tiny_model(folder: Path, seed: int = 0) -> Path:
    """Write model and tokenizer as a checkpoint's folder."""
    tiny_model(seed).save_pretrained(folder)
    tiny_tokenizer().save_pretrained(folder)
    return folder
