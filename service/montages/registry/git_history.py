"""The history of the public entries as commits: what `git fast-import` takes, the same for the same record.

A commit a version, at the moment it became public, by its publisher; the file of an entry is named after its
slug and syntax. Commits that were made once stay, whatever is written later.
"""

from __future__ import annotations

from collections.abc import Iterator

from montages.registry.entry_names import version_iri
from montages.registry.moments import moment_text
from montages.registry.registry import Registry
from montages.registry.version import State, Version

BRANCH = "refs/heads/main"
_ENDINGS = {
    "text/turtle": "ttl",
    "application/x-turtle": "ttl",
    "text/n3": "ttl",
    "text/rdf+n3": "ttl",
    "application/ld+json": "jsonld",
    "application/json": "json",
    "application/rdf+xml": "rdf",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "application/n-triples": "nt",
    "application/trig": "trig",
    "application/x-trig": "trig",
    "application/n-quads": "nq",
    "text/x-nquads": "nq",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
    "text/csv": "csv",
}


def git_history(registry: Registry) -> Iterator[bytes]:
    """Yield the stream of all versions that are or were public, oldest first."""
    names = {entry.slug: entry.name for entry in registry.publishers.entries()}
    paths: dict[str, str] = {}
    yield f"reset {BRANCH}\n\n".encode()  # from the beginning, where there is a history already
    for version in registry.releases():
        name = names.get(version.publisher, version.publisher)
        yield from _commit(version, name, paths)
    yield b"done\n"


def _commit(version: Version, name: str, paths: dict[str, str]) -> Iterator[bytes]:
    assert version.public_from is not None
    # git takes neither angle brackets nor line ends in a name.
    author = "".join(sign for sign in name if sign not in "<>\n\r\0").strip() or version.publisher
    who = f"{author} <{version.publisher}> {int(version.public_from.timestamp())} +0000"
    yield f"commit {BRANCH}\nauthor {who}\ncommitter {who}\n".encode()
    yield _data(_message(version).encode())
    former = paths.pop(version.slug, None)
    if version.state is State.WITHDRAWN:
        if former is not None:
            yield f"D {former}\n\n".encode()
        return
    media_type = version.media_type.split(";")[0].strip().lower()
    path = paths[version.slug] = f"{version.slug}.{_ENDINGS.get(media_type, 'txt')}"
    if former not in (None, path):
        yield f"D {former}\n".encode()
    yield f"M 100644 inline {path}\n".encode()
    yield _data(version.content.body)


def _message(version: Version) -> str:
    title = f"{version.slug}, version {version.number}"
    if version.state is State.WITHDRAWN:
        title += ", withdrawn"
    assert version.public_from is not None
    lines = [
        title,
        "",
        f"Version: {version_iri(version.slug, version.number)}",
        f"Publisher: {version.publisher}",
        f"Public-From: {moment_text(version.public_from)}",
        f"ETag: {version.etag}",
        f"Hash: {version.hash}",
    ]
    return "\n".join(lines) + "\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)
