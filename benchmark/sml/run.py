"""One training run: its phases, each of which goes on where it was stopped."""

import json
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import psutil
import torch
from accelerate import PartialState  # pyright: ignore[reportMissingTypeStubs]
from transformers import set_seed

from askfirst.benchmark.errors import TrainingError
from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.dialogues import Limits, Rewrite, hold_dialogues
from askfirst.benchmark.sml.generation import Sampling
from askfirst.benchmark.sml.grpo import make_reinforcer
from askfirst.benchmark.sml.lesson import Lesson, write_solution
from askfirst.benchmark.sml.priming import Writer
from askfirst.benchmark.sml.question_writer import write_questions
from askfirst.benchmark.sml.rollout import Rollout
from askfirst.benchmark.sml.run_folder import cut_after, newest_checkpoint, publish, read_lines, write_atomically
from askfirst.benchmark.sml.run_record import RunRecord, check_same, new_record, read_record, write_record
from askfirst.benchmark.sml.sampler import Sampler
from askfirst.benchmark.sml.settings import PHASES, Phase, Settings
from askfirst.benchmark.sml.sft import make_fine_tuner
from askfirst.benchmark.sml.student import Adapter, load_student
from askfirst.benchmark.sml.student_writer import student_writer
from askfirst.benchmark.sml.task import render_task, system_message
from askfirst.benchmark.sml.transcript import Transcript, from_json, to_json
from askfirst.benchmark.sml.turns import Judge, Teacher
from askfirst.benchmark.sml.watching import DIALOGUES, PROGRESS, Show, Watch, measure_dialogues, write_dialogue


