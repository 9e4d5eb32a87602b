"""What a contract asks where it does less well: its verdict is that of the part it does best for."""

from __future__ import annotations

from collections.abc import Sequence

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.words.wording import enumerated, on_terms, once_verified
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge.periods import Rules

_ELSEWHERE = Text("Pour {}, ce sera", "For {} it will be")
_AND = Text(" et ", " and ")
_More = tuple[tuple[Term, ...], tuple[Term, ...]]


def elsewhere(result: ArrangementResult, units: Sequence[Unit], rules: Rules) -> Text:
    """Return what else a contract asks for other units than the one it does best for, "" if nothing."""
    parts = _asked(result, units, rules)
    return Text(
        *(
            " ".join(_told(names, more, rules, lang) for more, names in parts.items())
            for lang in ("fr", "en")
        )
    )


def _asked(
    result: ArrangementResult, units: Sequence[Unit], rules: Rules
) -> dict[_More, list[Text]]:
    """Return the units a contract is open for by the facts and terms that it asks there beyond its own."""
    asked: dict[_More, list[Text]] = {}
    covered = [unit for unit in units if unit.id in (result.covers or ())]
    if len(covered) < 2:
        return asked
    told = {term.criterion for term in (*result.to_verify, *result.terms)}
    for unit in covered:
        slug = result.arrangement.slug
        verdict = unit_verdict(slug, unit.answers, rules, unit.asserted)
        facts = tuple(t for t in verdict.to_verify if t.criterion not in told)
        terms = tuple(t for t in verdict.terms if t.criterion not in told and not t.ordinary)
        if facts or terms:
            asked.setdefault((facts, terms), []).append(unit.label)
    return asked


def _told(names: Sequence[Text], more: _More, rules: Rules, lang: str) -> str:
    asked = filter(None, (once_verified(more[0], rules)[lang], on_terms(more[1], rules)[lang]))
    where = enumerated([name[lang] for name in names], lang)
    return f"{_ELSEWHERE[lang].format(where)} {_AND[lang].join(asked)}."
