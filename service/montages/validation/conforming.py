"""Which of many descriptions surely conform: one run of the compiled SHACL engine for many of them.

Those it is not sure of are checked one by one, as `validation.fast_check` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from montages.description.facts import Facts
from montages.errors import Unsupported
from montages.validation.check_tables import CheckTables, check_tables
from montages.validation.fast_check import (
    MOST_PAIRS,
    SYNTAX,
    ShaclInput,
    compile_shapes,
    shacl_input,
    shapes_of_nodes,
)

if TYPE_CHECKING:
    from shacl import Shapes


@dataclass
class _Group:
    """Projects checked together: none refers to what another describes."""

    members: list[tuple[int, Facts]] = field(default_factory=list)
    data: ShaclInput = field(default_factory=ShaclInput)
    described: set[str] = field(default_factory=set)
    pairs: int = 0

    def takes(self, facts: Facts, data: ShaclInput, pairs: int) -> bool:
        """Tell whether a project may be checked with those that are there."""
        described = facts.by_subject.keys()
        return self.pairs + pairs <= MOST_PAIRS and (
            self.described.isdisjoint(described)
            and self.described.isdisjoint(data.undescribed)
            and self.data.undescribed.isdisjoint(described)
        )

    def add(self, number: int, facts: Facts, data: ShaclInput, pairs: int) -> None:
        """Add a project under its number."""
        self.members.append((number, facts))
        self.described.update(facts.by_subject)
        self.data.lines += data.lines
        self.data.referenced |= data.referenced
        self.data.undescribed |= data.undescribed
        self.pairs += pairs

    def conforming(self, tables: CheckTables) -> Iterator[int]:
        """Return the numbers of the projects in which the engine finds no violation."""
        try:
            results = _engine().validate_text(self.data.text(tables), format=SYNTAX).results
        except ValueError:  # an IRI that the engine does not read
            return
        bad = {result.focus_node[1:-1] for result in results}
        if bad <= self.described:
            yield from (n for n, facts in self.members if bad.isdisjoint(facts.by_subject))


def conforming(many: Sequence[Facts]) -> list[bool]:
    """Return for each project whether nothing in its facts can be a violation; False: not sure.

    Raises BrokenKnowledge for shapes that the engine cannot honour, Unsupported on a machine without it.
    """
    tables, sure = check_tables(), [False] * len(many)
    for group in _groups(many, tables):
        for number in group.conforming(tables):
            sure[number] = True
    return sure


def _groups(many: Sequence[Facts], tables: CheckTables) -> Iterator[_Group]:
    group = _Group()
    for number, facts in enumerate(many):
        try:
            data = shacl_input(facts, tables)
        except Unsupported:
            continue
        pairs = sum(map(len, shapes_of_nodes(facts, tables)))  # at most, of a shape and a node
        # What a project says of the background itself, it would say to all projects.
        own = tables.background.keys().isdisjoint(facts.by_subject)
        if data.doubtful or pairs > MOST_PAIRS or not own:
            continue
        if group.members and not (tables.forwards and group.takes(facts, data, pairs)):
            yield group
            group = _Group()
        group.add(number, facts, data, pairs)
    if group.members:
        yield group


@cache
def _engine() -> Shapes:
    tables = check_tables()
    return compile_shapes(tables.refusing, tables.refusing_count)
