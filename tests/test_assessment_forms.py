"""An assessment in every form: text, page, JSON and RDF say the same, each in its own way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jsonschema
import pytest
from rdflib import PROV, RDF, Graph
from rdflib.compare import isomorphic
from rich.console import Console

from commands import run
from description_files import parse_file
from montages import Assessment, load
from montages.assessment.retained import CONSTRAINT
from montages.description.parsing.parse import panel_description, parse
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.names import MTG
from montages.publish import assessment_page
from montages.publish.linked_data import formats
from montages.publish.text import (
    assessment_rows,
    assessment_text,
    explanation,
    procedure_lines,
    typeset,
    verdict_rows,
)
from mutations import SCHEMA

DAY = "2026-06-01"
DATA = library.ROOT / "data"

AGAINST = """
project: Retenu contre les faits
holder: {type: Commune}
layers: [{layer: objects, mode: own}]
answers: {exploitation-risk: none, remuneration: price}
retained: concession
"""
ASSUMED = """
project: Une réponse supposée
holder: {type: Commune}
layers: [{layer: objects, mode: own}]
assumes: {exploitation-risk: none, competence-held: yes}
unknown: [remuneration]
"""


@pytest.fixture(scope="module")
def assessments() -> dict[str, Assessment]:
    """Assess once all the projects that the tests of this file look at."""
    sources = {
        "dijon": parse_file(DATA / "projects/dijon.ttl"),
        "example": parse_file(DATA / "examples/exemple-metropole.yaml"),
        "two": parse_file(DATA / "examples/deux-perimetres.yaml"),
        "against": parse(AGAINST, "yaml"),
        "assumed": parse(ASSUMED, "yaml"),
    }
    results = load().assess_all(list(sources.values()), as_of=date.fromisoformat(DAY))
    return dict(zip(sources, results, strict=True))


def printed(assessment: Assessment, width: int = 80, lang: str | None = None) -> str:
    return typeset.plain(assessment_text.assessment_text(assessment, lang), width)


@pytest.mark.slow
def test_the_schema_is_true_of_every_assessment(assessments: dict[str, Assessment]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    for assessment in assessments.values():
        for lang in ("fr", "en"):
            for brief in (False, True):
                tree = assessment.to_json(lang, brief=brief)
                validator.validate(tree)
                assert not validator.is_valid(tree | {"more": 1})


def test_a_brief_graph_is_the_part_of_the_whole_that_judges_the_project(
    assessments: dict[str, Assessment],
) -> None:
    whole, brief = assessments["two"].graph(), assessments["two"].graph(brief=True)
    assert set(brief) <= set(whole)
    (it,) = brief.subjects(RDF.type, MTG.Assessment)
    dated = (str(brief.value(it, MTG.asOf)), str(brief.value(it, MTG.rulebookVersion)))
    assert dated == (DAY, load().version)
    assert set(brief.objects(None, MTG.verdictKind)) == set(whole.objects(None, MTG.verdictKind))
    assert {MTG.ProjectVerdict} == set(brief.objects(None, RDF.type)) & {
        MTG.ProjectVerdict,
        MTG.UnitVerdict,
        MTG.Check,
    }


@pytest.mark.slow
def test_the_graph_is_the_same_in_turtle_and_json_ld(assessments: dict[str, Assessment]) -> None:
    graph = assessments["two"].graph()
    (it,) = graph.subjects(RDF.type, MTG.Assessment)
    assert (it, PROV.wasDerivedFrom, assessments["two"].premises.project) in graph
    assert str(graph.value(it, MTG.asOf)) == DAY
    kinds = set(graph.objects(None, MTG.verdictKind))
    assert kinds == {v.verdict.iri for v in assessments["two"].conclusions.verdicts}
    assert set(graph.subjects(MTG.dutyState)) == set(graph.objects(None, MTG.hasDuty))
    for form, name in (("ttl", "turtle"), ("jsonld", "json-ld")):
        text = formats.in_full([assessments["two"].graph()], form)
        assert text == formats.in_full([assessments["two"].graph()], form)
        assert isomorphic(Graph().parse(data=text, format=name), graph)


@pytest.mark.slow
def test_the_page_stands_alone_and_says_what_the_terminal_says(
    assessments: dict[str, Assessment],
) -> None:
    page = assessment_page.page([assessments["two"], assessments["dijon"]])
    assert "<script" not in page
    assert "src=" not in page
    assert '<html lang="fr">' in page
    for verdict in assessments["two"].conclusions.verdicts:
        assert (
            assessment_page.page([assessments["two"]]).count(
                verdict.arrangement.label.fr.replace("'", "&#39;")
            )
            >= 1
        )
    assert "ne vaut pas conseil juridique" in page
    assert assessments["dijon"].premises.contest.replace("&", "&amp;") in page
    assert "Contracts" in assessment_page.page([assessments["two"]], "en")


@pytest.mark.parametrize("width", [80, 120])
def test_text_fits_its_width_without_boxes_or_trailing_blanks(
    assessments: dict[str, Assessment], width: int
) -> None:
    for assessment in assessments.values():
        for lang in ("fr", "en"):
            lines = printed(assessment, width, lang).splitlines()
            too_long = [line for line in lines if len(line) > width and "/contest?" not in line]
            assert too_long == []
            assert not any(line != line.rstrip() for line in lines)
            assert not any("\u2500" <= c <= "\u257f" for line in lines for c in line)


def test_text_is_coloured_on_a_terminal_only(assessments: dict[str, Assessment]) -> None:
    thing = assessment_text.assessment_text(assessments["example"])
    assert "\x1b" in typeset.render(Console(force_terminal=True, width=80), thing)
    assert "\x1b" not in typeset.plain(thing)


def test_text_tells_apart_unknown_violated_and_assumed(assessments: dict[str, Assessment]) -> None:
    assert "(selon ce que nous présumons)" in printed(assessments["assumed"], 200)
    assert "1 déclarée inconnue" in printed(assessments["assumed"])
    assert "aucune information" in printed(assessments["dijon"])
    assert "Non satisfaites" in printed(assessments["against"])


def test_a_contract_that_is_named_for_a_part_says_which(assessments: dict[str, Assessment]) -> None:
    two = assessments["two"]
    words = " ".join(printed(two, 120).split())
    assert "pour une partie du projet (Capteurs et compteurs — Secteur sud, en régie)" in words
    first, other, *_ = verdict_rows.contract_rows(two.conclusions, "fr")
    assert [(row.anchor, row.group) for row in (first, other)] == [
        (each.row.contract, each.row.shown.verdict.value) for each in two.answer.rows
    ]
    assert other.anchor == "regie"


def test_what_is_told_of_a_contract_in_full_is_what_its_row_says(
    assessments: dict[str, Assessment],
) -> None:
    for assessment in assessments.values():
        detailed = {r.arrangement.slug: r for r in verdict_rows.detailed(assessment.conclusions)}
        proposed = {
            r.arrangement.slug
            for r in assessment.conclusions.verdicts
            if r.arrangement.kind == "contract"
        }
        assert proposed <= detailed.keys()
        for row in verdict_rows.contract_rows(assessment.conclusions, "fr"):
            assert detailed[row.anchor] is row.result


@pytest.mark.slow
def test_the_procedures_begin_with_those_of_the_contract_that_is_named(
    assessments: dict[str, Assessment],
) -> None:
    cases = [load().assess(panel_description(c), as_of=c.as_of, anyway=True) for c in panel()[::9]]
    told = 0
    for assessment in (*assessments.values(), *cases):
        procedure = assessment.answer.procedure
        if procedure is not None:
            first = dict(procedure_lines.procedures(assessment.conclusions, "fr")[0].verdicts)
            assert first["sufficient"] == (procedure.arrangement.label.fr,)
            told += 1
    assert told > 10


def test_what_is_retained_is_told_in_full_as_it_is_judged(
    assessments: dict[str, Assessment],
) -> None:
    assert {len(it.coherence.retained) for it in assessments.values()} >= {0, 1, 2}
    for assessment in assessments.values():
        for retained in assessment.coherence.retained:
            shown = assessment_rows.retained_verdict(assessment.conclusions, retained)
            assert shown is not None
            assert shown.verdict == retained.verdict


def test_the_summary_counts_retained_contracts(assessments: dict[str, Assessment]) -> None:
    line = assessment_text.summary([assessments["dijon"], assessments["against"]], "fr")
    assert line.startswith("2 projets, 2 contrats retenus : 1 à vérifier")
    assert "1 écarté par vos réponses" in line
    assert "il manque le plus souvent" in line


def test_a_retained_contract_against_the_facts_is_shown_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(AGAINST)
    result = run("assess", str(tmp_path / "a.yaml"), "--as-of", DAY)
    assert result.code == 1
    assert "Le contrat retenu contredit les faits décrits" in result.out
    assert "CE QUI CONVIENT" in result.out or "À VÉRIFIER" in result.out


def test_the_finding_is_in_the_json(assessments: dict[str, Assessment]) -> None:
    (finding,) = [
        f for f in assessments["against"].coherence.findings if f.constraint == str(CONSTRAINT)
    ]
    assert finding.severity == "violation"
    assert finding.path == str(MTG.retains)
    assert not [
        f for f in assessments["dijon"].coherence.findings if f.constraint == str(CONSTRAINT)
    ]


def test_an_explanation_gives_every_requirement_with_its_clause_and_reading(
    assessments: dict[str, Assessment],
) -> None:
    for contract in ("mpgp", "concession", "regie"):
        verdict = assessments["example"].conclusions.verdict(contract)
        text = typeset.plain(
            explanation.explanation(assessments["example"], verdict, "checklist"), 2000
        )
        for check in verdict.checks:
            assert check.requirement.label.fr in text
            assert check.requirement.reading.fr.replace("\u202f", " ") in text.replace(
                "\u202f", " "
            )
            assert all(source.label.fr in text for source in check.requirement.sources)
