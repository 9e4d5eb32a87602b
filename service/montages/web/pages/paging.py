"""Long lists, page by page: which one is asked for, and the addresses of its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from montages.errors import UnknownName, UnreadableInput


@dataclass(frozen=True)
class Pages:
    """One page of a list, from `start` to `stop`; pages count from 1."""

    number: int
    count: int
    start: int
    stop: int
    total: int

    @classmethod
    def of(cls, total: int, size: int) -> Pages:
        """Return the page that the request asks for with `page`.

        Raises UnreadableInput if it is not a number, UnknownName if there is no such page.
        """
        page = request.args.get("page", "1")
        if not page.isascii() or not page.isdecimal() or len(page) > 9:
            raise UnreadableInput(
                f"page : un nombre entier, à partir de 1 (reçu : {page[:40]}).",
                f"page: a whole number, from 1 (given: {page[:40]}).",
            )
        number, count = int(page), max(1, -(-total // size))
        if not 1 <= number <= count:
            raise UnknownName(
                f"Pas de page {number} : il y en a {count}.",
                f"No page {number}: there are {count}.",
            )
        start = (number - 1) * size
        return cls(number, count, start, min(start + size, total), total)

    @property
    def before(self) -> int | None:
        """Return the number of the page before, None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Return the number of the next page, None on the last."""
        return self.number + 1 if self.number < self.count else None

    def address(self, number: int) -> dict[str, str]:
        """Return the parameters of a page of the same list."""
        parameters = {k: v for k, v in request.args.items() if k not in ("page", "lang")}
        return {**parameters, "page": str(number)} if number > 1 else parameters
