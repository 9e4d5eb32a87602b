"""An element of the XML of a notice: its own name, what it holds, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

# Marks within a sentence: what they hold touches what stands beside it, as in “1re”.
_WITHIN_WORDS = "FT"


@dataclass(eq=False, slots=True)
class NoticeElement:
    """An element, its name without its namespace; its content is filled in as the text is read.

    `number` tells it from others of its name beside it, of which `counts` keeps how many it holds itself.
    """

    name: str
    attributes: dict[str, str]
    parent: NoticeElement | None = None
    content: list[str | NoticeElement] = field(default_factory=list)
    number: int = 1
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, child: NoticeElement) -> None:
        """Take in an element that stands next."""
        self.counts[child.name] = child.number = self.counts.get(child.name, 0) + 1
        self.content.append(child)

    @property
    def children(self) -> list[NoticeElement]:
        """Return the elements that it holds itself."""
        return [part for part in self.content if isinstance(part, NoticeElement)]

    @property
    def text(self) -> str:
        """Return its text and that of all it holds, blanks put right."""
        pieces: list[str] = []
        left: list[str | NoticeElement] = [self]
        while left:
            part = left.pop()
            if isinstance(part, str):
                pieces.append(part)
                continue
            apart = "" if part.name == _WITHIN_WORDS else " "
            left.extend((apart, *reversed(part.content), apart))
        return " ".join("".join(pieces).split())

    @property
    def place(self) -> str:
        """Return the XPath that leads to it, such as `/TED_EXPORT/FORM_SECTION/F02_2014/PROCEDURE`."""
        steps: list[str] = []
        element: NoticeElement | None = self
        while element is not None:
            steps.append(element._step())
            element = element.parent
        return "/" + "/".join(reversed(steps))

    def _step(self) -> str:
        alone = self.parent is None or self.parent.counts.get(self.name, 1) == 1
        return self.name if alone else f"{self.name}[{self.number}]"

    def all(self, path: str) -> list[NoticeElement]:
        """Return the elements that a path of names leads to, in the order in which they stand."""
        level = [self]
        for step in path.split("/"):
            level = [child for element in level for child in element.children if child.name == step]
        return level

    def first(self, *paths: str) -> NoticeElement | None:
        """Return the first element that one of some paths leads to, the paths taken in turn."""
        return next((element for path in paths for element in self.all(path)), None)

    def within(self) -> Iterator[NoticeElement]:
        """Return all that it holds, at any depth, in the order in which it stands."""
        left = list(reversed(self.children))
        while left:
            element = left.pop()
            yield element
            left.extend(reversed(element.children))

    def named(self, *names: str) -> Iterator[NoticeElement]:
        """Return the elements of some names that it holds, at any depth."""
        return (element for element in self.within() if element.name in names)
