"""What the fuzzers share: seeds, and how the fuzzer's bytes become a text."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import atheris

from hostile_messages import load_attacks

WORDS = (
    "ANSWER: ", "ANSWER:\\x0A", "```", "~~~", "<think>", "</think>", "User: ", "<|im_end|>", "How many ", "I need ",
    "please ", " if ", " or ", "The answer is ", "So ", "\\\\boxed{", "\\\\frac{1}{2}", "unknown", "1,250", "50%",
    "book_table(", "mv(", "guests=", "\\x22name\\x22: ", "\\x22arguments\\x22: ", "SELECT ", " FROM cats",
    "WITH a AS (", "--", "/*", "*/", "def solve(", "def ", "worn belt", "e.g. ", "**", "- ", "1. ", "\\xE2\\x80\\x8B",
    "\\xEF\\xBC\\xA1", "\\xE5\\xA4\\x9A\\xE5\\xB0\\x91", "Wie viel ", "dollars", "2031-05-04", "\\xED\\xA0\\x80",
)  # fmt: skip
"""Pieces that the fuzzer may put in, as libFuzzer's dictionary writes them."""


def seed_texts() -> list[str]:
    """Return the messages of the labelled turns, and the hostile ones that need no scenario."""
    rows = files("askfirst.data").joinpath("labelled/turns.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    hostile = [attack.text or attack.start + 20 * attack.repeat + attack.end for attack in load_attacks()]
    return [json.loads(row)["message"] for row in rows] + hostile


def fuzz(check: Callable[[str, int], None], seeds: Iterable[str]) -> None:
    """Fuzz a check of a text and a number from 0 to 255 with libFuzzer's arguments from the command line."""

    def one(data: bytes) -> None:
        try:  # lone surrogates included: a server's JSON may hold them
            text = data[1:].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            text = data[1:].decode("utf-8", "replace")
        check(text, data[0] if data else 0)

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "seeds"
        corpus.mkdir()
        for number, text in enumerate(seeds):
            (corpus / str(number)).write_bytes(bytes([number % 256]) + text.encode("utf-8", "surrogatepass"))
        words = Path(folder) / "words"
        words.write_text("\n".join(f'"{word}"' for word in WORDS), encoding="utf-8")
        own = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        flags = [argument for argument in sys.argv[1:] if argument.startswith("-")]
        arguments = [sys.argv[0], *own, str(corpus), f"-dict={words}", "-max_len=4000", "-timeout=20", *flags]
        atheris.Setup(arguments, one)
        atheris.Fuzz()
