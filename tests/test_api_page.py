"""The programming interface as pages: five calls with their answers, a page an operation (O2)."""

from __future__ import annotations

import contextlib
import html
import io
import re
import shlex
import threading
from typing import Any
from urllib.error import HTTPError

import pytest
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from crawling import client
from montages.web import ROUTES
from montages.web.api_examples import EXAMPLES, ApiAnswer, ApiExample, example_answer
from montages.web.api_page import STATUSES
from montages.web.openapi_document import path_of
from montages.web.request_snippet import RequestSnippet, request_snippet
from montages.web.route import Route
from page_kinds import HTML

BASE = "http://localhost"
# What each may answer to its own example: an answer, a redirect, that an extra is not installed here.
GOOD = (200, 206, 302, 303, 501)
# Figures may ask for a token.
QUIET = ("/metrics",)


def sent(operation: Route) -> TestResponse:
    """Return what the command for curl of an operation gets, read from its text."""
    return sent_by(request_snippet(operation, BASE))


def sent_by(snippet: RequestSnippet) -> TestResponse:
    """Return what the command for curl of a request gets, read from its text."""
    words = shlex.split(snippet.curl.replace("\\\n", " "))
    assert words[0] == "curl"
    url, options = words[1], list(zip(words[2::2], words[3::2], strict=True))
    headers = [tuple(v.split(": ", 1)) for name, v in options if name == "-H"]
    body = next((v for name, v in options if name == "--data"), None)
    arguments: dict[str, Any] = {"headers": headers}
    if body is None:
        return client().get(url.removeprefix(BASE), **arguments)
    return client().post(url.removeprefix(BASE), data=body.encode(), **arguments)


def example_answer_of(example: ApiExample, lang: str) -> ApiAnswer:
    with client().application.app_context():
        answer = example_answer(example, lang, BASE)
    assert answer is not None
    return answer


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_operation_has_a_page_with_what_it_takes_and_answers(lang: str) -> None:
    shown = html.unescape(client().get(f"/api?lang={lang}", headers={"Accept": HTML}).text)
    pages = re.findall(r'<a href="(/api/[^"]+)"><code>([^<]+)</code>', shown)
    names = {f"{o.method.upper()} {path_of(o.path)}": o for o in ROUTES if o.handler is not None}
    assert set(names) <= {name for _, name in pages}
    assert len({address for address, _ in pages}) == len(pages)
    for address, name in [pair for pair in pages if pair[1] in names][::9]:
        operation = names[name]
        page = html.unescape(client().get(address, headers={"Accept": HTML}).text)
        assert f"<h1><code>{name}</code></h1>" in page
        assert operation.summary[lang] in page.replace("\u00a0", " "), name
        assert all(f"<code>{parameter.name}</code>" in page for parameter in operation.parameters)
    assert client().get("/api/post-nothing").status_code == 404


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_of_the_five_calls_stands_beside_what_it_answers(lang: str) -> None:
    shown = html.unescape(client().get(f"/api?lang={lang}", headers={"Accept": HTML}).text)
    assert len(EXAMPLES) == 5
    for example in EXAMPLES:
        command = example.snippet(lang, BASE)
        assert command.curl in shown
        answer = sent_by(command)
        assert answer.status_code == 200, answer.text[:300]
        shortened = example_answer_of(example, lang)
        assert shortened.text in shown
        assert shortened.size == len(answer.data)


def test_every_status_that_an_operation_answers_is_said_in_words() -> None:
    assert {status for o in ROUTES for status in o.answers} <= set(STATUSES)


@pytest.mark.parametrize(
    "path", ["/assess", "/questions", "/what-if", "/compare", "/compose", "/check", "/validate"]
)
def test_the_command_for_curl_of_a_door_of_descriptions_works(path: str) -> None:
    operation = next(o for o in ROUTES if (o.method, o.path) == ("post", path))
    answer = sent(operation)
    assert answer.status_code == 200, answer.text[:300]


@pytest.mark.slow
def test_every_command_for_curl_that_reads_works() -> None:
    refused = []
    for operation in ROUTES:
        if operation.method == "get" and operation.path not in QUIET:
            with sent(operation) as answer:
                if answer.status_code not in GOOD:
                    refused.append((operation.path, answer.status_code))
    assert refused == []


@pytest.mark.slow
def test_the_requests_in_python_work() -> None:
    server = make_server("127.0.0.1", 0, client().application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        for operation in ROUTES:
            if operation.path not in ("/seuils.json", "/assess", "/questions", "/contracts.json"):
                continue
            base, out = f"http://127.0.0.1:{server.server_port}", io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.suppress(HTTPError):
                exec(request_snippet(operation, base).python, {})  # noqa: S102  # ours, as printed
            assert out.getvalue().startswith(("{", "[")), operation.path
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
