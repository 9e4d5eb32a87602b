"""Commands that are imported when they are asked for: one run needs one of them, `--help` all."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click


class Lazily(MutableMapping[str, click.Command]):
    """Commands by name, in the order given; each is the function of its name in the module of its name."""

    def __init__(self, *names: str) -> None:
        self._found: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        found = self._found[name]
        if found is None:
            own = name.replace("-", "_")
            found = self._found[name] = getattr(import_module(f"montages.cli.{own}"), own)
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
