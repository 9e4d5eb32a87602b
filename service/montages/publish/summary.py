"""One line about several assessments: what becomes of the contracts really retained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from montages.decision.assessment import Assessment, Retained
from montages.publish.digest import criterion
from montages.publish.words import lower, plural_of, say

_NAMED = 3


def summary(found: Sequence[Assessment], lang: str) -> str:
    """Return how many retained contracts are eligible, undetermined and against the facts."""
    retained = [r for assessment in found for r in assessment.retained]
    counts = Counter(r.status for r in retained)
    against = counts["ineligible"] + counts["conflict"]
    open_ = plural_of(counts["undetermined"], "sum-open", lang) + _awaited(retained, lang)
    said = [
        plural_of(counts["eligible"], "sum-fits", lang),
        open_,
        plural_of(against, "sum-against", lang),
    ]
    if counts["not-in-force"]:
        said.append(plural_of(counts["not-in-force"], "sum-absent", lang))
    projects, contracts = (
        plural_of(len(found), "project", lang),
        plural_of(len(retained), "retained", lang),
    )
    return f"{projects}, {contracts}{' :' if lang == 'fr' else ':'} {', '.join(said)}."


def _awaited(retained: Sequence[Retained], lang: str) -> str:
    """Return the answers that undetermined retained contracts lack most often."""
    lacking = Counter(name for r in retained if r.status == "undetermined" for name in r.missing)
    if not lacking:
        return ""
    most = sorted(lacking.items(), key=lambda pair: (-pair[1], criterion(pair[0]).order))[:_NAMED]
    named = ", ".join(f"{lower(criterion(name).label[lang])} {number}" for name, number in most)
    return f" ({say('sum-lacking', lang)} {named})"
