"""Which of a sentence's numbers it commits to."""

import re
from collections.abc import Sequence
from fractions import Fraction

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.answers import matches_unit, read_value
from askfirst.benchmark.content import Said, content_words
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.numbers import Number, read_numbers
from askfirst.benchmark.problem import NumberForm
from askfirst.benchmark.units import measure_of

_CLAUSE = re.compile(r",? (?:and|while|whereas|but) |; ")
_BRACKETS = re.compile(r"\([^()]*\)")


def pick_number(
    sentence: Sentence, form: NumberForm, explicit: bool = False, said: Said | None = None
) -> Number | None:
    """Choose which of a sentence's numbers it commits to, or None where it commits to none.

    After an equals sign the first number counts. Else labels ("Step 3"), facts named with an article ("the 29
    students"), operands and quantities of another kind than the unit are out, and of the rest the likeliest wins: set
    in bold, of the unit, after a verb; on a tie the last. Of two equal results ("7 in the first set and 11 in the
    second") the one counts whose words are nearer to the user's question, if any.
    """
    text = sentence.text
    if explicit:
        text = text[_after_explicit(sentence.lower) :]
        value = read_value(text, form)
        if value.state == "one":
            return (
                Number(Fraction(value.answer), form.unit, 0, 0, "canonical") if form.unit else _sole(text, value.answer)
            )
    bare = _BRACKETS.sub(lambda match: " " * len(match[0]), text)
    text = bare if any(character.isdigit() for character in bare) else text
    equation = max(text.rfind("="), text.rfind("\u2248"))
    if equation >= 0:
        return _after_equation(text, equation + 1)
    main = phrases.SUBORDINATE.match(text)
    start = main.end() if main and any(character.isdigit() for character in text[main.end() :]) else 0
    rated = [
        (score, number)
        for number in read_numbers(text)
        if number.start >= start and (score := _score(text, number, sentence.line.bold, form)) is not None
    ]
    if not rated:
        return None
    best = max(score for score, _ in rated)
    likeliest = [number for score, number in rated if score == best]
    if len({(number.value, number.unit) for number in likeliest}) > 1 and " and " in text and not explicit:
        return _nearest_to_question(text, likeliest, said)
    return likeliest[-1]


def _nearest_to_question(text: str, numbers: Sequence[Number], said: Said | None) -> Number | None:
    """Choose between the results of a sentence's clauses by the words that they share with the user's question."""
    if said is None or not said.goal:
        return None
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text) + 1]
    clauses = [
        (max(each for each in starts if each <= number.start), min(each for each in starts if each > number.start))
        for number in numbers
    ]
    after = [content_words(text[number.end : end]) for number, (_, end) in zip(numbers, clauses, strict=True)]
    words = after if all(after) else [content_words(text[start:end]) for start, end in clauses]
    shared = [len(each & said.goal) for each in words]
    best = max(shared)
    return numbers[shared.index(best)] if shared.count(best) == 1 else None


def _sole(text: str, answer: str) -> Number:
    numbers = read_numbers(text)
    return numbers[0] if len(numbers) == 1 else Number(Fraction(answer), "", 0, 0, "canonical")


def _after_equation(text: str, offset: int) -> Number | None:
    numbers = [
        each for each in read_numbers(text[offset:]) if not phrases.OPERAND_AFTER.match(text[offset + each.end :])
    ]
    if not numbers:
        return None
    first = numbers[0]
    between = re.sub(r"approximately|about|[a-z]+\{", "", text[offset : offset + first.start])
    if re.search(r"[A-Za-z(]{2}", between) or re.match(r"[A-Za-z](?![A-Za-z])", text[offset + first.end :]):
        return None
    return Number(first.value, first.unit, offset + first.start, offset + first.end, first.rule)


def _after_explicit(lower: str) -> int:
    last = 0
    for match in phrases.EXPLICIT.finditer(lower):
        last = match.start() if lower[match.start()] == "\\" else match.end()
    return last


def _score(text: str, number: Number, bold: tuple[str, ...], form: NumberForm) -> int | None:
    """Rate a number as the sentence's result; None where it can't be."""
    before, after = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 40]
    if phrases.LABEL_BEFORE.search(before) or phrases.DEFINITE_BEFORE.search(before):
        return None
    if (
        phrases.OPERAND_AFTER.match(after)
        or phrases.OPERAND_BEFORE.search(before)
        or re.match(r"-?[a-z](?![a-z])|-[a-z]", after)
    ):
        return None
    wanted, given = measure_of(form.unit), measure_of(number.unit.partition(" ")[0])
    matching = matches_unit(number, form.unit)
    if not matching and ((form.unit and given and given != wanted) or (number.rule == "words" and number.value <= 1)):
        return None
    written = text[number.start : number.end]
    score = 3 if any(written in each and len(each) < len(text) - 2 for each in bold) else 0
    score += 3 if matching else 0
    score += 3 if phrases.TOTAL_AFTER.match(after) else 0
    if phrases.LEAVING_BEFORE.search(before):
        return score + 4
    score += 2 if phrases.RESULT_BEFORE.search(before) else 0
    score -= 2 if phrases.PREPOSITION_BEFORE.search(before) else 0
    return score - (1 if phrases.RATE_AFTER.match(after) else 0)
