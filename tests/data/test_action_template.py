"""Templates of the actions family: what the public ones promise, and what a file is refused for."""

import re
from collections import Counter
from itertools import combinations
from math import prod
from pathlib import Path

import pytest

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import CANARY
from askfirst.data.families.action_template import ActionFragment, ActionTemplate
from askfirst.data.families.actions import TEMPLATES, load, make
from askfirst.data.families.completions import LISTED
from askfirst.data.families.template import NAMES, spell, split_of

ALL = load()
STOPS = {
    "a", "an", "and", "are", "at", "be", "by", "can", "did", "do", "does", "for", "from", "have", "how", "i",
    "in", "is", "it", "many", "much", "my", "of", "on", "or", "our", "should", "that", "the", "there", "to",
    "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your",
}  # fmt: skip


def content(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", text.lower())} - STOPS


def shape(fragment: ActionFragment) -> str:
    """The sort of thing that a fragment's values are, so far as a reader can see."""
    value = fragment.values[0]
    if isinstance(value, (bool, tuple)) or fragment.kind == "date":
        return fragment.kind
    return "word" if isinstance(value, str) else "number"


# The templates as a whole


def test_every_split_and_level_has_enough_templates() -> None:
    splits = Counter(split_of("actions", template.id) for template in ALL)
    test_levels = Counter(template.level for template in ALL if split_of("actions", template.id) == "test")
    assert len(ALL) >= 32
    assert splits["train"] >= 10
    assert splits["dev"] >= 4
    assert splits["test"] >= 10
    assert all(test_levels[level] >= 3 for level in (1, 2, 3, 4))


def test_there_are_28_signatures_over_8_domains() -> None:
    signatures = {tuple((p.name, p.type) for p in template.function.parameters) for template in ALL}
    assert len(signatures) >= 28
    assert len({template.function.name for template in ALL}) == len(ALL)
    assert len({template.theme for template in ALL}) >= 8


def test_fragments_set_arguments_of_every_type_and_some_optional_ones() -> None:
    set_parameters = [
        parameter
        for template in ALL
        for parameter in template.function.parameters
        if parameter.name in template.argument_by_fragment.values()
    ]
    types = Counter(parameter.type for parameter in set_parameters)
    assert set(types) == {"string", "integer", "number", "boolean", "date", "enum", "list"}
    assert min(types.values()) >= 4
    assert sum(not parameter.required for parameter in set_parameters) >= 4


def test_every_template_file_carries_the_canary() -> None:
    for file in TEMPLATES.glob("*.toml"):
        assert CANARY in file.read_text(encoding="utf-8")


def test_no_sentence_stands_twice() -> None:
    sentences = [
        sentence
        for template in ALL
        for sentence in (*template.goals, *(s for f in template.fragments for s in (*f.texts, f.question)))
    ]
    assert [sentence for sentence, count in Counter(sentences).items() if count > 1] == []


# Each template


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)
class TestTemplate:
    def test_the_level_fits_the_number_of_necessary_arguments(self, template: ActionTemplate) -> None:
        bounds = {1: (2, 2), 2: (2, 3), 3: (3, 4), 4: (4, 6)}[template.level]
        assert bounds[0] <= len(template.argument_by_fragment) <= bounds[1]

    def test_wordings_questions_and_aliases_are_complete(self, template: ActionTemplate) -> None:
        assert 2 <= len(template.goals) <= 3
        for fragment in template.fragments:
            assert 2 <= len(fragment.texts) <= 3
            assert 2 <= len(fragment.aliases) <= 16
            assert fragment.question.endswith("?")
            assert all(text.endswith(".") for text in fragment.texts)
            if fragment.argument:
                name = content(fragment.argument.replace("_", " "))
                assert any(name <= content(alias) for alias in fragment.aliases), fragment.id

    def test_domains_hold_4_to_10_values_or_both_booleans(self, template: ActionTemplate) -> None:
        for fragment in template.fragments:
            booleans = all(isinstance(value, bool) for value in fragment.values)
            assert len(fragment.values) == 2 if booleans else 4 <= len(fragment.values) <= 10

    def test_no_value_belongs_to_two_fragments(self, template: ActionTemplate) -> None:
        for one, other in combinations(template.fragments, 2):
            shared = {spell(one, value).lower() for value in one.values if not isinstance(value, bool)}
            assert shared.isdisjoint(spell(other, value).lower() for value in other.values), (one.id, other.id)

    def test_no_wording_holds_the_value_of_another_fragment(self, template: ActionTemplate) -> None:
        described = " ".join(
            [template.function.description, *(parameter.description for parameter in template.function.parameters)]
        )
        for fragment in template.fragments:
            others = [s for f in template.fragments if f.id != fragment.id for s in (*f.texts, f.question, *f.aliases)]
            for value in fragment.values:
                if isinstance(value, bool):
                    continue
                said = re.compile(rf"\b{re.escape(spell(fragment, value))}\b", re.IGNORECASE)
                held = [text for text in (described, *others, *fragment.texts) if said.search(text)]
                assert not held, (fragment.id, value)

    def test_slots_and_people_are_no_values(self, template: ActionTemplate) -> None:
        words = {word for choices in (NAMES, *template.slots.values()) for word in choices}
        for fragment in template.fragments:
            for value in fragment.values:
                assert words.isdisjoint(re.findall(r"\w+", spell(fragment, value)))

    def test_most_inert_fragments_look_like_an_argument(self, template: ActionTemplate) -> None:
        necessary = {shape(fragment) for fragment in template.fragments if fragment.necessary}
        inert = [shape(fragment) in necessary for fragment in template.fragments if not fragment.necessary]
        assert sum(inert) * 2 >= len(inert)

    def test_fragments_differ_by_content_words(self, template: ActionTemplate) -> None:
        for fragment in template.fragments:
            others = [other for other in template.fragments if other.id != fragment.id]
            assert content(fragment.question) - content(*(other.question for other in others)), fragment.id
            taken = {alias.lower() for other in others for alias in other.aliases}
            assert taken.isdisjoint(alias.lower() for alias in fragment.aliases), fragment.id

    def test_information_is_exact(self, template: ActionTemplate) -> None:
        assert prod(len(fragment.values) for fragment in template.fragments if fragment.necessary) <= LISTED


