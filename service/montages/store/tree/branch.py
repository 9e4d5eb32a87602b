"""A branch of the tree of terms: a thing, or a group that has a title only, and what stands under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from montages.bilingual import NO_TEXT, Text


@dataclass(frozen=True)
class Branch:
    """A thing by its IRI, or a group by its title, with the address of its list where there is one."""

    iri: str = ""
    children: tuple[Branch, ...] = ()
    title: Text = field(default=NO_TEXT)
    path: str = ""
    # What groups others without being proposed itself is no term more.
    counts: bool = True

    @property
    def size(self) -> int:
        """Return how many things stand under the branch, at any depth, those apart that only group others."""
        return sum(bool(child.iri and child.counts) + child.size for child in self.children)

    def walk(self, above: tuple[Branch, ...] = ()) -> Iterator[tuple[tuple[Branch, ...], Branch]]:
        """Yield each branch under this one with those above it, the farthest first."""
        for child in self.children:
            yield (*above, self), child
            yield from child.walk((*above, self))


def group(title: Text, children: tuple[Branch, ...], path: str = "") -> Branch:
    """Return a branch that is no thing itself."""
    return Branch("", children, title, path)
