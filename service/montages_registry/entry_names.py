"""The names of entries: which may be given in an address, and those of linked data."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

from montages.bilingual import message
from montages.knowledge.files import library
from montages.names import BASE, PROJECT, slugify
from montages_registry.registry_errors import UnusableSlug

LONGEST_SLUG = 80
# What the publisher of our own entries is called.
OURS = "montages"
# Words that addresses below the list of entries have, or may have.
RESERVED_SLUGS = frozenset(
    [
        *("api", "csv", "draft", "drafts", "edit", "entries", "export"),
        *("facets", "feed", "index", "json", "latest", "list", "new", "nq", "page"),
        *("publish", "publishers", "search", "sparql", "trig", "ttl", "versions"),
    ]
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_slug(slug: str, publisher: str) -> None:
    """Raise UnusableSlug for a name that no entry of this publisher may have.

    The names of the real projects that ship are ours: what is said of them here is what their sources state.
    """
    if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        usable = slugify(slug)[:LONGEST_SLUG].strip("-")
        raise UnusableSlug(
            message(
                "“{slug}” cannot name an entry: lower-case letters without accents, digits, "
                "and hyphens between them, {longest} signs at most, for example {usable}.",
                slug=slug,
                longest=LONGEST_SLUG,
                usable=usable,
            ),
            suggestion=usable,
        )
    if slug in RESERVED_SLUGS or (publisher != OURS and slug in _real_projects()):
        raise UnusableSlug(
            message(
                "“{slug}” is reserved: choose another name, for example {slug}-project.", slug=slug
            )
        )


@cache
def _real_projects() -> frozenset[str]:
    paths = library.projects().items()
    return frozenset(slug for slug, path in paths if path.parent.name == "projects")


REGISTRY = BASE + "projects"
ENTRIES = REGISTRY + "/"
PUBLISHERS = BASE + "publishers/"


def entry_iri(slug: str) -> str:
    """Return the IRI of an entry, which all its versions are of."""
    return ENTRIES + slug


def version_iri(slug: str, number: int) -> str:
    """Return the IRI of a version of an entry, which is also that of the graph with its facts."""
    return f"{ENTRIES}{slug}/versions/{number}"


def publisher_iri(slug: str) -> str:
    """Return the IRI of a publisher."""
    return PUBLISHERS + slug


def own_name(iri: str, project: str, slug: str) -> str:
    """Return the name that a node of a description has in the registry.

    Names that a description takes from our own projects, as relative ones are, become those of the entry:
    two publishers who call their project the same do not speak of one thing. `project` is the project as the
    description calls it. Names of the publisher's own web space stay.
    """
    if not iri.startswith(PROJECT):
        return iri
    own = str(PROJECT) + slug
    if iri == project:
        return own
    if project.startswith(PROJECT) and iri.startswith((f"{project}#", f"{project}/")):
        return own + iri[len(project) :]
    return f"{own}#{quote(iri[len(PROJECT) :], safe='')}"


def project_iri(project: str, slug: str) -> str:
    """Return the name that the project of a description has in the registry."""
    return own_name(project, project, slug)
