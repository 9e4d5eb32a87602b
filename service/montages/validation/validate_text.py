"""A text against keys, shapes and vocabulary: all findings at once, each with its place in the text.

Where `check` stops at the first unknown key, this goes on without it; where it needs one project, this
takes every one; and a text without any is a finding too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from montages.bilingual import message
from montages.description import well_formed
from montages.description.blank_nodes import name_blank_nodes
from montages.description.description import Description, choose_project
from montages.description.parsing import parse
from montages.description.parsing.key_faults import KeyNotes
from montages.description.parsing.keys_to_facts import keys_to_facts
from montages.description.parsing.keys_to_json_ld import keys_to_json_ld
from montages.description.parsing.parse import every_project
from montages.description.parsing.source_text import decode
from montages.description.places.json_yaml import KeyedPlaces, TextTree
from montages.description.places.place_index import PlaceLookup, Places
from montages.description.places.syntaxes import places_in_text
from montages.description.readings import Reading
from montages.description.well_formed import IllFormed, IllFormedValue
from montages.errors import TooLarge, Unsupported, UnusableInput
from montages.hidden_signs import visible
from montages.knowledge.description_keys import jsonld_context, knows_project_keys
from montages.names import PROJECT, SHAPE
from montages.one_line import OneLine
from montages.validation.finding_places import with_places
from montages.validation.findings import Finding, Report

KNOWN_KEYS = str(SHAPE["Description-knownKeys"])
WELL_FORMED = str(SHAPE["Description-wellFormed"])
NOTHING_CHECKED = str(SHAPE["Description-nothing"])
# Each of several projects is cut out of the whole by itself.
_MOST_PROJECTS = 200

_NO_PROJECT = message(
    "Nothing was checked: this text describes no project. It needs a resource of type "
    "mtg:Project (RDF), or a “project” key (YAML, JSON).",
)


class DescriptionChecker(Protocol):
    """Parses a description and checks it: what validating a text needs of an engine."""

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        ...

    def check(self, description: Description) -> Report:
        """Return the findings of shapes and vocabulary on a description."""
        ...


@dataclass(frozen=True)
class TextReport(OneLine):
    """The report on a text, and the IRIs of the projects it describes."""

    report: Report
    projects: tuple[str, ...] = ()


def validate_text(
    source: bytes | str, syntax: str, engine: DescriptionChecker, project: str | None = None
) -> TextReport:
    """Return the findings of keys, shapes and vocabulary on a text.

    Raises UnreadableInput for what cannot be parsed, TooLarge over the limits, UnknownName for a `project`
    that is not there.
    """
    text = decode(source)
    try:
        return _validated(text, syntax, engine, project)
    except IllFormed as error:
        if error.values[0].pointer is not None:
            return _ill_formed(error, TextTree(text), Places())
        return _ill_formed(error, None, places_in_text(text, syntax))


def _validated(
    text: str, syntax: str, engine: DescriptionChecker, project: str | None
) -> TextReport:
    if syntax in ("json", "yaml", "json-ld"):
        tree = parse.parse_tree(text, syntax)
        if isinstance(tree, dict) and knows_project_keys(tree):
            return validate_tree(tree, engine, TextTree(text), project)
    descriptions = _descriptions(text, syntax, engine, project)
    if not descriptions:
        return nothing_checked()
    reports = [engine.check(description) for description in descriptions]
    faulty = any(report.findings for report in reports)
    lookup = places_in_text(text, syntax) if faulty else Places()
    return _text_report([], descriptions, reports, lookup)


def validate_tree(
    tree: dict[str, Any],
    engine: DescriptionChecker,
    text: TextTree | None,
    project: str | None = None,
) -> TextReport:
    """Return the findings of keys, shapes and vocabulary on a tree of our keys, and its text if any."""
    try:
        well_formed.check_tree(tree)
    except IllFormed as error:
        return _ill_formed(error, text, Places())
    notes = KeyNotes(every=True)
    json_ld, pointers = keys_to_json_ld(tree, notes)
    description = _description(json_ld, pointers, project)
    description.readings = tuple(notes.readings)
    lookup: PlaceLookup = KeyedPlaces(text, pointers) if text else Places()
    findings = [_key_finding(error, str(description.project), text) for error in notes.errors]
    report = engine.check(description)
    if notes.errors:
        about = _properties_at_fault(notes.errors)
        others = [f for f in report.findings if f.value or f.path not in about]
        report = replace(report, findings=tuple(others))
    return _text_report(findings, [description], [report], lookup)


def _properties_at_fault(errors: Iterable[UnusableInput]) -> set[str]:
    """Return the properties that keys at fault were meant for: that they are missing is no news."""
    keys = set()
    for error in errors:
        parts = [part for part in error.extra.get("pointer", "").split("/") if not part.isdigit()]
        keys |= {*parts[-2:], str(error.extra.get("suggestion", "")).rpartition("/")[2]}
    terms = jsonld_context()["@context"]
    definitions = [terms[key] for key in keys if key in terms]
    return {d["@id"] if isinstance(d, dict) else str(d) for d in definitions}


def nothing_checked() -> TextReport:
    """Return the report on a text that describes no project."""
    finding = Finding("violation", NOTHING_CHECKED, str(PROJECT), "", "", _NO_PROJECT)
    return TextReport(Report((finding,)))


def merge_reports(reports: Iterable[TextReport]) -> TextReport:
    """Return several reports as one, their findings in the order of the reports."""
    findings: list[Finding] = []
    readings: list[Reading] = []
    counts: Counter[str] = Counter()
    projects: list[str] = []
    for text_report in reports:
        findings += text_report.report.findings
        counts.update(text_report.report.looked_at)
        readings += text_report.report.readings
        projects += text_report.projects
    return TextReport(Report(tuple(findings), dict(counts), tuple(readings)), tuple(projects))


def _ill_formed(error: IllFormed, text: TextTree | None, lookup: PlaceLookup) -> TextReport:
    """Return the report on what holds values that cannot stand in RDF: nothing else is looked at."""
    placed = with_places([_value_finding(value, text) for value in error.values], lookup)
    findings = (replace(finding, value=visible(finding.value)) for finding in placed)
    return TextReport(Report(tuple(findings)), (str(PROJECT),))


def _value_finding(value: IllFormedValue, text: TextTree | None) -> Finding:
    place = text.at(value.pointer) if text and value.pointer is not None else None
    return Finding(
        severity="violation",
        constraint=WELL_FORMED,
        focus=visible(value.subject or str(PROJECT)),
        path=value.path,
        value=value.value,
        message=value.message,
        where=None if value.pointer is None else value.pointer or "/",
        line=place.line if place else None,
        column=place.column if place else None,
    )


def _descriptions(
    text: str, syntax: str, engine: DescriptionChecker, project: str | None
) -> list[Description]:
    try:
        return [engine.parse(text, syntax, project)]
    except UnusableInput as error:
        count = error.extra.get("projects", 0)
        if count > _MOST_PROJECTS:
            raise TooLarge(
                message(
                    "Too many projects: {count}, at most {most} at a time.",
                    count=count,
                    most=_MOST_PROJECTS,
                ),
                limit=_MOST_PROJECTS,
            ) from None
        # No project, or more than one: only then is the text read again.
        descriptions = every_project(text, syntax)
        if len(descriptions) == 1:
            raise
        return descriptions


def _description(
    tree: dict[str, Any], pointers: Mapping[str, str], project: str | None
) -> Description:
    try:
        facts = name_blank_nodes(keys_to_facts(tree))
    except Unsupported:
        facts = parse.parse_json_ld(tree)
    return choose_project(facts, dict(pointers), project)


def _key_finding(error: UnusableInput, project: str, text: TextTree | None) -> Finding:
    pointer = error.extra.get("pointer", "")
    place = text.at(pointer) if text else None
    return Finding(
        severity="violation",
        constraint=KNOWN_KEYS,
        focus=project,
        path="",
        value="",
        message=error.readable,
        accepted=tuple(error.extra.get("accepted", ())),
        suggestion=error.extra.get("suggestion"),
        where=pointer or "/",
        line=place.line if place else None,
        column=place.column if place else None,
    )


def _text_report(
    findings: list[Finding],
    descriptions: list[Description],
    reports: list[Report],
    lookup: PlaceLookup,
) -> TextReport:
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report.looked_at)
        findings += report.findings
    projects = tuple(str(description.project) for description in descriptions)
    readings = tuple(reading for description in descriptions for reading in description.readings)
    return TextReport(Report(with_places(findings, lookup), dict(counts), readings), projects)
