"""click in two languages: commands, options and arguments with help in French and in English.

The language of a run is that of `--lang`, else of the environment, else French.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from montages import settings
from montages.bilingual import Text, message

LANGUAGES = ("fr", "en")


def language_of(args: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language: `--lang`, else MONTAGES_LANG, else the locale, else French."""
    lang = _lang_in(args) or settings.get("lang") or _lang_of_locale(environment)
    return lang if lang in LANGUAGES else "fr"


def _lang_in(args: Sequence[str]) -> str | None:
    """Return what follows `--lang`, looked for before anything is parsed so that help speaks it too."""
    value = None
    for n, word in enumerate(args):
        if word == "--":
            break
        if word == "--lang" and n + 1 < len(args):
            value = args[n + 1]
        elif word.startswith("--lang="):
            value = word.removeprefix("--lang=")
    return value


def _lang_of_locale(environment: Mapping[str, str]) -> str:
    """Return the language of the first locale that is set; C and POSIX name none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2].lower()
    return ""


@dataclass
class Session:
    """What holds for a whole run: the language, and whether to show where an error comes from."""

    lang: str = "fr"
    debug: bool = False


def session() -> Session:
    """Return the session of the command that is running."""
    return _session_of(click.get_current_context()) or Session()


def _session_of(ctx: click.Context) -> Session | None:
    root = ctx.find_root().obj
    return root if isinstance(root, Session) else None


def _lang(ctx: click.Context) -> str:
    return (_session_of(ctx) or Session()).lang


F = TypeVar("F", bound=Callable[..., Any])

_USAGE = message("Usage: ")
# click puts the colon; French puts a space before it.
_OPTIONS = message("Options")
_COMMANDS = message("Commands")
_COLON = Text(" :", ":")
_EXAMPLES = message("Examples", context="heading of the help")
_SUBCOMMAND = message("COMMAND…")
_HELP = message("Show this help.")
_DEFAULT = message("default: {}")


class BilingualOption(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *names: Any, text: Text, **more: Any) -> None:
        super().__init__(*names, **more)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help, with its default where one is worth telling."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        lang, default = _lang(ctx), ""
        if isinstance(self.default, (str, int)) and self.default != "" and not self.is_flag:
            default = f" ({_DEFAULT[lang].format(self.default)})"
        return record[0], self.text[lang] + default


class BilingualArgument(click.Argument):
    """An argument with its name in both languages."""

    def __init__(self, names: Any, text: Text, **more: Any) -> None:
        super().__init__(names, **more)
        self.text = text

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name in the usage line, in brackets where it may be left out."""
        name = self.text[_lang(ctx)] + ("…" if self.nargs == -1 else "")
        return name if self.required else f"[{name}]"


class BilingualCommand(click.Command):
    """A command with help and examples in both languages."""

    def __init__(
        self, *args: Any, text: Text, examples: Sequence[tuple[str, Text]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.text, self.examples = text, examples

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help."""
        return self.text[_lang(click.get_current_context())].split("\n\n")[0]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        pieces = pieces.replace("COMMAND [ARGS]...", _SUBCOMMAND[_lang(ctx)])
        formatter.write_usage(ctx.command_path, pieces, _USAGE[_lang(ctx)])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, then the examples."""
        lang = _lang(ctx)
        for paragraph in self.text[lang].split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(paragraph)
        if self.examples:
            with formatter.section(_EXAMPLES[lang]):
                formatter.write_dl([(line, text[lang]) for line, text in self.examples], col_max=46)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [param.get_help_record(ctx) for param in options]
        with formatter.section(_OPTIONS[_lang(ctx)]):
            formatter.write_dl([record for record in records if record is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option, in the reader's language."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = _HELP[_lang(ctx)]
        return help_option


class BilingualGroup(BilingualCommand, click.Group):
    """A command made of commands, listed in the order in which they were added.

    `summary_of` says what some of them do, in a sentence, without their being imported. `groups` gives
    headings: a command that is in none stands under that of the one before it; options are then named only.
    """

    command_class = BilingualCommand

    def __init__(
        self,
        *args: Any,
        summary_of: Callable[[str], Text | None] = lambda name: None,
        groups: Sequence[tuple[Text, Collection[str]]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self._summary_of, self._groups = summary_of, groups

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which they were added."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, under their headings if there are any, then the options."""
        lang = _lang(ctx)
        heading, sections = _COMMANDS[lang], dict[str, list[tuple[str, str]]]()
        for name in self.list_commands(ctx):
            heading = next((g[lang] for g, names in self._groups if name in names), heading)
            sections.setdefault(heading, []).append((name, self._summary(name, ctx)))
        if not self._groups:
            with formatter.section(heading):
                formatter.write_dl(sections[heading])
            BilingualCommand.format_options(self, ctx, formatter)
            return
        width = 2 + max(len(name) for rows in sections.values() for name, _ in rows)
        for title, rows in sections.items():
            formatter.write(f"{title}{_COLON[lang]}\n")
            formatter.write("".join(f"  {name:{width}}{text}\n" for name, text in rows))
        names = ", ".join(option.opts[0] for option in self.get_params(ctx))
        formatter.write(f"{_OPTIONS[lang].strip()}{_COLON[lang]} {names}\n")

    def _summary(self, name: str, ctx: click.Context) -> str:
        """Return what a command does; one of which that is told beforehand need not be imported."""
        summary = self._summary_of(name)
        return summary[_lang(ctx)] if summary else self.commands[name].get_short_help_str()


def option(*names: str, text: Text, **more: Any) -> Callable[[F], F]:
    """Return a decorator that adds an option."""
    return click.option(*names, cls=BilingualOption, text=text, **more)


def argument(name: str, text: Text, **more: Any) -> Callable[[F], F]:
    """Return a decorator that adds an argument."""
    return click.argument(name, cls=BilingualArgument, text=text, **more)


def _set_lang(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    current = _session_of(ctx)
    if value and current is not None:
        current.lang = value


lang_option = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    callback=_set_lang,
    text=message("Language of texts; without it, that of the system, else French."),
)
