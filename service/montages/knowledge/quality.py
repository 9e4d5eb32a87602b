"""Check the rulebook itself: what is missing, dead, out of reach, alike or unused (R27)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.knowledge import library
from montages.knowledge.dead_ends import DeadEnds, dead_ends
from montages.knowledge.model import Arrangement, Rulebook, Text
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.quality_reach import reach
from montages.knowledge.quality_remark import Remark
from montages.knowledge.quality_statements import statements
from montages.knowledge.quality_use import use
from montages.knowledge.rulebook import rulebook
from montages.knowledge.sheet import SheetCoverage, sheet_coverage


@dataclass(frozen=True)
class RulesReport:
    """What checking the rulebook found, on the rules in force on a day and on all its versions."""

    as_of: date
    version: str
    figures: dict[str, int]
    remarks: tuple[Remark, ...]
    sheet: SheetCoverage
    dead_ends: DeadEnds

    @property
    def errors(self) -> tuple[Text, ...]:
        """Return what makes the rulebook unfit to be published."""
        return self._texts("error")

    @property
    def warnings(self) -> tuple[Text, ...]:
        """Return what deserves a look, and may be right."""
        return self._texts("warning")

    @property
    def notes(self) -> tuple[Text, ...]:
        """Return what is worth knowing and calls for nothing."""
        return self._texts("note")

    @property
    def blank_cells(self) -> tuple[str, ...]:
        """Return the elements that the sheet leaves blank: no statement, never a condition."""
        return self.sheet.blank

    @property
    def uncited_cells(self) -> tuple[str, ...]:
        """Return the elements of the sheet that nothing cites."""
        return self.sheet.uncited

    @property
    def passed(self) -> bool:
        """Tell whether no error was found."""
        return not self.errors

    def _texts(self, severity: str) -> tuple[Text, ...]:
        return tuple(r.text for r in self.remarks if r.severity == severity)

    def to_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "passed": self.passed,
            "as_of": self.as_of.isoformat(),
            "rulebook_version": self.version,
            "figures": self.figures,
            "remarks": [remark.to_json(lang) for remark in self.remarks],
            "blank_cells": list(self.blank_cells),
            "uncited_cells": list(self.uncited_cells),
            "dead_ends": self.dead_ends.to_json(lang),
        }


def check_rules(as_of: date | None = None) -> RulesReport:
    """Return what is right and wrong with the shipped rulebook; `as_of` is today by default."""
    day = as_of or date.today()
    book, rules, sheet = rulebook(), rules_at(day), sheet_coverage()
    remarks = (*statements(book), *_uncited(sheet), *reach(book, rules), *use(book))
    order = ("error", "warning", "note")
    return RulesReport(
        as_of=day,
        version=library.version(),
        figures=_figures(book, rules, sheet),
        remarks=tuple(sorted(remarks, key=lambda r: (order.index(r.severity), r.check, r.about))),
        sheet=sheet,
        dead_ends=dead_ends(rules),
    )


def _uncited(sheet: SheetCoverage) -> Iterator[Remark]:
    for slug in sheet.uncited:
        yield Remark(
            "uncited-cell",
            "error",
            slug,
            Text(
                f"{slug} : rien ne cite cet élément de la fiche. Ajoutez-le à la source de ce "
                "qui en découle.",
                f"{slug}: nothing cites this element of the sheet. Add it to the sources of what "
                "rests on it.",
            ),
        )


def _figures(book: Rulebook, rules: Rules, sheet: SheetCoverage) -> dict[str, int]:
    def concrete(kind: str) -> list[Arrangement]:
        return [a for a in book.arrangements.values() if a.kind == kind and not a.abstract]

    hard = {r.slug for r in book.requirements if r.hard}
    every = {r.slug for r in book.requirements}
    cited = [r.sources for r in book.requirements] + [a.sources for a in book.attentions]
    return {
        "contract_types": len(concrete("contract")),
        "procedures": len(concrete("procedure")),
        "channels": len(concrete("channel")),
        "vehicles": len(concrete("vehicle")),
        "activities": len(concrete("activity")),
        "criteria": len(book.criteria),
        "requirements": len(every),
        "hard": len(hard),
        "soft": len(every - hard),
        "requirement_versions": len(book.requirements),
        "requirements_in_force": len(rules.requirements),
        "attention_points": len(book.attentions),
        "thresholds": len(book.thresholds),
        "sources": len({s.slug for sources in cited for s in sources}),
        "sheet_elements": len(sheet.cited) + len(sheet.uncited) + len(sheet.blank),
        "sheet_cited": len(sheet.cited),
        "sheet_uncited": len(sheet.uncited),
        "sheet_blank": len(sheet.blank),
    }
