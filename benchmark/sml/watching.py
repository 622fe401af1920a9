"""What a run shows while it goes on, and what it leaves in its log: one line a step."""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from askfirst.benchmark.errors import TrainingError
from askfirst.benchmark.sml.dialogues import Dialogue
from askfirst.benchmark.sml.leaks import find_leak
from askfirst.benchmark.sml.run_folder import append_line, mark_complete

PROGRESS, DIALOGUES = "progress.jsonl", "dialogues.jsonl"
SHOWN = 2
"""Dialogues of a step that are kept to be read."""

Show = Callable[[str, int, int, dict[str, float]], None]
"""Shows a phase's name, its steps done, how many there are, and the newest figures."""


def measure_dialogues(dialogues: Sequence[Dialogue], seconds: float) -> dict[str, float]:
    """Return the figures of some dialogues.

    `solved`, `solved_first` and `asked_first` are shares of the dialogues: right in the end, right in the first turn,
    and asking in the first turn without an answer. `questions` and `turns` are means a dialogue. `leaks` counts the
    teacher's turns that give the answer away, `withheld` those that would have and were replaced, `replies` all.
    """
    count = len(dialogues)
    replies = [(reply, dialogue.lesson.problem) for dialogue in dialogues for reply in dialogue.replies]
    tokens = sum(len(piece.ids) for dialogue in dialogues for piece in dialogue.transcript.pieces if piece.logprobs)
    return {
        "dialogues": count,
        "solved": sum(dialogue.right_turn is not None for dialogue in dialogues) / count,
        "solved_first": sum(dialogue.right_turn == 1 for dialogue in dialogues) / count,
        "asked_first": sum(dialogue.turns[0].asks for dialogue in dialogues) / count,
        "questions": sum(len(turn.reading.questions) for dialogue in dialogues for turn in dialogue.turns) / count,
        "turns": sum(len(dialogue.turns) for dialogue in dialogues) / count,
        "replies": len(replies),
        "leaks": sum(find_leak(reply.text, problem) is not None for reply, problem in replies),
        "withheld": sum(reply.leaked for reply, _ in replies),
        "rewritten": sum(len(dialogue.rewritten) for dialogue in dialogues),
        "student_tokens": tokens,
        "tokens_per_s": tokens / seconds if seconds else 0.0,
    }


def write_dialogue(dialogue: Dialogue) -> list[dict[str, str]]:
    """Return a dialogue as messages, for people."""
    messages = [{"role": "teacher", "text": dialogue.task}]
    for number, turn in enumerate(dialogue.turns):
        messages.append({"role": "student", "text": turn.text})
        if number < len(dialogue.replies):
            messages.append({"role": "teacher", "text": dialogue.replies[number].text})
    return messages


class Watch(TrainerCallback):
    """Writes one line a step, keeps checkpoints honest, and stops a run whose loss is no number."""

    def __init__(self, phase: str, folder: Path, show: Show) -> None:
        """Watch a phase whose files are in a folder."""
        self.phase, self.folder, self.show = phase, folder, show
        self.figures: dict[str, float] = {}
        self.kept: list[list[dict[str, str]]] = []
        self._started = time.monotonic()

    def dialogues(self, dialogues: Sequence[Dialogue], seconds: float) -> None:
        """Take note of a step's dialogues."""
        self.figures = measure_dialogues(dialogues, seconds)
        self.kept = [write_dialogue(dialogue) for dialogue in dialogues[:SHOWN]]

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Write the line of a step.

        Raises:
            TrainingError: If the loss is no number.
        """
        if not logs or "loss" not in logs:
            return
        loss = float(logs["loss"])
        if not math.isfinite(loss):
            raise TrainingError(
                f"{self.folder}: step {state.global_step}: the loss is {loss}; expected a number; lower the learning "
                "rate and run again, which goes on from the newest checkpoint"
            )
        names = {"loss": "loss", "reward": "reward", "reward_std": "reward_std", "grad_norm": "grad_norm"}
        figures = {name: float(logs[key]) for name, key in names.items() if key in logs} | self.figures
        row = {"step": state.global_step, "seconds": round(time.monotonic() - self._started, 3), **figures}
        append_line(self.folder / PROGRESS, row)
        for messages in self.kept:
            append_line(self.folder / DIALOGUES, {"step": state.global_step, "messages": messages})
        self.kept = []
        self._started = time.monotonic()
        self.show(self.phase, state.global_step, state.max_steps, figures)

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Say that the checkpoint that was just written is whole."""
        mark_complete(Path(str(args.output_dir)) / f"checkpoint-{state.global_step}")
