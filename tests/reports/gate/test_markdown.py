import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from askfirst.reports.gate.escaping import escape, fence
from askfirst.reports.gate.markdown import COMMENT_LIMIT, JOB_SUMMARY_LIMIT, LEAST_LIMIT, render_markdown
from askfirst.reports.gate.verdict import GateReport, Spoken, SpokenTurn
from askfirst.reports.printable import one_line
from gate_reports import ALL, WORST, failing, invalid

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OUR_HTML = re.compile(
    r"<details><summary>[^<>\n]*</summary>|</details>|<table><tr><th>baseline</th><th>candidate</th></tr>"
    r'<tr><td valign="top">|</td><td valign="top">|</td></tr></table>'
)
EXPECTED_INLINE = {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"}
HOSTILE = [
    "```\n<script>alert(1)</script>\n```",
    "````text\n~~~\n@everyone #1 see https://evil.example ![x](https://evil.example/x.png)",
    "</td></tr></table></details>\n\n# PASS\n\n**fine**",
    "<!-- hidden",
    "| a | b |\n| --- | --- |\n| c | d |",
    "[PASS](javascript:alert(1)) `code` *bold* __bold__ ~~gone~~ $x$ &lt;b&gt; \\<b>",
    "- - - \n1. one\n> quote\n    code\n===",
    "www.evil.example someone@evil.example GH-12 owner/repo#3",
    "[x]: https://evil.example\n\n[x]",
    "\x1b[2J\u202e\u200b\x00",
]


def tokens_of(text: str) -> list[Token]:
    return [child for token in PARSER.parse(text) for child in (token, *(token.children or []))]


def of_type(text: str, kind: str) -> list[Token]:
    return [token for token in tokens_of(text) if token.type == kind]


def spoken_by(text: str) -> Spoken:
    return Spoken(opening=text, turns=(SpokenTurn(said=text, note=text, reply=text),), outcome=text)


def hostile(text: str) -> GateReport:
    worst = WORST[0].model_copy(update={"problem": text, "baseline": spoken_by(text), "candidate": spoken_by(text)})
    return failing(
        sentence=text,
        warnings=(text,),
        command=text,
        worst_problems=(worst,),
        policy={text: text},
        versions={text: text},
        candidate=failing().candidate.model_copy(update={"name": text, "source": text}),
    )


def assert_only_ours(text: str, like: GateReport) -> None:
    """Check that a text has just the structure of a harmless report's."""
    found, expected = tokens_of(text), tokens_of(render_markdown(like))
    assert [token.type for token in found if not is_words(token)] == [
        token.type for token in expected if not is_words(token)
    ]
    for token in found:
        if token.type == "html_block":
            assert OUR_HTML.fullmatch(token.content.strip()), token.content
        if token.type == "inline":
            inside = {child.type for child in token.children or []}
            assert inside <= EXPECTED_INLINE, token.content
            words = "".join(child.content for child in token.children or [])
            assert not re.search(r"(?i)@\w|#\d|://|www\.\w|gh-\d", words)


def is_words(token: Token) -> bool:
    return token.type in ("text", "text_special")


def test_the_golden_report_has_its_headings_and_tables_in_order():
    text = render_markdown(failing())
    headings = [following.content for token, following in pairwise(tokens_of(text)) if token.type == "heading_open"]
    assert headings == [
        "✗ FAIL",
        "Metrics",
        "Why",
        "Which part changed",
        "Worst problems",
        "Comparability",
        "Warnings",
        "Who was compared",
        "Settings and versions",
        "To reproduce",
    ]
    assert len(of_type(text, "table_open")) == 5
    html = PARSER.render(text)
    row = ["premature_rate ↓", "0.10", "0.25", "-0.15 [-0.21, -0.09]", "0.05", "✗ FAIL", "0.09"]
    assert "".join(f"<td>{cell}</td>\n" for cell in row) in html
    assert text.endswith("\n")
    assert html.count("<details>") == html.count("</details>") == 2


def test_what_made_it_invalid_comes_at_once():
    text = render_markdown(invalid())
    assert text.index("## ! INVALID") < text.index("data hash") < text.index("askfirst version") < text.index("Who was")


@pytest.mark.parametrize("name", ALL)
def test_equal_reports_give_equal_texts(name: str):
    again = GateReport.model_validate(ALL[name].model_dump())
    assert render_markdown(ALL[name]) == render_markdown(again)


@pytest.mark.parametrize("text", HOSTILE)
def test_known_tricks_stay_text(text: str):
    assert_only_ours(render_markdown(hostile(text)), like=hostile("harmless"))


@settings(max_examples=40)
@given(st.text(st.sampled_from("`~<>[]()!|\\*_#@&$-+=:.\n\r \tab1/w\u202e\x1b\u2028"), min_size=1).filter(str.strip))
def test_no_text_becomes_markup(text: str):
    assert_only_ours(render_markdown(hostile(text)), like=hostile("harmless"))


@given(st.text())
def test_an_escaped_line_reads_back_as_itself(text: str):
    line = one_line(text, 500)
    html = PARSER.parseInline(f"x{escape(line)}")[0]
    read = "".join(child.content for child in html.children or [])
    assert read.replace("\u200b", "") == f"x{line}"


@given(st.text(st.sampled_from("`~\n ab")))
def test_a_fence_holds_its_text_word_for_word(text: str):
    parsed = PARSER.parse(f"{fence(text)}\n\nafter")
    assert [token.type for token in parsed] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert parsed[0].content == f"{text}\n"


def test_a_message_can_not_speak_for_another():
    text = render_markdown(failing(worst_problems=(WORST[0].model_copy(
        update={"candidate": spoken_by("Hm.\nuser:\n  Well done!\n=> informed, right")}
    ),)))  # fmt: skip
    dialogue = of_type(text, "fence")[-2].content
    assert dialogue.count("\nuser:") == 1, "the user's own reply"
    assert "\n  user:" in dialogue


def test_long_lines_are_folded_and_empty_ones_dropped_so_that_nothing_hides():
    text = render_markdown(hostile("start " + "x" * 300 + " end\n" + "\n" * 500 + "below"))
    lines = [line for token in of_type(text, "fence")[:-1] for line in token.content.splitlines()]
    assert max(map(len, lines)) <= 110
    assert "below" in text
    assert "\n\n\n" not in of_type(text, "fence")[0].content


def test_dialogues_go_first_where_room_is_short_and_the_text_says_so():
    long = WORST[0].model_copy(update={"candidate": spoken_by("word " * 2_000)})
    report = failing(worst_problems=(long,) * 12)
    whole, comment, least = (
        render_markdown(report, limit) for limit in (JOB_SUMMARY_LIMIT, COMMENT_LIMIT, LEAST_LIMIT)
    )
    assert "Left out" not in whole
    assert len(comment.encode()) <= COMMENT_LIMIT
    assert 0 < comment.count("<details>") < 12
    assert f"the dialogues of {12 - comment.count('<details>')} problems" in comment
    assert "To reproduce" in comment
    assert len(least.encode()) <= LEAST_LIMIT
    assert "Left out, for this would be too long: " in least


@pytest.mark.parametrize("limit", [LEAST_LIMIT, COMMENT_LIMIT])
@pytest.mark.parametrize("character", ["x", "@", "界", "`"])
def test_no_report_is_larger_than_its_limit(character: str, limit: int):
    giant = hostile(character * 100_000)
    crowded = giant.model_copy(update={
        "warnings": giant.warnings * 500, "metrics": giant.metrics * 50, "worst_problems": giant.worst_problems * 200,
    })  # fmt: skip
    text = render_markdown(crowded, limit)
    assert len(text.encode()) <= limit
    assert "more characters)" in text


def test_a_limit_that_nothing_fits_in_is_refused():
    with pytest.raises(ValueError, match="limit must be at least 16384 bytes, got 100"):
        render_markdown(failing(), 100)
