"""What a reference set is: a name, and files that say the same in the forms that others read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name

from montages.api import Knowledge
from montages.bilingual import Text


@dataclass(frozen=True)
class ReferenceFile:
    """One form of a set: the ending of its address, its media type, where the function is that writes it.

    The function takes the knowledge and a language (`fr` or `en`), and returns the bytes of the file: the
    same each time.
    """

    ending: str
    media_type: str
    label: Text
    writer: str

    def write(self, knowledge: Knowledge, lang: str) -> bytes:
        """Return the bytes of the file."""
        writer: Callable[[Knowledge, str], bytes] = resolve_name(self.writer)
        return writer(knowledge, lang)


@dataclass(frozen=True)
class ReferenceSet:
    """A set at `/reference/<name>`: its title, what it holds, its files, the first of them by default."""

    name: str
    title: Text
    summary: Text
    files: tuple[ReferenceFile, ...]
