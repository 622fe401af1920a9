import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.benchmark.calls import Call, find_calls, parse_call, spell_call, to_argument
from askfirst.benchmark.dates import parse_date
from askfirst.benchmark.problem import CallForm, Parameter

BOOK = CallForm(
    function="book_table",
    parameters=(
        Parameter(name="restaurant", type="string", description="name of the restaurant"),
        Parameter(name="date", type="date", description="day of the visit"),
        Parameter(name="guests", type="integer", description="number of guests"),
        Parameter(
            name="area",
            type="enum",
            description="place",
            options=("main room", "terrace"),
            required=False,
            default="main room",
        ),
        Parameter(name="extras", type="list", description="what else is needed", required=False),
        Parameter(name="vegan", type="boolean", description="vegan menu", required=False, default=False),
        Parameter(name="budget", type="number", description="most to spend, in dollars", required=False),
    ),
)
FULL = 'book_table(restaurant="Blue Door", date="2031-05-04", guests=4)'

READ = {
    "keywords": ("book_table(restaurant='Blue Door', date='2031-05-04', guests=4)", FULL),
    "any order": ("book_table(guests=4, date='2031-05-04', restaurant='Blue Door')", FULL),
    "positional": ("book_table('Blue Door', '2031-05-04', 4)", FULL),
    "mixed": ("book_table('Blue Door', guests=4, date='2031-05-04')", FULL),
    "double spaces": ('book_table("Blue  Door", "2031-05-04", 4)', FULL),
    "date in words": ("book_table('Blue Door', '4 May 2031', 4)", FULL),
    "bare date with a comma": ("book_table(restaurant='Blue Door', date=May 4, 2031, guests=4)", FULL),
    "date call": ("book_table('Blue Door', datetime.date(2031, 5, 4), 4)", FULL),
    "float for an integer": ("book_table('Blue Door', '2031-05-04', 4.0)", FULL),
    "word for an integer": ("book_table('Blue Door', '2031-05-04', 'four')", FULL),
    "no quotes": ("book_table(restaurant=Blue Door, date=2031-05-04, guests=4)", FULL),
    "in a list": (f"[{FULL}]", FULL),
    "in a fence": (f"```python\n{FULL}\n```", FULL),
    "in prose": (f"I will call `{FULL}` now.", FULL),
    "escaped underscore": (FULL.replace("_", "\\_"), FULL),
    "over lines": (FULL.replace(", ", ",\n    ").replace("(", "(\n    "), FULL),
    "prefixed": (f"api.{FULL}", FULL),
    "upper case": (FULL.replace("book_table", "BOOK_TABLE"), FULL),
    "json": (
        '{"name": "book_table", "arguments": {"restaurant": "Blue Door", "date": "2031-05-04", "guests": 4}}',
        FULL,
    ),
    "json parameters": (
        "{'name': 'book_table', 'parameters': {'restaurant': 'Blue Door', 'date': '2031-05-04', 'guests': 4}}",
        FULL,
    ),
    "json in json": (
        '{"function": {"name": "book_table", "arguments": "{\\"guests\\": 4, \\"vegan\\": true}"}}',
        "book_table(guests=4, vegan=true)",
    ),
    "json keyed by name": ('{"book_table": {"restaurant": "Blue Door", "date": "2031-05-04", "guests": 4}}', FULL),
    "flat json": ('{"tool": "book_table", "restaurant": "Blue Door", "date": "2031-05-04", "guests": 4}', FULL),
    "a dict argument": ("book_table({'restaurant': 'Blue Door', 'date': '2031-05-04', 'guests': 4})", FULL),
    "tool call tag": (
        '<tool_call>{"name": "book_table", "arguments": {"guests": 4}}</tool_call>',
        "book_table(guests=4)",
    ),
    "defaults left out": (FULL[:-1] + ", area='Main Room', vegan=false)", FULL),
    "none left out": (FULL[:-1] + ", area=None, extras=null)", FULL),
    "the same call twice": (f"{FULL}\n{FULL}", FULL),
    "signature beside a call": (f"book_table(restaurant, date, guests): {FULL}", FULL),
    "enum without case": (FULL[:-1] + ", area='TERRACE')", FULL[:-1] + ', area="terrace")'),
    "list sorted": (FULL[:-1] + ", extras=['wine', 'Cake'])", FULL[:-1] + ', extras=["Cake", "wine"])'),
    "list as text": (FULL[:-1] + ", extras='wine and Cake')", FULL[:-1] + ', extras=["Cake", "wine"])'),
    "booleans": (FULL[:-1] + ", vegan=true)", FULL[:-1] + ", vegan=true)"),
    "money": (FULL[:-1] + ", budget=$1,250.00)", FULL[:-1] + ", budget=1250)"),
    "cents": (FULL[:-1] + ", budget='50 cents')", FULL[:-1] + ", budget=0.5)"),
    "escaped quote": (r"book_table(restaurant='Mia\'s', guests=2)", 'book_table(restaurant="Mia\'s", guests=2)'),
    "bracket in a text": (
        "book_table(restaurant='Blue (new)', guests=2)",
        'book_table(restaurant="Blue (new)", guests=2)',
    ),
    "a required argument missing": ("book_table(restaurant='Blue Door')", 'book_table(restaurant="Blue Door")'),
}

