"""The report in a real browser, opened from disk."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from askfirst.reports.intervals import Estimate
from leaderboards import CSV, HOSTILE, MEASURES, make_leaderboard

Open = Callable[..., Page]
SMALL = make_leaderboard(families=("arithmetic", "actions"), templates=1, boards=({}, {"condition": "drip"}))
MAIN = "#board-b0 .slice[data-slice=''] table.results"
TINY = make_leaderboard(
    models=("gamma-12b", "alpha-70b-instruct"),
    families=(),
    boards=({},),
    dialogues=1,
    measures=MEASURES[:6],
    policies=("oracle",),
    older=False,
)
"""Every kind of part, but few of each: what axe takes grows with the elements."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def models(page: Page, table: str = MAIN) -> list[str]:
    """Return the models of a table's visible rows, from the top."""
    return page.eval_on_selector_all(
        f"{table} tbody tr:not([hidden]) th a", "links => links.map(link => link.textContent)"
    )


def sorted_columns(page: Page) -> list[tuple[str, str]]:
    heads = page.eval_on_selector_all(
        f"{MAIN} th[aria-sort]", "heads => heads.map(head => [head.dataset.column, head.getAttribute('aria-sort')])"
    )
    return [(name, direction) for name, direction in heads]


def button(page: Page, column: str):
    return page.locator(f"{MAIN} th[data-column={column}] button")


def written(estimate: Estimate | None) -> str:
    return "unscored" if estimate is None else f"{estimate.mean:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


COLUMNS = (
    "joint_success",
    "asking_success",
    "premature_rate",
    "informed_rate",
    "forced_rate",
    "unanswered_rate",
    "ask_f1",
    "over_ask_rate",
    "discrimination",
    "accuracy_under",
    "accuracy_full",
    "accuracy_decoy",
    "turns",
    "questions",
)
AT_FIRST = [SMALL.entries[key].model for key in SMALL.boards[0].order]


def test_the_first_look_is_in_the_sorted_order(open_report: Open) -> None:
    page = open_report(SMALL)
    assert models(page) == AT_FIRST
    assert sorted_columns(page) == [("rank", "ascending")]


def test_without_scripts_every_number_is_there_in_the_right_order(open_report: Open) -> None:
    page = open_report(SMALL, java_script_enabled=False)
    for board in SMALL.boards:
        rows = page.locator(f"#board-{board.key} .slice[data-slice=''] tbody tr").all()
        assert len(rows) == len(board.order)
        for row, key in zip(rows, board.order, strict=True):
            entry = SMALL.entries[key]
            text = row.text_content() or ""
            assert entry.model in text
            for name in COLUMNS:
                assert written(entry.slices["all"].estimates[name]) in text
            assert f"{entry.usage.input_tokens:,}" in text
    assert page.locator("thead button").count() == 0, "a button that does nothing"
    assert not page.locator("#filters").is_visible()
    page.check("#columns-answers")
    assert page.locator(f"{MAIN} th[data-column=recovery]").is_visible()
    assert page.locator("details.slice").count() == 8


def test_sorting_by_mouse_puts_the_best_on_top_then_turns_round(open_report: Open) -> None:
    page = open_report(SMALL)
    lowest_first = sorted(
        (SMALL.entries[key] for key in SMALL.boards[0].order),
        key=lambda entry: entry.slices["all"].estimates["premature_rate"].mean,  # pyright: ignore
    )
    button(page, "premature_rate").click()
    assert models(page) == [entry.model for entry in lowest_first]
    assert sorted_columns(page) == [("premature_rate", "ascending")]
    button(page, "premature_rate").click()
    assert models(page) == [entry.model for entry in reversed(lowest_first)]
    assert sorted_columns(page) == [("premature_rate", "descending")]
    assert "sorted by Premature, descending" in page.inner_text("#status")
    button(page, "rank").click()
    assert models(page) == AT_FIRST


def test_what_is_missing_sorts_last_either_way(open_report: Open) -> None:
    page = open_report(SMALL)
    page.check("#columns-asking")
    for _ in range(2):
        button(page, "ask_precision").click()
        assert models(page)[-2:] == ["beta-7b", "always_ask"]


def test_sorting_by_keyboard_keeps_the_focus(open_report: Open) -> None:
    page = open_report(SMALL)
    button(page, "model").focus()
    page.keyboard.press("Enter")
    assert models(page) == sorted(AT_FIRST)
    page.keyboard.press("Space")
    assert models(page) == sorted(AT_FIRST, reverse=True)
    assert page.evaluate("document.activeElement.parentElement.dataset.column") == "model"


def test_search_and_filters_leave_what_fits(open_report: Open) -> None:
    page = open_report(SMALL)
    page.fill("#q", "ALPHA")
    assert models(page) == ["alpha-70b-instruct"]
    assert page.inner_text("#status") == "2 rows"
    page.fill("#q", "")
    page.select_option("#slice", "family:actions")
    assert not page.locator("#board-b0 .slice[data-slice='']").is_visible()
    assert page.locator("#board-b0 .slice[data-slice='family:actions'] table").is_visible()
    assert not page.locator("#board-b0 .slice[data-slice='family:arithmetic']").is_visible()
    page.select_option("#by-condition", "drip")
    assert not page.locator("#board-b0").is_visible()
    assert page.locator("#board-b1").is_visible()
    page.click("#reset")
    assert page.locator("#board-b0 .slice[data-slice='']").is_visible()
    assert models(page) == AT_FIRST


