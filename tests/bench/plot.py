"""Growth as a picture: three panels with both axes logarithmic, in SVG, for light and dark pages."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from figures import Point, duration, megabytes

_WIDTH, _HEIGHT = 330, 316
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 16, 40, 98
_STYLE = """
svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d8dee4; --one: #0969da; --two: #bc4c00 }
@media (prefers-color-scheme: dark) {
  svg { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --grid: #30363d; --one: #4493f8; --two: #f0883e }
}
text { font: 12px system-ui, sans-serif; fill: var(--soft) }
.title { font-size: 14px; font-weight: 600; fill: var(--ink) }
.paper { fill: var(--paper) } .grid { stroke: var(--grid) } .axis { stroke: var(--soft) }
polyline { fill: none; stroke-width: 2 } .end { text-anchor: end } .middle { text-anchor: middle }
.one { stroke: var(--one) } .two { stroke: var(--two) }
.expected { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4 }
circle.one { fill: var(--one) } circle.two { fill: var(--two) }
"""


@dataclass(frozen=True)
class _Line:
    """One line of a panel; `look` is its class in the style, and only what was measured has dots."""

    name: str
    look: str
    points: Sequence[Point]


@dataclass(frozen=True)
class _Scale:
    """Where numbers lie on an axis: equal ratios are equally far apart."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def plot(curves: Mapping[str, Sequence[Point]]) -> str:
    """Return the picture of the curves that were measured."""
    panels: list[tuple[str, str, list[_Line], Callable[[float], str]]] = []
    if "time" in curves:
        time = curves["time"]
        lines = [_Line("montages batch, two workers", "one", time)]
        lines.append(_Line("parsing only, two processes", "two", curves["floor"]))
        lines.append(_proportional("proportional to 10,000 projects", time, len(time) - 2))
        panels.append(("Time by number of projects", "projects", lines, duration))
    if "memory" in curves:
        memory = curves["memory"]
        level = memory[-2][1]
        lines = [_Line("peak of all processes together", "one", memory)]
        lines.append(_Line("that of 10,000", "expected", [(x, level) for x, _ in memory]))
        panels.append(("Memory by number of projects", "projects", lines, megabytes))
    if "rulebook" in curves:
        rulebook = curves["rulebook"]
        lines = [
            _Line("a project, in a line", "one", rulebook),
            _proportional("proportional", rulebook, 0),
        ]
        panels.append(("Time by size of the rulebook", "times today's", lines, duration))
    width = _WIDTH * len(panels)
    drawn = "".join(
        f'<g transform="translate({n * _WIDTH} 0)">{_panel(*panel)}</g>\n'
        for n, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" '
        f'height="{_HEIGHT}" role="img" aria-label="Growth of time and memory">\n<style>{_STYLE}</style>\n'
        f'<rect class="paper" width="{width}" height="{_HEIGHT}"/>\n{drawn}</svg>\n'
    )


def _proportional(name: str, points: Sequence[Point], at: int) -> _Line:
    """Return the line through one point along which twice as much takes twice as long."""
    x0, y0 = points[at]
    return _Line(name, "expected", [(x, y0 * x / x0) for x, _ in points])


def _panel(title: str, unit: str, lines: Sequence[_Line], shown: Callable[[float], str]) -> str:
    xs = sorted({x for line in lines for x, _ in line.points})
    ys = [y for line in lines for _, y in line.points]
    bottom = _HEIGHT - _BOTTOM
    across = _Scale(xs[0], xs[-1], _LEFT + 8, _WIDTH - _RIGHT - 8)
    # A level line still needs some height around it.
    up = _Scale(min(ys) / 1.6, max(ys) * 1.6, bottom, _TOP)
    parts = [f'<text class="title" x="{_LEFT}" y="22">{escape(title)}</text>']
    for y in _ticks(up.low, up.high):
        at = f"{up(y):.1f}"
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{at}" y2="{at}"/>'
        )
        parts.append(
            f'<text class="end" x="{_LEFT - 6}" y="{up(y) + 4:.1f}">{_short(shown(y))}</text>'
        )
    for x in xs:
        parts.append(f'<text class="middle" x="{across(x):.1f}" y="{bottom + 17}">{x:,.0f}</text>')
    parts.append(
        f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{bottom}" y2="{bottom}"/>'
        f'<text class="end" x="{_WIDTH - _RIGHT}" y="{bottom + 33}">{escape(unit)}</text>'
    )
    for n, line in enumerate(lines):
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line.points)
        parts.append(f'<polyline class="{line.look}" points="{path}"/>')
        if line.look != "expected":
            parts += (
                f'<circle class="{line.look}" cx="{across(x):.1f}" cy="{up(y):.1f}" r="3.5"/>'
                for x, y in line.points
            )
        key = bottom + 54 + 17 * n
        parts.append(
            f'<polyline class="{line.look}" points="{_LEFT},{key - 4} {_LEFT + 22},{key - 4}"/>'
            f'<text x="{_LEFT + 28}" y="{key}">{escape(line.name)}</text>'
        )
    return "\n".join(parts)


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two: powers of ten, and 2 and 5 times those where few fit."""
    tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((1,), (1, 2, 5)):
        found = [
            step * 10.0**ten for ten in tens for step in steps if low <= step * 10.0**ten <= high
        ]
        if len(found) > 2:
            break
    return found


def _short(text: str) -> str:
    """Return a round number without the zeros after its point: 1.00 s is 1 s."""
    return re.sub(r"\.0+(?= )", "", text)
