"""The names of entries: which may be given in an address, and those of linked data."""

from __future__ import annotations

import re
from urllib.parse import quote

from montages.bilingual import message
from montages.names import BASE, PROJECT
from montages_registry.registry_errors import UnusableSlug

REGISTRY = BASE + "projects"
ENTRIES = REGISTRY + "/"  # and the slug: the IRI of an entry
_LONGEST = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_SLUG = message(
    "“{slug}” cannot name an entry: lower-case letters without accents, digits, and hyphens "
    "between them, {longest} signs at most."
)


def check_slug(slug: str) -> None:
    """Raise UnusableSlug for a name that no entry may have."""
    if len(slug) > _LONGEST or not _SLUG.fullmatch(slug):
        raise UnusableSlug(_NO_SLUG.fill(slug=slug[: 2 * _LONGEST], longest=_LONGEST))


def version_iri(slug: str, number: int) -> str:
    """Return the IRI of a version of an entry, which is also that of the graph with its facts."""
    return f"{ENTRIES}{slug}/versions/{number}"


def publisher_iri(slug: str) -> str:
    """Return the IRI of a publisher, which leads to the list of its entries."""
    return f"{REGISTRY}?publisher={slug}#publisher"


def own_name(iri: str, slug: str) -> str:
    """Return the name that a node of a description has in the registry.

    Names that a description takes from our own projects, as relative ones are, become those of the entry:
    two publishers who call their project the same do not speak of one thing. Others stay.
    """
    if not iri.startswith(PROJECT):
        return iri
    return f"{ENTRIES}{slug}#{quote(iri[len(PROJECT) :], safe='')}"
