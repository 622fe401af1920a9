"""The model API for local checkpoints: `--model batched/PATH`.

It imports neither torch nor transformers before a model is asked for: Inspect imports it at every start.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from logging import getLogger
from typing import TYPE_CHECKING, Any

from inspect_ai._util.error import PrerequisiteError
from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessage,
    ChatMessageAssistant,
    GenerateConfig,
    ModelAPI,
    ModelOutput,
    ModelUsage,
    modelapi,
)
from inspect_ai.model._model_info import MODEL_INFO_LOOKUP_API_KEY
from inspect_ai.tool import ToolChoice, ToolInfo
from rich.markup import escape

from askfirst.benchmark.errors import CheckpointError

if TYPE_CHECKING:
    from askfirst.benchmark.local.engine import Request
    from askfirst.benchmark.local.service import Service, Wish

ARGUMENTS = ("model_path", "tokenizer_path", "dtype", "device", "max_rows", "cache_gb", "enable_thinking")
"""What -M takes."""

HEARD = frozenset({"temperature", "top_p", "top_k", "max_tokens", "stop_seqs", "seed", "num_choices"})
"""Generation settings that are followed."""

PLUMBING = frozenset(
    {"max_retries", "timeout", "attempt_timeout", "stream_idle_timeout", "max_connections", "adaptive_connections"}
    | {"system_message", "max_tool_output", "cache", "cache_prompt", "fail_on_refusal", "reasoning_history"}
    | {"parallel_tool_calls", "internal_tools"}
)
"""Generation settings that Inspect follows itself, or that say nothing of what is sampled."""

RANGES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "temperature": (lambda value: value >= 0, "a number from 0"),
    "top_p": (lambda value: 0 < value <= 1, "a number above 0, at most 1"),
    "top_k": (lambda value: value >= 0, "a whole number from 0, which is all"),
    "max_tokens": (lambda value: value >= 1, "a whole number from 1"),
    "num_choices": (lambda value: value >= 1, "a whole number from 1"),
}
"""What settings may be, and in words."""

LOCAL = "local"
"""The model's name where -M model_path says which, as with `hf/`."""

TEXTS = ("tokenizer_path", "dtype", "device")

MAX_ROWS = 64
"""Dialogues in the batch: twice as many sample a third more tokens a second on a processor, with twice the memory."""

CACHE_GB = 2.0
"""Of keys and values that are kept for next turns: of a model of 135 million parameters in single precision, 46,000
tokens."""

MAX_TOKENS = 2048
"""Of a turn where nobody says otherwise: Inspect's own for local models."""

logger = getLogger(__name__)


