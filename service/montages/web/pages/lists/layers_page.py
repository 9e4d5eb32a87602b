"""The page of the layers: one picture of them, under the equipment of the field, then what they are for."""

from __future__ import annotations

from montages.bilingual import message
from montages.names import ID
from montages.web.pages.lists.list_items import USAGES, layer_items
from montages.web.pages.page_context import PageContext

# What stands in the field is part of this layer, which is drawn right under it.
_FIELD = str(ID["layer/objects"])


def layers_page(context: PageContext) -> str:
    """Return the page of the layers and usages."""
    items, usages = layer_items(context), USAGES[context.lang]
    layers = [item for item in items if item.group != usages]
    groups = list(dict.fromkeys(layer.group for layer in layers))
    return context.render(
        "layers.html",
        title=message("Layers")[context.lang],
        layers=sorted(layers, key=lambda i: (groups.index(i.group), str(i.iri) != _FIELD)),
        usages=[item.link for item in items if item.group == usages],
    )
