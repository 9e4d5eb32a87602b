"""Erasure: the bytes, quads and words of a version go for good; a row says who erased them, when and why."""

from __future__ import annotations

import json

from montages.bilingual import NO_TEXT, message
from montages.errors import UnknownName, UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry.entry_summary import EntrySummary
from montages_registry.moments import moment_text, write_moment
from montages_registry.registry import Registry, note_change
from montages_registry.registry_errors import NothingToErase, RegistryBusy
from montages_registry.version import State, Version, erasure_of, versions

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


def erase(
    registry: Registry, slug: str, number: int, reason: str, operator: str, *, legal: bool = False
) -> tuple[Version, ...]:
    """Erase the content of a version, and return all the versions that had the very same bytes.

    They are not taken again. Backups made before have them still. Raises UnusableInput for no reason,
    UnknownName, NothingToErase, RegistryUnwritable, or RegistryBusy: run again, it finishes.
    """
    reason = _checked_reason(reason)
    with registry.database.transaction() as connection:
        where = "v.slug = :slug AND v.number = :number"
        version = next(versions(connection, where, slug=slug, number=number), None)
        if version is None:
            raise UnknownName(_NO_VERSION.fill(slug=slug, number=number))
        if version.state is State.WITHDRAWN:
            raise NothingToErase(_A_WITHDRAWAL.fill(slug=slug, number=number))
        digest = version.digest
        if erasure_of(connection, digest) is None:
            moment = moment_text(write_moment(connection))
            row = (digest, moment, operator, reason, int(legal))
            connection.execute("INSERT INTO erasures VALUES (?, ?, ?, ?, ?)", row)
        same = "v.digest = :digest AND v.state <> 'withdrawn' ORDER BY v.slug, v.number"
        for one in list(versions(connection, same, digest=digest)):
            note_change(connection, one.slug)
            connection.execute(
                "DELETE FROM facets WHERE slug = ? AND number = ?", (one.slug, one.number)
            )
        connection.execute(
            "UPDATE versions SET state = 'erased', summary = ?, words = '', body = x'', "
            "quads = x'' WHERE digest = ? AND state <> 'withdrawn'",
            (json.dumps(EntrySummary("", NO_TEXT).to_json()), digest),
        )
        erased = tuple(versions(connection, same, digest=digest))
    try:
        registry.database.empty_journal()
    except RegistryBusy as error:
        left = f"{registry.database.path.name}-wal"
        raise RegistryBusy(_LEFT.fill(left=left)) from error
    return erased


def _checked_reason(reason: str) -> str:
    """Return a reason with single blanks, which everybody may read; raises UnusableInput for none."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST or HIDDEN.search(reason):
        raise UnusableInput(_NO_REASON.fill(longest=_LONGEST))
    return reason
