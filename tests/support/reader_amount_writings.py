# ruff: noqa: E501 - forms of sentences, one a line
"""Writings of amounts whose sums are known: made up, never copied from what people wrote."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

_WHOLE, _YEARLY, _LENGTH = "estimated-value", "yearly-value", "duration-months"
_THINGS = (
    "bornes",
    "caméras",
    "capteurs",
    "lampadaires",
    "tablettes",
    "compteurs",
    "panneaux",
    "bancs",
)
_OPENINGS = (
    "", "commune de 2 300 hab, ", "Bonjour, nous cherchons ", "ville, ", "achat de matériel : ",
    "on veut savoir pour ", "syndicat, ", "en 2027, ", "selon l'article R2122-8, ",
)  # fmt: skip
_ENDINGS = (
    "",
    ", faut-il publier ?",
    ", quelle procédure ?",
    " merci",
    ", on fait comment",
    ", mairie de 35000 Rennes",
)
_LETTERS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six"}


def writings(dice: random.Random, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield texts with the facts they state."""
    for at in range(count):
        text, facts = _FORMS[at % len(_FORMS)](dice)
        opening, ending = dice.choice(_OPENINGS), dice.choice(_ENDINGS)
        more = {"population": 2300} if "2 300 hab" in opening else {}
        yield f"{opening}{text}{ending}", {**facts, **more}


def _money(dice: random.Random, value: int) -> str:
    """Return a sum in one of the ways that people write it."""
    plain, spaced = str(value), f"{value:,}".replace(",", " ")
    ways = [
        f"{spaced} €",
        f"{plain} €",
        f"{plain}€",
        f"{spaced} euros",
        f"{spaced} EUR",
        f"{spaced.replace(' ', chr(0x202F))} €",
    ]
    if value >= 1000:
        ways.append(f"{spaced.replace(' ', '.')} €")
    if value >= 1000 and value % 100 == 0:
        ways += [f"{value / 1000:g} k€".replace(".", ","), f"{value / 1000:g}k".replace(".", ",")]
    if value >= 1_000_000 and value % 10_000 == 0:
        ways += [
            f"{value / 1_000_000:g} M€".replace(".", ","),
            f"{value / 1_000_000:g} millions d'euros".replace(".", ","),
        ]
    return dice.choice(ways)


def _tax(dice: random.Random) -> str:
    return dice.choice(("", " HT", " ht", " hors taxes", " H.T."))


def _round(dice: random.Random, low: int, high: int, step: int) -> int:
    return dice.randrange(low, high, step)


def _years(dice: random.Random) -> tuple[int, str]:
    years = dice.choice((2, 3, 4, 5, 6))
    return years, dice.choice(
        (f"{years} ans", f"{_LETTERS[years]} ans", f"{years * 12} mois", f"{years}ans")
    )


def _one(dice: random.Random) -> tuple[str, dict[str, Any]]:
    value = _round(dice, 4000, 900_000, 500)
    about = dice.choice(
        ("", "environ ", "à peu près ", "un budget de ", "pour ", "coût : ", "devis à ")
    )
    return f"{about}{_money(dice, value)}{_tax(dice)}", {_WHOLE: value}


def _with_tax(dice: random.Random) -> tuple[str, dict[str, Any]]:
    value = _round(dice, 5000, 200_000, 500)
    tax = dice.choice((" TTC", " ttc", " T.T.C.", " toutes taxes comprises", " TVA comprise"))
    return f"{_money(dice, value * 12 // 10)}{tax}", {_WHOLE: value}


def _many(dice: random.Random) -> tuple[str, dict[str, Any]]:
    number, price, thing = _round(dice, 12, 900, 1), _round(dice, 60, 2000, 5), dice.choice(_THINGS)
    form = dice.choice(
        ("{n} {t} à {p}{x} pièce", "{n} {t} à {p}{x} l'unité", "{n} {t}, {p}{x} chacun", "{n} {t} à {p}{x}",
         "{n} x {p}{x}", "{n} {t}, prix unitaire {p}{x}", "{p}{x} par {s} pour {n} {t}")
    )  # fmt: skip
    text = form.format(
        n=number,
        t=thing,
        s=thing.rstrip("sx").replace("panneau", "panneau"),
        p=_money(dice, price),
        x=_tax(dice),
    )
    return text, {_WHOLE: number * price}


