"""What was measured: one row a figure, with its bound where one was promised, and the table of them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Point = tuple[float, float]


def number(value: float) -> str:
    """Return a number with three figures, or all those before the point."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f}"


def times(ratio: float) -> str:
    return f"{number(ratio)} ×"


def duration(seconds: float) -> str:
    if seconds >= 1:
        return f"{number(seconds)} s"
    return f"{number(seconds * 1e3)} ms" if seconds >= 1e-3 else f"{number(seconds * 1e6)} µs"


def megabytes(size: float) -> str:
    return f"{number(size / 1e6)} MB"


def rate(per_second: float) -> str:
    return f"{number(per_second)} projects/s"


@dataclass(frozen=True)
class Bound:
    """What was promised of a figure, and whether it is so."""

    text: str
    met: bool


Shown = Callable[[float], str]


def at_most(value: float, limit: float, shown: Shown = times) -> Bound:
    return Bound(f"≤ {_round(limit, shown)}", value <= limit)


def at_least(value: float, limit: float, shown: Shown = times) -> Bound:
    return Bound(f"≥ {_round(limit, shown)}", value >= limit)


def _round(limit: float, shown: Shown) -> str:
    text, unit = shown(limit).split(" ", 1)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


@dataclass(frozen=True)
class Figure:
    part: str
    what: str
    absolute: str = ""
    ratio: float | None = None
    bound: Bound | None = None

    def row(self) -> str:
        ratio = "" if self.ratio is None else times(self.ratio)
        text, met = "", ""
        if self.bound is not None:
            text, met = self.bound.text, "yes" if self.bound.met else "**MISSED**"
        return f"| {self.part} | {self.what} | {self.absolute} | {ratio} | {text} | {met} |"


@dataclass
class Figures:
    """All that a run measured: the rows of the table, and the curves of the plot by their name."""

    rows: list[Figure] = field(default_factory=list)
    curves: dict[str, list[Point]] = field(default_factory=dict)

    def add(
        self,
        part: str,
        what: str,
        absolute: str = "",
        *,
        ratio: float | None = None,
        bound: Bound | None = None,
    ) -> None:
        """Keep a figure, and print it at once: some parts take minutes."""
        figure = Figure(part, what, absolute, ratio, bound)
        self.rows.append(figure)
        print(figure.row(), flush=True)

    @property
    def missed(self) -> bool:
        """Tell whether any bound was missed."""
        return any(figure.bound and not figure.bound.met for figure in self.rows)

    def table(self) -> str:
        """Return the table in Markdown."""
        head = "| Part | What | Figure | Ratio | Bound | Met |\n|---|---|---|---:|---|---|\n"
        return head + "".join(f"{figure.row()}\n" for figure in self.rows)
