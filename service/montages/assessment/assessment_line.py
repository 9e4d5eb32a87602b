"""An assessment in one line: verdicts, and what they rest on by name; a line of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.json_pieces import by_section
from montages.assessment.premises import Premises, PresumedAnswer
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class AssessmentLine(OneLine):
    """What is concluded of a project: the answer in short, then names, in the sections of an assessment.

    An arrangement gives `contract` (its slug), `verdict`, `terms` that are not ordinary, `to_verify` and
    `summary`; `closed_by` (slugs of requirements), `disputed` (slugs of criteria), `provisional`, `folded`,
    `procedure` and `in_force` only where there is something to tell; `units` (the verdict by unit) only
    where a project has several. `readings` are there where values were not written in their own form.
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
        return self.conclusions.answer.line_json(self.lang)

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

    def contracts(self) -> Iterator[ArrangementResult]:
        """Yield what is concluded of each contract in force, in author order."""
        for result in self.conclusions.explainer.project.unranked:
            if result.arrangement.kind == "contract" and result.in_force:
                yield result

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
        slug, best, units = result.arrangement.slug, result.best, self.conclusions.units
        entry: dict[str, Any] = {
            "contract": slug,
            "verdict": result.verdict.value,
            "terms": [term.to_json() for term in result.terms if not term.ordinary],
            "to_verify": [term.to_json() for term in result.to_verify],
            "summary": result.summary_in(self.lang),
        }
        further: dict[str, Any] = {
            "closed_by": best.closed_by,
            "disputed": best.disputed,
            "provisional": result.provisional,
            "folded": result.folded is not None,
            "procedure": result.procedure and result.procedure.value,
        }
        entry |= {name: value for name, value in further.items() if value}
        if not result.in_force:
            entry["in_force"] = False
        elif len(units) > 1:
            entry["units"] = {u.unit.id: u.reading.verdicts[slug].verdict.value for u in units}
        return orjson.dumps(entry)


def presumed_names(answers: Iterable[PresumedAnswer]) -> tuple[dict[str, str], ...]:
    """Return each answer that is presumed, by name, and on what basis; once for all units."""
    bases = {(answer.criterion.slug, answer.value.slug): answer.basis for answer in answers}
    return tuple(
        {"criterion": criterion, "value": value, "basis": basis}
        for (criterion, value), basis in bases.items()
    )
