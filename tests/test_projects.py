"""R29: real projects hold what their sources say; the contract signed never comes out ineligible."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from rdflib import RDF, RDFS, Graph, URIRef

from montages import Assessment, load
from montages.assessment.answer.short_answer import named_first
from montages.description.dates import last_day
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG

PATHS = {s: p for s, p in library.projects().items() if p.parent.name == "projects"}
DATASHEET = library.ROOT / "docs" / "research" / "real-projects.md"
# Those that the set began with, before notices were read.
FIRST = (
    "auvers-sur-oise", "chalons", "dijon", "finistere", "indre-berry", "libourne", "narbonne", "rennes",
    "sable", "saumur", "sedif", "sevran",
)  # fmt: skip


@pytest.fixture(scope="module")
def assessed() -> dict[str, Assessment]:
    found = load().assess_all(list(PATHS.values()), as_of=date(2026, 6, 1))
    return dict(zip(PATHS, found, strict=True))


def test_every_real_project_of_the_corpus_is_described() -> None:
    assert len(PATHS) >= 24


def test_no_retained_contract_comes_out_ineligible_or_in_conflict(
    assessed: dict[str, Assessment],
) -> None:
    verdicts: Counter[str] = Counter()
    for slug, assessment in assessed.items():
        for retained in assessment.coherence.retained:
            assert retained.verdict.open, (slug, retained)
            mere_kind = (
                retained.why is None
            )  # it has no requirement of its own that could miss an answer
            assert retained.verdict.value.startswith("fits") or mere_kind or retained.wanted, slug
            verdicts[retained.verdict.value] += 1
    print(dict(verdicts))
    assert sum(verdicts.values()) >= 10


def test_no_signed_contract_is_closed_and_what_goes_around_it_neither(
    assessed: dict[str, Assessment],
) -> None:
    retained = [(slug, r) for slug, it in assessed.items() for r in it.coherence.retained]
    assert [(slug, r.contract) for slug, r in retained if not r.verdict.open] == []
    assert {r.kind for _, r in retained} >= {"contract", "procedure"}


def test_each_description_conforms(assessed: dict[str, Assessment]) -> None:
    for slug, assessment in assessed.items():
        assert [f for f in assessment.coherence.findings if f.severity == "violation"] == [], slug


def sources_and_facts(slug: str) -> tuple[int, int]:
    """Return how many sources a project has, and how many facts they are cited for."""
    graph = library.read([PATHS[slug]])
    cited = {
        (place, fact)
        for place, citing in graph.subject_objects(MTG.citation)
        for fact in graph.objects(citing, MTG.citesProperty)
    }
    return len(set(graph.objects(None, MTG.source))), len(cited)


def test_the_datasheet_says_what_each_project_signed_and_what_the_answer_names(
    assessed: dict[str, Assessment],
) -> None:
    """What is named first is the contract retained, a kind of it or its kind, or another."""
    wanted, counts = [], Counter[tuple[bool, str]]()
    for slug, assessment in sorted(assessed.items()):
        retained = [r for r in assessment.coherence.retained if r.kind == "contract"]
        first = named_first(assessment.conclusions.parts)
        assert first is not None
        name = first.shown.arrangement.slug
        near = nearness(name, {r.contract for r in retained})
        counts[slug in FIRST, near] += 1
        sources, facts = sources_and_facts(slug)
        signed = ", ".join(f"{r.contract} ({r.verdict.value})" for r in retained) or "none"
        wanted.append(f"| `{slug}` | {sources} | {facts} | {signed} | {name} | {near} |")
    page = DATASHEET.read_text("utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `")] == wanted, "\n".join(
        wanted
    )
    for title, parts in (("first twelve", [True]), ("added", [False]), ("all", [True, False])):
        same, kin, other, none = (
            sum(counts[part, near] for part in parts) for near in ("same", "kin", "other", "none")
        )
        assert f"| {title} | {same + kin + other + none} | {same} | {kin} | {other} | {none} |" in page, (
            title, same, kin, other, none,
        )  # fmt: skip


def nearness(name: str, retained: set[str]) -> str:
    """Return how near what is named is to what is retained."""
    if not retained or name in retained:
        return "same" if retained else "none"
    kinds = {slug: kinds_of(slug) for slug in (name, *retained)}
    return "kin" if any(name in kinds[r] or r in kinds[name] for r in retained) else "other"


def kinds_of(slug: str) -> set[str]:
    """Return the kinds that a contract is of, by the tree of contract types."""
    parents = rulebook().arrangements[slug].parents
    return set(parents).union(*map(kinds_of, parents))


def test_saumur_runs_two_modes_at_once_without_conflict(assessed: dict[str, Assessment]) -> None:
    assert {r.contract for r in assessed["saumur"].coherence.retained} == {"dsp", "regie"}
    assert all(len(r.units) == 1 for r in assessed["saumur"].coherence.retained)


def test_rules_younger_than_the_signature_are_marked(assessed: dict[str, Assessment]) -> None:
    checks = [c for v in assessed["narbonne"].conclusions.verdicts for c in v.checks]
    assert checks
    assert all(c.after_signature for c in checks)
    checks = [c for v in assessed["indre-berry"].conclusions.verdicts for c in v.checks]
    assert not any(
        c.after_signature for c in checks if c.requirement.span.first <= date(2024, 9, 3)
    )


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2017", date(2017, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2024-03-16", date(2024, 3, 16)),
    ],
)
def test_a_signing_date_may_be_a_day_a_month_or_a_year(written: str, last: date) -> None:
    assert last_day(written) == last


def inconsistencies(facts: Graph) -> list[str]:
    """Return what the integrity module says of facts; it is read here only, never to derive (R9)."""
    import owlrl

    graph = facts + library.apart()
    for triple in library.ontology().triples((None, RDFS.subClassOf, None)):
        if isinstance(triple[2], URIRef):
            graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(message) for message in graph.objects(None, error)]


def test_no_holder_breaks_the_integrity_module() -> None:
    facts = Graph()
    for path in PATHS.values():
        for s, p, o in library.read([path]).triples((None, RDF.type, None)):
            if str(o).startswith(str(MTG)):
                facts.add((s, p, o))
    assert inconsistencies(facts) == []


@pytest.mark.slow
def test_the_integrity_module_finds_a_public_body_that_is_a_private_party() -> None:
    facts = Graph()
    facts.add((URIRef("urn:x"), RDF.type, MTG.PublicBody))
    assert inconsistencies(facts) == []
    facts.add((URIRef("urn:x"), RDF.type, MTG.PrivateParty))
    assert len(inconsistencies(facts)) == 1
