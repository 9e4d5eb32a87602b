"""Who pays, who does and who loses in each set-up, as the data state it: what its picture shows."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import need, one
from montages.knowledge.model import NamedThing
from montages.knowledge.periods import Rules
from montages.knowledge.rulebook import KINDS
from montages.knowledge.thing_reading import read_thing
from montages.names import MTG, iris, slug
from montages.one_line import OneLine


@dataclass(frozen=True)
class RoleWord(NamedThing):
    """A party, a payment, a task, a loss or its object: its name in the picture, and in a sentence.

    A payment may be `uncertain`, or `repeated` with each order.
    """

    in_sentence: Text
    order: int
    uncertain: bool = False
    repeated: bool = False


@dataclass(frozen=True)
class Role(OneLine):
    """What a party pays, does or loses by; `towards` is who receives a payment."""

    party: RoleWord
    kinds: tuple[RoleWord, ...]
    towards: RoleWord | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Return what roles are sorted by: the party, then what it is about."""
        return self.party.order, self.kinds[0].order


@dataclass(frozen=True)
class WhoPays(OneLine):
    """The payments, the tasks and the losses of a set-up, and what its tasks are about."""

    payments: tuple[Role, ...]
    tasks: tuple[Role, ...]
    losses: tuple[Role, ...]
    about: RoleWord

    @property
    def parties(self) -> tuple[RoleWord, ...]:
        """Return those whom the set-up brings together, in the order of the data."""
        roles = (*self.payments, *self.tasks, *self.losses)
        named = {role.party for role in roles} | {role.towards for role in roles if role.towards}
        return tuple(sorted(named, key=lambda party: party.order))


@disk_cache
def who_pays() -> dict[str, WhoPays]:
    """Return who pays, does and loses in each set-up that says so itself, by its slug."""
    graph = library.data()
    stated = {
        iri
        for kind in KINDS
        for iri in iris(graph.subjects(RDF.type, kind))
        if (iri, MTG.taskObject, None) in graph
    }
    return {slug(iri): _of(graph, iri) for iri in sorted(stated)}


def who_pays_in(name: str, rules: Rules) -> WhoPays | None:
    """Return who pays, does and loses in a set-up: as it says, else as the nearest it is a kind of."""
    stated = who_pays()
    return next((stated[of] for of in rules.lineage(name) if of in stated), None)


def _of(graph: Graph, iri: URIRef) -> WhoPays:
    return WhoPays(
        payments=_roles(graph, iri, MTG.hasPayment),
        tasks=_roles(graph, iri, MTG.hasTask),
        losses=_roles(graph, iri, MTG.hasLoss),
        about=_word(graph, need(graph, iri, MTG.taskObject)),
    )


def _roles(graph: Graph, iri: URIRef, name: URIRef) -> tuple[Role, ...]:
    roles = (_role(graph, node) for node in graph.objects(iri, name))
    return tuple(sorted(roles, key=lambda role: role.order))


def _role(graph: Graph, node: Node) -> Role:
    kinds = [_word(graph, kind) for kind in iris(graph.objects(node, MTG.roleKind))]
    towards = one(graph, node, MTG.towards)
    return Role(
        _word(graph, need(graph, node, MTG.roleOf)),
        tuple(sorted(kinds, key=lambda kind: kind.order)),
        None if towards is None else _word(graph, towards),
    )


def _word(graph: Graph, iri: URIRef) -> RoleWord:
    return read_thing(
        RoleWord, graph, iri, {"uncertain": MTG.uncertainPayment, "repeated": MTG.repeatedPayment}
    )
