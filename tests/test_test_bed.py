"""The European test bed's validator, configured by our file, has our shapes and all that they read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, SH, Graph
from rdflib.term import Node

from montages.knowledge.files import library
from shape_cases import shape_cases

FILE = library.ROOT / "docs" / "test-bed" / "config.properties"


@cache
def settings() -> dict[str, str]:
    text = FILE.read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}


def files(kind: str) -> list[Path]:
    """Return the files of a type, those at the top of a folder for a folder, as the validator takes them."""
    named = [
        library.ROOT / one.strip() for one in settings()[f"validator.shaclFile.{kind}"].split(",")
    ]
    return [
        file for path in named for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])
    ]


@cache
def shapes(kind: str) -> Graph:
    return library.read(files(kind))


def test_each_type_has_its_label_and_files_that_exist_and_import_nothing() -> None:
    kinds = [kind.strip() for kind in settings()["validator.type"].split(",")]
    keys = {f"validator.{key}.{kind}" for key in ("typeLabel", "shaclFile") for kind in kinds}
    assert settings().keys() == {"validator.type"} | keys
    for kind in kinds:
        assert all(file.is_file() for file in files(kind))
        assert (None, SH.targetClass, None) in shapes(kind)
        assert (None, OWL.imports, None) not in shapes(kind)  # it would ask the network for them


def found(description: Graph) -> set[Node | None]:
    """Return the shapes that find a fault, data and shapes put together as the validator does."""
    every = shapes("project")
    _, results, _ = pyshacl.validate(description + every, shacl_graph=every, advanced=False)
    assert isinstance(results, Graph)
    return {
        results.value(node, SH.sourceShape)
        for node in results.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize(
    "name", ["Project-holder", "Description-retainedChannel", "Actor-siren", "Description-usage"]
)
def test_it_finds_in_a_description_what_the_shape_says_and_nothing_in_a_valid_one(
    name: str,
) -> None:
    for case in (case for case in shape_cases() if case.shape == name):
        graph = Graph().parse(data=case.text, publicID="https://example.org/")
        faults = {str(shape).rpartition("/")[2] for shape in found(graph)}
        assert (name in faults) == case.name.startswith("invalid"), (case.name, faults)


def test_it_finds_nothing_in_our_own_files() -> None:
    assert found(Graph()) == set()
