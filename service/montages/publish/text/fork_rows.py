"""The moves of a fork as rows: contracts that move alike for the same reasons together, the rest apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from montages.advice.project_fork import ArrangementMove, Fork
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text


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
    number = sum(it.arrangement.kind == "contract" for it in forked.before.verdicts)
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
