"""Entity tags: that of a version, and whether a condition of a write holds (RFC 9110, 13.1)."""

from __future__ import annotations

import re

from montages.registry.hash_chain import row_hash
from montages.registry.registry_errors import ConditionMissing, StaleVersion
from montages.registry.version import Version, WriteCondition

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_DIGITS = 32


def version_etag(slug: str, number: int, media_type: str, digest: str) -> str:
    """Return the strong entity tag of a version: another one for each, of the same bytes too."""
    return f'"{row_hash("", (slug, number, media_type, digest))[:_DIGITS]}"'


def check_condition(slug: str, current: Version | None, condition: WriteCondition) -> None:
    """Raise StaleVersion or ConditionMissing where an entry may not be written under a condition.

    `current` is the latest version of the entry, a draft too; None where there is none.
    """
    match, none_match = condition.if_match, condition.if_none_match
    if current is None:
        if match is not None:
            raise StaleVersion(
                f"« {slug} » n'existe pas : la condition If-Match ne peut pas tenir. Sans elle, la fiche est "
                "créée.",
                f"“{slug}” does not exist: the condition If-Match cannot hold. Without it, the entry is "
                "created.",
                current=None,
            )
        return
    if none_match is not None and _names(none_match, current.etag, weak=True):
        raise StaleVersion(
            f"« {slug} » existe déjà (version {current.number}) : choisissez un autre nom, ou remplacez "
            f"cette version avec If-Match: {current.etag}.",
            f"“{slug}” exists already (version {current.number}): choose another name, or replace that "
            f"version with If-Match: {current.etag}.",
            current=current.etag,
        )
    if match is None:
        raise ConditionMissing(
            f"« {slug} » existe déjà : dites quelle version remplacer. If-Match: {current.etag} remplace la "
            f"dernière, qui est la version {current.number}.",
            f"“{slug}” exists already: say which version to replace. If-Match: {current.etag} replaces the "
            f"last one, version {current.number}.",
            current=current.etag,
        )
    if not _names(match, current.etag, weak=False):
        raise StaleVersion(
            f"« {slug} » a changé entre-temps : sa dernière version est la {current.number}, {current.etag}. "
            "Relisez-la, reprenez votre modification dessus, puis renvoyez-la avec cette étiquette.",
            f"“{slug}” has changed meanwhile: its last version is {current.number}, {current.etag}. Read it, "
            "make your change on it, and send it again with that tag.",
            current=current.etag,
        )


def _names(header: str, etag: str, weak: bool) -> bool:
    """Tell whether a header names an entity tag; `*` names any. A weak one counts where `weak` says so."""
    if header.strip() == "*":
        return True
    tags = _TAG.findall(header)
    return any(f'"{tag}"' == etag and (weak or not mark) for mark, tag in tags)