# Broken files

GOOD = """
theme = "doors"
[[template]]
id = "open-door"
level = 1
goals = ["Please open the door for {name}, and mind the speed."]
constants = { who = "{name}" }
[template.function]
name = "open_door"
description = "Opens a door."
parameters = [
  { name = "who", type = "string", description = "for whom" },
  { name = "door", type = "enum", options = ["front", "back", "side"], description = "which door" },
  { name = "day", type = "date", description = "when" },
  { name = "speed", type = "integer", required = false, default = 3, description = "how fast" },
]
[[template.fragments]]
argument = "door"
kind = "choice"
values = ["front", "back"]
texts = ["It is the {value} door."]
question = "Which door?"
[[template.fragments]]
argument = "day"
kind = "date"
values = ["2031-05-04", "2031-12-24"]
texts = ["Open it on {value}."]
question = "When?"
[[template.fragments]]
argument = "speed"
kind = "count"
values = [5, 7]
texts = ["The speed is {value}."]
question = "How fast?"
aliases = ["speed"]
[[template.fragments]]
id = "socks"
kind = "count"
values = [11, 12]
texts = ["I own {value} socks."]
question = "How many socks?"
[[template.fragments]]
id = "hats"
kind = "count"
values = [21, 22]
texts = ["I own {value} hats."]
question = "How many hats?"
[[template.fragments]]
id = "party"
kind = "list"
values = [["cake"], ["cake", "tea", "jam"]]
texts = ["We had {value}."]
question = "What did you have?"
"""

