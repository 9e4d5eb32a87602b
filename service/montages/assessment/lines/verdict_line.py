"""The status line of a project in a language, with its verdicts: what the assessment gives, without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import orjson

from montages.assessment.lines.entry_text import absent_opening, verdict_members
from montages.assessment.lines.line_results import LineResults
from montages.assessment.presumed import presumed_answers
from montages.assessment.status_line import StatusLine, presumed_names
from montages.assessment.words.answer import short_answer
from montages.description.description import Description
from montages.engine.protocol import ContractTally, StatusDetails
from montages.knowledge.files import library
from montages.knowledge.logic import NOT_IN_FORCE
from montages.knowledge.model import SECTIONS
from montages.knowledge.periods import Rules


def verdict_line(
    description: Description, details: StatusDetails, rules: Rules, as_of: date, lang: str
) -> StatusLine:
    """Return the line of a project, byte for byte that of its assessment in this language."""
    results = LineResults(rules, details)
    answer = short_answer(results.project, results.told_rows, results.units, rules)
    return StatusLine(
        str(description.project),
        as_of,
        library.version(),
        _VerdictSections(results, lang),
        answer.to_json(lang),
        presumed_names(presumed_answers(results.units, rules)),
        [reading.to_json(lang) for reading in description.readings],
    )


@dataclass(frozen=True, eq=False)
class _VerdictSections:
    """The sections of a line with verdicts, an entry an arrangement, best first."""

    results: LineResults
    lang: str

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each section."""
        entries: dict[str, list[dict[str, Any]]] = orjson.loads(b"{%b}" % self.text())
        return entries

    def text(self) -> bytes:
        """Return the sections as members of a JSON object."""
        return self._text

    @cached_property
    def _text(self) -> bytes:
        results, checks, rules = self.results, self.results.checks, self.results.rules
        sections: dict[str, list[bytes]] = {name: [] for name in SECTIONS.values()}
        for result in results.project:
            slug = result.arrangement.slug
            entry = results.entries.get(slug)
            against = checks.against(entry) if entry is not None else ()
            members = verdict_members(result, against, rules, self.lang)
            if entry is None:
                opening, closing = absent_opening(slug), b"}"
                sections[SECTIONS[result.arrangement.kind]].append(opening + members + closing)
            else:
                sections[entry.section].append(entry.opening + members + entry.closing)
        return b",".join(
            b'"%b":[%b]' % (name.encode(), b",".join(entries)) for name, entries in sections.items()
        )

    def contracts(self) -> Iterable[ContractTally]:
        """Return what each contract counts for."""
        for result in self.results.project:
            if result.arrangement.kind == "contract":
                entry = self.results.entries.get(result.arrangement.slug)
                yield entry.tally if entry is not None else _ABSENT


_ABSENT = ContractTally(NOT_IN_FORCE)
