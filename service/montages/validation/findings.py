"""A finding, a report of findings, and what a shape contributes to each: its severity and message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, TypedDict, cast

from rdflib import SH, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from montages.bilingual import Text, message, plural
from montages.description.places.place_index import Place
from montages.description.readings import ValueReading
from montages.json_schema import Counted, Iri, Rule
from montages.names import PROJECT, SHAPE, compact, slug
from montages.one_line import OneLine

LEVELS = ("info", "warning", "violation")
Severity = Annotated[str, Rule(enum=list(LEVELS))]
# So many places of findings that say the same are named; the others are counted.
_PLACES = 3
_NEGATIVE = re.compile(r"-\d[\d.]*(?:E\+?\d+)?")
_TOLD = (str(SHAPE["Coherence-"]), str(SHAPE["Clash-"]))
SEVERITY = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "info"}


class PlaceEntry(TypedDict, total=False):
    """A place in what was sent, as far as it is known."""

    where: Annotated[str, "JSON pointer in what was sent (RFC 6901), / for the whole."]
    line: Counted
    column: Counted
    cell: Annotated[str, "In a table: the cell, as a spreadsheet names it."]
    field: Annotated[str, "In a table: the title of the column."]


class AcceptedEntry(TypedDict, total=False):
    """What to write instead."""

    accepted: list[str]
    suggestion: Annotated[str, "What to write instead."]


class WhereEntry(PlaceEntry, total=False):
    """The place of a finding, and those of what it is about besides."""

    related: Annotated[list[PlaceEntry], "The places of what it is about besides."]


class FindingEntry(AcceptedEntry, WhereEntry):
    """A finding on a description, and its place."""

    severity: Severity
    constraint: Annotated[Iri, "The shape that is not met."]
    focus: Annotated[str, "The thing the finding is about."]
    path: Annotated[str, "Its property, empty where it is about the whole."]
    value: Annotated[str, "The value at fault, empty where one is missing."]
    message: str


class GroupPlaceEntry(PlaceEntry):
    """The place of a finding, and what it is about."""

    focus: str


class GroupEntry(TypedDict):
    """Findings that say the same of one place or of several."""

    severity: Severity
    constraint: Annotated[Iri, "The shape that is not met."]
    message: str
    count: Annotated[Counted, "Of how many places it is said."]
    places: Annotated[
        list[GroupPlaceEntry], "The first of them.", Rule(minItems=1, maxItems=_PLACES)
    ]


class ReadingEntry(TypedDict):
    """A value that was not written in its own form, and how it was read."""

    place: Annotated[str, "JSON pointer in what was sent (RFC 6901)."]
    written: str
    read: Annotated[str | int | float | bool, "The value that the key has for it."]
    label: Annotated[str, "That value in words, with its unit."]


def reading_entry(reading: ValueReading, lang: str) -> ReadingEntry:
    """Return what was read of a value as JSON."""
    return cast(ReadingEntry, reading.to_json(lang))


def with_sign(text: Text, value: str) -> Text:
    """Return what is wrong with a value, after that it is negative where it is."""
    if not _NEGATIVE.fullmatch(value):
        return text
    return message("“{value}” is negative. {text}", value=value, text=text)


@dataclass(frozen=True)
class Finding(OneLine):
    """One finding, in both languages.

    `where` is the JSON pointer of its place in what was sent, `line` and `column` (from 1) that in the
    text, each when it is known; `related` are the places of what it is about besides. In a table, `cell` is
    the cell as a spreadsheet names it, `field` the title of its column.
    """

    severity: str
    constraint: str
    focus: str
    path: str
    value: str
    message: Text
    accepted: tuple[str, ...] = ()
    suggestion: str | None = None
    where: str | None = None
    line: int | None = None
    column: int | None = None
    related: tuple[Place, ...] = ()
    cell: str | None = None
    field: str | None = None

    def key(self) -> tuple[int, int, int, str, str, str, str]:
        """Return the sort key of the finding: gravest first, then place, then constraint."""
        place = (self.line or 0, self.column or 0, self.focus, self.path)
        return (-LEVELS.index(self.severity), *place, self.constraint, self.value)

    @property
    def pressing(self) -> bool:
        """Tell whether it is told even in short: a violation, or two answers that do not go together."""
        if self.severity == "info":
            return False
        return self.severity == "violation" or self.constraint.startswith(_TOLD)

    @property
    def place(self) -> Place:
        """Return where it is in what was sent, as far as that is known."""
        return Place(self.line or 0, self.column or 0, self.where, self.cell, self.field)

    def located(self, places: Mapping[str, str]) -> Finding:
        """Return the finding with the JSON pointer of its focus, where the source has one."""
        where = places.get(self.focus.removeprefix(str(PROJECT)))
        return self if where is None else replace(self, where=where or "/")

    def at(self, place: Place, *related: Place) -> Finding:
        """Return the finding at a place of a text or a table; it is about others besides."""
        where = self.where if place.pointer is None else place.pointer or "/"
        return replace(
            self,
            where=where,
            line=place.line,
            column=place.column,
            cell=place.cell,
            field=place.field,
            related=related,
        )

    def to_json(self, lang: str) -> FindingEntry:
        """Return the finding as JSON in one language, its message in that language."""
        instead: AcceptedEntry = {}
        if self.accepted:
            instead["accepted"] = list(self.accepted)
        if self.suggestion:
            instead["suggestion"] = self.suggestion
        where = cast(WhereEntry, self.place.to_json())
        if self.related:
            where["related"] = [_place_entry(place) for place in self.related]
        return {
            "severity": self.severity,
            "constraint": self.constraint,
            "focus": self.focus,
            "path": compact(self.path),
            "value": self.value,
            "message": self.message[lang],
            **instead,
            **where,
        }


def _place_entry(place: Place) -> PlaceEntry:
    return cast(PlaceEntry, place.to_json())


@dataclass(frozen=True)
class FindingGroup(OneLine):
    """Findings that say the same, of one place or of several."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Return the finding that speaks for all."""
        return self.findings[0]

    @property
    def named(self) -> tuple[Finding, ...]:
        """Return the findings whose places are named."""
        return self.findings[:_PLACES]

    @property
    def more(self) -> int:
        """Return how many places are counted and not named."""
        return len(self.findings) - len(self.named)

    def to_json(self, lang: str) -> GroupEntry:
        """Return the group as JSON: what is said, of how many places, and the first of them."""
        return {
            "severity": self.first.severity,
            "constraint": self.first.constraint,
            "message": self.first.message[lang],
            "count": len(self.findings),
            "places": [
                {**_place_entry(finding.place), "focus": finding.focus} for finding in self.named
            ],
        }


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Return findings with those that say the same of the same value as one, in the order of the first."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        value = "" if finding.value == finding.focus else finding.value
        key = (finding.severity, finding.constraint, finding.message.en, value)
        alike.setdefault(key, []).append(finding)
    return tuple(FindingGroup(tuple(same)) for same in alike.values())