BROKEN = {
    "unknown argument": ('argument = "door"', 'argument = "gate"', "no parameter 'gate'"),
    "parameter set twice": ('who = "{name}"', 'who = "{name}", door = "door"', "'door' is set 2 times"),
    "required parameter without setter": ('constants = { who = "{name}" }', "", "'who' is set 0 times"),
    "constant that a goal lacks": ('who = "{name}"', 'who = "Ada"', "constant 'who'"),
    "constant of another type": ("values = [5, 7]", "values = [5.5, 7]", "5.5 does not fit the integer 'speed'"),
    "enum value without option": ('["front", "back"]', '["front", "roof"]', "'roof' does not fit the enum 'door'"),
    "no such day": ('"2031-12-24"', '"2031-02-30"', "'2031-02-30' does not fit the date 'day'"),
    "day in another form": ('"2031-12-24"', '"20311224"', "'20311224' does not fit the date 'day'"),
    "default among the values": ("values = [5, 7]", "values = [3, 7]", "values hold the default 3"),
    "wish that the goal lacks": ("and mind the speed", "and hurry", "does not mention the optional 'speed'"),
    "value twice in a text": ('"It is the {value} door."', '"{value}, {value}!"', "must hold {value} once"),
    "value missing from a text": ('"It is the {value} door."', '"It is a door."', "lacks {value}"),
    "value in a question": ('"Which door?"', '"The front door?"', "gives the value 'front' of 'door' away"),
    "value in the goal": ("open the door", "open the BACK door", "gives the value 'back' of 'door' away"),
    "necessary without argument": ('id = "socks"', 'id = "socks"\nnecessary = true', "belong together"),
    "neither id nor argument": ('id = "socks"', "", "fragments.3.id"),
    "enum without options": ('options = ["front", "back", "side"], ', "", "parameter 'door': enum with options ()"),
    "options without enum": ('type = "date"', 'type = "date", options = ["a", "b"]', "only an enum has some"),
    "default that does not fit": ("default = 3", 'default = "3"', "default '3'"),
    "default of a required one": ("required = false, ", "", "expected one that fits an optional"),
    "unknown type": ('type = "date"', 'type = "day"', "function.parameters.2.type"),
    "parameter twice": ('name = "day"', 'name = "door"', "parameter names must be unique"),
    "odd function name": ('name = "open_door"', 'name = "Open Door"', "function.name"),
    "no function": ("[template.function]", "[template.action]", "function"),
    "spoken that is no table": ('kind = "choice"', 'kind = "choice"\nspoken = "aloud"', "fragments.0.spoken"),
    "unknown key": ('id = "hats"', 'id = "hats"\nweight = 2', "fragments.4.weight"),
    "equal lists": ('["cake"], ', '["tea", "cake", "jam"], ', "equal but for their order"),
    "not TOML": ("[[template]]", "[[template", "not readable as TOML"),
}


def test_a_private_file_is_loaded_and_its_prose_derived(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    (template,) = load(path)
    problem = make(template, 0, "test", {"day": "2031-12-24", "party": ("cake", "tea", "jam"), "speed": 7})
    assert problem.fragment("day").text == "Open it on 24 December 2031."
    assert problem.fragment("party").text == "We had cake, tea and jam."
    found = re.fullmatch(r'open_door\(who="(\w+)", door="(front|back)", day="2031-12-24", speed=7\)', problem.target)
    assert found
    assert found[1] in problem.goal


@pytest.mark.parametrize(("old", "new", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_one_line_that_names_file_template_and_field(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in GOOD
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load(path)
    message = str(error.value)
    assert "\n" not in message
    assert "mine.toml: " in message
    assert "'open-door', field" in message or "TOML" in message
    assert words in message


def test_a_missing_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no template file"):
        load(tmp_path / "none.toml")


def test_broken_sums_of_money_are_spoken_with_cents() -> None:
    fragment = ActionFragment.model_validate(
        {"id": "fee", "kind": "money", "values": [24.5, 30], "texts": ["It is {value} euros."], "question": "How much?"}
    )
    assert [spell(fragment, value) for value in fragment.values] == ["24.50", "30"]
