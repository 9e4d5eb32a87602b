"""What the registry refuses, each with its HTTP status."""

from __future__ import annotations

from montages.bilingual import message
from montages.errors import MontagesError


class UnknownToken(MontagesError):
    """The token of a publisher is missing, unknown or revoked."""

    status = 401
    headers = (("WWW-Authenticate", 'Bearer realm="montages registry"'),)
    slug = "unknown-token"
    title = message("Unknown token")


class NotYours(MontagesError):
    """The entry belongs to another publisher."""

    status = 403
    slug = "not-yours"
    title = message("Entry of another publisher")


class RightMissing(MontagesError):
    """The token may not do this: the right to edit is not the right to publish."""

    status = 403
    slug = "right-missing"
    title = message("Right missing")


class StaleVersion(MontagesError):
    """The entry is not, or no longer, what the condition of the write says; `current` is its entity tag."""

    status = 412
    slug = "stale-version"
    title = message("Stale version")


class ConditionMissing(MontagesError):
    """The entry exists, and the write does not say which version it replaces."""

    status = 428
    slug = "condition-missing"
    title = message("Condition missing")


class Withdrawn(MontagesError):
    """The entry was withdrawn by its publisher; its history stays."""

    status = 410
    slug = "withdrawn"
    title = message("Entry withdrawn")


class Erased(MontagesError):
    """The bytes of a version were erased by who runs the registry; its digest and the reason stay."""

    status = 410
    slug = "erased"
    title = message("Version erased")


class ErasedByLaw(Erased):
    """The bytes of a version were erased because the law or a judge asked for it (RFC 7725)."""

    status = 451
    slug = "erased-by-law"
    title = message("Version erased for legal reasons")


class NothingToErase(MontagesError):
    """The version is a withdrawal, which has no bytes."""

    status = 409
    slug = "nothing-to-erase"
    title = message("Nothing to erase")


class QuotaReached(MontagesError):
    """The publisher has written as much in a day as it may; nothing was written."""

    status = 507
    slug = "quota-reached"
    title = message("Quota reached")


class ClockBehind(MontagesError):
    """The clock of the machine stands before what is recorded; nothing was written."""

    status = 503
    headers = (("Retry-After", "60"),)
    slug = "clock-behind"
    title = message("Clock behind")


class NothingToPublish(MontagesError):
    """The latest version of the entry is public already."""

    status = 409
    slug = "nothing-to-publish"
    title = message("Nothing to publish")


class UnusableSlug(MontagesError):
    """The name of an entry is not in the form of one, or is kept for something else."""

    status = 400
    slug = "unusable-slug"
    title = message("Unusable entry name")


class RegistryBusy(MontagesError):
    """Other writes take the record for longer than one may wait; nothing was written."""

    status = 503
    headers = (("Retry-After", "5"),)
    slug = "registry-busy"
    title = message("Registry busy")


class RegistryUnwritable(MontagesError):
    """The record cannot be written: its disk is full, or read-only; nothing was written."""

    status = 507
    slug = "registry-unwritable"
    title = message("Registry not writable")


class BrokenRecord(MontagesError):
    """The record is not what was written; `row` and `table` say where."""

    status = 500
    slug = "broken-record"
    title = message("Record altered")


class RegistryOff(MontagesError):
    """This service keeps no registry."""

    status = 404
    slug = "registry-off"
    title = message("No registry here")


class UnknownEntry(MontagesError):
    """No entry of the registry has this name, or none that is public."""

    status = 404
    slug = "unknown-entry"
    title = message("Unknown entry")
