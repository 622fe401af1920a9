"""Lessons, scripted students and a small trained model, for tests of the trainer."""

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

from askfirst.benchmark.answers import is_right
from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.scenario import Settings as Scenarios
from askfirst.benchmark.sml.generation import Sampled
from askfirst.benchmark.sml.lesson import Lesson
from askfirst.data.lessons import to_lesson
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import FAMILIES
from tiny_model import tiny_model, tiny_tokenizer


def lessons(n: int, family: str = "arithmetic", level: int | None = 1, seed: int = 0) -> list[Lesson]:
    """Return training lessons of a family."""
    scenarios = draw_scenarios([FAMILIES[family]], n, Scenarios(arms=("full",)), seed=seed, split="train", level=level)
    return [to_lesson(scenario) for scenario in scenarios]


def judge(lesson: Lesson, answer: str) -> bool:
    """Tell right answers of forms that are compared by their spelling."""
    return is_right(answer, lesson.problem.target, lesson.problem.form)


class Script:
    """A speaker whose turns are given by a function of the dialogue's number and of how often it spoke."""

    def __init__(
        self, chat: Chat, words: Callable[[int, int], str], cut: Callable[[int, int], bool] = lambda *_: False
    ):
        self.chat, self.words, self.cut = chat, words, cut
        self.spoken: dict[int, int] = {}

    def speak(self, histories: Mapping[int, Sequence[int]], draws: Mapping[int, random.Random]) -> dict[int, Sampled]:
        """Say what the function says."""
        turns: dict[int, Sampled] = {}
        for key in histories:
            number = self.spoken[key] = self.spoken.get(key, 0) + 1
            ids = self.chat.student(self.words(key, number))
            cut = self.cut(key, number)
            ids = ids[:-1] if cut else ids
            turns[key] = Sampled(ids, [-0.5] * len(ids), not cut)
        return turns


def write_parrot(folder: Path, words: str) -> Path:
    """Train the tiny model until it says the same words at each turn, and write it as a checkpoint."""
    chat, model = Chat(tiny_tokenizer()), tiny_model().train()
    draw = random.Random(0)
    said = chat.student(words)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _ in range(60):
        rows = [
            [draw.randrange(256) for _ in range(80)] + chat.reply("Go on.", ended=False)[-14:] + said for _ in range(8)
        ]
        ids = torch.tensor(rows)
        labels = ids.clone()
        labels[:, : -len(said)] = -100
        loss = model(input_ids=ids, labels=labels).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert loss.item() < 0.05
    model.eval().save_pretrained(folder)
    tiny_tokenizer().save_pretrained(folder)
    return folder
