"""The entries of a registry against the gate of today: each was let in by that of its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from montages.bilingual import Text
from montages.engine.protocol import Engine
from montages.errors import MontagesError
from montages.registry.entry_quads import stored_text
from montages.registry.mended_text import mended
from montages.registry.publishers import ALL_RIGHTS, Publisher
from montages.registry.registry import Registry
from montages.registry.registry_errors import Erased, QuotaReached
from montages.registry.version import Content, State, Version, WriteCondition

# What a body, its syntax and the slug of its entry have to pass; raises what refuses it.
Gate = Callable[[bytes, str, str], object]


@dataclass(frozen=True)
class RefusedEntry:
    """The last version of an entry that would not be let in today, why, and the one written in its place."""

    version: Version
    why: Text
    mended: Version | None = None


def refused_entries(
    registry: Registry, gate: Gate, engine: Engine, mend: bool = False
) -> Iterator[RefusedEntry]:
    """Yield the entries that the gate of today refuses, drafts too, by slug.

    With `mend`, what can be put into a form that is let in is written, as a version of the same publisher.
    """
    for version in registry.entries(public=False):
        if version.state is State.WITHDRAWN or version.erasure is not None:
            continue
        why = _refusal(version.content, version.slug, gate)
        if why is not None:
            yield RefusedEntry(
                version, why, _mend(registry, version, gate, engine) if mend else None
            )


def _refusal(content: Content, slug: str, gate: Gate) -> Text | None:
    try:
        gate(*stored_text(content), slug)
    except MontagesError as error:
        return Text(error.message("fr"), error.message("en"))
    return None


def _mend(registry: Registry, version: Version, gate: Gate, engine: Engine) -> Version | None:
    better = mended(version.content, engine)
    if better is None or _refusal(better, version.slug, gate) is not None:
        return None
    with suppress(QuotaReached, Erased):
        return registry.write(
            version.slug,
            better,
            Publisher(version.publisher, version.publisher, ALL_RIGHTS),
            WriteCondition(version.etag),
            state=State.DRAFT if version.state is State.DRAFT else State.PUBLISHED,
            publish_at=version.public_from,
        )
    return None