def test_the_address_keeps_what_was_chosen(open_report: Open) -> None:
    page = open_report(SMALL)
    button(page, "over_ask_rate").click()
    page.select_option("#by-condition", "ask")
    page.check("#columns-run")
    page.fill("#q", "a 7b")
    chosen = models(page)
    page.reload()
    assert models(page) == chosen == ["beta-7b"]
    assert sorted_columns(page) == [("over_ask_rate", "ascending")]
    assert page.input_value("#q") == "a 7b"
    assert page.is_checked("#columns-run")
    assert not page.locator("#board-b1").is_visible()


def test_the_back_button_takes_back_one_choice(open_report: Open) -> None:
    page = open_report(SMALL)
    page.select_option("#slice", "level:1")
    button_in_slice = page.locator("#board-b0 .slice[data-slice='level:1'] th[data-column=model] button")
    button_in_slice.click()
    page.go_back()
    assert page.input_value("#slice") == "level:1"
    page.go_back()
    assert page.input_value("#slice") == ""
    assert models(page) == AT_FIRST
    page.go_forward()
    assert page.input_value("#slice") == "level:1"


def test_a_link_to_the_turn_of_a_premature_answer_opens_its_dialogue(open_report: Open) -> None:
    page = open_report(SMALL)
    page.click(".glance a[href$='-early']")
    early = page.locator(":target")
    assert early.is_visible()
    assert "Answers too early, without bought" in early.inner_text()
    page.go_back()
    assert models(page) == AT_FIRST


def test_a_link_from_the_table_leads_to_the_model(open_report: Open) -> None:
    page = open_report(SMALL)
    page.click(f"{MAIN} tbody tr:first-child a")
    assert page.locator(":target h3").first.inner_text().startswith("gamma-12b")


@pytest.mark.parametrize(("name", "content"), [("leaderboard.csv", CSV), ("leaderboard.json", None)])
def test_a_page_that_stands_alone_has_its_data_within(open_report: Open, name: str, content: str | None) -> None:
    page = open_report(SMALL, accept_downloads=True)
    with page.expect_download() as waiting:
        page.click(f"#data a[download='{name}']")
    assert waiting.value.suggested_filename == name
    saved = Path(waiting.value.path()).read_bytes().decode()
    if content is None:
        assert json.loads(saved) == json.loads(SMALL.model_dump_json())
    else:
        assert saved == content


@pytest.mark.parametrize(
    ("settings", "sort"),
    [
        ({"color_scheme": "light"}, False),
        ({"color_scheme": "dark"}, True),
        ({"viewport": {"width": 320, "height": 700}}, False),
        ({"forced_colors": "active"}, True),
    ],
    ids=["light", "dark and sorted", "320 px", "forced colours and sorted"],
)
def test_axe_finds_nothing_with_all_details_open(open_report: Open, settings: dict[str, object], sort: bool) -> None:
    page = open_report(TINY, **settings)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    for name in ("asking", "outcomes", "answers", "length", "counts", "run"):
        page.check(f"#columns-{name}")
    if sort:
        button(page, "premature_rate").click()
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 20


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_never_scrolls_sideways(open_report: Open, width: int) -> None:
    page = open_report(SMALL, viewport={"width": width, "height": 800})
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("scheme", "paper"), [("light", "#fff"), ("dark", "#111")])
def test_pictures_show_under_the_policy_and_follow_the_scheme(open_report: Open, scheme: str, paper: str) -> None:
    page = open_report(TINY, color_scheme=scheme)
    images = page.eval_on_selector_all(
        ".pictures img", "images => images.map(image => [image.naturalWidth, atob(image.currentSrc.split(',')[1])])"
    )
    assert [width for width, _ in images] == [320] * 7
    assert all(f"fill:{paper}" in svg for _, svg in images)


def test_a_printed_page_is_no_wider_than_its_paper(open_report: Open) -> None:
    page = open_report(SMALL, viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


def test_hostile_text_is_shown_and_nothing_of_it_runs(open_report: Open) -> None:
    board = make_leaderboard(families=("arithmetic",), templates=1, boards=({},), says=HOSTILE)
    page = open_report(board, says=HOSTILE, viewport={"width": 390, "height": 800})
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.title().startswith("Who asks first?<script>")
    message = page.locator(".message").first.text_content() or ""
    assert "<script>document.title='owned'</script>" in message
    assert "{{ 7*7 }} {% raw %} ${7*7} &lt;b&gt;" in message
    assert "\N{REPLACEMENT CHARACTER}gnp.exe\N{REPLACEMENT CHARACTER}" in message
    assert (
        page.evaluate("document.querySelectorAll('main script, main style, [onerror], [onload], [onfocus]').length")
        == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"


def test_a_line_of_a_million_characters_does_not_break_the_layout(open_report: Open) -> None:
    board = make_leaderboard(models=("m",), families=("arithmetic",), templates=1, boards=({},), says="x" * 1_000_000)
    page = open_report(board, viewport={"width": 390, "height": 800})
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.documentElement.outerHTML.length") < 1_500_000
