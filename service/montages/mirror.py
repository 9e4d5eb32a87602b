"""Where links to what we name lead: to w3id.org, or in a mirror to the service itself.

The names themselves never change: what is one thing everywhere keeps one IRI, in data as on pages.
"""

from __future__ import annotations

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput
from montages.names import BASE


def is_mirror() -> bool:
    """Tell whether links lead to this service; raises UnusableInput where no setting says where it is."""
    value = settings.get("mirror")
    if value not in ("on", "off"):
        raise UnusableInput(message("MONTAGES_MIRROR is “{value}”: on or off.", value=value))
    if value == "off":
        return False
    if not settings.get("base_url"):
        raise UnusableInput(
            message(
                "MONTAGES_MIRROR=on leads links to this service: MONTAGES_BASE_URL has to say "
                "where it is, like https://montages.example."
            )
        )
    return True


def link_target(iri: str) -> str:
    """Return where a link to an IRI leads: in a mirror one of ours has the address of this service."""
    if iri.startswith(BASE) and is_mirror():
        return f"{settings.get('base_url').rstrip('/')}/{iri[len(BASE) :]}"
    return iri
