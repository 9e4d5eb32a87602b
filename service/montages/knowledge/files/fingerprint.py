"""What kept values are made of: the knowledge, our own sources, the interpreter and its libraries.

Those that ship with the package go by the knowledge and the sources alone: they are plain data.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from functools import cache
from pathlib import Path

import pyoxigraph
import rdflib

from montages.knowledge.files import library

_PACKAGE = str(library.PACKAGE)
_STARTED = time.time()


@cache
def fingerprint() -> str:
    """Return the content hash of all that kept values are made of: 32 hexadecimal digits."""
    return _fingerprint(library.content_hash())


@cache
def content() -> str:
    """Return the content hash of the knowledge and our own sources: 32 hexadecimal digits."""
    return _digest(library.content_hash())


def _fingerprint(knowledge: str) -> str:
    return _digest(f"{knowledge} {(sys.version, rdflib.__version__, pyoxigraph.__version__)}")


def _digest(of: str) -> str:
    digest = hashlib.sha256(of.encode())
    for path in _sources():
        digest.update(path.removeprefix(_PACKAGE).encode())
        digest.update(_content(path))
    return digest.hexdigest()[:32]


# Plain texts and descriptors below, where paths would do: it is done at each start, and twice as quick.
def _sources() -> list[str]:
    """Return the paths of the package's own modules, sorted."""
    walked = os.walk(_PACKAGE)
    return sorted(
        f"{top}/{name}" for top, _, names in walked for name in names if name[-3:] == ".py"
    )


def _content(path: str) -> bytes:
    source = os.open(path, os.O_RDONLY)
    try:
        return os.read(source, os.fstat(source).st_size)
    finally:
        os.close(source)


def unchanged() -> bool:
    """Tell whether the files are still those this process runs on: else a value would bear a false name."""
    read = [*map(Path, _sources()), *library.deciding(), *library.displayed()]
    if any(path.stat().st_mtime > _STARTED for path in read):
        return False
    return _fingerprint(library.content_hash.__wrapped__()) == fingerprint()
