"""YAML as people write descriptions in it: no anchors, no keys given twice, `yes` is an answer."""

from __future__ import annotations

import re
from typing import Any

import yaml

from montages.decision.keys import Broken
from montages.errors import UnreadableInput


class _Loader(yaml.SafeLoader):
    """YAML where only true and false are booleans (yes and no are answers), dates stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF")
)


def _unique(loader: _Loader, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            mark = key_node.start_mark
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key: {key}", mark)
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor("tag:yaml.org,2002:map", _unique)


def read(text: str, broken: Broken) -> Any:
    """Return the tree of a YAML text; `broken` makes the error from syntax, line, column, detail."""
    if re.search(r"^[^#\n\"']*[:\-\[,]\s*[&*]\w", text, re.MULTILINE):
        raise UnreadableInput(
            "Les ancres et alias YAML (& et *) sont refusés : répétez la valeur.",
            "YAML anchors and aliases (& and *) are refused: repeat the value.",
        )
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 — a SafeLoader subclass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise broken("YAML", line, column, error.problem or str(error)) from error
    except yaml.YAMLError as error:
        raise broken("YAML", None, None, str(error)) from error
    except RecursionError as error:
        raise broken("YAML", None, None, "nested too deeply") from error
