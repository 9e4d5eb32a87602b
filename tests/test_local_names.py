"""A local is called by what it is, never by the getting of it (house rule)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVICE = Path(__file__).parents[1] / "service"
# How a thing was got, or that it is one of several: no name of a thing.
GOT = {"told", "found", "said", "shown", "it", "each"}
# Where one of them is the field's own word, and why.
EXCEPTIONS = {
    "montages/web/static/walkers/verdicts.py": "sixty lines that others copy: what a walk has found"
}
FILES = sorted(SERVICE.glob("montages*/**/*.py"))


def locals_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of all that is bound in functions, loops and comprehensions; fields are none."""
    fields = {
        node.target
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in fields:
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.lineno, node.name


@pytest.mark.slow
def test_a_local_is_called_by_what_it_is() -> None:
    wrong = [
        f"{path.relative_to(SERVICE)}:{line}: {name}"
        for path in FILES
        if str(path.relative_to(SERVICE)) not in EXCEPTIONS
        for line, name in locals_of(ast.parse(path.read_text(encoding="utf-8")))
        if name in GOT
    ]
    assert wrong == []


@pytest.mark.parametrize("path", EXCEPTIONS)
def test_an_exception_is_still_one(path: str) -> None:
    names = {name for _, name in locals_of(ast.parse((SERVICE / path).read_text("utf-8")))}
    assert names & GOT
