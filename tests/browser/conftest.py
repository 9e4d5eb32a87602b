from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from served import CHROMIUM, MISSING, STYLED, service

# A slow machine takes its time: what is expected of a page is waited for as long as the page itself.
_PATIENCE = 150_000
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    if not STYLED:
        pytest.skip("No browser libraries here. To run the browser tests: make vendor")
    with service() as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, locale="fr-FR", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(_PATIENCE)
    found = context.new_page()
    faults: list[str] = []
    found.on("pageerror", lambda error: faults.append(str(error)))
    outside: list[str] = []
    found.on("request", lambda r: outside.append(r.url) if not r.url.startswith(address) else None)
    yield found
    context.close()
    assert faults == []
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []
