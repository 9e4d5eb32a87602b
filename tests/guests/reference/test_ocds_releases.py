"""A project in others' words is valid there: OCDS by its schema and our extension, ePO by what it asks."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from jsonschema import Draft4Validator
from rdflib import RDF, Graph, URIRef

from commands import run
from crawling import client
from montages.api import load
from montages.assessment.assessment import Assessment
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import ID
from montages_reference import EPO, OCDS
from montages_reference.epo_turtle import turtle
from montages_reference.ocds_extension import codelist, example, extension, release_schema
from montages_reference.ocds_release import UNREGISTERED, package, release
from montages_reference.procedure_codes import NATURES, SYSTEMS, code_of

HERE = Path(__file__).parent
SCHEMA = HERE / "ocds" / "release-schema-1.1.5.json"
DIGEST = "bf18280598c08c9889051a61e1cd39af8e1aebbfb9c260c31be155604026a149"
DAY = "2026-06-01"
_EPO = "http://data.europa.eu/a4g/ontology#"


@cache
def assessments() -> tuple[Assessment, ...]:
    return tuple(load().assess_all(list(library.projects()), as_of=DAY, lang="en", anyway=True))


@cache
def validator() -> Draft4Validator:
    """Return the check of a release by the schema of OCDS, our patch merged into it."""
    schema = json.loads(SCHEMA.read_bytes())
    return Draft4Validator(_merged(schema, json.loads(release_schema(load(), "en"))))


def _merged(target: Any, patch: Any) -> Any:
    """Return what a JSON Merge Patch (RFC 7396) makes of a document."""
    if not isinstance(patch, dict):
        return patch
    out = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        out[key] = _merged(out.get(key), value)
    return out


def test_the_schema_is_the_one_that_is_named() -> None:
    assert hashlib.sha256(SCHEMA.read_bytes()).hexdigest() == DIGEST


def test_every_project_is_a_release_valid_by_the_schema_with_the_extension() -> None:
    Draft4Validator.check_schema(validator().schema)
    for assessment in assessments():
        written = release(assessment)
        faults = [error.message for error in validator().iter_errors(written)]
        assert not faults, (assessment.premises.project, faults)
        assert written["ocid"].startswith(UNREGISTERED)
        assert "#" not in written["id"]


# Where the codes of a release stand, and the list that each is of.
CODES = {
    "tag": "releaseTag",
    "initiationType": "initiationType",
    "roles": "partyRole",
    "tender/status": "tenderStatus",
    "lots/status": "tenderStatus",
    "procurementMethod": "method",
    "mainProcurementCategory": "procurementCategory",
    "awards/status": "awardStatus",
    "contracts/status": "contractStatus",
}


def codes(tree: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the codes of a release, each with its list; our extension has its own."""
    if isinstance(tree, list):
        for part in tree:
            yield from codes(part, place)
    elif isinstance(tree, dict):
        for name, part in tree.items():
            if name != "contractualArrangement":
                yield from codes(part, f"{place}/{name}")
    for end, listed in CODES.items():
        if isinstance(tree, str) and f"{place}/".endswith(f"/{end}/"):
            yield listed, tree


def test_every_code_is_one_of_the_list_that_the_standard_has() -> None:
    lists = {
        path.stem: {row["Code"] for row in csv.DictReader(path.read_text("utf-8").splitlines())}
        for path in (HERE / "ocds" / "codelists").iterdir()
    }
    assert set(lists) == set(CODES.values())
    written = [code for one in assessments() for code in codes(release(one))]
    assert {listed for listed, _ in written} == set(lists)
    assert not [(listed, code) for listed, code in written if code not in lists[listed]]


def test_a_package_is_valid_by_its_schema() -> None:
    schema = json.loads((HERE / "ocds" / "release-package-schema-1.1.5.json").read_bytes())
    schema["properties"]["releases"]["items"] = {}  # each by its own, above
    faults = Draft4Validator(schema).iter_errors(json.loads(package(assessments())))
    assert not [fault.message for fault in faults]


def test_the_schema_sees_a_field_of_the_extension_that_is_wrong() -> None:
    wrong = release(assessments()[0])
    wrong["tender"]["contractualArrangement"] = {"id": "mpgp", "status": "signed", "legalBasis": {}}
    paths = {error.absolute_path[-1] for error in validator().iter_errors(wrong)}
    assert paths == {"status", "legalBasis"}


def test_a_package_says_what_readers_of_packages_ask() -> None:
    whole = json.loads(package(assessments()))
    assert whole["version"] == "1.1"
    assert set(whole) == {"uri", "version", "extensions", "publishedDate", "publisher", "releases"}
    assert len({one["ocid"] for one in whole["releases"]}) == len(whole["releases"])
    assert whole["extensions"][0].endswith("/contractual-arrangement/extension.json")
    assert package(assessments()) == package(assessments())


def test_the_contract_that_was_retained_comes_before_the_one_advised() -> None:
    dijon = next(a for a in assessments() if a.premises.description.slug == "dijon")
    tender = release(dijon)["tender"]
    assert tender["contractualArrangement"]["id"] == "mpgp"
    assert tender["contractualArrangement"]["status"] == "retained"
    assert tender["procurementMethodDetails"] == "Competitive dialogue"


def test_a_project_in_several_contracts_has_a_lot_for_each() -> None:
    several = next(a for a in assessments() if a.premises.description.slug == "deux-perimetres")
    tender = release(several)["tender"]
    assert [lot["contractualArrangement"]["id"] for lot in tender["lots"]] == ["dsp", "regie"]
    assert "contractualArrangement" not in tender


