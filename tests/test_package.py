"""The package as a house: each file has a name of its own, each room says what it is for."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "service" / "montages"
FILES = sorted(PACKAGE.rglob("*.py"))


def test_each_room_says_what_it_is_for() -> None:
    rooms = [path for path in FILES if path.name == "__init__.py" and path.parent != PACKAGE]
    assert not [path for path in rooms if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]


def test_a_file_name_stands_once_in_the_package() -> None:
    # Beside __init__, a folder's own table of routes may be called so.
    names = Counter(path.name for path in FILES if path.name not in ("__init__.py", "routes.py"))
    assert not [name for name, times in names.items() if times > 1]
