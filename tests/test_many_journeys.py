"""Two hundred officers, eight at a time, from a sentence to the answer: each page comes, none too late."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from test_officer_journeys import PAIRS
from tool_forms import ToolForm

sys.path.append(str(Path(__file__).parent / "bench"))

import servers

pytestmark = pytest.mark.soak
JOURNEYS, AT_ONCE, STEPS = 200, 8, 15


def journey(address: str, number: int) -> list[tuple[int, float]]:
    """Return the status and the seconds of each page, from the sentence to the result."""
    case, expected = PAIRS[number % len(PAIRS)]
    # One in three knows nothing beyond the sentence.
    answers = {} if number % 3 == 0 else expected["answers"]
    path, pages = f"/projet?{urlencode({'sentence': case['sentence']})}", []
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    for _ in range(STEPS):
        while True:
            begun = time.perf_counter()
            connection.request(
                "GET", path, headers={"Accept": "text/html", "Accept-Language": "fr"}
            )
            response = connection.getresponse()
            text = response.read().decode()
            pages.append((response.status, time.perf_counter() - begun))
            if response.status != 302:
                break
            path = response.headers["Location"]
        form = ToolForm(text)
        if response.status != 200 or not form.asked:
            break
        path = f"/projet?{form.query(answers.get(form.asked, '?'))}"
    connection.close()
    return pages


def test_two_hundred_journeys_at_eight_at_once_have_no_error() -> None:
    with servers.montages({}) as address, ThreadPoolExecutor(AT_ONCE) as pool:
        journeys = list(pool.map(lambda number: journey(address, number), range(JOURNEYS)))
    pages = [page for pages in journeys for page in pages]
    seconds = sorted(second for _, second in pages)
    print(
        f"{len(pages)} pages, p50 {seconds[len(seconds) // 2] * 1000:.0f} ms, "
        f"p99 {seconds[len(seconds) * 99 // 100] * 1000:.0f} ms, longest {seconds[-1]:.1f} s"
    )
    assert {status for status, _ in pages} <= {200, 302}
    assert all(pages[-1][0] == 200 for pages in journeys)
