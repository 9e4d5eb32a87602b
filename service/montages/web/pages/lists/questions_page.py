"""The page of the criteria: the questions that an officer is asked first, by subject; the others folded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from montages.bilingual import message
from montages.knowledge.model import Criterion
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import ID
from montages.web.pages.page_context import PageContext

# So many questions stand unfolded.
_FIRST = 12
# Criteria with the name of what they are about.
Shelf = tuple[str, list[Criterion]]


def questions_page(context: PageContext) -> str:
    """Return the page: the questions asked first, each with whom to ask, then the rare ones."""
    first = first_questions(context)
    rare = [c for c in rulebook().criteria.values() if c not in first]
    return context.render(
        "questions.html",
        title=message("The questions")[context.lang],
        first=_by_theme(first, context),
        rare=_by_theme(rare, context),
        number=len(rare),
    )


def first_questions(context: PageContext) -> list[Criterion]:
    """Return the questions that everybody is asked: first by rank, then those that most contracts read."""
    rules = rules_at(context.day)
    contracts = [
        a.slug for a in rules.arrangements.values() if a.kind == "contract" and not a.abstract
    ]
    read: dict[str, int] = {}
    for contract in contracts:
        gates = (r for r in rules.effective(contract) if r.hard)
        for name in {clause.criterion for gate in gates for clause in gate.clauses()}:
            read[name] = read.get(name, 0) + 1
    asked = [
        c
        for c in rulebook().criteria.values()
        if c.answer_origin == "Asked" and c.where_to_turn.fr and not (c.asked_when or c.usage)
    ]
    return sorted(
        asked,
        key=lambda c: (c.asked_first or _FIRST, not c.decides_for, -read.get(c.slug, 0), c.order),
    )[:_FIRST]


def _by_theme(criteria: Iterable[Criterion], context: PageContext) -> list[Shelf]:
    """Return criteria by theme, in the order of their first one."""
    listed = sorted(criteria, key=lambda c: c.order)
    themes = list(dict.fromkeys(c.theme for c in listed))
    listed.sort(key=lambda c: (themes.index(c.theme), c.order))
    return [
        (context.labels.name(str(ID[f"theme/{theme}"]), context.lang), list(shelf))
        for theme, shelf in groupby(listed, key=lambda c: c.theme)
    ]
