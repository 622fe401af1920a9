"""Fine-tuning on transcripts, with the loss on the student's tokens alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from datasets import Dataset
from transformers import TrainerCallback
from trl import SFTConfig, SFTTrainer

from askfirst.benchmark.sml.settings import FineTuning
from askfirst.benchmark.sml.student import Student
from askfirst.benchmark.sml.transcript import Transcript


def make_fine_tuner(
    student: Student,
    transcripts: Sequence[Transcript],
    settings: FineTuning,
    folder: Path,
    seed: int,
    callbacks: Sequence[TrainerCallback] = (),
) -> SFTTrainer:
    """Return a trainer that fine-tunes the student; call `train` on it.

    Args:
        student: What is trained, in place.
        transcripts: At least one; teacher tokens and prompts are read, but no loss is on them.
        settings: Rate, passes and batch.
        folder: Where checkpoints go.
        seed: Decides the order of the transcripts.
        callbacks: Watch the run.
    """
    rows = [{"input_ids": each.ids, "labels": each.labels} for each in transcripts]
    config = SFTConfig(
        output_dir=str(folder),
        learning_rate=settings.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=settings.warmup_steps,
        num_train_epochs=settings.passes,
        max_steps=settings.max_steps if settings.max_steps is not None else -1,
        per_device_train_batch_size=settings.rows,
        gradient_accumulation_steps=max(1, settings.batch // settings.rows),
        max_length=None,
        save_steps=settings.save_steps,
        save_total_limit=2,
        logging_steps=1,
        report_to=[],
        disable_tqdm=True,
        seed=seed,
        data_seed=seed,
        gradient_checkpointing=False,
        use_cpu=str(cast(Any, student.model).device) == "cpu",
        bf16=False,
        dataloader_pin_memory=False,
    )
    return SFTTrainer(
        model=cast(Any, student.model),
        args=config,
        train_dataset=Dataset.from_list(rows),
        processing_class=student.chat.tokenizer,
        callbacks=list(callbacks),
    )
