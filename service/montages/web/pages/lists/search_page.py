"""The search page, and the same as JSON."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from montages.store.search_index import Hit
from montages.web.pages.page_context import PageContext
from montages.web.pages.paging import Pages

SIZE = 20


def kinds() -> dict[str, str]:
    """Return the kinds of things that can be found, in the reader's language."""
    return {
        "contract": _("Contrats"),
        "criterion": _("Critères"),
        "layer": _("Couches"),
        "procedure": _("Procédures"),
        "channel": _("Achat à plusieurs"),
        "vehicle": _("Sociétés dédiées"),
        "activity": _("Activités"),
        "requirement": _("Règles"),
        "attention": _("Points d'attention"),
        "threshold": _("Seuils"),
        "source": _("Sources"),
        "sheet": _("Fiche InfraNum"),
        "matrix": _("Modes de gestion"),
        "project": _("Projets"),
        "panel": _("Panel"),
        "query": _("Questions"),
        "value": _("Valeurs"),
        "scheme": _("Listes"),
        "term": _("Vocabulaire"),
        "module": _("Modules"),
        "shape": _("Formes"),
    }


def _matches(context: PageContext) -> dict[str, Any]:
    q, kind = request.args.get("q", "")[:200], request.args.get("type", "")
    index = context.lookups.search_index
    total = index.find(q, context.lang, kind, 0, 0).total
    pages = Pages.of(total, SIZE)
    hits = index.find(q, context.lang, kind, pages.start, SIZE)
    return {"q": q, "kind": kind, "hits": hits, "pages": pages}


def page(context: PageContext) -> str:
    """Return the page of the things whose texts hold the words looked for."""
    matches, names = _matches(context), kinds()
    rows = [(context.link(h.iri), names[h.kind], marked(h)) for h in matches["hits"].hits]
    return context.render("search.html", rows=rows, names=names, **matches)


def tree(context: PageContext) -> dict[str, Any]:
    """Return the same matches as data."""
    matches = _matches(context)
    pages = matches["pages"]
    return {
        "query": matches["q"],
        "total": matches["hits"].total,
        "kinds": matches["hits"].kinds,
        "page": pages.number,
        "pages": pages.count,
        "results": [
            {
                "id": hit.iri,
                "type": hit.kind,
                "label": context.labels.name(hit.iri, context.lang),
                "excerpt": re.sub("[‹›]", "", hit.excerpt),
                "page": context.link(hit.iri).href,
            }
            for hit in matches["hits"].hits
        ],
    }


def marked(hit: Hit) -> Markup:
    """Return an excerpt with the words that match marked."""
    text = str(escape(hit.excerpt)).replace("‹", "<mark>").replace("›", "</mark>")
    return Markup(text)  # noqa: S704  # escaped above; only our own marks are added
