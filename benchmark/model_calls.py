"""Calls of the models that play a part in a dialogue: the same prompt is paid for once, and an answer is plain JSON.

Replies are kept in Inspect's cache; of two that ask the same at the same time, one waits for the other.
"""

import json
import re
from collections.abc import MutableMapping, Sequence
from typing import Any, cast
from weakref import WeakValueDictionary

import anyio
from inspect_ai.model import CachePolicy, ChatMessage, GenerateConfig, Model, ResponseSchema
from inspect_ai.util import JSONSchema

MAX_ANSWER = 8_000
"""Characters of the longest answer that is read."""

CONFIG = GenerateConfig(temperature=0.0, max_tokens=1024, max_retries=5, fail_on_refusal=False)
"""What these models run with, unless the role's own configuration says otherwise; reasoning may need more tokens."""

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n\s*```\s*", re.DOTALL)


class NotJsonError(ValueError):
    """An answer that is not one JSON object with the keys asked for."""


class ModelCalls:
    """Asks models, each prompt once."""

    def __init__(self) -> None:
        """Start with nothing asked."""
        # an entry lives as long as somebody asks or waits
        self._locks: MutableMapping[str, anyio.Lock] = WeakValueDictionary()

    async def ask(self, model: Model, messages: Sequence[ChatMessage], schema: ResponseSchema) -> str:
        """Return a model's answer; a model that can't be reached after its retries raises."""
        key = repr((model.name, [(message.role, message.text) for message in messages]))
        lock = self._locks.setdefault(key, anyio.Lock())
        async with lock:
            output = await model.generate(
                list(messages), config=GenerateConfig(response_schema=schema), cache=cache_policy(model)
            )
        return output.completion if output.choices else ""


def cache_policy(model: Model) -> CachePolicy:
    """Return how answers are kept: for a week, whatever the epoch, apart for different settings of a model.

    Inspect's own key holds the model's name, which is `hf/local` for every local checkpoint.
    """
    settings = sorted((name, str(value)) for name, value in model.model_args.items())
    return CachePolicy(expiry="1W", per_epoch=False, scopes={"askfirst": repr(settings)})


def object_schema(name: str, properties: dict[str, JSONSchema]) -> ResponseSchema:
    """Return the schema of an object that has exactly these properties."""
    return ResponseSchema(name=name, json_schema=closed_object(properties), strict=True)


def closed_object(properties: dict[str, JSONSchema]) -> JSONSchema:
    """Return the schema of an object with all of these properties and no others."""
    return JSONSchema(type="object", properties=properties, required=list(properties), additionalProperties=False)


def parse_object(answer: str, keys: Sequence[str]) -> dict[str, Any]:
    """Read an answer that is one JSON object with exactly these keys, in a code fence or not.

    Raises:
        NotJsonError: If it is anything else; nothing is guessed.
    """
    if len(answer) > MAX_ANSWER:
        raise NotJsonError(f"{len(answer)} characters; expected one short JSON object")
    fenced = _FENCE.fullmatch(answer)
    try:
        content = json.loads(fenced[1] if fenced else answer, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise NotJsonError(f"no JSON object: {answer[:60]!r}") from error
    if not isinstance(content, dict) or set(cast(dict[str, Any], content)) != set(keys):
        raise NotJsonError(f"other keys than {list(keys)!r}: {answer[:60]!r}")
    return cast(dict[str, Any], content)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key stands twice")
    return values
