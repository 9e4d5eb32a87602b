"""A text against keys, shapes and vocabulary: all findings at once, each with its place in the text.

Where `check` stops at the first unknown key, this goes on without it; where it needs one project, this
takes every one; and a text without any is a finding too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from montages.bilingual import Text, message
from montages.description import well_formed
from montages.description.description import Description, choose_project
from montages.description.parsing import parse
from montages.description.parsing.key_faults import KeyNotes
from montages.description.parsing.keys_to_facts import keys_to_facts, keys_to_json_ld
from montages.description.parsing.source_text import TREE_SYNTAXES, decode
from montages.description.places.json_yaml import KeyedPlaces, TextTree
from montages.description.places.place_index import PlaceLookup, Places
from montages.description.well_formed import IllFormed, IllFormedValue
from montages.errors import TooLarge, UnusableInput
from montages.hidden_signs import visible
from montages.knowledge.description_keys import key_properties, knows_project_keys
from montages.names import PROJECT, SHAPE
from montages.validation.finding_places import places_in_text, with_places
from montages.validation.findings import Finding, Report, merge_reports

KNOWN_KEYS = str(SHAPE["Description-knownKeys"])
WELL_FORMED = str(SHAPE["Description-wellFormed"])
NOTHING_CHECKED = str(SHAPE["Description-nothing"])
# Each of several projects is cut out of the whole by itself.
_MOST_PROJECTS = 200

_NO_PROJECT = message(
    "Nothing was checked: this text describes no project. It needs a resource of type "
    "mtg:Project (RDF), or a “project” key (YAML, JSON)."
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


def validate_text(
    source: bytes | str, syntax: str, engine: DescriptionChecker, project: str | None = None
) -> Report:
    """Return the findings of keys, shapes and vocabulary on a text.

    Raises UnreadableInput for what cannot be parsed, TooLarge over the limits, UnknownName for a `project`
    that is not there.
    """
    text = decode(source)
    try:
        if syntax in TREE_SYNTAXES:
            tree = parse.parse_tree(text, syntax)
            if knows_project_keys(tree):
                return validate_tree(tree, engine, TextTree(text, syntax), project)
        descriptions = _descriptions(text, syntax, engine, project)
        if not descriptions:
            return nothing_checked()
        report = merge_reports([_checked(description, engine) for description in descriptions])
        return _placed(report, places_in_text(text, syntax)) if report.findings else report
    except IllFormed as error:
        if error.values[0].pointer is not None:
            return _ill_formed(error, TextTree(text, syntax), Places())
        return _ill_formed(error, None, places_in_text(text, syntax))


def _checked(description: Description, engine: DescriptionChecker) -> Report:
    projects, report = (str(description.project),), engine.check(description)
    return replace(report, readings=description.readings, projects=projects)


def _placed(report: Report, lookup: PlaceLookup) -> Report:
    return replace(report, findings=with_places(report.findings, lookup))


def validate_tree(
    tree: dict[str, Any],
    engine: DescriptionChecker,
    text: TextTree | None,
    project: str | None = None,
) -> Report:
    """Return the findings of keys, shapes and vocabulary on a tree of our keys, and its text if any."""
    try:
        well_formed.check_tree(tree)
    except IllFormed as error:
        return _ill_formed(error, text, Places())
    notes = KeyNotes(every=True)
    json_ld, pointers = keys_to_json_ld(tree, notes)
    description = choose_project(keys_to_facts(json_ld), dict(pointers), project)
    description.readings = tuple(notes.readings)
    lookup: PlaceLookup = KeyedPlaces(text, pointers) if text else Places()
    report = _checked(description, engine)
    if notes.errors:
        # The properties that keys at fault were meant for: that they are missing is no news.
        keys = set()
        for fault in notes.errors:
            parts = [
                part for part in fault.extra.get("pointer", "").split("/") if not part.isdigit()
            ]
            keys |= {*parts[-2:], str(fault.extra.get("suggestion", "")).rpartition("/")[2]}
        about = {str(iri) for key, iri in key_properties().items() if key in keys}
        findings = [_key_finding(error, str(description.project), text) for error in notes.errors]
        findings += [f for f in report.findings if f.value or f.path not in about]
        report = replace(report, findings=tuple(findings))
    return _placed(report, lookup)


def nothing_checked(text: Text = _NO_PROJECT) -> Report:
    """Return the report on what describes no project; `text` says so."""
    return Report((Finding("violation", NOTHING_CHECKED, str(PROJECT), "", "", text),))


def _ill_formed(error: IllFormed, text: TextTree | None, lookup: PlaceLookup) -> Report:
    """Return the report on what holds values that cannot stand in RDF: nothing else is looked at."""
    placed = with_places([_value_finding(value, text) for value in error.values], lookup)
    findings = tuple(replace(finding, value=visible(finding.value)) for finding in placed)
    return Report(findings, projects=(str(PROJECT),))


def _value_finding(value: IllFormedValue, text: TextTree | None) -> Finding:
    focus = visible(value.subject or str(PROJECT))
    finding = Finding("violation", WELL_FORMED, focus, value.path, value.value, value.message)
    return finding if value.pointer is None else _at_pointer(finding, value.pointer, text)


def _at_pointer(finding: Finding, pointer: str, text: TextTree | None) -> Finding:
    """Return a finding on what stands at a JSON pointer, with its place in the text, if there is one."""
    place = text.at(pointer) if text else None
    line, column = (place.line, place.column) if place else (None, None)
    return replace(finding, where=pointer or "/", line=line, column=column)


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
        descriptions = parse.every_project(text, syntax)
        if len(descriptions) == 1:
            raise
        return descriptions


def _key_finding(error: UnusableInput, project: str, text: TextTree | None) -> Finding:
    accepted = tuple(error.extra.get("accepted", ()))
    suggestion = error.extra.get("suggestion")
    finding = Finding(
        "violation", KNOWN_KEYS, project, "", "", error.readable, accepted, suggestion
    )
    return _at_pointer(finding, error.extra.get("pointer", ""), text)
