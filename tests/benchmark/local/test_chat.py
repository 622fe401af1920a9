import pytest

from askfirst.benchmark.errors import CheckpointError
from askfirst.benchmark.local.chat import Chat
from tiny_model import ENDS, TEMPLATES, tiny_tokenizer


def rendered(kind: str, turns: list[dict[str, str]]) -> str:
    return tiny_tokenizer(kind).apply_chat_template(turns, tokenize=False, add_generation_prompt=True)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_pieces_put_together_are_what_the_template_writes(kind: str) -> None:
    chat, tokenizer = Chat(tiny_tokenizer(kind)), tiny_tokenizer(kind)
    opening = chat.open("Be kind.", "What is 2 + 3?")
    said = chat.student("It is 5.")
    ids = [*opening, *said, *chat.reply("Are you sure?", ended=True)]
    system = kind in ("chatml", "llama")
    first = [{"role": "system", "content": "Be kind."}] if system else []
    words = "What is 2 + 3?" if system else "Be kind.\n\nWhat is 2 + 3?"
    turns = [
        *first,
        {"role": "user", "content": words},
        {"role": "assistant", "content": "It is 5."},
        {"role": "user", "content": "Are you sure?"},
    ]
    expected = rendered(kind, turns)
    # Mistral's template puts a space before the student's words, which the student has to write itself
    found = tokenizer.decode(ids, skip_special_tokens=False)
    assert found.replace(" ", "") == expected.replace(" ", "")


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_turn_that_was_cut_gets_its_end_from_the_other_side(kind: str) -> None:
    chat = Chat(tiny_tokenizer(kind))
    ended, cut = chat.reply("Go on.", ended=True), chat.reply("Go on.", ended=False)
    end = tiny_tokenizer(kind).convert_tokens_to_ids(ENDS[kind])
    assert cut == [end, *ended]
    assert end in chat.end_ids
    assert chat.student("5")[-1] == end


def test_a_tokenizer_without_a_template_is_refused_in_one_line() -> None:
    tokenizer = tiny_tokenizer.__wrapped__("chatml")
    tokenizer.chat_template = None
    with pytest.raises(CheckpointError, match="no chat template; expected an instruct model") as error:
        Chat(tokenizer)
    assert "\n" not in str(error.value)
