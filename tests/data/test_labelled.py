"""The labelled turns are whole: every id once, kinds that exist, spans that lie in the messages."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from askfirst.benchmark.problem import CANARY
from askfirst.benchmark.reader import TurnKind

FILE = Path(__file__).parents[2] / "data" / "labelled" / "turns_public.jsonl"
HEADER, *ROWS = [json.loads(line) for line in FILE.read_text().splitlines()]


def test_the_file_carries_the_canary():
    assert HEADER == {"canary": CANARY, "schema": 2}


def test_every_turn_is_labelled_once_with_a_kind_that_exists():
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 500
    assert {row["kind"] for row in ROWS} <= set(get_args(TurnKind))


def test_questions_fit_their_kind():
    for row in ROWS:
        least, most = {"clarification": (1, 1), "interrogation": (2, 99), "answer_attempt": (0, 99)}.get(
            row["kind"], (0, 0)
        )
        if row["kind"] == "clarification" and row["general"]:
            least, most = 0, 0
        assert least <= len(row["questions"]) <= most, row["id"]
        assert ("answer" in row) == (row["kind"] == "answer_attempt" and row["domain"] == "math"), row["id"]


def test_the_published_agreement_is_what_the_passes_give():
    pairs = Counter(tuple(row["passes"]) for row in ROWS)
    agreed = sum(count for (first, second), count in pairs.items() if first == second) / len(ROWS)
    chance = (
        sum(
            sum(count for (one, _), count in pairs.items() if one == kind)
            * sum(count for (_, other), count in pairs.items() if other == kind)
            for kind in get_args(TurnKind)
        )
        / len(ROWS) ** 2
    )
    assert round(agreed, 3) == 0.962
    assert round((agreed - chance) / (1 - chance), 3) == 0.947


@pytest.mark.skipif("ASKFIRST_EXTERNAL_DATA" not in os.environ, reason="ASKFIRST_EXTERNAL_DATA names no folder")
def test_spans_lie_in_the_messages_and_start_and_end_at_words():
    lines = (Path(os.environ["ASKFIRST_EXTERNAL_DATA"]) / "model_turns.jsonl").read_text().splitlines()
    messages: dict[str, Any] = {row["id"]: row["assistant"] for row in map(json.loads, lines)}
    for row in ROWS:
        for start, end in row["questions"]:
            text = messages[row["id"]][start:end]
            assert text, row["id"]
            assert text == text.strip(), row["id"]
