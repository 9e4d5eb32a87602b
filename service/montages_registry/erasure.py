"""Erasure: the bytes, quads and words of a version go for good; a row says who erased them, when and why."""

from __future__ import annotations

import json

from montages.bilingual import message
from montages.errors import UnknownName, UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry.entry_summary import NOTHING
from montages_registry.moments import write_moment
from montages_registry.registry import Registry, note_change
from montages_registry.registry_errors import RegistryBusy
from montages_registry.version import NUMBERED, State, Version, versions

_LONGEST = 500
_NO_VERSION = message("No version {number} of “{slug}”: montages registry list {slug}.")
_A_WITHDRAWAL = message(
    "Version {number} of “{slug}” is its withdrawal: erase the versions before it."
)
_LEFT = message(
    "It is erased, but others hold {left}, where bytes are left: run the same command again."
)
_NO_REASON = message(
    "An erasure has a reason that everybody may read, of {longest} signs at most, without personal "
    "data: --reason “Telephone number of an official”."
)
_SAME = "v.digest = :digest AND v.state <> 'withdrawn' ORDER BY v.slug, v.number"


def erase(
    registry: Registry, slug: str, number: int, reason: str, operator: str, *, legal: bool = False
) -> tuple[Version, ...]:
    """Erase the content of a version, and return all the versions that had the very same bytes.

    They are not taken again. Backups made before have them still. Raises UnusableInput for no reason and for
    a withdrawal, UnknownName, RegistryUnwritable, or RegistryBusy: run again, it finishes.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST or HIDDEN.search(reason):
        raise UnusableInput(_NO_REASON.fill(longest=_LONGEST))
    with registry.database.transaction() as connection:
        version = next(versions(connection, NUMBERED, slug=slug, number=number), None)
        if version is None:
            raise UnknownName(_NO_VERSION.fill(slug=slug, number=number))
        if version.state is State.WITHDRAWN:
            raise UnusableInput(_A_WITHDRAWAL.fill(slug=slug, number=number))
        digest = version.digest
        if version.erased is None:
            row = (digest, write_moment(connection), operator, reason, int(legal))
            connection.execute("INSERT INTO erasures VALUES (?, ?, ?, ?, ?)", row)
        for one in list(versions(connection, _SAME, digest=digest)):
            note_change(connection, one.slug)
        connection.execute(
            "UPDATE versions SET state = 'erased', summary = ?, words = '', body = x'', "
            "quads = x'' WHERE digest = ? AND state <> 'withdrawn'",
            (json.dumps(NOTHING), digest),
        )
        erased = tuple(versions(connection, _SAME, digest=digest))
    with registry.database.connection() as connection:
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise RegistryBusy(_LEFT.fill(left=f"{registry.database.path.name}-wal"))
    return erased
