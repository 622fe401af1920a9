"""Reinforcement of dialogues by TRL's `GRPOTrainer`."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import datasets  # pyright: ignore[reportMissingTypeStubs]
from transformers import PrinterCallback, TrainerCallback

from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.rollout import Rollout
from askfirst.benchmark.sml.settings import Settings
from askfirst.benchmark.sml.student import Student

# TRL says at every start that its rollout functions may change; the version is pinned for that reason
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")


def make_reinforcer(
    student: Student,
    rollout: Rollout,
    settings: Settings,
    folder: Path,
    callbacks: Sequence[TrainerCallback] = (),
) -> Any:
    """Return TRL's trainer over our dialogues; call `train` on it.

    Args:
        student: What is trained, in place.
        rollout: Holds the dialogues; its lessons are the data set.
        settings: Rate, steps, groups.
        folder: Where checkpoints go.
        callbacks: Watch the run.
    """
    from trl.trainer.grpo_config import GRPOConfig
    from trl.trainer.grpo_trainer import GRPOTrainer

    reinforcing, talking = settings.reinforcing, settings.talking
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    dialogues = reinforcing.problems * reinforcing.group
    rows = min(reinforcing.rows, dialogues // processes)
    cpu = student.model.device.type == "cpu"
    config = GRPOConfig(
        output_dir=str(folder),
        learning_rate=reinforcing.learning_rate,
        lr_scheduler_type="constant",
        max_steps=reinforcing.steps,
        per_device_train_batch_size=rows,
        gradient_accumulation_steps=max(1, dialogues // (rows * processes)),
        num_generations=reinforcing.group,
        max_completion_length=talking.max_tokens,
        temperature=talking.temperature,
        beta=0.0,
        epsilon=0.2,
        scale_rewards="group",
        loss_type="dapo",
        mask_truncated_completions=False,
        use_vllm=settings.vllm,
        vllm_mode="colocate",
        save_steps=settings.save_steps,
        save_total_limit=2,
        logging_steps=1,
        logging_nan_inf_filter=False,  # it would log a loss that is no number as 0
        report_to=[],
        disable_tqdm=True,
        seed=settings.seed,
        data_seed=settings.seed,
        shuffle_dataset=True,
        use_cpu=cpu,
        bf16=not cpu,
        activation_checkpointing=False,
        dataloader_pin_memory=False,
    )
    names = sorted(rollout.lessons)
    stream("order", settings.seed).shuffle(names)
    tokenizer = student.chat.tokenizer
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "left"
    trainer = cast(Any, GRPOTrainer)(
        model=student.model,
        reward_funcs=dialogue_reward,
        args=config,
        train_dataset=cast(Any, datasets).Dataset.from_dict({"prompt": names}),
        processing_class=tokenizer,
        rollout_func=rollout.run,
        callbacks=list(callbacks),
    )
    # it prints every step's raw figures; ours go into the log and beside the bar
    trainer.remove_callback(PrinterCallback)
    return trainer


def dialogue_reward(reward: Sequence[float], **_: Any) -> list[float]:
    """Return the rewards that the rollout computed, one a dialogue."""
    return list(reward)
