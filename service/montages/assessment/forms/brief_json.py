"""The brief JSON of an assessment: the answer, what to do next, then a short entry an arrangement (R40)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.coherence import Coherence
from montages.assessment.conclusions import Conclusions
from montages.assessment.forms.legend import legend_of
from montages.assessment.json_pieces import Piece, by_section, compact, document
from montages.assessment.premises import Premises
from montages.assessment.ranking import Row
from montages.assessment.retained import Retained
from montages.assessment.verdict.unit_verdict import ChangeEntry, Term
from montages.knowledge.logic import DutyState, ProcedureVerdict


def brief_json(
    premises: Premises, conclusions: Conclusions, coherence: Coherence, lang: str, end: bytes
) -> bytes:
    """Return the text of the brief JSON of an assessment, with `end` after each entry.

    What an entry has nothing to say of is left out of it. What has to be done is told of the contracts named.
    """
    legend, answer = legend_of(premises.rules, lang), conclusions.answer
    sections = _sections(conclusions, lang)
    entries = [entry for section in sections.values() for entry in section]
    asked = [*answer.next, *answer.common]
    asked += [term["criterion"] for entry in entries for term in entry.get("to_verify", ())]
    named = [
        duty.requirement.slug
        for duty in chain.from_iterable(answer.duties)
        if duty.state is DutyState.DUE
    ]
    for entry in entries:
        for part in ("closed_by", "folded"):
            named += entry.get(part, ())
    pressing = (finding for finding in coherence.findings if finding.pressing)
    members: dict[str, Piece] = {
        "project": compact(str(premises.project)),
        "label": compact(premises.label[lang]),
        "as_of": compact(premises.as_of.isoformat()),
        "rulebook_version": compact(premises.rulebook_version),
        "detail": b'"brief"',
        "answer": compact(_answer(answer, lang)),
        "questions": _among(legend.questions, asked),
        "articles": _among(legend.articles, named),
        **{name: [compact(entry) for entry in section] for name, section in sections.items()},
        "retained": [compact(_retained(retained)) for retained in coherence.retained],
        "findings": [compact(finding.to_json(lang)) for finding in pressing],
        "readings": [compact(reading.to_json(lang)) for reading in premises.readings],
        "scope": compact(premises.scope[lang]),
        "disclaimer": compact(premises.disclaimer[lang]),
        "contest": compact(premises.contest),
    }
    return document(members, end)


# Of what not to do, so much is told in brief.
_CAUTIONS = 2
# Of other ways so many, and what each is and would be better for.
_WAYS = 2
_OTHER = ("contract", "label", "better_if")


def _answer(answer: ShortAnswer, lang: str) -> dict[str, Any]:
    """Return the answer, the sources of the procedure by their names: no list explains them."""
    entry = answer.to_json(lang)
    entry["avoid"] = [
        {key: value for key, value in caution.items() if key != "sources"}
        for caution in entry["avoid"][: max(len(answer.cautions.told), _CAUTIONS)]
    ]
    entry["other"] = [{key: one[key] for key in _OTHER} for one in entry["other"][:_WAYS]]
    entry["deciding"] = [{"criterion": question.criterion.slug} for question in answer.deciding]
    for row, ways in zip(entry["rows"], answer.ways, strict=True):
        if ways.advice is not None and row["procedure"]:
            del row["procedure"]["sources"]
            row["procedure"]["articles"] = [source.label[lang] for source in ways.advice.sources]
        del row["attention"]
        row["duties"] = [duty for duty in row["duties"] if duty["state"] == "due"]
    return entry


def _among(entries: Mapping[str, bytes], slugs: Iterable[str]) -> dict[str, bytes]:
    return {slug: entries[slug] for slug in slugs}


def _sections(conclusions: Conclusions, lang: str) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of each section: a row of contracts each, then what goes with them.

    A procedure that ranks behind others is left out while nobody states what calls for it.
    """
    common = conclusions.answer.common
    others = (
        r
        for r in conclusions.verdicts
        if r.arrangement.kind != "contract"
        and not (r.arrangement.ranks_behind and r.procedure is ProcedureVerdict.TO_VERIFY)
    )
    return by_section(
        [
            *(("contract", _row(row, lang, common)) for row in conclusions.rows),
            *((r.arrangement.kind, _entry(r, lang, common)) for r in others),
        ]
    )


def _row(row: Row, lang: str, common: Sequence[str]) -> dict[str, Any]:
    kinds = [result.arrangement.slug for result in row.results]
    entry = _entry(row.shown, lang, common)
    return entry | ({"contracts": kinds} if kinds != [entry["contract"]] else {})


def _entry(result: ArrangementVerdict, lang: str, common: Sequence[str]) -> dict[str, Any]:
    """Return the entry of an arrangement; the facts that are common to all are told in the answer only."""
    procedure = result.procedure
    verdict = {"verdict": result.verdict.value}
    details: dict[str, Any] = {
        "provisional": result.provisional,
        "folded": [r.slug for r in result.folded.because] if result.folded else (),
        "to_verify": _terms(t for t in result.to_verify if t.criterion not in common),
        "disputed": result.best.disputed,
        "terms": _terms(result.terms),
        "reopens_to": [reopening.to_json() for reopening in result.reopens_to[:1]],
        "closed_by": () if result.verdict.open else result.best.closed_by,
    }
    return {
        "contract": result.arrangement.slug,
        "label": result.arrangement.label[lang],
        **(verdict if procedure is None else {"procedure": procedure.value}),
        **({} if result.in_force else {"in_force": False}),
        **{name: value for name, value in details.items() if value},
    }


def _terms(terms: Iterable[Term]) -> list[ChangeEntry]:
    """Return the answers wanted, those that are ordinary left out."""
    return [term.change_json() for term in terms if not term.ordinary]


def _retained(retained: Retained) -> dict[str, Any]:
    names = ("contract", "kind", "verdict", "state")
    return {name: value for name, value in retained.to_json().items() if name in names and value}
