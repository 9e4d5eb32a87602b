"""The licence of all that is published, and who publishes it: an organisation, never a person."""

from __future__ import annotations

from montages.bilingual import message

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
# The very name that data.gouv.fr knows it by: its harvester matches on it.
LICENCE_NAME = "Licence Ouverte / Open Licence version 2.0"
# That of the SPDX list.
LICENCE_ID = "etalab-2.0"
PUBLISHER_NAME = message("Montages contributors")


def ckan_entry() -> dict[str, str]:
    """Return what an entry of CKAN's register needs for the licence to be found; the register lacks it."""
    return {"id": LICENCE_ID, "title": LICENCE_NAME, "url": LICENCE, "status": "active"}
