"""No regular expression that meets a stranger's text takes more than twice the time for twice the text (V4).

Those of `description` and `store/sparql` are tried on long texts made of what they themselves look for.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # the parts of a pattern, as the library itself reads them
from typing import Any

import pytest

import montages

ROOT = Path(montages.__file__).parent
FOLDERS = ("description", "store/sparql")
# What is matched at one place only need not be searched for everywhere.
ONE_PLACE = {"match", "fullmatch"}
ANYWHERE = {"search", "findall", "finditer", "sub", "subn", "split"}
METHODS = ONE_PLACE | ANYWHERE
# Characters of the first text, and the seconds within which a pattern is not looked at more closely.
SIZE, SOON = 8_000, 0.003
SIGNS = 5


def constant(node: ast.expr, names: dict[str, Any]) -> Any:
    """Return what an expression of constants gives, None for any other."""
    try:
        code = compile(ast.Expression(node), "", "eval")
        return eval(code, {"re": re, "__builtins__": {}}, names)  # noqa: S307  # our own modules
    except Exception:  # noqa: BLE001  # it is none
        return None


def patterns(path: Path) -> Iterator[tuple[re.Pattern[Any], set[str]]]:
    """Yield the patterns of a module with the methods by which they are used."""
    module = __import__(
        "montages." + ".".join(path.relative_to(ROOT).with_suffix("").parts), fromlist=["x"]
    )
    tree, names = ast.parse(path.read_text(encoding="utf-8")), vars(module)
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            called, of = node.func.attr, node.func.value
            if isinstance(of, ast.Name) and of.id == "re" and called in METHODS:
                text = constant(node.args[0], names)
                if isinstance(text, (str, bytes)):
                    yield re.compile(text), {called}
    # Those of a table are used under the name of a variable.
    by_others = {m for name, of in used.items() if name not in names for m in of} & (
        METHODS - {"split"}
    )
    for name, value in names.items():
        for pattern in held(value):
            methods = used.get(name, set()) & METHODS
            yield pattern, methods or by_others or ANYWHERE


def held(value: Any) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value of a module is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(getattr(value, "__self__", None), re.Pattern):
        yield value.__self__
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from held(each)
    elif isinstance(value, dict):
        yield from held(list(value.values()))


def signs(pattern: re.Pattern[Any]) -> list[str]:
    """Return characters that a pattern tells apart, the first of each class."""
    found: dict[str, None] = {}

    def walk(parts: Any) -> None:
        for kind, value in parts:
            name = str(kind)
            if name in ("LITERAL", "NOT_LITERAL"):
                found.setdefault(chr(value))
            elif name == "RANGE":
                found.setdefault(chr(value[0]))
            elif name == "CATEGORY":
                found.setdefault({"DIGIT": "1", "SPACE": " "}.get(str(value)[9:], "a"))
            elif name == "IN":
                walk(value)
            elif name == "ANY":
                found.setdefault("a")
            elif isinstance(value, (tuple, list)):
                for each in value:
                    if isinstance(each, _parser.SubPattern):
                        walk(each)
                    elif isinstance(each, list):
                        for alternative in each:
                            walk(alternative)
            elif isinstance(value, _parser.SubPattern):
                walk(value)

    walk(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    first = [sign for sign in found if sign.isprintable() or sign in " \n"][: SIGNS - 1]
    return list(dict.fromkeys([*first, "a"]))


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Yield long texts of what a pattern looks for, which end as nothing does."""
    alphabet = signs(pattern)
    units = {*alphabet, *map("".join, product(alphabet, repeat=2)), *literal_runs(pattern)}
    for unit in sorted(units):
        for head in ("", alphabet[0]):
            text = head + unit * (size // len(unit)) + "\x00"
            yield text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


def literal_runs(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Yield the words of a pattern, and each with what may stand around it."""
    source = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    for word in set(re.findall(r"[A-Za-z<@:/]{2,}", source)):
        yield from (word, f"{word} ", f"{word}<", f"<{word}")


def seconds(pattern: re.Pattern[Any], methods: set[str], text: Any) -> float:
    """Return the least that one use of a pattern took of three."""
    use = pattern.search if methods & ANYWHERE else pattern.match
    several = bool(methods & {"findall", "finditer", "sub", "subn", "split"})
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        if several:
            for _ in pattern.finditer(text):
                pass
        else:
            use(text)
        best = min(best, time.process_time() - start)
        if best < SOON:
            break
    return best


def grows(pattern: re.Pattern[Any], methods: set[str], text: Any) -> list[float]:
    """Return by how much the time of a text grows with each of the three doublings that lead to it."""
    parts = [text[: len(text) // 2**n] + text[-1:] for n in (3, 2, 1, 0)]
    took = [seconds(pattern, methods, part) for part in parts]
    return [later / max(sooner, 1e-6) for sooner, later in pairwise(took)]


MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def slow_texts() -> Iterator[tuple[str, str, list[float]]]:
    for path in MODULES:
        for pattern, methods in patterns(path):
            if (worst := slow_text(pattern, methods)) is not None:
                yield f"{path.name}: {pattern.pattern!r}", *worst


def slow_text(pattern: re.Pattern[Any], methods: set[str]) -> tuple[str, list[float]] | None:
    """Return the beginning of a text whose time grows faster than it does, and by how much; None without."""
    for text in texts(pattern, SIZE):
        if seconds(pattern, methods, text) < SOON:
            continue
        # A clock that another process held back says so once, a pattern each time.
        measured = (grows(pattern, methods, text) for _ in range(3))
        if all(min(factors[1:]) > 3 for factors in measured):
            return str(text[:20]), grows(pattern, methods, text)
    return None


@pytest.mark.slow
def test_the_time_of_each_pattern_grows_as_its_text_does() -> None:
    assert list(slow_texts()) == []


@pytest.mark.slow
def test_one_that_does_not_is_found() -> None:
    """The pattern that read `<<<<…` in 50 seconds."""
    quadratic = re.compile(r"<(?:[?.]|[^:>\s]*(?:/\.|[#/?][^>\s]*:))")
    assert slow_text(quadratic, {"search"}) is not None


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_patterns_are_seen(folder: str) -> None:
    seen = [p for path in MODULES if folder in str(path) for p, _ in patterns(path)]
    assert len(seen) > 20
