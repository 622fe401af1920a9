"""The student as the writer of questions for priming, from its own attempt and from what the teacher knows."""

from collections.abc import Sequence

from askfirst.benchmark.seeding import stream
from askfirst.benchmark.sml.diagnosis import diagnose
from askfirst.benchmark.sml.generation import Generator, Sampling
from askfirst.benchmark.sml.priming import Writer
from askfirst.benchmark.sml.settings import Settings
from askfirst.benchmark.sml.student import Student
from askfirst.benchmark.sml.turns import Moment

SYSTEM = "You write questions."
REQUEST = """A task:
{task}

Somebody wrote about it:
{attempt}

That is wrong, because of {reason}. Write the one short question that would have helped to get it right, and nothing \
else. Don't solve the task."""


def student_writer(student: Student, settings: Settings) -> Writer:
    """Return a writer that samples each question from the student.

    Nothing vouches for what it writes: the dialogue refuses a text that asks nothing or answers (see `dialogues.py`).
    """
    chat, talking = student.chat, settings.talking
    speaker = Generator[int](
        student.model,
        Sampling(talking.max_tokens, talking.temperature),
        end_ids=chat.end_ids,
        max_rows=settings.max_rows,
    )

    def write(moments: Sequence[Moment]) -> list[str | None]:
        speaker.forget()
        histories = {number: chat.open(SYSTEM, request(moment)) for number, moment in enumerate(moments)}
        draws = {
            number: stream("writer", settings.seed, moment.lesson.problem.id, len(moment.turns))
            for number, moment in enumerate(moments)
        }
        spoken = speaker.speak(histories, draws) if histories else {}
        return [chat.text(spoken[number].ids) or None for number in range(len(moments))]

    return write


def request(moment: Moment) -> str:
    """Return what the student is asked for at a moment."""
    diagnosis = diagnose(moment.lesson, moment.turns[-1])
    problem = moment.lesson.problem
    reason = (
        f'this fact: "{problem.fragment(diagnosis.fact).text}"' if diagnosis.fact else "what was done with the facts"
    )
    return REQUEST.format(task=moment.task, attempt=moment.turns[-1].text, reason=reason)
