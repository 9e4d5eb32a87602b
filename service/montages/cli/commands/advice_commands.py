"""What advises on a description: `montages what-if`, `compare`, `compose`, `similar` and `fork`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import click
from rich.console import RenderableType

from montages.advice.counts_shown import (
    COMPOSITIONS,
    COMPOSITIONS_AT_MOST,
    SIMILAR,
    SIMILAR_AT_MOST,
)
from montages.api import load
from montages.bilingual import Text
from montages.cli.bilingual_commands import (
    BilingualCommand,
    F,
    argument,
    lang_option,
    option,
    session,
)
from montages.cli.inputs import deadline
from montages.cli.options import (
    anyway_option,
    as_of_option,
    detail_option,
    engine_option,
    file_argument,
    format_option,
    presumptions_option,
    project_option,
)
from montages.cli.output import show, write
from montages.cli.summaries import command_text
from montages.errors import UnusableInput
from montages.publish.detail import BRIEF, FULL
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import SVG
from montages.publish.text.comparison_text import comparison_text
from montages.publish.text.compositions_text import compositions_text
from montages.publish.text.fork_text import fork_text
from montages.publish.text.similar_text import similar_text
from montages.publish.text.what_if_text import what_if_text
from montages.publish.writers import ADVICE_WRITERS

_OPTIONS = (
    detail_option,
    project_option,
    as_of_option,
    anyway_option,
    presumptions_option,
    engine_option,
    lang_option,
)


def advice_options(advice: str) -> Callable[[F], F]:
    """Return what gives a command the options that all of them have: `show_advice` takes their values."""
    forms = format_option("text", "json", *ADVICE_WRITERS.get(advice, ()))

    def decorated(function: F) -> F:
        for decorate in reversed((forms, *_OPTIONS)):
            function = decorate(function)
        return function

    return decorated


def about_option(text: Text) -> Callable[[F], F]:
    """Return the option that names set-ups."""
    return option("--about", multiple=True, metavar="SLUG", text=text)


def show_advice(
    file: str,
    advice: str,
    text: Callable[..., RenderableType],
    options: dict[str, Any],
    of_form: Mapping[str, Any] = MappingProxyType({}),
    **own: Any,
) -> None:
    """Show what a method of `Knowledge` says of a FILE, in the form asked for.

    `own` are arguments of the method, `of_form` those of what writes a page or a picture.
    """
    form, detail, engine = options.pop("form"), options.pop("detail"), options.pop("engine")
    lang = session().lang
    with deadline():
        description = load(engine).read(file, project=options.pop("project"))
        answer = getattr(load(engine), advice)(description, lang=lang, **options, **own)
        if form == "json":
            tell = partial(write, dump(answer.to_json(brief=detail == BRIEF)))
        elif form in ADVICE_WRITERS.get(advice, {}):
            tell = partial(write, ADVICE_WRITERS[advice][form](answer, lang, **of_form))
        else:
            tell = partial(show, text(answer, lang, whole=detail == FULL))
    tell()


@click.command(
    "what-if",
    cls=BilingualCommand,
    text=command_text(
        "what-if",
        "Pour chaque contrat qui ne convient pas encore : les plus petits changements de vos choix "
        "qui l'ouvrent, les moins lourds d'abord, et ce que chacun fait gagner ou perdre ailleurs. "
        "Les faits ne changent pas : ceux qui restent à trouver sont nommés.",
        "For each contract that does not fit yet: the smallest changes of your choices that open it, "
        "the lightest first, and what each gains or loses elsewhere. Facts do not change: those left "
        "to find out are named.",
    ),
    examples=[
        ("montages what-if dijon", Text("le plus proche pour chacun", "the nearest for each")),
        (
            "montages what-if dijon --about mpgp --detail full",
            Text("tout ce qui ouvre un MPGP", "all that opens an MPGP"),
        ),
    ],
)
@file_argument
@about_option(
    Text(
        "Montage à ouvrir (répétable) ; sans cela, tous les contrats.",
        "Set-up to open (may be repeated); without it, every contract.",
    )
)
@advice_options("what_ifs")
def what_if(file: str, about: tuple[str, ...], **options: Any) -> None:
    """Show what would open the contracts that do not fit a description."""
    show_advice(file, "what_ifs", what_if_text, options, about=about)


@click.command(
    "compare",
    cls=BilingualCommand,
    text=command_text(
        "compare",
        "Votre réponse, ce que chacun accepte, ce qui en sort et par quel article ; puis ce qui n'est "
        "pas couvert.",
        "Your answer, what each accepts, what comes out and by which article; then what is not "
        "covered.",
    ),
    examples=[
        (
            "montages compare dijon --about mpgp --about marche-services",
            Text("deux contrats", "two contracts"),
        ),
        (
            "montages compare dijon --differences-only",
            Text("ce qui les distingue", "what tells them apart"),
        ),
    ],
)
@file_argument
@about_option(
    Text(
        "Montage à comparer (répétable) ; sans cela, les meilleurs et ceux retenus.",
        "Set-up to compare (may be repeated); without it, the best and those retained.",
    )
)
@option(
    "--differences-only",
    is_flag=True,
    text=Text("Ne montre que ce qui diffère.", "Show only what differs."),
)
@advice_options("compare")
def compare(file: str, about: tuple[str, ...], differences_only: bool, **options: Any) -> None:
    """Show contracts side by side."""
    options["differences_only"] = differences_only
    show_advice(file, "compare", comparison_text, options, about=about)


@click.command(
    "compose",
    cls=BilingualCommand,
    text=command_text(
        "compose",
        "Un contrat pour tout, ou plusieurs qui couvrent ensemble chaque couche et chaque périmètre, "
        "une fois chacun, avec leur procédure ; les meilleurs d'abord, et leur nombre.",
        "One contract for all of it, or several that together cover every layer and every perimeter "
        "once, with their procedure; the best first, and how many there are.",
    ),
    examples=[
        ("montages compose dijon", Text("les meilleurs montages", "the best set-ups")),
        ("montages compose dijon --top 3", Text("les trois meilleurs", "the best three")),
        (
            "montages compose dijon --format svg > montage.svg",
            Text("le meilleur, dessiné", "the best one, drawn"),
        ),
    ],
)
@file_argument
@option(
    "--top",
    type=click.IntRange(1, COMPOSITIONS_AT_MOST),
    default=COMPOSITIONS,
    show_default=True,
    text=Text("Combien de compositions montrer.", "How many set-ups to show."),
)
@option(
    "--composition",
    type=click.IntRange(1, COMPOSITIONS_AT_MOST),
    default=1,
    show_default=True,
    text=Text("Avec --format svg, laquelle dessiner.", "With --format svg, which one to draw."),
)
@advice_options("compose")
def compose(file: str, top: int, composition: int, **options: Any) -> None:
    """Show the best whole set-ups, or draw one."""
    drawn = {"number": composition} if options["form"] == SVG.extension else {}
    top = max(top, *drawn.values(), 1)
    show_advice(file, "compose", compositions_text, options, drawn, top=top)


@click.command(
    "similar",
    cls=BilingualCommand,
    text=command_text(
        "similar",
        "Les projets réels et les cas d'école les plus proches par les faits (porteur, usages, couches, "
        "montant…), ce qu'ils ont retenu ou ce qu'un praticien en attend, et ce qui diffère.",
        "The real projects and textbook cases nearest by facts (holder, uses, layers, amount…), what "
        "they retained or what a practitioner expects of them, and what differs.",
    ),
    examples=[
        ("montages similar dijon", Text("les plus proches", "the nearest")),
        (
            "montages similar dijon --top 5 --detail full",
            Text("cinq de chaque, fait par fait", "five of each, fact by fact"),
        ),
    ],
)
@file_argument
@option(
    "--top",
    type=click.IntRange(1, SIMILAR_AT_MOST),
    default=SIMILAR,
    show_default=True,
    text=Text(
        "Combien de projets réels, et de cas d'école.",
        "How many real projects, and textbook cases.",
    ),
)
@advice_options("similar")
def similar(file: str, top: int, **options: Any) -> None:
    """Show the nearest projects."""
    show_advice(file, "similar", similar_text, options, top=top)


@click.command(
    "fork",
    cls=BilingualCommand,
    text=command_text(
        "fork",
        "Les réponses qui diffèrent, les verdicts qui bougent, et les règles qui les font bouger.",
        "The answers that differ, the verdicts that move, and the rules that move them.",
    ),
    examples=[
        (
            "montages fork dijon --with investment-funding=private",
            Text(
                "si le privé avançait l'investissement", "if private money advanced the investment"
            ),
        ),
        ("montages fork dijon rennes", Text("deux projets", "two projects")),
    ],
)
@file_argument
@argument("other", Text("AUTRE", "OTHER"), required=False)
@option(
    "--with",
    "edits",
    multiple=True,
    metavar="KEY=VALUE",
    text=Text(
        "Réponse à changer, par sa clé (répétable).", "Answer to change, by its key (repeatable)."
    ),
)
@advice_options("fork")
def fork(file: str, other: str | None, edits: tuple[str, ...], **options: Any) -> None:
    """Show what moves between two descriptions."""
    show_advice(file, "fork", fork_text, options, other=other, answers=dict(map(_edit, edits)))


def _edit(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key and sign and value):
        raise UnusableInput(
            f"--with {text} : clé=valeur est attendu, par exemple investment-funding=public.",
            f"--with {text}: key=value is needed, for example investment-funding=public.",
        )
    return key, value
