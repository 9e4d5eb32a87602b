"""A publisher of the registry, its tokens and their rights."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from montages.registry.registry_errors import RightMissing


class Right(StrEnum):
    """What a token lets do: write drafts; make public, and withdraw."""

    EDIT = "edit"
    PUBLISH = "publish"


ALL_RIGHTS = frozenset(Right)


@dataclass(frozen=True)
class Publisher:
    """Who writes: `slug` owns entries, `name` is what people read, `rights` are those of the token."""

    slug: str
    name: str
    rights: frozenset[Right] = ALL_RIGHTS

    def check(self, right: Right) -> None:
        """Raise RightMissing where the token does not have a right."""
        if right in self.rights:
            return
        if right is Right.PUBLISH:
            raise RightMissing(
                f"Ce jeton de « {self.slug} » permet d'écrire des brouillons, pas de publier ni de retirer : "
                "enregistrez un brouillon, et demandez la publication à qui en a le droit.",
                f"This token of “{self.slug}” may write drafts, and neither publish nor withdraw: save a "
                "draft, and ask who has the right to publish it.",
                right=str(right),
            )
        raise RightMissing(
            f"Ce jeton de « {self.slug} » ne permet pas d'écrire.",
            f"This token of “{self.slug}” may not write.",
            right=str(right),
        )


@dataclass(frozen=True)
class PublisherToken:
    """A token as the record knows it: its name among those of its publisher, never the token itself."""

    publisher: str
    name: str
    rights: frozenset[Right]
    added: datetime
    revoked: datetime | None = None


@dataclass(frozen=True)
class Quota:
    """How much a publisher may write in a day: bytes and versions, None for as much as it likes."""

    bytes: int | None = None
    versions: int | None = None


@dataclass(frozen=True)
class PublisherEntry:
    """A publisher with its tokens, revoked ones included, and how much it may write."""

    slug: str
    name: str
    added: datetime
    tokens: tuple[PublisherToken, ...] = field(default=())
    quota: Quota = Quota()
