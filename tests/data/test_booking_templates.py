import itertools
import re
from collections import Counter

import pytest

from askfirst.benchmark.matcher import index_fragments, match_question
from askfirst.benchmark.problem import CANARY
from askfirst.data.families.booking_template import BookingTemplate
from askfirst.data.families.scheduling import NAME, TEMPLATES, load, make
from askfirst.data.families.template import spell, split_of

ALL = load()
each_template = pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)


def test_there_are_enough_templates_in_every_split_theme_and_level():
    splits = Counter(split_of(NAME, template.id) for template in ALL)
    assert len(ALL) >= 30
    assert len({template.theme for template in ALL}) >= 6
    assert splits["train"] >= 10
    assert splits["dev"] >= 4
    assert splits["test"] >= 10
    levels = Counter(template.level for template in ALL if split_of(NAME, template.id) == "test")
    assert all(levels[level] >= 3 for level in (1, 2, 3, 4))


def test_every_template_file_holds_the_canary():
    files = sorted(TEMPLATES.glob("*.toml"))
    assert files
    assert all(file.read_text(encoding="utf-8").startswith(f"# {CANARY}\n") for file in files)


def test_no_sentence_is_shared_between_templates():
    owners: dict[str, set[str]] = {}
    for template in ALL:
        texts = [text for fact in template.fragments for text in (*fact.texts, fact.question)]
        for text in (*template.goals, *template.intros, *texts):
            owners.setdefault(text, set()).add(template.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


@each_template
def test_goals_questions_aliases_and_the_words_around_a_value_hold_no_value(template: BookingTemplate):
    def held(words: str, values: set[str]) -> list[str]:
        return [value for value in sorted(values) if re.search(rf"\b{re.escape(value)}\b", words, re.IGNORECASE)]

    for fact in template.fragments:
        own = {spell(fact, value) for value in fact.values}
        frames = [text.replace("{value}", "") for text in fact.texts]
        others = [text for other in template.fragments if other is not fact for text in (other.question, *other.texts)]
        assert [words for words in (fact.question, *fact.aliases, *frames) if held(words, own)] == []
        if fact.necessary:
            assert [words for words in (*template.goals, *others) if held(words, own - {"A"})] == []


@each_template
def test_facts_have_two_wordings_and_several_aliases(template: BookingTemplate):
    for fact in template.fragments:
        assert len(fact.texts) >= 2
        assert 2 <= len(fact.aliases) <= 16


@each_template
def test_no_value_follows_the_wrong_article(template: BookingTemplate):
    for fact in template.fragments:
        for value, text in itertools.product(fact.values, fact.texts):
            told = text.replace("{value}", spell(fact, value))
            assert re.search(r"\b(a (?!hour|one)[aeiou8]|an (?!hour)[^aeiou8])", told, re.IGNORECASE) is None, told


@each_template
def test_questions_and_aliases_reach_exactly_their_own_fact(template: BookingTemplate):
    for seed in range(3):
        problem = make(template, seed, "test")
        index = index_fragments(problem)
        for fragment in problem.fragments:
            for asked in (fragment.question, *fragment.aliases, *(f"What is the {name}?" for name in fragment.aliases)):
                assert match_question(asked, index).targets == (fragment.id,), asked
