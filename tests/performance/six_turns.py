"""Dialogues of six turns that were held beforehand, and what holds them again: a model, a bare loop and our task.

Both loops send and receive word for word the same messages, so the difference is what askfirst does between them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset
from inspect_ai.model import (
    ChatMessage,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
    ModelAPI,
    ModelOutput,
    modelapi,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver
from inspect_ai.tool import ToolChoice, ToolInfo

from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.scenario import SYSTEM_MESSAGES, Scenario, Settings, render_opening
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import family_check, family_information, find_family
from askfirst.tasks.build import assemble_task, to_sample

TURNS = 6
FAMILIES = ("arithmetic", "actions", "scheduling")
"""Those whose hardest level takes the ideal asker six turns."""


class Held(NamedTuple):
    """One dialogue that was held: what each side said, in turns."""

    scenario: Scenario
    said: tuple[str, ...]
    replies: tuple[str, ...]


def hold(count: int) -> list[Held]:
    """Hold dialogues of exactly six turns by the ideal asker, evenly over the families."""
    held: list[Held] = []
    for family in FAMILIES:
        settings = Settings(arms=("under",), hide="all")
        mine: list[Held] = []
        for scenario in draw_scenarios([find_family(family)], count, settings, level=4):
            said: list[str] = []

            def say(heard: list[str], scenario: Scenario = scenario, said: list[str] = said) -> str:
                said.append(POLICIES["oracle"](scenario, heard))
                return said[-1]

            turns = run_dialogue(scenario, say).turns
            if len(turns) == TURNS:
                mine.append(Held(scenario, tuple(said), tuple(turn.reply for turn in turns)))
        held += mine[: -(-count // len(FAMILIES))]
    if len(held) < count:
        raise ValueError(f"{len(held)} dialogues of {TURNS} turns; expected {count}; ask for fewer")
    return held[:count]


def scripts(held: list[Held]) -> dict[str, tuple[str, ...]]:
    """Return what the subject says, by the dialogue's opening."""
    return {render_opening(one.scenario): one.said for one in held}


_spoken: dict[str, tuple[str, ...]] = {}


class Replay(ModelAPI):
    """Says again what was said, at once."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
    ) -> None:
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())

    def max_connections(self) -> int:
        return 20

    async def generate(
        self, input: list[ChatMessage], tools: list[ToolInfo], tool_choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        heard = [message.text for message in input if message.role == "user"]
        return ModelOutput.from_content(model=self.model_name, content=_spoken[heard[0]][len(heard) - 1])


def offer_replay(spoken: Mapping[str, tuple[str, ...]]) -> str:
    """Register the model that says these again, and return its name."""
    _spoken.update(spoken)
    modelapi(name="replay")(lambda: Replay)
    return "replay/six"


@solver
def bare_loop(replies: Mapping[str, tuple[str, ...]]) -> Solver:
    """Call the model six times with the same messages as our task does, and do nothing else."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        state.messages.insert(0, ChatMessageSystem(content=SYSTEM_MESSAGES["neutral"]))
        for reply in replies[str(state.sample_id)]:
            state = await generate(state)
            if reply:
                state.messages.append(ChatMessageUser(content=reply))
        return state

    return solve


def bare_task(held: list[Held]) -> Task:
    """Return the bare loop as a task: the same samples, no scoring."""
    return Task(
        dataset=MemoryDataset([to_sample(one.scenario) for one in held], name="bare"),
        solver=bare_loop({one.scenario.id: one.replies for one in held}),
        name="bare",
    )


def full_task(held: list[Held]) -> Task:
    """Return our task on the same samples: reading, matching, replying, gains, record and all measures."""
    return assemble_task("six", [one.scenario for one in held], family_information, family_check)
