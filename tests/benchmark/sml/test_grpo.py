"""Reinforcement makes likelier what is rewarded, and only by the student's own tokens."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.sml.dialogues import Dialogue
from askfirst.benchmark.sml.generation import Generator, Sampling
from askfirst.benchmark.sml.grpo import make_reinforcer
from askfirst.benchmark.sml.rollout import to_columns
from askfirst.benchmark.sml.settings import Reinforcing, Settings, Talking
from askfirst.benchmark.sml.student import Student
from askfirst.benchmark.sml.transcript import Transcript
from tiny_model import tiny_model, tiny_tokenizer
from training import lessons

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")

STEPS, TOKENS = 24, 6
WANTED = frozenset(range(128))
"""Half of the vocabulary: saying these is rewarded."""


@dataclass
class Speech:
    """Rollouts of two turns with another's words between, whose second turn is rewarded by its tokens."""

    chat: Chat
    lessons: dict[str, Any]
    rewards: list[float] = field(default_factory=list)

    def run(self, prompts: list[str], trainer: Any) -> dict[str, list[Any]]:
        draws = {number: random.Random(f"{trainer.state.global_step} {number}") for number in range(len(prompts))}
        generator = Generator[int](trainer.model, Sampling(TOKENS), end_ids=frozenset({10_000}))
        transcripts = {
            number: Transcript(tuple(self.chat.open("Speak.", prompt * (1 + len(prompt) % 3))))
            for number, prompt in enumerate(prompts)
        }
        for turn in range(2):
            spoken = generator.speak({number: each.ids for number, each in transcripts.items()}, draws)
            for number, each in spoken.items():
                transcripts[number].add_student(each.ids, each.logprobs)
                if turn == 0:
                    # what another says is full of what is not wanted, and must not be learnt from
                    transcripts[number].add_teacher([200 + number % 50] * (3 + number % 4))
        lesson = next(iter(self.lessons.values()))
        columns = to_columns([Dialogue(lesson, "", each) for each in transcripts.values()], 1.0, 1)
        last = [each.pieces[-1].ids for each in transcripts.values()]
        columns["reward"] = [sum(token in WANTED for token in ids) / TOKENS for ids in last]
        self.rewards.append(sum(columns["reward"]) / len(last))
        return columns


def test_what_is_rewarded_becomes_likelier(tmp_path: Path) -> None:
    model, chat = tiny_model(), Chat(tiny_tokenizer())
    speech = Speech(chat, {lesson.problem.id: lesson for lesson in lessons(4)})
    settings = Settings(
        recipe="sml",
        talking=Talking(max_tokens=TOKENS),
        reinforcing=Reinforcing(steps=STEPS, problems=4, group=8, rows=8, learning_rate=5e-3),
        save_steps=1000,
    )
    trainer = make_reinforcer(Student(model, chat, None, ""), speech, settings, tmp_path)  # type: ignore[arg-type]
    trainer.train()
    first, last = (sum(some) / 5 for some in (speech.rewards[:5], speech.rewards[-5:]))
    assert len(speech.rewards) == STEPS
    assert last > first + 0.1, speech.rewards
