"""The service in a thread and Debian's chromium, for browser tests and screenshots."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from montages.web import create_app
from montages.web.pages.page_context import STATIC
from served_application import served_application
from whole_service import whole_configuration

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
STYLED = (STATIC / "vendor" / "pico.classless.min.css").is_file()
MISSING = "No chromium here. To run the browser tests: apt-get install chromium"
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(
    not AXE.is_file(), reason="No axe-core here. To run this test: npm ci"
)
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def service() -> Iterator[str]:
    """Yield the address of the whole service, answering until the end of the block."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with (
        tempfile.TemporaryDirectory() as folder,
        served_application(create_app(whole_configuration(Path(folder)))) as address,
    ):
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless browser with an empty profile of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()
