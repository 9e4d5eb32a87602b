"""Montages from Python: load the knowledge once, then read, check and assess descriptions."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from montages.advice.compare.comparison import Comparison
from montages.advice.compare.contract_columns import comparison
from montages.advice.compose.compose_contracts import SHOWN, compositions_of
from montages.advice.compose.composition import Compositions
from montages.advice.fork.edited_answers import with_answers
from montages.advice.fork.project_fork import Fork, fork_of
from montages.advice.questions.assess_and_ask import assess_and_ask
from montages.advice.questions.interview import Interview
from montages.advice.questions.next_questions import next_questions
from montages.advice.similar.similar_projects import SHOWN as SHOWN_SIMILAR
from montages.advice.similar.similar_projects import SimilarProjects, similar_projects
from montages.advice.what_if.choice_changes import what_ifs_of
from montages.advice.what_if.what_ifs import SHOWN as WHAT_IFS_SHOWN
from montages.advice.what_if.what_ifs import WhatIfs
from montages.assessment.assess import assess_all, refusal, unread
from montages.assessment.assessment import Assessment
from montages.assessment.lines.verdict_line import verdict_line
from montages.assessment.status_line import StatusLine, status_line
from montages.assessment.table_descriptions import table_description, table_descriptions
from montages.description.dates import read_day
from montages.description.description import Description
from montages.description.limits import check_units
from montages.description.parsing.parse import read_file
from montages.description.tables.read_table import (
    FILE_SUFFIXES,
    TABLE_SUFFIXES,
    TABLE_SYNTAXES,
)
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

# The name of a project that nobody has named yet, of which one only asks what to say.
_UNNAMED = "Projet"


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
        """Return a description from a path, or from a text, or a table's bytes, when its `syntax` is named.

        `project` names the one to read where there are several (the rows of a table, say). Raises
        UnreadableInput, TooLarge, UnusableInput or UnknownName; Refused with every finding where a key
        or a value is not to be read.
        """
        if isinstance(source, Description):
            return source
        if (table := _table(source, syntax)) is not None:
            return table_description(*table, self._engine, project)
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

    def read_all(self, source: Source, syntax: str | None = None) -> list[Description]:
        """Return the description of every row of a table, the one description of anything else.

        The rest as `read`.
        """
        if (table := _table(source, syntax)) is not None:
            return list(table_descriptions(*table, self._engine))
        return [self.read(source, syntax)]

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

    def examine(
        self,
        source: bytes | str,
        syntax: str,
        project: str | None = None,
        count_rows: Callable[[int], None] = lambda number: None,
    ) -> TextReport:
        """Return all that is wrong with a text or a table, each point with its place or its cell.

        `count_rows` is told how many rows of a table there are so far, and may raise. The rest as
        `validation.validate_text` and `validate_table`.
        """
        if syntax in TABLE_SYNTAXES:
            from montages.validation.validate_table import validate_table

            return validate_table(source, syntax, self._engine, project, count_rows)
        from montages.validation.validate_text import validate_text  # brings the YAML library

        return validate_text(source, syntax, self._engine, project)

    def examine_tree(self, tree: dict[str, Any]) -> TextReport:
        """Return all that is wrong with a tree of our keys."""
        from montages.validation.validate_text import validate_tree

        return validate_tree(tree, self._engine, None)

    def examine_entry(self, source: bytes | str, syntax: str, slug: str) -> TextReport:
        """Return what there is to say of a text that may be an entry of the registry (G1).

        One project, and no violation: the same gate at every door. Raises Refused with every finding, or
        UnusableInput; the rest as `examine`.
        """

        def one_row(number: int) -> None:
            if number > 1:
                raise _several(number)

        examined = self.examine(source, syntax, count_rows=one_row)
        blocking = [point for point in examined.report.findings if point.severity == "violation"]
        if blocking:
            first = blocking[0].message
            raise Refused(
                f"{slug} : {len(blocking)} point(s) à corriger, et rien n'a été enregistré. Le premier : "
                f"{first.fr}",
                f"{slug}: {len(blocking)} point(s) to correct, and nothing was stored. The first: {first.en}",
                findings=examined.report.findings,
                final=True,
            )
        if len(examined.projects) != 1:
            raise _several(len(examined.projects))
        return examined

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
        _check_language(lang)
        parsed = [self._presuming(self.read(source), presumptions) for source in descriptions]
        for item in parsed:
            check_units(item.facts, str(item.project))
        return assess_all(parsed, self._engine, as_of=_day(as_of), lang=lang, anyway=anyway)

    def questions(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        about: Sequence[str] = (),
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Interview:
        """Return what to ask next of a project, which may be one of which nothing is said yet (R19).

        `about` names the arrangements whose verdict is asked for: contracts and procedures without it. The
        rest as `assess`.
        """
        asked = self._to_advise(description, lang, presumptions)
        return next_questions(
            asked, self._engine, as_of=_day(as_of), lang=lang, about=about, anyway=anyway
        )

    def what_ifs(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        about: Sequence[str] = (),
        top: int = WHAT_IFS_SHOWN,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> WhatIfs:
        """Return what would open each contract that does not fit: the smallest changes of choices (R21).

        `about` names the arrangements looked at, procedures, channels and vehicles included; contracts
        without it; `top` changes of each are worked out, and all counted. The rest as `assess`.
        """
        asked = self._to_advise(description, lang, presumptions)
        return what_ifs_of(
            asked, self._engine, as_of=_day(as_of), lang=lang, about=about, top=top, anyway=anyway
        )

    def fork(
        self,
        description: Source,
        other: Source | None = None,
        *,
        answers: Mapping[str, Any] | None = None,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Fork:
        """Return a project beside another, or beside itself with other `answers` (our keys): what moves.

        The rest as `assess`. Raises UnusableInput where there is neither.
        """
        before = self.read(description)
        after = before if other is None else self.read(other)
        if answers:
            after = self._answering(after, answers)
        elif other is None:
            raise UnusableInput(
                "Rien à comparer : donnez un autre projet, ou des réponses à changer (--with clé=valeur).",
                "Nothing to compare with: give another project, or answers to change (--with key=value).",
            )
        day = _day(as_of)
        one, two = self.assess_all(
            [before, after], as_of=day, lang=lang, anyway=anyway, presumptions=presumptions
        )
        return fork_of(one, two)

    def _answering(self, description: Description, answers: Mapping[str, Any]) -> Description:
        try:
            return with_answers(description, answers, self._engine)
        except UnusableInput as fault:
            if "pointer" not in fault.extra:
                raise
            tree = {"project": "x", "id": description.slug, "answers": dict(answers)}
            raise self._unread(tree, None) from fault

    def compose(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        top: int = SHOWN,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Compositions:
        """Return the `top` best whole set-ups: contracts that cover every layer and perimeter (R23).

        The rest as `assess`.
        """
        assessment = self.assess(
            description, as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )
        return compositions_of(assessment, top)

    def compare(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        about: Sequence[str] = (),
        differences_only: bool = False,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> Comparison:
        """Return contracts side by side, by criterion: what each accepts, what comes out, and why (R24).

        `about` names them; without it the best open rows and those retained. The rest as `assess`.
        """
        assessment = self.assess(
            description, as_of=as_of, lang=lang, anyway=anyway, presumptions=presumptions
        )
        return comparison(assessment, about, differences_only=differences_only)

    def similar(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        top: int = SHOWN_SIMILAR,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> SimilarProjects:
        """Return the `top` real projects and the `top` cases of the panel nearest to a project by facts.

        What is presumed plays no part, nor do choices. The rest as `assess`.
        """
        asked = self._to_advise(description, lang, presumptions)
        if not anyway:
            report = self._engine.check(asked)
            if not report.conforms():
                raise refusal(asked, report)
        return similar_projects(asked, _day(as_of), lang, top)

    def handout(
        self,
        description: Source,
        paper: str = "note",
        form: str = "html",
        *,
        site: str = "",
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> bytes:
        """Return a paper to leave with: the scoping `note`, or the page for the `mayor`; html, pdf or docx.

        `site` is the address of the service that reopens the project, if any. The rest as `assess`. Raises
        UnknownName, and NotInstalled where the form needs a library that is not there.
        """
        from montages.description.address.project_address import ProjectAddress
        from montages.description.to_keys import to_keys
        from montages.publish.handouts.handout import check_names, handout_file
        from montages.publish.handouts.handout_source import HandoutSource

        check_names(paper, form)
        parsed = self._presuming(self.read(description), presumptions)
        assessment = self.assess(parsed, as_of=as_of, lang=lang, anyway=anyway)
        tree = to_keys(parsed.graph, parsed.project)
        law = None if as_of is None else assessment.as_of
        address = ProjectAddress(tree, as_of=law, day=date.today(), rules=self.version)
        return handout_file(HandoutSource(assessment, address, lang, site), paper, form)

    def _to_advise(self, description: Source, lang: str, presumptions: bool | None) -> Description:
        """Return a description that advice is asked for, which may have no name yet."""
        _check_language(lang)
        parsed = self._presuming(self.read(description), presumptions).with_a_name(_UNNAMED)
        check_units(parsed.facts, str(parsed.project))
        return parsed

    def assess_and_ask(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str = "fr",
        anyway: bool = False,
    ) -> tuple[Assessment, Interview]:
        """Return what `assess` and `questions` do, in the time of little more than one of them."""
        parsed = self._to_advise(description, lang, None)
        return assess_and_ask(parsed, self._engine, as_of=_day(as_of), lang=lang, anyway=anyway)

    def _presuming(self, description: Description, presumptions: bool | None) -> Description:
        wanted = self._presumptions if presumptions is None else presumptions
        return description if wanted else description.without_presumptions()

    def status_line(
        self,
        description: Source,
        *,
        as_of: date | str | None = None,
        lang: str | None = None,
        anyway: bool = False,
        presumptions: bool | None = None,
    ) -> StatusLine:
        """Return the statuses of one description and what they rest on, by name (`assessment.status_line`).

        In a language, with the answer and the verdicts. A fast engine comes to it without explaining.
        Raises as `assess`.
        """
        parsed, day = self._presuming(self.read(description), presumptions), _day(as_of)
        check_units(parsed.facts, str(parsed.project))
        if not anyway:
            report = self._engine.check(parsed)
            if not report.conforms():
                raise refusal(parsed, report)
        sections = self._engine.status_sections(parsed, rules_at(day))
        if sections is None:
            return status_line(self.assess(parsed, as_of=day, anyway=anyway), lang)
        if lang is not None:
            return verdict_line(parsed, sections.details(), rules_at(day), day, lang)
        readings = [reading.to_json("fr") for reading in parsed.readings]
        return StatusLine(str(parsed.project), day, self.version, sections, readings=readings)


def _table(source: Source, syntax: str | None) -> tuple[bytes | str, str] | None:
    """Return the bytes and the syntax of a source that is a table, None for any other."""
    if isinstance(source, (Mapping, Description)):
        return None
    if syntax is not None and not isinstance(source, Path):
        return (source, syntax) if syntax in TABLE_SYNTAXES else None
    path = Path(os.fsdecode(source))
    return read_file(path, FILE_SUFFIXES) if path.suffix.lower() in TABLE_SUFFIXES else None


def _check_language(lang: str) -> None:
    if lang not in ("fr", "en"):
        raise UnknownName(
            f"Langue inconnue : {lang}. fr ou en.", f"Unknown language: {lang}. fr or en."
        )


def _several(count: int) -> UnusableInput:
    """Return the refusal of an entry that describes no project, or several: so many at least."""
    return UnusableInput(
        f"Une fiche décrit un projet, et ce texte en décrit {count} : envoyez-les un par un. Rien n'a été "
        "enregistré.",
        f"An entry describes one project, and this text describes {count}: send them one by one. Nothing was "
        "stored.",
        projects=count,
    )


def _day(as_of: date | str | None) -> date:
    return read_day(as_of) if isinstance(as_of, str) else as_of or date.today()


def load(engine: str | None = None, *, presumptions: bool = True) -> Knowledge:
    """Return the knowledge with an engine: `fast` or `reference`; by default the setting's.

    With `presumptions` False, nothing is presumed unless an assessment asks for it. Raises UnknownName
    for another engine.
    """
    return Knowledge(engine_named(engine), presumptions)
