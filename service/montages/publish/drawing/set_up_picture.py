"""A whole set-up as a picture (SVG): layers × perimeters, a block a contract, a ring an interface (R23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from montages.advice.compose.composition import Composition, Compositions
from montages.advice.compose.contract_parts import ContractPart
from montages.assessment.wording import lower
from montages.bilingual import message
from montages.publish.drawing.set_up_grid import Cell, Seam, SetUpGrid, set_up_grid
from montages.publish.drawing.svg import drawing, lines_of
from montages.publish.text.typography import colon

# Lengths are in CSS pixels; a letter's width is that of a wide system font, so that words stay in their box.
_WIDTH, _NAMES, _LINE, _LETTER, _PLAIN, _SMALL = 340, 96, 16, 8.2, 7.4, 6.7
_ROW, _NARROW_ROW, _PAD, _GAP, _RING = 46, 60, 10, 3, 6
_TITLE = message("Whole set-up")
_BUYS = message("for its purchases")
_APART = message("apart")
_WITH = message("with")
_INTERFACE = message("interface: two contracts to fit together")
_INTERFACES = message("{} interfaces: two contracts to fit together")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def drawn_set_up(composed: Compositions, lang: str) -> str:
    """Return as SVG the whole set-up that was asked for by its place; raises UnknownName for none."""
    return set_up_picture(composed.composition(composed.place), composed, lang)


def set_up_picture(
    composition: Composition,
    composed: Compositions,
    lang: str,
    name: str = "set-up",
    *,
    styled: bool = True,
) -> Markup:
    """Return a whole set-up as SVG; `name` begins its identifiers, so that a page may have several.

    A row is a layer, in the order of the sheet, a column a perimeter, a block what one contract covers,
    hatched where the authority runs it by its own means. A ring is an interface: between two blocks, or
    with what is bought beside one, whose box has a dashed edge.
    """
    picture = SetUpPicture(composition, composed, lang, name)
    return drawing("set-up.svg", it=picture, styled=styled)


@dataclass(frozen=True)
class PictureBlock:
    """A rectangle that a contract covers: its number, its lines; hatched where nobody else runs it."""

    number: int
    x: float
    y: float
    width: float
    height: float
    hatched: bool
    lines: list[str]


@dataclass(frozen=True)
class PictureSeam:
    """The ring of an interface, and the ends of the line to it where two blocks are apart."""

    x: float
    y: float
    apart: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class PictureNote:
    """Lines under the blocks: what is bought beside a contract, a name, or the key of the rings."""

    kind: str
    lines: list[str]
    high: int
    room: int
    number: int = 0


@dataclass(frozen=True, eq=False)
class SetUpPicture:
    """What stands where in the picture of a set-up, from top to bottom."""

    composition: Composition
    composed: Compositions
    lang: str
    name: str
    width, names, line, pad, gap, ring = _WIDTH, _NAMES, _LINE, _PAD, _GAP, _RING

    @cached_property
    def grid(self) -> SetUpGrid:
        """Return what stands where."""
        return set_up_grid(self.composition, self.composed)

    @cached_property
    def column(self) -> float:
        """Return the width of a column."""
        return (_WIDTH - _NAMES - 2) / len(self.grid.columns)

    @cached_property
    def heads(self) -> list[list[str]]:
        """Return the names of the columns, in lines; letters where they are too narrow."""
        names = [text[self.lang] for text in self.grid.columns]
        if self.column < 60 and any(names):
            return [[_LETTERS[n % 26] * (n // 26 + 1)] for n in range(len(names))]
        return [lines_of(name, self.column - 6, _SMALL) if name else [] for name in names]

    @cached_property
    def row_names(self) -> list[list[str]]:
        """Return the names of the rows, in lines."""
        return [lines_of(text[self.lang], _NAMES - 8, _SMALL) for text in self.grid.rows]

    @cached_property
    def tops(self) -> list[float]:
        """Return where each row begins, and where the last one ends."""
        top = 2.0 + _LINE * max(map(len, self.heads)) + (4 if any(self.heads) else 0)
        tops, least = [top], _ROW if len(self.grid.columns) == 1 else _NARROW_ROW
        for lines in self.row_names:
            top += max(least, len(lines) * _LINE + _PAD)
            tops.append(top)
        return tops

    @property
    def title(self) -> str:
        """Return what the picture is called."""
        label = self.composed.assessment.premises.label[self.lang]
        return f"{_TITLE[self.lang]}{colon(self.lang)} {label}"

    @property
    def sentence(self) -> str:
        """Return what the picture shows, in words."""
        units = len(self.composed.assessment.conclusions.units)
        return self.composition.sentence(units, self.composed.rules)[self.lang]

    @cached_property
    def blocks(self) -> list[PictureBlock]:
        """Return the blocks of each part, the largest first."""
        return [
            self._block(number, piece, is_first=n == 0)
            for number in range(len(self.composition.parts))
            for n, piece in enumerate(self.grid.pieces(number))
        ]

    def _block(self, number: int, piece: tuple[Cell, Cell], *, is_first: bool) -> PictureBlock:
        """Return a block of a part; the first has its name, if it fits, and the number is on each."""
        (top, first), (bottom, last) = piece
        width = (last - first + 1) * self.column - _GAP
        height = self.tops[bottom + 1] - self.tops[top] - _GAP
        lines = lines_of(self._label(number), width - 2 * _PAD, _LETTER)
        fits = len(lines) * _LINE <= height - 4 and all(
            len(line) * _LETTER <= width - _PAD for line in lines
        )
        return PictureBlock(
            number=number,
            x=_NAMES + first * self.column + _GAP / 2,
            y=self.tops[top] + _GAP / 2,
            width=width,
            height=height,
            hatched=bool(self.composition.parts[number].result.arrangement.buys_by),
            lines=lines if is_first and fits else [f"{number + 1}"],
        )

    def _label(self, number: int) -> str:
        arrangement = self.composition.parts[number].result.arrangement
        return f"{number + 1}. {arrangement.label[self.lang]}"

    @property
    def seams(self) -> list[PictureSeam]:
        """Return the ring of each interface between blocks."""
        return [self._seam(seam) for seam in self.grid.seams()]

    def _seam(self, seam: Seam) -> PictureSeam:
        """Return a ring: on the side that two blocks share, or on a line between them."""
        ends = (x1, y1), (x2, y2) = self._middle(seam.one), self._middle(seam.other)
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        if seam.adjacent and seam.one[1] == seam.other[1]:
            y = self.tops[max(seam.one[0], seam.other[0])]
        return PictureSeam(x, y, () if seam.adjacent else ends)

    def _middle(self, cell: Cell) -> tuple[float, float]:
        row, column = cell
        return _NAMES + (column + 0.5) * self.column, (self.tops[row] + self.tops[row + 1]) / 2

    @cached_property
    def placed_notes(self) -> list[tuple[float, PictureNote]]:
        """Return what stands under the blocks, each at its height."""
        top, notes = self.tops[-1] + 12, []
        for note in self._notes():
            notes.append((top, note))
            top += note.room
        return notes

    @property
    def bottom(self) -> float:
        """Return the height of the picture."""
        return self.tops[-1] + 12 + sum(note.room for _, note in self.placed_notes)

    def _notes(self) -> Iterator[PictureNote]:
        """Yield what is bought beside, the names that have no room in their block, the key."""
        for number, part in enumerate(self.composition.parts):
            for words in self._beside(number, part):
                lines = lines_of(words, _WIDTH - _NAMES - 2 * _PAD - 4, _PLAIN)
                high = len(lines) * _LINE + _PAD
                yield PictureNote("beside", lines, high, high + 6, number)
        written = {block.number for block in self.blocks if block.lines != [f"{block.number + 1}"]}
        for number in range(len(self.composition.parts)):
            if number not in written:
                yield self._name(self._label(number))
        if any(self.heads) and self.heads[0] == ["A"]:
            for (letter,), area in zip(self.heads, self.grid.columns, strict=True):
                yield self._name(f"{letter}{colon(self.lang)} {area[self.lang]}")
        if number := self.composition.interfaces:
            words = (_INTERFACE if number == 1 else _INTERFACES)[self.lang].format(number)
            yield PictureNote("key", [words if number > 1 else f"1 {words}"], 18, 20)

    def _name(self, words: str) -> PictureNote:
        lines = lines_of(words, _WIDTH - 4, _SMALL)
        return PictureNote("name", lines, len(lines) * _LINE, len(lines) * _LINE + 2)

    def _beside(self, number: int, part: ContractPart) -> Iterator[str]:
        """Yield what is bought beside a part, in words."""
        several = len(self.composition.parts) > 1
        head = f"{_WITH[self.lang]} {number + 1}, " if several else ""
        sign = colon(self.lang)
        if part.buys is not None:
            name = lower(part.buys.result.arrangement.label[self.lang])
            yield _capital(f"{head}{_BUYS[self.lang]}{sign} {name}")
        for gate in part.apart:
            contract = self.composed.rules.book.arrangements[str(gate.splits_into)].label[self.lang]
            what = lower(gate.label[self.lang])
            yield _capital(f"{head}{_APART[self.lang]}{sign} {lower(contract)} ({what})")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
