import copy
import tomllib

import pytest

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.scenario import stems_in
from askfirst.data.families import writing
from askfirst.data.families.constraints import Says
from askfirst.data.families.template import draw_slots

GOOD = """
theme = "test"

[[template]]
id = "pool"
level = 1
noun = "notice"
goals = ["Write the notice about the {pool} pool."]
slots = { pool = ["Westfield"] }
record = "Pool: {pool}"
rule = "The notice names the pool."
names = ["{pool}"]
clauses = [{ text = "the {pool} pool is closed" }, { text = "call {phone}" }]

[[template.fragments]]
id = "phone"
kind = "text"
values = ["555-0134", "555-0187"]
constraint = { kind = "says" }
texts = ["The notice must give the number {value}."]
question = "Which number should the notice give?"
aliases = ["number"]

[[template.fragments]]
id = "paper"
kind = "choice"
values = ["yellow", "white"]
texts = ["I print on {value} paper."]
question = "What colour is your paper?"
aliases = ["paper"]
"""


def table():
    return copy.deepcopy(tomllib.loads(GOOD)["template"][0]) | {"theme": "test"}


def load_text(tmp_path, text):
    path = tmp_path / "private.toml"
    path.write_text(text, encoding="utf-8")
    return writing.load(path)


BAD = {
    "a value given away by the goal": ('pool."]', 'pool with 555-0134."]', "gives the value '555-0134'"),
    "a value given away by the question": ("Which number", "Is it 555-0134, or which number", "gives the value"),
    "a goal that does not name its text": ("Write the notice about", "Write about", "does not name the 'notice'"),
    "a slot that is not there": ('record = "Pool: {pool}"', 'record = "Pool: {house}"', "slots ['house']"),
    "a clause with an unknown fragment": ("call {phone}", "call {number}", "slots ['number']"),
    "a condition on an unknown fragment": (
        '{ text = "call {phone}" }', '{ text = "call {phone}", when = { paper = ["white"] } }', "no fragment 'paper'",
    ),
    "a condition on an unknown value": (
        '{ text = "call {phone}" }', '{ text = "call {phone}", when = { phone = ["555"] } }', "no fragment 'phone'",
    ),
    "a key that nothing moves": ('{ text = "call {phone}" }', '{ text = "call {phone}", key = "x" }', "in no order"),
    "values that one text fits": ('"555-0134", "555-0187"', '"555-0134", "555-0134 or 0187"', "holds"),
    "an unknown constraint": ('{ kind = "says" }', '{ kind = "sings" }', "sings"),
    "no alias for the instructions": ('aliases = ["number"]', "", "no alias"),
    "an inert fragment too few": ('kind = "choice"', 'kind = "choice"\nconstraint = { kind = "says" }', "inert"),
    "no constraint though necessary": ('kind = "choice"', 'kind = "choice"\nnecessary = true', "belong together"),
    "a slot named like a fragment": ('= ["Westfield"] }', '= ["W"], phone = ["x"] }', "slots and fragments"),
    "too many fillers": ("names = [", f"fillers = {['x'] * 11}\nnames = [", "at most 10"),
}  # fmt: skip


def test_the_good_template_loads_and_makes_a_problem(tmp_path):
    (template,) = load_text(tmp_path, GOOD)
    problem = writing.make(template, 0, "test")
    assert problem.target in {f"The Westfield pool is closed. Call {number}." for number in ("555-0134", "555-0187")}


@pytest.mark.parametrize(("old", "new", "message"), BAD.values(), ids=list(BAD))
def test_a_template_with_a_fault_is_refused_and_named(old, new, message, tmp_path):
    assert GOOD.count(old) >= 1
    with pytest.raises(DataError, match=r"private\.toml: template 'pool'") as raised:
        load_text(tmp_path, GOOD.replace(old, new, 1))
    assert message in str(raised.value)


def test_a_template_whose_clauses_miss_a_constraint_makes_no_problem(tmp_path):
    (template,) = load_text(tmp_path, GOOD.replace("call {phone}", "call us"))
    with pytest.raises(DataError, match="fragment 'phone' can't change the answer"):
        writing.make(template, 0, "test")


def test_the_instructions_name_every_point_and_no_value(tmp_path):
    (template,) = load_text(tmp_path, GOOD)
    text = template.render_instructions(draw_slots(template, 0))
    assert "Pool: Westfield" in text
    assert text.endswith("The user has a wish about one point, which the notice has to follow: the number.")


def test_slots_are_filled_in_constraints_too():
    changed = table()
    changed["fragments"][0]["constraint"] = {
        "kind": "says",
        "phrases": {"555-0134": ["{pool} 555-0134"], "555-0187": ["{pool} 555-0187"]},
    }
    template = writing.WritingTemplate.model_validate(changed)
    constraint = template.to_plan(draw_slots(template, 0)).constraints["phone"]
    assert isinstance(constraint, Says)
    assert constraint.phrases["555-0134"] == ("Westfield 555-0134",)


def test_the_points_are_named_by_words_that_the_facts_do_not_use():
    apart = total = 0
    for template in writing.load(None):
        needed = [fragment for fragment in template.fragments if fragment.necessary]
        assert len(set(template.points)) == len(needed)
        for point, fragment in zip(template.points, needed, strict=True):
            said = stems_in("\n".join(text.replace("{value}", "") for text in fragment.texts))
            total += 1
            apart += not stems_in(point) & said
            assert point in fragment.aliases
            assert not stems_in(point) & said or all(stems_in(alias) & said for alias in fragment.aliases), point
    assert apart >= total / 2, "for most fragments there is such a name"
