"""What would change the answer: for each contract that does not fit, the choices that open it (R21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rdflib import URIRef

from montages.advice.counts_shown import WHAT_IFS
from montages.advice.request import derived_description, set_ups_named
from montages.advice.what_if.project_search import ProjectSearch
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, WhatIfs
from montages.assessment.answer.naming import prohibition_of
from montages.assessment.conclusions import DISCLAIMER, SCOPE
from montages.bilingual import Text, counted
from montages.description.description import Description
from montages.description.facts import label
from montages.engine.protocol import Engine
from montages.knowledge.files import library
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules, rules_at


def what_ifs_of(
    description: Description,
    engine: Engine,
    *,
    as_of: date,
    lang: str = "fr",
    about: Sequence[str] = (),
    top: int = WHAT_IFS,
    anyway: bool = False,
) -> WhatIfs:
    """Return what would open each contract that does not fit the whole project, some of them if named.

    So many changes of each are worked out, the lightest ones; all are counted.

    Raises Refused with the findings of a description that does not conform, unless `anyway`; UnknownName for
    an arrangement that is not in the rules.
    """
    rules = rules_at(as_of)
    scope = _scope(about, rules)
    derived = derived_description(description, engine, rules, anyway=anyway)
    search = ProjectSearch(description, derived, engine, rules, top)
    found = [search.of(arrangement) for arrangement in scope]
    listed = sorted((each for each in found if each is not None), key=_nearness)
    open_to_some = any(search.board.verdict(a.slug).open for a in _contracts(rules))
    end = None if open_to_some else prohibition_of(search.board.answers.bits, rules)
    return WhatIfs(
        project=URIRef(str(description.project)),
        label=label(description.facts, str(description.project)),
        as_of=as_of,
        rulebook_version=library.version(),
        lang=lang,
        rules=rules,
        arrangements=tuple(listed),
        fitting=tuple(a for a, each in zip(scope, found, strict=True) if each is None),
        turn_to=end.reading if end else None,
        cut=tuple(_cut(listed, top)),
        scope=SCOPE,
        disclaimer=DISCLAIMER,
    )


def _contracts(rules: Rules) -> Iterator[Arrangement]:
    return (a for a in rules.arrangements.values() if a.kind == "contract" and not a.abstract)


def _scope(about: Sequence[str], rules: Rules) -> list[Arrangement]:
    possible = {a.slug: a for a in rules.arrangements.values() if not a.abstract}
    return set_ups_named(about, possible) or list(_contracts(rules))


def _nearness(each: ArrangementWhatIfs) -> tuple[Any, ...]:
    """Return what sorts set-ups: those of the cheapest change first, those that no choice opens last.

    Before these last come those that the change would leave hardly sensible (R34b).
    """
    cost = each.what_ifs[0].cost if each.what_ifs else ()
    return (
        not each.what_ifs,
        bool(each.what_ifs and each.what_ifs[0].unlikely),
        cost,
        each.verdict.rank,
        each.arrangement.simplicity,
        each.arrangement.order,
    )


_HAVE_MORE = (
    Text("{} contrat en a davantage", "{} contract has more"),
    Text("{} contrats en ont davantage", "{} contracts have more"),
)


def _cut(listed: Sequence[ArrangementWhatIfs], top: int) -> Iterator[Text]:
    """Yield a sentence where changes were left out."""
    long = [each for each in listed if each.count > len(each.what_ifs)]
    if long:
        more = counted(len(long), *_HAVE_MORE)
        yield Text(
            f"{top} changements au plus sont montrés pour un contrat, les moins lourds d'abord ; "
            f"« count » dit combien il y en a ({more.fr}).",
            f"{top} changes at most are shown for a contract, the lightest first; “count” says how many "
            f"there are ({more.en}).",
        )
