"""Guests: packages beside the core that bring commands and forms, by the entry points of what is installed.

A guest says in one object what it brings, and where: `module:name`, imported when it is used. The core calls
no guest by its name, and works without any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

from montages.bilingual import Text

# Each entry of this group of entry points is a guest: its name, and where its object is.
GROUP = "montages.guests"
_ABSENT = Text(
    "{package} n'est pas installé : « {name} » est laissé de côté.",
    "{package} is not installed: “{name}” is left out.",
)


@dataclass(frozen=True)
class GuestCommand:
    """A command: its name, where its function is, its summary, the command of the core that it follows."""

    name: str
    function: str
    summary: Text
    after: str

    def help(self, fr: str, en: str) -> Text:
        """Return the help of the command: its summary, then its details in both languages."""
        return Text(f"{self.summary.fr}\n\n{fr}", f"{self.summary.en}\n\n{en}")


@dataclass(frozen=True)
class CheckForm:
    """A form of `montages check`: where the function is that writes it from the files checked.

    `notice` is where the function is that says on standard error what the form leaves out, if one does;
    `has_errors` tells that the form has the errors of unreadable files, which standard error then does not;
    `example` is a line of the help of the command.
    """

    writer: str
    notice: str = ""
    has_errors: bool = False
    example: tuple[str, Text] | None = None


@dataclass(frozen=True)
class Guest:
    """What a guest brings: its commands, and the forms that `montages check` has by it."""

    commands: tuple[GuestCommand, ...] = ()
    check_forms: Mapping[str, CheckForm] = field(default_factory=dict)


@dataclass(frozen=True)
class Guests:
    """The guests that are here, in the order of their names, and a line on each that is not."""

    present: tuple[Guest, ...]
    absent: tuple[Text, ...]

    @property
    def commands(self) -> tuple[GuestCommand, ...]:
        """Return the commands of all guests."""
        return tuple(command for guest in self.present for command in guest.commands)

    @property
    def check_forms(self) -> dict[str, CheckForm]:
        """Return the forms that `montages check` has by guests, sorted by name."""
        forms = (item for guest in self.present for item in guest.check_forms.items())
        return dict(sorted(forms))


@cache
def guests() -> Guests:
    """Return the guests of this process; one whose package is not there is left out."""
    present, absent = list[Guest](), list[Text]()
    for name, place in sorted(_entries(sys.path).items()):
        package = place.partition(":")[0].partition(".")[0]
        try:
            present.append(resolve_name(place))
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            values = {"name": name, "package": package}
            absent.append(Text(_ABSENT.fr.format(**values), _ABSENT.en.format(**values)))
    return Guests(tuple(present), tuple(absent))


def _entries(folders: list[str]) -> dict[str, str]:
    """Return where the object of each guest is, by the name of its entry: the first on the path counts.

    Read from the files of what is installed: importlib.metadata gives the same in 90 ms, this in 3.
    """
    entries: dict[str, str] = {}
    for folder in folders:
        for path in Path(folder or ".").glob("*.*-info/entry_points.txt"):
            for name, place in _section(path.read_text("utf-8")):
                entries.setdefault(name, place)
    return entries


def _section(text: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of our group in a file of entry points."""
    section = f"\n{text}".partition(f"\n[{GROUP}]\n")[2].partition("\n[")[0]
    for line in section.splitlines():
        name, sign, place = line.partition("=")
        if sign and not line.startswith(("#", ";")):
            yield name.strip(), place.strip()
