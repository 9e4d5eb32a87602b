"""The items of a list, however a file nests it: objects, objects in wrappers, lists in lists, plain texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from montages.imports.decp.field_values import FieldValues

# The format of 2024 wraps each item in an object with its singular as the only key.
WRAPPERS = frozenset({"titulaire", "concessionnaire", "modification"})


def nested_items(fields: FieldValues, name: str) -> list[Any]:
    """Return the items of a list, flat; where the file does not nest it as the format does, that is noted."""
    value = fields.tree.get(name)
    items = list(_items(value, wrapped=False))
    as_format = value in (None, "") or (
        isinstance(value, list) and all(_is_plain(item) for item in value)
    )
    if not as_format:
        fields.note("other-form", name, _shape(value))
    return items


def _items(value: Any, wrapped: bool) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _items(part, wrapped)
    elif isinstance(value, Mapping) and len(value) == 1 and WRAPPERS & value.keys():
        yield from _items(next(iter(value.values())), wrapped=True)
    elif value not in (None, "", {}):
        yield value


def _is_plain(item: Any) -> bool:
    """Tell whether an item is an object, wrapped once or not at all."""
    if isinstance(item, Mapping) and len(item) == 1 and WRAPPERS & item.keys():
        return isinstance(next(iter(item.values())), Mapping)
    return isinstance(item, Mapping)


def _shape(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(sorted({_shape(part) for part in value}))}]"
    return "{…}" if isinstance(value, Mapping) else str(value)