def test_the_codelist_of_the_extension_has_every_contract_and_its_example_is_valid() -> None:
    knowledge = load()
    rows = list(csv.DictReader(io.StringIO(codelist(knowledge, "en").decode())))
    contracts = [a.slug for a in rulebook().arrangements.values() if a.kind == "contract"]
    assert [row["Code"] for row in rows] == contracts
    metadata = json.loads(extension(knowledge, "en"))
    assert metadata["schemas"] == ["release-schema.json"]
    (one,) = json.loads(example(knowledge, "en"))["releases"]
    assert not list(validator().iter_errors(one))
    assert one["tender"]["contractualArrangement"]["id"] in contracts


def test_a_dialogue_has_its_code_and_a_call_for_tenders_that_may_be_either_has_none() -> None:
    dialogue, tenders = (
        URIRef(f"{ID}procedure/{name}") for name in ("dialogue-competitif", "procedure-formalisee")
    )
    eforms = SYSTEMS["eforms"]
    assert code_of(dialogue, eforms) == URIRef(f"{eforms}comp-dial")
    assert code_of(tenders, eforms) is None
    assert code_of(URIRef(f"{ID}main-object/supplies"), NATURES) == URIRef(f"{NATURES}supplies")


EPO_FILES = {
    "ePO_core_shapes-4.2.0.ttl": "562a0aee795193c3a54cc0cd4cc5e6b9f3f3b7114b26428481f738458b69972e",
    "ePO_core-4.2.0.ttl": "f44bb3351b2fc15d3e5f028482b65c6f16ff6344c3a5497bd606f9a47aa7af73",
}


def test_every_project_in_epo_meets_the_shapes_of_epo_and_has_terms_of_epo_alone() -> None:
    for name, digest in EPO_FILES.items():
        assert hashlib.sha256((HERE / "epo" / name).read_bytes()).hexdigest() == digest
    shapes, ontology = (Graph().parse(HERE / "epo" / name) for name in EPO_FILES)
    graph = Graph().parse(data=turtle(assessments()), format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)
    assert conforms, report
    known = {str(term) for term in ontology.subjects()}
    used = {str(p) for p in graph.predicates()} | {str(o) for o in graph.objects(None, RDF.type)}
    assert {term for term in used if term.startswith(_EPO)} <= known
    parts = set(graph.subjects(RDF.type, URIRef(f"{_EPO}PlannedProcurementPart")))
    assert len(parts) >= len(assessments())
    assert 105000000 in {
        float(str(o)) for o in graph.objects(None, URIRef(f"{_EPO}hasAmountValue"))
    }


def test_the_shapes_of_epo_see_a_procedure_without_a_type() -> None:
    shapes, ontology = (Graph().parse(HERE / "epo" / name) for name in EPO_FILES)
    graph = Graph().parse(data=turtle(assessments()), format="turtle")
    graph.remove((None, URIRef(f"{_EPO}hasProcedureType"), None))
    assert not pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology)[0]


def test_the_command_and_the_service_write_both_forms(tmp_path: Path) -> None:
    for name, form in (("ocds", OCDS), ("epo", EPO)):
        written = run(
            "assess", "exemple-metropole", "--format", name, "--as-of", DAY, "--lang", "en"
        ).out
        body = (library.ROOT / "data/examples/exemple-metropole.yaml").read_bytes()
        headers = {"Content-Type": "application/yaml"}
        path = f"/assess?as_of={DAY}&lang=en"
        asked = client().post(f"{path}&format={name}", data=body, headers=headers)
        assert asked.get_data(as_text=True) == written
        assert asked.mimetype == form.media_type
        assert asked.mimetype_params["profile"] == form.profile
        for header in (
            {"Accept": f'{form.media_type};profile="{form.profile}"'},
            {"Accept": form.media_type, "Accept-Profile": f"<{form.profile}>"},
        ):
            assert client().post(path, data=body, headers=headers | header).data == asked.data


def test_the_address_of_a_project_gives_both_forms_by_name_and_by_profile() -> None:
    path = (
        "/projet?holder=commune&usages=street-lighting&contract-object=works&estimated-value=900000"
    )
    for name, form in (("ocds", OCDS), ("epo", EPO)):
        named = client().get(f"{path}&as_of={DAY}&format={name}")
        assert (named.status_code, named.mimetype) == (200, form.media_type)
        assert named.mimetype_params["profile"] == form.profile
        assert b"900000" in named.data
        header = {"Accept": f'{form.media_type};profile="{form.profile}"'}
        assert client().get(f"{path}&as_of={DAY}", headers=header).data == named.data


def test_a_batch_writes_a_package_of_what_it_could_assess(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("commune-fournitures", "deux-perimetres"):
        path = library.projects()[name]
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "in" / "broken.yaml").write_text("holder: [", "utf-8")
    out = tmp_path / "releases.json"
    run("batch", str(tmp_path / "in"), "-o", str(out), "--as-of", DAY, "--workers", "1", "--quiet")
    whole = json.loads(out.read_bytes())
    assert [one["ocid"].removeprefix(UNREGISTERED) for one in whole["releases"]] == [
        "commune-fournitures",
        "deux-perimetres",
    ]
    for one in whole["releases"]:
        assert not list(validator().iter_errors(one))
    assert (tmp_path / "releases.json.errors.jsonl").exists()
    assert not (tmp_path / "releases.json.rows").exists()
