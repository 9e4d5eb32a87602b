"""The bombs, sent to the running service: bodies that are small to send and large to read."""

from __future__ import annotations

from attacks.attack import Attack
from bombs import BOMBS, Bomb


def attack(name: str, bomb: Bomb) -> Attack:
    """Return a bomb as an attack on the service."""

    def body(_: int) -> bytes:
        return bomb.make().encode("latin-1" if name == "gzip" else "utf-8")

    return Attack("/validate", body, bomb.media, statuses=bomb.statuses)


ATTACKS = {name: attack(name, bomb) for name, bomb in BOMBS.items()}
