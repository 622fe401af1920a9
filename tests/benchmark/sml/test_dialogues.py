import random
from pathlib import Path

import pytest
import torch

from askfirst.benchmark.local.chat import Chat
from askfirst.benchmark.sml.dialogues import Dialogue, Limits, hold_dialogues
from askfirst.benchmark.sml.priming import prime
from askfirst.benchmark.sml.question_writer import write_questions
from askfirst.benchmark.sml.reward import discounted_reward
from askfirst.benchmark.sml.rollout import to_columns
from askfirst.benchmark.sml.settings import FineTuning
from askfirst.benchmark.sml.sft import collate, make_fine_tuner
from askfirst.benchmark.sml.student import Student
from askfirst.benchmark.sml.teacher import retry_teacher, rule_teacher
from tiny_model import TEMPLATES, tiny_model, tiny_tokenizer
from training import Script, judge, lessons

WIDE = Limits(max_turns=4, max_context=100_000, max_tokens=400)
LESSONS = lessons(40)


def draws(count: int) -> list[random.Random]:
    return [random.Random(f"draw {number}") for number in range(count)]


def random_words(key: int, number: int) -> str:
    """What a student might say: right, wrong, asking, idle or empty."""
    lesson, draw = LESSONS[key % len(LESSONS)], random.Random(f"{key} {number}")
    fact = draw.choice(lesson.problem.fragments)
    return draw.choice(
        [
            f"{fact.text}\nANSWER: {lesson.problem.target}",
            f"I think so.\nANSWER: {draw.randrange(1, 60)}",
            f"Could you tell me this? {fact.question}",
            "Let me think about it.",
            "",
        ]
    )


def slow_columns(dialogue: Dialogue, chat: Chat, discount: float, free: int) -> dict[str, object]:
    """Ids, mask and reward of a dialogue, written down token by token from what was said."""
    words = Script(chat, random_words, random_cut)
    # of the prompt all but the first token stand before the student's words
    ids = list(dialogue.transcript.prompt[1:])
    mask, logprobs = [0] * len(ids), [0.0] * len(ids)
    key = LESSON_KEYS[id(dialogue)]
    reward, value = 0.0, 1.0
    for number, turn in enumerate(dialogue.turns, start=1):
        spoken = words.speak({key: []}, {})[key]
        for token in spoken.ids:
            ids.append(token)
            mask.append(1)
            logprobs.append(-0.5)
        if number > free:
            value *= discount
        if turn.right:
            reward = value
            break
        if number <= len(dialogue.replies):
            for token in chat.reply(dialogue.replies[number - 1].text, ended=spoken.ended):
                ids.append(token)
                mask.append(0)
                logprobs.append(0.0)
    return {"completion_ids": ids, "env_mask": mask, "logprobs": logprobs, "reward": reward}


def random_cut(key: int, number: int) -> bool:
    return random.Random(f"cut {key} {number}").random() < 0.2


LESSON_KEYS: dict[int, int] = {}


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize(("discount", "free"), [(0.7, 1), (0.7, 0), (1.0, 1), (0.5, 2)])
def test_masks_and_rewards_equal_a_slow_reference_on_random_dialogues(kind: str, discount: float, free: int) -> None:
    """63 dialogues of each of 16 settings: 1,008 in all."""
    chat = Chat(tiny_tokenizer(kind))
    count = 63
    some = [LESSONS[key % len(LESSONS)] for key in range(count)]
    dialogues = hold_dialogues(
        some, chat, Script(chat, random_words, random_cut), rule_teacher, judge, WIDE, draws(count)
    )
    columns = to_columns(dialogues, discount, free)
    LESSON_KEYS.clear()
    LESSON_KEYS.update({id(dialogue): key for key, dialogue in enumerate(dialogues)})
    assert {dialogue.right_turn for dialogue in dialogues} >= {None, 1, 2}
    for number, dialogue in enumerate(dialogues):
        expected = slow_columns(dialogue, chat, discount, free)
        assert columns["reward"][number] == pytest.approx(expected.pop("reward"))
        assert {name: columns[name][number] for name in expected} == expected
        assert len(columns["env_mask"][number]) == len(columns["completion_ids"][number])
        assert columns["prompt_ids"][number] + columns["completion_ids"][number] == dialogue.transcript.ids
        assert len(columns["prompt_ids"][number]) == 1


def test_no_loss_is_on_a_token_that_the_student_did_not_write() -> None:
    chat = Chat(tiny_tokenizer())
    dialogues = hold_dialogues(LESSONS[:20], chat, Script(chat, random_words), rule_teacher, judge, WIDE, draws(20))
    rows = [{"input_ids": each.transcript.ids, "labels": each.transcript.labels} for each in dialogues]
    batch = collate(rows, pad_id=0)
    for number, dialogue in enumerate(dialogues):
        student = [token for piece in dialogue.transcript.pieces if piece.by_student for token in piece.ids]
        labels = [label for label in batch["labels"][number].tolist() if label != -100]
        assert labels == student
        assert batch["attention_mask"][number].sum() == len(dialogue.transcript.ids)


