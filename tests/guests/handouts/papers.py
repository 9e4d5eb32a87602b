"""The papers of some projects, and the sources they are made from, for the tests of papers."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from crawling import client
from montages import load
from montages.description.address.project_address import ProjectAddress
from montages.description.to_keys import to_keys
from montages_handouts.handout_source import HandoutSource
from page_kinds import HTML

SITE, DAY = "https://montages.example", date(2026, 11, 26)
VILLAGE, METROPOLIS, SYNDICATE = (
    "panel/village-meters", "panel/metropole-80m-kpi", "panel/energy-syndicate-resale",
)  # fmt: skip


@cache
def source(name: str, lang: str = "fr", wanted: str = "") -> HandoutSource:
    description = load().read(name)
    if wanted:
        tree = to_keys(description.graph, description.project)
        description = load().read({**tree, "project": "Notre projet", "wanted-by": wanted})
    assessment = load().assess(description, as_of=DAY, lang=lang, anyway=True)
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress(tree, day=DAY, rules=load().version)
    return HandoutSource(assessment, address, lang, SITE)


def answer(path: str, **headers: str) -> Any:
    return client().get(path, headers={"Accept": HTML, "Accept-Language": "fr", **headers})
