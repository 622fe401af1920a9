"""The rule-based teacher: it never gives the answer away, and what it says helps."""

import random
import re
from fractions import Fraction
from itertools import combinations

import pytest

from askfirst.benchmark.problem import CallForm, CallsForm, ChoiceForm, NumberForm, Problem
from askfirst.benchmark.sml.leaks import find_leak
from askfirst.benchmark.sml.lesson import Lesson, state
from askfirst.benchmark.sml.question_writer import ask_about, write_question
from askfirst.benchmark.sml.teacher import find_fact, retry_teacher, rule_teacher
from askfirst.benchmark.sml.turns import Moment, Reply, Turn, read_student
from askfirst.data.registry import FAMILIES
from training import judge, lessons

SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int) -> str:
    """A whole number below a thousand in words, by other rules than the ones under test."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    rest = number % 100
    return f"{SMALL[number // 100]} hundred" + (f" and {spelled(rest)}" if rest else "")


def gives_away(text: str, problem: Problem) -> bool:
    """An independent and simpler check: the answer in digits, in words, or as one operation on two written numbers."""
    low = text.lower()
    if isinstance(problem.form, NumberForm):
        target = Fraction(problem.target)
        digits = [Fraction(match) for match in re.findall(r"\d+(?:\.\d+)?", low.replace(",", ""))]
        if target in digits:
            return True
        if target.denominator == 1 and 0 <= target < 1000:
            words = re.sub(r"[^a-z]+", " ", spelled(int(target)))
            if re.search(rf"\b{words}\b", re.sub(r"[^a-z]+", " ", low)):
                return True
        joined = re.search(r"\d\s*(?:[-+*/x\u00d7]|plus|minus|times|divided by)\s*\d", low)
        return bool(joined) and any(
            target in (a + b, a - b, b - a, a * b, b and a / b, a and b / a) for a, b in combinations(digits, 2)
        )
    if isinstance(problem.form, ChoiceForm):
        return f" {problem.target.lower()} " in f" {re.sub(r'[^a-z0-9:]+', ' ', low)} "
    if isinstance(problem.form, CallForm | CallsForm):
        return problem.target.split("(")[0] + "(" in text
    words, answer = re.findall(r"\w+", low), " ".join(re.findall(r"\w+", problem.target.lower()))
    return any(" ".join(words[n : n + 8]) in answer for n in range(len(words) - 7))


def random_turn(lesson: Lesson, draw: random.Random) -> str:
    """A wrong turn of any sort: an answer with some of the facts, a question, an attempt that breaks off."""
    problem = lesson.problem
    facts = draw.sample(problem.fragments, draw.randrange(0, min(4, len(problem.fragments)) + 1))
    said = " ".join(fact.text for fact in facts)
    asked = draw.choice(problem.fragments)
    wrong = problem.fragment(draw.choice(problem.necessary)).certificate
    answer = wrong.answer if wrong and wrong.answer else "unknown"
    return draw.choice(
        [
            f"{said}\n{state(problem, answer)}",
            f"{said} {draw.choice(lesson.steps).work}\n{state(problem, answer)}",
            asked.question,
            ask_about(asked),
            "Can you help me?",
            said,
            "",
        ]
    )


def dialogue_moments(lesson: Lesson, draw: random.Random, turns: int) -> list[Moment]:
    """Moments of one dialogue whose turns are random and not right."""
    moments: list[Moment] = []
    said: list[Turn] = []
    replies: list[Reply] = []
    for _ in range(turns):
        turn = read_student(random_turn(lesson, draw), lesson, "", lambda lesson, answer: False)
        said.append(turn)
        moment = Moment(lesson, "task", tuple(said), tuple(replies))
        moments.append(moment)
        replies.extend(rule_teacher([moment]))
    return moments


@pytest.mark.parametrize("family", FAMILIES)
def test_no_turn_of_the_teacher_gives_the_answer_away(family: str) -> None:
    """1,250 turns of each of eight families: 10,000 in all."""
    draw = random.Random(family)
    turns, leaks, held = 0, [], 0
    some = lessons(120, family, level=None)
    while turns < 1250:
        for moment in dialogue_moments(draw.choice(some), draw, 4):
            [reply] = rule_teacher([moment])
            turns += 1
            held += reply.leaked
            if gives_away(reply.text, moment.lesson.problem):
                leaks.append((reply.text, moment.lesson.problem.target))
    assert turns >= 1250
    assert not leaks
    # the check is at work, but most of what the teacher has to say can be said
    assert held < 0.5 * turns


@pytest.mark.parametrize(
    "text",
    [
        "It is 24.", "It is twenty-four.", "Compute 6 * 4.", "So 20 + 4 = ?", "6 times 4 is what you need", "30 - 6",
        "Take 2 * (6 + 6)", "That makes 24.00 in all", "48 / 2", "24 %",
    ],
)  # fmt: skip
def test_leaks_are_found_in_digits_words_and_sums(text: str) -> None:
    problem = lessons(1)[0].problem.model_copy(update={"target": "24"})
    assert find_leak(text, problem) is not None


@pytest.mark.parametrize(
    "text", ["You need 6 and 4.", "Multiply them.", "In 2024 that was so.", "At 2 or 4, 124 of them"]
)
def test_what_gives_nothing_away_is_no_leak(text: str) -> None:
    problem = lessons(1)[0].problem.model_copy(update={"target": "24"})
    assert find_leak(text, problem) is None


def moment_of(lesson: Lesson, *texts: str) -> Moment:
    turns: list[Turn] = []
    replies: list[Reply] = []
    for text in texts:
        turns.append(read_student(text, lesson, "", judge))
        moment = Moment(lesson, "task", tuple(turns), tuple(replies))
        replies.extend(rule_teacher([moment]))
    return Moment(lesson, "task", tuple(turns), tuple(replies[:-1]))


def test_a_question_is_answered_with_the_fact_that_it_is_about() -> None:
    told = wrong = 0
    for lesson in lessons(100):
        for name in lesson.problem.necessary:
            fact = lesson.problem.fragment(name)
            [reply] = rule_teacher([moment_of(lesson, ask_about(fact))])
            found = find_fact(ask_about(fact), lesson)
            told += fact.text in reply.text
            wrong += found is not None and found.id != name
    assert told >= 0.9 * 200
    assert wrong <= 0.05 * 200


def test_a_fact_that_was_passed_over_is_pointed_to() -> None:
    pointed = total = 0
    for lesson in lessons(50):
        first, *rest = lesson.problem.necessary
        fact = lesson.problem.fragment(first)
        told = " ".join(lesson.problem.fragment(name).text for name in rest)
        if str(fact.value) in told:
            continue
        [reply] = rule_teacher([moment_of(lesson, f"{told}\nANSWER: 99999")])
        total += 1
        pointed += fact.text in reply.text or reply.leaked
    assert pointed == total > 30


def test_retry_says_nothing_of_the_problem() -> None:
    for lesson in lessons(20):
        [reply] = retry_teacher([moment_of(lesson, "ANSWER: 99999")])
        assert not any(fact.text in reply.text for fact in lesson.problem.fragments)
        assert find_leak(reply.text, lesson.problem) is None


class Follower:
    """A student that knows how to calculate, but sees some facts only when it is pointed to them."""

    def __init__(self, lesson: Lesson, draw: random.Random) -> None:
        self.lesson = lesson
        self.seen = {name for name in lesson.problem.necessary if draw.random() < 0.4}

    def hear(self, text: str) -> None:
        self.seen |= {name for name in self.lesson.problem.necessary if self.lesson.problem.fragment(name).text in text}

    def say(self) -> str:
        problem = self.lesson.problem
        facts = " ".join(problem.fragment(name).text for name in problem.necessary if name in self.seen)
        if self.seen == set(problem.necessary):
            return f"{facts}\n{state(problem, problem.target)}"
        missing = problem.fragment(next(name for name in problem.necessary if name not in self.seen)).certificate
        return f"{facts}\n{state(problem, missing.answer if missing else '')}"


@pytest.mark.parametrize("family", FAMILIES)
def test_hints_raise_what_a_student_solves_that_follows_them(family: str) -> None:
    solved = {"rules": 0, "retry": 0}
    some = lessons(60, family, level=None)
    for name, teacher in (("rules", rule_teacher), ("retry", retry_teacher)):
        for number, lesson in enumerate(some):
            student = Follower(lesson, random.Random(number))
            turns: list[Turn] = []
            replies: list[Reply] = []
            for _ in range(5):
                said = student.say()
                turn = read_student(said, lesson, "", lambda _, answer, student=student: False)
                turns.append(turn)
                if student.seen == set(lesson.problem.necessary):
                    solved[name] += 1
                    break
                [reply] = teacher([Moment(lesson, "task", tuple(turns), tuple(replies))])
                replies.append(reply)
                student.hear(reply.text)
    assert solved["rules"] >= solved["retry"] + 20


def test_a_question_in_a_wrong_turns_place_asks_about_what_went_wrong() -> None:
    about = total = 0
    for lesson in lessons(50):
        first, *rest = lesson.problem.necessary
        fact = lesson.problem.fragment(first)
        told = " ".join(lesson.problem.fragment(name).text for name in rest)
        if str(fact.value) in told:
            continue
        text = write_question(moment_of(lesson, f"{told}\nANSWER: 99999"))
        assert text is not None
        total += 1
        about += find_fact(text, lesson) == fact
        assert read_student(text, lesson, "", judge).asks, text
        assert str(fact.value) not in re.findall(r"\d+", text)
    assert about >= 0.9 * total > 30
