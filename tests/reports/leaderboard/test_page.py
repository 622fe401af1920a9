import base64
import hashlib
import html
import json
import re
import zlib
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.benchmark.measures import MEASURES as REAL_MEASURES
from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import ALL, HEADLINE, Leaderboard
from askfirst.reports.leaderboard.cells import cost_cell, estimate_cell, format_p, to_segments
from askfirst.reports.leaderboard.exchange import cut, cut_name, showings_of, to_exchanges
from askfirst.reports.leaderboard.html import show_controls
from askfirst.reports.leaderboard.overview import to_glance, to_series
from askfirst.reports.leaderboard.page import render_page
from askfirst.reports.leaderboard.picture_slot import PICTURES
from askfirst.reports.leaderboard.profile import to_profiles
from askfirst.reports.leaderboard.report import write_report
from askfirst.reports.leaderboard.shown import BUDGET_BYTES
from askfirst.reports.leaderboard.view import main_table, slice_tables
from leaderboards import CSV, DICTIONARY, FAMILIES, HOSTILE, SVG, make_leaderboard, make_pictures

BOARD = make_leaderboard()
SCRIPTS = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def render(board: Leaderboard, says: str = "") -> str:
    return render_page(
        board, make_pictures(says), dictionary=DICTIONARY, json_text=board.model_dump_json(), csv_text=CSV
    )


PAGE = render(BOARD)


def test_the_same_leaderboard_gives_the_same_bytes() -> None:
    again = Leaderboard.model_validate_json(BOARD.model_dump_json())
    assert render(again) == PAGE


