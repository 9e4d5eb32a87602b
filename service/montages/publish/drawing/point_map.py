"""Points on a plain map (SVG), drawn from their coordinates alone: no tiles, nothing fetched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _PAD, _RADIUS = 340, 18, 6
_LEAST = 0.5  # degrees that a map shows at least, each way
POINT_MAP_STYLE = """
:root { color-scheme: light dark }
.point-map .frame { fill: #f4f7f6; stroke: #9aa7a4 }
.point-map .grid { stroke: #d5dddb }
.point-map circle { fill: #0b5f61; fill-opacity: .75; stroke: #fff }
.point-map text { font: 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #55615f }
@media (prefers-color-scheme: dark) {
  .point-map .frame { fill: #19211f; stroke: #55615f }
  .point-map .grid { stroke: #2b3634 }
  .point-map circle { fill: #79cfcb; stroke: #19211f }
  .point-map text { fill: #a7b4b1 }
}
"""


@dataclass(frozen=True)
class MapPoint:
    """A point by its longitude and latitude in degrees, what it is called, and where it leads."""

    longitude: float
    latitude: float
    name: str
    href: str = ""


def point_map(title: str, points: Sequence[MapPoint], *, styled: bool = True) -> str:
    """Return points as SVG in an equirectangular projection true at their middle, with lines of degrees.

    The map is as wide as its points, half a degree at least. Raises ValueError without a point.
    """
    projection = _Projection.of(points)
    style = f"<style>{POINT_MAP_STYLE}</style>" if styled else ""
    width, height = _WIDTH, projection.height
    lines = [
        (
            f'<svg class="point-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" aria-labelledby="map-title">'
        ),
        f'<title id="map-title">{escape(title)}</title>{style}',
        f'<rect class="frame" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="4"/>',
        *projection.grid(),
    ]
    for point in points:
        x, y = projection.place(point.longitude, point.latitude)
        dot = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}">'
            f"<title>{escape(point.name)}</title></circle>"
        )
        lines.append(f'<a href="{escape(point.href)}">{dot}</a>' if point.href else dot)
    return "\n".join([*lines, "</svg>"])


@dataclass(frozen=True)
class _Projection:
    """Degrees to pixels: the west and north edges, pixels a degree across and down, the height."""

    west: float
    north: float
    across: float
    down: float
    height: int

    @classmethod
    def of(cls, points: Sequence[MapPoint]) -> _Projection:
        if not points:
            raise ValueError("no point to draw")
        east, north = (max(p.longitude for p in points), max(p.latitude for p in points))
        west, south = (min(p.longitude for p in points), min(p.latitude for p in points))
        ratio = max(0.2, math.cos(math.radians((north + south) / 2)))
        # As wide as the points need, and as high as the same scale makes it, within reason.
        wide = max(east - west, _LEAST)
        high = max(north - south, _LEAST)
        down = min((_WIDTH - 2 * _PAD) / wide / ratio, 420 / high)
        across = down * ratio
        spare = (_WIDTH - 2 * _PAD) / across - (east - west)
        height = round((max(north - south, _LEAST)) * down) + 2 * _PAD
        lift = ((height - 2 * _PAD) / down - (north - south)) / 2
        return cls(west - spare / 2, north + lift, across, down, height)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is, in pixels from the upper left."""
        x = _PAD + (longitude - self.west) * self.across
        y = _PAD + (self.north - latitude) * self.down
        return x, y

    def grid(self) -> list[str]:
        """Return lines of longitude and latitude, at most a dozen each way, with their degrees."""
        lines = []
        right = self.west + (_WIDTH - 2 * _PAD) / self.across
        bottom = self.north - (self.height - 2 * _PAD) / self.down
        step = max(1, math.ceil(max(right - self.west, self.north - bottom) / 8))
        for degree in range(math.ceil(self.west / step) * step, math.floor(right) + 1, step):
            x, _ = self.place(degree, self.north)
            lines.append(f'<path class="grid" d="M{x:.1f} 1V{self.height - 1}"/>')
            lines.append(f'<text x="{x + 3:.1f}" y="{self.height - 5}">{degree}°</text>')
        for degree in range(math.ceil(bottom / step) * step, math.floor(self.north) + 1, step):
            _, y = self.place(self.west, degree)
            lines.append(f'<path class="grid" d="M1 {y:.1f}H{_WIDTH - 1}"/>')
            lines.append(f'<text x="4" y="{y - 3:.1f}">{degree}°</text>')
        return lines
