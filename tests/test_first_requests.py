"""What a service asks itself before it serves: it answers all of it."""

from __future__ import annotations

from collections import Counter

import pytest

from montages.web import create_app
from montages.web.first_requests import first_requests

ADVICE = ("/questions", "/what-if", "/compose", "/compare", "/projet")


@pytest.mark.slow(seconds=6)
def test_every_first_request_is_answered() -> None:
    client = create_app({"REQUEST_LOG": "off", "RATE_LIMIT": 0}).test_client()
    answers = [client.open(each, follow_redirects=True) for each in first_requests()]
    assert [answer.request.path for answer in answers if answer.status_code >= 400] == []


def test_every_door_that_advises_is_asked_about_every_example() -> None:
    asked = Counter(each.path for each in first_requests())
    assert min(asked[path] for path in ADVICE) >= 4
