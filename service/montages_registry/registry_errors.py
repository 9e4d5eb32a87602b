"""What the registry refuses, each with its HTTP status."""

from __future__ import annotations

from montages.errors import MontagesError


class UnknownToken(MontagesError):
    """The token of a publisher is missing, unknown or revoked."""

    status = 401
    headers = (("WWW-Authenticate", 'Bearer realm="montages registry"'),)
    slug = "unknown-token"
    title = {"fr": "Jeton inconnu", "en": "Unknown token"}


class NotYours(MontagesError):
    """The entry belongs to another publisher."""

    status = 403
    slug = "not-yours"
    title = {"fr": "Fiche d'un autre éditeur", "en": "Entry of another publisher"}


class RightMissing(MontagesError):
    """The token may not do this: the right to edit is not the right to publish."""

    status = 403
    slug = "right-missing"
    title = {"fr": "Droit manquant", "en": "Right missing"}


class StaleVersion(MontagesError):
    """The entry is not, or no longer, what the condition of the write says; `current` is its entity tag."""

    status = 412
    slug = "stale-version"
    title = {"fr": "Version dépassée", "en": "Stale version"}


class ConditionMissing(MontagesError):
    """The entry exists, and the write does not say which version it replaces."""

    status = 428
    slug = "condition-missing"
    title = {"fr": "Condition manquante", "en": "Condition missing"}


class Withdrawn(MontagesError):
    """The entry was withdrawn by its publisher; its history stays."""

    status = 410
    slug = "withdrawn"
    title = {"fr": "Fiche retirée", "en": "Entry withdrawn"}


class Erased(MontagesError):
    """The bytes of a version were erased by who runs the registry; its digest and the reason stay."""

    status = 410
    slug = "erased"
    title = {"fr": "Version effacée", "en": "Version erased"}


class ErasedByLaw(Erased):
    """The bytes of a version were erased because the law or a judge asked for it (RFC 7725)."""

    status = 451
    slug = "erased-by-law"
    title = {"fr": "Version effacée en droit", "en": "Version erased for legal reasons"}


class NothingToErase(MontagesError):
    """The version is a withdrawal, which has no bytes."""

    status = 409
    slug = "nothing-to-erase"
    title = {"fr": "Rien à effacer", "en": "Nothing to erase"}


class QuotaReached(MontagesError):
    """The publisher has written as much in a day as it may; nothing was written."""

    status = 507
    slug = "quota-reached"
    title = {"fr": "Quota atteint", "en": "Quota reached"}


class ClockBehind(MontagesError):
    """The clock of the machine stands before what is recorded; nothing was written."""

    status = 503
    headers = (("Retry-After", "60"),)
    slug = "clock-behind"
    title = {"fr": "Horloge en retard", "en": "Clock behind"}


class NothingToPublish(MontagesError):
    """The latest version of the entry is public already."""

    status = 409
    slug = "nothing-to-publish"
    title = {"fr": "Rien à publier", "en": "Nothing to publish"}


class UnusableSlug(MontagesError):
    """The name of an entry is not in the form of one, or is kept for something else."""

    status = 400
    slug = "unusable-slug"
    title = {"fr": "Nom de fiche inutilisable", "en": "Unusable entry name"}


class RegistryBusy(MontagesError):
    """Other writes take the record for longer than one may wait; nothing was written."""

    status = 503
    headers = (("Retry-After", "5"),)
    slug = "registry-busy"
    title = {"fr": "Registre occupé", "en": "Registry busy"}


class RegistryUnwritable(MontagesError):
    """The record cannot be written: its disk is full, or read-only; nothing was written."""

    status = 507
    slug = "registry-unwritable"
    title = {"fr": "Registre non inscriptible", "en": "Registry not writable"}


class BrokenRecord(MontagesError):
    """The record is not what was written; `row` and `table` say where."""

    status = 500
    slug = "broken-record"
    title = {"fr": "Registre altéré", "en": "Record altered"}


class RegistryOff(MontagesError):
    """This service keeps no registry."""

    status = 404
    slug = "registry-off"
    title = {"fr": "Pas de registre ici", "en": "No registry here"}


class UnknownEntry(MontagesError):
    """No entry of the registry has this name, or none that is public."""

    status = 404
    slug = "unknown-entry"
    title = {"fr": "Fiche inconnue", "en": "Unknown entry"}


# What each means, for who reads French.
IN_FRENCH = {
    "broken-record": "Le registre n'est plus ce qui a été écrit ; « table » et « row » disent où.",
    "clock-behind": "L'horloge de la machine est en retard sur le registre ; rien n'a été écrit.",
    "condition-missing": "La fiche existe, et la demande ne dit pas quelle version elle remplace.",
    "erased": "Les octets de la version ont été effacés ; son empreinte et le motif restent.",
    "erased-by-law": "Les octets de la version ont été effacés parce que la loi ou un juge le demande.",
    "not-yours": "La fiche appartient à un autre éditeur.",
    "nothing-to-erase": "La version est un retrait, qui n'a pas d'octets.",
    "nothing-to-publish": "La dernière version de la fiche est déjà publique.",
    "quota-reached": "L'éditeur a écrit autant qu'il peut en 24 heures ; « limit » dit combien.",
    "registry-busy": "D'autres occupent le registre trop longtemps ; rien n'est fait à moitié.",
    "registry-off": "Ce service ne tient pas de registre de projets.",
    "registry-unwritable": "Le registre ne peut pas être écrit (disque plein ou protégé).",
    "right-missing": "Le jeton ne permet pas cela : le droit de modifier n'est pas celui de publier.",
    "stale-version": "La fiche n'est pas, ou plus, ce que dit la condition ; « current » est son étiquette.",
    "unknown-entry": "Aucune fiche du registre, ou aucune de publiée, ne porte ce nom.",
    "unknown-token": "Le jeton de l'éditeur manque, est inconnu ou a été révoqué.",
    "unusable-slug": "Le nom de la fiche n'a pas la forme voulue, ou est réservé.",
    "withdrawn": "La fiche a été retirée par son éditeur ; son histoire reste.",
}
