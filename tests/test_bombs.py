"""A bomb is refused within a second, and the next request is served (V4)."""

from __future__ import annotations

import io

import owlrl
import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from werkzeug.test import TestResponse

from bombs import BOMBS, HEAD, TURTLE
from montages.web import create_app
from montages.web.validation.samples import SAMPLE_TURTLE
from pace import within
from sampled_cases import sampled_cases

# Twice the second of the rule.
MOST_SECONDS = 2.0
MEDIA = ("application/problem+json", "application/json")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found = create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()
    for shapes in ("project", "catalogue", "rulebook"):
        found.post(f"/validate?shapes={shapes}", data=SAMPLE_TURTLE, content_type=TURTLE)
    return found


def bombs(path: str) -> list[str]:
    tables = ("text/csv", "application/x-ndjson")
    return [name for name, b in BOMBS.items() if path == "/validate" or b.media not in tables]


def post(client: FlaskClient, path: str, name: str) -> TestResponse:
    """Return the answer to a bomb, which must not take long."""
    bomb = BOMBS[name]
    body = bomb.make().encode("latin-1" if name == "gzip" else "utf-8")
    assert len(body) < 6_100_000
    return within(MOST_SECONDS, lambda: client.post(path, data=body, content_type=bomb.media))


def served(client: FlaskClient) -> bool:
    answer = client.post("/validate", data=SAMPLE_TURTLE, content_type=TURTLE)
    return answer.status_code == 200


# In `make prove` each of them goes to the running service: tests/attacks/description_bombs.py.
@pytest.mark.parametrize("name", sampled_cases(bombs("/validate"), 3))
def test_a_bomb_is_refused_at_once_and_the_service_goes_on(client: FlaskClient, name: str) -> None:
    answer = post(client, "/validate", name)
    assert answer.status_code in BOMBS[name].statuses
    assert answer.mimetype == MEDIA[answer.status_code == 200]
    assert served(client)


@pytest.mark.parametrize("name", sampled_cases(bombs("/assess"), 5))
def test_no_other_route_takes_a_bomb(client: FlaskClient, name: str) -> None:
    answer = post(client, "/assess", name)
    assert answer.status_code in (200, 400, 413, 422)
    assert answer.mimetype == MEDIA[answer.status_code == 200]


@pytest.mark.parametrize(
    "name",
    sampled_cases(
        (n for n in bombs("/assess") if BOMBS[n].media == TURTLE and 200 not in BOMBS[n].statuses),
        5,
    ),
)
@pytest.mark.parametrize("shapes", ["rulebook", "catalogue"])
def test_other_shapes_take_no_bomb_either(client: FlaskClient, shapes: str, name: str) -> None:
    assert post(client, f"/validate?shapes={shapes}", name).status_code in (200, 400, 413, 422)


@pytest.mark.parametrize("kind", ["mtg:RequirementVersion", "<http://www.w3.org/ns/dcat#Dataset>"])
def test_what_other_shapes_look_at_is_counted_before_they_look(
    client: FlaskClient, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = "rulebook" if kind.startswith("mtg") else "catalogue"
    text = HEAD + "".join(f"<{n}> a {kind} .\n" for n in range(15_000))

    def look(*_: object, **__: object) -> None:
        raise AssertionError("the shapes look at what is too many")

    monkeypatch.setattr("pyshacl.validate", look)
    monkeypatch.setattr("montages.validation.validate_graph.count_focus_nodes", look)
    answer = client.post(f"/validate?shapes={shapes}", data=text, content_type=TURTLE)
    assert (answer.status_code, answer.json["setting"]) == (413, "max_nodes")  # type: ignore[index]  # a problem


def test_there_are_bombs_of_every_kind() -> None:
    print(f"\n{len(BOMBS)} bombs")
    assert len(BOMBS) >= 50
    assert len({bomb.media for bomb in BOMBS.values()}) == 8


def test_many_perimeters_are_refused_before_they_are_assessed(client: FlaskClient) -> None:
    answer = post(client, "/assess?anyway=1", "many layers and perimeters")
    assert (answer.status_code, answer.json["setting"]) == (413, "max_units")  # type: ignore[index]  # a problem


def test_a_body_of_unknown_length_over_the_limit_is_refused() -> None:
    client = create_app({"MAX_CONTENT_LENGTH": 1000, "REQUEST_LOG": "off"}).test_client()
    for size, status in ((999, 200), (1000, 200), (1001, 413), (5000, 413)):
        body = SAMPLE_TURTLE.encode().ljust(size)
        answer = client.post(
            "/validate",
            input_stream=io.BytesIO(body),
            content_type=TURTLE,
            environ_overrides={"wsgi.input_terminated": True},
            headers={"Transfer-Encoding": "chunked"},
        )
        assert answer.status_code == status, size


@pytest.mark.parametrize("name", ["html in a literal", "huge exponent in turtle"])
def test_bombs_are_refused_after_a_run_of_owlrl_too(client: FlaskClient, name: str) -> None:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(Graph())
    assert post(client, "/validate", name).status_code in BOMBS[name].statuses
