"""The public entries that have certain words and facets, and how many have each value: by SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from montages.bilingual import Text, message
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of, plain_form
from montages.names import ID
from montages_registry.database import Database
from montages_registry.version import Version, versions

# The facets by the parameter that asks for each, with their titles.
FACETS = {
    "contract": message("Contract retained"),
    "layer": message("Layer"),
    "department": message("Département"),
    "publisher": message("Publisher"),
}


def value_name(key: str, value: str) -> Text:
    """Return what the value of a facet is called, itself where it has no other name."""
    if key == "contract" and value in rulebook().arrangements:
        return rulebook().arrangements[value].label
    if key == "layer":
        return name_of(f"{ID}layer/{value}")
    return Text(value, value)


# The entries that everybody reads.
_LISTED = "entries.public = v.number AND v.state = 'published'"
_ASKED = "EXISTS (SELECT 1 FROM json_each(v.summary, '$.facets.{key}') WHERE value IN ({marks}))"
_COUNTED = """
SELECT f.value, count(*) FROM entries JOIN versions AS v USING (slug),
    json_each(v.summary, '$.facets.{key}') AS f
WHERE {where} GROUP BY f.value ORDER BY count(*) DESC, f.value
"""


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
        query = f"SELECT count(*) FROM versions AS v JOIN entries USING (slug) WHERE {where}"  # noqa: S608
        with database.connection() as connection:
            return int(connection.execute(query, values).fetchone()[0])

    def entries(self, database: Database, start: int = 0, number: int = -1) -> list[Version]:
        """Return the entries asked for by name, so many from a place on; all by default."""
        where, values = self._where()
        paged = f"{where} ORDER BY v.words, v.slug LIMIT :number OFFSET :start"
        with database.connection() as connection:
            return list(versions(connection, paged, **values, number=number, start=start))

    def counts(self, database: Database) -> dict[str, dict[str, int]]:
        """Return how many entries have each value of a facet among those that the other facets leave.

        Those asked for first, then the most frequent; none of a facet that no entry has.
        """
        counts = dict[str, dict[str, int]]()
        with database.connection() as connection:
            for key in FACETS:
                where, values = self._where(without=key)
                query = _COUNTED.format(key=key, where=where)
                counted = dict(connection.execute(query, values).fetchall())
                counts[key] = dict.fromkeys(self.facets.get(key, ()), 0) | counted
        return {key: counted for key, counted in counts.items() if counted}

    def _where(self, without: str = "") -> tuple[str, dict[str, str]]:
        """Return what is asked as a condition of SQL, but for one facet, and its values."""
        asked = plain_form(self.words).split()
        where, named = [_LISTED], {f"w{n}": word for n, word in enumerate(asked)}
        where += [f"instr(v.words, :{name})" for name in named]
        for key, values in self.facets.items():
            if key != without:
                names = {f"{key}{n}": value for n, value in enumerate(values)}
                marks = ", ".join(f":{name}" for name in names)
                where.append(_ASKED.format(key=key, marks=marks))
                named |= names
        return " AND ".join(where), named
