"""The brief JSON of an assessment: the answer, what to do next, then a short entry an arrangement (R40)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Annotated, Literal, NotRequired, TypedDict

from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.answer.row_duties import RowDutyEntry
from montages.assessment.answer.row_json import AnswerRowEntry, named_json
from montages.assessment.answer.short_answer import AnswerEntry, ShortAnswer
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.coherence import Coherence
from montages.assessment.conclusions import Conclusions
from montages.assessment.entry_types import (
    ArrangementKind,
    Disputed,
    InForce,
    ProcedureKind,
    VerdictKind,
)
from montages.assessment.forms.document_entry import DocumentEntry
from montages.assessment.forms.legend import legend_of
from montages.assessment.json_pieces import Piece, by_section, compact, document
from montages.assessment.parts import Parts
from montages.assessment.premises import Premises
from montages.assessment.ranking import Row
from montages.assessment.retained import Retained
from montages.assessment.verdict.unit_verdict import ChangeEntry, ReopeningEntry, Term
from montages.json_schema import Rule, Slug
from montages.knowledge.law import Duty
from montages.knowledge.logic import DutyState, ProcedureVerdict
from montages.validation.findings import FindingEntry, reading_entry


class ArticleEntry(TypedDict):
    """What a requirement is, and the article that says it first."""

    label: str
    article: str


_Slugs = Annotated[Sequence[Slug], Rule(minItems=1)]


class BriefArrangementEntry(TypedDict):
    """An arrangement in short; what there is nothing to say of is absent."""

    contract: Slug
    label: str
    verdict: NotRequired[VerdictKind]
    procedure: NotRequired[ProcedureKind]
    in_force: NotRequired[InForce]
    provisional: NotRequired[Literal[True]]
    folded: NotRequired[Annotated[_Slugs, "The preferences not met."]]
    to_verify: NotRequired[
        Annotated[
            list[ChangeEntry],
            "The facts to find out, less those of `answer.common`.",
            Rule(minItems=1),
        ]
    ]
    disputed: NotRequired[Annotated[Disputed, Rule(minItems=1)]]
    terms: NotRequired[
        Annotated[list[ChangeEntry], "The terms that are not ordinary.", Rule(minItems=1)]
    ]
    reopens_to: NotRequired[Annotated[list[ReopeningEntry], Rule(minItems=1)]]
    closed_by: NotRequired[Annotated[_Slugs, "The requirements that close it."]]
    contracts: NotRequired[Annotated[_Slugs, "The contracts that are this one in law."]]


class BriefRetainedEntry(TypedDict):
    """What the project retains, judged, in short."""

    contract: Slug
    kind: ArrangementKind
    verdict: VerdictKind
    state: NotRequired[str]


class BriefEntry(DocumentEntry):
    """What one acts on: the answer, what to do next, a short entry for each row and what goes with it."""

    detail: Literal["brief"]
    questions: Annotated[
        dict[Slug, str], "The question of each criterion to find out, those to ask next first."
    ]
    articles: Annotated[
        dict[Slug, ArticleEntry],
        "What each requirement that closes or folds is, and the article that says it first.",
    ]
    contracts: list[BriefArrangementEntry]
    channels: list[BriefArrangementEntry]
    procedures: list[BriefArrangementEntry]
    vehicles: list[BriefArrangementEntry]
    retained: list[BriefRetainedEntry]
    findings: Annotated[list[FindingEntry], "Those that block."]


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
    asked += [term.criterion for named in answer.rows for term in named.row.shown.to_verify]
    asked += [term["criterion"] for entry in entries for term in entry.get("to_verify", ())]
    closing = [s for e in entries for s in (*e.get("closed_by", ()), *e.get("folded", ()))]
    members: dict[str, Piece] = {
        "project": compact(str(premises.project)),
        "label": compact(premises.label[lang]),
        "as_of": compact(premises.as_of.isoformat()),
        "rulebook_version": compact(premises.rulebook_version),
        "detail": b'"brief"',
        "answer": compact(_answer(answer, lang)),
        "questions": _among(legend.questions, asked),
        "articles": _among(legend.articles, closing),
        **{name: [compact(entry) for entry in section] for name, section in sections.items()},
        "retained": [compact(_retained(retained)) for retained in coherence.retained],
        "findings": [compact(finding.to_json(lang)) for finding in coherence.pressing],
        "readings": [compact(reading_entry(reading, lang)) for reading in premises.readings],
        "scope": compact(premises.scope[lang]),
        "disclaimer": compact(premises.disclaimer[lang]),
        "contest": compact(premises.contest),
    }
    return document(members, end)


# Of what not to do, so much is told in brief.
_CAUTIONS = 2
_UNCALLED = (ProcedureVerdict.TO_VERIFY, ProcedureVerdict.CLOSED)
# Of other ways so many, and what each is and would be better for.
_WAYS = 2


def _answer(answer: ShortAnswer, lang: str) -> AnswerEntry:
    """Return the answer, the sources of the procedure by their names: no list explains them."""
    entry = answer.line_json(lang, _named)
    entry["avoid"] = entry["avoid"][: max(len(answer.cautions.told), _CAUTIONS)]
    for caution in entry["avoid"]:
        del caution["sources"]
    entry["other"] = [
        {"contract": one["contract"], "label": one["label"], "better_if": one["better_if"]}
        for one in entry["other"][:_WAYS]
    ]
    del entry["decides"]
    if entry["calendar"]:
        del entry["calendar"]["steps"]
    return {
        **entry,
        "ending": answer.ending,
        "deciding": [{"criterion": question.criterion.slug} for question in answer.deciding],
        "provisos": [one.slug for one in answer.provisos],
    }


def _named(named: NamedContract, parts: Parts, lang: str) -> AnswerRowEntry:
    entry = named_json(named, parts, lang)
    if (procedure := entry["procedure"]) and (advice := named.award.advice) is not None:
        del procedure["sources"]
        procedure["articles"] = [source.label[lang] for source in advice.sources]
    if entry["of"]["whole"]:
        entry["of"] = {"whole": True}
    due = (duty for duty in named.duties if duty.state is DutyState.DUE)
    entry["duties"] = [_duty(duty.requirement, lang) for duty in due]
    return entry


def _duty(duty: Duty, lang: str) -> RowDutyEntry:
    entry: RowDutyEntry = {"slug": duty.slug, "at": duty.due_at, "text": duty.sentence[lang]}
    if duty.body is not None:
        entry["body"] = duty.body
    if duty.days is not None:
        entry["days"] = duty.days
    entry["article"] = duty.sources[0].label[lang]
    return entry


def _among(entries: Mapping[str, bytes], slugs: Iterable[str]) -> dict[str, bytes]:
    return {slug: entries[slug] for slug in slugs}


def _sections(conclusions: Conclusions, lang: str) -> dict[str, list[BriefArrangementEntry]]:
    """Return the entries of each section: a row of contracts each, then what goes with them.

    A procedure that ranks behind others is left out while nobody states what calls for it. What is to be
    accepted and verified of a contract that is named, the answer says.
    """
    common = conclusions.answer.common
    named_rows = {one.row.slug for one in conclusions.answer.rows}
    others = (
        r
        for r in conclusions.verdicts
        if r.arrangement.kind != "contract"
        and not (r.arrangement.ranks_behind and r.procedure in _UNCALLED)
    )
    return by_section(
        [
            *(("contract", _row(row, lang, common, named_rows)) for row in conclusions.rows),
            *((r.arrangement.kind, _entry(r, lang, common)) for r in others),
        ]
    )


def _row(
    row: Row, lang: str, common: Sequence[str], named_rows: Container[str]
) -> BriefArrangementEntry:
    kinds = [result.arrangement.slug for result in row.results]
    entry = _entry(row.shown, lang, common)
    if row.slug in named_rows:
        entry.pop("terms", None)
        entry.pop("to_verify", None)
    if kinds != [entry["contract"]]:
        entry["contracts"] = kinds
    return entry


def _entry(result: ArrangementVerdict, lang: str, common: Sequence[str]) -> BriefArrangementEntry:
    """Return the entry of an arrangement; the facts that are common to all are told in the answer only."""
    entry: BriefArrangementEntry = {
        "contract": result.arrangement.slug,
        "label": result.arrangement.label[lang],
    }
    if result.procedure is None:
        entry["verdict"] = result.verdict
    else:
        entry["procedure"] = result.procedure
    if not result.in_force:
        entry["in_force"] = False
    if result.provisional:
        entry["provisional"] = True
    if result.folded and result.folded.because:
        entry["folded"] = [requirement.slug for requirement in result.folded.because]
    if to_verify := _terms(t for t in result.to_verify if t.criterion not in common):
        entry["to_verify"] = to_verify
    if result.best.disputed:
        entry["disputed"] = result.best.disputed
    if terms := _terms(result.terms):
        entry["terms"] = terms
    if result.reopens_to:
        entry["reopens_to"] = [result.reopens_to[0].to_json()]
    if result.best.closed_by:
        entry["closed_by"] = result.best.closed_by
    return entry


def _terms(terms: Iterable[Term]) -> list[ChangeEntry]:
    """Return the answers wanted, those that are ordinary left out."""
    return [term.change_json() for term in terms if not term.ordinary]


def _retained(retained: Retained) -> BriefRetainedEntry:
    entry: BriefRetainedEntry = {
        "contract": retained.contract,
        "kind": retained.kind,
        "verdict": retained.verdict,
    }
    if retained.state:
        entry["state"] = retained.state
    return entry
