import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import CANARY
from askfirst.data.families.logic import NAME, TEMPLATES, load, make
from askfirst.data.families.logic_template import LogicTemplate
from askfirst.data.families.rule_base import count_steps
from askfirst.data.families.template import draw_slots, fill, spell, split_of

PUBLIC = load()
each_template = pytest.mark.parametrize("template", PUBLIC, ids=lambda template: template.id)
WRONG_ARTICLE = re.compile(r"\b(?:a (?!ewe|one|uni)[aeiou8]|an (?!hour)[^aeiou8])", re.IGNORECASE)

PRIVATE = """
[[template]]
id = "my-barn"
theme = "farm"
level = 2
subject = "a cow"
relative = "that"
openings = ["Barn rules."]
orders = ["The first line that fits decides."]
verdict = "sleeps in the {answer}"
goals = ["Where does Daisy sleep?"]
otherwise = "shed"
definitions = [
    { name = "a calm cow", when = [{ age = ">= 4", horns = false }, { bell = true }] },
]
outcomes = [
    { when = { calm_cow = true, coat = ["red", "white"] }, answer = "loft" },
    { when = { calm_cow = true }, answer = "barn" },
]
fragments = [
    { id = "age", kind = "duration", values = "2..6", holds = "is {value} or older", lacks = "is under {value}", texts = ["Daisy is {value}."], question = "Age?" },
    { id = "horns", kind = "yesno", holds = "has horns", lacks = "has no horns", texts = ["Daisy {value}."], question = "Horns?" },
    { id = "bell", kind = "yesno", holds = "wears a bell", lacks = "wears no bell", texts = ["Daisy {value}."], question = "Bell?" },
    { id = "coat", kind = "choice", values = ["red", "white", "black"], holds = "has a {value} coat", texts = ["Daisy is {value}."], question = "Coat?" },
    { id = "milk", kind = "count", values = "5..9", texts = ["Daisy gives {value} pails."], question = "Milk?" },
    { id = "tail", kind = "choice", values = ["long", "short"], holds = "has a {value} tail", texts = ["Daisy's tail is {value}."], question = "Tail?" },
]
"""  # noqa: E501


def test_there_are_enough_templates_in_every_split_theme_and_level():
    splits = Counter(split_of(NAME, template.id) for template in PUBLIC)
    assert splits["train"] >= 10
    assert splits["dev"] >= 4
    assert splits["test"] >= 10
    assert len({template.theme for template in PUBLIC}) >= 6
    for split in ("train", "dev", "test"):
        levels = Counter(template.level for template in PUBLIC if split_of(NAME, template.id) == split)
        assert set(levels) == {1, 2, 3, 4}, split
        assert split == "dev" or min(levels.values()) >= 3, split


def test_every_template_file_holds_the_canary():
    files = sorted(TEMPLATES.glob("*.toml"))
    assert files
    assert all(file.read_text(encoding="utf-8").startswith(f"# {CANARY}\n") for file in files)


def test_no_sentence_and_no_set_of_answers_is_shared_between_templates():
    owners: dict[str, set[str]] = {}
    for template in PUBLIC:
        texts = [text for fact in template.fragments for text in fact.texts]
        answers = " ".join(sorted(template.base.table.causes))
        for text in (*template.goals, *template.openings, answers, *texts):
            owners.setdefault(text, set()).add(template.id)
    shared = {text: ids for text, ids in owners.items() if len(ids) > 1}
    # "{name} {value}." is all that a yes or no has to say
    assert {text for text in shared if re.sub(r"\{\w+\}", "", text).strip(" .")} == set()


