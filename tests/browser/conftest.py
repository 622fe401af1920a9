"""One browser a module, and pages that are watched: whatever they log as an error or ask of a network is a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from askfirst.reports.leaderboard.board import Leaderboard
from askfirst.reports.leaderboard.page import render_page
from leaderboards import CSV, DICTIONARY, make_pictures

Open = Callable[..., Page]
"""Opens a leaderboard's page from disk: takes it, and what a browser's context may be set to."""


# not a session: while Playwright runs, no other event loop may, and other modules' tests need theirs
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium on the path; expected one where CI runs; apt-get install chromium")
        pytest.skip("no chromium on the path; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def render_once() -> Callable[[Leaderboard, str], str]:
    """Render a leaderboard's page, or take the one that another test had rendered."""
    rendered: list[tuple[Leaderboard, str, str]] = []

    def render(board: Leaderboard, says: str) -> str:
        for known, said, text in rendered:
            if known is board and said == says:
                return text
        data = board.model_dump_json()
        text = render_page(board, make_pictures(says), dictionary=DICTIONARY, json_text=data, csv_text=CSV)
        rendered.append((board, says, text))
        return text

    return render


@pytest.fixture
def open_report(browser: Browser, render_once: Callable[[Leaderboard, str], str], tmp_path: Path) -> Iterator[Open]:
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_one(board: Leaderboard, says: str = "", **settings: Any) -> Page:
        file = tmp_path / f"{len(contexts)}" / "index.html"
        file.parent.mkdir()
        file.write_text(render_once(board, says), encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))

        def watch(url: str) -> None:
            if not url.startswith((file.as_uri(), "data:", "blob:")):
                complaints.append(f"request: {url}")

        page.on("request", lambda request: watch(request.url))
        page.goto(file.as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []
