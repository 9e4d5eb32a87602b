"""Commands that are imported when first looked up: a run needs one of them, `--help` none."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from keyword import iskeyword

import click


class LazyCommands(MutableMapping[str, click.Command]):
    """Commands by name, in the order of the names.

    The command `a-name` is the function `a_name` of the module `montages.cli.commands.a_name_command`; where
    Python has that word for itself, an underscore follows it.
    """

    def __init__(self, *names: str) -> None:
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        command = self._commands[name]
        if command is None:
            function = name.replace("-", "_")
            module = import_module(f"montages.cli.commands.{function}_command")
            command = self._commands[name] = getattr(module, function + "_" * iskeyword(function))
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __contains__(self, name: object) -> bool:
        return name in self._commands

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)
