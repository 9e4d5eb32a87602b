"""Precedents: the real projects that are published, and the cases of the panel, each with how it ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from montages.advice.similar.project_traits import ProjectTraits, project_traits
from montages.assessment.retained import RETAINING
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.description import Description
from montages.description.facts import label
from montages.description.parsing.source_text import read_file
from montages.description.to_keys import to_keys
from montages.engine.engines import engine_named
from montages.engine.protocol import Engine
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.panel import DAY, PanelCase, panel
from montages.names import MTG, slug
from montages.one_line import OneLine

# What a case expects of set-ups, the most telling first: the first of these that it states is shown.
EXPECTATIONS = ("first", "nearest", "fits", "open", "to-verify", "closed-by-choice", "closed")
# What the page of a real project tells, and its address in the tool leaves out: nothing is judged by it.
TOLD_ELSEWHERE = ("id", "description")


class PrecedentKind(Enum):
    """Whether a precedent is a real project, or an invented case of the panel."""

    REAL = "real"
    PANEL = "panel"


@dataclass(frozen=True)
class Precedent(OneLine):
    """A published project: its facts, its address in the tool, and how it ended or should end.

    `set_ups` are what was retained, or what a practitioner expects; `expected` says in which way, `signed_on`
    and `state` are those stated of the contract.
    """

    kind: PrecedentKind
    iri: str
    label: Text
    traits: ProjectTraits
    address: ProjectAddress
    set_ups: tuple[str, ...]
    expected: str = ""
    signed_on: str | None = None
    state: str | None = None

    @property
    def query(self) -> str:
        """Return what follows the question mark of the link that opens it in the tool."""
        return address_query(self.address)

    @property
    def slug(self) -> str:
        """Return the last segment of its IRI."""
        return slug(self.iri)


@cache
def precedents() -> tuple[Precedent, ...]:
    """Return the real projects, then the cases of the panel, each by slug; worked out once a rulebook."""
    return _precedents(library.displayed_hash())


@disk_cache
def _precedents(displayed: str) -> tuple[Precedent, ...]:
    """Return the precedents; `displayed` tells the files apart that they are read from."""
    engine = engine_named("fast")
    paths = library.projects().values()
    real = (_real(engine.parse(*read_file(p))) for p in paths if p.parent.name == "projects")
    return (*real, *(_expected(case, engine) for case in panel()))


def _real(description: Description) -> Precedent:
    facts = description.facts
    tree = to_keys(description.graph, description.project)
    whole = {key: value for key, value in tree.items() if key not in TOLD_ELSEWHERE}
    return Precedent(
        PrecedentKind.REAL,
        str(description.project),
        label(facts, str(description.project)),
        project_traits(description),
        ProjectAddress(whole),
        tuple(dict.fromkeys(slug(iri) for iri in _retained(description))),
        signed_on=_first(description, str(MTG.signedOn)),
        state=(state := _first(description, str(MTG.contractState))) and slug(state),
    )


def _retained(description: Description) -> Iterator[str]:
    """Yield what any part of a project retains, contracts first."""
    facts = description.facts
    for prop in RETAINING.values():
        for node in facts.by_subject:
            yield from sorted(t for t in facts.objects(node, str(prop)) if isinstance(t, str))


def _first(description: Description, prop: str) -> str | None:
    facts = description.facts
    terms = (term for node in facts.by_subject for term in facts.objects(node, prop))
    return min((t if isinstance(t, str) else t.value for t in terms), default=None)


def _expected(case: PanelCase, engine: Engine) -> Precedent:
    tree: dict[str, Any] = {
        "project": case.title.fr,
        "project-en": case.title.en,
        **json.loads(json.dumps(case.tree, default=str)),
    }
    word = next((word for word in EXPECTATIONS if case.expected.get(word)), "")
    day = case.as_of if case.as_of != DAY else None
    return Precedent(
        PrecedentKind.PANEL,
        str(case.iri),
        case.title,
        project_traits(engine.parse(json.dumps(tree), "json")),
        ProjectAddress(tree, as_of=day),
        tuple(case.expected.get(word, ())),
        expected=word,
    )


def precedent(iri: str) -> Precedent | None:
    """Return the precedent of an IRI, None where there is none."""
    return next((project for project in precedents() if project.iri == iri), None)
