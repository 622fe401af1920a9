"""Questions in German, Spanish and Chinese: found in messages, matched by English words, cheap on any text."""

import hashlib
import time
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark import matcher
from askfirst.benchmark.languages.detect import LANGUAGES, language_of, language_of_all
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.lexicon import LEXICON, words_in
from askfirst.benchmark.languages.matching import data_files, in_english
from askfirst.benchmark.languages.segments import cut_words
from askfirst.benchmark.languages.translate import in_general_english
from askfirst.benchmark.matcher import MATCHER_IDENTITY, match_question
from askfirst.benchmark.problem import NumberForm, TextForm
from askfirst.benchmark.reader import read_turn
from tests.benchmark.test_matcher import DEVELOPMENT, HELD_OUT, PROBLEMS, index

QUESTIONS = tomllib.loads(Path(__file__).with_name("language_questions.toml").read_text(encoding="utf-8"))
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
NUMBER = NumberForm()


class Labelled(NamedTuple):
    problem: str
    kind: str
    targets: frozenset[str]
    message: str


def labelled(code: str, part: str) -> list[Labelled]:
    found: list[Labelled] = []
    for line in QUESTIONS[code][part].strip().splitlines():
        problem, label, message = (cell.strip() for cell in line.split("|", 2))
        plain = label in ("general", "unanswerable", "none")
        found.append(
            Labelled(
                problem,
                label if plain else "targeted",
                frozenset() if plain else frozenset(label.split("+")),
                message,
            )
        )
    return found


def outcome(one: Labelled) -> tuple[str, frozenset[str]]:
    """Read a message and match its questions, as a dialogue does."""
    problem = PROBLEMS[one.problem]
    reading = read_turn(one.message, problem.form, problem.goal)
    matches = [match_question(question, index(one.problem)) for question in reading.questions]
    targets = frozenset(target for match in matches for target in match.targets)
    kinds = [match.kind for match in matches]
    if targets or not kinds:
        return "targeted" if targets else "none", targets
    return "general" if "general" in kinds else "unanswerable", targets


def measure(rows: list[Labelled]) -> tuple[float, float, float]:
    """Precision and recall over targets, and the share of messages whose kind and targets are both right."""
    hit = found = wanted = right = 0
    for one in rows:
        kind, targets = outcome(one)
        hit, found, wanted = hit + len(targets & one.targets), found + len(targets), wanted + len(one.targets)
        right += (kind, targets) == (one.kind, one.targets)
    return hit / found, hit / wanted, right / len(rows)


@pytest.mark.parametrize("code", BY_CODE)
def test_labels_name_fragments_and_no_message_stands_twice(code: str) -> None:
    rows = [*labelled(code, "development"), *labelled(code, "held_out")]
    for one in rows:
        assert one.targets <= {fragment.id for fragment in PROBLEMS[one.problem].fragments}, one
    assert len({(one.problem, one.message) for one in rows}) == len(rows)
    assert {one.problem for one in labelled(code, "development")}.isdisjoint(
        one.problem for one in labelled(code, "held_out")
    )


@pytest.mark.parametrize("code", BY_CODE)
def test_held_out_messages_reach_the_floor_of_precision_and_recall(code: str) -> None:
    precision, recall, right = measure(labelled(code, "held_out"))
    assert precision >= 0.97
    assert recall >= 0.87
    assert right >= 0.86


@pytest.mark.parametrize("code", BY_CODE)
def test_development_messages_reach_the_floor_of_precision_and_recall(code: str) -> None:
    precision, recall, right = measure(labelled(code, "development"))
    assert precision >= 0.98
    assert recall >= 0.96
    assert right >= 0.96


@pytest.mark.parametrize("row", QUESTIONS["message"], ids=lambda row: row["id"])
def test_a_message_is_read_as_questions(row: dict[str, Any]) -> None:
    assert read_turn(row["text"], NUMBER).questions == tuple(row["questions"])


def test_a_demand_in_another_language_is_no_text_that_was_asked_for() -> None:
    reading = read_turn("Ich bräuchte noch die Überschrift, die über dem Text stehen soll.", TextForm(noun="letter"))
    assert reading.kind == "clarification"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wie viele Eier sind es?", "de"),
        ("Was macht die Nadel?", "de"),
        ("¿Hay alergias?", "es"),
        ("cuantas entradas compra", "es"),
        ("门票多少钱", "zh"),
        ("How many eggs are there?", None),
        ("What was the die cast from in total?", None),
        ("Was the hat red?", None),
        ("Does Kofi live in Las Vegas or in La Paz?", None),
        ("チケットはいくらですか", None),
        ("", None),
    ],
)
def test_a_language_is_told_by_script_and_function_words(text: str, code: str | None) -> None:
    language = language_of(text)
    assert (language.code if language else None) == code


