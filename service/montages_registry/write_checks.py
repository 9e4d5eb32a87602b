"""Whether a publisher may write an entry: whose it is, whether it still is, how much, on which condition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from montages import settings
from montages.bilingual import message
from montages.errors import TooLarge, UnknownName
from montages_registry.publishers import Publisher, Quota
from montages_registry.record_schema import content_digest
from montages_registry.registry_errors import NothingToErase, NotYours, QuotaReached, Withdrawn
from montages_registry.version import Content, State, Version, WriteCondition, check_condition
from montages_registry.version_rows import VersionRows

_DAY = timedelta(days=1)


def check_size(content: Content) -> None:
    """Raise TooLarge for a content over the limit of the settings."""
    most = settings.number("max_bytes")
    if len(content.body) > most:
        raise TooLarge(
            message(
                "The description has {count} bytes, over the {most} allowed (MONTAGES_MAX_BYTES).",
                count=len(content.body),
                most=most,
            )
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
            message(
                "The entry “{slug}” belongs to another publisher: choose another name.", slug=slug
            )
        )
    if former is not None and former.state is State.WITHDRAWN:
        raise Withdrawn(
            message(
                "The entry “{slug}” was withdrawn on {moment:%Y-%m-%d}: its history stays, its "
                "name is not given again. Choose another name.",
                slug=slug,
                moment=former.moment,
            )
        )
    check_condition(slug, former, condition)
    return former


def existing_version(
    rows: VersionRows, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version:
    """Return the last version of an entry that is there; raises UnknownName where it is not."""
    if rows.latest(slug) is None:
        raise UnknownName(message("No entry “{slug}” in the registry.", slug=slug))
    former = former_version(rows, slug, publisher, condition)
    assert former is not None
    return former


def erasable_version(rows: VersionRows, slug: str, number: int) -> Version:
    """Return a version that has bytes, or had some; raises UnknownName or NothingToErase."""
    version = rows.numbered(slug, number)
    if version is None:
        raise UnknownName(
            message(
                "No version {number} of “{slug}”: montages registry history {slug}.",
                number=number,
                slug=slug,
            )
        )
    if version.state is State.WITHDRAWN:
        raise NothingToErase(
            message(
                "Version {number} of “{slug}” is its withdrawal: erase the versions before it.",
                number=number,
                slug=slug,
            )
        )
    return version


def check_quota(rows: VersionRows, publisher: str, body: bytes = b"") -> None:
    """Raise QuotaReached where another version, of these bytes if new, is over what a publisher may write.

    The day is the last 24 hours. A withdrawal is never refused, and a draft counts as a version does.
    """
    quota = rows.quota(publisher)
    if quota == Quota():
        return
    since = datetime.now(UTC) - _DAY
    versions, written = rows.written_since(publisher, since, content_digest(body))
    for unit, most, wanted in (
        (message("versions"), quota.versions, versions + 1),
        (message("bytes"), quota.bytes, written + len(body)),
    ):
        if most is not None and wanted > most:
            more = f"montages publisher quota {publisher} --{unit.en}-a-day N"
            raise QuotaReached(
                message(
                    "“{publisher}” may write {most} {unit} in 24 hours; with this, there would "
                    "be {wanted}. Nothing was written. Wait, or ask who runs the registry for "
                    "more: {more}.",
                    publisher=publisher,
                    most=most,
                    unit=unit,
                    wanted=wanted,
                    more=more,
                ),
                publisher=publisher,
                unit=unit.en,
                limit=most,
                wanted=wanted,
            )
