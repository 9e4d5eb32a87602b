"""What a list of entries shows of one: who holds it, what it retains, what fits, where and when (G1).

This is read off its description once, then shown as a row of CSV or JSON, or as a feature of GeoJSON
(RFC 7946).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rdflib import RDF

from montages.advice.similar.precedents import TOLD_ELSEWHERE
from montages.assessment.assessment_line import AssessmentLine
from montages.assessment.retained import RETAINING
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.description import Description
from montages.description.facts import Facts, Term, label
from montages.description.to_keys import to_keys
from montages.knowledge.actor_kinds import kinds_above
from montages.names import MTG, slug
from montages_registry.publish.entry_place import EntryPlace, entry_place
from montages_registry.publish.time_map import iso_time

_FITTING = ("fits", "fits-on-terms")


@dataclass(frozen=True)
class EntrySummary:
    """What is read off a description, and off its assessment on one day: slugs, but for names.

    `contracts` are those retained; `fitting` those that fit, on terms or not; `verdicts` the verdict of each
    contract; `proposed` is the first one named, `verdict` that of the answer; `query` opens the project in
    the tool.
    """

    label: Text
    holders: tuple[Text, ...] = ()
    holder_kinds: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    fitting: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    year: str = ""
    proposed: str = ""
    verdict: str = ""
    sentence: Text = field(default_factory=lambda: Text("", ""))
    verdicts: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    place: EntryPlace = field(default_factory=EntryPlace)

    def to_json(self) -> dict[str, Any]:
        """Return the summary as JSON, which `from_json` reads."""
        return {
            "label": _pair(self.label),
            "holders": [_pair(holder) for holder in self.holders],
            "holder_kinds": list(self.holder_kinds),
            "contracts": list(self.contracts),
            "fitting": list(self.fitting),
            "layers": list(self.layers),
            "year": self.year,
            "proposed": self.proposed,
            "verdict": self.verdict,
            "sentence": _pair(self.sentence),
            "verdicts": dict(self.verdicts),
            "query": self.query,
            "place": self.place.to_json(),
        }

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> EntrySummary:
        """Return the summary that `to_json` has written."""
        return cls(
            label=Text(*tree["label"]),
            holders=tuple(Text(*holder) for holder in tree["holders"]),
            holder_kinds=tuple(tree["holder_kinds"]),
            contracts=tuple(tree["contracts"]),
            fitting=tuple(tree["fitting"]),
            layers=tuple(tree["layers"]),
            year=tree["year"],
            proposed=tree["proposed"],
            verdict=tree["verdict"],
            sentence=Text(*tree["sentence"]),
            verdicts=tree["verdicts"],
            query=tree["query"],
            place=EntryPlace.from_json(tree["place"]),
        )


def entry_summary(description: Description, lines: Mapping[str, AssessmentLine]) -> EntrySummary:
    """Return the summary of a description, whose lines are given by language."""
    facts, project = description.facts, str(description.project)
    holders = [node for node in facts.objects(project, str(MTG.holder)) if isinstance(node, str)]
    answers = {lang: line.answer or {} for lang, line in lines.items()}
    entries = lines["fr"].to_json()["contracts"]
    contracts = {entry["contract"]: entry["verdict"] for entry in entries}
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress({k: v for k, v in tree.items() if k not in TOLD_ELSEWHERE})
    return EntrySummary(
        label=label(facts, project),
        holders=tuple(label(facts, node) for node in holders),
        holder_kinds=tuple(_kinds(facts, holders)),
        contracts=tuple(_slugs(facts, str(RETAINING["contract"]))),
        fitting=tuple(name for name, verdict in contracts.items() if verdict in _FITTING),
        layers=tuple(_slugs(facts, str(MTG.layer))),
        year=_year(facts),
        proposed=_named(answers["fr"].get("rows", ())),
        verdict=str(answers["fr"].get("verdict") or ""),
        sentence=Text(*(str(answers[lang].get("sentence", "")) for lang in ("fr", "en"))),
        verdicts=contracts,
        query=address_query(address),
        place=entry_place(facts, project),
    )


def _named(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the contract that an answer names first, or its row where no answer tells its kind."""
    return str(rows[0]["contract"] or rows[0]["row"]) if rows else ""


def _kinds(facts: Facts, holders: Iterable[str]) -> list[str]:
    """Return the classes that the holders are said to be of, by name, of those that the rules know."""
    types = (
        slug(t) for h in holders for t in facts.objects(h, str(RDF.type)) if isinstance(t, str)
    )
    return sorted({name for name in types if name in kinds_above()})


def _slugs(facts: Facts, prop: str) -> list[str]:
    """Return what any part of the project says by a property, in alphabetical order."""
    return sorted(
        {
            slug(term)
            for node in facts.by_subject
            for term in facts.objects(node, prop)
            if isinstance(term, str)
        }
    )


def _year(facts: Facts) -> str:
    """Return the year in which the contract was signed, the first where there are several."""
    days = (
        _text(term) for node in facts.by_subject for term in facts.objects(node, str(MTG.signedOn))
    )
    return min((day[:4] for day in days if day[:4].isdecimal()), default="")


def _text(term: Term) -> str:
    return term if isinstance(term, str) else term.value


def _pair(text: Text) -> list[str]:
    return [text.fr, text.en]


@dataclass(frozen=True)
class EntryLine:
    """An entry by its slug: the number, publisher and time of the version that is public, and its summary."""

    slug: str
    number: int
    publisher: str
    moment: datetime
    summary: EntrySummary


def entry_row(line: EntryLine, lang: str, address: Callable[[str], str]) -> dict[str, Any]:
    """Return an entry as a row of names and slugs; `address` gives that of an entry by its slug."""
    summary = line.summary
    return {
        "slug": line.slug,
        "url": address(line.slug),
        "label": summary.label[lang],
        "holder": [holder[lang] for holder in summary.holders],
        "holder_kind": list(summary.holder_kinds),
        "retained": list(summary.contracts),
        "fitting": list(summary.fitting),
        "proposed": summary.proposed,
        "verdict": summary.verdict,
        "layers": list(summary.layers),
        "year": summary.year,
        "department": list(summary.place.departments),
        "publisher": line.publisher,
        "version": line.number,
        "public_from": iso_time(line.moment),
    }


def feature_collection(
    lines: Iterable[EntryLine], lang: str, address: Callable[[str], str]
) -> dict[str, Any]:
    """Return entries as GeoJSON: the point that a description states, null where it states none."""
    features = []
    for line in lines:
        point = line.summary.place.point
        features.append(
            {
                "type": "Feature",
                "id": address(line.slug),
                "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
                "properties": entry_row(line, lang, address),
            }
        )
    return {"type": "FeatureCollection", "features": features}
