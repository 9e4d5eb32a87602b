"""A row of the answer as JSON: contract, answers behind it, amount, procedure, terms and duties (R50)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal, NotRequired, TypedDict, cast

from montages.assessment.answer.award import EnoughEntry
from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.answer.row_duties import (
    PublicationEntry,
    RowDutyEntry,
    duty_json,
    publication,
)
from montages.assessment.check import plain_number
from montages.assessment.entry_types import State, UnitIds, VerdictKind
from montages.assessment.parts import Parts
from montages.assessment.verdict.unit_verdict import TermEntry
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.json_schema import Slug
from montages.knowledge.logic import DutyState
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules


class CallEntry(TypedDict):
    """An answer that meets the definition of a contract."""

    criterion: Slug
    value: Slug
    state: State


class ExtentEntry(TypedDict):
    """What a contract covers: the whole project (brief stops there) or some of its units."""

    whole: bool
    units: NotRequired[UnitIds]
    perimeter: NotRequired[str | None]
    layers: NotRequired[list[Slug]]


class AmountEntry(TypedDict):
    """The amount that counts: the project's or the part's."""

    value: int | float
    of: Literal["project", "part"]
    criterion: Slug


class ProcedureEntry(EnoughEntry, PublicationEntry):
    """The sufficient procedure for a contract, and what one must publish."""


class AnswerRowEntry(TypedDict):
    """A contract named, for the whole project or for a part of it."""

    contract: Annotated[
        Slug | None,
        "Null where the answers do not tell which kind of contract it is: `row` and `label` speak then.",
    ]
    row: Slug
    label: str
    step: Annotated[Slug | None, "The question of the order of qualification that names it."]
    called_by: Annotated[
        list[CallEntry],
        "The answers that meet its definition; none: a plain purchase whose object is not told.",
    ]
    of: ExtentEntry
    running: Annotated[Slug | None, "Who runs the service, where it is stated."]
    channel: Annotated[
        Slug | None, "Where one buys through another body: it takes the place of a procedure."
    ]
    amount: AmountEntry | None
    procedure: ProcedureEntry | None
    verdict: VerdictKind
    provisional: Annotated[bool, "Whether the verdict would be another without what is presumed."]
    by_practice: Annotated[
        bool, "Whether practice alone, no definition of the law, calls the contract so."
    ]
    presumed: Annotated[list[Slug], "The answers that call it and are presumed."]
    terms: list[TermEntry]
    to_verify: list[TermEntry]
    duties: Annotated[
        list[RowDutyEntry], "Of the contract and of the way it is awarded, in the order of doing."
    ]
    attention: NotRequired[
        Annotated[list[Slug], "The points of attention that the answers establish; not in brief."]
    ]


# What gives a contract named as JSON, for a project, in a language.
RowForm = Callable[[NamedContract, Parts, str], AnswerRowEntry]


def answer_row_json(named: NamedContract, parts: Parts, lang: str) -> AnswerRowEntry:
    """Return a row of the answer as JSON; empty values are kept, so the keys never vary."""
    entry = named_json(named, parts, lang)
    left = [duty for duty in named.duties if duty.state is not DutyState.DONE]
    if entry["procedure"] is not None:
        entry["procedure"] = {**entry["procedure"], **publication(left)}
    entry["duties"] = [duty_json(duty, lang) for duty in left]
    entry["attention"] = sorted({point.slug for point in attention_of(named)})
    return entry


def named_json(named: NamedContract, parts: Parts, lang: str) -> AnswerRowEntry:
    """Return a contract named as JSON, before its duties and its points of attention."""
    row, result, award, rules = named.row, named.shown, named.award, parts.rules
    unit, kind = named.part.unit, result.arrangement
    whole = len(named.part.units) == len(parts.units)
    return {
        "contract": row.contract,
        "row": row.slug,
        "label": kind.label[lang],
        "step": kind.qualified_by,
        "called_by": [
            {"criterion": criterion, "value": value, "state": state}
            for criterion, value, state in _calling(named)
        ],
        "of": {
            "whole": whole,
            "units": [member.id for member in named.part.units],
            "perimeter": unit.perimeter,
            "layers": sorted({member.layer for member in named.part.units if member.layer}),
        },
        "running": _running(unit),
        "channel": award.channel.arrangement.slug if award.channel else None,
        "amount": _amount(unit, parts.facts, rules),
        "procedure": cast(ProcedureEntry | None, award.to_json(lang)),
        "verdict": result.verdict,
        "provisional": result.provisional,
        "by_practice": row.definition is not None and row.definition.basis != "Definition",
        "presumed": [name for name in row.criteria if unit.answer(name).state == "default"],
        "terms": [term.to_json() for term in result.terms if not term.ordinary],
        "to_verify": [term.to_json() for term in result.to_verify],
        "duties": [],
    }


def attention_of(named: NamedContract) -> list[Attention]:
    """Return the points that apply to a row and its channel, except those on what to avoid."""
    results = filter(None, (named.shown, named.award.channel))
    return [point for result in results for point in result.to_the_point if not point.to_avoid]


def criteria_of(named: NamedContract) -> set[str]:
    """Return the criteria that a row refers to."""
    result = named.shown
    called = {criterion for criterion, _, _ in _calling(named)}
    return called | {term.criterion for term in (*result.terms, *result.to_verify)}


def _calling(named: NamedContract) -> Sequence[tuple[str, str, str]]:
    """Return the answers behind the contract: criterion, value, state."""
    if named.row.definition is None:
        return ()
    return named.part.qualified.by(named.shown.arrangement.slug)


def _running(unit: Unit) -> str | None:
    """Return who runs the service, where it is stated (R44)."""
    given = unit.answer("operated-by")
    return min(given.values) if given.state == "explicit" and given.values else None


def _amount(unit: Unit, facts: Facts, rules: Rules) -> AmountEntry | None:
    """Return the amount that counts, and whether it is the project's or the part's (R46)."""
    given = unit.answer("estimated-value")
    if given.number is None:
        return None
    of_part = (
        facts.objects(part, str(criterion.numeric_property))
        for part in unit.parts[:-1]
        for criterion in rules.criteria.values()
        if criterion.amount
    )
    return {
        "value": plain_number(given.number),
        "of": "part" if any(of_part) else "project",
        "criterion": "estimated-value",
    }
