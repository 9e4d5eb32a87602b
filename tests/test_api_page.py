"""The page of the programming interface: five commands for curl, each of which works (O2)."""

from __future__ import annotations

import html
import re
import shlex
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from crawling import client
from page_kinds import HTML

BASE = "http://localhost"
FORM = "application/x-www-form-urlencoded"


def sent(command: str) -> TestResponse:
    """Return what a command for curl gets, read from its text."""
    program, url, *options = shlex.split(command)
    assert program == "curl"
    pairs = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ", 1) for name, value in pairs if name == "-H")
    path, named = url.removeprefix(BASE), dict(pairs)
    if "--data-urlencode" in named:
        body = urlencode([tuple(named["--data-urlencode"].split("=", 1))])
        return client().post(path, headers={"Content-Type": FORM} | headers, data=body)
    if "--data" in named:
        return client().post(path, headers=headers, data=named["--data"].encode())
    return client().get(path, headers=headers)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_shows_five_commands_in_one_line_that_work(lang: str) -> None:
    page = client().get(f"/api?lang={lang}", headers={"Accept": HTML}).text
    commands = [html.unescape(text) for text in re.findall(r"<code>(curl .*?)</code>", page)]
    assert len(commands) == 5
    for command in commands:
        answer = sent(command)
        assert answer.status_code == 200, answer.text[:300]
        assert answer.content_type.startswith(("application/json", "text/csv"))
    assert 'href="http://localhost/openapi.json"' in page or 'href="/openapi.json"' in page
