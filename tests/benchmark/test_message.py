import pytest

from askfirst.benchmark.message import fold_characters, own_words, read_sentences, split_sentences, to_plain

OWN = {
    "plain": ("Hello.", "Hello."),
    "thinking": ("<think>hm</think>Hello.", "Hello."),
    "two thoughts": ("<think>a</think>Hello. <think>b</think>Bye.", "Hello. Bye."),
    "unclosed thinking": ("Hello. <think>hm", "Hello."),
    "thinking opened before": ("hm</think>Hello.", "Hello."),
    "imitated user": ("Hello.\nUser: Hi.", "Hello."),
    "bold imitated user": ("Hello.\n**User:** Hi.", "Hello."),
    "heading of an imitated user": ("Hello.\n### Human: Hi.", "Hello."),
    "second assistant turn": ("Hello.\nAssistant: Bye.", "Hello."),
    "own label": ("Assistant: Hello.", "Hello."),
    "own template header": ("<|im_start|>assistant\nHello.<|im_end|>", "Hello."),
    "end of sequence": ("Hello.</s>Bye.", "Hello."),
    "gemma": ("Hello.<end_of_turn>\n<start_of_turn>user\nHi.", "Hello."),
    "llama": ("Hello.<|eot_id|><|start_header_id|>user<|end_header_id|>Hi.", "Hello."),
    "user first": ("User: Hi.\nAssistant: Hello.", ""),
    "a user within a sentence": ("The user: a person.", "The user: a person."),
    "a user with other words": ("User manual: page 3", "User manual: page 3"),
}


@pytest.mark.parametrize("case", OWN)
def test_only_the_subjects_own_words_are_kept(case: str):
    message, own = OWN[case]
    assert own_words(message) == own


def test_characters_of_many_alphabets_become_plain_ones():
    assert fold_characters("\uff11\uff12\u2212\u0663\u201c\u200b\ud800\x00") == '12-3"\ufffd '


PLAIN = {
    "bold": ("**12** apples", "12 apples"),
    "italics": ("*each* day", "each day"),
    "products stay": ("3 * 4 = 12", "3 * 4 = 12"),
    "tight products stay": ("3*4=12", "3*4=12"),
    "latex": (r"$3 \times 4 = 12 \text{ km}$", "$3 \u00d7 4 = 12  km$"),
    "escaped money": (r"\$5", "$5"),
    "ticks": ("`12`", "12"),
}


@pytest.mark.parametrize("case", PLAIN)
def test_dressing_is_stripped(case: str):
    text, plain = PLAIN[case]
    assert to_plain(text) == plain


SENTENCES = {
    "two": ("It is 5. Mia left.", ["It is 5.", "Mia left."]),
    "decimals": ("It costs $5.50 a day. Good.", ["It costs $5.50 a day.", "Good."]),
    "abbreviations": ("Mr. Lee and Dr. May, e.g. Mia, came.", ["Mr. Lee and Dr. May, e.g. Mia, came."]),
    "questions": ("How many? Why? (e.g., 5)", ["How many?", "Why?", "(e.g., 5)"]),
    "none": ("", []),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_line_falls_into_sentences(case: str):
    text, sentences = SENTENCES[case]
    assert split_sentences(text) == sentences


def test_lines_know_whether_they_are_items_headings_or_code():
    sentences = read_sentences("# Plan\n\n1. **Add** them\n   - nested\n---\n```\ncode\n```\nDone.")
    assert [(each.text, each.line.item, each.line.heading, each.line.code) for each in sentences] == [
        ("Plan", False, True, False),
        ("Add them", True, False, False),
        ("nested", True, False, False),
        ("code", False, False, True),
        ("Done.", False, False, False),
    ]
    assert sentences[1].line.bold == ("Add",)
    assert sentences[2].line.indent == 3
