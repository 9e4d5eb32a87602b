"""Assesses descriptions under the law of a day, in full or in a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from montages.api.description_source import Source
from montages.api.source_reader import SourceReader
from montages.assessment.assess import assess_all
from montages.assessment.assessment import Assessment
from montages.bilingual import message
from montages.description.dates import read_day
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.errors import UnknownName
from montages.knowledge.files import library
from montages.knowledge.periods import Rules, rules_at

if TYPE_CHECKING:
    from montages.assessment.assessment_line import AssessmentLine


class ProjectAssessor(SourceReader):
    """Assesses projects; with `presumptions` False, nothing is presumed unless a call asks for it."""

    def __init__(self, engine: Engine, presumptions: bool = True) -> None:
        super().__init__(engine)
        self._presumptions = presumptions

    @property
    def version(self) -> str:
        """Return the content hash of the knowledge, 12 hexadecimal digits."""
        return library.version()

    def rules(self, as_of: date | str | None = None) -> Rules:
        """Return the rules in force on a day, today by default."""
        return rules_at(day_of(as_of))

    def assess(
        self,
        description: Source | None = None,
        *,
        text: str | None = None,
        syntax: str | None = None,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Assessment:
        """Return the assessment of one description, under the law of `as_of` (today by default).

        The description is told by its type, or is the `text`, as by `read`. `as_of` is a date or its text
        (2026-06-01); `lang` is fr or en; with `presumptions` False, neither law nor practice answers what is
        not stated. Raises as `read`, and Refused with the findings when the description does not conform,
        unless `anyway`.
        """
        return self.assess_all(
            [self.read(description, syntax, text=text)],
            as_of=as_of,
            lang=lang,
            anyway=anyway,
            presumptions=presumptions,
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
        check_language(lang)
        parsed = [self._presuming(self.read(source), presumptions) for source in descriptions]
        for item in parsed:
            item.check_units()
        return assess_all(parsed, self._engine, as_of=day_of(as_of), lang=lang, anyway=anyway)

    def assessment_line(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> AssessmentLine:
        """Return the answer for one description, and each verdict by name; raises as `assess`."""
        from montages.assessment.assessment_line import AssessmentLine  # for lines only

        assessment = self.assess(
            description, as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )
        return AssessmentLine(assessment.conclusions, lang)

    def _presuming(self, description: Description, presumptions: bool | None) -> Description:
        wanted = self._presumptions if presumptions is None else presumptions
        return description if wanted else description.without_presumptions()


def check_language(lang: str) -> None:
    """Raise UnknownName for a language that is neither French nor English."""
    if lang not in ("fr", "en"):
        raise UnknownName(message("Unknown language: {lang}. fr or en.", lang=lang))


def day_of(as_of: date | str | None) -> date:
    """Return the day whose law applies: a date, its text, or today."""
    return read_day(as_of) if isinstance(as_of, str) else as_of or date.today()
