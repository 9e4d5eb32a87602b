"""Our award procedures with their codes elsewhere: DECP, eForms, OCDS, ePO, legal bases; the kind of match.

A match that the data state is taken as it is. With a code of DECP it is read off their numbers: one with one
is the same; a code that several of ours share is broader; one of several that one of ours has is narrower.
What DECP's code is in OCDS and eForms is stated; ours get theirs by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.knowledge.graphs import describe, label
from montages.names import ALIGNED, BASE, ID, MTG, iris, slug
from montages_reference.reference_table import ReferenceTable, TableColumn

TITLE = message("Award procedures and their codes")
_PAIRS = message("Codes of procedures, from one system to another")
PROCEDURES = f"{BASE}reference/procedures"
# The systems of codes, by where the IRIs of their codes begin.
SYSTEMS = {
    "decp": f"{ID}decp-procedure/",
    "ocds": f"{ID}ocds-method/",
    "eforms": f"{ALIGNED['eu']}procurement-procedure-type/",
    "legal-basis": f"{ALIGNED['eu']}legal-basis/",
    "epo": ALIGNED["epo"],
}
# What is bought, in the European table.
NATURES = f"{ALIGNED['eu']}contract-nature/"
EXACT, CLOSE, BROAD, NARROW, RELATED = (
    "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch",
)  # fmt: skip
MATCHES = (EXACT, CLOSE, BROAD, NARROW, RELATED)
# What each is read the other way round; the others stay what they are.
INVERSE = {BROAD: NARROW, NARROW: BROAD}
_COLUMNS = (
    TableColumn("procedure", message("Identifier of our procedure."), "uri", True),
    TableColumn("label_fr", message("Name in French."), "string", True),
    TableColumn("label_en", message("Name in English."), "string", True),
    TableColumn("system", message("The list that the code is of."), "string", True, tuple(SYSTEMS)),
    TableColumn("code", message("The code, as the files of that system bear it."), "string", True),
    TableColumn("code_iri", message("Identifier of the code."), "uri", True),
    TableColumn(
        "match",
        message("What the code is beside our procedure, in the words of SKOS: broadMatch is broader."),
        "string", True, MATCHES,
    ),
    TableColumn("certainty", message("How sure the match is; empty where it needs no reading.")),
)  # fmt: skip
_PAIR_COLUMNS = {
    "from_system": message("The list that one comes from."),
    "from_code": message("The code, as the files of that system bear it."),
    "match": message("What the second code is beside the first, in the words of SKOS."),
    "to_system": message("The list that one goes to."),
    "to_code": message("The code, as the files of that system bear it."),
}


@dataclass(frozen=True)
class CodeMatch:
    """What a thing is in another list: the kind of match, how sure it is, the code by which it is known.

    A match is `stated`, else read off numbers or off two other matches.
    """

    thing: URIRef
    match: str
    code: URIRef
    certainty: str = ""
    stated: bool = False

    def inverse(self) -> CodeMatch:
        """Return it the other way round."""
        match = INVERSE.get(self.match, self.match)
        return CodeMatch(self.code, match, self.thing, self.certainty, self.stated)


def system_of(code: URIRef) -> str:
    """Return the system that a code is of, the empty text for another thing."""
    return next((name for name, start in SYSTEMS.items() if code.startswith(start)), "")


def notation(code: URIRef) -> str:
    """Return a code as the files of its system bear it: for DECP, its French name."""
    return label(library.data(), code).fr if system_of(code) == "decp" else slug(code)


@cache
def procedure_matches() -> tuple[CodeMatch, ...]:
    """Return the codes of our procedures, by procedure, system and code."""
    graph = library.data()
    ours = [
        iri
        for iri in iris(graph.subjects(RDF.type, MTG.Procedure))
        if graph.value(iri, MTG.abstract) is None
    ]
    known = {(m.thing, m.code): m for m in (*_stated(ours), *_counted(ours))}
    for first in tuple(known.values()):
        for then in code_matches():
            pair = (first.thing, then.code)
            if then.thing == first.code and (pair not in known or not known[pair].stated):
                composed = CodeMatch(*_composed(first, then), str(slug(MTG.Judgement)))
                if pair not in known or _rank(composed) < _rank(known[pair]):
                    known[pair] = composed
    return tuple(sorted(known.values(), key=lambda m: (m.thing, system_of(m.code), m.code)))


@cache
def code_matches() -> tuple[CodeMatch, ...]:
    """Return what each code of DECP is in other systems."""
    return tuple(_stated(iris(library.data().subjects(SKOS.inScheme, ID["scheme/decp-procedure"]))))


def _stated(things: Iterable[URIRef]) -> Iterator[CodeMatch]:
    graph = library.apart()
    sure = {
        (
            graph.value(axiom, OWL.annotatedSource),
            graph.value(axiom, OWL.annotatedTarget),
        ): certainty
        for axiom, certainty in graph.subject_objects(MTG.certainty)
    }
    for thing in things:
        for match in MATCHES:
            for code in iris(graph.objects(thing, SKOS[match])):
                if system_of(code):
                    certainty = sure.get((thing, code))
                    yield CodeMatch(thing, match, code, slug(str(certainty or "")), stated=True)


def _counted(ours: Iterable[URIRef]) -> Iterator[CodeMatch]:
    graph, data = library.apart(), library.data()
    listed = iris(data.subjects(SKOS.inScheme, ID["scheme/decp-procedure"]))
    code_of = {notation(code): code for code in listed}
    codes = {iri: [code_of[str(o)] for o in graph.objects(iri, MTG.decpProcedure)] for iri in ours}
    for iri, own in codes.items():
        for code in own:
            shared = sum(code in others for others in codes.values()) > 1
            several = len(own) > 1
            match = {(False, False): EXACT, (True, False): BROAD, (False, True): NARROW}
            yield CodeMatch(iri, match.get((shared, several), RELATED), code, slug(MTG.Judgement))


def _composed(first: CodeMatch, then: CodeMatch) -> tuple[URIRef, str, URIRef]:
    """Return what two matches one after the other make."""
    kinds = {first.match, then.match}
    plain = kinds - {EXACT}
    match = EXACT if not plain else plain.pop() if len(plain) == 1 else RELATED
    return first.thing, match, then.code


def _rank(match: CodeMatch) -> int:
    return MATCHES.index(match.match)


@cache
def code_of(thing: URIRef, start: str) -> URIRef | None:
    """Return the code of a thing among those whose IRIs begin alike; None where no single one fits.

    What is stated of it comes first. One alone must be the same, close or broader: we tell no open call for
    tenders from a restricted one, which OCDS does.
    """
    kinds, graph = (EXACT, CLOSE, BROAD), library.apart()
    stated = (code for match in kinds for code in iris(graph.objects(thing, SKOS[match])))
    read = (m.code for m in procedure_matches() if m.thing == thing and m.match in kinds)
    for source in (stated, read):
        if codes := {code for code in source if code.startswith(start)}:
            return codes.pop() if len(codes) == 1 else None
    return None


def table(knowledge: Knowledge, lang: str) -> ReferenceTable:
    """Return the table of our procedures: a row a procedure and a code."""
    rows = [
        {
            "procedure": str(match.thing),
            "label_fr": label(library.data(), match.thing).fr,
            "label_en": label(library.data(), match.thing).en,
            "system": system_of(match.code),
            "code": notation(match.code),
            "code_iri": str(match.code),
            "match": match.match,
            "certainty": match.certainty,
        }
        for match in procedure_matches()
    ]
    return ReferenceTable("procedures", TITLE, _COLUMNS, ("procedure", "code_iri"), rows)


def pairs(knowledge: Knowledge, lang: str) -> ReferenceTable:
    """Return the table of codes of DECP with those of OCDS and eForms, in both directions."""
    rows = [
        {
            "from_system": system_of(match.thing),
            "from_code": notation(match.thing),
            "match": match.match,
            "to_system": system_of(match.code),
            "to_code": notation(match.code),
        }
        for match in (*code_matches(), *(match.inverse() for match in code_matches()))
    ]
    columns = [TableColumn(name, about, required=True) for name, about in _PAIR_COLUMNS.items()]
    return ReferenceTable("procedure-codes", _PAIRS, columns, tuple(_PAIR_COLUMNS), rows)


def completeness(knowledge: Knowledge) -> Text:
    """Return how complete the set is."""
    return message(
        "All the procedures that may be followed have their codes in DECP and OCDS; eForms has none of "
        "its own for those of concessions, which are not matched."
    )


def concepts(knowledge: Knowledge, lang: str) -> Graph:
    """Return procedures and codes as concepts with their matches."""
    graph, scheme = Graph(), URIRef(PROCEDURES)
    systems = ((DCTERMS.references, Literal(f"{n}: {start}")) for n, start in SYSTEMS.items())
    describe(graph, scheme, (RDF.type, SKOS.ConceptScheme), (SKOS.prefLabel, TITLE), *systems)
    matches = (*procedure_matches(), *code_matches())
    for thing in {m.thing for m in matches} | {m.code for m in matches}:
        if thing.startswith(BASE):
            describe(
                graph,
                thing,
                (RDF.type, SKOS.Concept),
                (SKOS.inScheme, scheme),
                (SKOS.prefLabel, label(library.data(), thing)),
                (SKOS.notation, Literal(notation(thing))),
            )
    for match in matches:
        for one in (match, match.inverse()):
            graph.add((one.thing, SKOS[one.match], one.code))
    return graph
