"""What a project answers under a parameter of its address, and the part of the project that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from montages.bilingual import Text
from montages.description.address.project_address import (
    NODE,
    PERIMETER,
    UNKNOWN,
    Tree,
    key_of_parameter,
    layer_names,
)
from montages.description.address.write_address import value_text
from montages.description.parsing.key_values import listing
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.labels import name_of
from montages.names import ID


def chosen_values(parameter: str, tree: Tree) -> tuple[str, ...]:
    """Return what is answered under a parameter, "I do not know" included."""
    node, key = node_of(parameter, tree), key_of_parameter(parameter)
    values = [value_text(value) for value in listing((node.get("answers") or {}).get(key))]
    unknown = answer_keys().get(key) in listing(node.get("unknown"))
    return (*values, *([UNKNOWN] * unknown))


def node_of(parameter: str, tree: Tree) -> dict[str, Any]:
    """Return the part of a project that a parameter is about: a perimeter, a layer use, or the whole."""
    head, _, rest = parameter.partition(NODE)
    if not rest:
        return tree
    if head.startswith(PERIMETER):
        return (tree.get("perimeters") or {}).get(head[1:]) or {}
    return dict(dict(layer_names(tree.get("layers"))).get(head) or {})


def parameter_of(pointer: str, tree: Tree) -> str:
    """Return the parameter by which what stands at a place of a description is answered; "" for none.

    The place is a JSON pointer; what a list of unknown answers holds is answered under its own key.
    """
    node: Mapping[str, Any] = tree
    head = ""
    way = [step for step in pointer.split("/") if step]
    if way[:1] == ["layers"] and len(way) > 2 and way[1].isdigit():
        head, node = list(layer_names(tree.get("layers")))[int(way[1])]
        head, way = f"{head}{NODE}", way[2:]
    elif way[:1] == ["perimeters"] and len(way) > 2:
        node = (tree.get("perimeters") or {}).get(way[1]) or {}
        head, way = f"{PERIMETER}{way[1]}{NODE}", way[2:]
    if way[:1] == ["unknown"] and len(way) > 1 and way[1].isdigit():
        names = listing(node.get("unknown"))
        keys = {name: key for key, name in answer_keys().items()}
        key = keys.get(str(names[int(way[1])]), "") if int(way[1]) < len(names) else ""
        return head + key if key else ""
    if way[:1] == ["answers"] and len(way) > 1:
        return head + way[1] if way[1] in answer_keys() else ""
    return way[0] if way and not head else "layers" if way[:1] == ["mode"] else ""


def where_text(parameters: Sequence[str], tree: Tree) -> Text:
    """Return the names of the layers and perimeters that parameters are about, none for the whole project."""
    names = [_head_name(p.partition(NODE)[0], tree) for p in parameters if NODE in p]
    return Text(*(", ".join(name[lang] for name in names) for lang in ("fr", "en")))


def _head_name(head: str, tree: Tree) -> Text:
    if head.startswith(PERIMETER):
        area = (tree.get("perimeters") or {}).get(head[1:]) or {}
        name = str(area.get("name") or head[1:])
        return Text(name, name)
    layer = dict(layer_names(tree.get("layers"))).get(head) or {}
    named = name_of(f"{ID}layer/{next(iter(listing(layer.get('layer'))), head)}")
    area = next(iter(listing(layer.get("perimeter"))), None)
    if area is None:
        return named
    within = _head_name(f"{PERIMETER}{area}", tree)
    return Text(f"{named.fr} ({within.fr})", f"{named.en} ({within.en})")