@each_template
def test_goals_questions_aliases_and_the_words_around_a_value_hold_no_value(template: LogicTemplate):
    def held(words: str, values: set[str]) -> list[str]:
        return [value for value in sorted(values) if re.search(rf"\b{re.escape(value)}\b", words, re.IGNORECASE)]

    asking = [fact for fact in template.fragments if fact.kind != "yesno"]  # "Has she horns?" has to say "horns"
    every = {spell(fact, value) for fact in asking for value in fact.values}
    assert [goal for goal in template.goals if held(goal, every)] == []
    for fact in asking:
        own = {spell(fact, value) for value in fact.values}
        frames = [text.replace("{value}", "") for text in fact.texts]
        assert [words for words in (fact.question, *fact.aliases, *frames) if held(words, own)] == []


@each_template
def test_facts_have_two_wordings_and_a_few_names(template: LogicTemplate):
    for fact in template.fragments:
        assert len(set(fact.texts)) >= 2, fact.id
        assert 2 <= len(set(fact.aliases)) <= 16, fact.id


@each_template
def test_no_value_has_the_wrong_article_or_number_and_every_sentence_starts_with_a_capital(template: LogicTemplate):
    for seed in range(5):
        words = draw_slots(template, seed)
        for fact in template.fragments:
            for value, text in itertools.product(fact.values, fact.texts):
                told = fill(text, {**words, "value": spell(fact, value)})
                assert WRONG_ARTICLE.search(told) is None, told
                assert re.search(r"\b[01] \w+s\b", told) is None, told
                assert told[0].isupper(), told
                assert told.endswith("."), told
        instructions = make(template, seed, "test").instructions
        assert WRONG_ARTICLE.search(instructions) is None, instructions
        assert all(line[0].isupper() or line[0] in "-123456789" for line in instructions.splitlines())


@each_template
def test_every_answer_has_problems_and_higher_levels_chain(template: LogicTemplate):
    assert all(template.answers.places_by_answer)
    steps = count_steps(template.base)
    assert max(steps[name] for name in template.base.facts) >= template.level
    assert len(template.fragments) - len(template.base.facts) >= 2


