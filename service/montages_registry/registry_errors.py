"""What the registry refuses, a class a row as in `montages.errors`."""

from __future__ import annotations

from montages.bilingual import message
from montages.errors import MontagesError


class UnknownToken(MontagesError, status=401, title=message("Unknown token")):
    """The token of a publisher is missing, unknown or replaced."""

    headers = (("WWW-Authenticate", 'Bearer realm="montages registry"'),)


class NotYours(MontagesError, status=403, title=message("Entry of another publisher")):
    """The entry belongs to another publisher."""


class StaleVersion(MontagesError, status=412, title=message("Stale version")):
    """The entry is not, or no longer, what the condition of the write says; `current` is its entity tag."""


class ConditionMissing(MontagesError, status=428, title=message("Condition missing")):
    """The entry exists, and the write does not say which version it replaces."""


class Withdrawn(MontagesError, status=410, title=message("Entry withdrawn")):
    """The entry was withdrawn by its publisher; its history stays."""


class Erased(MontagesError, status=410, title=message("Version erased")):
    """The bytes of a version were erased by who runs the registry; who, when and why stay."""


class ErasedByLaw(Erased, status=451, title=message("Version erased for legal reasons")):
    """The bytes of a version were erased because the law or a judge asked for it (RFC 7725)."""


class QuotaReached(MontagesError, status=507, title=message("Quota reached")):
    """The publisher has written as much in a day as it may; nothing was written."""


class ClockInDoubt(MontagesError, status=503, title=message("Clock in doubt")):
    """The clock of the machine is more than a day from when it was last seen; nothing was written."""

    retry_after = 3600


class NothingToPublish(MontagesError, status=409, title=message("Nothing to publish")):
    """The latest version of the entry is public already."""


class UnusableSlug(MontagesError, status=400, title=message("Unusable entry name")):
    """The name of an entry is not in the form of one."""


class RegistryBusy(MontagesError, status=503, title=message("Registry busy")):
    """Other writes take the record for longer than one may wait; nothing was written."""

    retry_after = 5


class RegistryUnwritable(MontagesError, status=507, title=message("Registry not writable")):
    """The record cannot be written: its disk is full, or read-only; nothing was written."""


class BrokenRecord(MontagesError, title=message("Record damaged")):
    """The file of the registry, or a backup of it, is not what was written."""
