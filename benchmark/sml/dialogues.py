"""Dialogues of a student and a teacher on fully specified problems, many at once."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.sml.generation import Sampled
from askfirst.benchmark.sml.lesson import Lesson
from askfirst.benchmark.sml.task import render_task, system_message
from askfirst.benchmark.sml.transcript import Transcript
from askfirst.benchmark.sml.turns import Judge, Moment, Reply, Teacher, Turn, read_student


class Speaker(Protocol):
    """Samples the next turn of each dialogue: a `Generator`, or whatever else serves the student."""

    def speak(
        self, histories: Mapping[int, Sequence[int]], draws: Mapping[int, random.Random]
    ) -> Mapping[int, Sampled]:
        """Sample turns, by the dialogue's number."""
        ...


Rewrite: TypeAlias = Callable[[Sequence[Moment], Sequence[random.Random]], Sequence[str | None]]
"""Gives, for wrong turns, what is put in their place; None leaves a turn as it is."""


@dataclass(frozen=True)
class Limits:
    """How long a dialogue may get."""

    max_turns: int
    """Turns of the student, at least 1."""
    max_context: int
    """Tokens of the whole dialogue; one that another turn could take beyond that ends."""
    max_tokens: int
    """Tokens of one turn."""


@dataclass
class Dialogue:
    """One dialogue, while it goes on and afterwards."""

    lesson: Lesson
    task: str
    transcript: Transcript
    turns: list[Turn] = field(default_factory=list[Turn])
    replies: list[Reply] = field(default_factory=list[Reply])
    rewritten: list[int] = field(default_factory=list[int])
    """Turns, counted from 1, that were put in another's place."""
    cut: bool = False
    """Whether it ran out of context before its turns were used."""

    @property
    def right_turn(self) -> int | None:
        """The turn that was right, counted from 1; the dialogue ends with it."""
        return len(self.turns) if self.turns and self.turns[-1].right else None

    @property
    def moment(self) -> Moment:
        """The dialogue as the teacher sees it."""
        return Moment(self.lesson, self.task, tuple(self.turns), tuple(self.replies))

    @property
    def said(self) -> str:
        """What the student has been told."""
        return "\n".join((self.task, *(reply.text for reply in self.replies)))


def hold_dialogues(
    lessons: Sequence[Lesson],
    chat: Chat,
    speaker: Speaker,
    teacher: Teacher,
    judge: Judge,
    limits: Limits,
    draws: Sequence[random.Random],
    rewrite: Rewrite | None = None,
) -> list[Dialogue]:
    """Hold one dialogue a lesson, all at once: each round samples one turn of every dialogue that still goes on.

    A dialogue ends with the first right answer, or when turns or context are used up.

    Args:
        lessons: What the dialogues are about; the same lesson may stand there several times.
        chat: The student's chat template.
        speaker: Samples the student's turns.
        teacher: Replies to turns that are not right.
        judge: Tells right answers.
        limits: How long a dialogue may get.
        draws: One random stream a dialogue, for sampling and rewriting.
        rewrite: Puts other words in the place of wrong turns, if given.

    Returns:
        The dialogues, in the order of the lessons.
    """
    dialogues = [_open(lesson, chat) for lesson in lessons]
    live = list(range(len(dialogues)))
    for turn in range(1, limits.max_turns + 1):
        spoken = speaker.speak({n: dialogues[n].transcript.ids for n in live}, {n: draws[n] for n in live})
        for number in live:
            _add_turn(dialogues[number], spoken[number], chat, judge)
        live = [number for number in live if not dialogues[number].turns[-1].right]
        if turn == limits.max_turns or not live:
            break
        if rewrite is not None:
            _rewrite(dialogues, live, chat, rewrite, draws)
        ended = {number: _has_ended(dialogues[number], chat) for number in live}
        replies = teacher([dialogues[number].moment for number in live])
        for number, reply in zip(live, replies, strict=True):
            dialogue = dialogues[number]
            ids = chat.reply(reply.text, ended=ended[number])
            if len(dialogue.transcript.ids) + len(ids) + limits.max_tokens > limits.max_context:
                dialogue.cut = True
                continue
            dialogue.replies.append(reply)
            dialogue.transcript.add_teacher(ids)
        live = [number for number in live if not dialogues[number].cut]
    return dialogues


def _open(lesson: Lesson, chat: Chat) -> Dialogue:
    task = render_task(lesson.scenario)
    return Dialogue(lesson, task, Transcript(tuple(chat.open(system_message(lesson.scenario), task))))


def _add_turn(dialogue: Dialogue, sampled: Sampled, chat: Chat, judge: Judge) -> None:
    dialogue.transcript.add_student(sampled.ids, sampled.logprobs)
    dialogue.turns.append(read_student(chat.text(sampled.ids), dialogue.lesson, dialogue.said, judge))


def _has_ended(dialogue: Dialogue, chat: Chat) -> bool:
    ids = dialogue.transcript.pieces[-1].ids
    return bool(ids) and ids[-1] in chat.end_ids


def _rewrite(
    dialogues: Sequence[Dialogue], live: Sequence[int], chat: Chat, rewrite: Rewrite, draws: Sequence[random.Random]
) -> None:
    """Put other words in the place of wrong turns."""
    attempted = [number for number in live if dialogues[number].turns[-1].reading.attempted]
    texts = rewrite([dialogues[number].moment for number in attempted], [draws[number] for number in attempted])
    for number, text in zip(attempted, texts, strict=True):
        if text is None:
            continue
        dialogue = dialogues[number]
        # an answer in the new words would be read as none: such a rewriting is refused
        turn = read_student(text, dialogue.lesson, dialogue.said, lambda lesson, answer: False)
        if not turn.asks:
            continue
        dialogue.turns[-1] = turn
        dialogue.transcript.pieces.pop()
        dialogue.transcript.add_student(chat.student(text))
        dialogue.rewritten.append(len(dialogue.turns))
