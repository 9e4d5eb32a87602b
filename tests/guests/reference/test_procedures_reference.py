"""The set of procedures: every code comes back from where it leads, by a match that says how near it is."""

from __future__ import annotations

import csv
import io

from rdflib import RDF

from montages import load
from montages.knowledge.files import library
from montages.names import BASE, MTG, slug
from montages_reference import procedure_codes
from montages_reference.procedure_codes import (
    INVERSE,
    MATCHES,
    code_matches,
    notation,
    procedure_matches,
    system_of,
)

# The closed lists: DECP 2.0.3 for contracts then concessions, OCDS 1.1.
DECP = {
    "Procédure adaptée", "Appel d'offres ouvert", "Appel d'offres restreint", "Procédure avec négociation",
    "Marché passé sans publicité ni mise en concurrence préalable", "Dialogue compétitif",
    "Procédure négociée ouverte", "Procédure non négociée ouverte", "Procédure négociée restreinte",
    "Procédure non négociée restreinte",
}  # fmt: skip
OCDS = {"open", "selective", "limited", "direct"}
EFORMS = {"open", "restricted", "neg-w-call", "neg-wo-call", "comp-dial", "oth-single", "oth-mult"}
# What open-contracting/european-union-support gives for a code of eForms; `limited` is one of ours of two.
OCDS_OF_EFORMS = {
    "open": "open", "restricted": "selective", "neg-w-call": "selective", "comp-dial": "selective",
    "neg-wo-call": "limited",
}  # fmt: skip


def test_every_code_of_each_list_is_there() -> None:
    codes = {
        system: {notation(m.code) for m in procedure_matches() if system_of(m.code) == system}
        for system in ("decp", "ocds", "eforms")
    }
    assert codes == {"decp": DECP, "ocds": OCDS, "eforms": EFORMS}


def test_every_procedure_that_may_be_followed_has_a_code_of_decp_and_one_of_ocds() -> None:
    graph = library.data()
    followed = {
        iri for iri in graph.subjects(RDF.type, MTG.Procedure) if not graph.value(iri, MTG.abstract)
    }
    for system in ("decp", "ocds"):
        assert {m.thing for m in procedure_matches() if system_of(m.code) == system} == followed


def test_a_code_leads_to_ours_and_back_to_itself_and_ours_to_a_code_and_back() -> None:
    """Walked over the file: every match there has its inverse, so that the way back is never lost."""
    graph = procedure_codes.concepts(load(), "fr")
    pairs = {
        (s, slug(p).partition("#")[2] or slug(p), o) for s, p, o in graph if slug(p) in MATCHES
    }
    assert pairs
    for thing, match, code in pairs:
        assert (code, INVERSE.get(match, match), thing) in pairs
    for code in {m.code for m in procedure_matches()}:
        ours = {thing for thing, _, other in pairs if other == code and "/id/procedure/" in thing}
        back = {other for thing, _, other in pairs if thing in ours}
        assert code in back


def test_the_same_comes_back_alone_and_what_is_shared_comes_back_as_the_set() -> None:
    for match in procedure_matches():
        if system_of(match.code) != "decp":
            continue
        ours = [m for m in procedure_matches() if m.code == match.code]
        codes = [
            m for m in procedure_matches() if m.thing == match.thing and system_of(m.code) == "decp"
        ]
        expected = {
            (False, False): "exactMatch", (True, False): "broadMatch",
            (False, True): "narrowMatch", (True, True): "relatedMatch",
        }[len(ours) > 1, len(codes) > 1]  # fmt: skip
        assert match.match == expected


def test_decp_and_ocds_agree_with_what_ocds_gives_for_eforms() -> None:
    by_code = {(m.thing, system_of(m.code)): [] for m in code_matches()}  # type: ignore[var-annotated]
    for m in code_matches():
        by_code[m.thing, system_of(m.code)].append(notation(m.code))
    for (thing, system), eforms in by_code.items():
        if system == "eforms" and len(eforms) == 1:
            assert OCDS_OF_EFORMS[eforms[0]] in by_code[thing, "ocds"]


def test_the_table_of_codes_reads_both_ways() -> None:
    pairs = {
        ((r["from_system"], r["from_code"]), r["match"], (r["to_system"], r["to_code"]))
        for r in csv.DictReader(io.StringIO(procedure_codes.pairs(load(), "fr").csv().decode()))
    }
    assert {(b, INVERSE.get(m, m), a) for a, m, b in pairs} == pairs
    assert {code for (system, code), _, _ in pairs if system == "decp"} == DECP
    assert {code for (system, code), _, _ in pairs if system == "ocds"} == OCDS
    assert (("decp", "Appel d'offres ouvert"), "broadMatch", ("ocds", "open")) in pairs
    assert (("ocds", "selective"), "narrowMatch", ("decp", "Dialogue compétitif")) in pairs


def test_a_match_is_stated_by_the_data_or_says_that_it_is_our_reading() -> None:
    for match in procedure_matches():
        assert match.match in MATCHES
        assert match.stated or match.certainty == "Judgement"


def test_a_foreign_code_has_the_iri_of_its_authority_or_one_of_ours() -> None:
    for match in code_matches():
        assert system_of(match.code) in ("eforms", "ocds")
        assert str(match.code).startswith(
            (BASE, "http://publications.europa.eu/resource/authority/")
        )
