"""Faulty descriptions drawn at random: real projects and sampled profiles, with mistakes people make."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS, XSD, URIRef

from description_files import parse_file
from montages.description.description import Description
from montages.description.facts import Facts, Term, Triple
from montages.description.parsing.parse import parse
from montages.knowledge.files import library
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, COMPILED, ID, MTG, PROJECT, REQUIREMENT
from sampling import RULES, profile

TYPE, LABEL, SUBCLASS = str(RDF.type), str(RDFS.label), str(RDFS.subClassOf)
ELSEWHERE = "https://example.org/"
TEXTS = (
    "",
    " ",
    "a",
    'say "no"',
    "C:\\temp\\",
    "two\nlines\r\tand a tab",
    "éà œ – 中",
    "🏙️",
    "\x7f\x01",
    "'",
)
FORMS = ("0", "-1", "01", "+3", "1.5", "1e3", "12x", "", " 7", "NaN", "INF", "9" * 30, "-0.0",
         "0.0000000000000000000000001", "true", "1", "oui", "2024", "2024-03", "2024-02-30", "2024-03-16",
         "2024-03-16Z", "2024-03-16T10:00:00", "-0044-03-15")  # fmt: skip
KINDS = (XSD.string, XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, XSD.gYear,
         XSD.gYearMonth, XSD.int, XSD.anyURI, ELSEWHERE + "kind")  # fmt: skip
CLASSES = ("Project", "Perimeter", "LayerUse", "Assumption", "Assertion", "Unit", "Metropole", "Commune",
           "EnergySyndicate", "PrivateParty", "Citation", "Layer", "Criterion")  # fmt: skip


@dataclass
class Draft:
    """A description being written: its triples, and what is drawn."""

    project: str
    triples: list[Triple]
    draw: random.Random
    places: dict[str, str] = field(default_factory=dict)

    def nodes(self, cls: str) -> list[str]:
        """Return the nodes of a class, the project when there is none."""
        found = [s for s, p, o in self.triples if p == TYPE and o == str(MTG[cls])]
        return found or [self.project]

    def node(self) -> str:
        """Draw a node: the project as often as all others."""
        own = sorted({s for s, _, _ in self.triples})
        return self.draw.choice([self.project, self.draw.choice(own)])

    def add(self, s: str, p: str, o: Term) -> None:
        """Write a triple."""
        self.triples.append((s, p, o))

    def new(self, name: str, prop: str, cls: str) -> str:
        """Write a new node of a class as a value of the project."""
        node = f"{self.project}#{name}-{self.draw.randrange(1000)}"
        self.add(self.project, str(MTG[prop]), node)
        self.add(node, TYPE, str(MTG[cls]))
        return node

    def drop(self, s: str | None, p: str) -> None:
        """Remove what a node, or every node, says with a property."""
        self.triples = [t for t in self.triples if t[1] != p or s not in (None, t[0])]

    def finished(self) -> Description:
        """Return the description."""
        facts = Facts(self.triples)
        named = [n for n in sorted(facts.by_subject) if self.draw.random() < 0.5]
        places = {n.removeprefix(str(PROJECT)): self.draw.choice(["", f"/{n[-3:]}"]) for n in named}
        return Description(facts, URIRef(self.project), places)


def literal(draw: random.Random) -> ox.Literal:
    """Draw a value that is no IRI: a text, a text in a language, or a form of some type."""
    if draw.random() < 0.3:
        return ox.Literal(draw.choice(TEXTS))
    if draw.random() < 0.2:
        return ox.Literal(draw.choice(TEXTS), language=draw.choice(("fr", "en-gb")))
    form, kind = draw.choice(FORMS), str(draw.choice(KINDS))
    if form == "NaN" and kind == str(XSD.decimal):  # pySHACL stops there
        form = "12x"
    return ox.Literal(form, datatype=ox.NamedNode(kind))


def thing(draw: random.Random) -> str:
    """Draw an IRI that exists or nearly does."""
    real = draw.choice(_things())
    end = draw.randrange(len(BASE) + 5, len(real) + 1)
    return draw.choice(
        [real, real[:end], f"{real}s", f"{ELSEWHERE}x", f"{PROJECT}nobody", str(SKOS.Concept)]
    )


@cache
def _things() -> list[str]:
    iris = {str(s) for graph in (library.data(), library.ontology()) for s in graph.subjects()}
    return sorted(iri for iri in iris if iri.startswith(BASE))


def answer_property(criterion: Criterion) -> str:
    """Return the property that answers a criterion in descriptions."""
    return str(criterion.numeric_property or criterion.property)


def _criterion(d: Draft) -> Criterion:
    return d.draw.choice(list(RULES.criteria.values()))


def right(criterion: Criterion, draw: random.Random, count: int = 1) -> list[Term]:
    """Draw good answers to a criterion."""
    if criterion.numeric_property:
        number = ox.NamedNode(str(XSD.integer))
        return [ox.Literal(str(n), datatype=number) for n in draw.sample(range(1, 900), count)]
    values = [str(v.iri) for v in criterion.values] or _things()
    return list(draw.sample(values, min(count, len(values))))


def wrong_value(d: Draft, criterion: Criterion | None = None) -> None:
    prop = answer_property(criterion or _criterion(d))
    d.add(d.node(), prop, literal(d.draw) if d.draw.random() < 0.5 else thing(d.draw))


def unlisted(d: Draft, criterion: Criterion | None = None) -> None:
    """A plain value of no list: the compiled engine judges it, never the reference."""
    value = d.draw.choice((f"{ELSEWHERE}x", ox.Literal(d.draw.choice(TEXTS))))
    d.add(d.node(), answer_property(criterion or _criterion(d)), value)


def negative(d: Draft) -> None:
    prop = d.draw.choice(
        [c.numeric_property for c in RULES.criteria.values() if c.numeric_property]
    )
    number = ox.NamedNode(str(d.draw.choice((XSD.integer, XSD.decimal))))
    d.add(d.node(), str(prop), ox.Literal(d.draw.choice(("-3", "0", "-0.5")), datatype=number))


def two_answers(d: Draft, criterion: Criterion | None = None) -> None:
    criterion, node = criterion or _criterion(d), d.node()
    for value in right(criterion, d.draw, 2):
        d.add(node, answer_property(criterion), value)


def given_and_unknown(d: Draft, criterion: Criterion | None = None) -> None:
    criterion, node = criterion or _criterion(d), d.node()
    d.add(node, answer_property(criterion), right(criterion, d.draw)[0])
    d.add(node, str(MTG.declaresUnknown), str(criterion.iri))


def misspelt_property(d: Draft) -> None:
    name = d.draw.choice(("holdr", "layersComplet", "answer", "durationMonth", "usages"))
    d.add(d.node(), str(MTG[name]), thing(d.draw) if d.draw.random() < 0.5 else literal(d.draw))


def misspelt_class(d: Draft) -> None:
    cls = d.draw.choice(
        (MTG.Metropol, MTG.LayerUses, MTG.project, COMPILED["Eligible-mpgp"], MTG[""])
    )
    d.add(d.node(), TYPE, str(cls))


def misspelt_thing(d: Draft) -> None:
    name = d.draw.choice((ID["usage/street-lightning"], ID["layer/iot"], ID["contract/mppg"], ID["nothing"],
                          REQUIREMENT["mpgp-operations"], ID["criterion/expertize"]))  # fmt: skip
    prop = d.draw.choice((MTG.usage, MTG.layer, MTG.retains, MTG.requirement, RDFS.seeAlso))
    d.add(d.node(), str(prop), str(name))


def missing(d: Draft) -> None:
    d.drop(
        None, d.draw.choice((LABEL, str(MTG.holder), str(MTG.layer), str(MTG.hasLayerUse), TYPE))
    )


def odd_label(d: Draft) -> None:
    if d.draw.random() < 0.5:
        d.drop(d.project, LABEL)
    d.add(d.node(), LABEL, thing(d.draw) if d.draw.random() < 0.3 else literal(d.draw))


def wrong_class(d: Draft) -> None:
    node = d.node()
    if d.draw.random() < 0.5:
        d.triples = [t for t in d.triples if t[:2] != (node, TYPE) or t[2] == str(MTG.Project)]
    d.add(node, TYPE, str(MTG[d.draw.choice(CLASSES)]))


LINKS = {
    "Project": ("holder", "hasPerimeter", "hasLayerUse", "assumes", "usage", "declaresUnknown",
                "declaresComplete", "assertsRequirement", "retains", "retainedProcedure",
                "retainedChannel", "retainedVehicle", "contractState", "operator"),
    "LayerUse": ("layer", "perimeter"),
    "Assertion": ("requirement",),
}  # fmt: skip


def wrong_link(d: Draft) -> None:
    cls = d.draw.choice(list(LINKS))
    value = d.draw.choice((literal, thing))(d.draw)
    d.add(d.draw.choice(d.nodes(cls)), str(MTG[d.draw.choice(LINKS[cls])]), value)


def odd_statement(d: Draft) -> None:
    names = ("layersComplete", "usagesComplete", "signedOn", "durationMonths", "estimatedValue")
    d.add(d.node(), str(MTG[d.draw.choice(names)]), literal(d.draw))


def twice_said(d: Draft) -> None:
    yes_no = [ox.Literal(v, datatype=ox.NamedNode(str(XSD.boolean))) for v in ("true", "false")]
    for value in yes_no:
        d.add(d.project, str(MTG[d.draw.choice(("layersComplete", "usagesComplete"))]), value)
        d.add(d.project, str(MTG.usesPresumptions), value)
    for name in ("signed", "dropped"):
        d.add(d.project, str(MTG.contractState), str(ID[f"contract-state/{name}"]))
    d.add(d.project, str(MTG.contractStateOn), ox.Literal("soon"))


def two_retained(d: Draft) -> None:
    node = d.node()
    for name in ("mpgp", "dsp", "regie"):
        d.add(node, str(MTG.retains), str(ID[f"contract/{name}"]))


def unit_by_hand(d: Draft) -> None:
    d.add(d.new("u", "hasUnit", "Unit"), LABEL, ox.Literal("unit"))


def reserved_name(d: Draft) -> None:
    d.add(d.project, str(MTG.hasPerimeter), f"{d.project}#unit-{d.draw.randrange(9)}")
    d.add(f"{d.project}#unit-{d.draw.randrange(9)}", TYPE, str(MTG.Perimeter))


def empty_assertion(d: Draft) -> None:
    d.new("assertion", "assertsRequirement", "Assertion")


def assertion(d: Draft) -> None:
    node = d.new("assertion", "assertsRequirement", "Assertion")
    for _ in range(d.draw.randint(1, 2)):
        d.add(node, str(MTG.requirement), d.draw.choice((literal, thing))(d.draw))


def assumption(d: Draft) -> None:
    node = d.new("assumption", "assumes", "Assumption")
    for _ in range(d.draw.choice((0, 2, 3))):
        criterion = _criterion(d)
        d.add(node, answer_property(criterion), right(criterion, d.draw)[0])


def bare_layer(d: Draft) -> None:
    node = d.new("layer", "hasLayerUse", "LayerUse")
    for _ in range(d.draw.choice((0, 1, 2, 2))):
        d.add(node, str(MTG.layer), thing(d.draw))


def two_scales(d: Draft) -> None:
    for cls in d.draw.sample(
        ("Commune", "WaterSyndicate", "Departement", "Region", "EnergySyndicate"), 3
    ):
        d.add(d.new("holder", "holder", "Actor"), TYPE, str(MTG[cls]))


def own_class(d: Draft) -> None:
    """A description that makes classes of its own, or speaks of what the background describes."""
    d.add(d.new("holder", "holder", "Actor"), TYPE, f"{ELSEWHERE}Syndicate")
    if d.draw.random() < 0.5:
        d.add(f"{ELSEWHERE}Syndicate", SUBCLASS, str(MTG[d.draw.choice(CLASSES)]))
    d.add(str(SKOS.Concept), d.draw.choice((LABEL, SUBCLASS)), str(MTG.Project))


FAULTS: tuple[Callable[[Draft], None], ...] = (
    wrong_value, unlisted, negative, two_answers, given_and_unknown, misspelt_property, misspelt_class,
    misspelt_thing,
    missing, odd_label, wrong_class, wrong_link, odd_statement, twice_said, two_retained, unit_by_hand,
    reserved_name, empty_assertion, assertion, assumption, bare_layer, two_scales, own_class,
)  # fmt: skip


@cache
def _bases() -> list[Description]:
    real = [parse_file(path) for path in library.projects().values()]
    return real + [parse(json.dumps(profile(n)), "json") for n in range(12)]


def _draft(number: int) -> Draft:
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    base = draw.choice(_bases())
    return Draft(str(base.project), list(base.facts), draw)


def faulty(count: int) -> Iterator[tuple[str, Description]]:
    """Yield descriptions with one to four faults of any kind."""
    for number in range(count):
        draft, names = _draft(number), []
        # Each kind leads in its turn, so that none is left to chance.
        first = FAULTS[number % len(FAULTS)]
        for fault in [first, *draft.draw.choices(FAULTS, k=draft.draw.randint(0, 3))]:
            fault(draft)
            names.append(fault.__name__)
        yield f"{number}: {', '.join(names)}", draft.finished()


def faulty_answers() -> Iterator[tuple[str, Description]]:
    """Yield descriptions with every fault an answer can have, of every criterion, a few in each."""
    criteria = list(RULES.criteria.values())
    for number in range(0, len(criteria), 2):
        for fault in (unlisted, two_answers, given_and_unknown):
            draft = _draft(number)
            for criterion in criteria[number : number + 2]:
                fault(draft, criterion)
            slugs = ", ".join(c.slug for c in criteria[number : number + 2])
            yield f"{fault.__name__}: {slugs}", draft.finished()


def incoherent_answers() -> Iterator[tuple[str, Description]]:
    """Yield descriptions with two answers that do not go together, one for each pair of the data."""
    for number, incoherence in enumerate(rulebook().incoherences):
        draft = _draft(number)
        for clause in incoherence.between:
            criterion = RULES.criteria[clause.criterion]
            value = criterion.value(min(clause.accepts))
            draft.drop(None, str(criterion.property))
            draft.add(draft.project, str(criterion.property), str(value.iri))
        yield f"incoherent: {incoherence.slug}", draft.finished()


def answers_not_alone() -> Iterator[tuple[str, Description]]:
    """Yield descriptions with an answer that excludes all others, and another, of every such criterion."""
    for number, criterion in enumerate(c for c in RULES.criteria.values() if c.multiple):
        alone = [value for value in criterion.values if value.excludes_others]
        others = [value for value in criterion.values if not value.excludes_others]
        for value in alone:
            draft = _draft(number)
            for each in (value, others[0]):
                draft.add(draft.project, str(criterion.property), str(each.iri))
            yield f"not alone: {criterion.slug}", draft.finished()


def faulty_numbers() -> Iterator[tuple[str, Description]]:
    """Yield descriptions whose holder has a SIREN number of the wrong form, or with the wrong key."""
    for number, siren in enumerate(("12345678", "1234567890", "12345678a", "", "123456789")):
        draft = _draft(number)
        draft.add(draft.new("holder", "holder", "Commune"), str(MTG.siren), ox.Literal(siren))
        yield f"SIREN: {siren}", draft.finished()


def faulty_links() -> Iterator[tuple[str, Description]]:
    """Yield descriptions with a value of the wrong kind, one for each property with things as values."""
    for number, (cls, name) in enumerate((c, name) for c, names in LINKS.items() for name in names):
        draft = _draft(number)
        if cls != "Project":
            draft.new("new", "hasLayerUse" if cls == "LayerUse" else "assertsRequirement", cls)
        for node in draft.nodes(cls):
            draft.add(node, str(MTG[name]), str(SKOS.Concept))
        yield f"wrong value: {name}", draft.finished()
