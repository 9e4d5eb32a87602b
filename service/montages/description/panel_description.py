"""The description that a case of the panel is about."""

from __future__ import annotations

import json

from montages.description.description import Description
from montages.description.parsing import parse
from montages.knowledge.panel import PanelCase


def panel_description(case: PanelCase) -> Description:
    """Return the description of a case; raises as `parse`."""
    tree = {"project": case.title.fr, **case.tree, "id": f"panel-{case.slug}"}
    return parse.parse(json.dumps(tree), "json")
