"""The drawings of a paper for a word processor, as PNG with the words that stand for them.

Every word processor shows a PNG: an SVG in a document is blank in those of before 2016 and in LibreOffice
before 24. Nothing here turns our SVG into one, so the same boxes and arrows are drawn again by Pillow, which
WeasyPrint brings. Where no font with our letters is there, the words stand alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from montages.knowledge.periods import Rules
from montages.publish.drawing.svg import lines_of
from montages.publish.drawing.who_pays_picture import PictureBox, WhoPaysPicture, picture_of
from montages.publish.text.calendar_stops import CalendarStop
from montages.publish.text.typography import colon, semicolon
from montages_handouts.handout_page import picture_colours

# So many points are drawn of each CSS pixel; lengths in these: a line, a letter, a calendar, its margin.
_SCALE, _LINE, _LETTER, _CALENDAR, _ROOM = 4, 14, 6.4, 660, 12
_REGULAR, _STRONG, _DOT = 12, 13, 5
_FONTS = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
)
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
# On paper, in millimetres.
_WHO_PAYS_WIDTH, _CALENDAR_WIDTH = 70, 174
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class WordPicture:
    """A drawing as PNG, empty where none can be made; its words, and how wide it is on paper."""

    png: bytes
    words: str
    millimetres: int


def who_pays_drawn(slug: str, rules: Rules, lang: str) -> WordPicture | None:
    """Return who pays, does and risks in a set-up; None where the data do not say it."""
    picture = picture_of(slug, rules, lang)
    if picture is None:
        return None
    words = f"{picture.title}. {picture.sentence}"
    png = _who_pays(picture) if _fonts() else b""
    return WordPicture(png, words, _WHO_PAYS_WIDTH)


def calendar_drawn(stops: Sequence[CalendarStop], lang: str) -> WordPicture | None:
    """Return a calendar from the decision to the signature; None without stops."""
    if not stops:
        return None
    parts = ((stop.title, ", ".join(filter(None, _under(stop)))) for stop in stops)
    words = (colon(lang) + " ").join
    alternative = semicolon(lang).join(words(filter(None, part)) for part in parts)
    return WordPicture(_calendar(stops) if _fonts() else b"", f"{alternative}.", _CALENDAR_WIDTH)


def _under(stop: CalendarStop) -> tuple[str, str, str]:
    return ", ".join(stop.bodies), stop.day, stop.days


def _who_pays(picture: WhoPaysPicture) -> bytes:
    canvas = _Canvas(picture.width, picture.height)
    colours = picture_colours()
    for arrow in picture.arrows:
        path = _points(arrow.path)
        if arrow.money:
            canvas.line(path, colours["money"], 5, dashed=arrow.dashed)
            canvas.line(path, colours["ground"], 2)
        else:
            canvas.line(path, colours["ink"], 1.6)
        canvas.shape(_points(arrow.head), colours["ink"])
    for arrow in picture.arrows:
        canvas.words(arrow.lines, (arrow.x, arrow.y), colours["ink"], arrow.anchor)
    for box in picture.boxes:
        _box(canvas, box, picture, colours)
    return canvas.to_png()


def _box(
    canvas: _Canvas, box: PictureBox, picture: WhoPaysPicture, colours: dict[str, str]
) -> None:
    edge = colours["ink"] if box.is_object else colours["risk" if box.losses else "soft"]
    fill = colours["ground" if box.is_object else "fill"]
    size = (picture.box_width, picture.box_height)
    canvas.box((box.x, box.y), size, fill, edge, 2 if box.losses else 1.2)
    middle = box.x + picture.box_width / 2
    canvas.words(box.lines, (middle, box.top), colours["ink"], "middle", strong=True)
    if box.losses:
        x, y = box.sign
        canvas.shape([(x, y), (x + 5, y - 9), (x + 10, y)], colours["risk"])
        canvas.words(box.losses, (middle + 7, y), colours["risk"], "middle", strong=True)


def _calendar(stops: Sequence[CalendarStop]) -> bytes:
    colours, width = picture_colours(), _CALENDAR / len(stops)
    under = [
        [line for text in _under(stop) if text for line in lines_of(text, width - 8, _LETTER)]
        for stop in stops
    ]
    titles = [lines_of(stop.title, width - 8, _LETTER + 1) for stop in stops]
    tallest = max(len(title) + len(lines) for title, lines in zip(titles, under, strict=True))
    canvas = _Canvas(_CALENDAR, int(tallest * _LINE + 2 * _ROOM + _DOT))
    canvas.line([(_DOT, _ROOM), (_CALENDAR - width + _DOT, _ROOM)], colours["money"], 2)
    for n, (title, lines) in enumerate(zip(titles, under, strict=True)):
        x, y = n * width, 2 * _ROOM + 2 * _DOT
        canvas.dot((x + _DOT, _ROOM), _DOT, colours["money"])
        canvas.words(title, (x, y), colours["ink"], "start", strong=True)
        canvas.words(lines, (x, y + len(title) * _LINE), colours["soft"], "start")
    return canvas.to_png()


def _points(path: str) -> list[tuple[float, float]]:
    """Return the points of a path of straight lines."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@cache
def _fonts() -> tuple[Any, Any] | None:
    """Return a font for words and one for names, None where the machine has none of those we know."""
    from PIL import ImageFont

    for regular, strong in _FONTS:
        try:
            return (
                ImageFont.truetype(regular, _REGULAR * _SCALE),
                ImageFont.truetype(strong, _STRONG * _SCALE),
            )
        except OSError:
            continue
    return None


class _Canvas:
    """What is drawn on, in CSS pixels."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw

        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), "white")
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: Points, colour: str, width: float, *, dashed: bool = False) -> None:
        for part in _dashes(points) if dashed else [points]:
            self._draw.line(_scaled(part), colour, round(width * _SCALE), joint="curve")

    def shape(self, points: Points, colour: str) -> None:
        self._draw.polygon(_scaled(points), colour)

    def dot(self, middle: tuple[float, float], radius: float, colour: str) -> None:
        x, y = middle
        corners = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(corners, colour)

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: str,
        edge: str,
        width: float,
    ) -> None:
        corners = _scaled([corner, (corner[0] + size[0], corner[1] + size[1])])
        self._draw.rounded_rectangle(corners, 5 * _SCALE, fill, edge, round(width * _SCALE))

    def words(
        self,
        lines: Iterable[str],
        base: tuple[float, float],
        colour: str,
        anchor: str,
        *,
        strong: bool = False,
    ) -> None:
        fonts = _fonts()
        for n, line in enumerate(lines if fonts else ()):
            at = _scaled([(base[0], base[1] + n * (_LINE - 1))])[0]
            self._draw.text(at, line, colour, fonts[strong] if fonts else None, _ANCHORS[anchor])

    def to_png(self) -> bytes:
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=True)
        return out.getvalue()


def _scaled(points: Points) -> list[tuple[float, float]]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _dashes(points: Points, drawn: float = 6, left: float = 3) -> Iterable[Points]:
    """Yield the dashes of straight lines."""
    for (x, y), (to, end) in pairwise(points):
        length = max(abs(to - x), abs(end - y))
        at = 0.0
        while at < length:
            stop = min(at + drawn, length)
            yield [(x + (to - x) * n / length, y + (end - y) * n / length) for n in (at, stop)]
            at = stop + left
