"""What a service asks itself before it serves: it answers all of it."""

from __future__ import annotations

from collections import Counter

import pytest

from montages.web import create_app
from montages.web.first_requests import first_requests
from montages.web.server import asked_first

ADVICE = ("/questions", "/what-if", "/compose", "/similar", "/compare", "/fork", "/projet")


@pytest.mark.slow(seconds=6)
def test_every_first_request_is_answered() -> None:
    client = create_app({"REQUEST_LOG": "off", "RATE_LIMIT": 0}).test_client()
    refused = [each for each in first_requests() if asked_first(client, each) >= 400]
    assert refused == []


def test_every_door_that_advises_is_asked_about_every_example() -> None:
    asked = Counter(each.path.split("?")[0] for each in first_requests())
    assert min(asked[path] for path in ADVICE) >= 4
