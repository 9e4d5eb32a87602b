"""Two projects side by side: what moves and by which rule, in the terminal; the moves as rows, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Group, RenderableType

from montages.advice.project_fork import ArrangementMove, CheckMove, Fork
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text, message
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.publish.text.checklist import citation
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS, Sign
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon

_DIFFER = message("Answers that differ")
_NOTHING = message("Nothing moves.")
_MOVES = message("What moves")
_UNMOVED = message("{} others do not move.")
# Without `whole`, so many rules are named for each move.
_NAMED = 2


def fork_text(forked: Fork, lang: str, *, whole: bool) -> Group:
    """Return what moves between two projects; `whole`: with every rule that causes it."""
    parts: list[RenderableType] = []
    for assessment in (forked.before, forked.after):
        line = Line(assessment.premises.label[lang], style="bold")
        parts.append(
            line.append(f"{colon(lang)} {assessment.answer.opening[lang]}", style="default")
        )
    parts.append(Line(f"{_DIFFER[lang]}{colon(lang)}", style="bold"))
    parts.append(
        indent(
            [
                Line(
                    f"{difference.criterion.label[lang]}{colon(lang)} "
                    f"{difference.before[lang]} → {difference.after[lang]}"
                )
                for difference in forked.answers
            ]
        )
    )
    if not forked.moves:
        return Group(*parts, Line(_NOTHING[lang]))
    parts.append(Line(f"{_MOVES[lang]}{colon(lang)}", style="bold"))
    parts += [indent(_move_lines(move, lang, whole)) for move in forked.moves]
    unmoved = len(forked.before.conclusions.verdicts) - len(forked.moves)
    return Group(*parts, Line(_UNMOVED[lang].format(unmoved), style="dim"))


def _move_lines(move: ArrangementMove, lang: str, whole: bool) -> list[RenderableType]:
    one, other = move.before, move.after
    line = Line(f"{'↑' if move.better else '↓'} ", style="green" if move.better else "red")
    line.append(one.arrangement.label[lang], style="bold")
    before, after = (_sign(r.procedure or r.verdict) for r in (one, other))
    line.append(f"{colon(lang)} {before.one[lang]} → {after.one[lang]}", style="default")
    causes = move.because if whole else move.because[:_NAMED]
    return [line, indent([_cause_line(cause, lang) for cause in causes])]


def _sign(verdict: Verdict | ProcedureVerdict) -> Sign:
    if isinstance(verdict, ProcedureVerdict):
        return PROCEDURE_SIGNS[verdict.value]
    return VERDICT_SIGNS[verdict.value]


def _cause_line(cause: CheckMove, lang: str) -> Line:
    before, after = (
        " / ".join(OUTCOME_SIGNS[outcome].one[lang] for outcome in outcomes)
        for outcomes in (cause.before, cause.after)
    )
    line = Line(f"{cause.requirement.label[lang]}{colon(lang)} {before} → {after}  ", style="dim")
    return line.append(citation(cause.requirement.sources[0], lang))


@dataclass(frozen=True)
class MoveRow:
    """Arrangements that move alike for the same reasons; `first` stands for them."""

    first: ArrangementMove
    names: Text


@dataclass(frozen=True)
class MoveRows:
    """The contracts that get nearer, those that get further, what goes around them; how many stay."""

    better: tuple[MoveRow, ...]
    worse: tuple[MoveRow, ...]
    around: tuple[MoveRow, ...]
    unmoved: int


def move_rows(forked: Fork) -> MoveRows:
    """Return the moves of a fork as rows, without those of a status alone, which one does not read."""
    moves = [move for move in forked.moves if _standing(move.before) != _standing(move.after)]
    contracts = [move for move in moves if move.before.arrangement.kind == "contract"]
    others = [move for move in moves if move not in contracts]
    number = sum(
        result.arrangement.kind == "contract" for result in forked.before.conclusions.verdicts
    )
    return MoveRows(
        _rows(m for m in contracts if m.better),
        _rows(m for m in contracts if not m.better),
        _rows(others),
        number - len(contracts),
    )


def _rows(moves: Iterable[ArrangementMove]) -> tuple[MoveRow, ...]:
    groups: dict[object, list[ArrangementMove]] = {}
    for move in moves:
        causes = tuple((c.requirement.slug, c.before, c.after) for c in move.because)
        groups.setdefault((*map(_standing, (move.before, move.after)), causes), []).append(move)
    return tuple(MoveRow(members[0], _names(members)) for members in groups.values())


def _standing(result: ArrangementResult) -> tuple[object, ...]:
    return (result.verdict, result.procedure)


def _names(moves: list[ArrangementMove]) -> Text:
    labels = [move.before.arrangement.label for move in moves]
    return Text(
        *(
            enumerated([labels[0][x], *(lower(label[x]) for label in labels[1:])], x)
            for x in ("fr", "en")
        )
    )
