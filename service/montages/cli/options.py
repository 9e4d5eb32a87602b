"""The options of parameters of operations, and the arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

import click

from montages import settings
from montages.bilingual import Text, message
from montages.cli.bilingual_commands import F, argument, option
from montages.description.dates import read_day
from montages.engine.engines import ENGINES
from montages.errors import UnusableInput
from montages.operations.parameter import (
    ANYWAY,
    AS_OF,
    DAY,
    DETAIL,
    FLAG,
    NAMES,
    NUMBER,
    PRESUMPTIONS,
    PROJECT,
    TEXTS,
    Parameter,
)


class DayType(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return what stands for the value in help."""
        return "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; raises UnreadableInput with an example."""
        return value if isinstance(value, date) else read_day(str(value))


def option_of(parameter: Parameter) -> Callable[[F], F]:
    """Return the option by which a command takes a parameter of operations."""
    flag = f"--{parameter.name.replace('_', '-')}"
    more: dict[str, Any] = {"text": parameter.text, "required": parameter.required}
    if parameter.kind is FLAG:
        off = f"/--no-{flag[2:]}" if parameter.default else ""
        more |= {"is_flag": True, "default": parameter.default}
        return option(f"{flag}{off}", parameter.name, **more)
    if parameter.kind is NAMES:
        more |= {"multiple": True, "metavar": "SLUG", "text": _repeatable(parameter.text)}
    elif parameter.kind is TEXTS:
        pairs = partial(_pairs, flag, str(parameter.example).replace(":", "="))
        more |= {"multiple": True, "metavar": "KEY=VALUE", "text": _repeatable(parameter.text)}
        more |= {"callback": pairs}
    elif parameter.kind is NUMBER:
        more |= {"type": click.IntRange(parameter.least, parameter.most)}
    elif parameter.kind is DAY:
        more |= {"type": DayType()}
    elif parameter.choices:
        more |= {"type": click.Choice(parameter.choices)}
    else:
        more |= {"metavar": "SLUG"}
    if parameter.default is not None:
        more |= {"default": parameter.default}
    return option(flag, parameter.name, **more)


def _repeatable(text: Text) -> Text:
    return message("{text} May be repeated.", text=text)


def _pairs(
    flag: str, example: str, ctx: click.Context, param: click.Parameter, values: Iterable[str]
) -> dict[str, str]:
    """Return texts by name, each written KEY=VALUE; raises UnusableInput with an example."""
    texts = {}
    for text in values:
        key, sign, value = text.partition("=")
        if not (key and sign and value):
            raise UnusableInput(
                message(
                    "{flag} {text}: key=value is needed, for example {example}.",
                    flag=flag,
                    text=text,
                    example=example,
                )
            )
        texts[key] = value
    return texts


_FILE = message("FILE")

files_argument = argument("files", _FILE, nargs=-1, required=True)
file_argument = argument("file", _FILE)
project_option = option_of(PROJECT)
as_of_option = option_of(AS_OF)
detail_option = option_of(DETAIL)
anyway_option = option_of(ANYWAY)
presumptions_option = option_of(PRESUMPTIONS)
engine_option = option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default=lambda: settings.get("engine"),
    text=message("Engine that reasons."),
)

endpoint_option = option(
    "--endpoint",
    metavar="URL",
    default=lambda: settings.get("endpoint"),
    text=message(
        "SPARQL 1.1 engine in place of the embedded one: http://127.0.0.1:8890/sparql. As whom "
        "it is asked: MONTAGES_ENDPOINT_USER, MONTAGES_ENDPOINT_PASSWORD_FILE."
    ),
)


def format_option(*forms: str) -> Callable[[F], F]:
    """Return the option that chooses the form of the output; the first form is the default."""
    return option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        text=message("Form of the output."),
    )
