import itertools
import re
from collections import Counter

import pytest

from askfirst.benchmark.problem import CANARY, Problem, Value
from askfirst.data.families.device_template import NECESSARY_BY_LEVEL, DeviceTemplate
from askfirst.data.families.template import spell, split_of
from askfirst.data.families.troubleshooting import NAME, TEMPLATES, load, make

DEVICES = load()
each_device = pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.id)


def make_public(device: DeviceTemplate, seed: int, fixed: dict[str, Value] | None = None) -> Problem:
    return make(device, seed, split_of(NAME, device.id), fixed)


def test_there_are_enough_devices_in_every_split_theme_and_level():
    splits = Counter(split_of(NAME, device.id) for device in DEVICES)
    assert len(DEVICES) >= 32
    assert len({device.theme for device in DEVICES}) >= 6
    assert splits["train"] >= 10
    assert splits["dev"] >= 4
    assert splits["test"] >= 10
    levels = Counter(device.level for device in DEVICES if split_of(NAME, device.id) == "test")
    assert all(levels[level] >= 3 for level in (1, 2, 3, 4))


def test_every_template_file_holds_the_canary():
    files = sorted(TEMPLATES.glob("*.toml"))
    assert files
    assert all(f"# {CANARY}\n" in file.read_text(encoding="utf-8") for file in files)


def test_no_sentence_is_shared_between_templates():
    owners: dict[str, set[str]] = {}
    for device in DEVICES:
        texts = [text for fact in device.fragments for text in (*fact.texts, fact.question)]
        for text in (*device.goals, *device.manuals, *texts):
            owners.setdefault(text, set()).add(device.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


@each_device
def test_goals_questions_aliases_and_the_words_around_a_value_hold_no_value(device: DeviceTemplate):
    def held(words: str, values: set[str]) -> list[str]:
        return [value for value in sorted(values) if re.search(rf"\b{re.escape(value)}\b", words, re.IGNORECASE)]

    asking = [fact for fact in device.fragments if fact.kind != "yesno"]  # "Is it armed?" has to say "is"
    every = {spell(fact, value) for fact in asking for value in fact.values}
    assert [goal for goal in device.goals if held(goal, every)] == []
    for fact in asking:
        own = {spell(fact, value) for value in fact.values}
        frames = [text.replace("{value}", "") for text in fact.texts]
        assert [words for words in (fact.question, *fact.aliases, *frames) if held(words, own)] == []


@each_device
def test_facts_of_a_device_have_two_wordings_and_words_of_their_own(device: DeviceTemplate):
    def content(words: str) -> set[str]:
        return set(re.findall(r"[a-z]+", words.lower().replace("{device}", "")))

    for fact in device.fragments:
        others = [other for other in device.fragments if other.id != fact.id]
        taken = {word for other in others for word in content(" ".join((other.question, *other.aliases)))}
        assert len(fact.texts) >= 2
        assert 2 <= len(fact.aliases) <= 16
        assert any(content(alias) - taken for alias in fact.aliases), fact.id


@each_device
def test_no_value_follows_the_wrong_article(device: DeviceTemplate):
    for fact in device.fragments:
        for value, text in itertools.product(fact.values, (*fact.texts, fact.condition)):
            told = text.replace("{value}", spell(fact, value))
            assert re.search(r"\b(a (?!hour)[aeiou8]|an (?!hour)[^aeiou8])", told, re.IGNORECASE) is None, told


@each_device
def test_every_device_has_facts_that_its_manual_never_reads_and_causes_that_all_occur(device: DeviceTemplate):
    assert sum(not fact.condition for fact in device.fragments) >= 3
    assert sum(map(bool, device.answers.places_by_answer)) == len(device.table.causes) >= 4
    assert {len(make_public(device, seed).necessary) for seed in range(40)} <= set(
        range(NECESSARY_BY_LEVEL[device.level][0], NECESSARY_BY_LEVEL[device.level][1] + 1)
    )


@each_device
def test_the_english_manual_decides_as_the_table_does(device: DeviceTemplate):
    clauses = {
        fact.condition.replace("{value}", " or ".join(spell(fact, v) for v in some)): (fact.id, some)
        for fact in device.fragments
        if fact.condition
        for size in range(1, len(fact.values))
        for some in itertools.permutations(fact.values, size)
    }
    known = "|".join(sorted(map(re.escape, clauses), key=len, reverse=True))
    rules: list[tuple[list[tuple[str, tuple[Value, ...]]], str]] = []
    *lines, last = device.render_rules().splitlines()
    for number, line in enumerate(lines, start=1):
        match = re.fullmatch(rf"{number}\. If ((?:{known})(?:(?:, | and )(?:{known}))*): ([\w -]+)\.", line)
        assert match is not None, line
        rules.append(([clauses[clause] for clause in re.findall(known, match[1])], match[2]))
    otherwise = re.fullmatch(rf"{len(lines) + 1}\. In every other case: ([\w -]+)\.", last)
    assert otherwise is not None
    read = [fact for fact in device.fragments if fact.condition]
    for combination in itertools.product(*(fact.values for fact in read)):
        values = dict(zip((fact.id for fact in read), combination, strict=True))
        told = next((cause for rule, cause in rules if all(values[f] in v for f, v in rule)), otherwise[1])
        assert told == device.table.cause(values)
