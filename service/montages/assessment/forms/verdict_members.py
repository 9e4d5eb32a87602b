"""The verdict on an arrangement as members of a JSON object, after its status and before its units."""

from __future__ import annotations

from functools import cache

import orjson

from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.arrangement_tables import arrangement_table
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.assessment.words.sentences import (
    AND_ALSO,
    UNOPENED,
    against_in,
    not_in_force,
    opening_in,
    rests_on_wants,
    summary_in,
)
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import NOT_IN_FORCE, Verdict
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules

# Some 500 bytes each: 4 MB a period and a language at most.
_MOST = 8192


def verdict_members(result: ArrangementResult, rules: Rules, lang: str) -> bytes:
    """Return the verdict in a language."""
    best, arrangement = result.best, result.arrangement
    if best.verdict is Verdict.FITS or rests_on_wants(best) or result.status == NOT_IN_FORCE:
        texts = _texts(rules, lang)
        text = texts.get((arrangement.slug, best))
        if text is None:
            text = texts.add((arrangement.slug, best), _members(result, rules, lang))
    else:
        obstacles = (
            AND_ALSO[lang]
            .encode()
            .join(_against(check, rules, lang) for check in result.explanation.against)
        )
        detail = obstacles or _in_string(UNOPENED[lang])
        text = b'%b%b."' % (_opening(arrangement, best, rules, lang), detail)
    if result.folded is not None:
        text += b',"folded":true'
    if result.procedure is not None:
        text += b',"procedure":"%b"' % result.procedure.encode()
    return text


def _members(result: ArrangementResult, rules: Rules, lang: str) -> bytes:
    arrangement, best = result.arrangement, result.best
    if result.status == NOT_IN_FORCE:
        sentence = not_in_force(arrangement)[lang]
    else:
        gates = arrangement_table(arrangement.slug, rules).gates
        sentence = summary_in(lang, arrangement, best, gates, (), rules)
    return b'%b%b"' % (_before_summary(best), _in_string(sentence))


def _before_summary(best: UnitVerdict) -> bytes:
    """Return the verdict as members of a JSON object, up to the text of the summary."""
    members = {
        "verdict": best.verdict.value,
        "terms": [term.to_json() for term in best.terms if not term.ordinary],
        "to_verify": [term.to_json() for term in best.to_verify],
    }
    return b',%b,"summary":"' % orjson.dumps(members)[1:-1]


def _opening(arrangement: Arrangement, best: UnitVerdict, rules: Rules, lang: str) -> bytes:
    """Return a verdict that obstacles explain, up to them."""
    if best.terms or best.to_verify:
        return _before_summary(best) + _in_string(opening_in(lang, arrangement, best.verdict))
    texts, key = _texts(rules, lang), (arrangement.slug, best.verdict.value)
    text = texts.get(key)
    if text is None:
        words = _in_string(opening_in(lang, arrangement, best.verdict))
        text = texts.add(key, _before_summary(UnitVerdict(best.verdict)) + words)
    return text


def _against(check: Check, rules: Rules, lang: str) -> bytes:
    texts, key = _texts(rules, lang), (check.requirement.slug, check.shown[lang])
    return texts.get(key) or texts.add(key, _in_string(against_in(lang, check)))


def _in_string(text: str) -> bytes:
    """Return a text as it stands in a string of JSON."""
    return orjson.dumps(text)[1:-1]


@cache
def _texts(rules: Rules, lang: str) -> CountedCache[tuple[str, UnitVerdict | str], bytes]:
    return CountedCache(_MOST)