class Run:
    """A run in a folder; the recipes call its methods one after the other."""

    def __init__(
        self,
        model: str,
        folder: Path,
        settings: Settings,
        lessons: Sequence[Lesson],
        teacher: Teacher,
        judge: Judge,
        show: Show,
    ) -> None:
        """Begin a run, or go on with the one that is in the folder.

        Args:
            model: What to start from: a folder or a hub id.
            folder: Where everything goes.
            settings: What the run does.
            lessons: The training problems.
            teacher: Talks with the student.
            judge: Tells right answers.
            show: Shows progress.

        Raises:
            TrainingError: If the folder holds another run, or the model can't be loaded.
        """
        self.folder, self.settings, self.lessons = folder, settings, lessons
        self.teacher, self.judge, self.show = teacher, judge, show
        wanted, there = new_record(model, settings, lessons), read_record(folder)
        if there is not None:
            check_same(there, wanted, folder)
        self.record = there or wanted
        self._last = ""
        if self.record.finished:
            return
        set_seed(settings.seed)
        # a phase that was finished is where the next one starts
        models = [self._phase(name) / "model" for name in reversed(PHASES)]
        start = next((str(path) for path in models if path.is_dir()), model)
        rank, targets = settings.lora_rank, settings.lora_targets or "all-linear"
        self.student = load_student(start, None if rank is None else Adapter(rank, 2.0 * rank, targets))
        check_memory(self.student.model)
        # only now: a model that can't be loaded must not leave a run behind
        folder.mkdir(parents=True, exist_ok=True)
        self._note()

    def solutions(self) -> list[Transcript]:
        """Return the worked solutions of all problems as transcripts of one turn."""
        transcripts: list[Transcript] = []
        for lesson in self.lessons:
            transcript = self._open(lesson)
            transcript.add_student(self.student.chat.student(write_solution(lesson)))
            transcripts.append(transcript)
        return transcripts

    def writer(self) -> Writer:
        """Return what writes questions for priming."""
        if self.settings.priming.writer == "rules":
            return write_questions
        return student_writer(self.student, self.settings)

    def successful(self, phase: str, rewrite: Rewrite | None = None) -> list[Transcript]:
        """Hold one dialogue a problem, keep those that end right, and return their transcripts.

        Those that are held at once are kept in one file, so that a run that was stopped loses only the newest.
        """
        folder = self._phase(phase)
        folder.mkdir(parents=True, exist_ok=True)
        transcripts: list[Transcript] = []
        size = self.settings.max_rows
        chunks = [self.lessons[start : start + size] for start in range(0, len(self.lessons), size)]
        sampler = Sampler(self.student.model)
        for number, lessons in enumerate(chunks, start=1):
            path = folder / f"kept-{number:05}.json"
            # one process holds them while the others wait, and find them kept
            with PartialState().main_process_first():
                if not path.is_file():
                    self._collect(sampler, lessons, path, rewrite)
            kept = json.loads(path.read_text(encoding="utf-8"))
            transcripts.extend(from_json(row) for row in kept["transcripts"])
            self.show(phase, number, len(chunks), kept["figures"])
        if not transcripts:
            raise TrainingError(
                f"{folder}: none of {len(self.lessons)} dialogues ended right; expected some to learn from; choose "
                "easier problems or a stronger model"
            )
        return transcripts

    def _collect(self, sampler: Sampler, lessons: Sequence[Lesson], path: Path, rewrite: Rewrite | None) -> None:
        started = time.monotonic()
        talking = self.settings.talking
        speaker = sampler.speaker(
            Sampling(talking.max_tokens, talking.temperature),
            end_ids=self.student.chat.end_ids,
            max_rows=self.settings.max_rows,
        )
        # by problem, so that how many are held at once, a matter of memory, changes nothing that is drawn
        draws = [stream("collect", self.settings.seed, lesson.problem.id) for lesson in lessons]
        dialogues = hold_dialogues(
            lessons, self.student.chat, speaker, self.teacher, self.judge, limits_of(self.settings), draws, rewrite
        )
        seconds = time.monotonic() - started
        figures = measure_dialogues(dialogues, seconds) | {"seconds": round(seconds, 3)}
        kept = [dialogue for dialogue in dialogues if dialogue.right_turn is not None]
        row = {
            "figures": figures,
            "transcripts": [to_json(dialogue.transcript) for dialogue in kept],
            "dialogues": [write_dialogue(dialogue) for dialogue in kept],
        }
        write_atomically(path, json.dumps(row))

    def fine_tune(self, phase: Phase, transcripts: Sequence[Transcript]) -> None:
        """Fine-tune the student on transcripts; nothing happens where that was done."""
        folder, self._last = self._phase(phase), phase
        if (folder / "model").is_dir():
            return
        trained = sum(transcript.student_tokens for transcript in transcripts)
        # beforehand: a kill between the end of the phase and a later note would lose it
        self._note(trained_tokens=round(trained * self.settings.tuning.passes))
        watch = Watch(phase, folder, self.show)
        trainer = make_fine_tuner(
            self.student,
            transcripts,
            self.settings.tuning,
            folder,
            self.settings.seed,
            self.settings.save_steps,
            [watch],
        )
        self._train(trainer, folder)

    def reinforce(self, phase: Phase) -> None:
        """Reinforce the student's dialogues; nothing happens where that was done."""
        folder, self._last = self._phase(phase), phase
        if (folder / "model").is_dir():
            return
        settings = self.settings
        watch = Watch(phase, folder, self.show)
        rollout = Rollout(
            chat=self.student.chat,
            lessons={lesson.problem.id: lesson for lesson in self.lessons},
            teacher=self.teacher,
            judge=self.judge,
            limits=limits_of(settings),
            temperature=settings.talking.temperature,
            discount=settings.reinforcing.discount,
            free_turns=settings.reinforcing.free_turns,
            seed=settings.seed,
            watch=watch.dialogues,
            max_rows=settings.max_rows,
        )
        self._train(make_reinforcer(self.student, rollout, settings, folder, [watch]), folder)

    def _train(self, trainer: Any, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        newest = newest_checkpoint(folder)
        step = 0 if newest is None else int(newest.name.rpartition("-")[2])
        for name in (PROGRESS, DIALOGUES):
            cut_after(folder / name, step)
        trainer.train(resume_from_checkpoint=None if newest is None else str(newest))
        # sharded weights are gathered by the trainer, which knows how
        partial = folder / ".model"
        shutil.rmtree(partial, ignore_errors=True)
        trainer.save_model(str(partial))
        self.student.chat.tokenizer.save_pretrained(str(partial))
        if trainer.is_world_process_zero():
            for name in ("training_args.bin", "README.md"):
                (partial / name).unlink(missing_ok=True)
            (folder / "README.md").unlink(missing_ok=True)  # TRL's own card
            partial.replace(folder / "model")
            for checkpoint in folder.glob("checkpoint-*"):
                shutil.rmtree(checkpoint)
        trainer.accelerator.wait_for_everyone()

    def finish(self) -> RunRecord:
        """Publish the last phase's model in the run's folder, with its record; one process of a run does."""
        if not is_main():
            return self.record
        rows = [row for path in sorted(self.folder.glob(f"train/*/{PROGRESS}")) for row in read_lines(path)]
        kept = [
            json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.folder.glob("train/*/kept-*.json"))
        ]
        sampled = sum(row.get("student_tokens", 0) for row in rows) + sum(
            row["figures"]["student_tokens"] for row in kept
        )
        trained = self.record.trained_tokens + sum(row.get("student_tokens", 0) for row in rows)
        final = {name: value for row in rows for name, value in row.items() if name not in ("step", "seconds")}
        partial = self.folder / ".publishing"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(self._phase(self._last) / "model", partial)
        publish(partial, self.folder)
        self._note(
            finished=True,
            seconds=round(sum(row["seconds"] for row in [*rows, *(row["figures"] for row in kept)]), 1),
            student_tokens=int(sampled),
            trained_tokens=int(trained),
            final=final,
        )
        return self.record

    def _note(self, **changes: Any) -> None:
        self.record = self.record.model_copy(update=changes)
        if is_main():
            write_record(self.folder, self.record)

    def _open(self, lesson: Lesson) -> Transcript:
        task = render_task(lesson.scenario)
        return Transcript(tuple(self.student.chat.open(system_message(lesson.scenario), task)))

    def _phase(self, name: str) -> Path:
        return self.folder / "train" / name


def is_main() -> bool:
    """Say whether this process is the one of its run that writes."""
    return os.environ.get("RANK", "0") == "0"


def limits_of(settings: Settings) -> Limits:
    """Return the limits of a run's dialogues."""
    talking = settings.talking
    return Limits(talking.max_turns, talking.max_context, talking.max_tokens)


def check_memory(model: torch.nn.Module) -> None:
    """Check that training fits the memory, by a rough count from below.

    Raises:
        TrainingError: If it can't fit.
    """
    trainable = sum(each.numel() for each in model.parameters() if each.requires_grad)
    # a gradient and two moments for each trained weight, in single precision
    need = 12 * trainable
    device = cast(Any, model).device
    free = torch.cuda.mem_get_info(device)[0] if device.type == "cuda" else psutil.virtual_memory().available
    if need > free:
        raise TrainingError(
            f"--model: training takes at least {need / 1e9:.1f} GB beside the weights, {free / 1e9:.1f} GB are free; "
            "expected room; train adapters (--lora-rank 8) or use a larger machine"
        )
