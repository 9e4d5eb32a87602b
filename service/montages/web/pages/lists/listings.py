"""The lists: what each is called and holds, as a page or as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from montages.web.pages.list_forms import Pages
from montages.web.pages.lists.list_items import (
    Item,
    contract_items,
    criterion_items,
    layer_items,
    panel_items,
    project_items,
    query_items,
    release_items,
    requirement_items,
    source_items,
    term_items,
)
from montages.web.pages.page_context import PageContext

SIZE = 50


@dataclass(frozen=True)
class Listing:
    """One list: its title, what it is, how its lines are found; the group its title counts, if not all."""

    title: str
    text: str
    items: Callable[[PageContext], Sequence[Item]]
    counted: str = ""


def listings() -> dict[str, Listing]:
    """Return the lists by path, in the reader's language."""
    return {
        "contracts": Listing(
            _("Contrats"),
            _(
                "Les types de contrat qui peuvent porter un projet, et ce qui s'y ajoute : procédure, "
                "achat à plusieurs, société dédiée."
            ),
            contract_items,
            _("Types de contrat"),
        ),
        "criteria": Listing(
            _("Critères"),
            _(
                "Les questions dont dépend le choix d'un contrat. "
                "Chaque page dit ce que change chaque réponse."
            ),
            criterion_items,
        ),
        "layers": Listing(
            _("Couches"),
            _(
                "Ce dont est fait un territoire connecté, du réseau aux portails, et à quoi il sert."
            ),
            layer_items,
        ),
        "requirements": Listing(
            _("Règles"),
            _("Chaque exigence, obligatoire ou conseillée, avec sa lecture et sa source."),
            requirement_items,
        ),
        "sources": Listing(
            _("Sources"),
            _("Les textes, décisions, guides et articles sur lesquels tout repose."),
            source_items,
        ),
        "projects": Listing(
            _("Projets"),
            _("Des projets réels, décrits d'après des documents publics."),
            project_items,
        ),
        "panel": Listing(
            _("Cas d'école"),
            _(
                "Des projets de tous les jours, avec ce qu'un praticien en attend : "
                "l'évaluation est rejouée sur chacun à chaque changement des règles."
            ),
            panel_items,
        ),
        "releases": Listing(
            _("Versions"),
            _(
                "L'ontologie, les règles et le logiciel ont chacun leur version : les termes changent "
                "rarement, les règles à chaque correction, le logiciel à chaque livraison."
            ),
            release_items,
        ),
        "terms": Listing(
            _("Vocabulaire"),
            _("Les classes et les propriétés dans lesquelles tout est écrit, module par module."),
            term_items,
        ),
        "queries": Listing(
            _("Questions"),
            _(
                "Des questions prêtes à poser à la base ; "
                "leurs réponses se lisent en page, en CSV ou en JSON."
            ),
            query_items,
        ),
    }


def listing(name: str, context: PageContext) -> str:
    """Return the page of a list, or one page of it when it is long."""
    listed = listings()[name]
    items = listed.items(context)
    pages = Pages.of(len(items), SIZE)
    groups: dict[str, list[Item]] = {}
    for item in items[pages.start : pages.stop]:
        groups.setdefault(item.group, []).append(item)
    return context.render(
        "listing.html",
        title=listed.title,
        summary=listed.text,
        groups=groups,
        pages=pages,
        total=sum(not listed.counted or item.group == listed.counted for item in items),
        name=name,
    )


def neighbours(name: str, context: PageContext) -> list[tuple[str, str]]:
    """Return the addresses of the page before and of the next one, with what they are to this one."""
    pages = Pages.of(len(listings()[name].items(context)), SIZE)
    around = (("prev", pages.before), ("next", pages.after))
    return [(rel, context.href(f"/{name}", **pages.address(n))) for rel, n in around if n]


def listing_json(name: str, context: PageContext) -> dict[str, Any]:
    """Return a list as data: every line, in one piece."""
    listed = listings()[name]
    return {"title": listed.title, "items": [item.to_json() for item in listed.items(context)]}
