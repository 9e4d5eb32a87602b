"""The layout of our Turtle: turtlefmt's, with lines that a person can read to their end.

`python tools/turtle_layout.py [--check] FOLDER…`: turtlefmt writes each list of objects on one line,
however long; a line over the width is broken here between its objects, then inside those in brackets, then
between the words of a text. The spaces that this adds to texts are taken out when the file is read.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

WIDTH = 110
_STEP = "    "
# A literal with its language or type, an IRI, a comment, a mark, or a name.
_TOKEN = re.compile(
    r"""("(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^\S+)?|<[^>]*>)|(\#.*)|([\[\]();,])|(\.(?=\s*$))|([^\s\[\]();,]+)"""
)
# A text on several lines: a string with a language.
_LONG_TEXT = re.compile(r'"""(?P<words>(?:[^"\\]|\\.|"(?!""))*)"""(?P<lang>@[\w-]+)', re.DOTALL)
_OPENING, _CLOSING = ("[", "("), ("]", ")")
# Texts of descriptions are read as they stand, as anybody's are: none is broken.
_DESCRIPTIONS = "projects"


def laid_out(text: str) -> str:
    """Return Turtle of turtlefmt with its long lines broken; strings of several lines stay as they are."""
    lines, inside = list[str](), False
    for line in _LONG_TEXT.sub(_joined, text).splitlines():
        quotes = line.count('"""')
        whole = inside or quotes or len(line) <= WIDTH or line.lstrip().startswith(("#", "@"))
        lines += [line] if whole else _broken(line)
        inside ^= bool(quotes % 2)
    return "\n".join(lines) + "\n"


def _joined(text: re.Match[str]) -> str:
    """Return a text on one line."""
    words = re.sub(r'(?<!\\)"', r"\"", " ".join(text["words"].split()))
    return f'"{words}"{text["lang"]}'


def _broken(line: str) -> list[str]:
    """Return a statement of one predicate, or the first line of several, as lines no longer than needed."""
    indent = line[: len(line) - len(line.lstrip())]
    tokens = [match[0] for match in _TOKEN.finditer(line)]
    end = tokens.pop() if tokens[-1] in (";", ".") else ""
    if tokens[0] in _OPENING:  # a subject without a name
        subject = next(_items(tokens))
        predicate, *objects = tokens[len(subject) :]
        lines = [*_object(subject, ""), *_statement([predicate], objects, _STEP)]
    else:
        head = 1 if indent else 2
        lines = _statement(tokens[:head], tokens[head:], indent)
    if end:
        lines[-1] += f" {end}"
    return lines


def _statement(head: list[str], objects: list[str], indent: str) -> list[str]:
    """Return a predicate with its objects: on one line if they fit, else under it."""
    flat = " ".join([*head, *objects])
    if len(indent) + len(flat) + 2 <= WIDTH:
        return [indent + flat]
    parts = [*_split(objects, ",")]
    if len(parts) == 1 and objects[0] == "[":
        first, *rest = _object(objects, indent + _STEP)
        return [f"{indent}{' '.join(head)} {first.lstrip()}", *rest]
    return [indent + " ".join(head), *_listed(parts, indent + _STEP)]


def _listed(parts: list[list[str]], indent: str) -> list[str]:
    """Return objects one after the other, short ones side by side, each in brackets on lines of its own."""
    lines = list[str]()
    for n, part in enumerate(parts):
        comma = " ," if n < len(parts) - 1 else ""
        flat = " ".join(part)
        beside = lines and part[0] not in _OPENING and not lines[-1].endswith("] ,")
        if beside and len(lines[-1]) + len(flat) + 3 <= WIDTH:
            lines[-1] += f" {flat}{comma}"
        else:
            lines += _object(part, indent)
            lines[-1] += comma
    return lines


def _object(tokens: list[str], indent: str) -> list[str]:
    """Return an object: what stands in brackets a predicate a line, where it does not fit on one."""
    flat = " ".join(tokens)
    if len(indent) + len(flat) + 2 <= WIDTH:
        return [indent + flat]
    if tokens[0] not in _OPENING:
        return _text(flat, indent)
    if tokens[0] == "(":
        items = (
            [[token] for token in tokens[1:-1]] if "[" not in tokens else [*_items(tokens[1:-1])]
        )
        lines = [line for item in items for line in _object(item, indent + "  ")]
        return _framed(lines, indent, "(", ")")
    lines = list[str]()
    predicates = [*_split(tokens[1:-1], ";")]
    for n, (predicate, *objects) in enumerate(predicates):
        lines += _statement([predicate], objects, indent + "  ")
        lines[-1] += " ;" * (n < len(predicates) - 1)
    return _framed(lines, indent, "[", "]")


def _text(literal: str, indent: str) -> list[str]:
    """Return a literal, broken between its words where it has a language."""
    words, _, lang = literal.rpartition("@")
    if not words.endswith('"'):
        return [indent + literal]
    return textwrap.wrap(
        f'""{words}""@{lang}',
        WIDTH - 2,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _framed(lines: list[str], indent: str, opening: str, closing: str) -> list[str]:
    lines[0] = f"{indent}{opening} {lines[0].lstrip()}"
    lines[-1] += f" {closing}"
    return lines


def _items(tokens: list[str]) -> Iterator[list[str]]:
    """Yield the items of a collection."""
    item, depth = list[str](), 0
    for token in tokens:
        depth += (token in _OPENING) - (token in _CLOSING)
        item.append(token)
        if not depth:
            yield item
            item = []


def _split(tokens: list[str], mark: str) -> Iterator[list[str]]:
    """Yield what stands between marks that are in no bracket."""
    part, depth = list[str](), 0
    for token in tokens:
        depth += (token in _OPENING) - (token in _CLOSING)
        if token == mark and not depth:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def main(arguments: list[str]) -> int:
    """Lay out the Turtle files of folders, or with --check say which are not; return the exit code."""
    check, folders = "--check" in arguments, [Path(a) for a in arguments if a != "--check"]
    paths = sorted(path for folder in folders for path in folder.rglob("*.ttl"))
    wrong = list[Path]()
    with TemporaryDirectory() as top:
        copies = [Path(top) / f"{n}.ttl" for n in range(len(paths))]
        for path, copy in zip(paths, copies, strict=True):
            shutil.copyfile(path, copy)
        subprocess.run([Path(sys.executable).with_name("turtlefmt"), top], check=True)
        for path, copy in zip(paths, copies, strict=True):
            text = laid_out(copy.read_text("utf-8"))
            if path.parent.name == _DESCRIPTIONS:
                text = _LONG_TEXT.sub(_joined, text)
            if text != path.read_text("utf-8"):
                wrong.append(path)
                if not check:
                    path.write_text(text, "utf-8")
    if check and wrong:
        print("Not laid out:", *wrong, sep="\n  ")
    return int(check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
