"""The status line of an assessment: statuses and verdicts, what they rest on by name; a line of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.checks.standing import Standing
from montages.assessment.conclusions import Conclusions
from montages.assessment.json_pieces import by_section
from montages.assessment.premises import Premises, PresumedAnswer
from montages.knowledge.logic import NOT_IN_FORCE
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class StatusLine(OneLine):
    """What is told of a project: names and numbers only, in the sections and the order of an assessment.

    An arrangement gives `contract` (its slug), `status`, `soft` (least and most), `violated` (slugs
    of hard requirements) and `missing` (slugs of criteria); `contradicted` and `provisional` (whether
    the status rests on what is assumed) only where there is something to tell; `units` (by id, the
    same keys) only where a project has several. What is not in force has a status and nothing else.
    The line has the answer in short and what is presumed too, and for each arrangement `verdict`, `terms`
    that are not ordinary, `to_verify`, `summary`, and `folded` or `procedure` where there is such a thing.
    `readings` are there where values were not written in their own form.
    """

    conclusions: Conclusions
    lang: str

    @property
    def premises(self) -> Premises:
        """Return what the assessment rests on that the line is of."""
        return self.conclusions.premises

    @cached_property
    def answer(self) -> Mapping[str, Any]:
        """Return the answer in short."""
        return self.conclusions.answer.brief_json(self.lang)

    @property
    def presumed(self) -> Sequence[Mapping[str, str]]:
        """Return what is presumed, by name."""
        return presumed_names(self.premises.presumed)

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON: the project, the day of the law, the version of the rules, sections."""
        tree: dict[str, Any] = orjson.loads(self.line())
        return tree

    def line(self) -> bytes:
        """Return the JSON of the line, and its end."""
        return b"%b,%b}\n" % (orjson.dumps(self._head())[:-1], self._sections)

    def contracts(self) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
        """Yield the status of each contract, what it violates and what is missing, in author order."""
        standings = self._standings
        for arrangement in self.premises.rules.proposed():
            if arrangement.kind == "contract":
                standing = standings.get(arrangement.slug)
                if standing is None:
                    yield NOT_IN_FORCE, (), ()
                else:
                    yield standing.status, standing.hard.violated, standing.hard.missing

    def _head(self) -> dict[str, Any]:
        premises = self.premises
        head: dict[str, Any] = {
            "project": str(premises.project),
            "as_of": premises.as_of.isoformat(),
            "rulebook_version": premises.rulebook_version,
        }
        if premises.readings:
            head["readings"] = [reading.to_json(self.lang) for reading in premises.readings]
        return head | {"answer": self.answer, "presumed": self.presumed}

    @property
    def _standings(self) -> Mapping[str, Standing]:
        """Return where each arrangement stands that is in force."""
        return self.conclusions.explainer.project.standings

    @cached_property
    def _sections(self) -> bytes:
        """Return the sections as members of a JSON object: put together from what is written already."""
        sections = by_section(
            (r.arrangement.kind, self._entry(r)) for r in self.conclusions.verdicts
        )
        return b",".join(
            b'"%b":[%b]' % (name.encode(), b",".join(entries)) for name, entries in sections.items()
        )

    def _entry(self, result: ArrangementResult) -> bytes:
        by_unit, arrangement = self.conclusions.units, result.arrangement
        verdict = _verdict_members(result, self.lang)
        standing = self._standings.get(arrangement.slug)
        opening = b'{"contract":"%b",' % arrangement.slug.encode()
        if standing is None:
            return b'%b"status":"%b"%b}' % (opening, NOT_IN_FORCE.encode(), verdict)
        units = b""
        if len(by_unit) > 1:
            members = (
                b"%b:{%b}" % (orjson.dumps(u.unit.id), u.standings[arrangement.slug].json)
                for u in by_unit
            )
            units = b',"units":{%b}' % b",".join(members)
        return b"%b%b%b%b}" % (opening, standing.json, verdict, units)


def presumed_names(answers: Iterable[PresumedAnswer]) -> tuple[dict[str, str], ...]:
    """Return each answer that is presumed, by name, and on what basis; once for all units."""
    bases = {(answer.criterion.slug, answer.value.slug): answer.basis for answer in answers}
    return tuple(
        {"criterion": criterion, "value": value, "basis": basis}
        for (criterion, value), basis in bases.items()
    )


def _verdict_members(result: ArrangementResult, lang: str) -> bytes:
    """Return the verdict in a language as members of a JSON object, after its status and before its units."""
    members: dict[str, Any] = {
        "verdict": result.verdict.value,
        "terms": [term.to_json() for term in result.terms if not term.ordinary],
        "to_verify": [term.to_json() for term in result.to_verify],
        "summary": result.summary_in(lang),
    }
    if result.folded is not None:
        members["folded"] = True
    if result.procedure is not None:
        members["procedure"] = result.procedure.value
    return b",%b" % orjson.dumps(members)[1:-1]
