"""The facets of the list of entries: their values, how many entries have each, which are asked (G1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from montages.bilingual import Text, message
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.names import ID
from montages_registry.publish.entry_summary import EntryLine


@dataclass(frozen=True)
class EntryFacet:
    """One facet: the parameter that asks for it, its title, how its values and their names are read."""

    key: str
    title: Text
    values: Callable[[EntryLine], Sequence[str]]
    name: Callable[[str], Text]


@dataclass(frozen=True)
class FacetCount:
    """One value of a facet: how many entries have it among those that the other facets leave."""

    value: str
    label: Text
    count: int
    is_asked: bool


def _arrangement(slug: str) -> Text:
    known = rulebook().arrangements.get(slug)
    return known.label if known else Text(slug, slug)


def _holder_kind(name: str) -> Text:
    kinds = {of_class: kind for kind, of_class in classes_of_kinds().items()}
    return name_of(f"{ID}actor-kind/{kinds[name]}") if name in kinds else Text(name, name)


def _plain(value: str) -> Text:
    return Text(value, value)


FACETS = (
    EntryFacet(
        "contract",
        message("Contract retained"),
        lambda entry: entry.summary.contracts,
        _arrangement,
    ),
    EntryFacet(
        "proposed",
        message("Contract proposed first"),
        lambda entry: (entry.summary.proposed,) if entry.summary.proposed else (),
        _arrangement,
    ),
    EntryFacet("holder", message("Holder"), lambda entry: entry.summary.holder_kinds, _holder_kind),
    EntryFacet(
        "layer",
        message("Layer"),
        lambda entry: entry.summary.layers,
        lambda slug: name_of(f"{ID}layer/{slug}"),
    ),
    EntryFacet(
        "department", message("Département"), lambda entry: entry.summary.place.departments, _plain
    ),
    EntryFacet("publisher", message("Publisher"), lambda entry: (entry.publisher,), _plain),
    EntryFacet(
        "year",
        message("Year of signing"),
        lambda entry: (entry.summary.year,) if entry.summary.year else (),
        _plain,
    ),
)
BY_KEY = {facet.key: facet for facet in FACETS}


def matching(
    lines: Iterable[EntryLine], asked: Mapping[str, Sequence[str]], without: str = ""
) -> list[EntryLine]:
    """Return the entries that have, of each facet asked, one of the values; but for one facet."""
    wanted = [(BY_KEY[key], set(values)) for key, values in asked.items() if key != without]
    return [line for line in lines if all(values & set(f.values(line)) for f, values in wanted)]


def facet_counts(
    lines: Sequence[EntryLine], asked: Mapping[str, Sequence[str]]
) -> dict[str, tuple[FacetCount, ...]]:
    """Return the values of each facet with their counts, most frequent first; none where it has none."""
    facets = {}
    for facet in FACETS:
        of_others = matching(lines, asked, without=facet.key)
        counts = Counter(value for line in of_others for value in dict.fromkeys(facet.values(line)))
        values = {**dict.fromkeys(asked.get(facet.key, ()), 0), **counts}
        if values:
            facets[facet.key] = tuple(
                FacetCount(value, facet.name(value), count, value in asked.get(facet.key, ()))
                for value, count in sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
            )
    return facets