def test_a_private_file_needs_no_more_than_this(tmp_path: Path):
    file = tmp_path / "mine.toml"
    file.write_text(PRIVATE, encoding="utf-8")
    (template,) = load(file)
    problem = make(template, 0, "test")
    assert problem.instructions == (
        "Barn rules.\n"
        "A cow that is 4 or older and has no horns counts as a calm cow. So does a cow that wears a bell.\n"
        "No cow counts as a calm cow for any other reason.\n"
        "The first line that fits decides.\n"
        "1. A calm cow that has a red or white coat sleeps in the loft.\n"
        "2. A calm cow sleeps in the barn.\n"
        "3. Any other cow sleeps in the shed."
    )
    assert {fact.id for fact in template.fragments if fact.necessary} == {"age", "horns", "bell", "coat"}
    assert {fact.text for fact in problem.fragments if fact.id == "horns"} <= {
        "Daisy has horns.",
        "Daisy has no horns.",
    }


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ("{ calm_cow = true }, answer", "{ calm_calf = true }, answer", "outcomes", "line 2 reads 'calm_calf'"),
        (
            "{ calm_cow = true }, answer",
            '{ calm_cow = "yes" }, answer',
            "outcomes",
            r"'calm_cow' is \['yes'\]; expected t",
        ),
        ('coat = ["red", "white"]', 'coat = "blue"', "outcomes", r"line 1: 'coat' is never \['blue'\]"),
        ('coat = ["red", "white"]', 'coat = ["red", "white", "black"]', "outcomes", "line 1: 'coat' must fit some"),
        ('age = ">= 4"', "age = 4", "definitions", r"calm_cow: 'age' is \[4\]; expected one of '>= 12'"),
        ('age = ">= 4"', 'age = ">= 9"', "definitions", "calm_cow: 'age' must fit some"),
        ("horns = false", "wings = false", "definitions", "calm_cow reads 'wings'"),
        ("horns = false", "calm_cow = false", "definitions", r"rest on themselves: \['calm_cow', 'calm_cow'\]"),
        ('"a calm cow"', '"a horns"', "definitions", r"names \['horns'\]; expected each once, and no fact's id"),
        ('"a calm cow"', '"calm cow"', "definitions.0.name", "match pattern"),
        ("{ bell = true }", "{}", "definitions.0.when.1", "at least 1 item"),
        ('answer = "barn"', 'answer = "shed"', "outcomes", r"options \('loft', 'shed'\); expected 3 to 8"),
        (
            "    { when = { calm_cow = true }, answer",
            '    { when = { calm_cow = true, coat = "red" }, answer',
            "outcomes",
            r"no values lead to \['barn'\]",
        ),
        (
            "{ calm_cow = true }, answer",
            '{ tail = "long" }, answer',
            "outcomes",
            "facts that no rule reads: 1; expected at least 2",
        ),
        ('"2..6"', '"2..9000"', "outcomes", "combine in 107988 ways"),
        ('otherwise = "shed"', "", "otherwise", "Field required"),
        ("sleeps in the {answer}", "sleeps in the barn", "verdict", "expected {answer} once"),
        ("Barn rules.", "Barn rules of {place}.", "-", r"slots \['place'\] are not there"),
        ("Daisy gives {value} pails.", "Daisy gives 5 pails.", "fragments.4", "lacks {value}"),
        ("Daisy gives {value} pails.", "{value} pails are {value} pails.", "fragments.4", "must hold {value} once"),
        (', lacks = "is under {value}"', "", "fragments.0", "lacks is ''; expected a predicate with {value}"),
        ('holds = "has a {value} coat", ', "", "fragments.3", "a rule reads it and holds is ''"),
        ('holds = "has horns", ', "", "fragments.1", "expected holds and lacks, or spoken"),
        ('holds = "has horns"', 'holds = "has {value}"', "fragments.1", "expected a predicate without {value}"),
        (
            'holds = "has a {value} coat"',
            'holds = "has a {value} coat", lacks = "no"',
            "fragments.3",
            "none for options",
        ),
        ("level = 2", "level = 5", "level", "less than or equal to 4"),
        ('relative = "that"', 'relative = "which"', "relative", "'who' or 'that'"),
        ('subject = "a cow"', 'subject = "cows"', "subject", "match pattern"),
        ("outcomes = [", "outcomes = []\nrest = [", "outcomes", "at least 1 item"),
    ],
)
def test_a_broken_template_is_one_line_that_names_file_template_and_field(
    tmp_path: Path, old: str, new: str, field: str, found: str
):
    file = tmp_path / "mine.toml"
    assert PRIVATE.count(old) == 1
    file.write_text(PRIVATE.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=found) as caught:
        load(file)
    message = str(caught.value)
    assert message.startswith(f"{file}: template 'my-barn', field '{field}': ")
    assert "\n" not in message


def test_a_definition_that_leads_nowhere_is_refused(tmp_path: Path):
    file = tmp_path / "mine.toml"
    idle = '    { name = "a tailed cow", when = { tail = "long" } },\n    { name = "a calm cow"'
    file.write_text(PRIVATE.replace('    { name = "a calm cow"', idle), encoding="utf-8")
    with pytest.raises(DataError, match=r"the answer never rests on \['tailed_cow'\]; expected each definition"):
        load(file)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param(
            "level = 2", "level = 4", r"no values that lead to \['loft', 'barn', 'shed'\] have 4 to 6", id="too few"
        ),
        pytest.param(
            'calm_cow = true, coat = ["red", "white"]',
            'tail = "long"',
            r"no values that lead to \['loft'\] have 2 to 3",
            id="one",
        ),
    ],
)
def test_rules_whose_values_never_make_a_problem_of_some_answer_say_so(tmp_path: Path, old: str, new: str, found: str):
    file = tmp_path / "mine.toml"
    file.write_text(PRIVATE.replace(old, new), encoding="utf-8")
    (template,) = load(file)
    with pytest.raises(DataError, match=rf"^logic/my-barn/0: {found}"):
        make(template, 0, "test")
