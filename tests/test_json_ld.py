"""JSON-LD documents are read, compacted and framed by another processor, and say what the Turtle says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawling import client, context, docs
from json_ld_processor import compacted, dataset, dataset_of_turtle, framed
from montages.knowledge.files import library
from montages.names import BASE
from montages.publish.syntax.prefixes import SCHEMES
from page_kinds import THINGS

# One document of each kind of thing.
KINDS = {kind: path.removesuffix(".html") for kind, path in THINGS.items()}
# The document of a release describes its module, by the name of the module.
_OTHER_NAME = "release"
# Those of thousands of statements.
LONG = {"compiled-module": KINDS["compiled-module"], "void": "/void"}
_DESCRIPTION = library.projects()["deux-perimetres"].read_bytes()
SLICES = 8


def document(path: str) -> Any:
    return json.loads(client().get(f"{path}.jsonld").data)


def turtle(path: str) -> bytes:
    return client().get(f"{path}.ttl").data


def test_no_term_of_the_context_is_named_as_the_scheme_of_an_address() -> None:
    assert not set(SCHEMES) & set(context())


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=kind, marks=[pytest.mark.slow] * (kind in LONG))
        for kind, path in (KINDS | LONG).items()
    ],
)
def test_a_document_of_each_kind_is_read_and_compacted_without_loss(path: str) -> None:
    tree = document(path)
    stated = dataset(tree)
    assert len(stated) > 0
    assert stated == dataset_of_turtle(turtle(path))
    again = compacted(tree)
    assert dataset(again) == stated
    assert '"@id"' not in json.dumps(again)[:200]  # keys of the context: id, type


def test_a_page_of_the_catalogue_is_compacted_without_loss() -> None:
    tree = document("/catalog")  # it names the next page in its own format, which Turtle does not
    assert dataset(compacted(tree)) == dataset(tree)


@pytest.mark.parametrize(
    "path", [p for kind, p in KINDS.items() if kind not in (*LONG, _OTHER_NAME)]
)
def test_a_document_of_each_kind_is_framed_by_its_address(path: str) -> None:
    tree = document(path)
    iri = BASE + path[1:]
    thing = framed(tree, {"id": iri, "@embed": "@always"})
    about = [quad for quad in dataset(tree) if getattr(quad.subject, "value", "") == iri]
    again = [quad for quad in dataset(thing) if getattr(quad.subject, "value", "") == iri]
    assert {quad.predicate for quad in about} == {quad.predicate for quad in again}
    assert len(about) == len(again) > 0


def test_a_frame_by_type_gives_a_project_with_its_parts_in_place() -> None:
    project = framed(document("/id/project/dijon"), {"type": "mtg:Project"})
    assert project["id"] == f"{BASE}id/project/dijon"
    uses = project["mtg:hasLayerUse"]
    assert {use["type"] for use in uses} == {"LayerUse"}
    assert all(use["mtg:layer"].startswith(f"{BASE}id/layer/") for use in uses)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("door", "forms"),
    [
        ("assess?as_of=2026-06-01&format=", ("jsonld", "turtle")),
        ("validate?format=", ("jsonld", "ttl")),
    ],
)
def test_an_answer_of_the_service_as_json_ld_says_what_its_turtle_says(
    door: str, forms: tuple[str, str]
) -> None:
    tree, text = (
        client().post(f"/{door}{form}", data=_DESCRIPTION, content_type="application/yaml").data
        for form in forms
    )
    stated = dataset(json.loads(tree))
    assert stated == dataset_of_turtle(text)
    assert dataset(compacted(json.loads(tree))) == stated


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [pytest.param(n, marks=[pytest.mark.soak] * (n > 0)) for n in range(SLICES)]
)
def test_every_document_as_json_ld_says_what_its_turtle_says(part: int) -> None:
    paths = sorted(docs().paths)[part::SLICES]
    differing = [
        p for p in paths if dataset(document(f"/{p}")) != dataset_of_turtle(turtle(f"/{p}"))
    ]
    assert not differing
    assert len(paths) * SLICES > 4000
