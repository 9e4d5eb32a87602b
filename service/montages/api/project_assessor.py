"""Reads descriptions, says what is wrong with them, and assesses them under the law of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from montages.api.description_source import Source
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
import json
from collections.abc import Callable, Mapping

from montages.api.description_source import Content, Given, content_of
from montages.assessment.assess import unread
from montages.description.parsing.source_text import TABLE_SYNTAXES
from montages.description.well_formed import IllFormed
from montages.errors import Refused, UnusableInput
from montages.names import slug
from montages.validation.findings import Report


class SourceReader:
    """Reads and checks what a description is given as, by an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(
        self,
        source: Source | None = None,
        syntax: str | None = None,
        project: str | None = None,
        *,
        text: str | None = None,
    ) -> Description:
        """Return the description that a source is, told by its type, or a `text`.

        A mapping has our keys, a path or its name a file, a `str` that is no path a link, the name
        of an example (`dijon`, `panel/village-meters`) or a sentence; bytes are what a file holds, a graph is
        of rdflib, a row of a data frame. `syntax` is that of bytes or of a `text`, by default what they look
        like; `project` names the one to read where there are several. Raises UnreadableInput, TooLarge,
        UnusableInput or UnknownName; Refused with every finding where a key or value is not to be read.
        """
        return self._description(content_of(source, syntax, text), project)

    def read_all(self, source: Source, syntax: str | None = None) -> list[Description]:
        """Return the description of every row of a table, the one description of anything else.

        The rest as `read`.
        """
        content = content_of(source, syntax, None)
        if isinstance(content, Content) and content.syntax in TABLE_SYNTAXES:
            from montages.api.table_descriptions import table_descriptions

            return list(table_descriptions(*content, self._engine))
        return [self._description(content, None)]

    def _description(self, given: Given, project: str | None) -> Description:
        if isinstance(given, Description):
            return given
        written = isinstance(given, Content)
        content = given if isinstance(given, Content) else Content(_json(given), "json")
        if content.syntax in TABLE_SYNTAXES:
            from montages.api.table_descriptions import table_description  # for tables only

            return table_description(*content, self._engine, project)
        try:
            description = self._engine.parse(*content, project)
        except UnusableInput as fault:
            if "pointer" not in fault.extra and not isinstance(fault, IllFormed):
                raise
            raise self._unread(given) from fault
        description.is_written = written
        return description

    def _unread(self, given: Content | Mapping[str, object]) -> Refused:
        """Return the refusal of a source in which some key or value cannot be read, with every finding."""
        if isinstance(given, Content):
            examined = self.examine(*given)
        else:
            examined = self.examine_tree(json.loads(_json(given)))
        return unread(slug(examined.projects[0]), examined.findings)

    def examine(
        self,
        source: bytes | str,
        syntax: str,
        project: str | None = None,
        count_rows: Callable[[int], None] = lambda number: None,
    ) -> Report:
        """Return all that is wrong with a text or a table, each point with its place or its cell.

        `count_rows` is told how many rows of a table there are so far, and may raise. The rest as
        `validation.validate_text` and `validate_table`.
        """
        if syntax in TABLE_SYNTAXES:
            from montages.validation.validate_table import validate_table

            return validate_table(source, syntax, self._engine, project, count_rows)
        from montages.validation.validate_text import validate_text  # brings the YAML library

        return validate_text(source, syntax, self._engine, project)

    def examine_tree(self, tree: dict[str, object], project: str | None = None) -> Report:
        """Return all that is wrong with a tree of our keys, or with one project of it."""
        from montages.validation.validate_text import validate_tree

        return validate_tree(tree, self._engine, None, project)

    def check(self, description: Source) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return self._engine.check(self.read(description))

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely has no violation; checking it alone tells the rest.

        A fast engine judges many of them in the time of a few.
        """
        return self._engine.conforming(descriptions)


def _json(keys: Mapping[str, object]) -> str:
    """Return keys as JSON; raises UnusableInput for what it does not hold."""
    try:
        return json.dumps(keys, default=_plain)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnusableInput(
            message("These keys cannot be written as JSON: {error}.", error=error)
        ) from error


def _plain(value: object) -> object:
    """Return a value as JSON has it: mappings, sets, and by its text what else there is, such as a day."""
    if isinstance(value, Mapping):
        return dict(value)
    return sorted(value, key=str) if isinstance(value, (set, frozenset)) else str(value)


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
