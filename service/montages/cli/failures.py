"""The message and the exit code of each failure, never a traceback.

0: conforms. 1: findings at or above `--fail-on`. 2: unusable input. 3: a fault of ours. What a run that goes
well does without is imported here when something fails.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

import click

from montages.bilingual import NO_TEXT, Text, message
from montages.cli.bilingual_commands import Session
from montages.errors import MontagesError, Refused, UnreadableFiles

_SORRY = message(
    "Sorry, Montages met an unexpected error ({}). Run again with “montages --debug …” and "
    "attach the output, with your file if it is public, to a report on the project's page."
)
_NO_ROOM = message(
    "✗ Writing stopped: {}. Make room and run the same command; a batch goes on from where it was."
)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TRY = message("Help: {} --help")
_ANYWAY = message("Correct these points, or add --anyway to go on.")


def exit_code(run: Callable[[], int | None], session: Session) -> int:
    """Run a command and return its exit code; a failure is shown as one message."""
    try:
        return run() or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _usage_error(error, session.lang)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # The reader went away, as in `montages … | head`: nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except UnreadableFiles as error:
        return error.exit_code
    except Refused as error:
        from montages.cli.inputs import show_error

        lang = session.lang
        show_error(error.message(lang).split(":")[0].strip(), error, lang)
        if not error.final:
            _tell(_ANYWAY[lang], style="bold")
        return error.exit_code
    except MontagesError as error:
        _tell_fault(error.message(session.lang))
        return error.exit_code
    except OSError as error:
        if error.errno not in _FULL:
            return _unexpected(error, session)
        with suppress(OSError, ValueError):  # what is left to write would fail again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _tell(_NO_ROOM[session.lang].format(os.strerror(error.errno or 0)))
        return 2
    except Exception as error:  # noqa: BLE001  # the last door: a user never meets a traceback
        return _unexpected(error, session)


def _unexpected(error: Exception, session: Session) -> int:
    if session.debug:
        raise error
    _tell(_SORRY[session.lang].format(type(error).__name__))
    return 3


def _tell_fault(sentence: str) -> None:
    from montages.cli.output import show
    from montages.publish.text.typeset import Line

    show(Line("✗ ", style="red").append(sentence, style="default"), err=True)


def _tell(sentence: str, style: str = "") -> None:
    from montages.cli.output import show
    from montages.publish.text.typeset import Line

    show(Line(sentence, style=style), err=True)


def _usage_error(error: click.ClickException, lang: str) -> int:
    """Show a mistake in how the command was written, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return 0
    _tell_fault(_usage_message(error)[lang])
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _tell(_TRY[lang].format(error.ctx.command_path), style="dim")
    return 2


def _usage_message(error: click.ClickException) -> Text:
    """Return what click found wrong in a command; its own English where it is something rare."""
    match error:
        case click.NoSuchOption(option_name=name):
            return message(
                "No such option: {name}.{hint}", name=name, hint=_hint(error.possibilities)
            )
        case click.NoSuchCommand(command_name=name):
            from montages.knowledge.did_you_mean import nearest

            close = nearest(name, error.possibilities or ())
            hint = _hint([close] if close else None)
            return message("No such command: {name}.{hint}", name=name, hint=hint)
        case click.MissingParameter(param=click.Option(opts=[name, *_])):
            return message("{name} is missing.", name=name)
        case click.MissingParameter(param=click.Argument() as argument, ctx=click.Context() as ctx):
            return message("{name} is missing.", name=argument.make_metavar(ctx).rstrip("…"))
        case click.BadParameter(param=click.Parameter(opts=[name, *_], type=kind)):
            if choices := getattr(kind, "choices", None):
                return message(
                    "{name}: accepted values: {values}.", name=name, values=", ".join(choices)
                )
            if isinstance(kind, click.IntRange):
                return message("{name}: a whole number is expected.", name=name)
            return message("{name}: {reason}", name=name, reason=error.message)
        case click.BadOptionUsage(option_name=name):
            return message("Option {name} needs a value.", name=name)
    return Text(error.format_message(), error.format_message())


def _hint(close: Sequence[str] | None) -> Text:
    return message(" Did you mean {names}?", names=", ".join(close)) if close else NO_TEXT
