"""The page of the thresholds: the form, the picture, what an amount leaves on a day, and what switches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask import request
from rdflib import URIRef

from montages.advice.thresholds.amount_point import AmountPoint
from montages.advice.thresholds.amount_rules import amount_criterion, amount_questions
from montages.advice.thresholds.procedure_timeline import (
    DEPENDS,
    NONE,
    UNKNOWN,
    ProcedureTimeline,
    enough_bands,
)
from montages.advice.thresholds.timeline_json import thresholds_read
from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.description.address.project_address import criterion_keys
from montages.description.address.write_address import address_pairs, query_of
from montages.description.parsing.key_values import listing
from montages.knowledge.buckets import spaced
from montages.knowledge.model import Criterion
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.publish.text import procedure_lines
from montages.publish.text.signs import PROCEDURE_SIGNS
from montages.web.pages.page_context import PageContext
from montages.web.pages.things.threshold import threshold_amounts
from montages.web.requests.headers import NOBODY, frame_ancestors
from montages.web.threshold_page import threshold_words
from montages.web.threshold_page.threshold_request import ThresholdRequest, amount_key
from montages.web.threshold_page.timeline_drawing import (
    TimelineDrawing,
    timeline_drawing,
    timeline_scale,
)

PATH = "/seuils"
_TOOL = "/projet"


@dataclass(frozen=True)
class ProcedureFamily:
    """The procedures of one kind of contract: their name, their slugs lightest first, their picture."""

    name: str
    slugs: tuple[str, ...]
    drawing: TimelineDrawing


@dataclass(frozen=True)
class ThresholdsPage:
    """The page of an amount on a day for a purchase, in a reader's language."""

    demand: ThresholdRequest
    context: PageContext
    timeline: ProcedureTimeline
    point: AmountPoint | None

    @property
    def lang(self) -> str:
        """Return the language of the reader."""
        return self.context.lang

    @cached_property
    def families(self) -> list[ProcedureFamily]:
        """Return the families of procedures that may serve somewhere, each with its picture."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for band in (band for period in self.timeline.periods for band in period.bands):
            for standing in band.standings:
                contracts = rulebook().arrangements[standing.slug].applies_to
                members = groups.setdefault(contracts, [])
                if standing.slug not in members:
                    members.append(standing.slug)
        families = []
        for contracts, slugs in groups.items():
            whats = {b.what for p in self.timeline.periods for b in enough_bands(p, slugs)}
            if whats != {NONE}:
                name = ", ".join(rulebook().arrangements[c].label[self.lang] for c in contracts)
                families.append(ProcedureFamily(name, tuple(slugs), self._drawing(slugs)))
        return families

    def _drawing(self, slugs: Sequence[str]) -> TimelineDrawing:
        demand = self.demand
        return timeline_drawing(self.timeline, slugs, date.today(), demand.amount, demand.day)

    def tone(self, what: str, family: ProcedureFamily) -> str:
        """Return the class that colours what suffices: the place of a procedure in its family."""
        return f"tone-{family.slugs.index(what) + 1 if what in family.slugs else what}"

    def legend(self, family: ProcedureFamily) -> list[str]:
        """Return what suffices somewhere in the picture, lightest first."""
        whats = {band.band.what for band in family.drawing.bands}
        return [w for w in (*family.slugs, DEPENDS, UNKNOWN, NONE) if w in whats]

    @cached_property
    def groups(self) -> dict[str, procedure_lines.ProcedureGroup]:
        """Return what suffices at the point and why, by the name of the family."""
        if self.point is None:
            return {}
        return {
            g.name: g
            for g in procedure_lines.procedures(self.point.assessment.conclusions, self.lang)
        }

    def results(self, family: ProcedureFamily) -> list[ArrangementResult]:
        """Return what each procedure of a family is at the point, what suffices first."""
        if self.point is None:
            return []
        results = [
            r
            for r in self.point.assessment.conclusions.verdicts
            if r.arrangement.slug in family.slugs
        ]
        order = list(PROCEDURE_SIGNS)
        return sorted(results, key=lambda r: order.index(r.procedure or ""))

    def checks(self, result: ArrangementResult) -> list[Check]:
        """Return the gates that say what a procedure is: those that close it, else those that count."""
        counted = [c for c in result.checks if c.requirement.hard and c.outcome != "not-applicable"]
        return [c for c in counted if c.outcome == "violated"] or counted

    @cached_property
    def questions(self) -> tuple[list[tuple[str, Criterion]], list[tuple[str, Criterion]]]:
        """Return the questions that thresholds depend on, then the others, each with its parameter."""
        keys = criterion_keys()
        first, others = amount_questions(rules_at(self.demand.day))
        return (
            [(keys[c.slug], c) for c in first if self._is_asked(c)],
            [(keys[c.slug], c) for c in others if self._is_asked(c)],
        )

    def _is_asked(self, criterion: Criterion) -> bool:
        """Tell whether what a question is asked after is answered so."""
        keys, answers = criterion_keys(), self.demand.answers
        clauses = (c for condition in criterion.asked_when for c in condition.clauses)
        return all(set(listing(answers.get(keys[c.criterion]))) & c.accepts for c in clauses)

    def chosen(self, key: str) -> list[str]:
        """Return the values that are answered."""
        return [str(value) for value in listing(self.demand.answers.get(key))]

    @property
    def typed_amount(self) -> str:
        """Return what stands in the field of the amount: as it was typed where it cannot be read."""
        demand = self.demand
        if demand.amount is None or demand.fault(amount_key()):
            return demand.typed.get(amount_key(), "")
        return spaced(demand.amount, self.lang)

    @cached_property
    def slider(self) -> dict[str, Any]:
        """Return the ends of the two sliders and where they stand."""
        scale = timeline_scale(self.timeline, date.today())
        amount = self.demand.amount
        return {
            "low": scale.low,
            "high": scale.high,
            "amount": amount if amount is not None else Decimal(10) ** scale.low,
            "first": scale.first,
            "days": (scale.last - scale.first).days,
            "day": min(
                max((self.demand.day - scale.first).days, 0), (scale.last - scale.first).days
            ),
        }

    def thresholds(self) -> list[dict[str, Any]]:
        """Return every threshold that procedures depend on, with its amounts, and that of the day."""
        rows = []
        for iri in thresholds_read():
            amounts = threshold_amounts(URIRef(iri), self.context)
            now = next((value for value in amounts if value["now"]), None)
            coming = [v for v in reversed(amounts) if v["first"] and v["first"] > self.demand.day]
            after = [now, *coming][-1]["last"] if now or coming else None
            rows.append({"iri": iri, "now": now, "coming": coming, "after": after})
        return rows

    @property
    def tool_href(self) -> str:
        """Return the address of the officer's tool with this purchase."""
        pairs = address_pairs(self.demand.address())
        return self._href(_TOOL, pairs)

    def href(self, **controls: str) -> str:
        """Return the address of this page."""
        return self._href(PATH, [*address_pairs(self.demand.address()), *controls.items()])

    def _href(self, path: str, pairs: list[tuple[str, str]]) -> str:
        if request.args.get("lang") in ("fr", "en"):
            pairs = [*pairs, ("lang", self.lang)]
        query = query_of(pairs)
        return f"{self.context.root}{path}{'?' if query else ''}{query}"

    @property
    def frame(self) -> str:
        """Return the address to show in another site, empty where the settings let no site do so."""
        if frame_ancestors() == NOBODY:
            return ""
        pairs = [*address_pairs(self.demand.address()), ("embed", "1"), ("lang", self.lang)]
        return f"{self.context.state.base_url()}{PATH}?{query_of(pairs)}"

    @property
    def json_href(self) -> str:
        """Return the address of the same as JSON."""
        return self._href(f"{PATH}.json", address_pairs(self.demand.address()))

    @property
    def answered_more(self) -> bool:
        """Tell whether a question is answered that stands folded."""
        return any(key in self.demand.typed for key, _ in self.questions[1])

    @property
    def uncovered(self) -> bool:
        """Tell whether the day is before the first one that the rules cover."""
        return self.timeline.period_of(self.demand.day) is None

    def render(self) -> str:
        """Return the page."""
        return self.context.render(
            "thresholds.html",
            page=self,
            demand=self.demand,
            point=self.point,
            amount_key=amount_key(),
            unit=amount_criterion().unit[self.lang],
            embedded=self.demand.embed,
            words=threshold_words,
            enough_bands=enough_bands,
        )
