"""Where an entry of the registry, its versions and its list are (G1)."""

from __future__ import annotations

from montages.web.app_state import current_state

LIST = "projects"


def list_url() -> str:
    """Return the address of the list of entries."""
    return f"{current_state().base_url()}/{LIST}"


def entry_url(slug: str) -> str:
    """Return the address of an entry, which is its IRI where the service stands at the base."""
    return f"{list_url()}/{slug}"


def version_url(slug: str, number: int) -> str:
    """Return the address of a version of an entry: its memento."""
    return f"{entry_url(slug)}/versions/{number}"


def time_map_url(slug: str) -> str:
    """Return the address of the TimeMap of an entry."""
    return f"{entry_url(slug)}/timemap"