def _by_period(dice: random.Random) -> tuple[str, dict[str, Any]]:
    (years, length), price = _years(dice), _round(dice, 300, 30_000, 100)
    months, said = dice.choice(
        ((12, "/an"), (12, " par an"), (12, " l'an"), (12, " chaque année"), (1, "/mois"), (1, " par mois"),
         (1, " mensuels"), (3, " par trimestre"), (3, "/trimestre"), (6, " par semestre"))
    )  # fmt: skip
    joins = dice.choice((" pendant ", " sur ", ", ", " pour "))
    text = f"{_money(dice, price)}{_tax(dice)}{said}{joins}{length}"
    return text, {_WHOLE: price * years * 12 // months, _LENGTH: years * 12}


def _renewed(dice: random.Random) -> tuple[str, dict[str, Any]]:
    times, price = dice.choice((1, 2, 3)), _round(dice, 2000, 60_000, 500)
    number = dice.choice((str(times), {1: "une", 2: "deux", 3: "trois"}[times]))
    term = dice.choice(
        ("1 an reconductible {n} fois", "un an renouvelable {n} fois", "un an ferme, reconductible tacitement {n} fois",
         "12 mois reconductibles {n} fois", "1 an + {i} reconductions", "1 an ferme + {i}")
    ).format(n=number, i=times)  # fmt: skip
    text = f"{_money(dice, price)}{_tax(dice)}{dice.choice((' par an', '/an'))}, {term}"
    return text, {_WHOLE: price * (times + 1), _LENGTH: 12 * (times + 1)}


def _parts(dice: random.Random) -> tuple[str, dict[str, Any]]:
    one, two, three = (_round(dice, 3000, 90_000, 500) for _ in range(3))
    form = dice.choice(
        ("lot 1 {a}, lot 2 {b} et lot 3 {c}", "tranche ferme {a}{x}, tranches optionnelles {b} et {c}",
         "matériel {a}, pose {b}, formation {c}", "{a}{x} + {b} + {c}", "{a} de matériel, {b} de pose et {c} de formation",
         "3 lots : {a}, {b} et {c}", "{a} de matériel plus {b} de pose plus {c} de formation")
    )  # fmt: skip
    text = form.format(
        a=_money(dice, one), b=_money(dice, two), c=_money(dice, three), x=_tax(dice)
    )
    return text, {_WHOLE: one + two + three}


def _with_upkeep(dice: random.Random) -> tuple[str, dict[str, Any]]:
    first, each, (years, length) = (
        _round(dice, 9000, 200_000, 500),
        _round(dice, 500, 2000, 100),
        _years(dice),
    )
    text = f"fourniture et pose {_money(dice, first)}{_tax(dice)}, maintenance {_money(dice, each)}/an sur {length}"
    return text, {_WHOLE: first + each * years}


def _told_twice(dice: random.Random) -> tuple[str, dict[str, Any]]:
    price, (years, length) = _round(dice, 2000, 60_000, 500), _years(dice)
    whole = price * years
    form = dice.choice(
        ("{p} par an sur {d}, soit {w}", "{w} dont {p} la pose", "{w}{x} soit {t} TTC")
    )
    text = form.format(
        p=_money(dice, price), d=length, w=_money(dice, whole), t=f"{whole * 12 // 10} €", x=" HT"
    )
    return text, {_WHOLE: whole, **({_LENGTH: years * 12} if "par an" in form else {})}


def _framework(dice: random.Random) -> tuple[str, dict[str, Any]]:
    high, (years, length) = _round(dice, 20_000, 200_000, 500), _years(dice)
    yearly = dice.choice((True, False))
    bound = dice.choice(
        ("maxi {h}{x}{a}", "mini {l} maxi {h}{x}{a}", "maximum : {h}{x}{a}", "plafond de {h}{x}{a}")
    )
    said = bound.format(
        h=_money(dice, high), l=_money(dice, 5000), x=_tax(dice), a=" par an" if yearly else ""
    )
    return f"accord-cadre {said}, {length}", {
        _WHOLE: high * (years if yearly else 1),
        _LENGTH: years * 12,
    }


def _ranged(dice: random.Random) -> tuple[str, dict[str, Any]]:
    low = _round(dice, 20, 200, 1)
    high = low + _round(dice, 2, 20, 1)
    form = dice.choice(
        (
            "entre {l} et {h} k€",
            "de {l} à {h} k€",
            "entre {l} 000 et {h} 000 €",
            "{l}-{h} k€",
            "{l} 000 € à {h} 000 €",
        )
    )
    return form.format(l=low, h=high) + _tax(dice), {
        _WHOLE: low * 1000,
        "highest-value": high * 1000,
    }


def _each_by_month(dice: random.Random) -> tuple[str, dict[str, Any]]:
    number, price, (years, length) = _round(dice, 10, 300, 1), _round(dice, 5, 60, 1), _years(dice)
    form = dice.choice(
        ("{n} postes, {p}/mois par poste, {d}", "{p} par mois et par poste, {n} postes, {d}",
         "{n} tablettes louées {p}/mois pièce pendant {d}", "{n} tablettes à {p} par mois chacune sur {d}")
    )  # fmt: skip
    text = form.format(n=number, p=f"{price} €", d=length)
    return text, {_WHOLE: number * price * years * 12, _LENGTH: years * 12}


def _alone_by_year(dice: random.Random) -> tuple[str, dict[str, Any]]:
    price = _round(dice, 2000, 60_000, 500)
    return f"{_money(dice, price)}{_tax(dice)}{dice.choice((' par an', '/an', ' annuels'))}", {
        _YEARLY: price
    }


def _beside_others(dice: random.Random) -> tuple[str, dict[str, Any]]:
    value = _round(dice, 20_000, 300_000, 500)
    beside = dice.choice(
        ("subvention de {o}", "pénalités de 500 € par jour de retard", "garantie 5 ans", "livraison sous 6 mois",
         "bâtiment de 40 ans", "économies de {o} par an", "financé à 40 % par la DETR", "amortissement sur 10 ans")
    ).format(o="9 000 €")  # fmt: skip
    return f"travaux {_money(dice, value)} HT, {beside}", {_WHOLE: value}


_FORMS: tuple[Callable[[random.Random], tuple[str, dict[str, Any]]], ...] = (
    _one, _with_tax, _many, _by_period, _renewed, _parts, _with_upkeep, _told_twice, _framework, _ranged,
    _each_by_month, _alone_by_year, _beside_others,
)  # fmt: skip
