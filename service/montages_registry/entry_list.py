"""The public entries that have certain words and facets, and how many have each value: by SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from montages.bilingual import Text, message
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of, plain_form
from montages.names import ID
from montages_registry.database import Database
from montages_registry.version import Version, versions


def contract_name(value: str) -> Text:
    """Return what a contract is called, its slug where the rules know none."""
    known = rulebook().arrangements.get(value)
    return known.label if known else Text(value, value)


def _holder_name(value: str) -> Text:
    kinds = {of_class: kind for kind, of_class in classes_of_kinds().items()}
    return name_of(f"{ID}actor-kind/{kinds[value]}") if value in kinds else Text(value, value)


def _as_written(value: str) -> Text:
    return Text(value, value)


@dataclass(frozen=True)
class EntryFacet:
    """One facet: the parameter that asks for it, its title, how its values are called."""

    key: str
    title: Text
    name: Callable[[str], Text]


FACETS = (
    EntryFacet("contract", message("Contract retained"), contract_name),
    EntryFacet("holder", message("Holder"), _holder_name),
    EntryFacet("layer", message("Layer"), lambda value: name_of(f"{ID}layer/{value}")),
    EntryFacet("department", message("Département"), _as_written),
    EntryFacet("publisher", message("Publisher"), _as_written),
    EntryFacet("year", message("Year of signing"), _as_written),
)
BY_KEY = {facet.key: facet for facet in FACETS}


@dataclass(frozen=True)
class FacetCount:
    """One value of a facet: how many entries have it among those that the other facets leave."""

    value: str
    label: Text
    count: int
    is_asked: bool


# The entries that everybody reads.
_LISTED = (
    "versions AS v JOIN entries ON entries.slug = v.slug AND entries.public = v.number "
    "WHERE v.state = 'published'"
)


@dataclass(frozen=True)
class EntryQuery:
    """What is asked of the list: words, all of which an entry has; of each facet, one of the values."""

    words: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return what is asked as parameters of an address."""
        pairs = [(key, value) for key, values in self.facets.items() for value in values]
        return [*pairs, ("q", self.words)] if self.words else pairs

    def total(self, database: Database) -> int:
        """Return how many public entries there are that are asked for."""
        where, values = self._where()
        with database.connection() as connection:
            query = f"SELECT count(*) FROM {_LISTED}{where}"  # noqa: S608  # our own words
            return int(connection.execute(query, values).fetchone()[0])

    def entries(self, database: Database, start: int = 0, number: int = -1) -> list[Version]:
        """Return the entries asked for by name, so many from a place on; all by default."""
        where, values = self._where()
        listed = f"v.number = entries.public AND v.state = 'published'{where}"
        paged = f"{listed} ORDER BY v.words, v.slug LIMIT :number OFFSET :start"
        with database.connection() as connection:
            return list(versions(connection, paged, **values, number=number, start=start))

    def counts(self, database: Database) -> dict[str, tuple[FacetCount, ...]]:
        """Return the values of each facet with their counts, most frequent first; none where it has none."""
        with database.connection() as connection:
            counted = {facet.key: self._counted(connection, facet) for facet in FACETS}
        return {key: counts for key, counts in counted.items() if counts}

    def _counted(self, connection: sqlite3.Connection, facet: EntryFacet) -> tuple[FacetCount, ...]:
        where, values = self._where(without=facet.key)
        query = (
            "SELECT facets.value, count(*) FROM facets JOIN ("  # noqa: S608  # our own words
            f"SELECT v.slug, v.number FROM {_LISTED}{where}) USING (slug, number) "
            "WHERE facets.key = :counted GROUP BY facets.value"
        )
        asked = self.facets.get(facet.key, ())
        counts = dict.fromkeys(asked, 0)
        counts |= dict(connection.execute(query, {**values, "counted": facet.key}).fetchall())
        return tuple(
            FacetCount(value, facet.name(value), count, value in asked)
            for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        )

    def _where(self, without: str = "") -> tuple[str, dict[str, str]]:
        """Return what is asked as conditions of SQL, but for one facet, and their values."""
        where, named = "", dict[str, str]()
        for word in plain_form(self.words).split():
            named[f"word{len(named)}"] = word
            where += f" AND instr(v.words, :word{len(named) - 1})"
        for key, asked in self.facets.items():
            if key == without:
                continue
            names = [f"value{len(named) + n}" for n in range(len(asked))]
            named |= dict(zip(names, asked, strict=True))
            marks = ", ".join(f":{name}" for name in names)
            where += (
                " AND EXISTS (SELECT 1 FROM facets AS f WHERE f.slug = v.slug "  # noqa: S608
                f"AND f.number = v.number AND f.key = '{key}' AND f.value IN ({marks}))"
            )
        return where, named
