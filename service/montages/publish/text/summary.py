"""One line about several assessments: what becomes of the contracts really retained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from montages.assessment.assessment import Assessment, Retained
from montages.knowledge.logic import Verdict
from montages.publish.text.assessment_rows import criterion
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typography import colon, lower
from montages.publish.text.verdict_rows import counted

_NAMED = 3


def summary(assessments: Sequence[Assessment], lang: str) -> str:
    """Return how many retained contracts have each verdict, and what those to verify lack most often."""
    retained = [r for assessment in assessments for r in assessment.retained]
    counts = Counter(r.verdict.value for r in retained)
    parts = []
    for name in (verdict.value for verdict in Verdict):
        if counts[name]:
            awaited = _awaited(retained, lang) if name == "to-verify" else ""
            parts.append(counted(name, counts[name], lang) + awaited)
    projects, contracts = (
        plural_of(len(assessments), "project", lang),
        plural_of(len(retained), "retained", lang),
    )
    told = f"{colon(lang)} {', '.join(parts)}" if parts else ""
    return f"{projects}, {contracts}{told}."


def _awaited(retained: Sequence[Retained], lang: str) -> str:
    """Return the facts that retained contracts to verify lack most often."""
    lacking = Counter(
        name for r in retained if r.verdict is Verdict.TO_VERIFY for name in r.missing
    )
    if not lacking:
        return ""
    most = sorted(lacking.items(), key=lambda pair: (-pair[1], criterion(pair[0]).order))[:_NAMED]
    names = ", ".join(f"{lower(criterion(name).label[lang])} {number}" for name, number in most)
    return f" ({phrase('sum-lacking', lang)} {names})"
