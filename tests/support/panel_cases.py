"""The cases of the panel by name: the names are those of the files, and a case is read when it is used."""

from __future__ import annotations

from functools import cache

from montages.knowledge.files import library
from montages.knowledge.panel import PanelCase, read_panel_case

_FILES = {path.stem: path for path in library.files("data/panel", "*.yaml")}
SLUGS = tuple(_FILES)


@cache
def panel_case(slug: str) -> PanelCase:
    """Return the case of a name."""
    return read_panel_case(_FILES[slug])
