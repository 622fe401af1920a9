from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from askfirst.reports.leaderboard.index import write_index
from leaderboards import HOSTILE, make_leaderboard


def test_a_site_leads_to_its_reports_and_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    for name, board in {"first one": make_leaderboard(boards=({},)), "hostile": make_leaderboard(says=HOSTILE)}.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "leaderboard.json").write_text(board.model_dump_json(), encoding="utf-8")
        (folder / "index.html").write_text("<title>report</title>", encoding="utf-8")
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(write_index(tmp_path).as_uri())
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.click("tbody a >> nth=1")
    assert page.title() == "report"
    page.close()
    assert complaints == []
