"""Every setting of the recipes, in one place."""

from typing import Literal, TypeAlias, get_args

from pydantic import Field

from askfirst.benchmark.problem import Frozen

RecipeName: TypeAlias = Literal["solve", "single_turn", "offline_sml", "sml", "q_priming", "q_priming_sml"]

Phase: TypeAlias = Literal["solving", "tuning", "priming", "reinforcing"]
"""What a run trains in, in this order, where it has several."""

PHASES: tuple[Phase, ...] = get_args(Phase)


class FineTuning(Frozen):
    """How the student is fine-tuned on transcripts."""

    learning_rate: float = Field(default=1e-3, gt=0)
    passes: float = Field(default=1.0, gt=0)
    """How often each transcript is seen."""
    batch: int = Field(default=16, ge=1)
    """Transcripts a step."""
    rows: int = Field(default=8, ge=1)
    """Transcripts that are computed at once; bounds the memory."""
    warmup_steps: int = Field(default=10, ge=0)


class Talking(Frozen):
    """How dialogues with the teacher go."""

    max_turns: int = Field(default=4, ge=1)
    """Turns of the student."""
    max_tokens: int = Field(default=96, ge=1)
    """Tokens of one turn."""
    max_context: int = Field(default=1024, ge=1)
    """Tokens of the whole dialogue."""
    temperature: float = Field(default=1.0, gt=0)


class Reinforcing(Frozen):
    """How the student is trained by its rewards (GRPO, without a KL term)."""

    learning_rate: float = Field(default=1e-4, gt=0)
    steps: int = Field(default=36, ge=1)
    problems: int = Field(default=4, ge=1)
    """Problems a step, over all processes."""
    group: int = Field(default=8, ge=2)
    """Dialogues a problem; their rewards are normalised together."""
    rows: int = Field(default=8, ge=1)
    """Dialogues whose gradients are computed at once; bounds the memory."""
    discount: float = Field(default=0.7, gt=0, le=1)
    """Factor that a reward loses with each turn."""
    free_turns: int = Field(default=1, ge=0)
    """Turns that are not discounted."""


class Priming(Frozen):
    """How wrong turns give way to questions."""

    base: float = Field(default=0.75, gt=0, le=1)
    """Turn t is replaced with probability `base ** max(0, t - free_turns)`."""
    free_turns: int = Field(default=0, ge=0)
    writer: Literal["rules", "student"] = "rules"
    """Who writes the questions: the rules are for models too small to."""


class Settings(Frozen):
    """What a run does, whatever its recipe; a recipe reads the parts that it has."""

    recipe: RecipeName
    families: tuple[str, ...] = ("arithmetic",)
    levels: tuple[int, ...] = (1, 2)
    """Levels of difficulty, equally many problems from each."""
    n: int = Field(default=1000, ge=1)
    """Problems: to be solved, to be talked about, or to be drawn from by the steps of reinforcement."""
    seed: int = Field(default=0, ge=0)
    teacher: str = "rules"
    """`rules`, `retry`, or a model as Inspect names it."""
    lora_rank: int | None = Field(default=8, ge=1)
    """Rank of the adapters; None trains all weights. A model that has adapters goes on with those."""
    lora_targets: tuple[str, ...] = ()
    """Layers that get adapters; empty means every linear one."""
    tuning: FineTuning = FineTuning()
    talking: Talking = Talking()
    reinforcing: Reinforcing = Reinforcing()
    priming: Priming = Priming()
    save_steps: int = Field(default=10, ge=1)
    """Steps between checkpoints."""
    max_rows: int = Field(default=64, ge=1)
    """Dialogues whose turns are sampled at once; bounds the memory."""
    vllm: bool = False
    """Whether vLLM samples the turns, in the trainer's own process."""


def with_defaults(recipe: RecipeName) -> Settings:
    """Return a recipe's settings as published figures and this project's own trials have them."""
    settings = Settings(recipe=recipe)
    if recipe == "single_turn":
        # four times the group, so that the control samples as many turns as dialogues of four turns
        reinforcing = settings.reinforcing
        return settings.model_copy(
            update={
                "talking": settings.talking.model_copy(update={"max_turns": 1}),
                "reinforcing": reinforcing.model_copy(update={"group": 4 * reinforcing.group}),
            }
        )
    return settings
