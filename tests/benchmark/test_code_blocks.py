"""Programs in messages: what is read as the answer, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.code_blocks import is_stub
from askfirst.benchmark.fences import find_fences
from askfirst.benchmark.problem import CodeForm, QueryForm
from askfirst.benchmark.reader import read_turn

FORM = CodeForm(function="top")
SAID = "Write `top(items, n)`, which returns the top items."
PROGRAM = "def top(items, n):\n    return items[:n]"
OTHER = "def top(items, n):\n    return items"
HELPER = "def first(items, n):\n    return items[:n]"
USER = "def top(items, n):\n    return first(items, n)"
FENCED = f"```python\n{PROGRAM}\n```"
ASKS = '"""What is a tie? How are ties handled?"""\n    # Should ties stay?'


def read(message: str):
    return read_turn(message, FORM, said=SAID)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(f"ANSWER:\n{FENCED}", id="marker, then a fence"),
        pytest.param(f"ANSWER:\n{PROGRAM}", id="marker, no fence"),
        pytest.param(f"ANSWER: {FENCED}", id="fence on the marker's line"),
        pytest.param(f"**ANSWER:**\n\n{FENCED}", id="bold marker"),
        pytest.param(f"### ANSWER:\n{FENCED}", id="marker as a heading"),
        pytest.param(f"```python\nANSWER:\n{PROGRAM}\n```", id="marker inside the fence"),
        pytest.param(f"ANSWER:\n{FENCED[:-4]}", id="fence that never ends"),
        pytest.param(f"I take a slice.\n\nANSWER:\n{FENCED}\n\nIt takes the first n items.", id="prose around it"),
        pytest.param(f"ANSWER:\nHere is the code:\n{FENCED}", id="prose between marker and fence"),
        pytest.param(f"ANSWER:\n{PROGRAM}\n\nThis takes the first n items (a slice).", id="prose after, no fence"),
        pytest.param(f"ANSWER:\n{PROGRAM}\n\n- It is short.\n- It is right.", id="list after, no fence"),
        pytest.param(f"{FENCED}\n\nANSWER:\nSee the code above.", id="marker that points back"),
        pytest.param(f"{FENCED}\n\nANSWER: `top`", id="marker that names the function"),
        pytest.param(f"{FENCED}\n\nANSWER:", id="bare marker at the end"),
        pytest.param(f"{FENCED}\n\nANSWER:\n{FENCED}", id="the function twice, the same"),
        pytest.param(f"ANSWER:\n```\n{OTHER}\n```\nNo, that is wrong.\n\nANSWER:\n{FENCED}", id="a second marker"),
        pytest.param(f"<think>\nANSWER:\n```\n{OTHER}\n```\n</think>\nANSWER:\n{FENCED}", id="thinking before"),
        pytest.param(f"ANSWER:\n{FENCED}\nUsage:\n```python\nprint(top([1, 2], 1))\n```", id="usage after"),
        pytest.param(
            f"ANSWER:\n{FENCED}\n```python\ndef test_top():\n    assert top([], 1) == []\n```", id="tests after"
        ),
        pytest.param(f"ANSWER:\n~~~\n{PROGRAM}\n~~~", id="tildes"),
        pytest.param(
            "ANSWER:\n   ```python\n   def top(items, n):\n       return items[:n]\n   ```", id="indented fence"
        ),
    ],
)
def test_a_marked_program_is_read_without_what_stands_around_it(message: str) -> None:
    reading = read(message)
    assert (reading.answer, reading.attempted, reading.mixed, reading.questions) == (PROGRAM, True, False, ())


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(FENCED, id="a fence alone"),
        pytest.param(f"Sure! Here it is:\n\n{FENCED}\n\nIt takes the first n items.", id="prose around it"),
        pytest.param(f"Sure! Here it is:\n\n{PROGRAM}\n\nThis takes the first n items.", id="no fence"),
        pytest.param(f"First I tried this:\n```\n{OTHER}\n```\nBetter:\n{FENCED}", id="the last of two versions"),
        pytest.param(f"You call it so:\n```\nprint(top([1], 1))\n```\n{FENCED}", id="usage before"),
        pytest.param(f"{FENCED}\n```\n>>> top([1], 1)\n[1]\n```", id="usage after"),
        pytest.param(f"~~~py\n{PROGRAM}\n~~~", id="tildes"),
        pytest.param(f"````python\n{PROGRAM}\n````", id="four ticks"),
        pytest.param(
            "1. Code:\n\n   ```python\n   def top(items, n):\n       return items[:n]\n   ```", id="in a list"
        ),
    ],
)
def test_an_unmarked_program_is_an_attempt(message: str) -> None:
    reading = read(message)
    assert (reading.answer, reading.source, reading.mixed) == (PROGRAM, "natural", False)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        pytest.param(f"ANSWER:\n```\n{HELPER}\n```\nand\n```\n{USER}\n```", f"{HELPER}\n\n{USER}", id="marked"),
        pytest.param(f"A helper:\n```\n{HELPER}\n```\nThen:\n```\n{USER}\n```", f"{HELPER}\n\n{USER}", id="unmarked"),
        pytest.param(f"```\n{USER}\n```\nThe helper:\n```\n{HELPER}\n```", f"{HELPER}\n\n{USER}", id="helper last"),
        pytest.param(f"{HELPER}\n\n{USER}", f"{HELPER}\n\n{USER}", id="no fence"),
        pytest.param(
            "```\nimport math\nLIMIT = 3\n```\n```\ndef top(items, n):\n    return math.fsum(items) > LIMIT\n```",
            "import math\nLIMIT = 3\n\ndef top(items, n):\n    return math.fsum(items) > LIMIT",
            id="imports and constants",
        ),
        pytest.param(
            f"```\nitems = [1, 2]\nprint(items)\n```\n{FENCED}", PROGRAM, id="a variable of the same name is no helper"
        ),
        pytest.param(f"```\n{HELPER}\n```\n{FENCED}", PROGRAM, id="a helper that nothing uses"),
    ],
)
def test_helpers_in_blocks_of_their_own_belong_to_the_program(message: str, answer: str) -> None:
    assert read(message).answer == answer


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        pytest.param("```\ntop = lambda items, n: items[:n]\n```", "top = lambda items, n: items[:n]", id="lambda"),
        pytest.param("ANSWER: `def top(a, n): return a[:n]`", "def top(a, n): return a[:n]", id="one line in ticks"),
        pytest.param(f"import math\n\n{PROGRAM}", f"import math\n\n{PROGRAM}", id="imports without a fence"),
        pytest.param(f"```\n{OTHER}\n\n{PROGRAM}\n```", f"{OTHER}\n\n{PROGRAM}", id="two definitions in one block"),
        pytest.param(
            f"```\n# ANSWER: top\n{PROGRAM}\n```", f"# ANSWER: top\n{PROGRAM}", id="marker as a comment of the program"
        ),
        pytest.param(
            f"```\n{PROGRAM}\n\nprint('ANSWER:', top([1], 1))\n```",
            f"{PROGRAM}\n\nprint('ANSWER:', top([1], 1))",
            id="marker as a string of the program",
        ),
        pytest.param(
            'ANSWER:\n```\ndef top(items, n):\n    print("""\nuser: hello\n""")\n```',
            'def top(items, n):\n    print("""\nuser: hello\n""")',
            id="another speaker in a string",
        ),
        pytest.param(
            '```\ndef top(items, n):\n    """\n    ```\n    top([1], 1)\n    ```\n    """\n    return items\n```',
            'def top(items, n):\n    """\n    ```\n    top([1], 1)\n    ```\n    """\n    return items',
            id="a fence in a docstring",
        ),
        pytest.param(
            f"ANSWER:\ndef top(items, n):\n    {ASKS}\n    return items",
            f"def top(items, n):\n    {ASKS}\n    return items",
            id="questions in docstring and comment, no fence",
        ),
        pytest.param(
            f"```python\ndef top(items, n):\n    {ASKS}\n    return items\n```",
            f"def top(items, n):\n    {ASKS}\n    return items",
            id="questions in docstring and comment",
        ),
        pytest.param(
            'def top(items, n):\n    """Return\nthe Top items.\n"""\n    return items\n\nDone.',
            'def top(items, n):\n    """Return\nthe Top items.\n"""\n    return items',
            id="docstring without an indent, no fence",
        ),
    ],
)
def test_a_program_is_read_as_it_stands(message: str, answer: str) -> None:
    reading = read(message)
    assert (reading.answer, reading.attempted, reading.questions) == (answer, True, ())


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("```python\ndef best(items, n):\n    return items\n```", id="unmarked"),
        pytest.param("ANSWER:\n```python\ndef best(items, n):\n    return items\n```", id="marked"),
    ],
)
def test_a_function_of_another_name_is_an_attempt(message: str) -> None:
    assert read(message).answer == "def best(items, n):\n    return items"


def test_an_unmarked_program_that_breaks_off_is_no_attempt() -> None:
    assert read(f"Here it is:\n```python\n{PROGRAM}\n\ndef fir").kind == "discussion"


def test_programs_for_each_case_are_a_hedge() -> None:
    message = f"If ties stay:\n```\n{PROGRAM}\n```\nIf they don't:\n```\n{OTHER}\n```"
    assert read(message).kind == "hedge"
    assert read("What a tie is makes all the difference: `sorted(items)[:n]` or `set(items)`.").kind == "hedge"


def test_versions_to_choose_from_in_one_block_are_several_answers() -> None:
    reading = read(f"ANSWER:\n```\n# Version 1: with ties\n{PROGRAM}\n\n# Version 2: without\n{OTHER}\n```")
    assert (reading.attempted, reading.ambiguous) == (True, True)


def test_different_programs_below_one_marker_are_several_answers() -> None:
    reading = read(f"ANSWER:\n```\n{OTHER}\n```\nor\n{FENCED}")
    assert (reading.attempted, reading.ambiguous, reading.answer) == (True, True, "")


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("How should ties be handled in `top(items, n)`?", id="signature in line"),
        pytest.param("How should ties be handled?\n```python\ndef top(items, n):\n    ...\n```", id="dots"),
        pytest.param("How should ties be handled?\n```\ndef top(items, n) -> list:\n```", id="signature alone"),
        pytest.param("```\ndef top(items, n):\n    # TODO\n    pass\n```\nHow should ties be handled?", id="pass"),
        pytest.param(
            '```\ndef top(items: list, n: int):\n    """The top."""\n    raise NotImplementedError("later")\n```\n'
            "How should ties be handled?",
            id="not implemented",
        ),
        pytest.param(
            "```\ndef best(a):\n    return a\n```\nI know this one. How are ties handled?", id="another function"
        ),
    ],
)
def test_a_question_beside_a_sketch_is_no_attempt(message: str) -> None:
    reading = read(message)
    assert (reading.kind, len(reading.questions)) == ("clarification", 1)


@pytest.mark.parametrize(
    "message", ["ANSWER: unknown", f"{FENCED[:-4]}\n```\nANSWER: unknown", "ANSWER:\nI need more details."]
)
def test_a_marker_that_declines_is_no_attempt(message: str) -> None:
    assert read(message).kind == "refuse"


def test_a_question_after_the_program_makes_the_turn_mixed_and_an_offer_does_not() -> None:
    assert read(f"ANSWER:\n{FENCED}\nShould ties be handled in another way?").mixed
    assert not read(f"ANSWER:\n{FENCED}\nWould you like me to add tests?").mixed


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("Do you want me to sort in ascending or descending order?", True),
        ("Would you like me to round up or down?", True),
        ("Should I start from the beginning or the end of the list?", True),
        ("Can I break words in the middle?", True),
        ("Shall I break it down?", False),
        ("Would you like me to add tests or documentation?", False),
        ("Would you like me to continue or stop here?", False),
        ("Should I go on or do you want to stop?", False),
    ],
)
def test_an_offered_choice_is_a_question(message: str, asks: bool) -> None:
    assert bool(read(message).questions) == asks


def test_a_query_on_the_markers_own_line_may_be_fenced() -> None:
    reading = read_turn("ANSWER: ```sql\nSELECT a FROM b\n```", QueryForm())
    assert reading.answer == "SELECT a FROM b"


@pytest.mark.parametrize(
    ("code", "stub"),
    [
        ("def f(a, b=(1, 2)): ...", True),
        ("def f(a):\n    '''Says.\n    more'''", True),
        ("def f(a):\n    return None", False),
        ("def f(a):\n    pass\n\ndef g(b):\n    return b", False),
        ("x = 1", False),
    ],
)
def test_a_stub_does_nothing(code: str, stub: bool) -> None:
    assert is_stub(code) == stub


@given(st.text(alphabet="`~ \nabdeft():#>ANSWER", max_size=200))
def test_fences_lie_in_the_text_one_after_the_other(text: str) -> None:
    end = 0
    for fence in find_fences(text):
        assert end <= fence.start <= fence.body_start <= fence.body_end <= fence.end <= len(text)
        assert text[fence.body_start : fence.body_end] == fence.body
        end = fence.end


@given(
    st.lists(st.sampled_from([FENCED, PROGRAM, "ANSWER:", "```", "~~~", "Why?", "    x", '"""', "So:", ""]), max_size=9)
)
def test_any_message_of_such_pieces_gets_a_reading(pieces: list[str]) -> None:
    reading = read("\n".join(pieces))
    assert reading.attempted == (reading.kind == "answer_attempt")
