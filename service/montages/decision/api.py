"""The Python door: load the knowledge once, then check and assess descriptions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from montages.decision.assess import assess_all, refusal
from montages.decision.assessment import Assessment
from montages.decision.brief import brief, headed
from montages.decision.description import Description
from montages.decision.engine import Engine, engine_named
from montages.decision.findings import Report
from montages.knowledge import library
from montages.knowledge.periods import Rules, rules_at

Source = Description | str | bytes | Path


class Knowledge:
    """The ontology, shapes, rules and queries, with the engine that derives from them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def version(self) -> str:
        """Return the content hash of the knowledge, 12 hexadecimal digits."""
        return library.version()

    def rules(self, as_of: date | None = None) -> Rules:
        """Return the rules in force on a day, today by default."""
        return rules_at(as_of or date.today())

    def read(
        self, source: Source, syntax: str | None = None, project: str | None = None
    ) -> Description:
        """Return a description from a path, or from a text when its `syntax` is named.

        `project` names the one to read where there are several. Raises UnreadableInput, TooLarge,
        UnusableInput or UnknownName.
        """
        if isinstance(source, Description):
            return source
        if syntax is not None and not isinstance(source, Path):
            return self._engine.parse(source, syntax, project)
        return self._engine.parse_file(os.fsdecode(source), project)

    def check(self, description: Source) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return self._engine.check(self.read(description))

    def assess(
        self,
        description: Source,
        *,
        as_of: date | None = None,
        lang: str = "fr",
        anyway: bool = False,
    ) -> Assessment:
        """Return the assessment of one description, under the law of `as_of` (today by default).

        Raises Refused with the findings when the description does not conform, unless `anyway`.
        """
        return self.assess_all([description], as_of=as_of, lang=lang, anyway=anyway)[0]

    def assess_all(
        self,
        descriptions: Sequence[Source],
        *,
        as_of: date | None = None,
        lang: str = "fr",
        anyway: bool = False,
    ) -> list[Assessment]:
        """Return the assessments of several descriptions, in their order."""
        read = [self.read(d) for d in descriptions]
        day = as_of or date.today()
        return assess_all(read, self._engine, as_of=day, lang=lang, anyway=anyway)

    def brief(
        self, description: Source, *, as_of: date | None = None, anyway: bool = False
    ) -> dict[str, Any]:
        """Return the statuses of one description and what they rest on, by name (`decision.brief`).

        A fast engine comes to it without explaining. Raises as `assess`.
        """
        read, day = self.read(description), as_of or date.today()
        report = self._engine.check(read)
        if not anyway and not report.conforms():
            raise refusal(read, report)
        sections = self._engine.brief(read, rules_at(day))
        if sections is None:
            return brief(self.assess(read, as_of=day, anyway=anyway))
        return headed(read.project, day, self.version, sections)


def load(engine: str | None = None) -> Knowledge:
    """Return the knowledge with an engine: `fast` or `reference`; by default the setting's.

    Raises UnknownName for another name.
    """
    return Knowledge(engine_named(engine))
