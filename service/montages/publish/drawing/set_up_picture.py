"""A whole set-up as a picture (SVG): layers × perimeters, a block a contract, a ring an interface (R23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from montages.advice.compose.composition import Composition, Compositions, composition_sentence
from montages.advice.compose.contract_parts import ContractPart
from montages.assessment.wording import lower
from montages.bilingual import Text
from montages.publish.drawing.set_up_grid import Cell, Seam, SetUpGrid, set_up_grid
from montages.publish.text.typography import colon

# Lengths are in CSS pixels; a letter's width is that of a wide system font, so that words stay in their box.
_WIDTH, _NAMES, _LINE, _LETTER, _PLAIN, _SMALL = 340, 96, 16, 8.2, 7.4, 6.7
_ROW, _NARROW_ROW, _PAD, _GAP, _RING = 46, 60, 10, 3, 6
_TITLE = Text("Montage d'ensemble", "Whole set-up")
_BUYS = Text("pour ses achats", "for its purchases")
_APART = Text("à part", "apart")
_WITH = Text("avec", "with")
_INTERFACE = Text(
    "interface : deux contrats à accorder", "interface: two contracts to fit together"
)
_INTERFACES = Text(
    "{} interfaces : deux contrats à accorder", "{} interfaces: two contracts to fit together"
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What the drawing looks like alone; a page whose style sheet knows its classes has it without.
SET_UP_STYLE = """
:root { color-scheme: light dark }
.set-up text { font: 13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1c2526 }
.set-up .name { font-size: 12px; fill: #55615f }
.set-up .strong { font-weight: 600 }
.set-up rect { stroke: #55615f; stroke-width: 1.5; fill: #fff }
.set-up .beside { stroke-dasharray: 5 3 }
.set-up :is(.hatch, .seam) { fill: none; stroke: #55615f }
.set-up .hatch { stroke-opacity: .35 }
.set-up .ring { fill: #fff; stroke: #1c2526; stroke-width: 2 }
.set-up .p0 { fill: #e7f3f2; stroke: #0b5f61 }
.set-up .p1 { fill: #fdf3dd; stroke: #7a5200 }
.set-up .p2 { fill: #f8ecf8; stroke: #7d2a7d }
.set-up .p3 { fill: #e8f5ec; stroke: #1b6b34 }
.set-up .p4 { fill: #fbeef0; stroke: #8a1f2b }
.set-up .p5 { fill: #eaeffb; stroke: #27509b }
@media (prefers-color-scheme: dark) {
  .set-up text { fill: #e5ebea }
  .set-up .name { fill: #a7b4b1 }
  .set-up rect { fill: #19211f; stroke: #a7b4b1 }
  .set-up :is(.hatch, .seam) { stroke: #a7b4b1 }
  .set-up .ring { fill: #19211f; stroke: #e5ebea }
  .set-up .p0 { fill: #14302f; stroke: #79cfcb }
  .set-up .p1 { fill: #33270d; stroke: #eec26b }
  .set-up .p2 { fill: #331a33; stroke: #e3a1e3 }
  .set-up .p3 { fill: #15301d; stroke: #7dd796 }
  .set-up .p4 { fill: #38191d; stroke: #ff9aa2 }
  .set-up .p5 { fill: #1b2743; stroke: #9cb9f2 }
}
"""


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
) -> str:
    """Return a whole set-up as SVG; `name` begins its identifiers, so that a page may have several.

    A row is a layer, in the order of the sheet, a column a perimeter, a block what one contract covers,
    hatched where the authority runs it by its own means. A ring is an interface: between two blocks, or
    with what is bought beside one, whose box has a dashed edge.
    """
    return _Picture(composition, composed, lang, name).svg(styled)


@dataclass(frozen=True, eq=False)
class _Picture:
    """One picture being drawn, from top to bottom."""

    composition: Composition
    composed: Compositions
    lang: str
    name: str

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
        return [_lines(name, self.column - 6, _SMALL) if name else [] for name in names]

    @cached_property
    def row_names(self) -> list[list[str]]:
        """Return the names of the rows, in lines."""
        return [_lines(text[self.lang], _NAMES - 8, _SMALL) for text in self.grid.rows]

    @cached_property
    def tops(self) -> list[float]:
        """Return where each row begins, and where the last one ends."""
        top = 2.0 + _LINE * max(map(len, self.heads)) + (4 if any(self.heads) else 0)
        tops, least = [top], _ROW if len(self.grid.columns) == 1 else _NARROW_ROW
        for lines in self.row_names:
            top += max(least, len(lines) * _LINE + _PAD)
            tops.append(top)
        return tops

    def svg(self, styled: bool) -> str:
        """Return the text of the picture."""
        drawn = [*self._row_names(), *self._heads()]
        unnamed: list[int] = []
        for number, part in enumerate(self.composition.parts):
            drawn += self._blocks(number, part, unnamed)
        drawn += map(self._seam, self.grid.seams())
        bottom = self.tops[-1] + 12
        for drawing, height in self._under(unnamed):
            drawn.append(f'<g transform="translate(0 {bottom:.0f})">{drawing}</g>')
            bottom += height
        rules, units = self.composed.rules, len(self.composed.assessment.units)
        says = composition_sentence(self.composition.parts, units, rules)[self.lang]
        title = f"{_TITLE[self.lang]}{colon(self.lang)} {self.composed.assessment.label[self.lang]}"
        name = self.name
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="set-up" viewBox="0 0 {_WIDTH} {bottom:.0f}" '
            f'role="img" lang="{self.lang}" aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        )
        hatch = (
            f'<pattern id="{name}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path class="hatch" d="M0,0 V8" stroke-width="3"/></pattern>'
        )
        parts = [
            opening,
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-desc">{escape(says)}</desc>',
            f"<style>{SET_UP_STYLE}</style>" if styled else "",
            hatch,
            *drawn,
            "</svg>",
        ]
        return "\n".join([*filter(None, parts), ""])

    def _row_names(self) -> Iterator[str]:
        for top, end, lines in zip(self.tops, self.tops[1:], self.row_names, strict=False):
            yield _text(lines, 0, (top + end) / 2, "name")

    def _heads(self) -> Iterator[str]:
        for n, lines in enumerate(self.heads):
            if lines:
                x = _NAMES + self.column * (n + 0.5)
                yield _text(lines, x, (self.tops[0] - 4) / 2 + 1, "name", middle=True)

    def _blocks(self, number: int, part: ContractPart, unnamed: list[int]) -> Iterator[str]:
        """Yield the blocks of a part; the largest has its name, if it fits, and the number is on each."""
        label = f"{number + 1}. {part.result.arrangement.label[self.lang]}"
        for n, ((top, first), (bottom, last)) in enumerate(self.grid.pieces(number)):
            x, y = _NAMES + first * self.column + _GAP / 2, self.tops[top] + _GAP / 2
            width = (last - first + 1) * self.column - _GAP
            height = self.tops[bottom + 1] - self.tops[top] - _GAP
            place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="4"'
            yield f'<rect class="p{number}" {place}/>'
            if part.result.arrangement.buys_by:
                # No style in the element: a page may forbid it.
                yield (
                    f'<path fill="url(#{self.name}-hatch)" '
                    f'd="M{x:.1f},{y:.1f} h{width:.1f} v{height:.1f} h{-width:.1f} z"/>'
                )
            lines = _lines(label, width - 2 * _PAD, _LETTER)
            fits = len(lines) * _LINE <= height - 4 and all(
                len(line) * _LETTER <= width - _PAD for line in lines
            )
            if n == 0 and not fits:
                unnamed.append(number)
            caption = lines if n == 0 and fits else [f"{number + 1}"]
            yield _text(caption, x + min(_PAD, width / 4), y + height / 2, "strong")

    def _seam(self, seam: Seam) -> str:
        """Return the ring of an interface: on the side that two blocks share, or on a line between them."""
        (x1, y1), (x2, y2) = self._middle(seam.one), self._middle(seam.other)
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        line = ""
        if seam.adjacent and seam.one[1] == seam.other[1]:
            y = self.tops[max(seam.one[0], seam.other[0])]
        elif not seam.adjacent:
            line = f'<path class="seam" stroke-dasharray="4 3" d="M{x1:.0f},{y1:.0f} L{x2:.0f},{y2:.0f}"/>'
        return f'{line}<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{_RING}"/>'

    def _middle(self, cell: Cell) -> tuple[float, float]:
        row, column = cell
        return _NAMES + (column + 0.5) * self.column, (self.tops[row] + self.tops[row + 1]) / 2

    def _under(self, unnamed: list[int]) -> Iterator[tuple[str, float]]:
        """Yield what stands under the blocks, each with its height: what is bought beside, names, the key."""
        for number, part in enumerate(self.composition.parts):
            for words in self._beside(number, part):
                lines = _lines(words, _WIDTH - _NAMES - 2 * _PAD - 4, _PLAIN)
                height = len(lines) * _LINE + _PAD
                yield (
                    f'<rect class="beside p{number}" x="{_NAMES + _GAP / 2}" y="0" '
                    f'width="{_WIDTH - _NAMES - _GAP - 2}" height="{height}" rx="4"/>'
                    + _text(lines, _NAMES + _PAD + 4, height / 2, "")
                    + f'<circle class="ring" cx="{_NAMES + _GAP / 2}" cy="{height / 2}" r="{_RING}"/>',
                    height + 6,
                )
        for number in unnamed:
            label = self.composition.parts[number].result.arrangement.label[self.lang]
            yield self._line(f"{number + 1}. {label}")
        if any(self.heads) and self.heads[0] == ["A"]:
            for (letter,), area in zip(self.heads, self.grid.columns, strict=True):
                yield self._line(f"{letter}{colon(self.lang)} {area[self.lang]}")
        if number := self.composition.interfaces:
            words = (_INTERFACE if number == 1 else _INTERFACES)[self.lang].format(number)
            text = _text([words if number > 1 else f"1 {words}"], 2 * _RING + 8, 9, "name")
            yield f'<circle class="ring" cx="{_RING + 1}" cy="9" r="{_RING}"/>{text}', 20

    def _line(self, words: str) -> tuple[str, float]:
        lines = _lines(words, _WIDTH - 4, _SMALL)
        return _text(lines, 0, len(lines) * _LINE / 2, "name"), len(lines) * _LINE + 2

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


def _lines(words: str, width: float, letter: float) -> list[str]:
    """Return words in lines that are as long as a width allows; a long word has a line of its own."""
    lines: list[str] = []
    # A sign that French sets apart stays with the word before it.
    for word in words.replace(" :", "\u00a0:").split(" "):
        if lines and (len(lines[-1]) + 1 + len(word)) * letter <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _text(lines: list[str], x: float, y: float, kind: str, *, middle: bool = False) -> str:
    """Return lines of text about a height."""
    top = y - (len(lines) - 1) * _LINE / 2 + 4.5
    anchor = ' text-anchor="middle"' if middle else ""
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{top + n * _LINE:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f'<text class="{kind}"{anchor}>{spans}</text>'


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
