"""An operation: what one can ask, in words, with what it takes, and the names of what answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal

from montages.bilingual import NO_TEXT, Text
from montages.operations.parameter import Parameter

DoorName = Literal["cli", "http", "tool"]
_NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Door:
    """How a door offers an operation: parameters that it leaves out, defaults of its own.

    `href` names what gives the addresses that its page leads to there, as `module:name`.
    """

    left_out: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    href: str = ""


@dataclass(frozen=True)
class Operation:
    """An entry of the table: its name is that of a command, a path, a tool and a method of `Knowledge`.

    `summary` says in a sentence what it does, `help` how, `when` when an assistant calls it. It takes a
    description, `own` parameters and those that it shares with others; `takes_nothing` where the description
    may be of nothing yet. `output` names the JSON schema of the answer, `text` what a terminal prints of it,
    `forms` what writes its other forms, each as `module:name`. `examples` are commands. `doors` offer it.
    """

    name: str
    title: Text
    summary: Text
    help: Text
    own: tuple[Parameter, ...] = ()
    shared: tuple[Parameter, ...] = ()
    when: Text = NO_TEXT
    output: str = ""
    text: str = ""
    forms: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    examples: tuple[tuple[str, Text], ...] = ()
    doors: Mapping[DoorName, Door] = field(default_factory=lambda: _NOTHING)
    takes_nothing: bool = False

    @property
    def method(self) -> str:
        """Return its name as Python and assistants write it."""
        return self.name.replace("-", "_")

    def own_parameters(self, door: DoorName) -> tuple[Parameter, ...]:
        """Return the parameters of its own that a door offers, with the defaults of that door."""
        return self._offered(self.own, door)

    def shared_parameters(self, door: DoorName) -> tuple[Parameter, ...]:
        """Return the parameters that a door offers and that other operations have too."""
        return self._offered(self.shared, door)

    def _offered(self, parameters: tuple[Parameter, ...], name: DoorName) -> tuple[Parameter, ...]:
        door = self.doors[name]
        return tuple(
            replace(parameter, default=door.defaults.get(parameter.name, parameter.default))
            for parameter in parameters
            if parameter.name not in door.left_out
        )


def loaded(name: str) -> Any:
    """Return what a name in the form `module:attribute` stands for, importing its module."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
