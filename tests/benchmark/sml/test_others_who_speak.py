"""Models as teachers and writers, and students that something else than our sampler serves."""

import random
from typing import Any

import pytest
from inspect_ai.model import ModelOutput, ModelUsage, get_model

from askfirst.benchmark.errors import TrainingError
from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.sml.leaks import find_leak
from askfirst.benchmark.sml.model_teacher import model_teacher, to_messages
from askfirst.benchmark.sml.rollout import VllmSpeaker
from askfirst.benchmark.sml.settings import Settings
from askfirst.benchmark.sml.student import Student
from askfirst.benchmark.sml.student_writer import request, student_writer
from askfirst.benchmark.sml.teacher import rule_teacher
from askfirst.benchmark.sml.turns import Moment, read_student
from tiny_model import tiny_model, tiny_tokenizer
from training import judge, lessons


def moments(count: int, words: str = "ANSWER: 99999") -> list[Moment]:
    return [Moment(lesson, "A task.", (read_student(words, lesson, "", judge),), ()) for lesson in lessons(count)]


def said(*texts: str) -> Any:
    outputs = [ModelOutput.from_content("mockllm/model", text) for text in texts]
    for output in outputs:
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return get_model("mockllm/model", custom_outputs=outputs, memoize=False)


def test_a_model_teaches_in_its_own_words() -> None:
    teach = model_teacher(said("Have another look at the first fact.", "What comes after that?"))
    replies = teach(moments(2))
    assert {reply.text for reply in replies} == {"Have another look at the first fact.", "What comes after that?"}
    assert [reply.kind for reply in replies] == ["model", "model"]


def test_where_a_model_gives_the_answer_away_the_rules_speak_and_the_leak_is_counted() -> None:
    [moment] = moments(1)
    target = moment.lesson.problem.target
    [reply] = model_teacher(said(f"It is {target}, of course."))([moment])
    assert reply.leaked
    assert reply.text == rule_teacher([moment])[0].text
    assert find_leak(reply.text, moment.lesson.problem) is None


def test_a_model_that_says_nothing_is_an_error_not_a_turn() -> None:
    with pytest.raises(TrainingError, match="an empty reply; expected a sentence"):
        model_teacher(said("  "))(moments(1))


def test_the_teachers_prompt_holds_the_solution_and_speaks_of_the_student_as_of_another() -> None:
    [moment] = moments(1)
    system, user = to_messages(moment)
    assert moment.lesson.problem.target in system.text
    assert user.text.startswith("Student: ANSWER: 99999")
    assert user.text.endswith("Teacher:")


def test_a_student_writes_its_own_questions_from_its_attempt() -> None:
    student = Student(tiny_model(), Chat(tiny_tokenizer()), None, "tiny")  # type: ignore[arg-type]
    write = student_writer(student, Settings(recipe="q_priming", talking={"max_tokens": 5}))  # type: ignore[arg-type]
    some = moments(3)
    texts = write(some)
    assert len(texts) == 3
    assert write(some) == texts
    assert "ANSWER: 99999" in request(some[0])
    assert some[0].lesson.problem.target not in request(some[0]).split()


class FakeVllm:
    """Answers as TRL's `VLLMGeneration.generate` does: prompts, tokens, log-probabilities, their tokens."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def generate(self, prompts: list[list[int]], images: None, num_generations: int) -> tuple[Any, ...]:
        assert images is None
        assert num_generations == 1
        self.calls.append(len(prompts))
        completions = [[7, 5] if len(prompt) % 2 else [7, 8] for prompt in prompts]
        return prompts, completions, [[[-0.1], [-0.2]] for _ in prompts], [[[7], [5]] for _ in prompts]


def test_vllm_serves_turns_in_the_order_of_the_dialogues() -> None:
    fake = FakeVllm()
    speaker = VllmSpeaker(fake, frozenset({5}))
    spoken = speaker.speak({4: [1, 2, 3], 9: [1, 2]}, {4: random.Random(0), 9: random.Random(0)})
    assert spoken[4].ids == [7, 5]
    assert spoken[4].ended
    assert spoken[9].ids == [7, 8]
    assert not spoken[9].ended
    assert spoken[9].logprobs == [-0.1, -0.2]


def test_a_process_whose_dialogues_ended_early_still_takes_part_in_every_call() -> None:
    fake = FakeVllm()
    speaker = VllmSpeaker(fake, frozenset({5}))
    speaker.speak({0: [1]}, {0: random.Random(0)})
    speaker.catch_up(4)
    assert fake.calls == [1, 0, 0, 0]


def test_the_fake_has_the_arguments_of_the_real_one() -> None:
    import inspect

    from trl.generation.vllm_generation import VLLMGeneration

    names = set(inspect.signature(VLLMGeneration.generate).parameters)
    assert {"prompts", "images", "num_generations"} <= names
