"""Which presumptions answer where nothing is answered (R35): for facts being closed, for answers supposed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

# The state of what is presumed, by its basis, in the order in which they answer.
STATES = {"law": "derived", "practice": "default", "doubt": "default"}


class Presuming(Protocol):
    """A presumption, in slugs or in IRIs: what it answers, by what, for which usages; none stands for all."""

    @property
    def criterion(self) -> str:
        """Return the criterion that it answers."""
        ...

    @property
    def value(self) -> str:
        """Return the answer."""
        ...

    @property
    def basis(self) -> str:
        """Return `law`, `practice` or `doubt`."""
        ...

    @property
    def usages(self) -> Collection[str]:
        """Return the usages that it is for."""
        ...


P = TypeVar("P", bound=Presuming)


def answering(
    basis: str,
    presumptions: Iterable[P],
    usages: Collection[object],
    answered: Callable[[P], bool],
    unknown: Callable[[P], bool],
) -> Iterator[Sequence[P]]:
    """Yield the presumptions that answer a criterion on a basis, together; those before are written by then.

    Law and practice answer where all say one thing, and each usage is covered: by one that names it, or by
    one that names none. Practice and doubt answer nothing that is said to be unknown.
    """
    by_criterion: dict[str, list[P]] = {}
    for one in presumptions:
        if (one.basis == "doubt") == (basis == "doubt"):
            by_criterion.setdefault(one.criterion, []).append(one)
    for group in by_criterion.values():
        if len({one.value for one in group}) > 1 or answered(group[0]):
            continue
        if basis != "law" and unknown(group[0]):
            continue
        together = [one for one in group if basis != "law" or one.basis == "law"]
        if together and (basis == "doubt" or _cover(together, usages)):
            yield together


def _cover(presumptions: Sequence[Presuming], usages: Iterable[object]) -> bool:
    return any(not one.usages for one in presumptions) or all(
        any(usage in one.usages for one in presumptions) for usage in usages
    )
