"""Every setting of the recipes, in one place."""

from pydantic import Field

from askfirst.benchmark.problem import Frozen


class FineTuning(Frozen):
    """How the student is fine-tuned on transcripts."""

    learning_rate: float = Field(default=1e-3, gt=0)
    passes: float = Field(default=1.0, gt=0)
    """How often each transcript is seen."""
    max_steps: int | None = Field(default=None, ge=1)
    """Ends the run earlier."""
    batch: int = Field(default=16, ge=1)
    """Transcripts a step."""
    rows: int = Field(default=8, ge=1)
    """Transcripts that are computed at once; bounds the memory."""
    warmup_steps: int = Field(default=10, ge=0)
    save_steps: int = Field(default=50, ge=1)
