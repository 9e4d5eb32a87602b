"""The names of entries, versions and publishers in linked data."""

from __future__ import annotations

from urllib.parse import quote

from montages.names import BASE, PROJECT

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
