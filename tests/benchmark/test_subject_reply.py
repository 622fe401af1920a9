"""A reply that no model made is asked for again, leaves no message behind, and never becomes the subject's silence."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, cast

import pytest
from inspect_ai.model import (
    ChatMessage,
    ChatMessageUser,
    ContentReasoning,
    ContentText,
    ModelName,
    ModelOutput,
    ModelUsage,
)
from inspect_ai.solver import Generate, TaskState

from askfirst.benchmark.errors import SubjectError
from askfirst.benchmark.subject_reply import ask_subject, find_fault

COUNTED = ModelUsage(input_tokens=9, output_tokens=3, total_tokens=12)
NONE_MADE = ModelUsage(input_tokens=9, output_tokens=0, total_tokens=9)
ONLY_CACHED = ModelUsage(input_tokens=0, input_tokens_cache_read=9, output_tokens=0, total_tokens=9)


def reply(content: Any, stop: Any = "stop", usage: ModelUsage | None = None) -> ModelOutput:
    return ModelOutput.from_content("m", content, stop_reason=stop).model_copy(update={"usage": usage})


@pytest.mark.parametrize(
    ("output", "sound"),
    [
        pytest.param(reply("hello"), True, id="a text of an uncounted model"),
        pytest.param(reply("hello", "unknown", NONE_MADE), True, id="a text whose tokens were counted wrongly"),
        pytest.param(reply("", usage=COUNTED), True, id="a silent model"),
        pytest.param(reply([], usage=COUNTED), True, id="a silent model of blocks"),
        pytest.param(reply(""), True, id="a silent model that nobody counted"),
        pytest.param(reply("", usage=ModelUsage()), True, id="a silent model whose usage says nothing"),
        pytest.param(reply("", "unknown", COUNTED), True, id="a silent local model, which never says why it stops"),
        pytest.param(reply("", "max_tokens", COUNTED), True, id="a model that thought until its tokens were spent"),
        pytest.param(reply([ContentReasoning(reasoning="hm")], usage=NONE_MADE), True, id="a thought"),
        pytest.param(ModelOutput(model="m"), False, id="no choices"),
        pytest.param(reply("", usage=NONE_MADE), False, id="no token generated"),
        pytest.param(reply("", usage=ONLY_CACHED), False, id="no token generated from a cached prompt"),
        pytest.param(reply([ContentText(text="")], usage=NONE_MADE), False, id="no token generated for a block"),
        pytest.param(reply("", "unknown"), False, id="neither a reason nor a count"),
        pytest.param(reply([], "unknown", ModelUsage()), False, id="neither a reason nor a count, in blocks"),
    ],
)
def test_what_no_model_made_is_told_from_a_models_silence(output, sound):
    assert (find_fault(output) == "") is sound


def hold(replies: Sequence[ModelOutput | Exception], tries: int) -> tuple[TaskState, list[dict[str, Any]]]:
    """Ask once, with what comes at each try; return the state and the settings of each call."""
    calls: list[dict[str, Any]] = []
    messages: list[ChatMessage] = [ChatMessageUser(content="opening")]

    async def generate(state: TaskState, **settings: Any) -> TaskState:
        one = replies[len(calls)]
        calls.append(settings)
        if isinstance(one, Exception):
            raise one
        state.output = one
        state.messages.append(one.message)  # as Inspect does: without choices an IndexError
        return state

    state = TaskState(model=ModelName("x/y"), sample_id=1, epoch=1, input="opening", messages=messages)
    return asyncio.run(ask_subject(cast(Generate, generate), state, (0.0,) * (tries - 1))), calls


@pytest.mark.parametrize(
    "broken",
    [
        json.JSONDecodeError("Expecting value", "<html>", 0),
        AttributeError("'str' object has no attribute 'content'"),
        TypeError("'NoneType' object is not iterable"),
        AssertionError(),
        ModelOutput(model="m"),
        reply("", usage=NONE_MADE),
    ],
    ids=["half a JSON", "a page", "no list", "another type", "no choices", "no token"],
)
def test_a_broken_reply_is_asked_for_again_past_the_cache_and_leaves_no_message(broken):
    state, calls = hold([broken, broken, reply("at last", usage=COUNTED)], tries=3)
    assert [message.text for message in state.messages] == ["opening", "at last"]
    assert calls == [{}, {"cache": False}, {"cache": False}]


def test_a_server_that_only_sends_rubbish_is_an_error_of_one_line_that_keeps_its_cause():
    broken = AttributeError("'str' object has no attribute 'content'")
    with pytest.raises(SubjectError, match=r"^model: 2 replies in a row that no model made, .*'content'\).*") as caught:
        hold([broken, broken], tries=2)
    assert caught.value.__cause__ is broken
    assert "\n" not in str(caught.value)


def test_an_error_that_says_what_failed_is_left_to_inspect():
    with pytest.raises(RuntimeError, match="a limit"):
        hold([RuntimeError("a limit")], tries=3)
