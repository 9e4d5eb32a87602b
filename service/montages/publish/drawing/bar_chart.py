"""Counts as bars (SVG): one a value, its name above it and its number at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# Lengths are in CSS pixels; a letter's width is that of a wide system font.
_WIDTH, _LINE, _BAR, _GAP, _LETTER, _NUMBER = 340, 17, 12, 9, 7.6, 44
# What a chart looks like alone; a page whose style sheet knows its classes has it without.
BAR_CHART_STYLE = """
:root { color-scheme: light dark }
.bars text { font: 13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1c2526 }
.bars .number { font-weight: 600 }
.bars rect { fill: #0b5f61 }
.bars .rest { fill: #e3e9e8 }
@media (prefers-color-scheme: dark) {
  .bars text { fill: #e5ebea }
  .bars rect { fill: #79cfcb }
  .bars .rest { fill: #2b3634 }
}
"""


@dataclass(frozen=True)
class Bar:
    """One bar: the name of a value, and how many have it."""

    name: str
    count: int


def bar_chart(title: str, bars: Sequence[Bar], name: str = "bars", *, styled: bool = True) -> str:
    """Return counts as SVG, the longest bar as wide as there is room; `name` begins its identifiers."""
    most = max((bar.count for bar in bars), default=0) or 1
    row = _LINE + _BAR + _GAP
    height = row * len(bars) + 2
    described = "; ".join(f"{bar.name}: {bar.count}" for bar in bars)
    style = f"<style>{BAR_CHART_STYLE}</style>" if styled else ""
    lines = [
        (
            f'<svg class="bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        ),
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(described)}</desc>{style}',
    ]
    room = _WIDTH - _NUMBER
    for n, bar in enumerate(bars):
        top = n * row
        length = max(2, round(room * bar.count / most)) if bar.count else 0
        lines += [
            f'<text x="0" y="{top + _LINE - 4}">{escape(_short(bar.name))}</text>',
            f'<rect class="rest" x="0" y="{top + _LINE}" width="{room}" height="{_BAR}" rx="2"/>',
            f'<rect x="0" y="{top + _LINE}" width="{length}" height="{_BAR}" rx="2"/>',
            f'<text class="number" x="{room + 8}" y="{top + _LINE + _BAR - 1}">{bar.count}</text>',
        ]
    return "\n".join([*lines, "</svg>"])


def _short(name: str) -> str:
    """Return a name cut to the width of the chart, the whole of which stands in the table beside."""
    most = int(_WIDTH / _LETTER)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
