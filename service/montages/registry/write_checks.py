"""Whether a publisher may write an entry: whose it is, whether it still is, under which condition."""

from __future__ import annotations

from montages import settings
from montages.errors import TooLarge, UnknownName
from montages.registry.entity_tags import check_condition
from montages.registry.publishers import Publisher
from montages.registry.registry_errors import NotYours, Withdrawn
from montages.registry.version import Content, State, Version, WriteCondition
from montages.registry.version_rows import VersionRows


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
