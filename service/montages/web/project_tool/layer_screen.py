"""The matrix of layers and modes as the rows of a form: what each is run by, in each perimeter (R4b)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from montages.bilingual import Text, message
from montages.description.address.project_address import PERIMETER, Tree, layer_names
from montages.description.parsing.key_values import listing
from montages.knowledge.management_matrix import how_usual
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import definition_of
from montages.web.project_tool.tool_request import LAYER_FIELD, USED

# Of the modes of a layer, those that the matrix has; not said, and used but not decided.
_USED = message("Yes, mode to be decided")
_NOT_SAID = message("Not said")


@dataclass(frozen=True)
class LayerRow:
    """One layer in one perimeter: its field, and the mode chosen, empty where it is not said to be used."""

    field: str
    layer: str
    label: Text
    meaning: Text
    chosen: str

    def usual(self, mode: str) -> Text:
        """Return how usual it is to run the layer in a mode, nothing where the matrix does not say."""
        return how_usual(self.layer, mode)


@dataclass(frozen=True)
class LayerGroup:
    """The layers of a perimeter; without a name, of the whole project."""

    name: str
    rows: tuple[LayerRow, ...]


@dataclass(frozen=True)
class LayerForm:
    """The groups of rows, the modes to choose among, and the layer uses that no row can show."""

    groups: tuple[LayerGroup, ...]
    modes: tuple[tuple[str, Text, Text], ...]
    others: tuple[str, ...]
    complete: bool


def layer_form(tree: Tree) -> LayerForm:
    """Return the rows of the layers of a project, perimeter by perimeter where it has some."""
    areas = dict(tree.get("perimeters") or {})
    chosen: dict[tuple[str, str], str] = {}
    others: list[str] = []
    for _, layer in layer_names(tree.get("layers")):
        modes, within = listing(layer.get("mode")), listing(layer.get("perimeter"))
        place = (str(layer.get("layer")), str(next(iter(within), "")))
        if len(modes) > 1 or len(within) > 1 or place in chosen:
            others.append(
                ":".join([place[0], *modes]) + "".join(f"{PERIMETER}{area}" for area in within)
            )
        else:
            chosen[place] = str(next(iter(modes), USED))
    names = {area: str((areas[area] or {}).get("name") or area) for area in areas}
    whole = not areas or any(not area for _, area in chosen)
    groups = [LayerGroup(names[area], _rows(area, chosen)) for area in areas]
    if whole:
        groups.insert(0, LayerGroup("", _rows("", chosen)))
    return LayerForm(tuple(groups), _modes(), tuple(others), tree.get("layers-complete") is True)


def _rows(area: str, chosen: dict[tuple[str, str], str]) -> tuple[LayerRow, ...]:
    at = f"{PERIMETER}{area}" if area else ""
    return tuple(
        LayerRow(
            f"{LAYER_FIELD}{value.slug}{at}",
            value.slug,
            value.label,
            definition_of(value.iri),
            chosen.get((value.slug, area), ""),
        )
        for value in rulebook().criteria["layer"].values
    )


@cache
def _modes() -> tuple[tuple[str, Text, Text], ...]:
    """Return the answers of a row: value, name, what it means."""
    modes = rulebook().criteria["management-mode"].values
    return (
        *((mode.slug, mode.label, definition_of(mode.iri)) for mode in modes),
        (USED, _USED, Text("", "")),
        ("", _NOT_SAID, Text("", "")),
    )
