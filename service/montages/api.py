"""Montages from Python: load the knowledge once, then read, check and assess descriptions."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from montages.assessment.assess import assess_all, refusal, unread
from montages.assessment.assessment import Assessment
from montages.assessment.status_line import StatusLine, status_line
from montages.description.dates import read_day
from montages.description.description import Description
from montages.description.limits import check_units
from montages.description.parsing.parse import read_file
from montages.engine.engines import engine_named
from montages.engine.protocol import Engine
from montages.errors import Refused, UnknownName, UnusableInput
from montages.knowledge.files import library
from montages.knowledge.periods import Rules, rules_at
from montages.names import slug
from montages.validation.findings import Report

if TYPE_CHECKING:
    from montages.validation.validate_text import TextReport

# A description, a path, a text with its syntax, or a tree of our keys.
Source = Description | str | bytes | Path | Mapping[str, Any]


class Knowledge:
    """The ontology, shapes, rules and queries, with the engine that derives from them."""

    def __init__(self, engine: Engine, presumptions: bool = True) -> None:
        self._engine = engine
        self._presumptions = presumptions

    @property
    def version(self) -> str:
        """Return the content hash of the knowledge, 12 hexadecimal digits."""
        return library.version()

    def rules(self, as_of: date | str | None = None) -> Rules:
        """Return the rules in force on a day, today by default."""
        return rules_at(_day(as_of))

    def read(
        self, source: Source, syntax: str | None = None, project: str | None = None
    ) -> Description:
        """Return a description from a path, or from a text when its `syntax` is named.

        `project` names the one to read where there are several. Raises UnreadableInput, TooLarge,
        UnusableInput or UnknownName; Refused with every finding where a key or a value is not to be read.
        """
        if isinstance(source, Description):
            return source
        try:
            if isinstance(source, Mapping):
                text = json.dumps(source, default=str)
                description = self._engine.parse(text, "json", project)
                description.is_written = False
                return description
            if syntax is not None and not isinstance(source, Path):
                return self._engine.parse(source, syntax, project)
            return self._engine.parse_file(os.fsdecode(source), project)
        except UnusableInput as fault:
            if "pointer" not in fault.extra:
                raise
            raise self._unread(source, syntax) from fault

    def _unread(self, source: Source, syntax: str | None) -> Refused:
        """Return the refusal of a source in which some key or value cannot be read, with every finding."""
        if isinstance(source, Mapping):
            examined = self.examine_tree(json.loads(json.dumps(source, default=str)))
        elif syntax is not None and isinstance(source, (str, bytes)):
            examined = self.examine(source, syntax)
        else:
            assert not isinstance(source, Description)
            examined = self.examine(*read_file(os.fsdecode(source)))
        return unread(slug(examined.projects[0]), examined.report.findings)

    def examine(self, source: bytes | str, syntax: str, project: str | None = None) -> TextReport:
        """Return all that is wrong with a text, each point with its place (`validation.validate_text`)."""
        from montages.validation.validate_text import validate_text  # brings the YAML library

        return validate_text(source, syntax, self._engine, project)

    def examine_tree(self, tree: dict[str, Any]) -> TextReport:
        """Return all that is wrong with a tree of our keys."""
        from montages.validation.validate_text import validate_tree

        return validate_tree(tree, self._engine, None)

    def check(self, description: Source) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return self._engine.check(self.read(description))

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely has no violation; checking it alone tells the rest.

        A fast engine judges many of them in the time of a few.
        """
        return self._engine.conforming(descriptions)

    def assess(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Assessment:
        """Return the assessment of one description, under the law of `as_of` (today by default).

        `as_of` is a date or its text (2026-06-01); `lang` is fr or en; with `presumptions` False,
        neither law nor practice answers what is not stated. Raises Refused with the findings when the
        description does not conform, unless `anyway`.
        """
        return self.assess_all(
            [description], as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )[0]

    def assess_all(
        self,
        descriptions: Sequence[Source],
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> list[Assessment]:
        """Return the assessments of several descriptions, in their order."""
        if lang not in ("fr", "en"):
            raise UnknownName(
                f"Langue inconnue : {lang}. fr ou en.", f"Unknown language: {lang}. fr or en."
            )
        parsed = [self._presuming(self.read(source), presumptions) for source in descriptions]
        for item in parsed:
            check_units(item.facts, str(item.project))
        return assess_all(parsed, self._engine, as_of=_day(as_of), lang=lang, anyway=anyway)

    def _presuming(self, description: Description, presumptions: bool | None) -> Description:
        wanted = self._presumptions if presumptions is None else presumptions
        return description if wanted else description.without_presumptions()

    def status_line(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> StatusLine:
        """Return the statuses of one description and what they rest on, by name (`assessment.status_line`).

        A fast engine comes to it without explaining. Raises as `assess`.
        """
        parsed, day = self._presuming(self.read(description), presumptions), _day(as_of)
        check_units(parsed.facts, str(parsed.project))
        if not anyway:
            report = self._engine.check(parsed)
            if not report.conforms():
                raise refusal(parsed, report)
        sections = self._engine.status_sections(parsed, rules_at(day))
        if sections is None:
            return status_line(self.assess(parsed, as_of=day, anyway=anyway))
        readings = [reading.to_json("fr") for reading in parsed.readings]
        return StatusLine(str(parsed.project), day, self.version, sections, readings=readings)


def _day(as_of: date | str | None) -> date:
    return read_day(as_of) if isinstance(as_of, str) else as_of or date.today()


def load(engine: str | None = None, *, presumptions: bool = True) -> Knowledge:
    """Return the knowledge with an engine: `fast` or `reference`; by default the setting's.

    With `presumptions` False, nothing is presumed unless an assessment asks for it. Raises UnknownName
    for another engine.
    """
    return Knowledge(engine_named(engine), presumptions)
