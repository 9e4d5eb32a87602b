"""The duties that come with a row of the answer: those of its contract and those of its award.

They are in chronological order. They give what to publish, write and decide (R50).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NotRequired, TypedDict

from montages.assessment.answer.award import Award
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import DutyResult
from montages.assessment.entry_types import DueTime
from montages.json_schema import Counted, Rule, Slug
from montages.knowledge.law import DUE_TIMES, Duty
from montages.knowledge.logic import DutyState


class RowDutyEntry(TypedDict):
    """A duty of a named contract or of its award; brief output leaves out null values."""

    slug: Slug
    at: DueTime
    state: NotRequired[
        Annotated[DutyState, "Not in brief: all are due.", Rule(enum=["due", "maybe"])]
    ]
    body: NotRequired[Annotated[Slug | None, "Who decides, gives an opinion or controls."]]
    days: NotRequired[Annotated[Counted | None, "The days to let pass, at least."]]
    text: str
    article: NotRequired[
        Annotated[str, "The article that says it first, where no list explains it."]
    ]


class ViewsEntry(TypedDict):
    """Who decides, and what to write."""

    decides: NotRequired[
        Annotated[
            list[Slug],
            "The duties by which somebody decides, gives an opinion or controls; in brief, those with a "
            "`body`.",
        ]
    ]
    write: Annotated[
        list[Slug],
        "The duties on what to write in the consultation, then the points on what to write in the contract.",
    ]


class PublicationEntry(TypedDict, total=False):
    """What a procedure requires one to publish; in brief, the duties say it."""

    publish: Annotated[list[Slug], "The duties of publication."]
    days: Annotated[
        Counted | None, "The days to leave for answers, at least; null where none are set."
    ]


# Whoever buys through a channel leaves to it the consultation, what is published and the choice.
_OF_THE_CHANNEL = {"in-the-consultation", "at-publication", "at-award"}


def row_duties(contract: ArrangementVerdict, award: Award) -> tuple[DutyResult, ...]:
    """Return the duties of a contract and its award (due, maybe due or done), chronologically."""
    own = list(contract.duties)
    if award.channel is not None:
        own = [duty for duty in own if duty.requirement.due_at not in _OF_THE_CHANNEL]
    elif award.enough is not None:
        own += award.enough.duties
    for channel in filter(None, (award.channel, award.joint)):
        own += channel.duties
    return _in_order(own)


def _in_order(duties: Iterable[DutyResult]) -> tuple[DutyResult, ...]:
    return tuple(
        sorted(duties, key=lambda d: (DUE_TIMES.index(d.requirement.due_at), d.requirement.order))
    )


def duty_json(duty: DutyResult, lang: str) -> RowDutyEntry:
    """Return a duty as JSON: when it is due, the body involved, the minimum days and its sentence."""
    requirement = duty.requirement
    return {
        "slug": requirement.slug,
        "at": requirement.due_at,
        "state": duty.state,
        "body": requirement.body,
        "days": requirement.days,
        "text": requirement.sentence[lang],
    }


def due_duties(duties: Iterable[DutyResult]) -> tuple[Duty, ...]:
    """Return the duties certainly due, once each, in chronological order."""
    due = [duty.requirement for duty in _in_order(duties) if duty.state is DutyState.DUE]
    return tuple({duty.slug: duty for duty in due}.values())


def deciding_duties(due: Iterable[Duty]) -> list[Duty]:
    """Return the duties where a body decides, gives an opinion or reviews."""
    return [duty for duty in due if duty.body]


def writing_duties(due: Iterable[Duty]) -> list[Duty]:
    """Return the duties on what to write in the consultation."""
    return [duty for duty in due if duty.due_at == "in-the-consultation" and not duty.body]


def publication_duties(due: Iterable[Duty]) -> list[Duty]:
    """Return the duties on what to publish."""
    return [duty for duty in due if duty.due_at == "at-publication"]


def publication(duties: Iterable[DutyResult]) -> PublicationEntry:
    """Return what a procedure requires one to publish, and the minimum days to answer."""
    at_publication = publication_duties(due_duties(duties))
    days = [duty.days for duty in at_publication if duty.days is not None]
    return {"publish": [duty.slug for duty in at_publication], "days": max(days, default=None)}
