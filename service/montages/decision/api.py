"""The Python door: load the knowledge once, then check and assess descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from montages.decision import parse
from montages.decision.assess import assess_all
from montages.decision.assessment import Assessment
from montages.decision.check import check
from montages.decision.description import Description
from montages.decision.engine import ENGINES, Engine
from montages.decision.findings import Report
from montages.errors import UnknownName
from montages.knowledge import library
from montages.knowledge.periods import Rules, rules_at

Source = Description | str | Path


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

    def read(self, source: Source, syntax: str | None = None) -> Description:
        """Return a description from a path, or from a text when its `syntax` is named.

        Raises UnreadableInput, TooLarge or UnusableInput.
        """
        if isinstance(source, Description):
            return source
        if syntax is not None:
            return parse.parse(str(source), syntax)
        return parse.parse_file(source)

    def check(self, description: Source) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return check(self.read(description))

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


def load(engine: str = "reference") -> Knowledge:
    """Return the knowledge with an engine: `reference`. Raises UnknownName for another name."""
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise UnknownName(
            f"Moteur inconnu : {engine}. Moteurs : {known}.",
            f"Unknown engine: {engine}. Engines: {known}.",
        )
    return Knowledge(ENGINES[engine]())
