"""The publishers of the registry in the terminal, with their tokens by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType

from montages.bilingual import message
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon
from montages_registry.moments import moment_text
from montages_registry.publisher import PublisherEntry, PublisherToken, Right

RIGHTS = {Right.EDIT: message("edit"), Right.PUBLISH: message("publish and withdraw")}
_NONE = message("No publishers: montages publisher add.")
_NO_TOKEN = message("no token in force")
_QUOTA = (("bytes", message("bytes in 24 hours")), ("versions", message("versions in 24 hours")))
_SINCE = message("since")
_REVOKED = message("revoked on")


def rights_text(rights: frozenset[Right], lang: str) -> str:
    """Return what a token lets do, in words."""
    return ", ".join(RIGHTS[right][lang] for right in Right if right in rights)


def publisher_table(entries: Sequence[PublisherEntry], lang: str) -> RenderableType:
    """Return publishers, each with its tokens below, revoked ones dim."""
    if not entries:
        return Line(_NONE[lang])
    lines: list[RenderableType] = []
    for entry in entries:
        lines.append(Line(entry.slug, style="bold").append(f"  {entry.name}", style="default"))
        for unit, label in _QUOTA:
            if (most := getattr(entry.quota, unit)) is not None:
                lines.append(Line(f"  {most:,} {label[lang]}".replace(",", "\u202f")))
        lines += [_token(token, lang) for token in entry.tokens]
        if all(token.revoked for token in entry.tokens):
            lines.append(Line(f"  {_NO_TOKEN[lang]}", style="yellow"))
    return Group(*lines)


def publisher_json(entry: PublisherEntry) -> dict[str, Any]:
    """Return a publisher as JSON; of a token its name, never the token."""
    return {
        "slug": entry.slug,
        "name": entry.name,
        "added": moment_text(entry.added),
        "bytesADay": entry.quota.bytes,
        "versionsADay": entry.quota.versions,
        "tokens": [
            {
                "name": token.name,
                "rights": sorted(token.rights),
                "added": moment_text(token.added),
                "revoked": moment_text(token.revoked) if token.revoked else None,
            }
            for token in entry.tokens
        ],
    }


def _token(token: PublisherToken, lang: str) -> Line:
    text = f"  {token.name}{colon(lang)} {rights_text(token.rights, lang)}, "
    if token.revoked:
        return Line(f"{text}{_REVOKED[lang]} {token.revoked:%Y-%m-%d}", style="dim")
    return Line(f"{text}{_SINCE[lang]} {token.added:%Y-%m-%d}")
