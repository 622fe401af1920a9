"""How queries are read from messages: where they begin and end, and what is no query."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.problem import QueryForm
from askfirst.benchmark.query_text import find_query, is_statement, query_bounds, tidy_query
from askfirst.benchmark.reader import read_turn

QUERY = "SELECT name\nFROM cats\nWHERE age > 3"
CTE = "WITH old AS (\n  SELECT name FROM cats WHERE age > 9\n)\n\nSELECT name FROM old"


@pytest.mark.parametrize(
    ("message", "query"),
    [
        pytest.param(f"ANSWER:\n{QUERY}", QUERY, id="below the marker"),
        pytest.param(f"ANSWER:\n{QUERY};", f"{QUERY};", id="with its semicolon"),
        pytest.param(f"ANSWER:\n\n\n{CTE}", CTE, id="with a blank line inside"),
        pytest.param("ANSWER: SELECT name\nFROM cats", "SELECT name\nFROM cats", id="beginning on the marker's line"),
        pytest.param("ANSWER: `SELECT name FROM cats`", "SELECT name FROM cats", id="in ticks"),
        pytest.param("ANSWER: **SELECT name FROM cats**", "SELECT name FROM cats", id="in bold"),
        pytest.param("ANSWER: sql\nSELECT 1", "SELECT 1", id="after the language's name"),
        pytest.param("ANSWER:\nHere is the query:\nSELECT 1", "SELECT 1", id="after a sentence"),
        pytest.param(f"ANSWER:\n```sql\n{QUERY}\n```", QUERY, id="fenced"),
        pytest.param(f"ANSWER:\n```sql\n{QUERY}", QUERY, id="in a fence without end"),
        pytest.param(f"**ANSWER:**\n\n~~~sqlite\n{QUERY}\n~~~\n", QUERY, id="bold marker, tildes"),
        pytest.param(f"### ANSWER:\n```\n{QUERY}\n```", QUERY, id="marker as a heading"),
        pytest.param(f"```sql\nANSWER:\n{QUERY}\n```\nDone.", QUERY, id="marker inside the fence"),
        pytest.param(f"```sql\n{QUERY}\n```\n\nANSWER: see above", QUERY, id="fence before the marker"),
        pytest.param(f"```sql\n{QUERY}\n```\n\nANSWER:", QUERY, id="fence before an empty marker"),
        pytest.param("> ANSWER:\n> SELECT 1\n> FROM a", "SELECT 1\nFROM a", id="in quote signs"),
        pytest.param(f"ANSWER:\n-- the cats\n{QUERY}", f"-- the cats\n{QUERY}", id="with a comment first"),
        pytest.param(f"ANSWER:\n{QUERY};\n\nThis lists the cats.", f"{QUERY};", id="prose after the semicolon"),
        pytest.param(f"ANSWER:\n{QUERY}\n\nThis query lists cats", QUERY, id="prose after a blank line"),
        pytest.param(f"ANSWER:\n{QUERY}\nHope this helps!", QUERY, id="a sign-off below"),
        pytest.param("ANSWER:\nSELECT 'a;b' AS x;\nBye", "SELECT 'a;b' AS x;", id="a semicolon in a text"),
        pytest.param("ANSWER:\nSELECT 1 -- one; only\nFROM a", "SELECT 1 -- one; only\nFROM a", id="and in a comment"),
        pytest.param("ANSWER:\nSELECT 1;\nDROP TABLE cats;", "SELECT 1;\nDROP TABLE cats;", id="a second statement"),
        pytest.param("ANSWER:\nDELETE FROM cats", "DELETE FROM cats", id="a statement that changes data"),
        pytest.param("ANSWER:\nselect name from cats", "select name from cats", id="lower case"),
        pytest.param("ANSWER:\n(SELECT 1)", "(SELECT 1)", id="in brackets"),
        pytest.param(f"```sql\nSELECT 1\n```\nBetter:\n\nANSWER:\n```sql\n{QUERY}\n```", QUERY, id="after a draft"),
        pytest.param("ANSWER:\n```sql\nSELECT 1\n```\nor\n```sql\nSELECT 1\n```", "SELECT 1", id="twice the same"),
        pytest.param(f"ANSWER:\n```sql\n{QUERY}\n```\nOutput:\n```\nTom\n```", QUERY, id="then a fence of output"),
        pytest.param(f"Sure.\n```sql\n{QUERY}\n```\nIt lists cats.", QUERY, id="no marker, a fence"),
        pytest.param(f"{QUERY};", f"{QUERY};", id="no marker, no fence"),
        pytest.param(f"Here it is:\n\n{CTE};\n\nBye.", f"{CTE};", id="no marker, no fence, between prose"),
        pytest.param("Two columns will do: `SELECT a FROM b;` lists them.", "SELECT a FROM b;", id="in ticks in prose"),
        pytest.param("Select it?\nSELECT a FROM b", "SELECT a FROM b", id="no marker, after prose that says select"),
    ],
)
def test_a_query_is_read_from_a_message(message, query):
    reading = read_turn(message, QueryForm())
    assert (reading.kind, reading.answer) == ("answer_attempt", query)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        pytest.param("Select the status that counts, please. From which day on?", "clarification", id="select"),
        pytest.param("Select one (open or closed)?", "clarification", id="select with brackets"),
        pytest.param("With which status does an order count?", "clarification", id="with"),
        pytest.param("With the schema (as given) I can't answer that.", "refuse", id="with brackets"),
        pytest.param("If it is 'paid', the query is SELECT 1 FROM a. Which is it?", "clarification", id="within prose"),
        pytest.param("ANSWER: unknown", "refuse", id="declined"),
        pytest.param("```sql\nSELECT 1 FROM a\n```\nANSWER: unknown", "refuse", id="declined after a draft"),
        pytest.param("ANSWER:\nI need to know which status counts.", "refuse", id="declined at length"),
        pytest.param("```sql\nSELECT a FROM b WHERE ...\n```\nWhich day?", "clarification", id="a sketch"),
        pytest.param("Sure:\n```sql\nSELECT a FROM b WHERE c", "discussion", id="broken off"),
        pytest.param("For example, `SELECT a FROM b` would list them.", "discussion", id="an example in ticks"),
        pytest.param(
            f"That depends on the drafts.\n\n**Option A: they count**\n```sql\n{QUERY}\n```\n"
            f"**Option B: they don't**\n```sql\n{QUERY} AND draft = 0\n```",
            "hedge",
            id="one for each case",
        ),
        pytest.param("ANSWER: ...", "discussion", id="the instruction's dots"),
        pytest.param("```\nCREATE TABLE cats (id INTEGER);\n```", "discussion", id="the schema again"),
    ],
)
def test_what_is_no_query_is_no_attempt(message, kind):
    reading = read_turn(message, QueryForm())
    assert (reading.kind, reading.attempted) == (kind, False)


def test_prose_where_the_query_belongs_is_malformed():
    reading = read_turn("ANSWER: the three oldest cats", QueryForm())
    assert reading.malformed
    assert not reading.attempted


def test_two_different_queries_are_a_wrong_attempt():
    reading = read_turn("ANSWER:\n```sql\nSELECT 1\n```\nor\n```sql\nSELECT 2\n```", QueryForm())
    assert (reading.attempted, reading.ambiguous, reading.answer) == (True, True, "")


def test_questions_are_read_around_a_query_and_never_within():
    reading = read_turn("Which status counts?\n```sql\n-- which day?\nSELECT '?' FROM a\n```", QueryForm())
    assert reading.questions == ("Which status counts?",)
    assert reading.mixed


@given(st.text(alphabet="SELECTselect'\"`;-/*()\n .?xFROMWITH", max_size=200))
def test_bounds_lie_within_the_text_and_tidying_ends(text):
    start, stop = query_bounds(text)
    assert 0 <= start <= stop <= len(text)
    found = find_query(text)
    assert found is None or 0 <= found[0] < found[1] <= len(text)
    assert len(tidy_query(text)) <= len(text)
    assert is_statement(text) in (True, False)


@pytest.mark.parametrize(
    "piece",
    [
        "SELECT\n",
        "Select it?\n",
        "SELECT a; b\n",
        ";/**/x",
        "/*",
        "'",
        "(\n",
        "WITH a (\n",
        "ANSWER: x\n",
        "```sql\n",
        ">",
    ],
)
def test_hostile_messages_are_read_in_linear_time(piece):
    message = "ANSWER:\nSELECT 1 " + piece * (30_000 // len(piece))
    started = time.process_time()
    read_turn(message, QueryForm())
    read_turn(message.removeprefix("ANSWER:\n"), QueryForm())
    assert time.process_time() - started < 8