NOT_READ = {
    "nothing": ("a table, please", "no call"),
    "another function": ("book_room(guests=4)", "no call"),
    "no arguments": ("book_table()", "no argument"),
    "parameter names": ("book_table(restaurant, date, guests)", "holds a place"),
    "parameter types": ("book_table(restaurant: str, date: date, guests: int)", "holds a place"),
    "question mark": ("book_table(restaurant='Blue Door', guests=?)", "holds a place"),
    "unknown": ("book_table(restaurant='unknown', guests=4)", "holds a place"),
    "angle brackets": ("book_table(restaurant='<name>', guests=4)", "holds a place"),
    "your": ("book_table(restaurant='YOUR_RESTAURANT', guests=4)", "holds a place"),
    "a required argument None": ("book_table(restaurant='Blue Door', guests=None)", "holds a place"),
    "empty text": ("book_table(restaurant='', guests=4)", "holds a place"),
    "unknown parameter": ("book_table(colour='red')", "no parameter"),
    "too many": ("book_table('a', '2031-05-04', 4, 'terrace', [], True, 5, 6)", "too many"),
    "twice": ("book_table(guests=4, guests=5)", "twice"),
    "no integer": ("book_table(guests='a few')", "no integer"),
    "half a guest": ("book_table(guests=4.5)", "no integer"),
    "no date": ("book_table(date='tomorrow')", "no date"),
    "impossible date": ("book_table(date='2031-02-30')", "no date"),
    "no option": ("book_table(area='roof')", "not one of"),
    "no boolean": ("book_table(vegan='perhaps')", "not true or false"),
    "not closed": ("book_table(guests=4", "not closed"),
    "quote not closed": ("book_table(restaurant='Blue", "not closed"),
    "code": ("book_table(restaurant=open('x').read())", "a call of"),
    "nested too deep": ("book_table(extras=" + "[" * 50 + "]" * 50 + ")", "too deep"),
    "two calls": (f"{FULL} {FULL.replace('4)', '5)')}", "2 different calls"),
    "json without arguments": ('{"name": "book_table"}', "no argument"),
}

DATES = {
    "2031-05-04": "2031-05-04",
    "2031/5/4": "2031-05-04",
    "4 May 2031": "2031-05-04",
    "May 4, 2031": "2031-05-04",
    "May 4th 2031": "2031-05-04",
    "the 4th of May 2031": "2031-05-04",
    "Sunday, May 4, 2031": "2031-05-04",
    "04.05.2031": "2031-05-04",
    "05/04/2031": "2031-05-04",
    "25/04/2031": "2031-04-25",
    "4 de mayo de 2031": "2031-05-04",
    "4. Mai 2031": "2031-05-04",
    "2031-05-04T18:00:00": "2031-05-04",
    "4 Sept. 2031": "2031-09-04",
    "May 4": None,
    "tomorrow": None,
    "": None,
    "2031-13-01": None,
    "30 February 2031": None,
    "2031": None,
}


@pytest.mark.parametrize("case", READ)
def test_a_call_is_read_and_spelled_canonically(case: str):
    text, spelled = READ[case]
    call = parse_call(text, BOOK)
    assert isinstance(call, Call), call
    assert spell_call(BOOK, call.arguments) == spelled
    again = parse_call(spelled, BOOK)
    assert isinstance(again, Call)
    assert spell_call(BOOK, again.arguments) == spelled


@pytest.mark.parametrize("case", NOT_READ)
def test_what_is_no_call_says_why(case: str):
    text, why = NOT_READ[case]
    found = parse_call(text, BOOK)
    assert isinstance(found, str)
    assert why in found


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_read(text: str):
    assert parse_date(text) == DATES[text]


def test_calls_are_found_at_their_places():
    text = f"First {FULL}, then {FULL}."
    assert [text[each.start : each.end] for each in find_calls(text, BOOK)] == [FULL, FULL]


def test_spelling_an_unknown_argument_is_an_error():
    with pytest.raises(ValueError, match="no parameters"):
        spell_call(BOOK, {"colour": "red"})


def test_an_argument_of_the_wrong_type_is_an_error():
    with pytest.raises(ValueError, match="no integer"):
        to_argument("a few", BOOK.parameters[2])


@given(
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=3, max_size=20),
    st.dates(),
    st.integers(0, 999),
    st.lists(st.sampled_from(["wine", "cake", "high chair"]), unique=True),
)
@settings(max_examples=100, deadline=None)
def test_a_canonical_call_reads_back_as_itself(name: str, date: object, guests: int, extras: list[str]):
    spelled = spell_call(
        BOOK, {"restaurant": f"The {name}", "date": str(date), "guests": guests, "extras": tuple(extras)}
    )
    call = parse_call(spelled, BOOK)
    assert isinstance(call, Call), call
    assert call.arguments["guests"] == guests


@given(st.text(alphabet=st.sampled_from("book_table(){}[]'\",:=0123 name\\\n"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(text: str):
    for each in find_calls(f"book_table({text}", BOOK):
        assert (each.call is None) == bool(each.why)


HOSTILE = {
    "open": "book_table(" * 50_000,
    "lists": "book_table(" + "[" * 10**6,
    "quotes": "book_table('" * 50_000,
    "json": '{"name": "book_table", ' * 20_000,
    "braces": "{" * 10**6,
    "digits": "book_table(guests=" + "9" * 10**6 + ")",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_text_is_read_at_once(case: str):
    started = time.process_time()
    assert isinstance(parse_call(HOSTILE[case], BOOK), str)
    assert time.process_time() - started < 5
