"""What a resource holds: terms and rules as JSON, the template to fill in, examples as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from rdflib import OWL, RDF, RDFS

from montages.assessment.forms.legend import source_entry
from montages.bilingual import Text, message
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint
from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.knowledge.law import Passage
from montages.knowledge.model import Arrangement
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.names import MTG, PREFIXES, compact, iris, slug
from montages.publish.json_text import dump_bytes
from montages.publish.text.template import template
from montages.quality.rules_index import rule, rules_of
from montages.store.questions.ask import listing


def resource_answer(kind: str, name: str, lang: str) -> bytes:
    """Return a resource of a kind, by its name where it has one; raises UnknownName with the nearest."""
    if kind in _WHOLE:
        return _WHOLE[kind](lang)
    names, answer = NAMED[kind]
    if name not in names():
        hint = nearest_hint(name, names())
        listed = _LISTS.get(kind, "")
        where = Text("", "")
        if listed:
            where = message(" All of them: montages://{listed}.", listed=listed)
        raise UnknownName(
            message(
                "Nothing of that name ({kind}): {name}.{hint}{where}",
                kind=kind,
                name=name[:80],
                hint=hint,
                where=where,
            )
        )
    return answer(name, lang)


def names_of(kind: str) -> list[str]:
    """Return the names of the resources of a kind."""
    return list(NAMED[kind][0]())


def contracts_list(lang: str) -> bytes:
    """Return all that may be chosen: contracts, procedures, channels, activities and vehicles."""
    entries = [_arrangement_in_short(a, lang) for a in arrangements().values()]
    return dump_bytes({"contracts": entries})


def arrangements() -> dict[str, Arrangement]:
    """Return the set-ups that may be chosen, by slug."""
    return {name: a for name, a in rulebook().arrangements.items() if not a.abstract}


def _arrangement_in_short(arrangement: Arrangement, lang: str) -> dict[str, Any]:
    return {
        "slug": arrangement.slug,
        "kind": arrangement.kind,
        "label": arrangement.label[lang],
        "definition": arrangement.definition[lang],
    }


def contract_entry(name: str, lang: str) -> bytes:
    """Return a set-up with its basis and the requirements in force today."""
    arrangement, today = rulebook().arrangements[name], date.today()
    in_force = [(requirement, requirement.on(today)) for requirement in rules_of(name, today)]
    return dump_bytes(
        {
            **_arrangement_in_short(arrangement, lang),
            "id": str(arrangement.iri),
            "basis": [_source(passage, lang) for passage in arrangement.basis],
            "procedures": list(arrangement.buys_by),
            "as_of": today.isoformat(),
            "requirements": [
                {
                    "slug": requirement.slug,
                    "label": version.label[lang],
                    "strength": version.strength,
                    "criterion": version.own.criterion,
                    "sources": [source.label[lang] for source in version.sources],
                }
                for requirement, version in in_force
                if version is not None
            ],
        }
    )


def _source(passage: Passage, lang: str) -> dict[str, Any]:
    return {"label": passage.label[lang], **source_entry(passage)}


def criteria_list(lang: str) -> bytes:
    """Return every criterion in short, its theme with it."""
    themes = rulebook().themes
    entries = [
        {
            "slug": criterion.slug,
            "label": criterion.label[lang],
            "question": criterion.question[lang],
            "kind": criterion.nature,
            "theme": themes[criterion.theme].label[lang] if criterion.theme in themes else None,
        }
        for criterion in rulebook().criteria.values()
    ]
    return dump_bytes({"criteria": entries})


def criterion_entry(name: str, lang: str) -> bytes:
    """Return a criterion whole, with its answers and the requirements that read it."""
    criterion = rulebook().criteria[name]
    values = [
        {"slug": v.slug, "label": v.label[lang], "ordinary": v.ordinary} for v in criterion.values
    ]
    return dump_bytes(
        {
            "slug": name,
            "id": str(criterion.iri),
            "label": criterion.label[lang],
            "question": criterion.question[lang],
            "help": criterion.help[lang],
            "kind": criterion.nature,
            "several": criterion.multiple,
            "values": values,
            "unit": criterion.unit[lang] or None,
            "where_to_turn": criterion.where_to_turn[lang] or None,
            "sources": [_source(passage, lang) for passage in criterion.sources],
            "requirements": sorted(
                {
                    requirement.slug
                    for requirement in rulebook().requirements
                    if any(clause.criterion == criterion.slug for clause in requirement.clauses())
                }
            ),
        }
    )


def requirement_names() -> list[str]:
    """Return the slugs of the requirements."""
    return list(dict.fromkeys(requirement.slug for requirement in rulebook().requirements))


def requirement_entry(name: str, lang: str) -> bytes:
    """Return a requirement with its versions, clauses and sources."""
    return dump_bytes(rule(name).to_json(lang, date.today()))


def sheet_inventory(lang: str) -> bytes:
    """Return the inventory of the source sheet: each element in our words, and what it is about."""
    data = library.data()
    elements = iris(data.subjects(RDF.type, MTG.SheetElement))
    entries = [
        {
            "element": slug(element),
            "part": str(data.value(element, MTG.sheetPart)),
            "kind": str(data.value(element, MTG.elementKind)),
            "label": label(data, element)[lang],
            "statement": next(
                (str(t) for t in data.objects(element, MTG.statement) if _language(t) == lang), ""
            ),
            "about": [name_of(thing)[lang] for thing in iris(data.objects(element, MTG.refersTo))],
        }
        for element in sorted(elements, key=lambda e: int(str(data.value(e, MTG.displayOrder))))
    ]
    return dump_bytes({"elements": entries})


def _language(term: Any) -> str | None:
    return getattr(term, "language", None)


def term_list(lang: str) -> bytes:
    """Return the classes and properties of the ontology: name, label, and between which classes."""
    graph = library.ontology()
    kinds = {OWL.Class: "class", OWL.ObjectProperty: "property", OWL.DatatypeProperty: "property"}
    entries = [
        {
            "term": compact(str(term)),
            "kind": kind,
            "label": label(graph, term)[lang],
            **{
                name: [compact(str(node)) for node in iris(graph.objects(term, predicate))]
                for name, predicate in (("domain", RDFS.domain), ("range", RDFS.range))
                if kind == "property"
            },
        }
        for of_kind, kind in kinds.items()
        for term in iris(graph.subjects(RDF.type, of_kind))
        if term.startswith(str(MTG))
    ]
    prefixes = {name: str(namespace) for name, namespace in PREFIXES.items()}
    return dump_bytes({"prefixes": prefixes, "terms": entries})


def _questions(lang: str) -> bytes:
    """Return the published questions by name."""
    return dump_bytes(
        {"queries": [{"name": query.key, "title": query.title[lang]} for query in listing()]}
    )


def _examples(lang: str) -> bytes:
    return dump_bytes({"examples": list(library.projects())})


def _example(name: str, lang: str) -> bytes:
    return library.projects()[name].read_bytes()


_WHOLE: dict[str, Callable[[str], bytes]] = {
    "contracts": contracts_list,
    "criteria": criteria_list,
    "sheet": sheet_inventory,
    "terms": term_list,
    "queries": _questions,
    "template": lambda lang: template(lang).encode(),
    "examples": _examples,
}
# What names there are of a kind, and what one of them gives.
NAMED: dict[str, tuple[Callable[[], Iterable[str]], Callable[[str, str], bytes]]] = {
    "contract": (arrangements, contract_entry),
    "criterion": (lambda: rulebook().criteria, criterion_entry),
    "requirement": (requirement_names, requirement_entry),
    "example": (library.projects, _example),
}
_LISTS = {"contract": "contracts", "criterion": "criteria", "example": "examples"}
