"""Points on a plain map (SVG), drawn from their coordinates alone: no tiles, nothing fetched."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from montages.publish.drawing.svg import drawing

_WIDTH, _PAD = 340, 18
_LEAST = 0.5  # degrees that a map shows at least, each way


@dataclass(frozen=True)
class MapPoint:
    """A point by its longitude and latitude in degrees, what it is called, and where it leads."""

    longitude: float
    latitude: float
    name: str
    href: str = ""


def point_map(title: str, points: Sequence[MapPoint]) -> Markup:
    """Return points as SVG in an equirectangular projection true at their middle, with lines of degrees.

    The map is as wide as its points, half a degree at least. Raises ValueError without a point.
    """
    return drawing("point-map.svg", title=title, points=points, it=Projection.of(points))


@dataclass(frozen=True)
class Projection:
    """Degrees to pixels: the west and north edges, pixels a degree across and down, the height."""

    west: float
    north: float
    across: float
    down: float
    height: int
    width: int = _WIDTH

    @classmethod
    def of(cls, points: Sequence[MapPoint]) -> Projection:
        """Return the projection that shows some points; raises ValueError without one."""
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

    def meridians(self) -> Iterator[tuple[int, float]]:
        """Yield degrees of longitude and where their lines are, a dozen at most."""
        for degree in self._degrees(self.west, self._east):
            yield degree, self.place(degree, self.north)[0]

    def parallels(self) -> Iterator[tuple[int, float]]:
        """Yield degrees of latitude and where their lines are, a dozen at most."""
        for degree in self._degrees(self._south, self.north):
            yield degree, self.place(self.west, degree)[1]

    def _degrees(self, low: float, high: float) -> range:
        wide, tall = self._east - self.west, self.north - self._south
        step = max(1, math.ceil(max(wide, tall) / 8))
        return range(math.ceil(low / step) * step, math.floor(high) + 1, step)

    @property
    def _east(self) -> float:
        return self.west + (self.width - 2 * _PAD) / self.across

    @property
    def _south(self) -> float:
        return self.north - (self.height - 2 * _PAD) / self.down
