"""Turns of a training dialogue, as the teacher sees them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from askfirst.benchmark.reader import Reading, read_turn
from askfirst.benchmark.sml.lesson import Lesson

ReplyKind: TypeAlias = Literal[
    "fact", "not needed", "start", "check", "operation", "calculation", "answer due", "retry", "model"
]


@dataclass(frozen=True)
class Turn:
    """One turn of the student."""

    text: str
    reading: Reading
    right: bool

    @property
    def asks(self) -> bool:
        """Whether it asks something and answers nothing."""
        return bool(self.reading.questions) and not self.reading.attempted


class Reply(NamedTuple):
    """What the teacher says to a turn."""

    text: str
    kind: ReplyKind
    leaked: bool = False
    """Whether a first wording gave the answer away, so that this one took its place."""


@dataclass(frozen=True)
class Moment:
    """A dialogue at which the teacher is to speak: the student's last turn was not right."""

    lesson: Lesson
    task: str
    """The student's first user message."""
    turns: tuple[Turn, ...]
    """The student's turns, at least one."""
    replies: tuple[Reply, ...]
    """The teacher's, one fewer."""


Teacher: TypeAlias = Callable[[Sequence[Moment]], Sequence[Reply]]
"""Speaks in several dialogues at once."""

Judge: TypeAlias = Callable[[Lesson, str], bool]
"""Says whether an answer in its canonical spelling is right."""


def read_student(text: str, lesson: Lesson, said: str, judge: Judge) -> Turn:
    """Read one turn of the student, and judge its answer if it has one."""
    reading = read_turn(text, lesson.problem.form, said)
    right = reading.attempted and bool(reading.answer) and judge(lesson, reading.answer)
    return Turn(text, reading, right)