def test_the_policy_allows_our_style_and_script_by_their_hashes_and_nothing_else() -> None:
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)[0])
    [script], [style] = SCRIPTS.findall(PAGE), re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL)

    def hashed(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{hashed(style)}'; script-src 'sha256-{hashed(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert len(script.splitlines()) < 150
    assert " style=" not in PAGE, "the policy would block it"
    assert not re.search(r"\son\w+=", PAGE)


def test_the_page_names_no_other_place() -> None:
    beyond = set(re.findall(r"""(?:href|src|srcset|action)="(?!#|data:image/svg)([^"]*)""", PAGE))
    assert beyond == {"leaderboard.json", "leaderboard.csv", "viewer/index.html#/logs/x.eval"}


def test_every_link_inside_the_page_leads_somewhere() -> None:
    ids = re.findall(r'\sid="([^"]*)"', PAGE)
    assert len(ids) == len(set(ids))
    links = set(re.findall(r'href="#([^"]*)"', PAGE)) | set(re.findall(r'aria-labelledby="([^"]*)"', PAGE))
    assert links <= set(ids)


def test_the_files_carried_within_are_the_files() -> None:
    packed = dict(re.findall(r'<script type="text/plain" id="embedded-(\w+)">([^<]*)</script>', PAGE))
    files = {name: zlib.decompress(base64.b64decode(text)).decode() for name, text in packed.items()}
    assert json.loads(files["json"]) == json.loads(BOARD.model_dump_json())
    assert files["csv"] == CSV


def test_a_whole_page_of_twenty_models_and_eight_families_is_below_one_and_a_half_megabytes(tmp_path: Path) -> None:
    models = [f"vendor/model-{number}-instruct" for number in range(20)]
    board = make_leaderboard(
        models=models, families=FAMILIES, boards=({},), templates=12, dialogues=8, measures=REAL_MEASURES
    )
    # as long as those of the suite are: openings of some 900 characters, and 8 facts
    dialogues = [
        each.model_copy(update={"opening": f"{each.key} {'of iron ' * 110}", "fragments": each.fragments * 2})
        for each in board.dialogues
    ]
    sizes = accumulate(len(each.model_dump_json().encode()) for each in dialogues)
    fitting = tuple(each for each, size in zip(dialogues, sizes, strict=True) if size <= BUDGET_BYTES)
    assert len(fitting) < len(dialogues), "fewer bytes of dialogues than a report may have"
    page = write_report(board.model_copy(update={"dialogues": fitting}), tmp_path).read_text(encoding="utf-8")
    assert page.count("<figure id=") == len(PICTURES)
    csv = re.findall(r'id="embedded-csv">([^<]*)<', page)[0]
    assert zlib.decompress(base64.b64decode(csv)) == (tmp_path / "leaderboard.csv").read_bytes()
    assert len(page.encode()) < 1_500_000


def test_rows_stand_in_the_order_of_the_board_and_share_ranges_of_ranks() -> None:
    table = main_table(BOARD, BOARD.boards[0])
    assert tuple(row.entry.key for row in table.rows) == BOARD.boards[0].order
    ranks = [row.rank.text.replace("\N{EN DASH}", "-") for row in table.rows]
    assert ranks == ["1-2", "1-3", "2-4", "3-4", *"---", "older"]
    assert [row.kind for row in table.rows] == ["model"] * 4 + ["policy"] * 3 + ["older"]


def test_every_cell_says_what_the_leaderboard_says() -> None:
    for board in BOARD.boards:
        for table in (main_table(BOARD, board), *slice_tables(BOARD, board)):
            for row in table.rows:
                part = row.entry.slices[table.name]
                by_name = dict(zip((column.name for column in table.columns), row.cells, strict=True))
                for name in by_name.keys() & part.estimates.keys():
                    estimate = part.estimates[name]
                    if estimate is None:
                        assert by_name[name].text == "unscored"
                    else:
                        assert by_name[name].text == f"{estimate.mean:.2f}"
                        assert by_name[name].interval == f"[{estimate.low:.2f}, {estimate.high:.2f}]"
                assert by_name["problems"].text == str(part.problems)


def test_a_slice_is_sorted_by_its_own_headline_models_first() -> None:
    for table in slice_tables(BOARD, BOARD.boards[0]):
        kinds = [row.kind for row in table.rows]
        assert kinds == sorted(kinds, key=["model", "policy", "older"].index)
        means = [row.entry.slices[table.name].estimates[HEADLINE] for row in table.rows if row.kind == "model"]
        assert means == sorted(means, key=lambda mean: -mean.mean if mean else 1)


def test_a_pair_is_shown_once_and_linked_from_the_other_model() -> None:
    exchanges = to_exchanges(BOARD)
    first, second = (showings_of(BOARD.entries[key], exchanges)[-1] for key in ("b0-m0", "b0-m1"))
    assert [each.entry.key for each in first.exchanges] == ["b0-m0", "b0-m1"]
    assert first.elsewhere == ""
    assert second.elsewhere == first.exchanges[0].anchor


def test_a_dialogue_beside_one_that_is_not_there_stands_alone() -> None:
    lone = BOARD.model_copy(update={"dialogues": BOARD.dialogues[3:4]})
    [showing] = showings_of(BOARD.entries["b0-m0"], to_exchanges(lone))
    assert len(showing.exchanges) == 1
    assert showing.elsewhere == ""


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("viewer/index.html#/logs/a.eval", True),
        ("./viewer/index.html", True),
        ("https://example.org/view", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.invalid/x", False),
        ("", False),
    ],
)
def test_only_addresses_that_run_nothing_are_linked(address: str, linked: bool) -> None:
    dialogue = BOARD.dialogues[0].model_copy(update={"viewer": address})
    [exchange] = to_exchanges(BOARD.model_copy(update={"dialogues": (dialogue,)})).values()
    assert exchange.viewer == (address if linked else "")


def test_the_glance_leads_to_an_example_of_the_best_and_to_a_premature_turn() -> None:
    glance = to_glance(BOARD, to_exchanges(BOARD))
    assert glance is not None
    assert glance.good is not None
    assert glance.early is not None
    assert glance.best.key == glance.good.entry.key == "b0-m0"
    assert glance.early.dialogue.outcome == "premature"
    assert f'id="{glance.early.anchor}-early"' in PAGE


def test_being_first_with_nothing_is_no_praise() -> None:
    assert "Asks best" in PAGE
    [first, *_] = BOARD.boards[0].order
    entry = BOARD.entries[first]
    assert entry.shared is not None
    none = entry.model_copy(update={"shared": entry.shared.model_copy(update={"mean": 0.0, "low": 0.0})})
    board = BOARD.model_copy(update={"entries": {**BOARD.entries, first: none}})
    page = render_page(board, {}, dictionary=(), json_text="{}", csv_text="")
    assert "Asks best" not in page
    assert "First of those ranked" in page


def test_releases_of_a_model_are_a_series_from_the_first_on() -> None:
    series = to_series(BOARD)
    assert [each.name for each in series] == ["gamma-12b"] * 3
    assert [step.label for step in series[0].steps] == ["2025-11-02", "2026-02-01"]


def test_a_report_without_ranked_models_audits_gates_or_dialogues_still_renders() -> None:
    policies = {key: entry for key, entry in BOARD.entries.items() if entry.policy and entry.board == "b0"}
    bare = BOARD.model_copy(
        update={
            "boards": (BOARD.boards[0].model_copy(update={"order": tuple(policies), "pairs": ()}),),
            "entries": policies,
            "dialogues": (),
            "across": (),
            "instruments": (),
            "exploit_ceiling": None,
            "gates": (),
            "warnings": (),
        }
    )
    page = render_page(bare, {}, dictionary=(), json_text="{}", csv_text="")
    assert "No audit was given" in page
    assert "No exploit ceiling was given" in page
    assert "Asks best" not in page
    assert 'id="pictures"' not in page


def test_hostile_text_is_text() -> None:
    page = render(make_leaderboard(says=HOSTILE), HOSTILE)
    assert len(re.findall(r"<script", page)) == 3
    assert len(re.findall(r"<style", page)) == 1
    assert "<img src=x" not in page
    assert not set("\x00\x1b\u202e\u2066") & set(page)
    assert "{{ 7*7 }}" in html.unescape(page)


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_shown_text_has_no_control_and_no_mark_of_direction(text: str) -> None:
    shown = show_controls(text)
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert show_controls(shown) == shown


def test_unusual_spaces_stay_spaces() -> None:
    assert show_controls("12\u202f000\u00a0apples") == "12 000 apples"


def test_long_text_is_cut_and_what_is_left_out_is_counted() -> None:
    assert cut("x" * 5_000).endswith("x ... (1,000 more characters in the log)")
    assert cut("x" * 4_000) == "x" * 4_000
    assert cut_name("a\nb" + "x" * 200) == "a b" + "x" * 97 + " ... (103 more characters)"


def test_an_interval_that_cannot_be_seen_is_left_out() -> None:
    cell = estimate_cell(Estimate(mean=0.5, low=None, high=None, n=3, templates=1), with_bar=True)
    assert (cell.text, cell.interval) == ("0.50", "")
    assert cell.bar is not None
    assert cell.bar.low == cell.bar.high == cell.bar.mean == "50"


@pytest.mark.parametrize(
    ("cost", "text"), [(None, "no price"), (0.0, "$0.00"), (0.0123, "$0.012"), (1.5, "$1.50"), (1234.5, "$1,234.50")]
)
def test_costs_are_written_to_the_cent_or_to_two_digits(cost: float | None, text: str) -> None:
    assert cost_cell(cost).text == text


def test_p_values_below_a_thousandth_only_say_so() -> None:
    assert (format_p(0.0004), format_p(0.0351)) == ("< 0.001", "0.035")


def test_segments_fill_the_bar_in_order_and_leave_out_what_is_not_there() -> None:
    segments = to_segments({"b": 0.25, "a": 0.75, "c": 0.0}, ("a", "b", "c", "d"))
    assert [(each.name, each.start, each.width, each.tone) for each in segments] == [
        ("a", "0", "75", 0),
        ("b", "75", "25", 1),
    ]


def test_a_picture_that_adapts_by_itself_needs_no_dark_one() -> None:
    pictures = {"forest": make_pictures()["forest"].model_copy(update={"dark_svg": ""})}
    page = render_page(BOARD, pictures, dictionary=DICTIONARY, json_text="{}", csv_text="")
    assert "<source" not in page
    svg = SVG.format(paper="#fff", ink="#111", name="forest")
    assert base64.b64encode(svg.encode()).decode() in page


def test_a_profile_has_every_measure_and_every_slice() -> None:
    [profile] = [each for each in to_profiles(BOARD, to_exchanges(BOARD)) if each.entry.key == "b0-m0"]
    names = [name for name, _, _ in profile.measures]
    assert names == [*profile.entry.slices[ALL].estimates, "recovery", "use_gap"]
    templates = [f"template:{family}/{name}" for family, parts in profile.templates for name, _ in parts]
    parts = len(profile.parts) + len(templates) + 1
    assert parts == len(profile.entry.slices)
    assert [line.label for line in profile.elsewhere] == ["2025-11-02", "condition drip", "persona terse"]
