"""The page of the thresholds: the form, the ladder of amounts on a day, what switches, the dated values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil, floor, log10
from typing import Any

from rdflib import URIRef

from montages.advice.thresholds.amount_point import AmountPoint
from montages.advice.thresholds.procedure_timeline import (
    NONE,
    LawPeriod,
    ProcedureTimeline,
    amount_criterion,
    amount_questions,
)
from montages.advice.thresholds.timeline_json import thresholds_read
from montages.description.address.write_address import address_pairs, query_of
from montages.description.parsing.key_values import listing
from montages.knowledge.buckets import spaced
from montages.knowledge.description_keys import criterion_keys
from montages.knowledge.law import Bound
from montages.knowledge.model import Criterion
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.web.pages.page_context import PageContext
from montages.web.pages.things.threshold import threshold_amounts
from montages.web.requests.headers import NOBODY, frame_ancestors
from montages.web.threshold_page import threshold_words
from montages.web.threshold_page.threshold_ladder import LadderStep, threshold_ladder
from montages.web.threshold_page.threshold_request import AS_OF, ThresholdRequest, amount_key

PATH = "/seuils"
_TOOL = "/projet"


@dataclass(frozen=True)
class ProcedureFamily:
    """The procedures of one kind of contract: their name, their slugs lightest first, their ladder."""

    name: str
    slugs: tuple[str, ...]
    steps: tuple[LadderStep, ...]

    @property
    def here(self) -> LadderStep | None:
        """Return the step of the amount asked about, if one is."""
        return next((step for step in self.steps if step.here is not None), None)


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
    def period(self) -> LawPeriod | None:
        """Return the days around that of the page in which the law is the same."""
        return self.timeline.period_of(self.demand.day)

    @cached_property
    def families(self) -> list[ProcedureFamily]:
        """Return the families of procedures that may serve on that day, each with its ladder."""
        if self.period is None:
            return []
        groups: dict[tuple[str, ...], list[str]] = {}
        for standing in (s for band in self.period.bands for s in band.standings):
            contracts = rulebook().arrangements[standing.slug].applies_to
            members = groups.setdefault(contracts, [])
            if standing.slug not in members:
                members.append(standing.slug)
        families = []
        for contracts, slugs in groups.items():
            steps = threshold_ladder(self.period, slugs, self.demand.amount)
            if {step.what for step in steps} != {NONE}:
                name = ", ".join(rulebook().arrangements[c].label[self.lang] for c in contracts)
                families.append(ProcedureFamily(name, tuple(slugs), steps))
        return families

    def tone(self, what: str, family: ProcedureFamily) -> str:
        """Return the class that colours what suffices: the place of a procedure on its ladder."""
        named = [s.what for s in reversed(family.steps) if s.what in family.slugs]
        places = list(dict.fromkeys(named))
        return f"tone-{places.index(what) + 1 if what in places else what}"

    @cached_property
    def questions(self) -> tuple[list[tuple[str, Criterion]], list[tuple[str, Criterion]]]:
        """Return the questions that are asked at once, then those that stand folded, by parameter."""
        keys = criterion_keys()
        first, others = amount_questions(rules_at(self.demand.day))
        asked = [(keys[c.slug], c) for c in (*first, *others) if self._is_asked(c)]
        at_once = [pair for pair in asked if pair[1] in first and pair[1].asked_first]
        return at_once, [pair for pair in asked if pair not in at_once]

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
        """Return the ends of the slider, in powers of ten, and where it stands."""
        limits = [b.span.low[0] for p in self.timeline.periods for b in p.bands if b.span.low]
        low, high = floor(log10(min(limits))), ceil(log10(max(limits)))
        amount = self.demand.amount
        here = amount if amount is not None else Decimal(10) ** low
        return {"low": low, "high": high, "amount": here}

    def thresholds(self) -> list[dict[str, Any]]:
        """Return every threshold that procedures depend on, lowest first, with the amounts of its periods."""
        rows = []
        for iri in thresholds_read():
            amounts = threshold_amounts(URIRef(iri), self.context)
            now = next((value for value in amounts if value["now"]), None)
            coming = [v for v in reversed(amounts) if v["first"] and v["first"] > self.demand.day]
            after = [now, *coming][-1]["last"] if now or coming else None
            rows.append({"iri": iri, "now": now, "coming": coming, "after": after})
        limits = {iri: self.context.rules.limit(Bound("below", iri)) for iri in thresholds_read()}
        return sorted(rows, key=lambda row: limits[row["iri"]] or Decimal("Infinity"))

    @property
    def tool_href(self) -> str:
        """Return the address of the officer's tool with this purchase."""
        return self.context.pairs_href(_TOOL, address_pairs(self.demand.address()))

    def href(self, **controls: str) -> str:
        """Return the address of this page."""
        pairs = [*address_pairs(self.demand.address()), *controls.items()]
        return self.context.pairs_href(PATH, pairs)

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
        return self.context.pairs_href(f"{PATH}.json", address_pairs(self.demand.address()))

    @property
    def csv_href(self) -> str:
        """Return the address of the values of that day as CSV."""
        return self.context.href("/queries/thresholds-on-a-day.csv", day=self.demand.day)

    @property
    def answered_more(self) -> bool:
        """Tell whether a day is named, or a question answered, that stands folded."""
        folded = {AS_OF, *(key for key, _ in self.questions[1])}
        return any(key in self.demand.typed for key in folded)

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
        )
