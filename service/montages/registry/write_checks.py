"""Whether a publisher may write an entry: whose it is, whether it still is, how much, on which condition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from montages import settings
from montages.errors import TooLarge, UnknownName
from montages.registry.entity_tags import check_condition
from montages.registry.publishers import Publisher
from montages.registry.registry_errors import NothingToErase, NotYours, QuotaReached, Withdrawn
from montages.registry.version import Content, State, Version, WriteCondition
from montages.registry.version_rows import VersionRows

_DAY = timedelta(days=1)


def check_size(content: Content) -> None:
    """Raise TooLarge for a content over the limit of the settings."""
    most = settings.number("max_bytes")
    if len(content.body) > most:
        raise TooLarge(
            f"La description fait {len(content.body)} octets, plus que les {most} admis "
            "(MONTAGES_MAX_BYTES).",
            f"The description has {len(content.body)} bytes, over the {most} allowed (MONTAGES_MAX_BYTES).",
        )


def former_version(
    rows: VersionRows, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version | None:
    """Return the last version of an entry, after which a publisher may write under a condition.

    None where there is none yet. Raises NotYours, Withdrawn, StaleVersion or ConditionMissing.
    """
    former = rows.latest(slug)
    if former is not None and former.publisher != publisher.slug:
        raise NotYours(
            f"La fiche « {slug} » est d'un autre éditeur : choisissez un autre nom.",
            f"The entry “{slug}” belongs to another publisher: choose another name.",
        )
    if former is not None and former.state is State.WITHDRAWN:
        raise Withdrawn(
            f"La fiche « {slug} » a été retirée le {former.moment:%Y-%m-%d} : son histoire reste, son nom ne "
            "se redonne pas. Choisissez un autre nom.",
            f"The entry “{slug}” was withdrawn on {former.moment:%Y-%m-%d}: its history stays, its name is "
            "not given again. Choose another name.",
        )
    check_condition(slug, former, condition)
    return former


def existing_version(
    rows: VersionRows, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version:
    """Return the last version of an entry that is there; raises UnknownName where it is not."""
    if rows.latest(slug) is None:
        raise UnknownName(
            f"Aucune fiche « {slug} » dans le registre.",
            f"No entry “{slug}” in the registry.",
        )
    former = former_version(rows, slug, publisher, condition)
    assert former is not None
    return former


def erasable_version(rows: VersionRows, slug: str, number: int) -> Version:
    """Return a version that has bytes, or had some; raises UnknownName or NothingToErase."""
    version = rows.numbered(slug, number)
    if version is None:
        raise UnknownName(
            f"Aucune version {number} de « {slug} » : montages registry history {slug}.",
            f"No version {number} of “{slug}”: montages registry history {slug}.",
        )
    if version.state is State.WITHDRAWN:
        raise NothingToErase(
            f"La version {number} de « {slug} » est son retrait : effacez les versions d'avant.",
            f"Version {number} of “{slug}” is its withdrawal: erase the versions before it.",
        )
    return version


@dataclass(frozen=True)
class _Count:
    """What is counted, as people read it, what it may be and what it would be."""

    fr: str
    en: str
    most: int | None
    wanted: int


def check_quota(rows: VersionRows, publisher: str, size: int) -> None:
    """Raise QuotaReached where another version of so many bytes is over what a publisher may write.

    The day is the last 24 hours. A withdrawal is never refused, and a draft counts as a version does.
    """
    quota = rows.quota(publisher)
    if quota.versions is None and quota.bytes is None:
        return
    versions, written = rows.written_since(publisher, datetime.now(UTC) - _DAY)
    for count in (
        _Count("versions", "versions", quota.versions, versions + 1),
        _Count("octets", "bytes", quota.bytes, written + size),
    ):
        if count.most is not None and count.wanted > count.most:
            raise QuotaReached(
                f"« {publisher} » peut écrire {count.most} {count.fr} en 24 heures ; avec celle-ci, ce "
                f"seraient {count.wanted}. Rien n'a été écrit. Attendez, ou demandez davantage à qui tient "
                f"le registre : montages publisher quota {publisher}.",
                f"“{publisher}” may write {count.most} {count.en} in 24 hours; with this, there would be "
                f"{count.wanted}. Nothing was written. Wait, or ask who runs the registry for more: "
                f"montages publisher quota {publisher}.",
                publisher=publisher,
                unit=count.en,
                limit=count.most,
                wanted=count.wanted,
            )
