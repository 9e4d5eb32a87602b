"""Check the rulebook itself: what is missing, dead, out of reach, alike or unused (R27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.model import Arrangement, Rulebook
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.quality.checks.coherent_profiles import CoherentProfiles, coherent_profiles
from montages.quality.checks.reachability import unreachable
from montages.quality.checks.remark import Remark, remark
from montages.quality.checks.sheet_coverage import SheetCoverage, sheet_coverage
from montages.quality.checks.unused import unused
from montages.quality.checks.well_formedness import ill_formed


@dataclass(frozen=True)
class RulesReport:
    """The remarks and figures of the rulebook: the rules in force on a day, and all its versions."""

    as_of: date
    version: str
    figures: dict[str, int]
    remarks: tuple[Remark, ...]
    sheet: SheetCoverage
    profiles: CoherentProfiles

    @property
    def errors(self) -> tuple[Text, ...]:
        """Return what makes the rulebook unfit to be published."""
        return tuple(r.text for r in self.remarks if r.severity == "error")

    @property
    def passed(self) -> bool:
        """Tell whether no error was found."""
        return not self.errors

    def to_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "passed": self.passed,
            "as_of": self.as_of.isoformat(),
            "rulebook_version": self.version,
            "figures": self.figures,
            "remarks": [remark.to_json(lang) for remark in self.remarks],
            "blank_cells": list(self.sheet.blank),
            "uncited_cells": list(self.sheet.uncited),
            "profiles": self.profiles.to_json(lang),
        }


def check_rules(as_of: date | None = None, not_exercised: Iterable[str] = ()) -> RulesReport:
    """Return the report on the shipped rulebook; `as_of` is today by default.

    `not_exercised` are the gates that no case of the panel satisfies or violates: an error each.
    """
    day = as_of or date.today()
    book, rules, sheet = rulebook(), rules_at(day), sheet_coverage()
    profiles = coherent_profiles(rules)
    remarks = (
        *_stuck(profiles),
        *unexercised(not_exercised),
        *ill_formed(book),
        *_uncited(sheet),
        *unreachable(book, rules),
        *unused(book),
    )
    order = ("error", "warning", "note")
    return RulesReport(
        as_of=day,
        version=library.version(),
        figures=_figures(book, rules, sheet),
        remarks=tuple(sorted(remarks, key=lambda r: (order.index(r.severity), r.check, r.about))),
        sheet=sheet,
        profiles=profiles,
    )


def _stuck(profiles: CoherentProfiles) -> Iterator[Remark]:
    for cause in profiles.stuck:
        articles = {lang: ", ".join(c.label[lang] for c in cause.clauses) for lang in ("fr", "en")}
        yield remark(
            "stuck-profile",
            "error",
            ", ".join(gate.slug for gate in cause.gates),
            f"{cause.profiles} profils sans montage ouvert, et qu'aucun choix ne rouvre "
            f"({articles['fr']}). Corrigez une condition, ou nommez la loi dans data/coherence.",
            f"{cause.profiles} profiles without any open set-up, which no choice reopens "
            f"({articles['en']}). Mend a gate, or name the law in data/coherence.",
        )


def unexercised(slugs: Iterable[str]) -> Iterator[Remark]:
    """Yield an error for each gate that no case of the panel satisfies or violates."""
    for slug in slugs:
        yield remark(
            "unexercised-gate",
            "error",
            slug,
            "aucun cas du panel ne satisfait ni n'enfreint cette condition. Ajoutez-en un dans data/panel.",
            "no case of the panel satisfies or violates this gate. Add one to data/panel.",
        )


def _uncited(sheet: SheetCoverage) -> Iterator[Remark]:
    for slug in sheet.uncited:
        yield remark(
            "uncited-cell",
            "error",
            slug,
            "rien ne cite cet élément de la fiche. Ajoutez-le à la source de ce qui en découle.",
            "nothing cites this element of the sheet. Add it to the sources of what rests on it.",
        )


def _figures(book: Rulebook, rules: Rules, sheet: SheetCoverage) -> dict[str, int]:
    def concrete(kind: str) -> list[Arrangement]:
        return [a for a in book.arrangements.values() if a.kind == kind and not a.abstract]

    gates = {r.slug for r in book.requirements if r.hard}
    duties = {r.slug for r in book.requirements if r.duty}
    every = {r.slug for r in book.requirements}
    cited = [r.sources for r in book.requirements] + [a.sources for a in book.attentions]
    return {
        "contract_types": len(book.contract_types),
        "procedures": len(concrete("procedure")),
        "channels": len(concrete("channel")),
        "vehicles": len(concrete("vehicle")),
        "activities": len(concrete("activity")),
        "criteria": len(book.criteria),
        "requirements": len(every),
        "hard": len(gates),
        "duties": len(duties),
        "soft": len(every - gates - duties),
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
