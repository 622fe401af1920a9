"""Dialogues as TRL's `GRPOTrainer` wants them: token ids, log-probabilities, masks and what the reward needs."""

import random
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.dialogues import Dialogue, Limits, Speaker, hold_dialogues
from askfirst.benchmark.sml.generation import Sampled, Sampling
from askfirst.benchmark.sml.lesson import Lesson
from askfirst.benchmark.sml.reward import discounted_reward
from askfirst.benchmark.sml.sampler import Sampler
from askfirst.benchmark.sml.turns import Judge, Teacher


@dataclass
class Rollout:
    """Holds the dialogues of a step; `run` is TRL's `rollout_func`."""

    chat: Chat
    lessons: Mapping[str, Lesson]
    """By the problem's id, which is the data set's prompt."""
    teacher: Teacher
    judge: Judge
    limits: Limits
    temperature: float
    discount: float
    free_turns: int
    seed: int
    watch: Callable[[Sequence[Dialogue], float], None]
    """Is told each step's dialogues and the seconds that they took."""
    max_rows: int = 64
    sampler: Sampler | None = None
    """Made at the first step."""

    def run(self, prompts: Sequence[str], trainer: Any) -> dict[str, list[Any]]:
        """Hold one dialogue a prompt, in their order; equal seeds and weights at a step give equal dialogues.

        Returns:
            Lists of one element a prompt: `prompt_ids`, `completion_ids`, `logprobs`, `env_mask` (1 = the student's
            tokens), and `reward`.
        """
        step = int(trainer.state.global_step)
        rank = int(trainer.accelerator.process_index)
        draws = [stream("rollout", self.seed, step, rank, number) for number in range(len(prompts))]
        started = time.monotonic()
        with self._speaker(trainer) as speaker:
            lessons = [self.lessons[prompt] for prompt in prompts]
            dialogues = hold_dialogues(lessons, self.chat, speaker, self.teacher, self.judge, self.limits, draws)
        self.watch(dialogues, time.monotonic() - started)
        return to_columns(dialogues, self.discount, self.free_turns)

    @contextmanager
    def _speaker(self, trainer: Any) -> Generator[Speaker]:
        sampling = Sampling(self.limits.max_tokens, self.temperature)
        if trainer.use_vllm:
            speaker = VllmSpeaker(trainer.vllm_generation, self.chat.end_ids)
            yield speaker
            speaker.catch_up(self.limits.max_turns)
            return
        # sharded weights (FSDP, DeepSpeed) are put together for as long as the dialogues last
        from trl.models import utils

        gather = trainer.args.ds3_gather_for_generation
        with cast(Any, utils).unwrap_model_for_generation(
            trainer.model_wrapped, trainer.accelerator, gather_deepspeed3_params=gather
        ) as model:
            if self.sampler is None:
                self.sampler = Sampler(model)
            self.sampler.catch_up()
            yield self.sampler.speaker(sampling, end_ids=self.chat.end_ids, max_rows=self.max_rows)


@dataclass
class VllmSpeaker:
    """The student served by TRL's vLLM, which remembers the beginnings of prompts by itself."""

    generation: Any
    """TRL's `VLLMGeneration`; length and temperature are those of the trainer's arguments."""
    end_ids: frozenset[int]
    calls: int = 0

    def speak(
        self, histories: Mapping[int, Sequence[int]], draws: Mapping[int, random.Random]
    ) -> Mapping[int, Sampled]:
        """Sample turns; vLLM draws from its own seed, so `draws` go unused."""
        self.calls += 1
        prompts = [list(history) for history in histories.values()]
        _, completions, logprobs, *_ = self.generation.generate(prompts=prompts, images=None, num_generations=1)
        return {
            key: Sampled(list(ids), [values[0] for values in some], bool(ids) and ids[-1] in self.end_ids)
            for key, ids, some in zip(histories, completions, logprobs, strict=True)
        }

    def catch_up(self, calls: int) -> None:
        """Make up for calls that were not needed: the processes of a run gather at each, and would wait for ever."""
        while self.calls < calls:
            self.speak({}, {})


def to_columns(dialogues: Sequence[Dialogue], discount: float, free_turns: int) -> dict[str, list[Any]]:
    """Return what the trainer needs of dialogues, one list a key and one element a dialogue."""
    transcripts = [dialogue.transcript for dialogue in dialogues]
    # The trainer pads prompts in front, and where whole rows of attention are masked, some kernels' gradients are no
    # numbers. So the prompt is its first token, all others stand unlearnt before the student's words.
    unlearnt = [list(each.prompt[1:]) for each in transcripts]
    return {
        "prompt_ids": [list(each.prompt[:1]) for each in transcripts],
        "completion_ids": [rest + each.completion for rest, each in zip(unlearnt, transcripts, strict=True)],
        "logprobs": [[0.0] * len(rest) + each.logprobs for rest, each in zip(unlearnt, transcripts, strict=True)],
        "env_mask": [[0] * len(rest) + each.mask for rest, each in zip(unlearnt, transcripts, strict=True)],
        "reward": [discounted_reward(dialogue.right_turn, discount, free_turns) for dialogue in dialogues],
    }
