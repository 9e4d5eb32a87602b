"""The search page, and the same as JSON."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from montages.store.search import Hit, Search
from montages.web.pages.frame import Frame
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
        "query": _("Questions"),
        "value": _("Valeurs"),
        "scheme": _("Listes"),
        "term": _("Vocabulaire"),
        "module": _("Modules"),
        "shape": _("Formes"),
    }


def _found(index: Search, frame: Frame) -> dict[str, Any]:
    q, kind = request.args.get("q", "")[:200], request.args.get("type", "")
    first = index.find(q, frame.lang, kind, 0, 0)
    pages = Pages.of(first.total, SIZE)
    hits = index.find(q, frame.lang, kind, pages.start, SIZE)
    return {"q": q, "kind": kind, "hits": hits, "pages": pages}


def page(index: Search, frame: Frame) -> str:
    """Return the page of what was found."""
    found, names = _found(index, frame), kinds()
    shown = [(frame.link(h.iri), names[h.kind], marked(h)) for h in found["hits"].hits]
    return frame.render("search.html", shown=shown, names=names, **found)


def tree(index: Search, frame: Frame) -> dict[str, Any]:
    """Return what was found as data."""
    found = _found(index, frame)
    pages = found["pages"]
    return {
        "query": found["q"],
        "total": found["hits"].total,
        "kinds": found["hits"].kinds,
        "page": pages.number,
        "pages": pages.count,
        "results": [
            {
                "id": hit.iri,
                "type": hit.kind,
                "label": frame.labels.name(hit.iri, frame.lang),
                "excerpt": re.sub("[‹›]", "", hit.excerpt),
                "page": frame.link(hit.iri).href,
            }
            for hit in found["hits"].hits
        ],
    }


def marked(hit: Hit) -> Markup:
    """Return an excerpt with the words that were met marked."""
    text = str(escape(hit.excerpt)).replace("‹", "<mark>").replace("›", "</mark>")
    return Markup(text)  # noqa: S704  # escaped above; only our own marks are added
