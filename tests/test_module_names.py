"""Every string that names a module of ours, or something in one, names what can be imported.

Moving a file does not reach the strings that others import it by: `-m …`, the modules that
a fork server loads first, what tests replace with monkeypatch.
"""

from __future__ import annotations

import ast
import pkgutil
import re
from pathlib import Path

import pytest

from every_guest import needs_every_guest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"(montages(?:_\w+)?(?:\.\w+)+(?::\w+)?)")
# A logger, a file of style, a host, files of deployment.
NO_MODULES = {
    "montages.request",
    "montages.css",
    "montages.example",
    "montages.conf",
    "montages.env",
    "montages.service",
}
IMPORTED_BY_OTHERS = {
    "montages.web.server",
    "montages.store.sparql.fork_server",
    "montages.batch.assess_records",
}


def module_names() -> dict[str, str]:
    """Return the dotted names in the strings of all other Python files, with a file where each stands."""
    names: dict[str, str] = {}
    paths = [path for folder in ("service", "tests") for path in (ROOT / folder).rglob("*.py")]
    for path in sorted(set(paths) - {Path(__file__)}):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = NAME.fullmatch(node.value)
                if match and match[1] not in NO_MODULES:
                    names[match[1]] = str(path.relative_to(ROOT))
    return names


@pytest.mark.slow
@needs_every_guest
def test_every_string_that_names_a_module_can_be_resolved() -> None:
    names = module_names()
    assert names.keys() >= IMPORTED_BY_OTHERS
    wrong = {}
    for name, path in names.items():
        try:
            pkgutil.resolve_name(name)
        except (ImportError, AttributeError) as error:
            wrong[name] = (path, error)
    assert not wrong