def test_english_questions_stay_as_they_are() -> None:
    for one in (*DEVELOPMENT, *HELD_OUT):
        assert in_english(one.question, index(one.problem)) is one.question
    assert language_of_all([one.question.lower() for one in DEVELOPMENT]) is None


@pytest.mark.parametrize(
    ("code", "text", "english"),
    [
        ("de", "Wie viele Eintrittskarten kauft Lena?", "how many ticket do buy lena"),
        ("de", "Wann fährt der Zug ab?", "when do depart the train"),
        ("de", "Wie hoch ist der Preis?", "what is the price"),
        ("de", "Wie hoch ist der Turm?", "how high is the tower"),
        ("de", "mitzunehmende Koffer", "carry suitcase"),
        ("es", "¿Cuánto cuesta la entrada?", "how much does cost the ticket"),
        ("es", "¿A qué hora empieza?", "what time do begin"),
        ("zh", "一盒能装多少个鸡蛋", "how many egg do one box do fit"),
        ("zh", "帐篷是什么颜色的", "what colour do tent"),
    ],
)
def test_words_are_said_in_english_with_the_question_first(code: str, text: str, english: str) -> None:
    assert in_general_english(text, BY_CODE[code]) == english


def test_a_word_of_several_meanings_means_what_the_problem_speaks_of() -> None:
    assert "card" in in_english("Welche Karte nutzen Sie?", index("flight"))
    assert "ticket" in in_english("Welche Karte nutzen Sie?", index("outing"))


def test_noun_phrases_without_function_words_are_understood() -> None:
    assert match_question("Ticketpreis", index("outing")).targets == ("ticket_price",)
    assert match_question("Zaunfarbe", index("garden")).targets == ("colour",)


def test_chinese_is_cut_into_words_names_spelled_and_measure_words_left_out() -> None:
    assert cut_words("莉娜买了多少个鸡蛋", BY_CODE["zh"]) == ["lena", "买了", "多少", "鸡蛋"]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_every_row_of_the_lexicon_has_words_of_each_language(language: Language) -> None:
    rows = [row for table in tomllib.loads(LEXICON.read_text(encoding="utf-8")).values() for row in table.split("\n")]
    for row in filter(None, rows):
        cells = row.split("|")
        assert len(cells) == 4, row
        assert all(cell.split() for cell in cells), row
    assert len(words_in(language.code).exact) >= 1200


def test_the_identity_covers_the_word_lists_of_all_languages() -> None:
    folder = Path(matcher.__file__).parent
    paths = [*(folder / f"{name}.py" for name in matcher.DECIDING), *data_files()]
    decides = b"".join(path.read_bytes() + b"\0" for path in paths)
    assert MATCHER_IDENTITY.endswith(hashlib.sha256(decides).hexdigest()[:12])
    assert {"lexicon.toml", "german.toml", "spanish.toml", "chinese.toml"} <= {path.name for path in data_files()}


@pytest.mark.parametrize("piece", QUESTIONS["hostile"]["pieces"])
def test_a_megabyte_of_any_language_is_read_and_matched_soon(piece: str) -> None:
    text = QUESTIONS["hostile"]["before"] + piece * (1_000_000 // len(piece))
    started = time.process_time()
    reading = read_turn(text, NUMBER)
    match_question(text, index("bakery"))
    for question in reading.questions:
        match_question(question, index("bakery"))
    assert time.process_time() - started < 8


@given(st.lists(st.sampled_from(QUESTIONS["hostile"]["words"].split()), max_size=40), st.sampled_from([" ", ""]))
def test_any_words_have_a_reading_and_a_match(words: list[str], between: str) -> None:
    text = between.join(words)
    reading = read_turn(text, NUMBER)
    assert reading == read_turn(text, NUMBER)
    for question in (text, *reading.questions):
        match = match_question(question, index("outing"))
        assert bool(match.targets) == (match.kind == "targeted")


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_any_text_has_english_words(text: str, language: Language) -> None:
    assert in_general_english(text, language) == in_general_english(text, language)
