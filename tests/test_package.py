"""The packages as a house: each file has a name of its own, each room says what it is for."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

SERVICE = Path(__file__).parents[1] / "service"
FILES = sorted(SERVICE.glob("montages*/**/*.py"))


def test_each_room_says_what_it_is_for() -> None:
    front_door = SERVICE / "montages" / "__init__.py"
    rooms = [path for path in FILES if path.name == "__init__.py" and path != front_door]
    assert not [path for path in rooms if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]


def test_a_file_name_stands_once_in_the_packages() -> None:
    # Beside __init__, a folder's own table of routes may be called so.
    names = Counter(path.name for path in FILES if path.name not in ("__init__.py", "routes.py"))
    assert not [name for name, times in names.items() if times > 1]
