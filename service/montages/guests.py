"""Guests: packages beside the core that bring commands and forms, by the entry points of what is installed.

A guest says in one object what it brings, and where: `module:name`, imported when it is used. The core calls
no guest by its name, and works without any.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from montages.bilingual import Text, message, paragraphs
from montages.errors import NotInstalled

# Each entry of this group of entry points is a guest: its name, and where its object is.
GROUP = "montages.guests"
_ABSENT = message("{package} is not installed: “{name}” is left out.")


@dataclass(frozen=True)
class GuestCommand:
    """A command: its name, where its function is, its summary, the command of the core that it follows."""

    name: str
    function: str
    summary: Text
    after: str

    def help(self, text: Text) -> Text:
        """Return the help of the command: its summary, then its details in both languages."""
        return paragraphs(self.summary, text)


@dataclass(frozen=True)
class CheckForm:
    """A form of `montages check`: where the function is that writes it from the files checked.

    `notice` is where the function is that says on standard error what the form leaves out, if one does;
    `has_errors` tells that the form has the errors of unreadable files, which standard error then does not.
    """

    writer: str
    notice: str = ""
    has_errors: bool = False


@dataclass(frozen=True)
class AssessmentForm:
    """A form of assessments: where the function is that writes several, its media type, its profile.

    A batch writes it to a file of that `ending`: `line` is where the function is that writes one as a line
    of JSON, `whole` that which writes the file from such lines. `schema` is what the form is in JSON.
    """

    writer: str
    media_type: str
    label: str
    profile: str
    ending: str = ""
    line: str = ""
    whole: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ServedFolder:
    """A folder that a service has by a setting: the option of that name of `montages serve`, an example."""

    setting: str
    text: Text
    example: tuple[str, Text]


@dataclass(frozen=True)
class Guest:
    """What a guest brings: its commands, the forms that `montages check` and that assessments have by it.

    To the service: the module of its `routes`, with the `tags` that sort them; by their addresses, with their
    titles, pages about a project that its result offers to print, and where the function is that gives the
    files of them which can be written here; `folders` that `montages serve` is told of;
    the module that defines its `errors`; where the function is that makes its `service_part`.

    `handout`: where the function is that writes the papers of `Knowledge.handout`; `workbooks`: where the
    class is that reads and writes .xlsx; `datasets`: where the function is that gives the datasets which the
    catalogue has by it.
    """

    commands: tuple[GuestCommand, ...] = ()
    check_forms: Mapping[str, CheckForm] = field(default_factory=dict)
    assessment_forms: Mapping[str, AssessmentForm] = field(default_factory=dict)
    routes: str = ""
    project_pages: Mapping[str, Text] = field(default_factory=dict)
    project_files: str = ""
    handout: str = ""
    folders: tuple[ServedFolder, ...] = ()
    tags: Mapping[str, Text] = field(default_factory=dict)
    service_part: str = ""
    errors: str = ""
    workbooks: str = ""
    datasets: str = ""


@dataclass(frozen=True)
class Guests:
    """The guests that are here, by the order of their names, their folders, a line on each that is not."""

    present: tuple[Guest, ...]
    folders: tuple[Path, ...]
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

    @property
    def assessment_forms(self) -> dict[str, AssessmentForm]:
        """Return the forms that assessments have by guests, sorted by name."""
        forms = (item for guest in self.present for item in guest.assessment_forms.items())
        return dict(sorted(forms))

    @property
    def batch_forms(self) -> dict[str, AssessmentForm]:
        """Return those of them that a batch writes."""
        return {name: form for name, form in self.assessment_forms.items() if form.line}

    @property
    def route_modules(self) -> tuple[Any, ...]:
        """Return the modules of guests that answer requests, imported: for the service to ask for."""
        return tuple(import_module(guest.routes) for guest in self.present if guest.routes)

    @property
    def error_modules(self) -> tuple[Any, ...]:
        """Return the modules of guests that define errors, imported."""
        return tuple(import_module(guest.errors) for guest in self.present if guest.errors)

    @property
    def served_folders(self) -> tuple[ServedFolder, ...]:
        """Return the folders that a service may have by guests."""
        return tuple(folder for guest in self.present for folder in guest.folders)

    @property
    def project_files(self) -> dict[str, Text]:
        """Return the files about a project that guests can write here: their titles by their addresses."""
        functions = (
            resolve_name(guest.project_files) for guest in self.present if guest.project_files
        )
        return {path: title for function in functions for path, title in function().items()}

    @property
    def project_pages(self) -> dict[str, Text]:
        """Return the pages about a project that guests bring: their titles by their addresses."""
        return {
            path: title for guest in self.present for path, title in guest.project_pages.items()
        }

    @property
    def datasets(self) -> tuple[Any, ...]:
        """Return the datasets that guests bring to the catalogue (`SuppliedDataset`)."""
        makers = (resolve_name(guest.datasets) for guest in self.present if guest.datasets)
        return tuple(dataset for maker in makers for dataset in maker())

    @property
    def absence(self) -> Text:
        """Return which guests are not there, each after a space."""
        return Text(*("".join(f" {line[x]}" for line in self.absent) for x in ("fr", "en")))

    @property
    def handout(self) -> Callable[..., bytes]:
        """Return what writes papers; raises NotInstalled, with what is not there, where no guest does."""
        for guest in self.present:
            if guest.handout:
                writer: Callable[..., bytes] = resolve_name(guest.handout)
                return writer
        raise NotInstalled(message("Nothing writes papers here.{absence}", absence=self.absence))


@cache
def guests() -> Guests:
    """Return the guests of this process; one whose package is not there is left out."""
    present, folders, absent = list[Guest](), list[Path](), list[Text]()
    for name, place in sorted(_entries(sys.path).items()):
        package = place.partition(":")[0].partition(".")[0]
        try:
            present.append(resolve_name(place))
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            values = {"name": name, "package": package}
            absent.append(_ABSENT.fill(**values))
        else:
            folders.append(Path(sys.modules[package].__path__[0]))
    return Guests(tuple(present), tuple(folders), tuple(absent))


def _entries(folders: list[str]) -> dict[str, str]:
    """Return where the object of each guest is, by the name of its entry: the first on the path counts.

    Read from the files of what is installed: importlib.metadata gives the same in 45 ms, this in 3.
    """
    entries: dict[str, str] = {}
    for folder in folders:
        for path in Path(folder or ".").glob("*.*-info/entry_points.txt"):
            with suppress(OSError):  # of another package, which is none of ours
                for name, place in _section(path.read_text("utf-8", "replace")):
                    entries.setdefault(name, place)
    return entries


def _section(text: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of our group in a file of entry points."""
    section = f"\n{text}".partition(f"\n[{GROUP}]\n")[2].partition("\n[")[0]
    for line in section.splitlines():
        name, sign, place = line.partition("=")
        if sign and not line.startswith(("#", ";")):
            yield name.strip(), place.strip()
