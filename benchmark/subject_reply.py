"""One reply of the subject, asked for again where what came is no model's reply.

Clients and Inspect make a call again that failed in a known way: an error status, a broken connection, a timeout. A
reply that came whole and is rubbish (half a JSON, a proxy's web page, no choices) ends the sample instead, and an empty
text that nobody generated even counts as the subject's silence. Both are the machinery's fault, and are asked for again
here.
"""

import json
from collections.abc import Sequence

import anyio
from inspect_ai.log import transcript
from inspect_ai.model import ContentText, ModelOutput
from inspect_ai.solver import Generate, TaskState
from pydantic import ValidationError

from askfirst.benchmark.errors import SubjectError

WAITS_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 15.0)
"""Seconds before each further try. With three replies in ten broken, ten tries all fail for one call in 170,000."""

UNREADABLE = (json.JSONDecodeError, ValidationError, AssertionError, AttributeError, TypeError, LookupError)
"""What clients, and Inspect behind them, raise when a reply with status 200 has not the protocol's form."""


async def ask_subject(generate: Generate, state: TaskState, waits_s: Sequence[float] = WAITS_S) -> TaskState:
    """Let the subject say one message, and return the state with it.

    Args:
        generate: Inspect's.
        state: The dialogue so far; a try that failed leaves no message in it.
        waits_s: Seconds before each further try.

    Raises:
        SubjectError: If no try gave a reply that a model can have made.
    """
    said, fault, cause = list(state.messages), "", None
    for wait_s in (0.0, *waits_s):
        again, cause = bool(fault), None
        await anyio.sleep(wait_s)
        state.messages = list(said)
        try:
            # Inspect has cached what came before anyone could look at it
            state = await (generate(state, cache=False) if again else generate(state))
            fault = find_fault(state.output)
        except UNREADABLE as error:
            fault, cause = f"no reply in the protocol's form ({type(error).__name__}: {error})", error
        if not fault:
            return state
        transcript().info({"asked again": fault}, source="askfirst")
    raise SubjectError(
        f"model: {len(waits_s) + 1} replies in a row that no model made, the last: {fault}; expected a message; "
        "look at the server and its address, then go on with `inspect eval-retry`"
    ) from cause


def find_fault(output: ModelOutput) -> str:
    """Say why no model can have made this reply; empty where one can.

    An empty message may be a model's own: that counts. It is nobody's where the server itself says that it generated no
    token, or says neither how many nor why it stopped.
    """
    if output.empty:
        return "no choices"
    usage, message = output.usage, output.message
    parts = [message.content] if isinstance(message.content, str) else message.content
    if message.tool_calls or any(part.text if isinstance(part, ContentText) else part for part in parts):
        return ""
    if usage is not None and usage.total_tokens > usage.output_tokens == 0:
        return "an empty message for which no token was generated"
    if output.stop_reason == "unknown" and (usage is None or usage.output_tokens == 0):
        return "an empty message without a reason why it ends"
    return ""