@dataclass(frozen=True)
class Report(OneLine):
    """The findings on a description; `looked_at` counts the focus nodes of each shape.

    `readings` are the values that were not written in their own form, `projects` the IRIs of what was looked
    at, where a whole text was.
    """

    findings: tuple[Finding, ...]
    looked_at: dict[str, int] = field(default_factory=dict)
    readings: tuple[ValueReading, ...] = ()
    projects: tuple[str, ...] = ()

    def worst(self) -> str | None:
        """Return the gravest severity, None without a finding."""
        return max((f.severity for f in self.findings), key=LEVELS.index, default=None)

    def conforms(self, fail_on: str = "violation") -> bool:
        """Tell whether no finding is at or above a severity: info, warning or violation."""
        worst = self.worst()
        return worst is None or LEVELS.index(worst) < LEVELS.index(fail_on)

    def to_json(self, lang: str = "fr") -> dict[str, object]:
        """Return the report as JSON."""
        return {
            "conforms": self.conforms(),
            "worst": self.worst(),
            "looked_at": dict(sorted(self.looked_at.items())),
            "findings": [f.to_json(lang) for f in self.findings],
            "groups": [group.to_json(lang) for group in grouped(self.findings)],
        }


def merge_reports(reports: Sequence[Report]) -> Report:
    """Return several reports as one, their findings in the order of the reports."""
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report.looked_at)
    return Report(
        tuple(finding for report in reports for finding in report.findings),
        dict(counts),
        tuple(reading for report in reports for reading in report.readings),
        tuple(project for report in reports for project in report.projects),
    )


def shape_message(shapes: Graph, shape: Node | None) -> tuple[Text, tuple[str, ...]]:
    """Return the message of a shape in both languages, and the values it lists."""
    # Not sh:resultMessage: pySHACL drops its language when the constraint is a query.
    literals = shapes.objects(shape, SH.message)
    messages = {m.language: str(m) for m in literals if isinstance(m, Literal)}
    some = next(iter(messages.values()), "")
    listed = shapes.value(shape, SH["in"])
    accepted = [slug(str(v)) for v in Collection(shapes, listed)] if listed is not None else []
    return Text(messages.get("fr", some), messages.get("en", some)), tuple(accepted)


def points_to_correct(number: int) -> Text:
    """Return how many points of a description are to be corrected."""
    return plural("{n} point to correct", "{n} points to correct", n=number)
