"""Who pays, who does and who loses in each set-up, as the data state it: what its picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import conditions, need, one
from montages.knowledge.law import Condition
from montages.knowledge.logic import Answers, fails, holds
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
    """What a party pays, does or loses by; `towards` is who receives a payment.

    In a project it is so only where all of `when` hold, and not where one of `unless` does; not `sure` where
    that is presumed, or not known.
    """

    party: RoleWord
    kinds: tuple[RoleWord, ...]
    towards: RoleWord | None = None
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    sure: bool = True

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


def who_pays_in(name: str, rules: Rules, answers: Answers | None = None) -> WhoPays | None:
    """Return who pays, does and loses in a set-up: as it says, else as the nearest it is a kind of.

    Of the answers of a project: what they make of it. Else what is so of the set-up itself.
    """
    stated = who_pays()
    nearest = next((stated[of] for of in rules.lineage(name) if of in stated), None)
    if nearest is None:
        return None
    return _of_itself(nearest) if answers is None else _in_project(nearest, answers, rules)


def _of_itself(stated: WhoPays) -> WhoPays:
    """Return what a set-up says of itself, apart from what only some projects make of it."""
    payments, tasks, losses = (
        tuple(role for role in roles if not role.when)
        for roles in (stated.payments, stated.tasks, stated.losses)
    )
    return replace(stated, payments=payments, tasks=_joined(tasks), losses=losses)


def _in_project(stated: WhoPays, answers: Answers, rules: Rules) -> WhoPays:
    """Return what the answers of a project make of a set-up; nobody loses by what is not known."""
    firm = {name: answer for name, answer in answers.items() if answer.state != "default"}

    def kept(roles: Sequence[Role], *, doubtful: bool) -> Iterator[Role]:
        for role in roles:
            holding = _holding(role, answers, rules)
            if holding or (doubtful and holding is None and not role.when):
                yield replace(role, sure=_holding(role, firm, rules) is True)

    return replace(
        stated,
        payments=tuple(kept(stated.payments, doubtful=True)),
        tasks=_joined(kept(stated.tasks, doubtful=True)),
        losses=tuple(kept(stated.losses, doubtful=False)),
    )


def _holding(role: Role, answers: Answers, rules: Rules) -> bool | None:
    """Tell whether the conditions of a role hold; None where the answers do not say."""
    if any(holds(c, answers, rules) for c in role.unless) or any(
        fails(c, answers, rules) for c in role.when
    ):
        return False
    certain = all(holds(c, answers, rules) for c in role.when) and all(
        fails(c, answers, rules) for c in role.unless
    )
    return True if certain else None


def _joined(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return what each party does for sure as one role, and what else it does as another."""
    joined = []
    ordered = sorted(roles, key=lambda role: (role.party.order, not role.sure))
    for _, group in groupby(ordered, lambda role: (role.party.slug, role.sure)):
        of = list(group)
        kinds = {kind.slug: kind for role in of for kind in role.kinds}.values()
        joined.append(replace(of[0], kinds=tuple(sorted(kinds, key=lambda kind: kind.order))))
    return tuple(joined)


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
        when=conditions(graph, node, MTG.when),
        unless=conditions(graph, node, MTG.unless),
    )


def _word(graph: Graph, iri: URIRef) -> RoleWord:
    return read_thing(
        RoleWord, graph, iri, {"uncertain": MTG.uncertainPayment, "repeated": MTG.repeatedPayment}
    )
