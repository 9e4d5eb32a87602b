"""Who pays, who does and who risks in a set-up, as a picture (SVG): boxes, double arrows of money, tasks.

Parties and what is paid, done or lost are data (`knowledge.who_pays`): a new contract needs no Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from markupsafe import Markup

from montages.assessment.wording import enumerated
from montages.bilingual import Text, message
from montages.engine.units import Unit
from montages.knowledge.periods import Rules
from montages.knowledge.thing_labels import name_of
from montages.knowledge.who_pays import Role, RoleWord, WhoPays, who_pays_in
from montages.names import ID
from montages.publish.drawing.svg import drawing, lines_of
from montages.publish.text.typography import colon

# Lengths are in CSS pixels; a letter's width is that of a wide system font, so that words stay in their box.
_WIDTH, _HEIGHT, _BOX_WIDTH, _BOX_HEIGHT, _LINE = 352, 180, 120, 44, 13
_LETTER, _STRONG, _EDGE, _TOP, _HEAD = 6.8, 7.9, 4, 16, 8
_LEFT, _RIGHT = _EDGE, _WIDTH - _EDGE - _BOX_WIDTH
_FOOT = _HEIGHT - _EDGE - _BOX_HEIGHT
# Where boxes stand: the corners, and the middle of the foot, which the object has among three boxes.
_PLACES = {
    "upper-left": (_LEFT, _TOP),
    "upper-right": (_RIGHT, _TOP),
    "lower-left": (_LEFT, _FOOT),
    "lower-right": (_RIGHT, _FOOT),
    "lower-middle": ((_WIDTH - _BOX_WIDTH) // 2, _FOOT),
}
_BENEATH = {"upper-left": "lower-left", "upper-right": "lower-right"}
_OPPOSITE = {"lower-left": "lower-right", "lower-right": "lower-left"}
# A name longer than that gives way to what anybody is called in the set-up.
_NAME_LINES = 2
_ABBREVIATION = re.compile(r"\(([A-Z]{2,})\)")
_BUYER = message("Buyer")
_TITLE = message("Who pays, who does, who risks")
_PAYS = message("{who} pays {what} to {whom}")
_DOES = message("{who} {tasks} {object}")
_LOSES = message("if {what}, {who} loses money")
_PRESUMED = message("{sentence} (we presume so)")

Point = tuple[float, float]


def who_pays_picture(
    slug: str, rules: Rules, lang: str, *, unit: Unit | None = None, within: str = ""
) -> Markup:
    """Return as SVG who pays, does and risks in a set-up; nothing where the data do not say it.

    Of a project whose answers are those of `unit`: what they make of the set-up, with the names of its holder
    and of what it is for. `within` tells it from the same picture elsewhere on a page.
    """
    picture = picture_of(slug, rules, lang, unit=unit, within=within)
    return Markup() if picture is None else drawing("who-pays.svg", it=picture)


def picture_of(
    slug: str, rules: Rules, lang: str, *, unit: Unit | None = None, within: str = ""
) -> WhoPaysPicture | None:
    """Return what stands where in the picture of a set-up; None where the data do not say it."""
    stated = who_pays_in(slug, rules, unit.answers if unit else None)
    if stated is None:
        return None
    name = f"{within}-{slug}" if within else slug
    names = _names(unit, rules, lang) if unit else {}
    return WhoPaysPicture(name, rules.book.arrangements[slug].label, stated, lang, names)


def _names(unit: Unit, rules: Rules, lang: str) -> dict[str, str]:
    """Return the names of the holder, and of the object under none, for which a box has room.

    A holder whose name is too long is called by its abbreviation, else as the buyer.
    """
    names = {}
    holders = [rules.criteria["holder"].value(slug) for slug in unit.answer("holder").values]
    if len(holders) == 1:
        name = holders[0].label[lang]
        short = _ABBREVIATION.search(name)
        names["authority"] = name if _fits(name) else short[1] if short else _BUYER[lang]
    if unit.usages:
        usages = ", ".join(name_of(ID[f"usage/{usage}"])[lang] for usage in unit.usages)
        names |= {"": usages} if _fits(usages) else {}
    return names


def _fits(name: str) -> bool:
    return len(_box_lines(name)) <= _NAME_LINES


def _box_lines(text: str) -> list[str]:
    return lines_of(text, _BOX_WIDTH - 8, _STRONG)


@dataclass(frozen=True)
class PictureBox:
    """A box: a party or the object, its lines, and those that say what it may lose."""

    x: float
    y: float
    lines: list[str]
    losses: list[str]
    is_object: bool
    presumed: bool

    @property
    def top(self) -> float:
        """Return the base of its first line, so that all its lines stand in the middle."""
        number = len(self.lines) + len(self.losses)
        return self.y + _BOX_HEIGHT / 2 - (number - 1) * _LINE / 2 + 4

    @property
    def sign(self) -> tuple[float, float]:
        """Return where the triangle stands that marks a loss: before the first word of it."""
        before = len(self.losses[0]) * _LETTER / 2 + 6 if self.losses else 0
        return self.x + _BOX_WIDTH / 2 - before, self.top + len(self.lines) * _LINE


@dataclass(frozen=True)
class PictureArrow:
    """An arrow along points, and its words: where they stand and from which side they begin."""

    points: tuple[Point, ...]
    lines: list[str]
    x: float
    y: float
    anchor: str
    money: bool
    dashed: bool = False
    presumed: bool = False

    @property
    def path(self) -> str:
        """Return its line, which ends where its head begins."""
        (x, y), (to, end) = self.points[-2:]
        back = (_sign(to - x) * (_HEAD - 1), _sign(end - y) * (_HEAD - 1))
        points = (*self.points[:-1], (to - back[0], end - back[1]))
        return "M" + " L".join(f"{across:g},{down:g}" for across, down in points)

    @property
    def head(self) -> str:
        """Return its head."""
        (x, y), (to, end) = self.points[-2:]
        across, down = _sign(to - x), _sign(end - y)
        base, half = (to - across * _HEAD, end - down * _HEAD), _HEAD / 2 + 0.5
        sides = [(base[0] + down * n, base[1] + across * n) for n in (half, -half)]
        return "M" + " L".join(f"{a:g},{b:g}" for a, b in ((to, end), *sides)) + " Z"


@dataclass(frozen=True, eq=False)
class WhoPaysPicture:
    """What stands where in the picture of who pays, does and risks; `name` is its own on a page."""

    name: str
    label: Text
    stated: WhoPays
    lang: str
    names: Mapping[str, str]
    width, height, box_width, box_height, line = _WIDTH, _HEIGHT, _BOX_WIDTH, _BOX_HEIGHT, _LINE

    @property
    def title(self) -> str:
        """Return what the picture is called."""
        return f"{_TITLE[self.lang]}{colon(self.lang)} {self.label[self.lang]}"

    @property
    def sentence(self) -> str:
        """Return what the picture shows, in words."""
        return who_pays_sentence(self.stated, self.lang)

    @cached_property
    def places(self) -> dict[str, str]:
        """Return where each party stands, by its slug, and the object under no name.

        The first party is on the left, whom it pays or is paid by on the right; the third beneath the one it
        has to do with, and the object in the corner that is left.
        """
        first, *others = self.stated.parties
        if not others:
            return {first.slug: "upper-left", "": "lower-middle"}
        second = min(
            others, key=lambda party: not self._deal(first, party) or party.slug == "users"
        )
        places = {first.slug: "upper-left", second.slug: "upper-right"}
        third = next((party for party in others if party != second), None)
        if third is None:
            return {**places, "": "lower-middle"}
        beneath = _BENEATH[places[(second if self._deal(second, third) else first).slug]]
        return {**places, third.slug: beneath, "": _OPPOSITE[beneath]}

    def _deal(self, one: RoleWord, other: RoleWord) -> bool:
        """Tell whether one party pays the other."""
        return any({role.party, role.towards} == {one, other} for role in self.stated.payments)

    @property
    def boxes(self) -> list[PictureBox]:
        """Return the boxes of the parties, then that of the object."""
        losses: dict[str, list[str]] = {}
        presumed = {role.party.slug for role in self.stated.losses if not role.sure}
        for role in self.stated.losses:
            for kind in role.kinds:
                words = lines_of(kind.label[self.lang], _BOX_WIDTH - 22, _LETTER)
                losses.setdefault(role.party.slug, []).extend(words)
        named = [*((party.slug, party) for party in self.stated.parties), ("", self.stated.about)]
        return [
            PictureBox(
                *_PLACES[self.places[key]],
                _box_lines(self.names.get(key, word.label[self.lang])),
                losses.get(key, []),
                is_object=not key,
                presumed=key in presumed,
            )
            for key, word in named
        ]

    @property
    def arrows(self) -> list[PictureArrow]:
        """Return the arrows of money, then those of tasks."""
        return [*self._money(), *self._tasks()]

    def _money(self) -> Iterator[PictureArrow]:
        between: dict[frozenset[str], list[tuple[Role, RoleWord]]] = {}
        for role in self.stated.payments:
            if role.towards is not None:
                pair = frozenset((role.party.slug, role.towards.slug))
                between.setdefault(pair, []).extend((role, kind) for kind in role.kinds)
        for flows in between.values():
            for number, (role, kind) in enumerate(flows):
                start = self.places[role.party.slug]
                end = self.places[role.towards.slug] if role.towards else start
                words = kind.label[self.lang]
                shifts = (
                    [-8.0, 0.0, 8.0] if kind.repeated else [12 * (number - (len(flows) - 1) / 2)]
                )
                for n, shift in enumerate(shifts):
                    yield self._arrow(
                        start,
                        end,
                        words if n == 0 else "",
                        money=True,
                        dashed=kind.uncertain,
                        presumed=not role.sure,
                        shift=shift,
                    )

    def _tasks(self) -> Iterator[PictureArrow]:
        """Yield one arrow a party: what it does, then with a question mark what it may do beside."""
        for party, roles in groupby(self.stated.tasks, lambda role: role.party.slug):
            of = list(roles)
            mark = "" if not of[0].sure else "\u00a0?" if self.lang == "fr" else "?"
            words = [f"{k.label[self.lang]}{'' if r.sure else mark}" for r in of for k in r.kinds]
            yield self._arrow(
                self.places[party],
                self.places[""],
                ", ".join(words),
                money=False,
                presumed=not of[0].sure,
            )

    def _arrow(
        self,
        start: str,
        end: str,
        words: str,
        *,
        money: bool,
        dashed: bool = False,
        presumed: bool = False,
        shift: float = 0,
    ) -> PictureArrow:
        """Return an arrow from one place to another, with its words where there is room for them."""
        points, x, y, anchor, room = _route(start, end, shift, self._elbow)
        lines = lines_of(words, room, _LETTER) if words else []
        # Above a line that goes across, words end at its height; elsewhere they stand about their place.
        across = start.partition("-")[0] == end.partition("-")[0]
        lift = (len(lines) - 1) * _LINE * (1 if across and shift <= 0 else 0 if across else 0.5)
        return PictureArrow(points, lines, x, y - lift, anchor, money, dashed, presumed)

    @cached_property
    def _elbow(self) -> str:
        """Return the upper corner from which a task crosses to the lower corner of the other side."""
        at = self.places[""]
        for role in self.stated.tasks:
            place = self.places[role.party.slug]
            if at in _OPPOSITE and _BENEATH.get(place) == _OPPOSITE[at]:
                return place
        return ""


def _route(
    start: str, end: str, shift: float, elbow: str
) -> tuple[tuple[Point, ...], float, float, str, float]:
    """Return the points of an arrow, where its words stand, from which side they begin, and their room."""
    (x, y), (to, bottom) = _PLACES[start], _PLACES[end]
    foot, near = y + _BOX_HEIGHT, 32
    if y == bottom:
        height = y + (30 if y == _TOP else _BOX_HEIGHT / 2) + shift
        ends = (x + _BOX_WIDTH, to) if to > x else (x, to + _BOX_WIDTH)
        words = height + 16 if shift > 0 else height - 6
        return ((ends[0], height), (ends[1], height)), _WIDTH / 2, words, "middle", 104
    left = min(x, to) == _LEFT and (x == to or "middle" in end or "middle" in start)
    if "lower-middle" in (start, end):
        left = _LEFT in (x, to)
        line = _LEFT + near if left else _WIDTH - _LEFT - near
        side = to if left else to + _BOX_WIDTH
        points: tuple[Point, ...] = ((line, foot), (line, bottom + _BOX_HEIGHT / 2))
        points = (*points, (side, bottom + _BOX_HEIGHT / 2))
        return points, line + (8 if left else -8), 99, "start" if left else "end", 112
    if x == to:
        line = _LEFT + near if left else _WIDTH - _LEFT - near
        down = bottom > y
        ends = (foot, bottom) if down else (y, bottom + _BOX_HEIGHT)
        same = elbow == ("upper-left" if left else "upper-right")
        words = 116 if same else 78 if elbow else 99
        anchor = "start" if left else "end"
        return ((line, ends[0]), (line, ends[1])), line + (8 if left else -8), words, anchor, 100
    inner, outer = _LEFT + _BOX_WIDTH - 20, _WIDTH - _LEFT - _BOX_WIDTH + 20
    out, back = (inner, outer + 8) if to > x else (outer, inner - 8)
    middle = (foot + bottom) / 2
    points = ((out, foot), (out, middle), (back, middle), (back, bottom))
    return points, _WIDTH / 2, middle - 6, "middle", 140


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def who_pays_sentence(stated: WhoPays, lang: str) -> str:
    """Return in words who pays whom, who does what, and who loses if it goes wrong."""
    about = stated.about.in_sentence[lang]
    sentences = [
        (
            role,
            _PAYS.fill(
                who=role.party.in_sentence,
                what=enumerated([kind.in_sentence[lang] for kind in role.kinds], lang),
                whom=role.towards.in_sentence,
            ),
        )
        for role in stated.payments
        if role.towards is not None
    ]
    sentences += [
        (
            role,
            _DOES.fill(
                who=role.party.in_sentence,
                tasks=enumerated([kind.label[lang] for kind in role.kinds], lang),
                object=about,
            ),
        )
        for role in stated.tasks
    ]
    sentences += [
        (role, _LOSES.fill(what=kind.in_sentence, who=role.party.in_sentence))
        for role in stated.losses
        for kind in role.kinds
    ]
    return " ".join(
        _sentence((text if role.sure else _PRESUMED.fill(sentence=text))[lang])
        for role, text in sentences
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
