"""Fine-tuning on transcripts, with the loss on the student's tokens alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import datasets  # pyright: ignore[reportMissingTypeStubs]
import torch
from torch.nn.functional import cross_entropy
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

from askfirst.benchmark.sml.settings import FineTuning
from askfirst.benchmark.sml.student import Student
from askfirst.benchmark.sml.transcript import Transcript

NO_LOSS = -100


class FineTuner(Trainer):
    """Computes logits only where a batch has student tokens.

    Prompts are most of a transcript here, and over a vocabulary of 49,152 their logits would cost a fifth of the
    arithmetic and most of the memory.
    """

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> Any:
        """Return the mean loss of the batch's student tokens."""
        labels = inputs["labels"]
        learnt = (labels != NO_LOSS).any(dim=0).nonzero()
        first, end = int(learnt[0]), int(learnt[-1]) + 1
        # the logits at a position are about the token after it
        keep = torch.arange(first - 1, end - 1, device=labels.device)
        outputs = model(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], logits_to_keep=keep, use_cache=False
        )
        logits, targets = outputs.logits.float(), labels[:, first:end]
        count = (targets != NO_LOSS).sum() if num_items_in_batch is None else num_items_in_batch
        loss = cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=NO_LOSS, reduction="sum") / count
        return (loss, outputs) if return_outputs else loss


def collate(rows: Sequence[Mapping[str, Sequence[int]]], pad_id: int) -> dict[str, torch.Tensor]:
    """Pad transcripts to one length, each (row, position).

    At their ends: in front, whole rows of attention would be masked, and some kernels' gradients there are no numbers.
    """
    width = max(len(row["input_ids"]) for row in rows)

    def pad(name: str, value: int) -> torch.Tensor:
        return torch.tensor([[*row[name], *[value] * (width - len(row[name]))] for row in rows])

    return {
        "input_ids": pad("input_ids", pad_id),
        "attention_mask": torch.tensor(
            [[int(place < len(row["input_ids"])) for place in range(width)] for row in rows]
        ),
        "labels": pad("labels", NO_LOSS),
    }


def make_fine_tuner(
    student: Student,
    transcripts: Sequence[Transcript],
    settings: FineTuning,
    folder: Path,
    seed: int,
    save_steps: int,
    callbacks: Sequence[TrainerCallback] = (),
) -> FineTuner:
    """Return a trainer that fine-tunes the student; call `train` on it.

    Args:
        student: What is trained, in place.
        transcripts: At least one; teacher tokens and prompts are read, but no loss is on them.
        settings: Rate, passes and batch.
        folder: Where checkpoints go.
        seed: Decides the order of the transcripts.
        save_steps: Steps between checkpoints.
        callbacks: Watch the run.
    """
    rows = [{"input_ids": each.ids, "labels": each.labels, "length": len(each.ids)} for each in transcripts]
    tokenizer = student.chat.tokenizer
    pad_id = cast(int, tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id)
    config = TrainingArguments(
        output_dir=str(folder),
        learning_rate=settings.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=settings.warmup_steps,
        num_train_epochs=settings.passes,
        per_device_train_batch_size=settings.rows,
        gradient_accumulation_steps=max(1, settings.batch // settings.rows),
        train_sampling_strategy="group_by_length",
        save_steps=save_steps,
        save_total_limit=2,
        logging_steps=1,
        logging_nan_inf_filter=False,  # it would log a loss that is no number as 0
        report_to=[],
        disable_tqdm=True,
        seed=seed,
        data_seed=seed,
        use_cpu=student.model.device.type == "cpu",
        bf16=student.model.device.type == "cuda",
        dataloader_pin_memory=False,
        remove_unused_columns=False,
    )
    trainer = FineTuner(
        model=student.model,
        args=config,
        train_dataset=cast(Any, datasets).Dataset.from_list(rows),
        data_collator=lambda rows: collate(cast(Any, rows), pad_id),
        callbacks=list(callbacks),
    )
    # it prints every step's raw figures; ours go into the log and beside the bar
    trainer.remove_callback(PrinterCallback)
    return trainer
