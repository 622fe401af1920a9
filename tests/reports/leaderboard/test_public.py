import time
from typing import Any

import pytest

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.public import check_viewer, is_private, public_text, to_public


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("plain", "plain"),
        ("openai/gpt-9", "openai/gpt-9"),
        ("/home/me/x.toml", "x.toml"),
        ("/home/me/My Models/x.toml", "x.toml"),
        ("hf//home/me/user (temperature=0)", "hf/user (temperature=0)"),
        ("['/home/me/a.toml', 'b']", "['a.toml', 'b']"),
        ("file=/home/me/x", "file=x"),
        ("file:///home/me/x", "x"),
        (r"\\server\team\x.toml", "x.toml"),
        (r"at \\server\team\x.toml now", "at x.toml now"),
        (r"C:\runs\me\x", "x"),
        ("from https://me:sesame@inside/v1?token=sesame, then", "from [address], then"),
        ("s3://bucket/me?sig=sesame", "[address]"),
        ("api_key=sesame n=3", "api_key=[hidden] n=3"),
        ("{'apiKey': 'sesame', 'n': 3}", "{'apiKey': [hidden], 'n': 3}"),
        ("Authorization: Bearer sesame", "Authorization: [hidden]"),
        ("{'headers': {'x': 'sesame'}, 'n': 3}", "{'headers': [hidden], 'n': 3}"),
        ("hf_" + "s" * 20, "[hidden]"),
        ("max_tokens=96", "max_tokens=96"),
        ("PASS: a loss of 5/100, [-0.03, +0.02]", "PASS: a loss of 5/100, [-0.03, +0.02]"),
    ],
)  # fmt: skip
def test_secrets_addresses_and_folders_are_left_out_of_a_text(text: str, published: str) -> None:
    assert public_text(text) == published


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (3, 3),
        ({"a": [{"token": "sesame", "b": "/home/me/x"}]}, {"a": [{"b": "x"}]}),
        ([["https://inside/"], ("/home/me/x",)], [["[address]"], ["x"]]),
        (
            {"model_path": "runs/me/smol", "x": {"data_path": ["a/b"]}},
            {"model_path": "smol", "x": {"data_path": ["b"]}},
        ),
    ],
)
def test_what_is_private_is_found_however_deep(value: Any, published: Any) -> None:
    assert to_public(value) == published


def test_names_are_private_by_whole_words() -> None:
    assert all(map(is_private, ("api_key", "X-Auth", "apiKey", "base_urls", "credentials", "access_token")))
    assert not any(map(is_private, ("max_tokens", "tokenizer", "monkey", "n")))


@pytest.mark.parametrize("text", ["a" * 300_000, "a." * 100_000, "/ " * 100_000, "a" + " " * 200_000, "'" * 200_000])
def test_a_giant_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    public_text(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("viewer", ["", "https://lab.example/view", "view/", "view", "./view", "../view"])
def test_a_viewer_that_a_page_can_link_is_taken(viewer: str) -> None:
    check_viewer(viewer)


@pytest.mark.parametrize(
    "viewer", ["/home/me/view", "file:///home/me/view", r"C:\view", "javascript:alert(1)", "a view"]
)
def test_a_viewer_that_no_page_can_link_is_refused(viewer: str) -> None:
    with pytest.raises(LogError, match="expected http"):
        check_viewer(viewer)
