"""One description in six syntaxes, through the command line and HTTP: one answer, byte for byte (R30)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from rdflib import Graph

from commands import run
from montages.description.parsing.parse import parse
from montages.description.parsing.source_text import MEDIA_TYPES
from montages.names import PROJECT
from montages.web import create_app

DAY = "2026-06-01"
FOLDER = Path(__file__).parent / "same-everywhere"
YAML = (FOLDER / "six-fois.yaml").read_text(encoding="utf-8")
TURTLE = (FOLDER / "six-fois.ttl").read_text(encoding="utf-8")
ENDINGS = {
    "yaml": "yaml",
    "json": "json",
    "turtle": "ttl",
    "json-ld": "jsonld",
    "xml": "rdf",
    "nt": "nt",
}


def _written() -> dict[str, str]:
    """Return the description in each syntax: two by hand, the others by rdflib or json."""
    graph = Graph().parse(data=TURTLE, format="turtle", publicID=str(PROJECT))
    tree = yaml.load(YAML, Loader=yaml.BaseLoader)  # noqa: S506  # our own text; all words stay text
    tree["layers-complete"] = True
    tree["answers"] |= {"duration-months": 144, "estimated-value": 1250000.5}
    return {
        "yaml": YAML,
        "json": json.dumps(tree, ensure_ascii=False),
        "turtle": TURTLE,
        "json-ld": graph.serialize(format="json-ld"),
        "xml": graph.serialize(format="xml"),
        "nt": graph.serialize(format="nt"),
    }


WRITTEN = _written()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the command line says of the YAML."""
    return command_line("yaml", tmp_path_factory.mktemp("yaml"))


def command_line(syntax: str, folder: Path) -> str:
    path = folder / f"six-fois.{ENDINGS[syntax]}"
    path.write_text(WRITTEN[syntax], encoding="utf-8")
    ran = run("assess", str(path), "--as-of", DAY, "--format", "json")
    assert ran.code == 0, ran.err
    return ran.out


def without_places(answer: str) -> str:
    """Return an assessment without the places where findings stand in what was sent."""
    tree: dict[str, Any] = json.loads(answer)
    places = ("where", "line", "column", "related")
    tree["findings"] = [{k: v for k, v in f.items() if k not in places} for f in tree["findings"]]
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def media_type(syntax: str, known: Mapping[str, str] = MEDIA_TYPES) -> str:
    return next(media for media, name in known.items() if name == syntax)


@pytest.mark.parametrize("syntax", WRITTEN)
def test_a_description_says_the_same_in_every_syntax(syntax: str) -> None:
    said = {s: set(parse(WRITTEN[s], s).graph) for s in ("yaml", syntax)}
    assert said[syntax] == said["yaml"]


@pytest.mark.parametrize("syntax", ["turtle", "nt"])
def test_the_command_line_answers_the_same(syntax: str, reference: str, tmp_path: Path) -> None:
    assert without_places(command_line(syntax, tmp_path)) == without_places(reference)


@pytest.mark.parametrize("syntax", ["json", "json-ld", "xml"])
def test_http_answers_the_same(syntax: str, reference: str, client: FlaskClient) -> None:
    answer = client.post(
        f"/assess?as_of={DAY}&legend=yes",
        data=WRITTEN[syntax].encode(),
        content_type=media_type(syntax),
    )
    assert without_places(answer.get_data(as_text=True)) == without_places(reference)


def test_http_gives_the_bytes_of_the_command_line(reference: str, client: FlaskClient) -> None:
    answer = client.post(
        f"/assess?as_of={DAY}&legend=yes", data=YAML.encode(), content_type="application/yaml"
    )
    assert answer.get_data(as_text=True) == reference


def test_check_gives_the_bytes_of_the_command_line(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML)
    answer = client.post("/check", data=YAML.encode(), content_type="application/yaml")
    assert answer.get_data(as_text=True) == run("check", str(path), "--format", "json").out