def test_the_loss_is_that_of_the_student_tokens_whatever_the_padding(tmp_path: Path) -> None:
    chat, model = Chat(tiny_tokenizer()), tiny_model()
    dialogues = hold_dialogues(LESSONS[:4], chat, Script(chat, random_words), rule_teacher, judge, WIDE, draws(4))
    transcripts = [dialogue.transcript for dialogue in dialogues]
    student = Student(model, chat, None, "tiny")
    tuner = make_fine_tuner(student, transcripts, FineTuning(), tmp_path, seed=0, save_steps=10)
    batch = collate([{"input_ids": each.ids, "labels": each.labels} for each in transcripts], pad_id=0)
    total, count = 0.0, 0
    for each in transcripts:
        # alone, without padding, token by token
        logprobs = torch.log_softmax(model(torch.tensor([each.ids])).logits[0], dim=-1)
        for position, label in enumerate(each.labels):
            if label != -100:
                total -= logprobs[position - 1, label].item()
                count += 1
    assert tuner.compute_loss(model, batch).item() == pytest.approx(total / count, rel=1e-5)


def test_a_dialogue_ends_with_its_first_right_answer() -> None:
    chat = Chat(tiny_tokenizer())
    [lesson] = LESSONS[:1]
    said = Script(chat, lambda key, number: f"ANSWER: {lesson.problem.target if number == 2 else 'unknown'}")
    [dialogue] = hold_dialogues([lesson], chat, said, rule_teacher, judge, WIDE, draws(1))
    assert dialogue.right_turn == 2
    assert len(dialogue.turns) == 2
    assert len(dialogue.replies) == 1


def test_a_dialogue_without_room_for_another_turn_ends_there() -> None:
    chat = Chat(tiny_tokenizer())
    said = Script(chat, lambda key, number: "Let me think about it.")
    narrow = Limits(max_turns=4, max_context=700, max_tokens=200)
    dialogues = hold_dialogues(LESSONS[:10], chat, said, rule_teacher, judge, narrow, draws(10))
    assert all(dialogue.cut and dialogue.right_turn is None for dialogue in dialogues)
    assert all(len(dialogue.transcript.ids) <= 700 for dialogue in dialogues)


def test_a_replaced_turn_leaves_no_trace_of_the_wrong_one() -> None:
    chat = Chat(tiny_tokenizer())
    said = Script(chat, lambda key, number: "ANSWER: 12345" if number < 3 else f"ANSWER: {LESSONS[key].problem.target}")
    dialogues = hold_dialogues(
        LESSONS[:20], chat, said, rule_teacher, judge, WIDE, draws(20), prime(write_questions, 1.0, 0)
    )
    for dialogue in dialogues:
        assert dialogue.rewritten[:1] == [1]
        assert dialogue.turns[0].asks
        text = chat.tokenizer.decode(dialogue.transcript.ids)
        assert dialogue.turns[0].text in text
        assert text.count("12345") == 2 - len(dialogue.rewritten)


@pytest.mark.parametrize(("free", "expected"), [(0, (0.75, 0.5625, 0.421875)), (1, (1.0, 0.75, 0.5625))])
def test_turns_are_replaced_as_often_as_the_exponent_says(free: int, expected: tuple[float, ...]) -> None:
    chat = Chat(tiny_tokenizer())
    some = [LESSONS[number % 40] for number in range(400)]
    said = Script(chat, lambda key, number: f"ANSWER: {90000 + number}")
    rewrite = prime(lambda moments: [f"What is fact {len(moment.turns)}, please?" for moment in moments], 0.75, free)
    dialogues = hold_dialogues(some, chat, said, retry_teacher, judge, WIDE, draws(400), rewrite)
    shares = [sum(turn in dialogue.rewritten for dialogue in dialogues) / 400 for turn in (1, 2, 3)]
    assert shares == pytest.approx(expected, abs=0.07)


def test_an_answer_is_no_question_to_put_in_a_turns_place() -> None:
    chat = Chat(tiny_tokenizer())
    said = Script(chat, lambda key, number: "ANSWER: 12345")
    cheat = prime(lambda moments: [f"ANSWER: {moment.lesson.problem.target}" for moment in moments], 1.0, 0)
    dialogues = hold_dialogues(LESSONS[:5], chat, said, rule_teacher, judge, WIDE, draws(5), cheat)
    assert all(dialogue.right_turn is None and not dialogue.rewritten for dialogue in dialogues)


@pytest.mark.parametrize(
    ("turn", "discount", "free", "expected"),
    [(None, 0.7, 1, 0.0), (1, 0.7, 1, 1.0), (3, 0.7, 1, 0.49), (1, 0.7, 0, 0.7), (4, 1.0, 1, 1.0), (2, 0.7, 3, 1.0)],
)
def test_a_reward_is_discounted_by_the_turns_that_are_not_free(
    turn: int | None, discount: float, free: int, expected: float
) -> None:
    assert discounted_reward(turn, discount, free) == pytest.approx(expected)
