"""The reference policies as an Inspect model: `--model askfirst/<policy>`."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from inspect_ai._util.error import PrerequisiteError
from inspect_ai.model import ChatMessage, GenerateConfig, ModelAPI, ModelOutput, modelapi
from inspect_ai.tool import ToolChoice, ToolInfo
from rich.markup import escape

from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.scenario import Scenario

_scenario: ContextVar[Scenario | None] = ContextVar("askfirst_scenario", default=None)


@contextmanager
def speaking_about(scenario: Scenario) -> Generator[None]:
    """Let a policy that is called as a model know the scenario of the sample at hand.

    A context variable, and not the sample's store: the store is logged, and the scenario is in the log already.
    """
    token = _scenario.set(scenario)
    try:
        yield
    finally:
        _scenario.reset(token)


class PolicyAPI(ModelAPI):
    """A reference policy in a model's place."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
    ) -> None:
        """Look the policy up.

        Raises:
            PrerequisiteError: If there is no policy of that name.
        """
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())
        if model_name not in POLICIES:
            message = f"--model askfirst/{model_name}: no such policy; expected one of {list(POLICIES)!r}; correct it"
            raise PrerequisiteError(escape(message))
        self._policy = POLICIES[model_name]

    def max_connections(self) -> int:
        """Return how many dialogues run at once; a policy answers at once, so more would only cost memory."""
        return 20

    async def generate(
        self, input: list[ChatMessage], tools: list[ToolInfo], tool_choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        """Say what the policy says next."""
        scenario = _scenario.get()
        if scenario is None:
            raise PrerequisiteError(
                f"--model askfirst/{self.model_name}: found no scenario; "
                "expected a task of askfirst; evaluate one, such as askfirst/suite"
            )
        heard = [message.text for message in input if message.role == "user"]
        return ModelOutput.from_content(model=self.model_name, content=self._policy(scenario, heard))


@modelapi(name="askfirst")
def askfirst() -> type[ModelAPI]:
    """Register the policies; a model API's name takes no package prefix."""
    return PolicyAPI
