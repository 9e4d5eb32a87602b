"""What whoever takes an arrangement has to do, by the moment it is due; what may be due apart (R37b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_result import DutyResult
from montages.assessment.wording import lower
from montages.knowledge.logic import DutyState
from montages.knowledge.model import Requirement
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import DUE_WORDS


@dataclass(frozen=True)
class DutyGroup:
    """The duties of one moment, or those that may be due, or that are done: `quiet` for these two."""

    title: str
    duties: tuple[Reason, ...]
    quiet: bool = False


def duty_groups(duties: Sequence[DutyResult], lang: str) -> list[DutyGroup]:
    """Return duties under the moment they are due at; then those perhaps due, then those done."""
    due = [duty.requirement for duty in duties if duty.state is DutyState.DUE]
    groups = [
        DutyGroup(words[lang], tuple(_line(r, lang) for r in due if r.due_at == moment))
        for moment, words in DUE_WORDS.items()
    ]
    maybe = [duty.requirement for duty in duties if duty.state is DutyState.MAYBE]
    done = [duty.requirement for duty in duties if duty.state is DutyState.DONE]
    for key, quiet in (("maybe-to-do", maybe), ("done", done)):
        lines = tuple(_line(r, lang) for r in quiet)
        groups.append(DutyGroup(phrase(key, lang), lines, quiet=True))
    return [group for group in groups if group.duties]


def due_names(duties: Sequence[DutyResult], lang: str) -> tuple[str, ...]:
    """Return the names of the duties that surely are due."""
    due = (duty.requirement for duty in duties if duty.state is DutyState.DUE)
    return tuple(lower(requirement.label[lang]) for requirement in due)


def _line(requirement: Requirement, lang: str) -> Reason:
    return Reason(lower(requirement.label[lang]), requirement.sources[:1])
