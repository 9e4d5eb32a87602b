"""What is concluded of each arrangement for a whole project, of that only what a line tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from montages.assessment.arrangement_result import ArrangementResult, Fold
from montages.assessment.checks.duties import duties
from montages.assessment.lines.lazy_sequence import LazySequence
from montages.assessment.lines.line_checks import LineChecks
from montages.assessment.lines.line_tables import LineArrangement, line_tables
from montages.assessment.procedures import procedures
from montages.assessment.ranking import ranked
from montages.assessment.rows import Row, may_lead, rows
from montages.assessment.verdict.judgement import best_verdict, unit_verdict
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE as NO_VERDICT
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.bilingual import Text
from montages.engine.protocol import StatusDetails, StatusEntry
from montages.engine.units import Unit
from montages.knowledge.logic import NOT_IN_FORCE, Verdict
from montages.knowledge.periods import Rules

_UNTOLD = Text("", "")  # the summary is written with the entry, in one language


@dataclass(frozen=True, eq=False)
class LineResults:
    """The results of one project, from the entries of its status line and the answers of its units."""

    rules: Rules
    details: StatusDetails

    @cached_property
    def units(self) -> Sequence[Unit]:
        """Return the units of the project."""
        return self.details.units

    @cached_property
    def checks(self) -> LineChecks:
        """Return what the requirements give, for what a line tells of them."""
        return LineChecks(self.rules, self.details)

    @cached_property
    def entries(self) -> dict[str, StatusEntry]:
        """Return the entry of each arrangement in force."""
        return {entry.slug: entry for entry in self.details.entries()}

    @cached_property
    def project(self) -> tuple[ArrangementResult, ...]:
        """Return the result of every arrangement, best first, procedures lightest first."""
        tables, entries = line_tables(self.rules), self.entries
        results = []
        for line in tables.proposed:
            entry = entries[line.arrangement.slug]
            results.append(self._result(line, entry.status, entry.soft))
        results += [
            ArrangementResult(a, NOT_IN_FORCE, NO_VERDICT, (0.0, 0.0), _UNTOLD, covers=())
            for a in tables.absent
        ]
        best_first = ranked(results, self.units, self.rules)
        others = (r for r in best_first if r.arrangement.kind != "procedure")
        return (*others, *procedures(best_first, self.units, self.rules))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the contracts of the project as the rows they are shown in, best first."""
        heads = [self._head(head) for head in line_tables(self.rules).heads]
        return rows(ranked([*self.project, *heads], self.units, self.rules), self.rules)

    @cached_property
    def told_rows(self) -> tuple[Row, ...]:
        """Return the rows, with the changes that reopen them where the answer tells of such changes."""
        first = next(iter(self.rows), None)
        if first is not None and may_lead(first, self.units, self.rules):
            return self.rows
        return tuple(self._with_changes())

    def _with_changes(self) -> Iterator[Row]:
        """Yield the rows, each with the first change that reopens it."""
        for row in self.rows:
            best = row.shown.best
            # One that only presumptions close is to verify, and a choice may reopen it as well.
            reopens = best.closed_by and best.verdict is not Verdict.CLOSED
            yield self._reopened(row) if reopens else row

    def _reopened(self, row: Row) -> Row:
        """Return a row with the first change that reopens what stands for it."""
        slug, best = row.shown.arrangement.slug, row.shown.best
        unit = next(n for n, each in enumerate(self._verdicts[slug]) if each is best)
        answers, asserted = self._stated[unit][1], self.units[unit].asserted
        verdict = unit_verdict(slug, answers, self.rules, asserted, changes=1)
        shown = replace(row.shown, best=verdict)
        return replace(row, kind=shown) if row.kind else replace(row, best=shown)

    @cached_property
    def _stated(self) -> Sequence[tuple[Unit, StatedAnswers]]:
        return [(unit, stated(unit.answers, self.rules)) for unit in self.units]

    @cached_property
    def _verdicts(self) -> dict[str, list[UnitVerdict]]:
        """Return the verdict on each arrangement for each unit."""
        tables, rules = line_tables(self.rules), self.rules
        return {
            line.arrangement.slug: [
                unit_verdict(line.arrangement.slug, answers, rules, unit.asserted, changes=0)
                for unit, answers in self._stated
            ]
            for line in (*tables.proposed, *tables.heads)
        }

    @cached_property
    def _folding(self) -> list[int]:
        tables = line_tables(self.rules)
        return [tables.folded(answers.bits) for _, answers in self._stated]

    def _result(
        self, line: LineArrangement, status: str, soft: tuple[float, float]
    ) -> ArrangementResult:
        arrangement, slug, units = line.arrangement, line.arrangement.slug, self.units
        verdicts = self._verdicts[slug]
        best = self._best(slug, verdicts)
        return ArrangementResult(
            arrangement=arrangement,
            status=status,
            best=best,
            soft=soft,
            summary=_UNTOLD,
            checks=LazySequence(partial(self.checks.of, slug)),
            duties=LazySequence(partial(duties, slug, units, self.rules)),
            folded=self._folded(line, best, verdicts),
            covers=tuple(u.id for u, v in zip(units, verdicts, strict=True) if v.verdict.open),
            own_gates_hold=self._own_gates_hold(line, verdicts),
        )

    def _head(self, line: LineArrangement) -> ArrangementResult:
        """Return the result of what the arrangements of a row have in common."""
        weights = [line.soft(*bits) for bits in self.details.bits]
        low, high, total = (sum(column) for column in zip(*weights, strict=True))
        soft = (round(low / total, 4), round(high / total, 4)) if total else (0.0, 1.0)
        return self._result(line, NOT_IN_FORCE, soft)

    def _best(self, slug: str, verdicts: Sequence[UnitVerdict]) -> UnitVerdict:
        """Return the verdict that counts for the project."""
        line = line_tables(self.rules).by_slug[slug]
        if line.arrangement.kind != "procedure" or len(verdicts) == 1:
            return best_verdict(verdicts)
        concerned = [
            verdict
            for n, verdict in enumerate(verdicts)
            if any(self._verdicts[contract][n].verdict.open for contract in line.awards)
        ]
        return best_verdict(concerned or verdicts, worst=True)

    def _folded(
        self, line: LineArrangement, best: UnitVerdict, verdicts: Sequence[UnitVerdict]
    ) -> Fold | None:
        """Return that an open arrangement is hardly sensible wherever it is open, None if it is sensible."""
        if not best.verdict.open or not (line.folding or best.presumed):
            return None
        for folding, verdict in zip(self._folding, verdicts, strict=True):
            if verdict.verdict.open and not folding & line.folding and not best.presumed:
                return None
        return _FOLDED

    def _own_gates_hold(self, line: LineArrangement, verdicts: Sequence[UnitVerdict]) -> bool:
        """Tell whether the gates of an arrangement alone hold where it is open, everywhere if nowhere."""
        own, open_to = line.own_gates, [verdict.verdict.open for verdict in verdicts]
        return bool(own) and all(
            not own & ~bits.holds
            for bits, is_open in zip(self.details.bits, open_to, strict=True)
            if is_open or not any(open_to)
        )


_FOLDED = Fold(())
