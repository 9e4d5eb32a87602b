"""The name of an entry in its address: which names may be given."""

from __future__ import annotations

import re
from functools import cache

from montages.knowledge.files import library
from montages.names import slugify
from montages.registry.registry_errors import UnusableSlug

LONGEST = 80
# What the publisher of our own entries is called.
OURS = "montages"
# Words that addresses below the list of entries have, or may have.
RESERVED = frozenset(
    [
        *("api", "csv", "draft", "drafts", "edit", "entries", "export", "facets", "feed"),
        *("geojson", "history", "index", "json", "latest", "list", "map", "memento", "new", "nq"),
        *(
            "page",
            "publish",
            "publishers",
            "search",
            "sparql",
            "timegate",
            "timemap",
            "trig",
            "ttl",
        ),
        "versions",
    ]
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_slug(slug: str, publisher: str) -> None:
    """Raise UnusableSlug for a name that no entry of this publisher may have.

    The names of the real projects that ship are ours: what is said of them here is what their sources state.
    """
    if len(slug) > LONGEST or not _SLUG.fullmatch(slug):
        usable = slugify(slug)[:LONGEST].strip("-")
        raise UnusableSlug(
            f"« {slug} » ne peut pas nommer une fiche : lettres minuscules sans accents, chiffres et traits "
            f"d'union entre eux, {LONGEST} signes au plus, par exemple {usable}.",
            f"“{slug}” cannot name an entry: lower-case letters without accents, digits, and hyphens between "
            f"them, {LONGEST} signs at most, for example {usable}.",
            suggestion=usable,
        )
    if slug in RESERVED or (publisher != OURS and slug in _real_projects()):
        raise UnusableSlug(
            f"« {slug} » est réservé : choisissez un autre nom, par exemple {slug}-projet.",
            f"“{slug}” is reserved: choose another name, for example {slug}-project.",
        )


@cache
def _real_projects() -> frozenset[str]:
    paths = library.projects().items()
    return frozenset(slug for slug, path in paths if path.parent.name == "projects")
