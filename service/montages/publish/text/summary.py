"""The last words about several assessments: what becomes of what was really retained, what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.retained import Retained
from montages.assessment.wording import lower
from montages.knowledge.logic import Verdict
from montages.publish.text.assessment_rows import criterion
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typography import colon, decimal
from montages.publish.text.verdict_rows import counted

_NAMED = 3


def summary(assessments: Sequence[Assessment], lang: str) -> str:
    """Return how many retained contracts, then procedures and the rest, have each verdict; the open facts."""
    retained = [r for a in assessments for r in a.coherence.retained if r.state != "dropped"]
    contracts = [r for r in retained if r.kind == "contract"]
    others = [r for r in retained if r.kind != "contract"]
    projects = plural_of(len(assessments), "project", lang)
    lines = [f"{projects}, {_counted(contracts, 'retained', lang)}."]
    if others:
        lines.append(f"{_counted(others, 'around', lang)}.")
    mean = sum(len(open_facts(a.conclusions)) for a in assessments) / len(assessments)
    lines.append(f"{phrase('sum-open', lang)}{colon(lang)} {decimal(mean, 1, lang)}.")
    return " ".join(lines)


def open_facts(conclusions: Conclusions) -> frozenset[str]:
    """Return the facts of a project that contracts still open wait for."""
    return frozenset(
        term.criterion
        for result in conclusions.verdicts
        if result.arrangement.kind == "contract"
        for term in result.to_verify
    )


def _counted(retained: Sequence[Retained], noun: str, lang: str) -> str:
    """Return how many of what is retained have each verdict, best first."""
    counts = Counter(r.verdict.value for r in retained)
    parts = []
    for name in (verdict.value for verdict in Verdict):
        if counts[name]:
            awaited = _awaited(retained, lang) if name == "to-verify" else ""
            parts.append(counted(name, counts[name], lang) + awaited)
    number = plural_of(len(retained), noun, lang)
    return f"{number}{colon(lang)} {', '.join(parts)}" if parts else number


def _awaited(retained: Sequence[Retained], lang: str) -> str:
    """Return the facts that what is retained and to verify lacks most often."""
    lacking = Counter(
        name
        for r in retained
        if r.verdict is Verdict.TO_VERIFY
        for name in r.wanted
        if criterion(name).nature == "fact"
    )
    if not lacking:
        return ""
    most = sorted(lacking.items(), key=lambda pair: (-pair[1], criterion(pair[0]).order))[:_NAMED]
    names = ", ".join(f"{lower(criterion(name).label[lang])} {number}" for name, number in most)
    return f" ({phrase('sum-lacking', lang)} {names})"
