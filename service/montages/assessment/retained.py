"""What was really retained: contract, procedure, channel, vehicle, each judged where it is stated (R29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, TypedDict

from rdflib import URIRef

from montages.assessment.entry_types import ArrangementKind, Disputed, UnitIds, VerdictKind
from montages.assessment.parts import Parts
from montages.assessment.verdict.judgement import unit_verdict
from montages.bilingual import Text, message
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.json_schema import Slug
from montages.knowledge.logic import Verdict
from montages.names import MTG, SHAPE, slug
from montages.one_line import OneLine
from montages.validation.findings import Finding

CONSTRAINT = SHAPE["Project-retained-against-facts"]
# The property that says what is retained of each kind.
RETAINING = {
    "contract": MTG.retains,
    "procedure": MTG.retainedProcedure,
    "channel": MTG.retainedChannel,
    "vehicle": MTG.retainedVehicle,
}
_AGAINST = {
    "contract": message("The retained contract contradicts"),
    "procedure": message("The retained procedure contradicts"),
    "channel": message("The retained channel contradicts"),
    "vehicle": message("The retained vehicle contradicts"),
}


class RetainedEntry(TypedDict):
    """What the project retains, judged."""

    contract: Slug
    kind: ArrangementKind
    verdict: VerdictKind
    disputed: Disputed
    wanted: Annotated[
        list[Slug], "The criteria that the verdict waits for: facts to verify, then terms."
    ]
    units: UnitIds
    state: Annotated[
        str | None,
        "Where the contract stands: in-consultation, signed, dropped, ended; null where it is not said.",
    ]
    state_on: str | None
    signed_on: str | None


@dataclass(frozen=True)
class Retained(OneLine):
    """A contract, procedure, channel or vehicle really retained, judged where it is stated (R29).

    `wanted` are the criteria that the verdict waits for; `state` is where the contract stands (`dropped`,
    `in-consultation`…), if it is said; `why` the sentence that gives the verdict.
    """

    contract: str
    iri: str
    kind: str
    verdict: Verdict
    units: tuple[str, ...]
    wanted: tuple[str, ...]
    disputed: tuple[str, ...] = ()
    state: str | None = None
    state_on: str | None = None
    signed_on: str | None = None
    why: Text | None = None

    @property
    def signed(self) -> bool:
        """Tell whether this is a contract, and one that was signed: nothing says otherwise."""
        return self.kind == "contract" and self.state not in ("in-consultation", "dropped")

    @property
    def contradicts(self) -> bool:
        """Tell whether the facts rule it out or dispute it, and it was not dropped since."""
        against = not self.verdict.open or bool(self.disputed)
        return against and self.state != "dropped"

    def to_json(self) -> RetainedEntry:
        """Return the judgement as JSON."""
        return {
            "contract": self.contract,
            "kind": self.kind,
            "verdict": self.verdict,
            "disputed": list(self.disputed),
            "wanted": list(self.wanted),
            "units": list(self.units),
            "state": self.state,
            "state_on": self.state_on,
            "signed_on": self.signed_on,
        }


def retained_set_ups(facts: Facts, parts: Parts) -> tuple[Retained, ...]:
    """Return what a description retains, each with its verdict, its state and what it waits for."""
    stated: dict[tuple[str, _State], list[Unit]] = {}
    for unit in parts.units:
        for name in unit.retained:
            stated.setdefault((name, _state(name, unit, facts)), []).append(unit)
    in_order = sorted(stated, key=lambda key: [key[0], *(part or "" for part in key[1])])
    all_retained = [_retained(*key, stated[key], parts) for key in in_order]
    kinds = list(RETAINING)
    return tuple(sorted(all_retained, key=lambda retained: kinds.index(retained.kind)))


# The state of what is retained, its date, and when it was signed.
_State = tuple[str | None, str | None, str | None]


def _state(name: str, unit: Unit, facts: Facts) -> _State:
    """Return the state of what a unit retains, said in the same place."""
    place = next(part for part in unit.parts if _retains(part, name, facts))
    state = _first(place, MTG.contractState, facts)
    signed = _first(place, MTG.signedOn, facts) or _first(unit.parts[-1], MTG.signedOn, facts)
    return state and slug(state), _first(place, MTG.contractStateOn, facts), signed


def _retains(part: str, name: str, facts: Facts) -> bool:
    """Return whether a part says that it retains that, be it by a mere text, which validation refuses."""
    return any(
        slug(term if isinstance(term, str) else term.value) == name
        for prop in RETAINING.values()
        for term in facts.objects(part, str(prop))
    )


def _first(part: str, prop: URIRef, facts: Facts) -> str | None:
    terms = facts.objects(part, str(prop))
    return min((t if isinstance(t, str) else t.value for t in terms), default=None)


def _retained(name: str, state: _State, units: list[Unit], parts: Parts) -> Retained:
    """Return what is retained with the verdict of its units together; a mere kind of contract has one too."""
    rules, concluded = parts.rules, parts.of(units)
    result = concluded.by_slug.get(name)
    whole = concluded.unit
    verdict = unit_verdict(name, whole.answers, rules, whole.asserted)
    arrangement = rules.book.arrangements.get(name)
    return Retained(
        name,
        str(arrangement.iri) if arrangement else name,
        arrangement.kind if arrangement else "contract",
        verdict.verdict,
        tuple(unit.id for unit in units),
        result.wanted if result else (),
        verdict.disputed,
        *state,
        why=result.summary if result else None,
    )


def against_facts(project: URIRef, retained: Iterable[Retained]) -> Iterator[Finding]:
    """Return one finding for each thing retained that the facts rule out, but what was dropped since."""
    for set_up in retained:
        head, why = _AGAINST[set_up.kind], set_up.why
        if not set_up.contradicts or why is None:
            continue
        yield Finding(
            severity="violation",
            constraint=str(CONSTRAINT),
            focus=str(project),
            path=str(RETAINING[set_up.kind]),
            value=set_up.iri,
            message=message(
                "{head} the facts described. {why} Check these answers, or that choice.",
                head=head,
                why=why,
            ),
        )