class BatchedAPI(ModelAPI):
    """A local checkpoint, sampled in continuous batches that go on from what they have read."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
        **model_args: Any,
    ) -> None:
        """Load the model.

        Raises:
            PrerequisiteError: If it can't be loaded or an argument or setting is not known.
        """
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())
        if unknown := sorted(set(model_args) - set(ARGUMENTS)):
            hint = "; for do_sample=false say --temperature 0" if "do_sample" in unknown else ""
            raise _refuse(f"-M {', '.join(unknown)}: not known; expected some of {list(ARGUMENTS)!r}; leave out{hint}")
        self._check_settings(config or GenerateConfig())
        self._thinking: bool | None = model_args.get("enable_thinking")
        path = model_args.get("model_path")
        if api_key == MODEL_INFO_LOOKUP_API_KEY or (model_name == LOCAL and path is None):
            # the first is Inspect, which looks a model up by its bare name and can do without: it would load another
            raise _refuse(f"--model batched/{model_name}: no path; expected -M model_path=PATH; give it")
        self._path = str(path or model_name)
        self._service = _open(model_name, self._path, model_args)
        if unheard := self._service.loaded.unheard:
            logger.warning(
                "--model batched/%s: its generation_config.json sets %s, which is not followed", model_name, unheard
            )

    def max_connections(self) -> int:
        """Return how many dialogues run at once where Inspect does not adapt it: as many as there are rows."""
        return self._service.engine.limits.max_rows

    def max_tokens(self) -> int:
        """Return how long a turn may get where nobody says otherwise."""
        return MAX_TOKENS

    def collapse_user_messages(self) -> bool:
        """Return True: many templates refuse two messages of the user in a row."""
        return True

    def connection_key(self) -> str:
        """Return what tells this checkpoint's connections from another's."""
        return self._path

    def close(self) -> None:
        """Let go of the model."""
        from askfirst.benchmark.local.service import close_service

        close_service(self._service)

    async def generate(
        self, input: list[ChatMessage], tools: list[ToolInfo], tool_choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        """Sample the next turn.

        Raises:
            PrerequisiteError: If tools, pictures or a setting are asked for that this provider does not have.
            CheckpointError: If the model can't go on, such as out of memory.
        """
        if tools:
            raise _refuse(f"--model batched/{self.model_name}: got tools; expected none; use vllm/ or hf/")
        wishes = self._wishes(config)
        prompt = self._read(input)
        requests = [self._service.request(prompt, wish) for wish in wishes]
        answers = [asyncio.wrap_future(self._service.worker.submit(request)) for request in requests]
        try:
            await asyncio.gather(*answers)
        finally:
            # where one failed or all were cancelled, none may go on
            for answer in answers:
                answer.cancel()
        return self._to_output(requests, wishes, len(prompt))

    def _wishes(self, config: GenerateConfig) -> list["Wish"]:
        from askfirst.benchmark.local.service import Wish

        self._check_settings(config)
        return [
            Wish(
                max_tokens=config.max_tokens or MAX_TOKENS,
                temperature=config.temperature,
                top_p=config.top_p,
                top_k=config.top_k,
                stop_seqs=tuple(config.stop_seqs or ()),
                seed=config.seed,
                choice=choice,
            )
            for choice in range(config.num_choices or 1)
        ]

    def _check_settings(self, config: GenerateConfig) -> None:
        chosen = {name: value for name, value in config.model_dump(exclude_none=True).items() if value is not False}
        unknown = sorted(chosen.keys() - HEARD - PLUMBING)
        if unknown:
            flags = ", ".join("--" + name.replace("_", "-") for name in unknown)
            raise _refuse(
                f"{flags}: --model batched/ has no such setting; expected some of {sorted(HEARD)!r}; leave out"
            )
        for name, (fits, expected) in RANGES.items():
            if name in chosen and not fits(chosen[name]):
                raise _refuse(f"--{name.replace('_', '-')}: {chosen[name]!r}; expected {expected}; correct it")

    def _read(self, messages: Sequence[ChatMessage]) -> list[int]:
        from jinja2 import TemplateError

        turns: list[tuple[str, str]] = []
        for message in messages:
            content = message.content
            plain = isinstance(content, str) or all(part.type in ("text", "reasoning") for part in content)
            if message.role == "tool" or not plain:
                raise _refuse(
                    f"--model batched/{self.model_name}: got a {message.role} message with more than text; "
                    "expected text alone; use vllm/ or hf/"
                )
            turns.append((message.role, message.text))
        settings = {} if self._thinking is None else {"enable_thinking": self._thinking}
        try:
            return self._service.loaded.chat.read(turns, **settings)
        except TemplateError as error:
            roles = [role for role, _ in turns]
            raise _refuse(
                f"--model batched/{self.model_name}: its chat template refuses messages of {roles!r} ({error}); "
                "expected a template for system, user and assistant; choose another model"
            ) from error

    def _to_output(self, requests: Sequence["Request"], wishes: Sequence["Wish"], length: int) -> ModelOutput:
        choices = [
            ChatCompletionChoice(
                message=ChatMessageAssistant(
                    content=self._service.text(request, wish), model=self.model_name, source="generate"
                ),
                stop_reason=request.reason or "unknown",
            )
            for request, wish in zip(requests, wishes, strict=True)
        ]
        # tokens of the prompt count once, however many turns go on from it
        reused = min(request.reused for request in requests)
        said = sum(request.sampled for request in requests)
        usage = ModelUsage(
            input_tokens=length - reused,
            input_tokens_cache_read=reused,
            output_tokens=said,
            total_tokens=length + said,
        )
        return ModelOutput(model=self.model_name, choices=choices, usage=usage)


def _open(name: str, path: str, arguments: dict[str, Any]) -> "Service":
    try:
        from askfirst.benchmark.local.service import Settings, open_service
    except ModuleNotFoundError as error:
        raise _refuse(
            f"--model batched/{name}: {error.name} is not installed; expected the extra `local`; "
            "run pip install 'askfirst[local]'"
        ) from error
    rows, room = arguments.get("max_rows", MAX_ROWS), arguments.get("cache_gb", CACHE_GB)
    if not isinstance(rows, int) or rows < 1:
        raise _refuse(f"-M max_rows: {rows!r}; expected a whole number from 1; correct it")
    if not isinstance(room, int | float) or room < 0:
        raise _refuse(f"-M cache_gb: {room!r}; expected a number from 0; correct it")
    texts = {key: None if (value := arguments.get(key)) is None else str(value) for key in TEXTS}
    try:
        return open_service(Settings(path, texts["tokenizer_path"], texts["dtype"], texts["device"], rows, float(room)))
    except CheckpointError as error:
        raise _refuse(f"--model batched/{name}: {error}") from error


def _refuse(message: str) -> PrerequisiteError:
    return PrerequisiteError(escape(message))


@modelapi(name="batched")
def batched() -> type[ModelAPI]:
    """Register the provider; a model API's name takes no package prefix."""
    return BatchedAPI
